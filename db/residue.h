/* What a deletion leaves behind in files: the log still has the page as it was, and an older
 * generation the record.  Tries to reach people are for a shift alone (core/act.h), so that a
 * change set which takes one away leaves a note in meta, and what remains is cleared by the next
 * program that finds nobody reading.  What is
 * not of this room calls residue_try() alone. */
#ifndef TC_DB_RESIDUE_H
#define TC_DB_RESIDUE_H

#include <stdbool.h>

#include "db/generation.h"

struct store;

/* In idle time: clears what an earlier change set left, where nobody writes or reads. */
void residue_try(const char *scope_dir);

/* From now on the connection overwrites whole pages too that become free; before the deletion. */
TC_MUST_CHECK tc_status residue_begin(struct store *s, struct tc_error *err);

/* Says that there is something to clear, in the transaction that made it so. */
TC_MUST_CHECK tc_status residue_note(struct store *s, struct tc_error *err);

/* Clears it, where there is any, with the writer's lock and outside of a transaction.  What is
 * being read stays noted.  now: of the source. */
void residue_clear(struct store *s, const char *scope_dir, const struct generation *published,
                   int64_t now);

/* Removes older generations that hold a try which is not shown any more. */
void residue_drop_old(const char *scope_dir, const struct generation *published, int64_t now);

#endif
