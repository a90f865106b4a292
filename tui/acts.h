/* What was written at this machine, as lists show it. */
#ifndef TC_TUI_ACTS_H
#define TC_TUI_ACTS_H

#include "base/arena.h"
#include "db/cache.h"

/* All of it, the last one first.  The array is the arena's, the acts are the cache's until it is
 * refreshed or closed. */
TC_MUST_CHECK tc_status acts_list(const struct act_held ***out, size_t *count,
                                  const struct cache *cache, struct arena *arena,
                                  struct tc_error *err);

#endif
