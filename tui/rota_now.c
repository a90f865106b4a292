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

static tc_status fill_row(const struct answer *a, struct answer_row *row,
                          const struct reach_world *world, struct arena *arena,
                          struct tc_error *err) {
  struct on_call on_call;
  struct buffer fault = BUFFER_INIT;
  tc_status status = on_call_read(&on_call, a->setup->cache, row->entry, world, arena, err);
  if (status != TC_OK)
    return status;
  const struct site *site = house_site(world->house, row->entry->site);
  struct answer_holder *holders = arena_zalloc(arena, on_call.now.count + 1, sizeof *holders);
  row->rota = on_call.now.state;
  row->holders = holders;
  on_call_fault(&fault, &on_call, row->entry, world);
  row->rota_fault = arena_strdup(arena, buffer_text(&fault));
  buffer_free(&fault);
  for (size_t i = 0; holders && status == TC_OK && i < on_call.now.count; i++) {
    const struct rota_holder *h = &on_call.now.holders[i];
    struct buffer said = BUFFER_INIT;
    on_call_text(&said, &on_call, i, row->entry, world);
    holders[i] =
        (struct answer_holder){.name = on_call_name(&on_call, i),
                               .said = arena_strdup(arena, buffer_text(&said)),
                               .line = h->shift->line,
                               .until = local_text(arena, h->until, house_zone(world->house, site)),
                               .at_home = h->shift->at_home,
                               .travel = h->shift->travel,
                               .made = h->rota->made};
    buffer_free(&said);
    status = answer_channels(a, on_call.persons[i], arena, &holders[i].channels,
                             &holders[i].channel_count, err);
    row->holder_count = i + 1;
  }
  if (status == TC_OK && (!holders || arena_failed(arena)))
    status = tc_fail(err, TC_NO_MEMORY, _("no memory for the rotas"));
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
