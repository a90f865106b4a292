#include "tui/sheet_job.h"

#include "core/exercise.h"
#include "tui/strip.h"

struct paper_job sheet_job(struct setup *setup, enum translit target, struct arena *arena) {
  struct present p = {.cache = setup->cache, .setup = setup, .arena = arena};
  const struct exercise *played = setup_played(setup);
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
      .strip = strip_text(&p),
      .valid_days = PAPER_VALID_DAYS,
      .valid_until = played ? exercise_look(played, p.world.house, p.world.now).until : 0,
      .page = {.columns = setup->config.columns,
               .lines = setup->config.lines,
               .target = target,
               .mark = played ? setup_mark(setup) : ""}};
}
