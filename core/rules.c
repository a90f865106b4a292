#include "core/rules.h"

#include <stdlib.h>
#include <string.h>

/* The rules of one site ("": of every site): positions at[kind] .. at[kind + 1] - 1 of the index
 * are of that kind (CONTACT_OTHER: of every kind), in the order of the house. */
struct rule_site {
  const char *code;
  size_t at[CONTACT_KIND_COUNT + 1];
};

struct rule_index {
  const struct rule *const *rules;
  const struct rule_site *sites; /* by code */
  size_t site_count;
};

/* ---- does it fit -------------------------------------------------------------------------------
 */

/* Is a number inside low..high?  Of the same length, or beginning with an E.164 prefix. */
static bool in_range(const char *number, const char *low, const char *high) {
  size_t len = strlen(number);
  if (*low == '+')
    return strncmp(number, low, strlen(low)) >= 0 && strncmp(number, high, strlen(high)) <= 0;
  return len == strlen(low) && len == strlen(high) && strcmp(number, low) >= 0 &&
         strcmp(number, high) <= 0;
}

static bool plan_and_number_fit(const struct rule *rule, const struct contact *c) {
  if (*rule->plan && strcmp(rule->plan, c->plan) != 0)
    return false;
  if (!*rule->low)
    return true;
  return in_range(*rule->low == '+' ? c->e164 : c->number, rule->low,
                  *rule->high ? rule->high : rule->low);
}

/* ---- the index ---------------------------------------------------------------------------------
 */

static int rule_compare(const void *a, const void *b) {
  const struct rule *x = *(const struct rule *const *)a, *y = *(const struct rule *const *)b;
  int order = strcmp(x->site, y->site);
  if (order)
    return order;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return (x > y) - (x < y); /* the house has them in their order */
}

const struct rule_index *rule_index_make(const struct house *house, struct arena *arena) {
  size_t count = house->rule_count;
  struct rule_index *index = arena_zalloc(arena, 1, sizeof *index);
  const struct rule **rules = arena_zalloc(arena, count + 1, sizeof *rules);
  struct rule_site *sites = arena_zalloc(arena, count + 1, sizeof *sites);
  if (!index || !rules || !sites)
    return NULL;
  for (size_t i = 0; i < count; i++)
    rules[i] = &house->rules[i];
  qsort(rules, count, sizeof *rules, rule_compare);
  for (size_t i = 0; i < count; i++) {
    struct rule_site *site = index->site_count ? &sites[index->site_count - 1] : NULL;
    if (!site || strcmp(site->code, rules[i]->site) != 0) {
      site = &sites[index->site_count++];
      site->code = rules[i]->site;
      for (int k = 0; k <= CONTACT_KIND_COUNT; k++)
        site->at[k] = i;
    }
    for (int k = (int)rules[i]->kind + 1; k <= CONTACT_KIND_COUNT; k++)
      site->at[k] = i + 1;
  }
  index->rules = rules;
  index->sites = sites;
  return index;
}

static const struct rule_site *find_site(const struct rule_index *index, const char *code) {
  size_t low = 0, high = index->site_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strcmp(index->sites[mid].code, code);
    if (order == 0)
      return &index->sites[mid];
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return NULL;
}

/* The first that fits of one site and kind, where it comes before `best`. */
static const struct rule *first_of(const struct rule_index *index, const struct rule_site *site,
                                   enum contact_kind kind, const struct contact *c,
                                   const struct rule *best) {
  for (size_t i = site->at[kind]; i < site->at[kind + 1]; i++) {
    const struct rule *rule = index->rules[i];
    if (best && rule > best)
      break;
    if (plan_and_number_fit(rule, c))
      return rule;
  }
  return best;
}

static const struct rule *find_in(const struct rule_index *index, const char *code,
                                  const struct contact *c, const struct rule *best) {
  const struct rule_site *site = find_site(index, code);
  if (!site)
    return best;
  best = first_of(index, site, c->kind, c, best);
  return c->kind == CONTACT_OTHER ? best : first_of(index, site, CONTACT_OTHER, c, best);
}

/* Without an index: of a house that was made by hand. */
static const struct rule *look_through(const struct house *house, const char *site,
                                       const struct contact *c) {
  for (size_t i = 0; i < house->rule_count; i++) {
    const struct rule *rule = &house->rules[i];
    if ((rule->kind == CONTACT_OTHER || rule->kind == c->kind) &&
        (!*rule->site || strcmp(rule->site, site) == 0) && plan_and_number_fit(rule, c))
      return rule;
  }
  return NULL;
}

const struct rule *rule_find(const struct house *house, const char *site, const struct contact *c) {
  if (!house->rule_index)
    return look_through(house, site, c);
  const struct rule *best = find_in(house->rule_index, site, c, NULL);
  return *site ? find_in(house->rule_index, "", c, best) : best;
}
