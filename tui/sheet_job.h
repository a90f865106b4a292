/* What a sheet is made for, from where the screen or the command stands. */
#ifndef TC_TUI_SHEET_JOB_H
#define TC_TUI_SHEET_JOB_H

#include "paper/paper.h"
#include "tui/setup.h"

/* The directory, the time that is looked at, what fails then; site and plan "", the page as
 * configured.  Text of the arena. */
struct paper_job sheet_job(struct setup *setup, enum translit target, struct arena *arena);

#endif
