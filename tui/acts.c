#include "tui/acts.h"

#include <stdlib.h>

#include "base/i18n.h"

static int newest_first(const void *a, const void *b) {
  const struct act_held *x = *(const struct act_held *const *)a,
                        *y = *(const struct act_held *const *)b;
  if (x->act.at != y->act.at)
    return x->act.at > y->act.at ? -1 : 1;
  return uuid_compare(&x->act.uuid, &y->act.uuid);
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
