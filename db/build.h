/* A generation made aside: records are taken in any order, then everything is derived from them at
 * once, ids given in the order of all.  What it was given lies in a file; in memory it holds some
 * hundred bytes for each.  Private to db/. */
#ifndef TC_DB_BUILD_H
#define TC_DB_BUILD_H

#include "base/hash.h"
#include "core/record.h"
#include "db/store.h"

struct build;

/* In the folder of a new generation. */
TC_MUST_CHECK tc_status build_new(struct build **out, const char *folder, struct tc_error *err);
void build_free(struct build *b); /* NULL-safe */

/* Adds a record; the later one of a key stays.  Takes one out: TC_NOT_FOUND. */
TC_MUST_CHECK tc_status build_put(struct build *b, const struct record_head *head,
                                  const void *bytes, size_t len, struct tc_error *err);
TC_MUST_CHECK tc_status build_delete(struct build *b, const struct uuid *uuid,
                                     enum audience audience, struct tc_error *err);

/* What it holds now. */
void build_sum(const struct build *b, int64_t *records, struct digest *digest);

struct build_counts {
  int64_t entries, contacts, records, unreadable;
};

/* Fills the tables of a new store (STORE_BUILD) and the file of the search index. */
TC_MUST_CHECK tc_status build_fill(struct build *b, struct store *s, const char *index_path,
                                   int64_t revision, struct build_counts *counts,
                                   struct tc_error *err);

#endif
