/* Putting an entry into the derived tables and taking it out: search index, terms, units.
 * Private to db/. */
#ifndef TC_DB_PLACE_H
#define TC_DB_PLACE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "core/directory.h"
#include "db/store.h"

/* The parts of an id, decoded and merged.  TC_NOT_FOUND: no part of it can be read. */
TC_MUST_CHECK tc_status place_entry(struct store *s, int64_t id, struct arena *arena,
                                    struct entry *out, struct tc_error *err);

/* Words that were entered already, so that a build asks the database once for each: a table of
 * hashes of word and use.  A hash that two words share costs nothing but the second word's place in
 * the terms, once in 2^64. */
struct words_seen {
  uint64_t *hashes; /* 0: free */
  size_t slots, count;
};
void words_seen_free(struct words_seen *seen);

/* Enters a merged entry under its id; scratch memory from the arena.  seen may be NULL. */
TC_MUST_CHECK tc_status place_enter(struct store *s, int64_t id, const struct entry *entry,
                                    struct words_seen *seen, struct arena *arena,
                                    struct tc_error *err);

/* Takes it out; entry is what it was when it was entered. */
TC_MUST_CHECK tc_status place_leave(struct store *s, int64_t id, const struct entry *entry,
                                    struct arena *arena, struct tc_error *err);

#endif
