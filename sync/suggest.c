/* tocsin-sync map: a map to start from, by what the columns of a file hold. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "core/fold.h"
#include "core/phone.h"
#include "sync/command.h"
#include "sync/format.h"
#include "sync/map.h"

enum {
  LOOK_ROWS = 20000,  /* rows looked at */
  NUMBER_ROWS = 2000, /* of them, rows whose cells are tried as numbers */
  COLUMNS_MAX = 1000,
  SAMPLE = 40 /* bytes of a cell that are shown */
};

/* The plans that numbers are tried by, the most likely first. */
static const char *const countries[] = {"FR", "GB", "US", "BE", "CH"};
enum { COUNTRY_COUNT = sizeof countries / sizeof *countries };

struct column {
  const char *name, *folded; /* of the header line; "" none */
  bool twice;                /* another column has the same name */
  long filled, words, mails, tried, shorts;
  long different;              /* cells that no other cell of the column equals */
  long numbers[COUNTRY_COUNT]; /* cells that are public numbers there, nothing mended */
  long lost[COUNTRY_COUNT];    /* cells that are with a zero restored */
  uint64_t *seen;              /* hashes of its cells */
  size_t seen_count, seen_cap;
  bool distinct; /* filled in every row, and never the same */
  char sample[SAMPLE + 4];
  const char *use; /* what the map makes of it; NULL: nothing */
};

struct look {
  struct arena arena; /* all of it */
  struct column *columns;
  size_t count;
  long rows;
  bool whole; /* all rows were seen */
  struct map_start start;
};

static uint64_t hash_of(const char *text) {
  uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
  for (; *text; text++)
    h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
  return h;
}

/* Does the header have one of these words, or begin with it?  A star stands for any ending. */
static bool has_word(const struct column *c, const char *words, bool begins) {
  for (const char *at = c->folded; *at && !(begins && at > c->folded);) {
    size_t len = strcspn(at, " _");
    for (const char *w = words; *w;) {
      size_t n = strcspn(w, " ");
      bool open = w[n - 1] == '*';
      if (open ? len >= n - 1 && !memcmp(at, w, n - 1) : len == n && !memcmp(at, w, n))
        return true;
      w += n + (w[n] == ' ');
    }
    at += len + (at[len] != '\0');
  }
  return false;
}

static bool called(const struct column *c, const char *words) {
  return has_word(c, words, false);
}

static const char phone_words[] = "tel* phone* fax* mobile* portable* gsm dect* bip* pager* poste* "
                                  "extension ext interne* sda ligne* numtel numfax telecop* cell "
                                  "standard switchboard";

static void try_number(struct column *c, const char *text) {
  struct phones read;
  c->tried++;
  if (strlen(text) <= 6 && strspn(text, "0123456789 ") == strlen(text))
    c->shorts++;
  if (strlen(text) < 7)
    return;
  for (size_t i = 0; i < COUNTRY_COUNT; i++) {
    phone_read(&read, text, strlen(text), countries[i], false);
    if (!read.count || read.items[0].form != PHONE_E164_FORM || strlen(read.items[0].note) > 20)
      continue;
    bool lost = (read.items[0].repairs & (PHONE_ZERO_RESTORED | PHONE_DECIMAL_DROPPED)) != 0;
    bool grouped = strspn(text, "0123456789") < strlen(text);
    /* ten bare digits may be anything in a plan without a trunk prefix */
    if (lost || (!grouped && text[0] != '0'))
      c->lost[i]++;
    else
      c->numbers[i]++;
  }
}

