#include "core/cutoff.h"

#include <string.h>

/* Channels that may be tried. */
static size_t live(const struct entry *entry, const struct reach_world *world,
                   struct arena *arena) {
  size_t count = 0, n = 0;
  const struct channel *all = reach_order(entry, NULL, world, arena, &count);
  while (all && n < count && reach_may_be_tried(&all[n]))
    n++;
  return n;
}

void cutoff_add(struct cutoff *c, const struct entry *entry, const struct reach_world *before,
                const struct reach_world *after, struct arena *arena) {
  struct arena scratch = ARENA_INIT;
  const struct site *site = house_site(before->house, entry->site);
  struct standpoint ward = {.set = SET_WARD,
                            .plan = site ? site->plan : "",
                            .site = entry->site,
                            .country = site ? site->country : ""};
  struct reach_world was = *before, is = *after;
  was.from = is.from = &ward;
  size_t had = live(entry, &was, &scratch);
  size_t has = had ? live(entry, &is, &scratch) : 0;
  arena_free(&scratch);
  if (!had)
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
