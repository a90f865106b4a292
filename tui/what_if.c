#include "tui/what_if.h"

#include <string.h>

#include "base/i18n.h"
#include "db/cut.h"
#include "tui/present.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the count"));
}

/* The incidents of now, and one more. */
static tc_status more_incidents(struct what_if *out, const struct house *house,
                                const struct reach_world *world, const char *domain,
                                uint32_t directions, struct arena *arena, struct tc_error *err) {
  size_t count = house->incident_count;
  struct incident *all = arena_zalloc(arena, count + 1, sizeof *all);
  if (!all)
    return no_memory(err);
  if (count)
    memcpy(all, house->incidents, count * sizeof *all);
  all[count] = (struct incident){.domain = domain,
                                 .directions = directions,
                                 .since = world->now,
                                 .declared = true,
                                 .reason = "",
                                 .by = ""};
  out->outage = outage_make(house, all, count + 1, world->now, world->clock_trusted, arena);
  return out->outage ? TC_OK : no_memory(err);
}

static tc_status count_holders(struct what_if *out, struct setup *setup,
                               const struct reach_world *world, struct arena *arena,
                               struct tc_error *err) {
  struct duty_row *rows;
  size_t count;
  tc_status status =
      duty_read(setup->cache, "", setup->config.site, world, arena, &rows, &count, err);
  if (status != TC_OK)
    return status;
  const struct present p = {.cache = setup->cache, .setup = setup, .world = *world, .arena = arena};
  out->holders = arena_zalloc(arena, count + 1, sizeof *out->holders);
  if (!out->holders)
    return no_memory(err);
  for (size_t i = 0; i < count; i++) {
    const struct on_call *o = rows[i].on_call;
    struct channel best;
    if (o->now.state != ROTA_LISTED ||
        (reach_best(&best, rows[i].role, &o->holders, world, CONTACT_OTHER) &&
         reach_may_be_tried(&best)))
      continue;
    out->holders[out->holder_count++] = (struct what_if_holder){rows[i].role, on_call_name(o, 0),
                                                                present_instead(&p, rows[i].role)};
  }
  return TC_OK;
}

tc_status what_if_read(struct what_if *out, struct setup *setup, const char *domain,
                       uint32_t directions, struct arena *arena, struct tc_error *err) {
  const struct house *house = cache_house(setup->cache);
  struct reach_world before, after;
  tc_status status = TC_OK;
  memset(out, 0, sizeof *out);
  if (*domain && !house_domain(house, domain))
    return tc_fail(err, TC_NOT_FOUND, _("there is no failure domain %s in this directory"), domain);
  setup_world(setup, &before);
  after = before;
  out->outage = before.outage;
  if (*domain) /* what that domain takes, on top of what is down already */
    status = more_incidents(out, house, &before, domain, directions, arena, err);
  else
    before.outage = NULL; /* what is down now, on top of nothing */
  after.outage = out->outage;
  if (status == TC_OK)
    status = cache_cutoff(setup->cache, &before, &after, &out->cut, arena, err);
  if (status == TC_OK)
    status = count_holders(out, setup, &after, arena, err);
  return status == TC_OK && arena_failed(arena) ? no_memory(err) : status;
}
