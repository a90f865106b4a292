#include "tui/calls.h"

#include <string.h>

#include "core/trunk.h"

static const struct plan *usual_plan(const struct house *house, const char *code) {
  const struct site *site = *code ? house_site(house, code) : NULL;
  return site && *site->plan ? house_plan(house, site->plan) : NULL;
}

/* The plan of a PBX: that of its site, else the first. */
static const struct plan *plan_of(const struct house *house, const struct domain *pbx) {
  const struct plan *usual = usual_plan(house, pbx->site);
  if (usual && strcmp(usual->domain, pbx->code) == 0)
    return usual;
  for (size_t i = 0; i < house->plan_count; i++)
    if (strcmp(house->plans[i].domain, pbx->code) == 0)
      return &house->plans[i];
  return NULL;
}

/* Beside the PBX that the calls of its site go through? */
static bool is_apart(const struct house *house, const struct domain *pbx) {
  const struct plan *usual = usual_plan(house, pbx->site), *own = plan_of(house, pbx);
  if (!*pbx->site || (own && own->red))
    return true;
  return usual && *usual->domain && strcmp(usual->domain, pbx->code) != 0;
}

static struct calls of_pbx(const struct house *house, const struct domain *pbx) {
  return (struct calls){pbx, plan_of(house, pbx), is_apart(house, pbx) ? "" : pbx->site};
}

struct calls calls_of(const struct house *house, const struct domain *d) {
  if (d->kind == DOMAIN_PBX)
    return of_pbx(house, d);
  for (size_t i = 0; i < d->needs.count; i++) {
    const struct domain *pbx = house_domain(house, d->needs.items[i]);
    if (pbx && pbx->kind == DOMAIN_PBX && plan_of(house, pbx))
      return of_pbx(house, pbx);
  }
  const struct plan *plan = usual_plan(house, d->site);
  return (struct calls){plan ? house_domain(house, plan->domain) : NULL, plan, d->site};
}

static enum outage_level level_of(const struct domain *d, enum direction direction,
                                  const struct reach_world *w) {
  return outage_of(w->outage, d->code, strlen(d->code), direction)->level;
}

static bool has_pbx(const struct calls *c, const struct domain *d, const struct house *house) {
  if (d->kind != DOMAIN_PBX)
    return false;
  return d == c->pbx || (*c->site && strcmp(d->site, c->site) == 0 && !is_apart(house, d));
}

static bool has_trunk(const struct calls *c, const struct trunk *t) {
  if (*c->site)
    return trunk_is_of(t, c->site, strlen(c->site), c->plan);
  return c->plan && !c->plan->red && trunk_carries(t, c->plan, c->pbx);
}

struct fate calls_fate(const struct calls *c, const struct reach_world *w) {
  struct fate fate = {0};
  for (int n = 0; n < DIRECTION_COUNT; n++) {
    enum direction direction = (enum direction)n;
    for (size_t i = 0; i < w->house->domain_count; i++) {
      const struct domain *d = &w->house->domains[i];
      enum outage_level level = has_pbx(c, d, w->house) ? level_of(d, direction, w) : OUTAGE_NONE;
      if (level == OUTAGE_DOWN && d == c->pbx)
        fate.down |= 1u << n;
      if (level != OUTAGE_NONE)
        fate.doubted |= 1u << n;
    }
    size_t trunks = 0, lost = 0;
    for (size_t i = 0; w->outage && n != DIRECTION_INSIDE && i < w->outage->trunk_count; i++) {
      const struct trunk *t = &w->outage->trunks[i];
      enum outage_level level = level_of(t->domain, direction, w);
      if (!has_trunk(c, t))
        continue;
      trunks++;
      lost += level == OUTAGE_DOWN;
      if (level != OUTAGE_NONE)
        fate.doubted |= 1u << n;
    }
    if (trunks && lost == trunks)
      fate.down |= 1u << n;
  }
  fate.doubted &= ~fate.down;
  return fate;
}

uint32_t calls_lost_with(const struct domain *trunk, const struct incident *i,
                         const struct reach_world *w) {
  uint32_t lost = 0;
  struct calls c = calls_of(w->house, trunk);
  for (size_t k = 0; w->outage && k < w->outage->trunk_count; k++)
    if (w->outage->trunks[k].domain == trunk && has_trunk(&c, &w->outage->trunks[k]))
      lost = incident_directions(i) & ~(1u << DIRECTION_INSIDE);
  for (int n = 0; n < DIRECTION_COUNT; n++)
    for (size_t k = 0; lost && k < w->outage->trunk_count; k++) {
      const struct trunk *t = &w->outage->trunks[k];
      if (t->domain != trunk && has_trunk(&c, t) &&
          level_of(t->domain, (enum direction)n, w) < level_of(trunk, (enum direction)n, w))
        lost &= ~(1u << n);
    }
  return lost;
}
