/* What no screen may have: a part of a state. */
#ifndef TC_TESTS_CUT_STATES_H
#define TC_TESTS_CUT_STATES_H

#include <stdbool.h>

/* Does a line, in the language that is chosen, hold the beginning of a state right before a sign of
 * something cut?  NULL: it does not; else that state. */
const char *cut_state(const char *line);

#endif
