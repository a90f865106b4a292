/* What fewer words find, where all of them find nothing.  Private to db/. */
#ifndef TC_DB_FEWER_H
#define TC_DB_FEWER_H

#include "db/search.h"

/* The words of a query that no entry has, folded. */
struct fewer_words {
  const char *const *items;
  size_t count;
};

/* Sets out->fewer: without which word, or of a number without which last digits, something is
 * found, and what; leaves it where nothing is. */
TC_MUST_CHECK tc_status fewer_say(struct cache *c, const struct search_query *query,
                                  const struct fewer_words *missing, struct arena *arena,
                                  struct search_result *out, struct tc_error *err);

#endif
