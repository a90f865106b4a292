/* How many entries each of several incidents would take a number from: by what entries need, as it
 * is kept beside the records.  An entry of which that does not tell all (who holds it now, what was
 * written about it here) is not counted: it is for an order among incidents, not for a figure. */
#ifndef TC_DB_TAKEN_H
#define TC_DB_TAKEN_H

#include "core/incident.h"
#include "db/cache.h"

enum { TAKEN_MOST = 32 };

/* entries[i]: of the i-th of count incidents (at most TAKEN_MOST), as though it were declared and
 * alone; all 0 where what entries need is not kept.  One pass over all entries. */
TC_MUST_CHECK tc_status cache_taken(struct cache *c, const struct incident *const *incidents,
                                    size_t count, size_t *entries, struct tc_error *err);

#endif
