#include "tui/acts.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "tui/when.h"
#include "tui/write.h"

static int newest_first(const void *a, const void *b) {
  return act_held_compare(b, a);
}

tc_status acts_list(const struct act_held ***out, size_t *count, const struct cache *cache,
                    struct arena *arena, struct tc_error *err) {
  const struct act_held *all = cache_written(cache, count);
  *out = arena_zalloc(arena, *count + 1, sizeof **out);
  if (!*out)
    return tc_fail(err, TC_NO_MEMORY, _("no memory"));
  for (size_t i = 0; i < *count; i++)
    (*out)[i] = &all[i];
  qsort(*out, *count, sizeof **out, newest_first);
  return TC_OK;
}

bool acts_tried_in_exercise(const struct act *act, const struct uuid *exercise) {
  struct uuid of = act_get_uuid(act, "exercise");
  return act_kind_of(act) == ACT_KIND_ATTEMPT && !uuid_is_nil(&of) &&
         (!exercise || uuid_equal(&of, exercise));
}

tc_status acts_since(const struct act_held ***out, size_t *count, int64_t since,
                     const struct cache *cache, struct arena *arena, struct tc_error *err) {
  tc_status status = acts_list(out, count, cache, arena, err);
  if (status != TC_OK)
    return status;
  size_t kept = 0;
  for (size_t i = 0; i < *count && (*out)[i]->act.at >= since; i++)
    if (!acts_tried_in_exercise(&(*out)[i]->act, NULL))
      (*out)[kept++] = (*out)[i];
  *count = kept;
  for (size_t i = 0, k = *count; i + 1 < k; i++) {
    const struct act_held *swap = (*out)[i];
    (*out)[i] = (*out)[--k];
    (*out)[k] = swap;
  }
  return TC_OK;
}

const char *acts_subject(struct cache *cache, const struct act *act, struct arena *arena) {
  struct entry e;
  if (uuid_is_nil(&act->subject))
    return "";
  const struct house *house = cache_house(cache);
  for (size_t i = 0; i < house->domain_count; i++)
    if (uuid_equal(&house->domains[i].uuid, &act->subject)) /* an incident */
      return *house->domains[i].name ? house->domains[i].name : house->domains[i].code;
  if (cache_entry(cache, &act->subject, arena, &e, NULL) != TC_OK)
    return _("(not held here)");
  const char *text = arena_printf(arena, "%s %s", e.site, e.name);
  return text ? text : "";
}

const char *acts_when(const struct act_held *held, struct arena *arena) {
  char when[WHEN_TEXT];
  const char *text = arena_strdup(arena, when_now(held->act.at, when));
  return text ? text : "";
}

const char *acts_who(const struct act_held *held) {
  return *held->act.initials ? held->act.initials : _("unsigned");
}

const char *acts_line(const struct act_held *held, const struct setup *setup, struct arena *arena) {
  const struct act *act = &held->act;
  const struct act_rule *rule = act_rule(act_kind_of(act));
  const char *text =
      arena_printf(arena, "%s%s%s: %s (%s)", acts_subject(setup->cache, act, arena),
                   uuid_is_nil(&act->subject) ? "" : ", ", rule ? _(rule->label) : act->type,
                   write_sentence(act, setup, act->at, arena), write_state(held, setup, arena));
  return text ? text : "";
}
