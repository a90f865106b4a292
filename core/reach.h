/* Reachability: which contact point first, and what is known of each.  The only place that says
 * who is reachable. */
#ifndef TC_CORE_REACH_H
#define TC_CORE_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/dial.h"
#include "core/directory.h"

enum reach_state { /* in the order they are offered */
                   REACH_NO_FAULT_KNOWN,
                   REACH_NOT_KNOWN, /* what it rides on is not known */
                   REACH_OUTSIDE_HOURS,
                   REACH_DOWN,
                   REACH_NOT_FROM_HERE, /* cannot be dialled from where one stands */
                   REACH_NOT_YET,       /* valid from later */
                   REACH_EXPIRED,
                   REACH_STATE_COUNT
};

struct channel {
  const struct contact *contact;
  struct dial dial;
  enum reach_state state;
  int64_t when; /* NOT_YET: from; EXPIRED: until; else 0 */
};

struct reach_world {
  const struct house *house;
  const struct standpoint *from;
  int64_t now;        /* UTC seconds */
  bool clock_trusted; /* false: now is before the cache's own source time */
};

/* Orders an entry's contact points: by state, then by their own order, stable.  *count channels in
 * the arena (NULL when none or no memory).  Never orders entries. */
struct channel *reach_order(const struct entry *entry, const struct reach_world *world,
                            struct arena *arena, size_t *count);

/* The best channel of a kind (CONTACT_OTHER: any), into *out; false when there is none. No
 * allocation: for the rows of a list.  A fax, pager or mail is not best where a phone is wanted
 * (CONTACT_OTHER) unless there is nothing else. */
bool reach_best(struct channel *out, const struct entry *entry, const struct reach_world *world,
                enum contact_kind kind);

const char *reach_state_text(enum reach_state state); /* translated: "no fault known" */

#endif
