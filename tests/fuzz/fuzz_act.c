/* Any bytes as an act: what is accepted is written back byte for byte, and folds into an entry
 * without harm. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct act_held held = {.state = ACT_PENDING, .reason = ""};
  if (act_decode(&held.act, data, size, &arena, NULL) == TC_OK) {
    struct entry e = {.uuid = held.act.subject, .name = "x"};
    if (act_encode(&held.act, &out, NULL) != TC_OK || out.len != size ||
        memcmp(out.data, data, size) != 0)
      abort();
    for (int tier = 0; tier < TIER_COUNT; tier++)
      if (act_fold(&e, &held, 1, 0, (enum act_tier)tier, &arena, NULL) != TC_OK ||
          e.note_count + e.override_count > 1)
        abort();
  }
  buffer_free(&out);
  arena_free(&arena);
  return 0;
}
