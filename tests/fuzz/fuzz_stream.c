/* Any bytes as a stream of records: a record is the bytes that stand behind its length, and what is
 * refused is refused with its number. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/record.h"
#include "sync/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct stream *s, const uint8_t *data, size_t size) {
  struct tc_error err = {.status = TC_OK};
  tc_status status;
  size_t before = 0;
  while ((status = stream_next(s, &err)) == TC_OK) {
    long at = ftell(s->file);
    if (at < 0 || (size_t)at > size || s->len == 0 || s->len > RECORD_MAX ||
        (size_t)at < before + s->len + 2 || memcmp(data + at - s->len, s->bytes, s->len) != 0)
      abort();
    before = (size_t)at;
  }
  if (status == TC_DONE
          ? before != size
          : (status != TC_INVALID && status != TC_TOO_LONG) || err.row != s->number || !err.text[0])
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char path[40];
  struct stream s;
  int fd = memfd_create("stream", MFD_CLOEXEC);
  if (fd < 0 || write(fd, data, size) != (ssize_t)size)
    abort();
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  if (stream_open(&s, path, NULL) != TC_OK)
    abort();
  read_all(&s, data, size);
  stream_close(&s);
  close(fd);
  return 0;
}
