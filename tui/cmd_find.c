#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/answer.h"
#include "tui/commands.h"
#include "tui/operands.h"

/* Which sites: --mine and --group narrow, --all is what is done anyway. */
static tc_status read_scope(struct search_query *query, const struct options *o,
                            const struct config *config, struct tc_error *err) {
  int said = option_given(o, OPT_ALL) + option_given(o, OPT_MINE) + option_given(o, OPT_GROUP);
  if (said > 1)
    return tc_fail(err, TC_USAGE, _("say one of --all, --mine and --group"));
  query->scope = SEARCH_ALL;
  query->only = "";
  if (option_given(o, OPT_MINE)) {
    if (!config->site[0])
      return tc_fail(err, TC_USAGE, _("--mine needs a site: say --site CODE"));
    query->scope = SEARCH_MINE;
  }
  if (option_given(o, OPT_GROUP)) {
    query->scope = SEARCH_GROUP;
    query->only = o->value[OPT_GROUP];
  }
  return TC_OK;
}

/* A group that no site is in is a slip of the hand, not an empty answer. */
static tc_status check_group(const struct search_query *query, const struct house *house,
                             struct tc_error *err) {
  if (query->scope != SEARCH_GROUP)
    return TC_OK;
  for (size_t i = 0; i < house->site_count; i++)
    if (strcmp(house->sites[i].group, query->only) == 0)
      return TC_OK;
  return tc_fail(err, TC_USAGE, _("there is no group of sites \"%s\" in this directory"),
                 query->only);
}

tc_status cmd_find(const struct options *o, struct tc_error *err) {
  enum { LIMIT_USUAL = 50, LIMIT_MOST = 1000 };
  struct setup setup = {0};
  struct arena arena = ARENA_INIT;
  struct search_result result = {0};
  struct search_query query = {0};
  struct answer answer = {.command = "find", .setup = &setup};
  long limit = LIMIT_USUAL;
  tc_status status = option_number(o, OPT_LIMIT, 1, LIMIT_MOST, &limit, err);
  if (status == TC_OK)
    status = operands_join(o, _("say what to find"), &arena, &answer.asked, err);
  if (status == TC_OK)
    status = setup_open(&setup, o, err);
  if (status == TC_OK)
    status = read_scope(&query, o, &setup.config, err);
  if (status == TC_OK)
    status = check_group(&query, cache_house(setup.cache), err);
  if (status != TC_OK)
    goto out;
  query.text = answer.asked;
  query.site = setup.config.site;
  query.country = setup.from.country;
  query.from = &setup.from;
  query.limit = (size_t)limit;
  answer.sections = setup.config.site[0] != '\0' && query.scope != SEARCH_MINE;
  status = search_run(setup.cache, &query, &arena, &result, err);
  if (status == TC_OK)
    status = answer_search(&answer, &result, &arena, err);
  if (status == TC_OK)
    status = answer_write(&answer, o, err);
out:
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
