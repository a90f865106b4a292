/* Any bytes: decoding never reads past them, and what it accepts is written back byte for byte. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct arena arena = ARENA_INIT;
  struct buffer out = BUFFER_INIT;
  struct record r;
  if (record_decode(&r, data, size, &arena, NULL) == TC_OK &&
      (record_encode(&r, &out, NULL) != TC_OK || out.len != size ||
       memcmp(out.data, data, size) != 0))
    abort();
  buffer_free(&out);
  arena_free(&arena);
  return 0;
}
