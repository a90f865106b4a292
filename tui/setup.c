#include "tui/setup.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"

/* The code of a site or plan is written in capitals more often than it is typed so. */
static const struct site *find_site(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->site_count; i++)
    if (strcasecmp(house->sites[i].code, code) == 0)
      return &house->sites[i];
  return NULL;
}

static const struct plan *find_plan(const struct house *house, const char *code) {
  for (size_t i = 0; i < house->plan_count; i++)
    if (strcasecmp(house->plans[i].code, code) == 0)
      return &house->plans[i];
  return NULL;
}

/* Checks the site and the plan against the directory and spells them as it does. */
static tc_status check_codes(struct config *config, const struct house *house,
                             const struct options *o, struct tc_error *err) {
  if (config->site[0]) {
    const struct site *site = find_site(house, config->site);
    if (!site && option_given(o, OPT_SITE))
      return tc_fail(err, TC_USAGE, _("there is no site %s in this directory"), config->site);
    if (!site)
      return tc_fail(err, TC_CONFIG, _("%s: there is no site %s in this directory"), config->file,
                     config->site);
    memcpy(config->site, site->code, strlen(site->code) + 1);
  }
  if (config->plan[0]) {
    const struct plan *plan = find_plan(house, config->plan);
    if (!plan && option_given(o, OPT_PLAN))
      return tc_fail(err, TC_USAGE, _("there is no numbering plan %s in this directory"),
                     config->plan);
    if (!plan)
      return tc_fail(err, TC_CONFIG, _("%s: there is no numbering plan %s in this directory"),
                     config->file, config->plan);
    memcpy(config->plan, plan->code, strlen(plan->code) + 1);
  }
  return TC_OK;
}

/* The plan of the red phones at a site; "" where it cannot be told. */
static const char *red_plan(const struct house *house, const char *site) {
  const struct plan *only = NULL;
  size_t count = 0, len = strlen(site);
  for (size_t i = 0; i < house->plan_count; i++) {
    const struct plan *plan = &house->plans[i];
    if (!plan->red)
      continue;
    if (len && strncasecmp(plan->code, site, len) == 0 && !isalnum((unsigned char)plan->code[len]))
      return plan->code;
    only = plan;
    count++;
  }
  return count == 1 ? only->code : "";
}

void standpoint_set(struct standpoint *out, const struct config *config, const struct house *house,
                    enum set_kind set) {
  const struct site *site = house_site(house, config->site);
  *out =
      (struct standpoint){.set = set, .plan = "", .site = config->site, .country = config->country};
  if (site && site->country[0])
    out->country = site->country;
  if (set == SET_WARD)
    out->plan = config->plan[0] ? config->plan : site ? site->plan : "";
  else if (set == SET_RED)
    out->plan = red_plan(house, config->site);
}

tc_status setup_open(struct setup *out, const struct options *o, struct tc_error *err) {
  *out = (struct setup){0};
  tc_status status = options_config(&out->config, o, err);
  if (status == TC_OK && out->config.language[0])
    i18n_language(out->config.language);
  if (status == TC_OK)
    status = cache_open(&out->cache, out->config.scope, err);
  if (status == TC_OK)
    status = check_codes(&out->config, cache_house(out->cache), o, err);
  if (status == TC_OK)
    standpoint_set(&out->from, &out->config, cache_house(out->cache),
                   (enum set_kind)out->config.set);
  else
    setup_close(out);
  return status;
}

void setup_close(struct setup *s) {
  if (!s)
    return;
  cache_close(s->cache);
  s->cache = NULL;
}

void setup_world(const struct setup *s, struct reach_world *out) {
  int64_t now = clock_now(&s->clock);
  *out = (struct reach_world){.house = cache_house(s->cache),
                              .from = &s->from,
                              .now = now,
                              .clock_trusted = now >= cache_info(s->cache)->source_time};
}
