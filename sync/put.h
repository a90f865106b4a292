/* Records put into a source, where they become rows of its tables, in one transaction: those of a
 * plan, decided in that transaction (sync/sql/0007_put.sql), a whole directory into a source that
 * holds none (0031_restore.sql), or records beside what it holds (0060_addition.sql). */
#ifndef TC_SYNC_PUT_H
#define TC_SYNC_PUT_H

#include "base/buffer.h"
#include "sync/pg.h"
#include "sync/plan.h"

enum { PUT_COLUMNS = 6 };

struct put {
  struct pg *pg;                     /* in the transaction */
  struct buffer column[PUT_COLUMNS]; /* of what was not sent yet, arrays as PostgreSQL reads them */
  size_t count;
};

/* Opens a source and begins the transaction.  Ended with put_close(), also after a failure; without
 * put_commit() nothing has happened. */
TC_MUST_CHECK tc_status put_begin(struct put *out, const char *conninfo, struct tc_error *err);
void put_close(struct put *p);

/* A part of an object. */
struct put_part {
  const char *kind; /* record_kind_word() */
  struct uuid uuid;
  enum audience audience;
  const struct digest *was; /* what the source holds now; NULL: nothing */
  bool gone;                /* the whole object goes */
  const char *bytes;        /* NULL: this part goes */
  size_t len;
};

/* Hands one over; thousands are sent at once. */
TC_MUST_CHECK tc_status put_add(struct put *p, const struct put_part *part, struct tc_error *err);

/* Writes what the plan says.  TC_BUSY: somebody changed the same things meanwhile.  TC_REFUSED: a
 * record names a site, a plan or a failure domain that is not there. */
TC_MUST_CHECK tc_status put_plan(struct put *p, const struct import_plan *plan,
                                 struct tc_error *err);

/* Writes what was handed over, as the whole directory.  TC_REFUSED: the source holds one already,
 * or its tables would not give back every record as it came, but for what is said of withheld
 * parts. */
TC_MUST_CHECK tc_status put_whole(struct put *p, struct tc_error *err);

/* What was handed over and not sent yet. */
TC_MUST_CHECK tc_status put_rest(struct put *p, struct tc_error *err);

/* Does the source hold a directory? */
TC_MUST_CHECK tc_status put_is_empty(struct put *p, bool *empty, struct tc_error *err);

/* Writes what addition_plan() left of it into a source that holds one.  TC_BUSY, TC_REFUSED: as
 * above. */
TC_MUST_CHECK tc_status put_addition(struct put *p, struct tc_error *err);

/* Commits, which publishes.  *revision: of the source now. */
TC_MUST_CHECK tc_status put_commit(struct put *p, int64_t *revision, struct tc_error *err);

#endif
