/* What the contact points of entries need (the tables way and needs), kept with the records.
 * Private to db/. */
#ifndef TC_DB_NEEDS_H
#define TC_DB_NEEDS_H

#include "db/house.h"

enum {
  NEEDS_VERSION = 6
}; /* meta's "needs"; raised when the same records would give other bytes */

/* The house that they are worked out with, and the ways that were met. */
struct needs;

/* An empty house: needs_house() fills it. */
TC_MUST_CHECK tc_status needs_new(struct needs **out, struct store *s, struct tc_error *err);
void needs_free(struct needs *n); /* NULL-safe */

/* Does the answer depend on records of that kind? */
bool needs_depend_on(enum record_kind kind);

/* Those records of one kind; then needs_ready(). */
TC_MUST_CHECK tc_status needs_house(struct needs *n, enum record_kind kind,
                                    const struct cache_record *rows, size_t count,
                                    struct tc_error *err);
TC_MUST_CHECK tc_status needs_ready(struct needs *n, struct tc_error *err);

/* The same from the store, as it stands. */
TC_MUST_CHECK tc_status needs_house_of_store(struct needs *n, struct tc_error *err);

/* The ways of a merged entry, as the table holds them; *open: they do not tell all. */
TC_MUST_CHECK tc_status needs_of(struct needs *n, const struct entry *entry, struct buffer *ways,
                                 bool *open, struct tc_error *err);

/* Stores them under an id; ways NULL: open. */
TC_MUST_CHECK tc_status needs_put(struct store *s, int64_t id, enum entry_type type,
                                  const struct buffer *ways, struct tc_error *err);
TC_MUST_CHECK tc_status needs_delete(struct store *s, int64_t id, struct tc_error *err);

/* Makes those of every entry of the store anew. */
TC_MUST_CHECK tc_status needs_make_all(struct needs *n, struct tc_error *err);

#endif
