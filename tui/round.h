/* A test round of red phones and pagers: in which order it is walked, what was noted in this shift,
 * and the act of a result. */
#ifndef TC_TUI_ROUND_H
#define TC_TUI_ROUND_H

#include "db/walk.h"
#include "tui/write.h"

/* The walk list of the site where one stands; nothing where that is not said. */
TC_MUST_CHECK tc_status round_read(const struct setup *setup, struct arena *arena,
                                   struct walk_row **rows, size_t *count, struct tc_error *err);

size_t round_due(const struct walk_row *rows, size_t count); /* how many are overdue */

/* Their contact points in the order of the walk, those that are overdue first; no row moves while
 * it is walked.  NULL: no memory. */
struct uuid *round_order(const struct walk_row *rows, size_t count, struct arena *arena);

/* The row of one; NULL: it is no longer listed. */
const struct walk_row *round_row(const struct walk_row *rows, size_t count,
                                 const struct uuid *contact);

/* The last test of it in this shift that nobody took back; NULL: there is none. */
const struct act_held *round_last(const struct setup *setup, const struct uuid *contact);

/* The result, or (TEST_OTHER) that the last one is taken back.  e: of the entry, which is w's then.
 * TC_NOT_FOUND: it is gone, or there is none to take back. */
TC_MUST_CHECK tc_status round_act(struct act *out, struct writing *w, struct entry *e,
                                  const struct uuid *entry, const struct uuid *contact,
                                  enum test_result result, struct tc_error *err);

#endif
