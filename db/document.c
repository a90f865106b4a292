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

void document_marker(struct buffer *out, char sign, const char *text) {
  buffer_add_char(out, sign);
  for (; *text; text++) {
    char c = *text;
    if (c >= 'A' && c <= 'Z')
      c = (char)(c - 'A' + 'a');
    bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
    buffer_add_char(out, word ? c : '^');
  }
  buffer_add_char(out, ' ');
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
    add_numbers(out, c->number, c->e164, c->masked);
  }
  if (masked)
    document_marker(out, '#', "masked");
  for (size_t i = 0; i < e->former_number_count; i++)
    add_numbers(out, e->former_numbers[i].number, e->former_numbers[i].e164,
                mask_hides(e, e->former_numbers[i].now));
  for (size_t i = 0; i < e->override_count; i++)
    add_numbers(out, e->overrides[i].number, e->overrides[i].e164,
                mask_covers(e, &e->overrides[i].contact));
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
