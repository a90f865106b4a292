#include "tui/rota_now.h"

#include <stdio.h>

#include "base/i18n.h"
#include "core/civil.h"
#include "core/zone.h"
#include "tui/on_call.h"

/* "2026-11-24 08:30" as a clock at the site shows it. */
static const char *local_text(struct arena *arena, int64_t at, const struct zone *zone) {
  int64_t wall = zone_wall(zone, at);
  struct civil c = civil_date(civil_day_of(wall));
  int64_t second = wall - civil_day_of(wall) * CIVIL_DAY;
  const char *text = arena_printf(arena, "%04d-%02d-%02d %02d:%02d", (int)c.year, c.month, c.day,
                                  (int)(second / 3600), (int)(second / 60 % 60));
  return text ? text : "";
}

tc_status answer_on_call(struct answer_row *row, const struct answer *a,
                         const struct on_call *on_call, struct arena *arena, struct tc_error *err) {
  struct present p = answer_present(a, arena);
  const struct zone *zone = house_zone(p.world.house, house_site(p.world.house, row->entry->site));
  struct answer_holder *holders = arena_zalloc(arena, on_call->now.count + 1, sizeof *holders);
  tc_status status = TC_OK;
  row->rota = on_call->now.state;
  row->holders = holders;
  row->rota_fault = present_rota_fault(&p, row->entry, on_call);
  for (size_t i = 0; holders && status == TC_OK && i < on_call->now.count; i++) {
    const struct rota_holder *h = &on_call->now.holders[i];
    holders[i] = (struct answer_holder){.name = on_call_name(on_call, i),
                                        .said = present_on_call(&p, row->entry, on_call, i),
                                        .line = h->shift->line,
                                        .until = local_text(arena, h->until, zone),
                                        .at_home = h->shift->at_home,
                                        .travel = h->shift->travel,
                                        .made = h->rota->made,
                                        .source = h->rota->source,
                                        .away = on_call_absence(on_call, i, a->now) != NULL};
    if (a->rota) /* else they are among those of the row */
      status = answer_channels(a, on_call->persons[i], arena, &holders[i].channels,
                               &holders[i].channel_count, err);
    row->holder_count = i + 1;
  }
  if (status == TC_OK && (!holders || arena_failed(arena)))
    status = tc_fail(err, TC_NO_MEMORY, _("no memory for the rotas"));
  return status;
}

static tc_status fill_row(const struct answer *a, struct answer_row *row,
                          const struct reach_world *world, struct arena *arena,
                          struct tc_error *err) {
  struct on_call on_call;
  tc_status status = on_call_read(&on_call, a->setup->cache, row->entry, world, arena, err);
  if (status == TC_OK)
    status = answer_on_call(row, a, &on_call, arena, err);
  if (status == TC_OK)
    status = answer_before(row, a, arena, err);
  return status;
}

tc_status rota_now(const struct answer *a, struct answer_row *rows, size_t count,
                   struct arena *arena, struct tc_error *err) {
  struct reach_world world;
  tc_status status = TC_OK;
  setup_world(a->setup, &world);
  world.now = a->now;
  for (size_t i = 0; status == TC_OK && i < count; i++)
    status = fill_row(a, &rows[i], &world, arena, err);
  return status;
}
