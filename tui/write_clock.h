/* What is written on a terminal whose clock is known to be wrong: counted from the newest time that
 * is known instead, or an end would be over for everybody else before they read it. */
#ifndef TC_TUI_WRITE_CLOCK_H
#define TC_TUI_WRITE_CLOCK_H

#include "core/act.h"
#include "tui/setup.h"

/* Is this machine's clock before the directory's own time, or before a round with the source that
 * it has had? */
bool write_clock_wrong(const struct setup *s);

/* The moment that an act is of and that its end is counted from: the clock's now; of a wrong clock
 * the newest of the directory's own time, the last round with the source and what was written here
 * (but for an act of some other wrong clock, far ahead of both). */
int64_t write_now(const struct setup *s);

/* What to say of an act that was written so: its end with its day, or what it was counted from, and
 * what else to do; "" by a clock that is right, and of an act that has nothing to do with it.  In
 * few words for a screen's one line. */
const char *write_clock_text(const struct act *act, const struct setup *s, struct arena *arena);
const char *write_clock_brief(const struct act *act, const struct setup *s, struct arena *arena);

#endif
