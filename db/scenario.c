#include "db/scenario.h"

#include <string.h>

#include "core/record.h"
#include "db/handle.h"
#include "db/place.h"

tc_status cache_scenario(struct cache *c, const char *domain, struct arena *arena,
                         struct scenario *out, struct tc_error *err) {
  struct cache_record *rows;
  size_t count;
  tc_status status = cache_records(c, RECORD_SCENARIO, arena, &rows, &count, err);
  for (size_t i = 0; status == TC_OK && i < count; i++) {
    struct record r;
    if (record_decode(&r, rows[i].bytes, rows[i].len, arena, NULL) != TC_OK ||
        strcmp(r.scenario.domain, domain) != 0 || place_hides(c->hidden, r.scenario.audience))
      continue;
    *out = r.scenario;
    return TC_OK;
  }
  return status == TC_OK ? TC_NOT_FOUND : status;
}
