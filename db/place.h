/* An entry in the tables: its parts read together, and the unit it is in.  Private to db/. */
#ifndef TC_DB_PLACE_H
#define TC_DB_PLACE_H

#include "base/arena.h"
#include "core/directory.h"
#include "db/store.h"

/* The parts of an id, decoded and merged; without those of the audience `hidden` and narrower
 * (AUDIENCE_NONE: all).  TC_NOT_FOUND: no part of it can be read. */
TC_MUST_CHECK tc_status place_entry(struct store *s, int64_t id, enum audience hidden,
                                    struct arena *arena, struct entry *out, struct tc_error *err);

/* The same for whoever reads: an id that the index, a unit or another entry knows has parts.
 * TC_DAMAGED: it has none that can be read, or one that is not what was
 * written; TC_NOT_FOUND: all of them are hidden, or for another
 * program. */
TC_MUST_CHECK tc_status place_shown(struct store *s, int64_t id, enum audience hidden,
                                    struct arena *arena, struct entry *out, struct tc_error *err);

/* Is a part of this audience among the hidden ones? */
static inline bool place_hides(enum audience hidden, enum audience of) {
  return hidden != AUDIENCE_NONE && of >= hidden;
}

/* Puts an entry into its unit, which is made where it is missing, and takes it out again; entry is
 * what it was when it was put in. */
TC_MUST_CHECK tc_status place_join(struct store *s, int64_t id, const struct entry *entry,
                                   struct tc_error *err);
TC_MUST_CHECK tc_status place_leave(struct store *s, int64_t id, const struct entry *entry,
                                    struct tc_error *err);

#endif
