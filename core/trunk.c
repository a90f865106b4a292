#include "core/trunk.h"

#include <string.h>

/* Is a code among those that commas join? */
static bool names(const char *codes, const char *code) {
  size_t len = strlen(code);
  for (const char *at = codes; len && (at = strstr(at, code)) != NULL; at += len)
    if ((at == codes || at[-1] == ',') && (!at[len] || at[len] == ','))
      return true;
  return false;
}

static bool brings_in(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->rule_count; i++)
    if (house->rules[i].kind == CONTACT_DDI && names(house->rules[i].domains, code))
      return true;
  return false;
}

/* Between two plans of the house alone? */
static bool is_tie(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->plan_count; i++)
    for (size_t k = 0; k < house->plans[i].tie_count; k++)
      if (names(house->plans[i].ties[k].domains, code))
        return !brings_in(house, code);
  return false;
}

static bool needs(const struct domain *d, const char *code) {
  for (size_t i = 0; i < d->needs.count; i++)
    if (strcmp(d->needs.items[i], code) == 0)
      return true;
  return false;
}

/* The PBX of some plan: another one (of which nobody says whose calls it has) binds nothing. */
static bool needs_pbx(const struct house *house, const struct domain *d) {
  for (size_t i = 0; d->needs.count && i < house->plan_count; i++)
    if (*house->plans[i].domain && needs(d, house->plans[i].domain))
      return true;
  return false;
}

const struct trunk *trunk_list(const struct house *house, struct arena *arena, size_t *count) {
  struct trunk *out = arena_zalloc(arena, house->domain_count + 1, sizeof *out);
  *count = 0;
  for (size_t i = 0; out && i < house->domain_count; i++) {
    const struct domain *d = &house->domains[i];
    if (d->kind != DOMAIN_TRUNK || is_tie(house, d->code))
      continue;
    const struct site *site = *d->site ? house_site(house, d->site) : NULL;
    out[(*count)++] = (struct trunk){d, site ? site->plan : "", needs_pbx(house, d)};
  }
  return out;
}

bool trunk_carries(const struct trunk *t, const struct plan *plan, const struct domain *pbx) {
  if (t->bound)
    return *plan->domain && needs(t->domain, plan->domain);
  if (*t->plan && strcmp(t->plan, plan->code) == 0)
    return true;
  return pbx && *pbx->site && strcmp(pbx->site, t->domain->site) == 0;
}

bool trunk_is_of(const struct trunk *t, const char *site, size_t len, const struct plan *plan) {
  if (!len || strncmp(t->domain->site, site, len) != 0 || t->domain->site[len])
    return false;
  return !t->bound || (plan && *plan->domain && needs(t->domain, plan->domain));
}
