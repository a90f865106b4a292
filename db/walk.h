/* The walk list of a test round: the red phones and pagers of a site, and how long ago somebody
 * found that they work. */
#ifndef TC_DB_WALK_H
#define TC_DB_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "db/cache.h"

enum { WALK_DAYS = 90, WALK_DAYS_MOST = 3660 };

struct walk_row {
  const struct entry *entry;
  const struct contact *contact;
  const struct act_held *failed; /* a test of this machine that failed since it was verified, the
                                    last one; NULL.  The cache's until it is refreshed */
  bool overdue;                  /* not verified in those days, or never */
};

/* Those that are valid at now, by building, floor, room and name.  Memory from the arena. TC_USAGE:
 * no such site. */
TC_MUST_CHECK tc_status walk_read(struct cache *cache, const char *site, int64_t now, int days,
                                  struct arena *arena, struct walk_row **out, size_t *count,
                                  struct tc_error *err);

/* Is it of the overdue list? */
bool walk_is_due(const struct walk_row *row);

#endif
