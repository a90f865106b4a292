/* Tries to reach people that other switchboards made, as the directory brings them.  Private to
 * db/. */
#ifndef TC_DB_TRIED_H
#define TC_DB_TRIED_H

#include "core/act.h"
#include "db/store.h"

/* By subject and UUID (written.h).  One that cannot be read is left out.  All of it is the
 * arena's. */
TC_MUST_CHECK tc_status tried_read(struct store *s, int64_t revision, struct arena *arena,
                                   struct act_held **out, size_t *count, struct tc_error *err);

#endif
