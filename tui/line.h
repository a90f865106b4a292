/* The terminal of a kiosk's dialogue, which edits the lines itself: none of its keys ends, stops or
 * suspends the program, holds its output or says that there is no more input.
 *
 * There is one a process.  Whatever ends the program leaves it as it was found, and erased. */
#ifndef TC_TUI_LINE_H
#define TC_TUI_LINE_H

#include <stdbool.h>

#include "base/status.h"

/* TC_UNAVAILABLE: standard input is no terminal. */
TC_MUST_CHECK tc_status line_start(struct tc_error *err);

/* Can it take back what was said? */
bool line_erases(void);

/* Erases what was said, where the terminal can, and what is half typed. */
void line_wipe(void);

void line_stop(void); /* may be called twice, and without a start */

#endif
