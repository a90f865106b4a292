/* F7: what can be printed from where one is, and where it goes. */
#ifndef TC_TUI_APP_PRINT_H
#define TC_TUI_APP_PRINT_H

#include "base/arena.h"
#include "tui/app.h"

/* What a screen shows comes before what can be printed from any. */
enum print_what {
  PRINT_ROUND,
  PRINT_CHASE,
  PRINT_ON_CALL,
  PRINT_CUT_OFF,
  PRINT_GROUP,
  PRINT_SCENARIO,
  PRINT_CARD,
  PRINT_UNIT,
  PRINT_SITE,
  PRINT_BOARD,
  PRINT_LOG,
  PRINT_EXERCISE,
  PRINT_COUNT
};
/* Where to: a file, or a printer of the configuration, from 1 (also the default one). */
enum { PRINT_TO_FILE };

const char *print_what_text(enum print_what what); /* translated: "this card" */

/* Of which card, unit or site, in the arena; NULL: there is none to print. */
const char *print_subject(struct app *a, enum print_what what, struct arena *arena);

/* The file that a sheet is written to; "" where the account has no home. */
const char *print_file(struct app *a, enum print_what what, struct arena *arena);

/* Prints, and says what became of it. */
void print_sheet(struct app *a, enum print_what what, int to);

#endif
