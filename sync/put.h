/* A plan done in a source: its records become rows of the tables, in the transaction that the plan
 * was decided in (sync/sql/0007_put.sql). */
#ifndef TC_SYNC_PUT_H
#define TC_SYNC_PUT_H

#include "sync/pg.h"
#include "sync/plan.h"

/* Opens a source and begins the transaction of an import.  *out belongs to the caller (pg_close);
 * without put_commit() nothing has happened. */
TC_MUST_CHECK tc_status put_begin(struct pg **out, const char *conninfo, struct tc_error *err);

/* Writes what the plan says.  TC_BUSY: somebody changed the same things meanwhile.  TC_REFUSED: a
 * record names a site, a plan or a failure domain that is not there. */
TC_MUST_CHECK tc_status put_plan(struct pg *pg, const struct import_plan *plan,
                                 struct tc_error *err);

/* Commits, which publishes.  *revision: of the source now. */
TC_MUST_CHECK tc_status put_commit(struct pg *pg, int64_t *revision, struct tc_error *err);

#endif
