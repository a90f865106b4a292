/* What an outage cuts off: entries by the number of channels that may still be tried. */
#ifndef TC_CORE_CUTOFF_H
#define TC_CORE_CUTOFF_H

#include "core/reach.h"

enum { CUTOFF_CHANNELS = 4, CUTOFF_LISTED = 500 };

struct cutoff_entry {
  struct uuid uuid;
  enum entry_type type;
  const char *site, *name;
};

struct cutoff {
  size_t entries;                            /* that have a channel without the outage */
  size_t left[CUTOFF_CHANNELS];              /* of those: with 0, 1, 2, 3 and more channels left */
  size_t lost[ENTRY_TYPE_COUNT];             /* of those with none left, by type */
  struct cutoff_entry listed[CUTOFF_LISTED]; /* the first of them, as they came */
  size_t listed_count;
};

/* Counts one entry with who holds it now (NULL: nobody), as from a ward phone of its own site.
 * before, after: worlds that differ in
 * their outage alone; `from` is not looked at.  Text of a listed entry is copied to the arena. */
void cutoff_add(struct cutoff *c, const struct entry *entry, const struct reach_holders *holders,
                const struct reach_world *before, const struct reach_world *after,
                struct arena *arena);

#endif
