#include "db/touched.h"

#include <stdlib.h>

#include "base/i18n.h"

static uint32_t *touched_slot(const struct touched *t, int64_t id) {
  size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (t->slot_count - 1);
  while (t->slots[at] && t->ids[t->slots[at] - 1] != id)
    at = (at + 1) & (t->slot_count - 1);
  return &t->slots[at];
}

tc_status touched_note(struct touched *t, int64_t id, bool *is_new, struct tc_error *err) {
  if (t->count * 2 >= t->slot_count) {
    size_t wider = t->slot_count ? t->slot_count * 2 : 64;
    uint32_t *slots = calloc(wider, sizeof *slots);
    int64_t *ids = realloc(t->ids, wider * sizeof *ids);
    if (ids)
      t->ids = ids;
    if (!slots || !ids) {
      free(slots);
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
    free(t->slots);
    t->slots = slots;
    t->slot_count = wider;
    for (size_t i = 0; i < t->count; i++)
      *touched_slot(t, t->ids[i]) = (uint32_t)i + 1;
  }
  uint32_t *slot = touched_slot(t, id);
  *is_new = *slot == 0;
  if (*is_new) {
    t->ids[t->count++] = id;
    *slot = (uint32_t)t->count;
  }
  return TC_OK;
}

void touched_free(struct touched *t) {
  free(t->ids);
  free(t->slots);
  *t = (struct touched){.ids = NULL};
}
