/* How a row was found, in the words of the screen and of the commands. */
#ifndef TC_TUI_FOUND_H
#define TC_TUI_FOUND_H

#include "base/arena.h"
#include "db/search.h"

bool match_approximate(enum match match); /* shown with ~ */
const char *match_word(enum match match); /* for JSON and TSV: "typo" */

/* What the rule above such rows says, translated: "other sites"; "" for the exact ones of one's own
 * site.  Near rows come after the exact ones of every site, so they have a rule of their own. */
const char *found_section(enum match match, bool here);

/* "alias: MICU", "formerly: Dupont"; NULL: no memory. */
const char *found_as(struct arena *arena, const struct entry *entry, const char *matched);

#endif
