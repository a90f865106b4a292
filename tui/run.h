/* The program with its screens, on a terminal or as a dialogue. */
#ifndef TC_TUI_RUN_H
#define TC_TUI_RUN_H

#include "base/status.h"
#include "tui/options.h"

/* Runs until the person leaves.  Where there is no directory yet the screen says what to run. */
TC_MUST_CHECK tc_status run_screens(const struct options *options, struct tc_error *err);

#endif
