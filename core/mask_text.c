/* A masked number that somebody wrote into words: an alias, a note, when to call. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "core/mask.h"
#include "core/phone.h"
#include "core/phone_plan.h"
#include "core/record_table.h"
#include "core/spoken.h"

enum {
  SPELLINGS = 6, /* of one number, at most */
  LONG = 7,      /* digits that are the number wherever they stand; fewer may be part of another */
  SHORTEST = 2,  /* a number of fewer digits is a word of every sentence */
  ALL = 2,       /* digits that are the number only where they are all there is */
  ADDRESS = 4,   /* letters of an address likewise */
  APART = 3      /* signs between two digits of one number */
};

/* What may not be read. */
struct secret {
  char text[PHONE_DIGITS]; /* digits; "" where it is an address */
  size_t len;
  const char *address; /* as it is held */
};

struct secrets {
  struct secret *items;
  size_t count, room;
};

/* One digit of a text. */
struct figure {
  size_t at, len; /* bytes */
  char value;
  bool joined; /* only signs between it and the one before */
  bool glued;  /* nothing at all */
  bool told;   /* it is of a number that is masked */
  bool starred;
  bool again; /* of the word in letters that the one before is of */
};

struct figures {
  struct figure *items;
  size_t count;
  bool spoken; /* some are words in letters */
};

/* ---- what is secret ----------------------------------------------------------------------------
 */

/* "15" and "18" are everybody's, in any country, whoever else has two such digits. */
static bool is_code(const char *digits, size_t len) {
  bool any = false;
  for (const struct phone_short *s = phone_shorts; s->iso && len <= ALL; s++)
    any = any || (strlen(s->digits) == len && memcmp(s->digits, digits, len) == 0);
  return any;
}

static void add_digits(struct secrets *s, const char *digits, size_t len) {
  if (len < SHORTEST || len >= PHONE_DIGITS || s->count == s->room || is_code(digits, len))
    return;
  for (size_t i = 0; i < s->count; i++)
    if (s->items[i].len == len && memcmp(s->items[i].text, digits, len) == 0)
      return;
  struct secret *new = &s->items[s->count++];
  memcpy(new->text, digits, len);
  new->text[len] = '\0';
  new->len = len;
  new->address = NULL;
}

/* Without what stands before the subscriber's own: country code, or the zero of the country. */
static void add_own(struct secrets *s, const char *e164) {
  char digits[PHONE_DIGITS];
  struct phone p;
  if (!phone_of_e164(&p, e164, ""))
    return;
  size_t world = phone_digits(digits, sizeof digits, e164, strlen(e164)), home = strlen(p.digits),
         same = 0;
  add_digits(s, p.digits, home);
  while (same < home && same < world && p.digits[home - same - 1] == digits[world - same - 1])
    same++;
  if (same >= LONG)
    add_digits(s, p.digits + home - same, same);
}

/* A mail address or a name to dial, other than a number with odd signs between its digits. */
static bool has_letters(const char *number) {
  for (; *number; number++)
    if ((*number >= 'a' && *number <= 'z') || (*number >= 'A' && *number <= 'Z') || *number == '@')
      return true;
  return false;
}

static void add_number(struct secrets *s, const char *number, const char *e164) {
  char digits[PHONE_DIGITS];
  size_t letters = strlen(number), len = phone_digits(digits, sizeof digits, number, letters);
  bool address = has_letters(number);
  if (address && letters >= ADDRESS && s->count < s->room)
    s->items[s->count++] = (struct secret){.len = letters, .address = number};
  if (!address || len >= LONG)
    add_digits(s, digits, len);
  if (!address && digits[0] == '0' && len > LONG + 1)
    add_digits(s, digits + 1, len - 1);
  if (*number == '+' && !*e164)
    e164 = number;
  len = phone_digits(digits, sizeof digits, e164, strlen(e164));
  add_digits(s, digits, len);
  add_own(s, e164);
}

/* The longest first: what it covers is not looked at again. */
static int by_length(const void *a, const void *b) {
  const struct secret *x = a, *y = b;
  return (x->len < y->len) - (x->len > y->len);
}

