#include "core/cutoff.h"

#include <string.h>

#include "core/way.h"

void cutoff_add(struct cutoff *c, const struct entry *entry, const struct reach_holders *holders,
                const struct reach_world *before, const struct reach_world *after,
                struct arena *arena) {
  struct standpoint ward = way_ward(before->house, entry->site);
  struct reach_world was = *before, is = *after;
  was.from = is.from = &ward;
  size_t has = reach_live(entry, holders, &is);
  if (!has && !reach_live(entry, holders, &was)) /* an outage takes, it never gives */
    return;
  c->entries++;
  c->left[has < CUTOFF_CHANNELS ? has : CUTOFF_CHANNELS - 1]++;
  if (has)
    return;
  c->lost[entry->type]++;
  if (c->listed_count == CUTOFF_LISTED)
    return;
  c->listed[c->listed_count++] = (struct cutoff_entry){.uuid = entry->uuid,
                                                       .type = entry->type,
                                                       .site = arena_strdup(arena, entry->site),
                                                       .name = arena_strdup(arena, entry->name)};
}
