#include "sync/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/ini.h"
#include "core/fold.h"
#include "sync/rota_row.h"

/* One setting of a fixed section; NULL where it is read by its own rule. */
typedef tc_status setter(struct map *m, const char *value, long line, struct tc_error *err);

struct setting {
  const char *section, *name;
  setter *set;
  const char *help;
};

static tc_status set_record(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  int kind = record_kind_from_word(value);
  m->kind = kind > 0 ? map_kind((enum record_kind)kind) : NULL;
  return m->kind ? TC_OK
                 : tc_fail(err, TC_CONFIG,
                           _("record = %s: a map makes entry, site, plan, domain, rule or rota"),
                           value);
}

static tc_status set_text(struct map *m, const char **to, const char *value, struct tc_error *err) {
  *to = arena_strdup(&m->arena, value);
  return *to ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static tc_status set_about(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  return set_text(m, &m->about, value, err);
}

static tc_status set_country(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  if (*value &&
      (strlen(value) != 2 || value[0] < 'A' || value[0] > 'Z' || value[1] < 'A' || value[1] > 'Z'))
    return tc_fail(err, TC_CONFIG, _("country = %s: write two capitals (ISO 3166), like FR"),
                   value);
  return set_text(m, &m->country, value, err);
}

static tc_status set_plan(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  return set_text(m, &m->plan, value, err);
}

static tc_status set_zone(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  return set_text(m, &m->zone, value, err);
}

static tc_status set_audience(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  int a = audience_from_word(value);
  if (a <= 0)
    return tc_fail(err, TC_CONFIG,
                   _("audience = %s: write public, clinical, switchboard or restricted"), value);
  m->audience = (enum audience)a;
  return TC_OK;
}

static tc_status set_new_sites(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  if (strcmp(value, "make") && strcmp(value, "refuse"))
    return tc_fail(err, TC_CONFIG, _("new-sites = %s: write make or refuse"), value);
  m->make_sites = !strcmp(value, "make");
  return TC_OK;
}

static tc_status set_delimiter(struct map *m, const char *value, long line, struct tc_error *err) {
  static const struct {
    const char *word;
    char byte;
  } words[] = {{"auto", 0},
               {",", ','},
               {"comma", ','},
               {";", ';'},
               {"semicolon", ';'},
               {"tab", '\t'},
               {"|", '|'},
               {"bar", '|'},
               {"~", '~'},
               {"tilde", '~'},
               {"\xC2\xAC", (char)0xAC},
               {"0xAC", (char)0xAC},
               {"not-sign", (char)0xAC}};
  (void)line;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (!strcmp(value, words[i].word)) {
      m->hint.delimiter = words[i].byte;
      return TC_OK;
    }
  return tc_fail(err, TC_CONFIG,
                 _("delimiter = %s: write auto, comma, semicolon, tab, bar, tilde or not-sign"),
                 value);
}

static tc_status set_encoding(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  if (!strcmp(value, "auto"))
    value = "";
  else if (strcmp(value, "utf-8") && strcmp(value, "windows-1252"))
    return tc_fail(err, TC_CONFIG, _("encoding = %s: write auto, utf-8 or windows-1252"), value);
  return set_text(m, &m->hint.encoding, value, err);
}

static tc_status set_header(struct map *m, const char *value, long line, struct tc_error *err) {
  static const char *const words[] = {
      [HEADER_AUTO] = "auto", [HEADER_YES] = "yes", [HEADER_NO] = "no"};
  (void)line;
  for (int i = HEADER_AUTO; i <= HEADER_NO; i++)
    if (!strcmp(value, words[i])) {
      m->header = (enum map_header)i;
      return TC_OK;
    }
  return tc_fail(err, TC_CONFIG, _("header = %s: write auto, yes or no"), value);
}

static tc_status set_skip_rows(struct map *m, const char *value, long line, struct tc_error *err) {
  (void)line;
  char *end;
  m->skip_rows = strtol(value, &end, 10);
  if (!*value || *end || m->skip_rows < 0 || m->skip_rows > 1000)
    return tc_fail(err, TC_CONFIG, _("skip-rows = %s: write a number from 0 to 1000"), value);
  return TC_OK;
}

static tc_status set_columns(struct map *m, const char *value, long line, struct tc_error *err) {
  struct template all;
  char *copy = arena_strdup(&m->arena, value);
  size_t count = 1;
  for (const char *c = value; *c; c++)
    count += *c == ',';
  m->keys = arena_zalloc(&m->arena, count, sizeof *m->keys);
  if (!copy || !m->keys)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  m->key_count = 0;
  for (char *next; copy; copy = next) {
    next = strchr(copy, ',');
    if (next)
      *next++ = '\0';
    copy += strspn(copy, " \t");
    size_t len = strlen(copy);
    while (len && (copy[len - 1] == ' ' || copy[len - 1] == '\t'))
      copy[--len] = '\0';
    bool braces = strchr(copy, '{') != NULL;
    char *text = braces ? copy : arena_printf(&m->arena, "{%s}", copy);
    if (!text)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    tc_status status = template_read(&all, text, line, &m->arena, err);
    if (status != TC_OK)
      return status;
    m->keys[m->key_count++] = all;
  }
  return TC_OK;
}

static const struct setting settings[] = {
    {"map", "about", set_about, N_("what the map is for, in words")},
    {"map", "record", set_record,
     N_("what each row makes: entry (the usual), site, plan, domain, rule, rota")},
    {"map", "country", set_country, N_("country of national number forms, ISO 3166 (FR)")},
    {"map", "plan", set_plan,
     N_("code of the numbering plan of short numbers; without it they are reported as unreadable")},
    {"map", "zone", set_zone, N_("time zone of a site that the import makes (Europe/Paris)")},
    {"map", "audience", set_audience,
     N_("who may hold what the file says: public (the usual), clinical, switchboard, restricted")},
    {"map", "new-sites", set_new_sites,
     N_("a site code that is not in the directory: refuse the row (the usual), or make the site")},
    {"file", "delimiter", set_delimiter,
     N_("auto (the usual), comma, semicolon, tab, bar, tilde, not-sign (byte 0xAC)")},
    {"file", "encoding", set_encoding, N_("auto (the usual), utf-8, windows-1252")},
    {"file", "header", set_header,
     N_("auto (the usual): the line with the names that the map uses; yes: the first row; no")},
    {"file", "skip-rows", set_skip_rows, N_("rows above the header or the data; 0 when not said")},
    {"key", "columns", set_columns,
     N_("the columns that identify a row for ever, joined by commas, without braces")},
    {"key", "natural", NULL,
     N_("instead: names of fields, joined by commas, that identify a row when taken together")},
};

/* What is being read: sections in the order of the file. */
struct reading {
  struct map *map;
  const char *natural; /* the names, read once the kind is known */
  long natural_line;
  size_t value_cap, contact_cap, filter_cap, translation_cap;
  struct pending {
    const char *name, *value;
    long line;
  } * fields; /* [fields], read once the kind is known */
  size_t field_count, field_cap;
};

/* One more item of an array in the arena; NULL: no memory. */
static void *more(struct arena *arena, void **items, size_t *count, size_t *cap, size_t size) {
  if (*count == *cap) {
    size_t wider = *cap ? *cap * 2 : 8;
    void *copy = arena_zalloc(arena, wider, size);
    if (!copy)
      return NULL;
    if (*count)
      memcpy(copy, *items, *count * size);
    *items = copy;
    *cap = wider;
  }
  return (char *)*items + (*count)++ * size;
}

static tc_status out_of_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static const char *folded(struct arena *arena, const char *text) {
  struct buffer b = BUFFER_INIT;
  fold_text(&b, text, strlen(text), NULL);
  const char *out = arena_strdup(arena, buffer_text(&b));
  buffer_free(&b);
  return out;
}

/* "alias.2" is one more alias: INI names stand once in a section. */
static tc_status find_field(const struct map_field *fields, size_t count, const char *name,
                            const struct map_field **out, struct tc_error *err) {
  char plain[64];
  size_t len = strcspn(name, ".");
  snprintf(plain, sizeof plain, "%.*s", (int)(len < 60 ? len : 60), name);
  *out = map_field_find(fields, count, plain);
  if (*out && (name[len] == '\0' || (*out)->type == VALUE_LIST))
    return TC_OK;
  struct buffer all = BUFFER_INIT;
  for (size_t i = 0; i < count; i++)
    buffer_printf(&all, "%s%s", i ? ", " : "", fields[i].name);
  tc_fail(err, TC_CONFIG, _("“%s” is no field; there are %s"), name, buffer_text(&all));
  buffer_free(&all);
  return TC_CONFIG;
}

/* A value without cells is checked at once. */
static tc_status check_constant(struct map *m, const struct map_value *v, const char *text,
                                struct tc_error *err) {
  /* the largest struct that a map fills */
  union {
    struct entry entry;
    struct site site;
    struct plan plan;
    struct domain domain;
    struct rule rule;
    struct contact contact;
    struct rota_row rota;
  } object = {0};
  if (v->value.has_cells || !*text || map_field_set(v->field, &object, text, &m->arena))
    return TC_OK;
  struct buffer all = BUFFER_INIT;
  map_field_describe(v->field, &all);
  tc_fail(err, TC_CONFIG, _("%s = %s: write %s, or a {column}"), v->field->name, text,
          buffer_text(&all));
  buffer_free(&all);
  return TC_CONFIG;
}

static tc_status read_contact(struct reading *r, const char *slot, const char *name,
                              const char *value, long line, struct tc_error *err) {
  struct map *m = r->map;
  struct map_contact *c = NULL;
  for (size_t i = 0; i < m->contact_count && !c; i++)
    if (!strcmp(m->contacts[i].slot, slot))
      c = &m->contacts[i];
  if (!c) {
    if (m->contact_count == MAP_CONTACTS_MAX)
      return tc_fail(err, TC_CONFIG, _("more than %d [contact] sections"), MAP_CONTACTS_MAX);
    void *items = m->contacts;
    c = more(&m->arena, &items, &m->contact_count, &r->contact_cap, sizeof *c);
    m->contacts = items;
    if (!c)
      return out_of_memory(err);
    c->slot = arena_strdup(&m->arena, slot);
    c->values = arena_zalloc(&m->arena, map_contact_field_count, sizeof *c->values);
    c->line = line;
    if (!c->slot || !c->values)
      return out_of_memory(err);
  }
  if (!strcmp(name, "number")) {
    c->has_number = true;
    return template_read(&c->number, value, line, &m->arena, err);
  }
  struct map_value *v = &c->values[c->count];
  tc_status status = find_field(map_contact_fields, map_contact_field_count, name, &v->field, err);
  if (status == TC_OK)
    status = template_read(&v->value, value, line, &m->arena, err);
  if (status == TC_OK)
    status = check_constant(m, v, value, err);
  if (status == TC_OK)
    c->count++;
  return status;
}

/* "FERME | CLOSED", folded. */
static tc_status read_choices(struct map *m, struct text_list *out, const char *value,
                              struct tc_error *err) {
  size_t count = 1;
  for (const char *c = value; *c; c++)
    count += *c == '|';
  const char **items = arena_zalloc(&m->arena, count, sizeof *items);
  char *copy = arena_strdup(&m->arena, value);
  if (!items || !copy)
    return out_of_memory(err);
  *out = (struct text_list){.items = items};
  for (char *next; copy; copy = next) {
    next = strchr(copy, '|');
    if (next)
      *next++ = '\0';
    copy += strspn(copy, " ");
    items[out->count] = copy[0] == '*' ? "*" : folded(&m->arena, copy);
    if (!items[out->count++])
      return out_of_memory(err);
  }
  return TC_OK;
}

static tc_status read_filter(struct reading *r, bool only, const char *filter, const char *name,
                             const char *value, long line, struct tc_error *err) {
  struct map *m = r->map;
  struct map_filter *f = NULL;
  for (size_t i = 0; i < m->filter_count && !f; i++)
    if (m->filters[i].only == only && !strcmp(m->filters[i].name, filter))
      f = &m->filters[i];
  if (!f) {
    void *items = m->filters;
    f = more(&m->arena, &items, &m->filter_count, &r->filter_cap, sizeof *f);
    m->filters = items;
    if (!f)
      return out_of_memory(err);
    *f = (struct map_filter){.only = only, .line = line};
    f->name = arena_strdup(&m->arena, filter);
    if (!f->name)
      return out_of_memory(err);
  }
  if (!strcmp(name, "value")) {
    f->has_value = true;
    return template_read(&f->value, value, line, &m->arena, err);
  }
  if (!strcmp(name, "is"))
    return read_choices(m, &f->is, value, err);
  return tc_fail(err, TC_CONFIG, _("“%s”: a filter has value and is"), name);
}

static tc_status read_translation(struct reading *r, const char *field, const char *from,
                                  const char *to, long line, struct tc_error *err) {
  struct map *m = r->map;
  void *items = m->translations;
  struct map_translation *t =
      more(&m->arena, &items, &m->translation_count, &r->translation_cap, sizeof *t);
  m->translations = items;
  if (!t)
    return out_of_memory(err);
  t->field = arena_strdup(&m->arena, field);
  t->from = strcmp(from, "*") ? folded(&m->arena, from) : "*";
  t->to = arena_strdup(&m->arena, to);
  t->line = line;
  return t->field && t->from && t->to ? TC_OK : out_of_memory(err);
}

static tc_status read_fixed(struct reading *r, const char *section, const char *name,
                            const char *value, long line, struct tc_error *err) {
  bool known = false;
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    if (strcmp(settings[i].section, section))
      continue;
    known = true;
    if (strcmp(settings[i].name, name))
      continue;
    if (settings[i].set)
      return settings[i].set(r->map, value, line, err);
    r->natural_line = line;
    return set_text(r->map, &r->natural, value, err);
  }
  if (known)
    return tc_fail(err, TC_CONFIG, _("“%s” is no setting of [%s]"), name, section);
  return tc_fail(err, TC_CONFIG,
                 _("[%s] is no section; there are [map], [file], [key], [fields], [contact NAME], "
                   "[translate FIELD], [skip NAME] and [only NAME]"),
                 section);
}