/* false: no memory. */
static bool secrets_of(struct secrets *s, const struct entry *e, struct arena *arena) {
  bool any = false;
  *s = (struct secrets){.room = SPELLINGS *
                                (e->contact_count + e->override_count + e->former_number_count)};
  for (size_t i = 0; i < e->contact_count; i++)
    any = any || e->contacts[i].masked;
  if (!any)
    return true;
  s->items = arena_alloc(arena, s->room * sizeof *s->items);
  if (!s->items)
    return false;
  for (size_t i = 0; i < e->contact_count; i++)
    if (e->contacts[i].masked)
      add_number(s, e->contacts[i].number, e->contacts[i].e164);
  for (size_t i = 0; i < e->override_count; i++)
    if (mask_covers(e, &e->overrides[i].contact))
      add_number(s, e->overrides[i].number, e->overrides[i].e164);
  for (size_t i = 0; i < e->former_number_count; i++)
    if (mask_hides(e, e->former_numbers[i].now))
      add_number(s, e->former_numbers[i].number, e->former_numbers[i].e164);
  qsort(s->items, s->count, sizeof *s->items, by_length);
  return true;
}

/* ---- where it stands ---------------------------------------------------------------------------
 */

/* May it stand between two digits of one number?  Letters may not. */
static bool is_between(uint32_t point) {
  if (point < 0x80)
    return !((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z'));
  return point == 0xA0 || point == 0xAD || point == 0xB7 || (point >= 0x2000 && point <= 0x206F) ||
         point == 0x2212 || point == 0x3000 || utf8_is_zero_width(point) || utf8_is_unseen(point) ||
         utf8_is_control(point);
}

static bool add_figure(struct figures *f, struct figure new, size_t room, struct arena *arena) {
  if (!f->items && !(f->items = arena_alloc(arena, room * sizeof *f->items)))
    return false;
  f->items[f->count++] = new;
  return true;
}

/* The digits of a number in letters: the first stands for its bytes, another for none. */
static bool add_spoken(struct figures *f, const char digits[SPOKEN_DIGITS], size_t count,
                       struct figure first, size_t room, struct arena *arena) {
  bool whole = true;
  f->spoken = true;
  for (size_t i = 0; whole && i < count; i++) {
    struct figure new = first;
    new.value = digits[i];
    if (i)
      new = (struct figure){.at = first.at + first.len,
                            .value = digits[i],
                            .joined = true,
                            .glued = true,
                            .again = true};
    whole = add_figure(f, new, room, arena);
  }
  return whole;
}

/* letters: also those that are spelled in letters. */
static bool read_figures(struct figures *f, const char *text, bool letters, struct arena *arena) {
  size_t len = strlen(text), apart = APART + 1;
  *f = (struct figures){.items = NULL};
  for (size_t at = 0, n; at < len; at += n) {
    char digits[SPOKEN_DIGITS];
    size_t count = 0;
    uint32_t point;
    if (letters && (n = spoken_word(text + at, len - at)) > 0) {
      size_t number = spoken_read(text + at, len - at, digits, &count);
      n = number ? number : n;
      if (count && !add_spoken(f, digits, count,
                               (struct figure){.at = at, .len = n, .joined = apart <= APART},
                               len - at, arena))
        return false;
      apart = count ? 0 : APART + 1;
      continue;
    }
    n = utf8_next(text + at, len - at, &point);
    int value = point == UTF8_INVALID ? -1 : utf8_digit(point);
    if (value < 0) {
      apart = point == UTF8_INVALID || !is_between(point) ? APART + 1 : apart + 1;
      continue;
    }
    if (!add_figure(f,
                    (struct figure){.at = at,
                                    .len = n,
                                    .value = (char)('0' + value),
                                    .joined = apart <= APART,
                                    .glued = apart == 0},
                    len - at, arena))
      return false;
    apart = 0;
  }
  return true;
}

/* Do so many digits stand by themselves: as one group, or as all there is? */
static bool is_alone(const struct figures *f, size_t from, size_t len) {
  size_t behind = from + len;
  bool group =
      len > ALL && !f->items[from].glued && (behind == f->count || !f->items[behind].glued);
  bool whole = !f->items[from].joined && (behind == f->count || !f->items[behind].joined);
  for (size_t i = 1; i < len; i++) {
    group = group && f->items[from + i].glued;
    whole = whole && f->items[from + i].joined;
  }
  return group || whole;
}

static bool is_there(const struct figures *f, size_t from, const struct secret *s) {
  for (size_t i = 0; i < s->len; i++)
    if (f->items[from + i].value != s->text[i] || (i && !f->items[from + i].joined))
      return false;
  return s->len >= LONG || is_alone(f, from, s->len);
}

static void star(const struct figures *f, size_t from, size_t len) {
  for (size_t i = 0; i < len; i++) {
    struct figure *at = &f->items[from + i];
    at->starred = at->starred || mask_stars(i, len);
    at->told = true;
  }
}

static bool hide_digits(const struct figures *f, const struct secret *s) {
  bool any = false;
  for (size_t from = 0; from + s->len <= f->count; from++) {
    bool new = false;
    if (!is_there(f, from, s))
      continue;
    for (size_t i = 0; i < s->len; i++)
      new = new || !f->items[from + i].told;
    if (new)
      star(f, from, s->len);
    any = any || new;
  }
  return any;
}

/* The text with an address starred wherever it stands; itself where it does not. */
static const char *hide_address(const char *text, const struct secret *s, struct arena *arena) {
  struct buffer out = BUFFER_INIT;
  bool any = false;
  size_t len = strlen(text);
  for (size_t at = 0; at < len;) {
    if (len - at >= s->len && strncasecmp(text + at, s->address, s->len) == 0) {
      mask_number(&out, s->address);
      at += s->len;
      any = true;
    } else {
      buffer_add_char(&out, text[at++]);
    }
  }
  const char *hidden =
      any ? (out.status == TC_OK ? arena_strdup(arena, buffer_text(&out)) : NULL) : text;
  buffer_free(&out);
  return hidden;
}

/* ---- hiding it ---------------------------------------------------------------------------------
 */

static const char *starred(const struct figures *f, const char *text, struct arena *arena) {
  struct buffer out = BUFFER_INIT;
  size_t from = 0;
  for (size_t i = 1; i < f->count; i++) /* a word is starred whole, or not at all */
    if (f->items[i].again)
      f->items[i].starred = f->items[i - 1].starred =
          f->items[i].starred || f->items[i - 1].starred;
  for (size_t i = 0; i < f->count; i++) {
    if (!f->items[i].starred)
      continue;
    buffer_add(&out, text + from, f->items[i].at - from);
    buffer_add_char(&out, '*');
    from = f->items[i].at + f->items[i].len;
  }
  buffer_add_text(&out, text + from);
  const char *hidden = out.status == TC_OK ? arena_strdup(arena, buffer_text(&out)) : NULL;
  buffer_free(&out);
  return hidden;
}

static const char *hide(const struct secrets *s, const char *text, struct arena *arena) {
  struct figures f;
  bool any = false;
  for (size_t i = 0; i < s->count && text && *text; i++)
    if (s->items[i].address)
      text = hide_address(text, &s->items[i], arena);
  if (!text || !read_figures(&f, text, false, arena))
    return NULL;
  for (size_t i = 0; f.items && i < s->count; i++)
    if (!s->items[i].address)
      any = hide_digits(&f, &s->items[i]) || any;
  if (any && !(text = starred(&f, text, arena)))
    return NULL;
  /* Once more for what is spelled in letters: whole numbers only, "six" is a word of every
   * sentence. */
  any = false;
  if (s->count && !read_figures(&f, text, true, arena))
    return NULL;
  for (size_t i = 0; f.spoken && i < s->count; i++)
    if (!s->items[i].address && s->items[i].len >= LONG)
      any = hide_digits(&f, &s->items[i]) || any;
  return any ? starred(&f, text, arena) : text;
}

/* Has the text so many digits, those of numbers in letters among them? */
static bool has_digits(const char *text, size_t most) {
  size_t digits = 0, len = strlen(text);
  for (size_t at = 0, n; at < len && digits < most && len >= most; at += n) {
    char spoken[SPOKEN_DIGITS];
    size_t count = 0;
    uint32_t point;
    if ((n = spoken_word(text + at, len - at)) > 0) {
      size_t number = spoken_read(text + at, len - at, spoken, &count);
      n = number ? number : n;
      digits += count;
      continue;
    }
    n = utf8_next(text + at, len - at, &point);
    digits += point != UTF8_INVALID && utf8_digit(point) >= 0;
  }
  return digits >= most;
}

bool mask_may_be_in(const char *text) {
  return strchr(text, '@') || has_digits(text, SHORTEST);
}

const char *mask_in_text(const struct entry *entry, const char *text, struct arena *arena) {
  struct secrets secrets;
  if (!secrets_of(&secrets, entry, arena))
    return NULL;
  return secrets.count ? hide(&secrets, text, arena) : text;
}

/* The digits from one on, as many as are joined; how many. */
static size_t digits_from(const struct figures *f, size_t from, char digits[PHONE_DIGITS]) {
  size_t len = 0;
  for (; from + len < f->count && len + 1 < PHONE_DIGITS && (!len || f->items[from + len].joined);
       len++)
    digits[len] = f->items[from + len].value;
  digits[len] = '\0';
  return len;
}

/* Those that are the number wherever they stand. */
static bool star_long(const struct figures *f, mask_known *known, void *context) {
  bool any = false;
  for (size_t from = 0; from + MASK_KNOWN <= f->count; from++) {
    char digits[PHONE_DIGITS];
    for (size_t len = digits_from(f, from, digits); len >= MASK_KNOWN; digits[--len] = '\0')
      if (known(context, digits, len)) {
        star(f, from, len);
        any = true;
        from += len - 1;
        break;
      }
  }
  return any;
}

/* Those that are it where they stand by themselves. */
static bool star_short(const struct figures *f, mask_known *known, void *context) {
  bool any = false;
  for (size_t from = 0; from + MASK_GROUP <= f->count; from++) {
    char digits[PHONE_DIGITS];
    size_t len = digits_from(f, from, digits);
    for (len = len < LONG ? len : LONG; len >= MASK_GROUP; len--) {
      digits[len] = '\0';
      if (!is_alone(f, from, len) || !known(context, digits, len))
        continue;
      star(f, from, len);
      any = true;
      from += len - 1;
      break;
    }
  }
  return any;
}

/* groups: also short ones. */
static const char *known_in_text(const char *text, bool groups, mask_known *known, void *context,
                                 struct arena *arena) {
  struct figures f;
  if (has_digits(text, MASK_KNOWN)) {
    if (!read_figures(&f, text, true, arena))
      return NULL;
    if (star_long(&f, known, context) && !(text = starred(&f, text, arena)))
      return NULL;
  }
  if (!groups || !has_digits(text, MASK_GROUP))
    return text;
  if (!read_figures(&f, text, false, arena))
    return NULL;
  return star_short(&f, known, context) ? starred(&f, text, arena) : text;
}

const char *mask_known_in_text(const char *text, mask_known *known, void *context,
                               struct arena *arena) {
  return known_in_text(text, true, known, context, arena);
}

size_t mask_run(const char *text, struct arena *arena) {
  struct figures f;
  size_t most = 0, run = 0;
  if (!has_digits(text, MASK_GROUP))
    return 0;
  if (!read_figures(&f, text, true, arena))
    return SIZE_MAX;
  for (size_t i = 0; i < f.count; i++) {
    run = f.items[i].joined ? run + 1 : 1;
    most = run > most ? run : most;
  }
  return most;
}

/* ---- of all that an entry says -----------------------------------------------------------------
 */

/* Texts that are no words: what is dialled, which is starred where it is shown, and codes. */
static bool is_kept(const char *tag, const char *name) {
  static const char *const kept[][2] = {
      {"site", ""},  {"unit", ""},   {"serves", ""},   {"pin", ""},      {"from", ""},
      {"c", ""},     {"c", "check"}, {"c", "dom"},     {"c", "e"},       {"c", "h"},
      {"c", "plan"}, {"c", "repno"}, {"over", ""},     {"over", "e"},    {"over", "plan"},
      {"wasno", ""}, {"wasno", "e"}, {"wasno", "now"}, {"wasno", "plan"}};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
    if (strcmp(kept[i][0], tag) == 0 && strcmp(kept[i][1], name ? name : "") == 0)
      return true;
  return false;
}

/* Where something is: a short number there is that of a room.  Only one of the entry's own is
 * starred, and a long one. */
static bool is_place(const char *tag, const char *name) {
  static const char *const places[][2] = {
      {"bldg", ""}, {"floor", ""}, {"room", ""}, {"c", "place"}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    if (strcmp(places[i][0], tag) == 0 && strcmp(places[i][1], name ? name : "") == 0)
      return true;
  return false;
}

/* What is being hidden in an entry: secrets, or where there are none what is known elsewhere. */
struct hiding {
  const struct secrets *secrets;
  mask_known *known;
  void *context;
  struct arena *arena;
};

static bool hide_at(const struct hiding *h, const char **text, bool place) {
  if (h->known)
    *text = known_in_text(*text, !place, h->known, h->context, h->arena);
  else if (h->secrets)
    *text = hide(h->secrets, *text, h->arena);
  return *text != NULL;
}

static bool hide_texts(const struct hiding *h, struct text_list *list) {
  const char **items = arena_alloc(h->arena, (list->count + 1) * sizeof *items);
  bool whole = items != NULL;
  for (size_t i = 0; whole && i < list->count; i++) {
    items[i] = list->items[i];
    whole = hide_at(h, &items[i], false);
  }
  list->items = items;
  return whole;
}

static bool hide_fields(const struct hiding *h, const struct line_spec *line, char *of) {
  for (size_t i = 0; i < line->field_count; i++) {
    const struct field_spec *f = &line->fields[i];
    const char **text = (const char **)(void *)(of + f->offset);
    if (f->type == FIELD_TEXT && (!h->known || has_digits(*text, MASK_GROUP)) &&
        !is_kept(line->tag, f->name) && !hide_at(h, text, is_place(line->tag, f->name)))
      return false;
  }
  return true;
}

/* Few lists need to be copied for what is masked elsewhere. */
static bool may_be_in_list(const struct line_spec *line, const char *items, size_t count) {
  for (size_t i = 0; i < count * line->field_count; i++) {
    const struct field_spec *f = &line->fields[i % line->field_count];
    const char *at = items + i / line->field_count * line->size + f->offset;
    if (f->type == FIELD_TEXT && has_digits(*(const char *const *)(const void *)at, MASK_GROUP) &&
        !is_kept(line->tag, f->name))
      return true;
  }
  return false;
}

static bool hide_list(const struct hiding *h, const struct line_spec *line, char *entry) {
  char **at = (char **)(void *)(entry + line->offset);
  size_t count = *(size_t *)(void *)(entry + line->count_offset);
  bool whole = true;
  if (!count || (h->known && !may_be_in_list(line, *at, count)))
    return true;
  char *items = arena_alloc(h->arena, count * line->size);
  if (!items)
    return false;
  memcpy(items, *at, count * line->size);
  *at = items;
  for (size_t i = 0; whole && i < count; i++)
    whole = hide_fields(h, line, items + i * line->size);
  return whole;
}

static bool hide_all(const struct hiding *h, struct entry *entry) {
  const struct kind_spec *kind = kind_spec(RECORD_ENTRY);
  bool whole = true;
  for (size_t i = 0; whole && i < kind->line_count; i++) {
    const struct line_spec *line = &kind->lines[i];
    char *said = (char *)entry;
    if (line->form == LINE_SINGLE)
      whole = hide_fields(h, line, said);
    else if (line->form == LINE_LIST)
      whole = hide_list(h, line, said);
    else if (!is_kept(line->tag, NULL))
      whole = hide_texts(h, (struct text_list *)(void *)(said + line->offset));
  }
  return whole;
}

bool mask_entry(struct entry *entry, const struct entry *of, struct arena *arena) {
  struct secrets secrets;
  const struct hiding h = {.secrets = &secrets, .arena = arena};
  return secrets_of(&secrets, of, arena) && (!secrets.count || hide_all(&h, entry));
}

bool mask_known_in_entry(struct entry *entry, mask_known *known, void *context,
                         struct arena *arena) {
  const struct hiding h = {.known = known, .context = context, .arena = arena};
  return hide_all(&h, entry);
}
