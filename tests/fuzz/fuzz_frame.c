/* Any bytes as a file of frames: reading ends, stays inside, and what it gives was framed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct frames f = {.bytes = (const char *)data, .len = size};
  const char *bytes;
  size_t len, taken = 0;
  while (frame_next(&f, &bytes, &len)) {
    struct buffer again = BUFFER_INIT;
    frame_add(&again, bytes, len);
    /* a length may be written with zeros before it */
    if (bytes < (const char *)data || bytes + len > (const char *)data + size ||
        buffer_status(&again, NULL) != TC_OK || again.len < len)
      abort();
    buffer_free(&again);
    taken += len;
  }
  if (taken + f.damaged > size || f.at > size)
    abort();
  return 0;
}
