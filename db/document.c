#include "db/document.h"

#include <string.h>

#include "core/fold.h"

static void add_word(struct buffer *out, char sign, const char *text, size_t len) {
  if (sign)
    buffer_add_char(out, sign);
  buffer_add(out, text, len);
  buffer_add_char(out, ' ');
}

/* The folded words of a text and what else it is found by. */
static tc_status add_text(struct buffer *out, char sign, const char *text, unsigned extras,
                          struct arena *arena, struct tc_error *err) {
  struct fold_words words;
  struct fold_extra *more;
  size_t count;
  if (!*text)
    return TC_OK;
  tc_status status = fold_split(&words, text, strlen(text), arena, err);
  if (status == TC_OK)
    status = fold_extras(&more, &count, &words, extras, arena, err);
  if (status != TC_OK)
    return status;
  for (size_t i = 0; i < words.count; i++)
    add_word(out, sign, words.items[i].text, words.items[i].len);
  for (size_t i = 0; i < count; i++)
    add_word(out, sign, more[i].text, more[i].len);
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

/* The whole number and its suffixes; those that `other` ends with too are there already. */
static void add_number(struct buffer *out, const char *digits, size_t len, const char *other,
                       size_t other_len, bool masked) {
  if (len == 0)
    return;
  add_word(out, '^', digits, len);
  for (size_t at = 0; !masked && at + 2 <= len; at++) {
    size_t rest = len - at;
    if (rest <= other_len && memcmp(digits + at, other + other_len - rest, rest) == 0)
      break;
    add_word(out, '+', digits + at, rest);
  }
}

static void add_numbers(struct buffer *out, const char *number, const char *e164, bool masked) {
  char dialled[DOCUMENT_DIGITS], world[DOCUMENT_DIGITS];
  size_t dialled_len = document_digits(dialled, number), world_len = document_digits(world, e164);
  add_number(out, dialled, dialled_len, "", 0, masked);
  if (world_len != dialled_len || memcmp(world, dialled, world_len) != 0)
    add_number(out, world, world_len, dialled, dialled_len, masked);
}

tc_status document_write(struct buffer *out, const struct entry *e, struct arena *arena,
                         struct tc_error *err) {
  unsigned extras = e->type == ENTRY_PERSON ? FOLD_PERSON : FOLD_INITIALS;
  const char *const plain[] = {e->title, e->speciality, e->unit,    e->building,
                               e->floor, e->room,       e->purpose, e->area};
  tc_status status = add_text(out, 0, e->name, extras, arena, err);
  for (size_t i = 0; i < sizeof plain / sizeof *plain && status == TC_OK; i++)
    status = add_text(out, 0, plain[i], 0, arena, err);
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
    status = add_text(out, 0, c->label, 0, arena, err);
    add_numbers(out, c->number, c->e164, c->masked);
  }
  if (masked)
    document_marker(out, '#', "masked");
  for (size_t i = 0; i < e->former_number_count; i++)
    add_numbers(out, e->former_numbers[i].number, e->former_numbers[i].e164, false);
  for (size_t i = 0; i < e->override_count; i++)
    add_numbers(out, e->overrides[i].number, e->overrides[i].e164, false);
  return status == TC_OK ? buffer_status(out, err) : status;
}

const char *document_next_word(const char **at, size_t *len, int *use) {
  for (;;) {
    const char *start = *at, *end = strchr(start, ' ');
    if (!end)
      return NULL;
    *at = end + 1;
    *use = *start == '~' ? USE_ALIAS : USE_PLAIN;
    if (*start == '~')
      start++;
    if (strchr("@=#^+", *start) || (*start >= '0' && *start <= '9'))
      continue;
    *len = (size_t)(end - start);
    return start;
  }
}

enum document_class document_class(const struct entry *entry) {
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

void document_sort_key(struct buffer *out, const struct entry *entry) {
  fold_text(out, entry->name, strlen(entry->name), NULL);
  buffer_add_char(out, '\1');
  buffer_add_text(out, entry->name);
  buffer_add_char(out, '\1');
  buffer_add_text(out, entry->site);
}
