/* Records added to a source that holds a directory: a calendar, a failure domain, a group, whatever
 * a record can say.  What the file names takes the place of what was there; nothing else goes. */
#ifndef TC_SYNC_ADDITION_H
#define TC_SYNC_ADDITION_H

#include "sync/command.h"
#include "sync/put.h"

/* What was handed over (put_add()), in the transaction of put_begin(): prints the plan, asks
 * whether it may be done, and writes it; then the source must give each record back.  *changes:
 * there is something to commit.  TC_REFUSED: it takes more away than was said. */
TC_MUST_CHECK tc_status addition_run(struct put *p, const struct arguments *args, int64_t records,
                                     bool *changes, struct tc_error *err);

#endif
