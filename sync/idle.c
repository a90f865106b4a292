#include "sync/idle.h"

#include <stddef.h>

#include "base/status.h"
#include "db/writer.h"

enum { STEP_MS = 40 };

/* Each is asked until it has no more to do; the next one follows. */
static tc_status (*const works[])(const char *scope_dir, int budget_ms, bool *more,
                                  struct tc_error *err) = {
    writer_tidy, /* merge the search index */
};

bool idle_step(const char *scope_dir) {
  for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
    bool more = false;
    if (works[i](scope_dir, STEP_MS, &more, NULL) == TC_OK && more)
      return true;
  }
  return false;
}
