#include "tui/harm.h"

#include <string.h>

static bool carries_calls(enum domain_kind kind) {
  return kind == DOMAIN_PBX || kind == DOMAIN_TRUNK || kind == DOMAIN_CARRIER;
}

/* Of how many sites is it the usual PBX? */
static size_t sites_on(const struct house *house, const char *domain) {
  size_t sites = 0;
  for (size_t i = 0; i < house->site_count; i++) {
    const struct plan *plan = house_plan(house, house->sites[i].plan);
    sites += plan && strcmp(plan->domain, domain) == 0;
  }
  return sites;
}

size_t harm_to_telephony(const struct incident *i, const struct reach_world *w) {
  const struct domain *own = house_domain(w->house, i->domain);
  size_t ways = 0;
  for (size_t k = 0; w->outage && k < w->outage->count; k++) {
    const struct outage_domain *d = &w->outage->domains[k];
    size_t here = 0;
    for (int n = 0; n < DIRECTION_COUNT && carries_calls(d->kind); n++)
      here += d->at[n].incident == i;
    ways += here ? here * (1 + sites_on(w->house, d->code)) : 0;
  }
  return ways ? ways : own && carries_calls(own->kind); /* another has taken all of it */
}
