/* Whom to call one after another: an entry, the steps of its chain, and the switchboard of its site
 * at the end, so that it never ends with nobody. */
#ifndef TC_TUI_CHAIN_H
#define TC_TUI_CHAIN_H

#include "tui/present.h"

struct chain_stop {
  struct uuid entry; /* nil: words only, or the entry is not held here */
  const char *name;  /* whom; never "" */
  int64_t wait;      /* seconds without an answer before it; 0: not said */
};

/* Returns how many there are: at least two, unless the entry is that switchboard and has no chain.
 * switchboard: what to press for the switchboard where one stands, where the site has none ("" for
 * none).  0: no memory.  Text and array are of the arena of p. */
size_t chain_stops(const struct present *p, const struct entry *entry, const char *switchboard,
                   struct chain_stop **out);

#endif