/* "contact phone" with prefix "contact ": "phone"; NULL: another section. */
static const char *named(const char *section, const char *prefix) {
  size_t len = strlen(prefix);
  if (strncmp(section, prefix, len))
    return NULL;
  section += len;
  section += strspn(section, " ");
  return *section ? section : NULL;
}

static tc_status read_line(void *context, const char *section, const char *name, const char *value,
                           long line, struct tc_error *err) {
  struct reading *r = context;
  const char *which;
  if ((which = named(section, "contact ")))
    return read_contact(r, which, name, value, line, err);
  if ((which = named(section, "skip ")))
    return read_filter(r, false, which, name, value, line, err);
  if ((which = named(section, "only ")))
    return read_filter(r, true, which, name, value, line, err);
  if ((which = named(section, "translate ")))
    return read_translation(r, which, name, value, line, err);
  if (strcmp(section, "fields"))
    return read_fixed(r, section, name, value, line, err);
  void *items = r->fields;
  struct pending *p = more(&r->map->arena, &items, &r->field_count, &r->field_cap, sizeof *p);
  r->fields = items;
  if (!p)
    return out_of_memory(err);
  p->name = arena_strdup(&r->map->arena, name);
  p->value = arena_strdup(&r->map->arena, value);
  p->line = line;
  return p->name && p->value ? TC_OK : out_of_memory(err);
}

