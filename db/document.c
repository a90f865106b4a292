#include "db/document.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/fold.h"
#include "core/mask.h"

static void add_word(struct buffer *out, char sign, const char *text, size_t len) {
  if (sign)
    buffer_add_char(out, sign);
  buffer_add(out, text, len);
  buffer_add_char(out, ' ');
}

static bool is_digits(const char *text) {
  return *text >= '0' && *text <= '9';
}

/* "!2!bloc": a word and the number behind it, which belong together. */
static void add_pairs(struct buffer *out, const struct fold_words *words) {
  for (size_t i = 0; i + 1 < words->count; i++) {
    const struct fold_word *word = &words->items[i], *number = &words->items[i + 1];
    if (is_digits(word->text) || !is_digits(number->text))
      continue;
    buffer_add_char(out, '!');
    buffer_add(out, number->text, number->len);
    add_word(out, '!', word->text, word->len);
  }
}

/* "!!urgences": what an entry is called so. */
static void add_named(struct buffer *out, const char *text, size_t len) {
  buffer_add_char(out, '!');
  add_word(out, '!', text, len);
}

size_t document_name_marker(char out[DOCUMENT_NAME], size_t words) {
  int len = snprintf(out, DOCUMENT_NAME, "!=%zu", words);
  return len > 0 ? (size_t)len : 0;
}

/* "!=3": so many words has the name, each once; a particle is none. */
static void add_name_count(struct buffer *out, const struct fold_words *words) {
  char marker[DOCUMENT_NAME];
  size_t count = 0;
  for (size_t i = 0; i < words->count; i++) {
    const struct fold_word *word = &words->items[i];
    bool met = word->particle;
    for (size_t k = 0; k < i && !met; k++)
      met = words->items[k].len == word->len &&
            memcmp(words->items[k].text, word->text, word->len) == 0;
    count += !met;
  }
  add_word(out, 0, marker, document_name_marker(marker, count));
}

/* The folded words of a text and what else it is found by. */
enum { WITH_PAIRS = 0x100, WITH_NAMES = 0x200 };
static tc_status add_text(struct buffer *out, char sign, const char *text, unsigned extras,
                          struct arena *arena, struct tc_error *err) {
  struct fold_words words;
  struct fold_extra *more;
  size_t count;
  if (!*text)
    return TC_OK;
  tc_status status = fold_split(&words, text, strlen(text), arena, err);
  if (status == TC_OK)
    status = fold_extras(&more, &count, &words, extras & ~(unsigned)(WITH_PAIRS | WITH_NAMES),
                         arena, err);
  if (status != TC_OK)
    return status;
  for (size_t i = 0; i < words.count; i++)
    add_word(out, sign, words.items[i].text, words.items[i].len);
  for (size_t i = 0; i < count; i++)
    add_word(out, sign, more[i].text, more[i].len);
  for (size_t i = 0; extras & WITH_NAMES && i < words.count; i++)
    add_named(out, words.items[i].text, words.items[i].len);
  for (size_t i = 0; extras & WITH_NAMES && i < count; i++)
    add_named(out, more[i].text, more[i].len);
  if (extras & WITH_NAMES)
    add_name_count(out, &words);
  if (extras & WITH_PAIRS)
    add_pairs(out, &words);
  return TC_OK;
}

/* A letter of a code as it is in a marker. */
static char marked(char c) {
  if (c >= 'A' && c <= 'Z')
    c = (char)(c - 'A' + 'a');
  bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
  return word ? c : '^';
}

void document_marker(struct buffer *out, char sign, const char *text) {
  buffer_add_char(out, sign);
  for (; *text; text++)
    buffer_add_char(out, marked(*text));
  buffer_add_char(out, ' ');
}

void document_only_marker(char out[DOCUMENT_AUDIENCE], enum audience audience) {
  snprintf(out, DOCUMENT_AUDIENCE, "#only-%s ", audience_word(audience));
}

void document_with_marker(char out[DOCUMENT_AUDIENCE], enum audience audience) {
  snprintf(out, DOCUMENT_AUDIENCE, "#with-%s ", audience_word(audience));
}

