#include "db/tried.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "db/house.h"
#include "db/written.h"

tc_status tried_read(struct store *s, int64_t revision, struct arena *arena, struct act_held **out,
                     size_t *count, struct tc_error *err) {
  struct cache_record *rows;
  size_t all, n = 0;
  tc_status status = house_records(s, RECORD_ACT, arena, &rows, &all, err);
  *out = NULL;
  *count = 0;
  if (status != TC_OK || !all)
    return status;
  struct act_held *acts = arena_zalloc(arena, all, sizeof *acts);
  for (size_t i = 0; acts && i < all; i++)
    if (act_decode(&acts[n].act, rows[i].bytes, rows[i].len, arena, NULL) == TC_OK &&
        act_kind_of(&acts[n].act) == ACT_KIND_ATTEMPT) {
      acts[n].state = ACT_APPLIED;
      acts[n].revision = revision;
      acts[n++].reason = "";
    }
  if (!acts || arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  qsort(acts, n, sizeof *acts, written_compare);
  *out = acts;
  *count = n;
  return TC_OK;
}