static tc_status finish_fields(struct reading *r, long *line, struct tc_error *err) {
  struct map *m = r->map;
  m->values = arena_zalloc(&m->arena, r->field_count + 1, sizeof *m->values);
  if (!m->values)
    return out_of_memory(err);
  for (size_t i = 0; i < r->field_count; i++) {
    struct map_value *v = &m->values[m->value_count++];
    *line = r->fields[i].line;
    tc_status status =
        find_field(m->kind->fields, m->kind->count, r->fields[i].name, &v->field, err);
    if (status == TC_OK)
      status = template_read(&v->value, r->fields[i].value, r->fields[i].line, &m->arena, err);
    if (status == TC_OK)
      status = check_constant(m, v, r->fields[i].value, err);
    if (status != TC_OK)
      return status;
  }
  return TC_OK;
}

static tc_status finish_natural(struct reading *r, long *line, struct tc_error *err) {
  struct map *m = r->map;
  if (!r->natural)
    return TC_OK;
  *line = r->natural_line;
  char *copy = arena_strdup(&m->arena, r->natural);
  m->natural = arena_zalloc(&m->arena, m->kind->count, sizeof *m->natural);
  if (!copy || !m->natural)
    return out_of_memory(err);
  for (char *save = NULL, *word = strtok_r(copy, ", \t", &save); word;
       word = strtok_r(NULL, ", \t", &save)) {
    const struct map_field *f;
    tc_status status = find_field(m->kind->fields, m->kind->count, word, &f, err);
    if (status != TC_OK)
      return status;
    bool mapped = !strcmp(word, "site");
    for (size_t i = 0; i < m->value_count; i++)
      mapped = mapped || m->values[i].field == f;
    if (!mapped)
      return tc_fail(err, TC_CONFIG, _("natural = %s: [fields] does not fill it"), word);
    for (size_t i = 0; i < m->natural_count; i++)
      if (m->natural[i] == f)
        return tc_fail(err, TC_CONFIG, _("natural: “%s” stands twice"), word);
    m->natural[m->natural_count++] = f;
  }
  return TC_OK;
}

