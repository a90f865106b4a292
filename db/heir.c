#include <string.h>

#include "base/i18n.h"
#include "db/bits.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/search.h"

enum { HEIRS_READ = 32 };

/* The entries that own the number, or did, and have any contact point in its plan. */
static uint64_t *candidates(struct words *w, const struct former_number *was, const char *digits) {
  uint64_t *owners = words_set(w), *there = words_set(w);
  struct buffer marker = BUFFER_INIT;
  if (owners && there) {
    words_add_number(w, digits, owners);
    if (!was->e164[0] && was->plan[0]) {
      document_marker(&marker, '%', was->plan);
      if (marker.status == TC_OK)
        words_add(w, marker.data, marker.len - 1, INDEX_PLAIN, there);
      bits_and(owners, there, w->words);
    }
  }
  buffer_free(&marker);
  return there ? owners : NULL;
}

/* Has the entry a contact point with that number now?  One that is masked is nobody's to be told.
 */
static bool has_now(const struct entry *e, const struct former_number *was, const char *digits) {
  char own[DOCUMENT_DIGITS];
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    if (c->masked)
      continue;
    if (was->e164[0] && strcmp(c->e164, was->e164) == 0)
      return true;
    if (strcmp(c->plan, was->plan) == 0 && document_digits(own, c->number) &&
        strcmp(own, digits) == 0)
      return true;
  }
  return false;
}

static tc_status read_heirs(struct cache *c, const struct entry *e, const struct former_number *was,
                            const char *digits, struct arena *arena, struct heir *out,
                            struct tc_error *err) {
  struct words_cursor cursor;
  const uint64_t *set = candidates(&c->words, was, digits);
  tc_status status = TC_OK;
  int64_t id;
  if (!set)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  words_begin_at(&c->words, &cursor, set, NULL, false);
  for (int n = 0; n < HEIRS_READ && status == TC_OK && words_next(&c->words, &cursor, &id); n++) {
    struct entry other;
    status = cache_place(c, id, arena, &other, err);
    if (status == TC_NOT_FOUND)
      status = TC_OK;
    else if (status == TC_OK && !uuid_equal(&other.uuid, &e->uuid) &&
             has_now(&other, was, digits) && out->count++ == 0) {
      out->uuid = other.uuid;
      out->site = other.site;
      out->name = other.name;
    }
  }
  return status == TC_OK ? words_check(&c->words, err) : status;
}

tc_status search_heir(struct cache *c, const struct entry *entry, const struct former_number *was,
                      struct arena *arena, struct heir *out, struct tc_error *err) {
  char digits[DOCUMENT_DIGITS];
  *out = (struct heir){.site = "", .name = ""};
  if (!document_digits(digits, was->e164[0] ? was->e164 : was->number))
    return TC_OK;
  tc_status status = cache_begin_words(c, WORDS_ALL, err);
  if (status != TC_OK)
    return status;
  status = read_heirs(c, entry, was, digits, arena, out, err);
  cache_end(c);
  return status;
}
