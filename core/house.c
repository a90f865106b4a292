#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/directory.h"

/* Sites are in order of rank, a few dozen of them: looked through one by one. */
const struct site *house_site(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->site_count; i++)
    if (*house->sites[i].code == *code && strcmp(house->sites[i].code, code) == 0)
      return &house->sites[i];
  return NULL;
}

const struct plan *house_plan(const struct house *house, const char *code) {
  size_t low = 0, high = house->plan_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strcmp(house->plans[mid].code, code);
    if (order == 0)
      return &house->plans[mid];
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return NULL;
}

const struct domain *house_domain(const struct house *house, const char *code) {
  size_t low = 0, high = house->domain_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strcmp(house->domains[mid].code, code);
    if (order == 0)
      return &house->domains[mid];
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return NULL;
}

const struct zone *house_zone(const struct house *house, const struct site *site) {
  for (size_t i = 0; site && i < house->zone_count; i++)
    if (strcmp(house->zones[i].name, site->zone) == 0)
      return house->zones[i].zone;
  return NULL;
}

const struct plan *house_red_plan(const struct house *house, const char *site) {
  const struct plan *only = NULL;
  size_t count = 0, len = strlen(site);
  for (size_t i = 0; i < house->plan_count; i++) {
    const struct plan *plan = &house->plans[i];
    if (!plan->red)
      continue;
    if (len && strncasecmp(plan->code, site, len) == 0 && !isalnum((unsigned char)plan->code[len]))
      return plan;
    only = plan;
    count++;
  }
  return count == 1 ? only : NULL;
}
