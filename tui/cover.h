/* Who stands in for somebody who is absent: found by a part of the name, never guessed; for the
 * form of the screen, the numbered dialogue and the command line. */
#ifndef TC_TUI_COVER_H
#define TC_TUI_COVER_H

#include "db/search.h"
#include "tui/setup.h"

/* The entries that fit what is typed, but the absent one itself, in the order of Find.  Fills at
 * most `most`; returns how many it filled, 0 also where the directory cannot be read.  Memory of
 * the arena. */
size_t cover_fitting(const struct setup *setup, const char *typed, const struct uuid *absent,
                     struct arena *arena, const struct entry **out, size_t most);

/* "SAB Dr B. Exemple, cardiologie": which of two of one name. */
const char *cover_text(const struct entry *entry, struct arena *arena);

/* Of an entry's absences that are not over, also those that were only proposed here, the one that
 * may be taken back: the last word.  false: there is none.  *fixed: a terminal cannot take back one
 * that was written at the source before absences had an identity. */
bool cover_ends(const struct entry *entry, int64_t now, struct uuid *out, bool *fixed);

#endif