static tc_status take_cell(struct look *l, struct column *c, const struct cell *cell,
                           struct tc_error *err) {
  if (!cell->len || strspn(cell->text, " ") == cell->len)
    return TC_OK;
  if (c->seen_count == c->seen_cap) {
    size_t cap = c->seen_cap ? c->seen_cap * 4 : 256;
    uint64_t *wider = arena_alloc(&l->arena, cap * sizeof *wider);
    if (!wider)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    if (c->seen_count)
      memcpy(wider, c->seen, c->seen_count * sizeof *wider);
    c->seen = wider;
    c->seen_cap = cap;
  }
  c->seen[c->seen_count++] = hash_of(cell->text);
  c->filled++;
  size_t letters = 0;
  for (size_t i = 0; i < cell->len; i++)
    letters += ((cell->text[i] | 32) >= 'a' && (cell->text[i] | 32) <= 'z') ||
               (unsigned char)cell->text[i] >= 0x80;
  c->words += letters >= 3 && letters * 2 > cell->len;
  c->mails += strchr(cell->text, '@') != NULL && strchr(cell->text, '.') != NULL;
  if (!c->sample[0]) {
    size_t n = cell->len < SAMPLE ? cell->len : SAMPLE;
    while (n && n < cell->len && ((unsigned char)cell->text[n] & 0xC0) == 0x80)
      n--;
    snprintf(c->sample, sizeof c->sample, "%.*s%s", (int)n, cell->text, n < cell->len ? "..." : "");
    for (char *s = c->sample; *s; s++) /* one line, whatever the cell holds */
      if ((unsigned char)*s < 32 || *s == 127)
        *s = ' ';
  }
  if (l->rows <= NUMBER_ROWS)
    try_number(c, cell->text);
  return TC_OK;
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void settle(struct look *l) {
  for (size_t i = 0; i < l->count; i++) {
    struct column *c = &l->columns[i];
    for (size_t j = 0; j < i; j++)
      if (!strcmp(c->folded, l->columns[j].folded))
        c->twice = l->columns[j].twice = true;
    if (c->seen_count)
      qsort(c->seen, c->seen_count, sizeof *c->seen, by_value);
    for (size_t j = 0; j < c->seen_count; j++)
      c->different += (j == 0 || c->seen[j] != c->seen[j - 1]) &&
                      (j + 1 == c->seen_count || c->seen[j] != c->seen[j + 1]);
    c->distinct = c->different == l->rows;
  }
}

static tc_status read_names(struct look *l, const struct row *row, struct tc_error *err) {
  for (size_t i = 0; i < row->count && i < l->count; i++) {
    struct buffer b = BUFFER_INIT;
    fold_text(&b, row->cells[i].text, row->cells[i].len, NULL);
    l->columns[i].name = arena_strdup(&l->arena, row->cells[i].text);
    l->columns[i].folded = arena_strdup(&l->arena, buffer_text(&b));
    buffer_free(&b);
    if (!l->columns[i].name || !l->columns[i].folded)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  return TC_OK;
}

static tc_status look_at(struct look *l, struct rows *rows, struct tc_error *err) {
  struct map none = {.header = HEADER_AUTO};
  struct row row;
  tc_status status = map_bind(&none, rows, &l->start, err);
  if (status != TC_OK)
    return status;
  l->count = l->start.columns < COLUMNS_MAX ? l->start.columns : COLUMNS_MAX;
  l->columns = arena_zalloc(&l->arena, l->count + 1, sizeof *l->columns);
  if (!l->columns)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < l->count; i++)
    l->columns[i].name = l->columns[i].folded = "";
  while (l->rows < LOOK_ROWS && (status = rows->next(rows, &row, err)) == TC_OK) {
    if (row.number < l->start.first) {
      if (row.number == l->start.header && (status = read_names(l, &row, err)) != TC_OK)
        return status;
      continue;
    }
    l->rows++;
    for (size_t i = 0; i < row.count && i < l->count; i++)
      if ((status = take_cell(l, &l->columns[i], &row.cells[i], err)) != TC_OK)
        return status;
  }
  l->whole = status == TC_DONE;
  if (status != TC_OK && status != TC_DONE)
    return status;
  settle(l);
  return l->rows
             ? TC_OK
             : tc_fail_at(err, TC_INVALID, rows->file, 0, 0, _("there is no row of data in it"));
}

/* ---- what the columns are ----------------------------------------------------------------------
 */

/* Is there a column whose header says that it holds numbers?  Then those that do not are codes and
 * dates that look like some. */
static bool some_said(const struct look *l) {
  for (size_t i = 0; i < l->count; i++)
    if (l->columns[i].tried && called(&l->columns[i], phone_words))
      return true;
  return false;
}

static size_t likely_country(const struct look *l) {
  size_t best = 0;
  bool said = some_said(l);
  long most = 0;
  for (size_t k = 0; k < COUNTRY_COUNT; k++) {
    long n = 0;
    for (size_t i = 0; i < l->count; i++) {
      const struct column *c = &l->columns[i];
      bool mine = called(c, phone_words);
      n += mine || !said ? c->numbers[k] : 0;
      n += mine ? c->lost[k] : 0;
    }
    if (n > most) {
      most = n;
      best = k;
    }
  }
  return best;
}

static bool is_phone(const struct look *l, const struct column *c, size_t country) {
  if (c->mails * 2 > c->filled)
    return false;
  if (called(c, phone_words))
    return c->shorts + c->numbers[country] + c->lost[country] > 0;
  return !some_said(l) && c->tried > 0 && c->numbers[country] * 10 > c->tried * 6;
}

static const char *kind_of(const struct column *c) {
  static const struct {
    const char *words, *kind;
  } kinds[] = {
      {"fax* telecop* numfax", "fax"},
      {"mobile* portable* gsm cell", "mobile"},
      {"dect*", "dect"},
      {"bip* pager*", "pager"},
      {"poste* ext extension interne*", "extension"},
  };
  if (c->mails * 2 > c->filled)
    return "mail";
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (called(c, kinds[i].words))
      return kinds[i].kind;
  return c->shorts * 2 > c->tried ? "extension" : "direct-line";
}

/* The leftmost column that is still free and whose header begins with one of these words; NULL:
 * none. */
static struct column *column_called(const struct look *l, const char *words) {
  for (size_t i = 0; i < l->count; i++)
    if (!l->columns[i].use && l->columns[i].filled && has_word(&l->columns[i], words, true))
      return &l->columns[i];
  return NULL;
}

static struct column *find_key(const struct look *l) {
  struct column *first = NULL;
  for (size_t i = 0; i < l->count; i++) {
    struct column *c = &l->columns[i];
    if (c->use || !c->distinct)
      continue;
    if (called(c,
               "id code* key cle uid matricule* finess* siret ident* num* ref* *id organisationid"))
      return c;
    first = first ? first : c;
  }
  return first;
}

static struct column *find_name(const struct look *l) {
  static const char *const words[] = {
      "nom name names noms", "raison libelle* intitule* designation* organisationname hospital* "
                             "service* denomination* etablissement fonction role title titre"};
  struct column *best = NULL;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    for (size_t k = 0; k < l->count; k++) {
      struct column *c = &l->columns[k];
      if (!c->use && called(c, words[i]) && c->words * 2 > c->filled)
        return c;
    }
  for (size_t i = 0; i < l->count; i++) {
    struct column *c = &l->columns[i];
    if (!c->use && c->words * 2 > c->filled && (!best || c->different > best->different))
      best = c;
  }
  for (size_t i = 0; !best && i < l->count; i++)
    best = l->columns[i].use ? best : &l->columns[i];
  return best;
}

/* ---- the map -----------------------------------------------------------------------------------
 */

static void add_reference(struct buffer *b, const struct look *l, const struct column *c) {
  size_t position = (size_t)(c - l->columns) + 1;
  if (!*c->folded || c->twice || strpbrk(c->name, "{}|:#,\n\r\"") || c->name[0] == ' ')
    buffer_printf(b, "#%zu", position);
  else
    buffer_add_text(b, c->name);
}

static void add_field(struct buffer *b, const struct look *l, const char *field, struct column *c) {
  if (!c)
    return;
  buffer_printf(b, "%s = {", field);
  add_reference(b, l, c);
  buffer_add_text(b, "}\n");
  c->use = field;
}

static void add_contact(struct buffer *b, const struct look *l, struct column *c, size_t nth) {
  const char *kind = kind_of(c);
  buffer_printf(b, "\n[contact %s%zu]\nnumber = {", kind, nth);
  add_reference(b, l, c);
  buffer_printf(b, "}\nkind = %s\n", kind);
  if (!strcmp(kind, "mobile"))
    buffer_printf(b, "# %s\naudience = switchboard\n",
                  _("private mobiles are for the switchboard"));
  if (!strcmp(kind, "extension") || !strcmp(kind, "dect") || !strcmp(kind, "pager"))
    buffer_printf(b, "# %s\n# plan = \n",
                  _("the code of the numbering plan that dials these short"));
  c->use = kind;
}

static void add_head(struct buffer *b, const struct look *l, const char *file, size_t country) {
  long numbers = 0, tried = 0;
  buffer_printf(b, "# %s\n# ", _("A map to start from: look at each line, then see what it does:"));
  buffer_printf(b, "tocsin-sync import %s --map MAP --origin NAME --cache PATH --dry-run\n", file);
  buffer_printf(b, "# ");
  buffer_printf(
      b, l->whole ? _("%ld rows of %zu columns, ") : _("the first %ld rows of %zu columns, "),
      l->rows, l->count);
  if (l->start.header)
    buffer_printf(b, _("header in row %ld"), l->start.header);
  else
    buffer_add_text(b, _("no header line: columns by position"));
  buffer_add_text(b, "\n[map]\n");
  for (size_t i = 0; i < l->count; i++)
    if (is_phone(l, &l->columns[i], country)) {
      numbers += l->columns[i].numbers[country] + l->columns[i].lost[country];
      tried += l->columns[i].tried;
    }
  buffer_add_text(b, "# ");
  if (tried)
    buffer_printf(b, _("%ld of the %ld numbers looked at are numbers there"), numbers, tried);
  else
    buffer_add_text(b, _("no column holds numbers: write its country"));
  buffer_printf(b, "\ncountry = %s\n", countries[country]);
}

static void add_columns(struct buffer *b, const struct look *l) {
  buffer_printf(b, "\n# %s\n",
                _("The columns: position, header, how many cells are filled, the first"));
  for (size_t i = 0; i < l->count; i++) {
    const struct column *c = &l->columns[i];
    char name[80];
    size_t n = strcspn(c->name, "\n\r");
    snprintf(name, sizeof name, "%.*s", (int)(n < 60 ? n : 60), c->name);
    buffer_printf(b, "#   %s #%zu %s: %ld", c->use ? "+" : " ", i + 1, name, c->filled);
    if (c->distinct)
      buffer_printf(b, ", %s", _("all different"));
    if (c->sample[0])
      buffer_printf(b, ", %s", c->sample);
    buffer_add_char(b, '\n');
  }
}

static void write_map(struct buffer *b, struct look *l, const char *file) {
  size_t country = likely_country(l), nth = 0;
  struct buffer contacts = BUFFER_INIT;
  add_head(b, l, file, country);
  for (size_t i = 0; i < l->count && nth < MAP_CONTACTS_MAX; i++) {
    struct column *c = &l->columns[i];
    if (c->filled && (is_phone(l, c, country) || c->mails * 2 > c->filled))
      add_contact(&contacts, l, c, ++nth);
  }
  struct column *key = find_key(l);
  if (key)
    key->use = "key";
  struct column *name = find_name(l), *given = NULL;
  if (!name)
    name = key ? key : &l->columns[0];
  buffer_add_text(b, "\n[key]\n");
  if (key) {
    buffer_printf(b, "# %s\ncolumns = ", _("no two rows share it"));
    add_reference(b, l, key);
    buffer_add_char(b, '\n');
  } else {
    buffer_printf(b, "# %s\nnatural = name\n",
                  _("no column tells the rows apart: rows of the same name are refused"));
  }
  name->use = "name";
  given = column_called(l, "prenom* firstname forename given");
  buffer_add_text(b, "\n[fields]\n");
  buffer_printf(b, "# %s\ntype = %s\n",
                _("service, role, person, room, code, or outside for a body of another house"),
                given ? "person" : "outside");
  buffer_add_text(b, "name = {");
  add_reference(b, l, name);
  buffer_add_char(b, '}');
  if (given) {
    buffer_add_text(b, " {");
    add_reference(b, l, given);
    buffer_add_char(b, '}');
    given->use = "name";
  }
  buffer_add_char(b, '\n');
  add_field(b, l, "unit", column_called(l, "service* unit* unite* pole* departement* department"));
  add_field(b, l, "building",
            column_called(l, "batiment* building* pavillon* ville city town cp postcode commune"));
  add_field(b, l, "floor", column_called(l, "etage* floor* niveau*"));
  add_field(b, l, "room", column_called(l, "salle* room* porte* bureau* local*"));
  add_field(b, l, "alias", column_called(l, "alias sigle* abrev* surnom*"));
  buffer_add(b, contacts.data ? contacts.data : "", contacts.len);
  if (contacts.status != TC_OK)
    b->status = contacts.status;
  buffer_free(&contacts);
  add_columns(b, l);
}

tc_status map_run(const struct arguments *args, struct tc_error *err) {
  const char *encoding = args->option[OPTION_ENCODING];
  const struct rows_hint hint = {.encoding = encoding ? encoding : ""};
  struct look l = {0};
  struct rows *rows = NULL;
  struct buffer b = BUFFER_INIT;
  struct map *map = NULL;
  if (!args->file)
    return tc_fail(err, TC_USAGE, _("map needs FILE"));
  if (encoding && strcmp(encoding, "utf-8") && strcmp(encoding, "windows-1252"))
    return tc_fail(err, TC_USAGE, _("--encoding %s: write utf-8 or windows-1252"), encoding);
  tc_status status = csv_open(&rows, args->file, &hint, err);
  if (status == TC_OK)
    status = look_at(&l, rows, err);
  if (status == TC_OK) {
    write_map(&b, &l, args->file);
    status = buffer_status(&b, err);
  }
  if (status == TC_OK) /* what is handed out is a map */
    status = map_read_text(&map, args->file, buffer_text(&b), b.len, err);
  if (status == TC_OK)
    status = emit_text(stdout, buffer_text(&b), b.len, err);
  map_free(map);
  if (rows)
    rows->close(rows);
  arena_free(&l.arena);
  buffer_free(&b);
  return status;
}
