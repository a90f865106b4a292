/* From an understood query to the MATCH expressions of the index, tier by tier.  Private to db/. */
#ifndef TC_DB_MATCH_H
#define TC_DB_MATCH_H

#include "base/buffer.h"
#include "db/handle.h"
#include "db/query.h"

enum match_section { SECTION_HERE, SECTION_ELSEWHERE, SECTION_ALL };

/* Which part of the directory: the scope of the query and the section; "" for no limit on either
 * side.  Appends "(...) " to wrap as  out AND (expression)  or  (expression) NOT out. */
struct match_bounds {
  struct buffer within; /* sites that must be one of: ("@sab" OR "@riv"); empty: any */
  struct buffer mine;   /* my site's marker; empty: none */
};
void match_bounds_read(struct match_bounds *b, const struct house *house,
                       const struct search_query *query);
void match_bounds_free(struct match_bounds *b);

/* Marks the words that are in the names of many sites ("hôpital"): like a particle, each tells
 * nothing of where. */
void match_mark_common(struct query *q, const struct cache *c);

/* Writes the clauses of one tier into out (cleared first), the rarest first, a newline between two;
 * *any is false when the tier has nothing to
 * say for this query (no words that sound, no number). */
TC_MUST_CHECK tc_status match_write(struct buffer *out, bool *any, struct cache *c,
                                    const struct query *q, enum match tier, const char *country,
                                    struct arena *arena, struct tc_error *err);

/* Joins a tier's clauses within bounds and section: what is handed to the index. */
void match_wrap(struct buffer *out, const char *clauses, const struct query *q,
                const struct match_bounds *bounds, enum match_section section);

#endif
