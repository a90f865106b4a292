/* What can be printed from where one is, of what, and where it goes: for F7 and for the numbered
 * dialogue. */
#ifndef TC_TUI_SHEET_H
#define TC_TUI_SHEET_H

#include "base/arena.h"
#include "tui/setup.h"

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

/* What one looks at. */
struct sheet_of {
  const struct uuid *entry; /* NULL: none */
  const char *site;         /* that is browsed, else one's own; "" */
  const char *unit;         /* that is browsed; "" */
  const char *what_if;      /* of which domain it is asked what would be cut off, "": now; NULL */
  const char *domain;       /* whose scenario card it may be; "" */
  const struct uuid *group; /* a cascade or a crisis cell; NULL */
  int64_t begun;            /* a run of it that nothing is written of yet */
  bool round, chase, on_call;
};

/* Of which card, unit or site, in the arena; NULL: there is none to print. */
const char *sheet_subject(struct setup *setup, const struct sheet_of *of, enum print_what what,
                          struct arena *arena);

/* The file that a sheet is written to; "" where the account has no home. */
const char *sheet_file(const struct sheet_of *of, enum print_what what, struct arena *arena);

/* Makes it and hands it over.  laid: what failed is the printer or the file. */
TC_MUST_CHECK tc_status sheet_print(struct setup *setup, const struct sheet_of *of,
                                    enum print_what what, int to, bool *laid, struct tc_error *err);

#endif
