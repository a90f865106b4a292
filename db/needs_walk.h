/* Reading what entries need (db/needs.h), in one pass and within one read transaction.  Private to
 * db/. */
#ifndef TC_DB_NEEDS_WALK_H
#define TC_DB_NEEDS_WALK_H

#include "base/arena.h"
#include "db/cache.h"
#include "db/store.h"

/* The table of ways is read from 1 on without a hole; what is not so is not believed. */
struct way_bytes {
  const void *bytes;
  size_t len;
};

/* One entry: the ids of the ways of its points, or open. */
struct needs_row {
  int64_t id;
  enum entry_type type;
  const unsigned char *ways;
  size_t len;
  bool open; /* it is to be looked at itself */
};

struct needs_walk {
  struct cache *c;
  struct arena arena;
  struct way_bytes *ways; /* of id n at n - 1 */
  size_t way_count, way_cap;
  int64_t *moving; /* ids of the entries of which what is kept does not tell all, ascending: those
                      that something was written about here, and those that a rota is of */
  size_t moving_count, moving_at;
  sqlite3_stmt *stmt;
};

/* *there: the tables are there, of this version and whole; else every entry is to be looked at.
 * needs_walk_end() in every case. */
TC_MUST_CHECK tc_status needs_walk_start(struct needs_walk *w, struct cache *c, bool *there,
                                         struct tc_error *err);
void needs_walk_end(struct needs_walk *w);

/* The next entry, by id; TC_DONE at the end.  Its bytes are lent until the next. */
TC_MUST_CHECK tc_status needs_walk_next(struct needs_walk *w, struct needs_row *row,
                                        struct tc_error *err);

/* Takes the next way of a row: its place in the ways; false at the end, where row->open says
 * whether it is because a byte is wrong. */
bool needs_next_way(const struct needs_walk *w, struct needs_row *row, size_t *place);

#endif
