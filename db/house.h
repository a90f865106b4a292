/* The house out of its records.  Private to db/. */
#ifndef TC_DB_HOUSE_H
#define TC_DB_HOUSE_H

#include "db/cache.h"
#include "db/store.h"

/* The records of a kind other than entries and rotas (cache_rotas() reads those), rotted ones too.
 */
TC_MUST_CHECK tc_status house_records(struct store *s, enum record_kind kind, struct arena *arena,
                                      struct cache_record **rows, size_t *count,
                                      struct tc_error *err);

/* Puts those of one kind of the house into it, decoded and sorted (core/directory.h); one that
 * cannot be read is left out.  Text and arrays belong to the arena. */
TC_MUST_CHECK tc_status house_take(struct house *house, enum record_kind kind,
                                   const struct cache_record *rows, size_t count,
                                   struct arena *arena, struct tc_error *err);

/* The n-th kind that a house is made of; RECORD_NONE behind the last. */
enum record_kind house_kind(size_t n);

/* Of the sites of which a byte has changed: the plan is kept where that plan, which is whole, has
 * the PBX of that site; else the site has one that nobody knows.  When all of the house is there.
 */
void house_doubt(struct house *house, struct arena *arena);

#endif
