/* The cursor and the header of a pull: what is read is written back to the same meaning. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sync/pull_state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pull_cursor c, again;
  struct pull_header h;
  const char *text = (const char *)data;
  if (cursor_read(&c, text, size, NULL) == TC_OK && c.known) {
    struct buffer out = BUFFER_INIT;
    cursor_write(&c, &out);
    if (cursor_read(&again, out.data, out.len, NULL) != TC_OK || again.revision != c.revision ||
        again.scope != c.scope || again.history_count != c.history_count ||
        memcmp(again.history, c.history, c.history_count * CHAIN_SHORT) != 0)
      abort();
    buffer_free(&out);
  }
  if (header_read(&h, text, size, NULL) == TC_OK && strcmp(pull_decide(&c, &h)->word, "bug") == 0)
    abort();
  return 0;
}
