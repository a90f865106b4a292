/* What a change set does to a generation, record by record: the records themselves, the sums of all
 * of them, and what is derived.  Private to db/writer.c, which opens, sums and commits. */
#ifndef TC_DB_CHANGE_SET_H
#define TC_DB_CHANGE_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "core/record.h"
#include "db/build.h"
#include "db/index.h"
#include "db/store.h"
#include "db/touched.h"

struct change_set {
  struct store *store;  /* borrowed; in a transaction */
  struct index *index;  /* the file of the search index */
  int64_t stamp;        /* and what meta says of it */
  struct digest digest; /* of all records, kept up to date, as are the next two */
  int64_t records;
  struct build_counts counts;
  int64_t revision;       /* stored with each record */
  struct touched touched; /* entries that were taken out of what is derived so far */
  bool needs_anew;        /* what all entries need hangs on what was changed */
  bool residue;           /* a record went of which nothing may stay */
  struct arena arena;
};

void change_set_free(struct change_set *cs);

/* head: of the record in bytes.  The caller resets the arena. */
TC_MUST_CHECK tc_status change_set_put(struct change_set *cs, const struct record_head *head,
                                       const void *bytes, size_t len, struct tc_error *err);

/* TC_NOT_FOUND: there is no such part. */
TC_MUST_CHECK tc_status change_set_delete(struct change_set *cs, const struct uuid *uuid,
                                          enum audience audience, struct tc_error *err);

/* Puts every entry that was changed back into what is derived, as it stands now: before a commit.
 */
TC_MUST_CHECK tc_status change_set_settle(struct change_set *cs, struct tc_error *err);

#endif
