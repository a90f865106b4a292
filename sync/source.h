/* The source: schema tocsin in a PostgreSQL database, installed and looked after. */
#ifndef TC_SYNC_SOURCE_H
#define TC_SYNC_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

/* How many migrations this program has. */
int source_newest(void);

/* Installs the schema, roles and functions in one transaction; done again, it does nothing.  *was:
 * the migration that was there, 0 for none.  subscriber: without a head of its own, so that nobody
 * is answered before the first copy of a subscription has brought one.
 * TC_REFUSED: an older schema is there (upgrade it), or the database is not fit.  TC_NEWER: a newer
 * one.  TC_FOREIGN: a schema tocsin that is not ours.  TC_DENIED: the role may not. */
TC_MUST_CHECK tc_status source_init(const char *conninfo, bool subscriber, int *was,
                                    struct tc_error *err);

/* The same, from any older schema that is there.  TC_REFUSED: there is none. */
TC_MUST_CHECK tc_status source_upgrade(const char *conninfo, int *was, struct tc_error *err);

struct source_state {
  int schema;
  int64_t revision, records, unreadable;
};

struct regions;

/* Builds and reads every record again and compares.  Appends what is wrong to complaints, a line
 * each; TC_DAMAGED where there is something.  Sites and calendars go into regions. */
TC_MUST_CHECK tc_status source_check(const char *conninfo, struct source_state *out,
                                     struct buffer *complaints, struct regions *regions,
                                     struct tc_error *err);

/* Lets terminals take what vanishes up to this revision. */
TC_MUST_CHECK tc_status source_approve(const char *conninfo, const char *revision,
                                       struct tc_error *err);

#endif
