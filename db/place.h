/* An entry in the tables: its parts read together, and the unit it is in.  Private to db/. */
#ifndef TC_DB_PLACE_H
#define TC_DB_PLACE_H

#include "base/arena.h"
#include "core/directory.h"
#include "db/store.h"

/* The parts of an id, decoded and merged.  TC_NOT_FOUND: no part of it can be read. */
TC_MUST_CHECK tc_status place_entry(struct store *s, int64_t id, struct arena *arena,
                                    struct entry *out, struct tc_error *err);

/* Puts an entry into its unit, which is made where it is missing, and takes it out again; entry is
 * what it was when it was put in. */
TC_MUST_CHECK tc_status place_join(struct store *s, int64_t id, const struct entry *entry,
                                   struct tc_error *err);
TC_MUST_CHECK tc_status place_leave(struct store *s, int64_t id, const struct entry *entry,
                                    struct tc_error *err);

#endif
