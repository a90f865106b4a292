#include "db/taken.h"

#include "base/i18n.h"
#include "core/way.h"
#include "db/handle.h"
#include "db/needs_walk.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* Which of the incidents take each way, by the bit of their place. */
static uint32_t *takers(struct needs_walk *w, const struct house *house,
                        const struct incident *const *incidents, size_t count) {
  struct way_start start = {.house = house};
  uint32_t *by = arena_zalloc(&w->arena, w->way_count + 1, sizeof *by);
  for (size_t n = 0; by && n < count; n++) {
    struct incident alone = *incidents[n];
    alone.declared = true;
    alone.since = alone.until = alone.ended = 0;
    const struct outage *outage = outage_make(house, &alone, 1, 1, MOMENT_ASKED, &w->arena);
    if (!outage)
      return NULL;
    for (size_t i = 0; i < w->way_count; i++) {
      start = (struct way_start){.house = house};
      if (!way_needs_met(w->ways[i].bytes, w->ways[i].len, &start))
        continue;
      start = (struct way_start){.house = house, .outage = outage};
      if (!way_needs_met(w->ways[i].bytes, w->ways[i].len, &start))
        by[i] |= 1u << n;
    }
  }
  return by;
}

static tc_status count_rows(struct needs_walk *w, const uint32_t *by, size_t *entries, size_t count,
                            struct tc_error *err) {
  struct needs_row row;
  tc_status status;
  while ((status = needs_walk_next(w, &row, err)) == TC_OK) {
    uint32_t taken = 0;
    size_t place;
    while (!row.open && needs_next_way(w, &row, &place))
      taken |= by[place];
    for (size_t n = 0; n < count && !row.open; n++)
      entries[n] += (taken >> n) & 1u;
  }
  return status == TC_DONE ? TC_OK : status;
}

tc_status cache_taken(struct cache *c, const struct incident *const *incidents, size_t count,
                      size_t *entries, struct tc_error *err) {
  struct needs_walk w;
  bool there = false;
  count = count < TAKEN_MOST ? count : TAKEN_MOST;
  for (size_t n = 0; n < count; n++)
    entries[n] = 0;
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = needs_walk_start(&w, c, &there, err);
  if (status == TC_OK && there) {
    const uint32_t *by = takers(&w, cache_house(c), incidents, count);
    status = by ? count_rows(&w, by, entries, count, err) : no_memory(err);
  }
  needs_walk_end(&w);
  cache_end(c);
  return status;
}
