#include "tui/sheet_job.h"

#include "tui/strip.h"

struct paper_job sheet_job(struct setup *setup, enum translit target, struct arena *arena) {
  struct present p = {.cache = setup->cache, .setup = setup, .arena = arena};
  setup_world(setup, &p.world);
  return (struct paper_job){
      .cache = setup->cache,
      .site = "",
      .plan = "",
      .country = "",
      .now = setup_now(setup),
      .not_now = setup->at != 0,
      .printed = clock_now(&setup->clock),
      .clock_trusted = p.world.clock_trusted,
      .outage = p.world.outage,
      .strip = strip_text(&p, false),
      .valid_days = PAPER_VALID_DAYS,
      .page = {.columns = setup->config.columns, .lines = setup->config.lines, .target = target}};
}
