/* What no screen may have: a part of a state. */
#ifndef TC_TESTS_CUT_STATES_H
#define TC_TESTS_CUT_STATES_H

#include <stdbool.h>

#include "tui/list_view.h"

/* Does a line, in the language that is chosen, hold the beginning of a state right before a sign of
 * something cut?  NULL: it does not; else that state. */
const char *cut_state(const char *line);

/* Is what a message or a hint ends in, the way out of what it says, not whole on the screen?  NULL:
 * it is, or there is none; else that. */
const char *cut_way_out(const struct grid *g, const char *said);

/* The same of the hint of a list, on a screen that is one. */
const char *cut_hint(const struct grid *g, enum screen screen, const struct list_view *list);

#endif
