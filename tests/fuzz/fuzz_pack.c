/* What is compressed, of a source that lies: it comes to an end within bounds, however it was cut
 * in pieces, and what was packed comes back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "sync/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 8 * 1024 * 1024 };

static tc_status keep(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct buffer *to = context;
  buffer_add(to, bytes, len);
  return buffer_status(to, err);
}

static tc_status take(const uint8_t *data, size_t size, size_t piece, struct buffer *out) {
  struct unpack *u;
  tc_status status = unpack_new(&u, keep, out, NULL);
  for (size_t at = 0; at < size && status == TC_OK; at += piece)
    status = unpack_add(u, data + at, size - at < piece ? size - at : piece, NULL);
  if (status == TC_OK)
    status = unpack_end(u, NULL);
  unpack_free(u);
  return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct buffer whole = {.limit = MOST}, cut = {.limit = MOST};
  tc_status one = take(data, size, size ? size : 1, &whole), other = take(data, size, 7, &cut);
  if ((one == TC_OK) != (other == TC_OK) ||
      (one == TC_OK &&
       (whole.len != cut.len || (whole.len && memcmp(whole.data, cut.data, whole.len) != 0))))
    abort();
  buffer_free(&whole);
  buffer_free(&cut);
  return 0;
}
