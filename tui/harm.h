/* Which of several incidents does the most harm: what is told where there is room for one. */
#ifndef TC_TUI_HARM_H
#define TC_TUI_HARM_H

#include "core/reach.h"
#include "db/taken.h"

enum { HARM_DOMAIN = 64 };

/* How many entries incidents take a number from: counted once for a revision. */
struct harm {
  int64_t revision;
  size_t count;
  struct harm_of {
    char domain[HARM_DOMAIN];
    uint32_t directions;
    size_t entries;
  } of[TAKEN_MOST];
};

/* Does it take telephony: a PBX, a trunk, a carrier, by itself or through what it takes with it? */
bool harm_is_telephony(const struct incident *incident, const struct reach_world *world);

/* Of count incidents the one that takes a number from the most entries, then the first by the code
 * of its domain: the same on every terminal.  memo or cache NULL: by the code alone. */
const struct incident *harm_most(const struct incident *const *incidents, size_t count,
                                 struct harm *memo, struct cache *cache);

#endif