static bool translates(const struct map *m, const char *field) {
  if (map_field_find(m->kind->fields, m->kind->count, field))
    return true;
  return map_field_find(map_contact_fields, map_contact_field_count, field) != NULL;
}

static bool fills(const struct map *m, const char *field) {
  for (size_t i = 0; i < m->value_count; i++)
    if (!strcmp(m->values[i].field->name, field))
      return true;
  return false;
}

/* A shift is known by its role and its time. */
static tc_status finish_rota(const struct map *m, struct tc_error *err) {
  if (m->key_count || m->natural_count)
    return tc_fail(err, TC_CONFIG,
                   _("record = rota has no [key]: a shift is its role and its time"));
  if (!fills(m, "role") && !fills(m, "role-id"))
    return tc_fail(err, TC_CONFIG, _("[fields] needs role or role-id"));
  if (!fills(m, "from") || !fills(m, "until"))
    return tc_fail(err, TC_CONFIG, _("[fields] needs from and until"));
  if (!fills(m, "holder") && !fills(m, "holder-id") && !fills(m, "number"))
    return tc_fail(err, TC_CONFIG, _("[fields] needs holder, holder-id or number"));
  return TC_OK;
}

/* What only the whole map shows to be wrong. */
static tc_status finish_rest(struct map *m, long *line, struct tc_error *err) {
  for (size_t i = 0; i < m->contact_count; i++) {
    const struct map_contact *c = &m->contacts[i];
    *line = c->line;
    bool kind = false;
    for (size_t j = 0; j < c->count; j++)
      kind = kind || !strcmp(c->values[j].field->name, "kind");
    if (!c->has_number)
      return tc_fail(err, TC_CONFIG, _("[contact %s]: number is missing"), c->slot);
    if (!kind)
      return tc_fail(err, TC_CONFIG, _("[contact %s]: kind is missing"), c->slot);
    if (m->kind->kind != RECORD_ENTRY)
      return tc_fail(err, TC_CONFIG, _("[contact %s]: only record = entry has contact points"),
                     c->slot);
  }
  for (size_t i = 0; i < m->filter_count; i++) {
    *line = m->filters[i].line;
    if (!m->filters[i].has_value || !m->filters[i].is.count)
      return tc_fail(err, TC_CONFIG, _("[%s %s]: a filter needs value and is"),
                     m->filters[i].only ? "only" : "skip", m->filters[i].name);
  }
  for (size_t i = 0; i < m->translation_count; i++) {
    *line = m->translations[i].line;
    if (!translates(m, m->translations[i].field))
      return tc_fail(err, TC_CONFIG, _("[translate %s]: that is no field"),
                     m->translations[i].field);
  }
  *line = 0;
  if (m->kind->code != SIZE_MAX) {
    for (size_t i = 0; i < m->value_count; i++)
      if (m->values[i].field->offset == m->kind->code)
        return TC_OK;
    return tc_fail(err, TC_CONFIG, _("[fields] needs code: it identifies the record"));
  }
  if (m->kind->kind == RECORD_ROTA)
    return finish_rota(m, err);
  if (!m->key_count && !m->natural_count)
    return tc_fail(err, TC_CONFIG,
                   _("no key: write columns = ... or natural = ... in a [key] section"));
  if (m->key_count && m->natural_count)
    return tc_fail(err, TC_CONFIG, _("[key]: either columns or natural, not both"));
  if (m->kind->kind != RECORD_ENTRY)
    return TC_OK;
  return fills(m, "name") ? TC_OK : tc_fail(err, TC_CONFIG, _("[fields] needs name"));
}

