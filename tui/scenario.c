#include "tui/scenario.h"

#include <string.h>

#include "db/scenario.h"
#include "tui/strip.h"

void scenario_read(struct scenario_words *out, const struct present *p, const char *domain) {
  struct scenario card;
  *out = (struct scenario_words){.name = ""};
  if (!*domain || cache_scenario(p->cache, domain, p->arena, &card, NULL) != TC_OK)
    return;
  out->lines = arena_zalloc(p->arena, card.step_count + 1, sizeof *out->lines);
  if (!out->lines)
    return;
  out->name = card.name;
  for (size_t i = 0; i < card.step_count; i++) {
    const struct scenario_step *step = &card.steps[i];
    struct scenario_line *line = &out->lines[out->count];
    struct entry e;
    line->text = arena_printf(p->arena, "%zu. %s", i + 1, step->text);
    line->whom = uuid_is_nil(&step->entry) ? "" : present_other(p, &step->entry, "");
    if (!line->text)
      return;
    if (!uuid_is_nil(&step->entry) &&
        cache_entry(p->cache, &step->entry, p->arena, &e, NULL) == TC_OK)
      line->entry = step->entry;
    out->count++;
  }
}

bool scenario_held(struct cache *cache, const char *domain, struct arena *arena) {
  struct scenario card;
  return *domain && cache_scenario(cache, domain, arena, &card, NULL) == TC_OK;
}

const char *scenario_incident(const struct present *p, const char *domain) {
  const struct house *house = p->world.house;
  const struct incident *worst = NULL;
  enum outage_level level = OUTAGE_NONE;
  for (size_t i = 0; i < house->incident_count; i++) {
    enum outage_level of =
        incident_level(&house->incidents[i], p->world.now, p->world.clock_trusted);
    if (strcmp(house->incidents[i].domain, domain) == 0 && of > level) {
      worst = &house->incidents[i];
      level = of;
    }
  }
  struct buffer text = {.limit = 1024};
  if (worst)
    incident_text(&text, worst, &p->world);
  const char *words = arena_strdup(p->arena, buffer_text(&text));
  buffer_free(&text);
  return words ? words : "";
}
