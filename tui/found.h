/* How a row was found, in the words of the screen and of the commands. */
#ifndef TC_TUI_FOUND_H
#define TC_TUI_FOUND_H

#include "base/arena.h"
#include "core/reach.h"
#include "db/search.h"

bool match_approximate(enum match match); /* shown with ~ */
const char *match_word(enum match match); /* for JSON and TSV: "typo" */

/* What the rule above such rows says, translated: "other sites"; "" for the exact ones of one's own
 * site.  Near rows come after the exact ones of every site, so they have a rule of their own. */
const char *found_section(enum match match, bool here);

/* "alias: MICU", "formerly: Dupont"; NULL: no memory. */
const char *found_as(struct arena *arena, const struct entry *entry, const char *matched);

/* What became of a number that was an entry's own.  Text is translated and never NULL. */
struct former_fate {
  bool masked;       /* what replaced it is, and so it was: all numbers here are starred */
  const char *brief; /* "5662 dead 20 Jan" */
  const char *text; /* "5662 is dead since 20 Jan, now 4006; given to PRV Pupille Zoé and 1 more" */
  struct heir heir;
};

/* As seen from where world.from stands: a number of another plan has that plan before it, what
 * replaced it is as it must be dialled.  TC_NO_MEMORY, and what reading the directory gives. */
TC_MUST_CHECK tc_status found_former(struct former_fate *out, struct cache *cache,
                                     const struct entry *entry, const struct former_number *was,
                                     const struct reach_world *world, struct arena *arena,
                                     struct tc_error *err);

#endif