static tc_status begin(struct map **out, const char *path, struct tc_error *err) {
  struct map *m = calloc(1, sizeof *m);
  if (!m)
    return out_of_memory(err);
  m->path = arena_strdup(&m->arena, path);
  m->kind = map_kind(RECORD_ENTRY);
  m->audience = AUDIENCE_PUBLIC;
  m->country = m->plan = m->zone = m->about = m->hint.encoding = "";
  *out = m;
  if (m->path)
    return TC_OK;
  map_free(m);
  return out_of_memory(err);
}

static tc_status finish(struct map **out, struct reading *r, tc_status status,
                        struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  long line = 0;
  if (status == TC_OK)
    status = finish_fields(r, &line, &own);
  if (status == TC_OK)
    status = finish_natural(r, &line, &own);
  if (status == TC_OK)
    status = finish_rest(r->map, &line, &own);
  if (own.status != TC_OK)
    status = tc_fail_at(err, own.status, r->map->path, line, 0, "%s", own.text);
  if (status == TC_OK)
    *out = r->map;
  else
    map_free(r->map);
  return status;
}

tc_status map_read(struct map **out, const char *path, struct tc_error *err) {
  struct reading r = {0};
  tc_status status = begin(&r.map, path, err);
  if (status != TC_OK)
    return status;
  return finish(out, &r, ini_read_file(path, read_line, &r, err), err);
}

