/* A generation made aside from a stage of records: ids given in the order of all, everything
 * derived, one segment in the index.  Private to db/. */
#ifndef TC_DB_BUILD_H
#define TC_DB_BUILD_H

#include "db/store.h"

/* Makes the stage in a new store (STORE_BUILD). */
TC_MUST_CHECK tc_status build_stage(struct store *s, struct tc_error *err);

/* One record into the stage. */
TC_MUST_CHECK tc_status build_put(struct store *s, const void *bytes, size_t len,
                                  struct tc_error *err);

struct build_counts {
  int64_t entries, contacts, records, unreadable;
};

/* Empties the stage into the tables. */
TC_MUST_CHECK tc_status build_fill(struct store *s, int64_t revision, struct build_counts *counts,
                                   struct tc_error *err);

#endif
