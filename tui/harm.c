#include "tui/harm.h"

#include <stdio.h>
#include <string.h>

static bool carries_calls(enum domain_kind kind) {
  return kind == DOMAIN_PBX || kind == DOMAIN_TRUNK || kind == DOMAIN_CARRIER;
}

bool harm_is_telephony(const struct incident *i, const struct reach_world *w) {
  const struct domain *own = house_domain(w->house, i->domain);
  if (own && carries_calls(own->kind))
    return true;
  for (size_t k = 0; w->outage && k < w->outage->count; k++) {
    const struct outage_domain *d = &w->outage->domains[k];
    for (int n = 0; n < DIRECTION_COUNT && carries_calls(d->kind); n++)
      if (d->at[n].incident == i)
        return true;
  }
  return false;
}

static const struct harm_of *find(const struct harm *h, const struct incident *i) {
  for (size_t k = 0; k < h->count; k++)
    if (strcmp(h->of[k].domain, i->domain) == 0 && h->of[k].directions == incident_directions(i))
      return &h->of[k];
  return NULL;
}

static bool knows_all(const struct harm *h, const struct incident *const *list, size_t count,
                      int64_t revision) {
  bool all = h->revision == revision;
  for (size_t i = 0; i < count && all; i++)
    all = find(h, list[i]) != NULL;
  return all;
}

/* What cannot be counted is no reason to tell nothing: none is then more than another. */
static void count_all(struct harm *h, const struct incident *const *list, size_t count,
                      struct cache *cache) {
  size_t entries[TAKEN_MOST] = {0};
  if (cache_taken(cache, list, count, entries, NULL) != TC_OK)
    memset(entries, 0, sizeof entries);
  h->revision = cache_info(cache)->revision;
  h->count = 0;
  for (size_t i = 0; i < count; i++) {
    struct harm_of *of = &h->of[h->count];
    *of = (struct harm_of){.directions = incident_directions(list[i]), .entries = entries[i]};
    if (snprintf(of->domain, sizeof of->domain, "%s", list[i]->domain) < HARM_DOMAIN)
      h->count++;
  }
}

static size_t entries_of(const struct harm *h, const struct incident *i) {
  const struct harm_of *of = h ? find(h, i) : NULL;
  return of ? of->entries : 0;
}

const struct incident *harm_most(const struct incident *const *list, size_t count,
                                 struct harm *memo, struct cache *cache) {
  const struct incident *most = count ? list[0] : NULL;
  if (!cache)
    memo = NULL;
  if (memo && count > 1 && count <= TAKEN_MOST &&
      !knows_all(memo, list, count, cache_info(cache)->revision))
    count_all(memo, list, count, cache);
  for (size_t i = 1; i < count; i++) {
    size_t mine = entries_of(memo, list[i]), best = entries_of(memo, most);
    if (mine > best || (mine == best && strcmp(list[i]->domain, most->domain) < 0))
      most = list[i];
  }
  return most;
}
