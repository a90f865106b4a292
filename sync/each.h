/* Every record of a directory, as a source or a cache holds it: what an import is decided against.
 */
#ifndef TC_SYNC_EACH_H
#define TC_SYNC_EACH_H

#include <stddef.h>

#include "sync/pg.h"

/* Takes one record, whose bytes are the caller's only for the call; anything but TC_OK ends the
 * reading. */
typedef tc_status each_take(void *context, const void *bytes, size_t len, struct tc_error *err);

/* By UUID, then audience: of a source where there is one, in its transaction, else of the cache of
 * a scope folder; one that is not there yet, and none (NULL), hold nothing. */
TC_MUST_CHECK tc_status each_record(struct pg *pg, const char *cache, each_take *take,
                                    void *context, struct tc_error *err);

#endif