tc_status map_read_text(struct map **out, const char *name, const char *text, size_t len,
                        struct tc_error *err) {
  struct reading r = {0};
  tc_status status = begin(&r.map, name, err);
  if (status != TC_OK)
    return status;
  return finish(out, &r, ini_read_text(name, text, len, read_line, &r, err), err);
}

void map_free(struct map *m) {
  if (!m)
    return;
  arena_free(&m->arena);
  free(m);
}

static void describe_fields(struct buffer *out, const struct map_field *fields, size_t count) {
  for (size_t i = 0; i < count; i++) {
    buffer_printf(out, ".TP\n.B %s\n%s", fields[i].name, fields[i].help);
    if (fields[i].type == VALUE_WORD || fields[i].type == VALUE_SET) {
      struct buffer words = BUFFER_INIT;
      map_field_describe(&fields[i], &words);
      buffer_printf(out, " (%s)", buffer_text(&words));
      buffer_free(&words);
    } else if (fields[i].type == VALUE_FLAG) {
      buffer_add_text(out, " (yes, no)");
    } else if (fields[i].type == VALUE_LIST) {
      buffer_printf(out, "; more of them as %s.2, %s.3", fields[i].name, fields[i].name);
    }
    buffer_add_text(out, ".\n");
  }
}

void map_describe(struct buffer *out) {
  static const enum record_kind kinds[] = {RECORD_ENTRY,  RECORD_SITE, RECORD_PLAN,
                                           RECORD_DOMAIN, RECORD_RULE, RECORD_ROTA};
  const char *section = "";
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    if (strcmp(section, settings[i].section))
      buffer_printf(out, ".SS [%s]\n", settings[i].section);
    section = settings[i].section;
    buffer_printf(out, ".TP\n.B %s\n%s.\n", settings[i].name, settings[i].help);
  }
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const struct map_kind *k = map_kind(kinds[i]);
    buffer_printf(out, ".SS [fields] of record = %s\n%s.\n", record_kind_word(kinds[i]), k->help);
    describe_fields(out, k->fields, k->count);
  }
  buffer_add_text(out, ".SS [contact NAME]\n.TP\n.B number\nthe cell or cells with the number; "
                       "required.\n");
  describe_fields(out, map_contact_fields, map_contact_field_count);
  buffer_add_text(out, ".SS Changes of a cell\n");
  for (size_t i = 0; i < transform_count; i++)
    buffer_printf(out, ".TP\n.B {column:%s}\n%s.\n", transforms[i].name, transforms[i].help);
}
