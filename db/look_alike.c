#include <string.h>

#include "base/i18n.h"
#include "core/near.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/search.h"

enum { LOOK_ALIKES_MAX = 32 };

/* Adds the owners of every number that a hand may make of this one: one digit replaced, or two
 * neighbours swapped. */
static void add_candidates(const struct words *w, const char *digits, size_t len, uint64_t *set) {
  char other[DOCUMENT_DIGITS];
  for (size_t i = 0; i < len; i++) {
    memcpy(other, digits, len + 1);
    for (int d = '0'; d <= '9'; d++)
      if (d != digits[i]) {
        other[i] = (char)d;
        words_add_number(w, other, set);
      }
    if (i + 1 < len && digits[i] != digits[i + 1]) {
      memcpy(other, digits, len + 1);
      other[i] = digits[i + 1];
      other[i + 1] = digits[i];
      words_add_number(w, other, set);
    }
  }
}

/* Adds the entry's fax points whose number looks like the digits. */
static void add_owner(const struct entry *e, const char *digits, const struct contact *contact,
                      struct look_alike *rows, size_t *count) {
  char own[DOCUMENT_DIGITS];
  for (size_t i = 0; i < e->contact_count && *count < LOOK_ALIKES_MAX; i++) {
    const struct contact *c = &e->contacts[i];
    if (!contact_is_fax(c) || uuid_equal(&c->uuid, &contact->uuid))
      continue;
    const char *const numbers[] = {c->number, c->e164};
    for (size_t n = 0; n < 2; n++)
      if (document_digits(own, numbers[n]) && near_number(own, digits)) {
        rows[(*count)++] =
            (struct look_alike){e->uuid, c->uuid, c->number, c->e164, e->name, e->site, c->masked};
        break;
      }
  }
}

tc_status search_look_alikes(struct cache *c, const struct contact *contact, struct arena *arena,
                             struct look_alike **rows, size_t *count, struct tc_error *err) {
  char digits[DOCUMENT_DIGITS];
  const char *number = contact->e164[0] ? contact->e164 : contact->number;
  size_t len = document_digits(digits, number);
  struct look_alike *made = arena_zalloc(arena, LOOK_ALIKES_MAX, sizeof *made);
  *count = 0;
  *rows = made;
  if (!made)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (!contact_is_fax(contact) || len < 4)
    return TC_OK;
  tc_status status = cache_begin_words(c, WORDS_ALL, err);
  if (status != TC_OK)
    return status;
  struct words_cursor cursor;
  uint64_t *owners = words_set(&c->words), *all = words_set(&c->words);
  if (owners && all) {
    int64_t id;
    size_t found = 0;
    words_all(&c->words, all);
    add_candidates(&c->words, digits, len, owners);
    words_begin_at(&c->words, &cursor, owners, all, false);
    while (status == TC_OK && found++ < LOOK_ALIKES_MAX && words_next(&c->words, &cursor, &id)) {
      struct entry e;
      status = cache_place(c, id, arena, &e, err);
      if (status == TC_OK)
        add_owner(&e, digits, contact, made, count);
      else if (status == TC_NOT_FOUND)
        status = TC_OK;
    }
  } else {
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  cache_end(c);
  return status;
}
