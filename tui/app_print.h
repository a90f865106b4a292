/* F7: what can be printed from where one is, and where it goes. */
#ifndef TC_TUI_APP_PRINT_H
#define TC_TUI_APP_PRINT_H

#include "base/arena.h"
#include "tui/app.h"
#include "tui/sheet.h"

/* Of which card, unit or site, in the arena; NULL: there is none to print. */
const char *print_subject(struct app *a, enum print_what what, struct arena *arena);

/* The file that a sheet is written to; "" where the account has no home. */
const char *print_file(struct app *a, enum print_what what, struct arena *arena);

/* Prints, and says what became of it. */
void print_sheet(struct app *a, enum print_what what, int to);

#endif