size_t document_short_marker(char out[DOCUMENT_SHORT], const char *digits, const char *place) {
  size_t count = strlen(digits), len = 1;
  if (count < MASK_GROUP || count >= MASK_KNOWN || !*place)
    return 0;
  out[0] = '$';
  for (; *digits; digits++)
    out[len++] = *digits;
  out[len++] = '.';
  for (; *place && len + 1 < DOCUMENT_SHORT; place++)
    out[len++] = marked(*place);
  out[len] = '\0';
  return len;
}

size_t document_digits(char out[DOCUMENT_DIGITS], const char *number) {
  size_t n = 0;
  if (strchr(number, '@')) /* an address */
    number = "";
  for (; *number; number++)
    if (*number >= '0' && *number <= '9') {
      if (n + 1 == DOCUMENT_DIGITS) {
        n = 0;
        break;
      }
      out[n++] = *number;
    }
  out[n] = '\0';
  return n;
}

static void add_numbers(struct buffer *out, const char *number, const char *e164, bool masked) {
  char dialled[DOCUMENT_DIGITS], world[DOCUMENT_DIGITS];
  size_t dialled_len = document_digits(dialled, number), world_len = document_digits(world, e164);
  char sign = masked ? '^' : '+';
  if (dialled_len)
    add_word(out, sign, dialled, dialled_len);
  if (world_len && (world_len != dialled_len || memcmp(world, dialled, world_len) != 0))
    add_word(out, sign, world, world_len);
}

/* A masked number; a short one is it in one plan. */
static void add_masked(struct buffer *out, const char *number, const char *e164, const char *plan,
                       const char *site) {
  char digits[DOCUMENT_DIGITS], marker[DOCUMENT_SHORT];
  add_numbers(out, number, e164, true);
  size_t len = document_digits(digits, number)
                   ? document_short_marker(marker, digits, *plan ? plan : site)
                   : 0;
  if (len)
    add_word(out, 0, marker, len);
}

/* Who may see it at all, and who alone may see a part of it.  What is for all needs no marker. */
static void add_audiences(struct buffer *out, const struct entry *e) {
  char marker[DOCUMENT_AUDIENCE];
  enum audience widest = e->audience, narrowest = e->audience;
  for (size_t i = 0; i < e->contact_count; i++) {
    enum audience of = e->contacts[i].audience;
    widest = of && of < widest ? of : widest;
    narrowest = of > narrowest ? of : narrowest;
  }
  if (widest > AUDIENCE_PUBLIC) {
    document_only_marker(marker, widest);
    buffer_add_text(out, marker);
  }
  if (narrowest > AUDIENCE_PUBLIC) {
    document_with_marker(marker, narrowest);
    buffer_add_text(out, marker);
  }
}

/* Adds up how many digits of one number the words that it is found by have. */
static void count_digits(size_t *most, const char *text, struct arena *arena) {
  size_t run = mask_run(text, arena);
  *most = run > *most ? run : *most;
}

static void add_figures(struct buffer *out, const struct entry *e, struct arena *arena) {
  const char *const words[] = {e->name, e->title, e->speciality, e->unit, e->purpose, e->area},
                    *const places[] = {e->building, e->floor, e->room};
  size_t most = 0, most_of_place = 0;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    count_digits(&most, words[i], arena);
  for (size_t i = 0; i < e->aliases.count; i++)
    count_digits(&most, e->aliases.items[i], arena);
  for (size_t i = 0; i < e->former_name_count; i++)
    count_digits(&most, e->former_names[i].text, arena);
  for (size_t i = 0; i < e->contact_count; i++)
    count_digits(&most, e->contacts[i].label, arena);
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    count_digits(&most_of_place, places[i], arena);
  if (most >= MASK_GROUP)
    document_marker(out, '#', "figures");
  if (most >= MASK_KNOWN || most_of_place >= MASK_KNOWN)
    document_marker(out, '#', "spells");
}

