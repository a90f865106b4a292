#include "db/cut.h"

#include <string.h>

#include "base/i18n.h"
#include "core/way.h"
#include "db/handle.h"
#include "db/needs_walk.h"
#include "db/on_call.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

struct cut {
  struct cache *c;
  struct needs_walk w;
  const struct reach_world *before, *after;
  struct cutoff *out;
  struct arena *arena;
  struct arena entry; /* of the one that is looked at */
  struct met {
    bool before, after;
  } * met;          /* of each way: does it get through */
  tc_status status; /* of looking at every entry */
  struct tc_error *err;
};

static bool met_now(const struct reach_world *world, const struct way_bytes *way) {
  struct way_start start = {.house = world->house, .outage = world->outage};
  return way_needs_met(way->bytes, way->len, &start);
}

/* With who holds it now: that is the same before and after. */
static tc_status add_one(struct cut *cut, const struct entry *entry, struct tc_error *err) {
  struct on_call on_call;
  tc_status status = on_call_of(&on_call, cut->c, entry, cut->after, &cut->entry, err);
  if (status == TC_OK)
    cutoff_add(cut->out, entry, &on_call.holders, cut->before, cut->after, cut->arena);
  return status;
}

static tc_status look_at(struct cut *cut, int64_t id, struct tc_error *err) {
  struct entry entry;
  tc_status status = cache_place(cut->c, id, &cut->entry, &entry, err);
  if (status == TC_OK)
    status = add_one(cut, &entry, err);
  arena_reset(&cut->entry);
  return status == TC_NOT_FOUND ? TC_OK : status;
}

static tc_status add_row(struct cut *cut, const struct needs_row *row, struct tc_error *err) {
  struct needs_row left = *row;
  struct cutoff *out = cut->out;
  size_t has = 0, had = 0, place;
  while (!left.open && needs_next_way(&cut->w, &left, &place)) {
    has += cut->met[place].after;
    had += cut->met[place].before;
  }
  if (left.open || (!has && had && out->listed_count < CUTOFF_LISTED)) /* it is to be named */
    return look_at(cut, row->id, err);
  if (!has && !had)
    return TC_OK;
  out->entries++;
  out->left[has < CUTOFF_CHANNELS ? has : CUTOFF_CHANNELS - 1]++;
  if (!has)
    out->lost[row->type]++;
  return TC_OK;
}

static tc_status cut_by_needs(struct cut *cut, struct tc_error *err) {
  struct needs_walk *w = &cut->w;
  struct needs_row row;
  cut->met = arena_zalloc(&w->arena, w->way_count + 1, sizeof *cut->met);
  if (!cut->met)
    return no_memory(err);
  for (size_t i = 0; i < w->way_count; i++)
    cut->met[i] = (struct met){met_now(cut->before, &w->ways[i]), met_now(cut->after, &w->ways[i])};
  tc_status status = TC_OK;
  while (status == TC_OK && (status = needs_walk_next(w, &row, err)) == TC_OK)
    status = add_row(cut, &row, err);
  return status == TC_DONE ? TC_OK : status;
}

static bool add_entry(const struct entry *entry, void *data) {
  struct cut *cut = data;
  cut->status = add_one(cut, entry, cut->err);
  arena_reset(&cut->entry);
  return cut->status == TC_OK;
}

tc_status cache_cutoff(struct cache *c, const struct reach_world *before,
                       const struct reach_world *after, struct cutoff *out, struct arena *arena,
                       struct tc_error *err) {
  struct cut cut = {
      .c = c, .before = before, .after = after, .out = out, .arena = arena, .err = err};
  bool there = false;
  memset(out, 0, sizeof *out);
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = needs_walk_start(&cut.w, c, &there, err);
  there = there && !c->hidden; /* what entries need is kept of all their parts */
  if (status == TC_OK && there)
    status = cut_by_needs(&cut, err);
  needs_walk_end(&cut.w);
  cache_end(c);
  if (status == TC_OK && !there)
    status = cache_each_entry(c, add_entry, &cut, err);
  if (status == TC_OK)
    status = cut.status;
  arena_free(&cut.entry);
  return status;
}
