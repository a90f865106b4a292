#include <string.h>

#include "tui/app_state.h"

/* ---- the bell ----------------------------------------------------------------------------------
 */

static bool is_known(const struct app *a, const struct uuid *uuid) {
  for (size_t i = 0; i < a->incident_count; i++)
    if (uuid_equal(&a->incidents[i], uuid))
      return true;
  return false;
}

void app_know_incidents(struct app *a, bool ring) {
  const struct house *house = a->setup.cache ? cache_house(a->setup.cache) : NULL;
  struct uuid now[INCIDENTS_KNOWN];
  size_t count = 0;
  int64_t at = clock_now(&a->setup.clock);
  for (size_t i = 0; house && i < house->incident_count && count < INCIDENTS_KNOWN; i++) {
    const struct incident *n = &house->incidents[i];
    if (incident_level(n, at, true) == OUTAGE_NONE)
      continue;
    /* Whoever has just written one needs no bell for it. */
    a->ring = a->ring || (ring && !n->pending && !is_known(a, &n->uuid));
    now[count++] = n->uuid;
  }
  memcpy(a->incidents, now, count * sizeof *now);
  a->incident_count = count;
}

bool app_rings(struct app *a) {
  bool rings = a->ring && a->setup.config.bell;
  a->ring = false;
  return rings;
}
