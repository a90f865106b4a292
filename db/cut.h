/* What outages take, over every entry of the cache.  It comes from what entries need as it is kept
 * beside the records (a few bytes each); an entry that depends on more (who holds it
 * now, something that was written about it here) is looked at itself.  The answer is that of
 * looking at every entry. */
#ifndef TC_DB_CUT_H
#define TC_DB_CUT_H

#include "core/cutoff.h"
#include "db/cache.h"

/* cutoff_add() of every entry, by id.  Text of listed entries belongs to the arena. */
TC_MUST_CHECK tc_status cache_cutoff(struct cache *c, const struct reach_world *before,
                                     const struct reach_world *after, struct cutoff *out,
                                     struct arena *arena, struct tc_error *err);

#endif
