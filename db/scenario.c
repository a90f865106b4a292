#include "db/scenario.h"

#include <string.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/handle.h"
#include "db/place.h"

static tc_status mask_steps(struct cache *c, struct scenario *s, struct arena *arena,
                            struct tc_error *err) {
  const struct domain *domain = house_domain(&c->house, s->domain);
  const char *site = domain ? domain->site : "";
  tc_status status = cache_mask(c, &(struct uuid){{0}}, site, &s->name, arena, err);
  struct scenario_step *steps = arena_alloc(arena, (s->step_count + 1) * sizeof *steps);
  if (!steps)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (s->step_count)
    memcpy(steps, s->steps, s->step_count * sizeof *steps);
  s->steps = steps;
  for (size_t i = 0; status == TC_OK && i < s->step_count; i++)
    status = cache_mask(c, &steps[i].entry, site, &steps[i].text, arena, err);
  return status;
}

tc_status cache_scenario(struct cache *c, const char *domain, struct arena *arena,
                         struct scenario *out, struct tc_error *err) {
  struct cache_record *rows;
  size_t count;
  tc_status status = cache_records(c, RECORD_SCENARIO, arena, &rows, &count, err);
  for (size_t i = 0; status == TC_OK && i < count; i++) {
    struct record r;
    if (record_decode(&r, rows[i].bytes, rows[i].len, arena, NULL) != TC_OK ||
        strcmp(r.scenario.domain, domain) != 0 || place_hides(c->hidden, r.scenario.audience))
      continue;
    *out = r.scenario;
    return mask_steps(c, out, arena, err);
  }
  return status == TC_OK ? TC_NOT_FOUND : status;
}
