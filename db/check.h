/* Rot on a terminal's disk: the stored records hashed again, in steps, against the digest that is
 * kept beside them, and then the file of the search index against its sum.  A step reads and never
 * writes; it sees the revision that was published when the check began, whatever is written
 * meanwhile.  No lock is taken: a published generation may be checked by anybody who may read it.
 */
#ifndef TC_DB_CHECK_H
#define TC_DB_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct check;

/* *out belongs to the caller (check_close).  TC_NEVER_SYNCED: there is nothing to check.
 * TC_DAMAGED: not even that can be read. */
TC_MUST_CHECK tc_status check_open(struct check **out, const char *scope_dir, struct tc_error *err);

/* Hashes for about budget_ms (30,000 records a step of 50 ms; one step hashes one record at least).
 * *more: there is more to do.  TC_DAMAGED: what is stored is not what was written, and *more is
 * false: where check_spares_records(), writer_rebuild() heals it with no network, else
 * pull_repair() from a source. */
TC_MUST_CHECK tc_status check_step(struct check *c, int budget_ms, bool *more,
                                   struct tc_error *err);

/* Behind TC_DAMAGED: are the records what was written, and only what is derived from them is not?
 */
bool check_spares_records(const struct check *c);

int64_t check_records(const struct check *c); /* hashed so far */
void check_close(struct check *c);            /* NULL-safe */

#endif
