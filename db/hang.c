#include "db/hang.h"

#include <string.h>

#include "base/i18n.h"
#include "core/reach.h"
#include "core/way.h"
#include "db/handle.h"
#include "db/needs_walk.h"
#include "db/on_call.h"

enum { WORD = 64 };

struct hang {
  struct needs_walk w;
  struct arena arena, entry;
  const struct outage **each; /* of each domain alone; then of all together */
  size_t domain_count, words;
  uint64_t *taken_by; /* words for each way: the domains that take it */
  bool *met, *kept;   /* of each way: with nothing down, with everything down */
  uint64_t *on, *on_recorded;
  int64_t now;
  struct hang_counts *counts;
};

bool domain_set_has(const struct domain_set *set, size_t place) {
  return set->bits[place / WORD] >> (place % WORD) & 1;
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* ---- outages -----------------------------------------------------------------------------------
 */

static tc_status make_outages(struct hang *h, const struct house *house, struct tc_error *err) {
  size_t count = house->domain_count;
  struct incident *all = arena_zalloc(&h->arena, count + 1, sizeof *all);
  h->each = arena_zalloc(&h->arena, count + 1, sizeof(const struct outage *));
  h->domain_count = count;
  h->words = (count + WORD - 1) / WORD + 1;
  h->on = arena_zalloc(&h->arena, h->words, sizeof *h->on);
  h->on_recorded = arena_zalloc(&h->arena, h->words, sizeof *h->on_recorded);
  if (!all || !h->each || !h->on || !h->on_recorded)
    return no_memory(err);
  for (size_t i = 0; i < count; i++) {
    all[i] = (struct incident){
        .domain = house->domains[i].code, .since = 0, .declared = true, .reason = "", .by = ""};
    h->each[i] = outage_make(house, &all[i], 1, h->now, true, &h->arena);
    if (house->domains[i].kind == DOMAIN_CARRIER) /* with all down it is asked of the other end */
      all[i].directions = 1u << DIRECTION_INSIDE | 1u << DIRECTION_INBOUND;
  }
  h->each[count] = outage_make(house, all, count, h->now, true, &h->arena);
  return arena_failed(&h->arena) ? no_memory(err) : TC_OK;
}

static bool is_met(const struct hang *h, const struct way_bytes *way, const struct outage *outage) {
  struct way_start start = {.house = &h->w.c->house, .outage = outage};
  return way_needs_met(way->bytes, way->len, &start);
}

static tc_status judge_ways(struct hang *h, struct tc_error *err) {
  size_t count = h->w.way_count;
  h->taken_by = arena_zalloc(&h->arena, count + 1, h->words * sizeof *h->taken_by);
  h->met = arena_zalloc(&h->arena, count + 1, sizeof *h->met);
  h->kept = arena_zalloc(&h->arena, count + 1, sizeof *h->kept);
  if (!h->taken_by || !h->met || !h->kept)
    return no_memory(err);
  for (size_t i = 0; i < count; i++) {
    const struct way_bytes *way = &h->w.ways[i];
    h->met[i] = is_met(h, way, NULL);
    h->kept[i] = is_met(h, way, h->each[h->domain_count]);
    for (size_t d = 0; d < h->domain_count; d++)
      if (!is_met(h, way, h->each[d]))
        h->taken_by[i * h->words + d / WORD] |= UINT64_C(1) << (d % WORD);
  }
  return TC_OK;
}

/* ---- entries -----------------------------------------------------------------------------------
 */

static bool is_empty(const struct hang *h, const uint64_t *set) {
  for (size_t i = 0; i < h->words; i++)
    if (set[i])
      return false;
  return true;
}

static void fill(const struct hang *h, uint64_t *set) {
  memset(set, 0, h->words * sizeof *set);
  for (size_t d = 0; d < h->domain_count; d++)
    set[d / WORD] |= UINT64_C(1) << (d % WORD);
}

static void keep_common(const struct hang *h, uint64_t *set, const uint64_t *of) {
  for (size_t i = 0; i < h->words; i++)
    set[i] &= of[i];
}

/* Counts what was found of one entry; whether it hangs. */
static bool count(struct hang *h, bool has, bool unrecorded) {
  h->counts->entries += has;
  if (!has)
    return false;
  if (!is_empty(h, h->on)) {
    h->counts->hanging++;
    return true;
  }
  h->counts->unrecorded += unrecorded;
  return false;
}

/* By its ways; row->open afterwards: they do not tell. */
static bool hangs_by_ways(struct hang *h, struct needs_row *row) {
  size_t place;
  bool has = false, unrecorded = false;
  fill(h, h->on);
  fill(h, h->on_recorded);
  while (!row->open && needs_next_way(&h->w, row, &place)) {
    if (!h->met[place])
      continue;
    has = true;
    keep_common(h, h->on, h->taken_by + place * h->words);
    if (h->kept[place])
      unrecorded = true;
    else
      keep_common(h, h->on_recorded, h->taken_by + place * h->words);
  }
  return !row->open && count(h, has, unrecorded && !is_empty(h, h->on_recorded));
}

/* By looking at it, and at who holds it now, under each outage. */
static tc_status hangs_by_itself(struct hang *h, const struct entry *entry, bool *hangs,
                                 struct tc_error *err) {
  const struct house *house = &h->w.c->house;
  const struct standpoint ward = way_ward(house, entry->site);
  struct reach_world world = {.house = house, .from = &ward, .now = h->now, .clock_trusted = true};
  struct on_call on_call;
  tc_status status = on_call_of(&on_call, h->w.c, entry, &world, &h->entry, err);
  if (status != TC_OK)
    return status;
  bool has = reach_live(entry, &on_call.holders, &world) > 0, unrecorded = false;
  world.outage = h->each[h->domain_count];
  size_t all = reach_live(entry, &on_call.holders, &world);
  memset(h->on, 0, h->words * sizeof *h->on);
  for (size_t d = 0; has && d < h->domain_count; d++) {
    world.outage = h->each[d];
    size_t left = reach_live(entry, &on_call.holders, &world);
    if (!left)
      h->on[d / WORD] |= UINT64_C(1) << (d % WORD);
    unrecorded |= all && left == all;
  }
  *hangs = count(h, has, unrecorded);
  return TC_OK;
}

/* *hangs, and then the entry is there. */
static tc_status look_at(struct hang *h, struct needs_row *row, struct entry *entry, bool *hangs,
                         struct tc_error *err) {
  *hangs = hangs_by_ways(h, row);
  if (!*hangs && !row->open)
    return TC_OK;
  tc_status status = cache_place(h->w.c, row->id, &h->entry, entry, err);
  if (status == TC_OK && row->open)
    status = hangs_by_itself(h, entry, hangs, err);
  if (status == TC_NOT_FOUND)
    *hangs = false;
  return status == TC_NOT_FOUND ? TC_OK : status;
}

tc_status cache_hanging(struct cache *c, int64_t now,
                        bool (*each)(const struct entry *entry, const struct domain_set *on,
                                     void *data),
                        void *data, struct hang_counts *counts, struct tc_error *err) {
  struct hang h = {.now = now, .counts = counts};
  struct needs_row row;
  bool there = false, more = true;
  *counts = (struct hang_counts){0};
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = needs_walk_start(&h.w, c, &there, err);
  if (status == TC_OK && !there)
    status = tc_fail(err, TC_NEWER,
                     _("this directory was written by another version: tocsin-sync "
                       "rebuild makes it anew"));
  if (status == TC_OK)
    status = make_outages(&h, &c->house, err);
  if (status == TC_OK)
    status = judge_ways(&h, err);
  while (status == TC_OK && more && (status = needs_walk_next(&h.w, &row, err)) == TC_OK) {
    struct entry entry;
    bool hangs;
    status = look_at(&h, &row, &entry, &hangs, err);
    if (status == TC_OK && hangs)
      more = each(&entry, &(struct domain_set){h.on}, data);
    arena_reset(&h.entry);
  }
  needs_walk_end(&h.w);
  cache_end(c);
  arena_free(&h.arena);
  arena_free(&h.entry);
  return status == TC_DONE ? TC_OK : status;
}
