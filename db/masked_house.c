/* The names that the house gives: of sites, plans, failure domains, calendars and exercises.  They
 * are words as well, and an exercise's name is the reason of what it plays. */
#include "db/masked.h"

#include <string.h>

#include "base/i18n.h"
#include "core/mask.h"

/* What is masked is looked up while this is open. */
struct naming {
  struct cache *c;
  struct arena *arena;
  bool whole; /* there was memory */
  bool any;   /* a name was not as it is */
};

static void name(struct naming *n, const char *site, const char **text) {
  const char *was = *text;
  if (!was || !mask_may_be_in(was))
    return;
  if (masked_text(n->c, site, text, n->arena, NULL) == TC_OK)
    n->any = n->any || *text != was;
  else
    n->whole = false;
}

static void names(struct naming *n, const char *site, struct text_list *list) {
  bool may = false;
  for (size_t i = 0; i < list->count; i++)
    may = may || mask_may_be_in(list->items[i]);
  const char **items = may ? arena_alloc(n->arena, list->count * sizeof *items) : NULL;
  if (!items) {
    n->whole = n->whole && !may;
    return;
  }
  memcpy(items, list->items, list->count * sizeof *items);
  list->items = items;
  for (size_t i = 0; i < list->count; i++)
    name(n, site, &items[i]);
}

/* A copy of an array to be starred in; NULL: nothing to star, or no memory. */
static void *copy(struct naming *n, const void *items, size_t count, size_t size) {
  void *made = count ? arena_alloc(n->arena, count * size) : NULL;
  if (made)
    memcpy(made, items, count * size);
  n->whole = n->whole && (made || !count);
  return made;
}

static void name_sites(struct naming *n, struct house *h) {
  struct site *sites = copy(n, h->sites, h->site_count, sizeof *sites);
  if (!sites)
    return;
  for (size_t i = 0; i < h->site_count; i++) {
    name(n, sites[i].code, &sites[i].name);
    name(n, sites[i].code, &sites[i].group);
    name(n, "", &sites[i].address); /* a postal code is not looked for */
    names(n, sites[i].code, &sites[i].aliases);
  }
  h->sites = sites;
}

static void name_plans(struct naming *n, struct house *h) {
  struct plan *plans = copy(n, h->plans, h->plan_count, sizeof *plans);
  if (!plans)
    return;
  for (size_t i = 0; i < h->plan_count; i++) {
    struct plan_range *ranges =
        copy(n, plans[i].ranges, plans[i].range_count, sizeof *plans[i].ranges);
    name(n, plans[i].code, &plans[i].name);
    for (size_t k = 0; ranges && k < plans[i].range_count; k++)
      name(n, plans[i].code, &ranges[k].label);
    if (ranges)
      plans[i].ranges = ranges;
  }
  h->plans = plans;
}

static void name_others(struct naming *n, struct house *h) {
  struct domain *domains = copy(n, h->domains, h->domain_count, sizeof *domains);
  for (size_t i = 0; domains && i < h->domain_count; i++)
    name(n, domains[i].site, &domains[i].name);
  if (domains)
    h->domains = domains;
  struct calendar *calendars = copy(n, h->calendars, h->calendar_count, sizeof *calendars);
  for (size_t i = 0; calendars && i < h->calendar_count; i++)
    name(n, "", &calendars[i].name);
  if (calendars)
    h->calendars = calendars;
}

bool masked_house(struct cache *c, struct house *house, struct arena *arena, bool *any) {
  struct naming n = {.c = c, .arena = arena, .whole = true};
  name_sites(&n, house);
  name_plans(&n, house);
  name_others(&n, house);
  *any = n.any;
  return n.whole;
}

/* Where an exercise is: the site of the first domain that it plays. */
static const char *site_of(const struct house *house, const struct exercise *x) {
  const struct domain *domain = x->domains.count ? house_domain(house, x->domains.items[0]) : NULL;
  return domain ? domain->site : "";
}

const struct exercise *masked_exercises(struct cache *c, const struct exercise *list, size_t count,
                                        struct arena *arena) {
  struct naming n = {.c = c, .arena = arena, .whole = true};
  struct exercise *made = copy(&n, list, count, sizeof *made);
  for (size_t i = 0; made && i < count; i++) {
    name(&n, site_of(&c->house, &made[i]), &made[i].name);
    name(&n, site_of(&c->house, &made[i]), &made[i].by);
  }
  return n.any && n.whole ? made : n.whole ? list : NULL;
}
