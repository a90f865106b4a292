/* Beginning and ending an exercise at this terminal, for the form of the screen and for the
 * numbered dialogue. */
#ifndef TC_TUI_SAY_EXERCISE_H
#define TC_TUI_SAY_EXERCISE_H

#include "tui/write.h"

/* said: as typed, the other terminals without this one.  TC_REFUSED: one is played here;
 * TC_INVALID: no such domain. */
TC_MUST_CHECK tc_status say_exercise_begin(struct act *out, struct writing *w,
                                           const struct exercise_said *said, struct tc_error *err);

/* x: NULL where it is over already, TC_NOT_FOUND. */
TC_MUST_CHECK tc_status say_exercise_end(struct act *out, struct writing *w,
                                         const struct exercise *x, const char *reason,
                                         struct tc_error *err);

#endif
