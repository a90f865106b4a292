/* Putting what was changed since the search index was made into a new one, in steps, for idle time.
 *
 * The new index is made aside, of one revision, while others read and write; the writer's lock is
 * held only to switch, some milliseconds however much was changed (all rows of what was changed go
 * at once), and in a step of its own to remove the old file.  What is changed meanwhile is laid
 * over the new one. Without it every reader carries the changed entries in memory. */
#ifndef TC_DB_TIDY_H
#define TC_DB_TIDY_H

#include <stdbool.h>

#include "base/status.h"

struct tidy;

/* Begins where at least `least` entries were changed (0 and 1: any).  TC_DONE: fewer were; else
 * *out belongs to the caller (tidy_close). */
TC_MUST_CHECK tc_status tidy_open(struct tidy **out, const char *scope_dir, int least,
                                  struct tc_error *err);

/* Goes on for about budget_ms (0: to the end).  *more: there is more to do.  Behind the
 * last entry a thread sorts and writes, about 2 us an entry of the directory, while steps only look
 * whether it has ended; the last one switches.  TC_BUSY: another
 * writer is at work, or was quicker; nothing has changed then. */
TC_MUST_CHECK tc_status tidy_step(struct tidy *t, int budget_ms, bool *more, struct tc_error *err);

void tidy_close(struct tidy *t); /* NULL-safe; an unfinished one leaves nothing */

/* All of it at once.  TC_OK also where there was too little to do. */
TC_MUST_CHECK tc_status tidy_all(const char *scope_dir, int least, struct tc_error *err);

#endif
