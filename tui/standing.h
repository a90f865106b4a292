/* What stands in an entry and may be written about: whose a number of its card is, what the words
 * are that somebody puts right, what may be taken back.  For the forms of the screen and for the
 * numbered dialogue. */
#ifndef TC_TUI_STANDING_H
#define TC_TUI_STANDING_H

#include "core/act.h"
#include "tui/present.h"

/* A number of the card becomes whose it is, the entry's own or who holds it now, and which of
 * theirs: e and which are brought up to that.  TC_REFUSED: nothing of that kind can be written of
 * it (screen: the keys of the screen are named, else the command); TC_NOT_FOUND: it is gone. */
TC_MUST_CHECK tc_status standing_whose(struct entry *e, struct uuid *which, enum act_kind kind,
                                       const struct present *p, bool screen, struct tc_error *err);

/* What a property says now, to be put right; "" where stars would stand there: whoever puts the
 * words of a starred number right writes them anew.  which: of a contact point. */
const char *standing_value(const struct act_property *property, const struct entry *e,
                           const struct uuid *which, const struct present *p);

/* What may be taken back, in words. */
struct standing {
  struct uuid act;
  const char *what, *text; /* "temporary number", "06 39 98 12 34" */
};
/* How many; NULL: no memory, or none. */
struct standing *standing_acts(const struct entry *e, const struct setup *setup,
                               struct arena *arena, size_t *count);

#endif
