/* Any bytes as the file "acts" of a scope folder: reading ends, what is read is written and read
 * back the same, and what is not is counted.  With a first byte of "=", as a file; else each part
 * that a byte 0xff ends is framed first, or the sum of a frame would hide all behind it. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "db/frame.h"
#include "db/queue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char scope[64], path[128];

static void clean_up(void) {
  unlink(path);
  rmdir(scope);
}

static void make_scope(void) {
  const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(scope, sizeof scope, "%s/tocsin-fuzz-queue.XXXXXX", memory);
  if (!mkdtemp(scope) || atexit(clean_up) != 0)
    abort();
  snprintf(path, sizeof path, "%s/acts", scope);
}

static void lay(const uint8_t *data, size_t size) {
  struct buffer file = BUFFER_INIT;
  const uint8_t *end = data + size;
  if (size && data[0] == '=')
    buffer_add(&file, data, size);
  else
    while (data < end) {
      const uint8_t *stop = memchr(data, 0xff, (size_t)(end - data));
      size_t len = (size_t)((stop ? stop : end) - data);
      frame_add(&file, data, len < FRAME_MAX ? len : FRAME_MAX);
      data = stop ? stop + 1 : end;
    }
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd < 0 || (file.len && write(fd, buffer_text(&file), file.len) != (ssize_t)file.len))
    abort();
  close(fd);
  buffer_free(&file);
}

static void check_same(const struct queue *a, const struct queue *b) {
  if (a->count != b->count || a->journal_count != b->journal_count || b->damaged)
    abort();
  for (size_t i = 0; i < a->count; i++) {
    const struct queue_item *x = &a->items[i], *y = &b->items[i];
    if (x->len != y->len || memcmp(x->bytes, y->bytes, x->len) != 0 || x->tries != y->tries ||
        x->answered != y->answered || x->held.state != y->held.state ||
        x->held.revision != y->held.revision || memcmp(x->chain, y->chain, QUEUE_CHAIN) != 0)
      abort();
  }
  for (size_t i = 0; i < a->journal_count; i++)
    if (a->journals[i].uid != b->journals[i].uid || a->journals[i].offset != b->journals[i].offset)
      abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct queue q, again;
  if (!*scope)
    make_scope();
  lay(data, size);
  if (queue_read(&q, scope, NULL) != TC_OK)
    abort();
  tc_status status = queue_write(&q, scope, NULL);
  if (status == TC_OK) {
    if (queue_read(&again, scope, NULL) != TC_OK)
      abort();
    check_same(&q, &again);
    queue_free(&again);
  } else if (status != TC_TOO_LONG) {
    abort();
  }
  queue_free(&q);
  return 0;
}
