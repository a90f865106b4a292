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

/* Enters a merged entry under its id; scratch memory from the arena. */
TC_MUST_CHECK tc_status place_enter(struct store *s, int64_t id, const struct entry *entry,
                                    struct arena *arena, struct tc_error *err);

/* Takes it out; entry is what it was when it was entered. */
TC_MUST_CHECK tc_status place_leave(struct store *s, int64_t id, const struct entry *entry,
                                    struct arena *arena, struct tc_error *err);

#endif
