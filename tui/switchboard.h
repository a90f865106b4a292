/* The switchboard of a site, as it is reached from here now: whom every screen and every answer
 * names when all else fails. */
#ifndef TC_TUI_SWITCHBOARD_H
#define TC_TUI_SWITCHBOARD_H

#include "core/reach.h"
#include "db/cache.h"

/* What to press, as it is shown: the short number of the house where nothing is known to be wrong
 * with it, else the best of its other numbers; "9 DOWN" where none is left.  "": none is known.
 * Text of the arena. */
const char *switchboard_number(struct cache *cache, const struct reach_world *world,
                               const char *site, struct arena *arena);

#endif