tc_status document_write(struct buffer *out, const struct entry *entry, struct arena *arena,
                         struct tc_error *err) {
  struct entry shown = *entry; /* nobody spells a masked number by what finds an alias of it */
  const struct entry *e = &shown;
  if (!mask_entry(&shown, entry, arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  unsigned extras = e->type == ENTRY_PERSON ? FOLD_PERSON : FOLD_INITIALS;
  const struct {
    const char *text;
    unsigned extras;
  } plain[] = {{e->name, extras | WITH_PAIRS | WITH_NAMES},
               {e->title, 0},
               {e->speciality, 0},
               {e->unit, 0},
               {e->building, WITH_PAIRS},
               {e->floor, WITH_PAIRS},
               {e->room, WITH_PAIRS},
               {e->purpose, 0},
               {e->area, 0}};
  tc_status status = TC_OK;
  for (size_t i = 0; i < sizeof plain / sizeof *plain && status == TC_OK; i++)
    status = add_text(out, 0, plain[i].text, plain[i].extras, arena, err);
  for (size_t i = 0; i < e->aliases.count && status == TC_OK; i++)
    status = add_text(out, '~', e->aliases.items[i], extras, arena, err);
  for (size_t i = 0; i < e->former_name_count && status == TC_OK; i++)
    status = add_text(out, '~', e->former_names[i].text, extras, arena, err);
  if (*e->site)
    document_marker(out, '@', e->site);
  for (size_t i = 0; i < e->serves.count; i++)
    document_marker(out, '@', e->serves.items[i]);
  if (e->type != ENTRY_OTHER)
    document_marker(out, '#', entry_type_word(e->type));
  if (e->critical)
    document_marker(out, '#', "critical");
  bool masked = false;
  for (size_t i = 0; i < e->contact_count && status == TC_OK; i++) {
    const struct contact *c = &e->contacts[i];
    masked = masked || c->masked;
    if (c->kind != CONTACT_OTHER)
      document_marker(out, '=', contact_kind_word(c->kind));
    if (*c->plan)
      document_marker(out, '%', c->plan);
    status = add_text(out, 0, c->label, 0, arena, err);
    if (c->masked)
      add_masked(out, c->number, c->e164, c->plan, e->site);
    else
      add_numbers(out, c->number, c->e164, false);
  }
  if (masked)
    document_marker(out, '#', "masked");
  for (size_t i = 0; i < e->former_number_count; i++) {
    const struct former_number *f = &e->former_numbers[i];
    if (mask_hides(e, f->now))
      add_masked(out, f->number, f->e164, f->plan, e->site);
    else
      add_numbers(out, f->number, f->e164, false);
  }
  for (size_t i = 0; i < e->override_count; i++) {
    const struct override *o = &e->overrides[i];
    if (mask_covers(e, &o->contact))
      add_masked(out, o->number, o->e164, o->plan, e->site);
    else
      add_numbers(out, o->number, o->e164, false);
  }
  add_figures(out, e, arena);
  add_audiences(out, e);
  return status == TC_OK ? buffer_status(out, err) : status;
}

enum document_class document_class(const struct entry *entry) {
  if (!entry->name[0]) /* no part of it that is held has the head */
    return CLASS_UNREADABLE;
  switch (entry->type) {
  case ENTRY_CODE:
    return CLASS_CODE;
  case ENTRY_SERVICE:
  case ENTRY_ROLE:
    return CLASS_SERVICE;
  case ENTRY_PERSON:
    return CLASS_PERSON;
  default:
    return CLASS_OTHER;
  }
}

void document_key(struct buffer *out, enum document_class class, const struct entry *entry) {
  uint64_t rank = entry->name[0] ? (uint64_t)entry->rank ^ UINT64_C(1) << 63 : UINT64_MAX;
  buffer_add_char(out, (char)class);
  for (int shift = 56; shift >= 0; shift -= 8)
    buffer_add_char(out, (char)(unsigned char)(rank >> shift));
  if (entry->name[0]) {
    fold_text(out, entry->name, strlen(entry->name), NULL);
    buffer_add_char(out, '\1');
    buffer_add_text(out, entry->name);
    buffer_add_char(out, '\1');
    buffer_add_text(out, entry->site);
  }
  buffer_add_char(out, '\0');
  buffer_add(out, entry->uuid.b, sizeof entry->uuid.b);
}
