/* Any bytes as the inbox that a killed program left: what is not whole is refused, what is can be
 * read to its end, and no row is longer than the file.  The hash of a file that begins as an inbox
 * is made right first, or nothing behind it would ever be seen. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "sync/inbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char scope[64], path[128];

static void clean_up(void) {
  char cache[96];
  unlink(path);
  snprintf(cache, sizeof cache, "%s/cache", scope);
  rmdir(cache);
  rmdir(scope);
}

static void make_scope(void) {
  char cache[96];
  const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(scope, sizeof scope, "%s/tocsin-fuzz-inbox.XXXXXX", memory);
  if (!mkdtemp(scope))
    abort();
  snprintf(cache, sizeof cache, "%s/cache", scope);
  snprintf(path, sizeof path, "%s/inbox", cache);
  if (mkdir(cache, 0700) != 0 || atexit(clean_up) != 0)
    abort();
}

/* Where the mark of the end stands, behind frames of the lengths that are written; SIZE_MAX. */
static size_t end_of(const uint8_t *data, size_t size, size_t at) {
  static const uint8_t mark[4] = {0xff, 0xff, 0xff, 0xff};
  while (size - at >= 4 && memcmp(data + at, mark, 4) != 0) {
    size_t len = data[at] | (size_t)data[at + 1] << 8 | (size_t)data[at + 2] << 16 |
                 (size_t)data[at + 3] << 24;
    if (len > size - at - 4)
      return SIZE_MAX;
    at += 4 + len;
  }
  return size - at >= 4 ? at : SIZE_MAX;
}

static void lay(const uint8_t *data, size_t size) {
  static const char magic[] = "tocsin-inbox 1\n";
  size_t begin = sizeof magic - 1, at = SIZE_MAX;
  struct buffer file = BUFFER_INIT;
  buffer_add(&file, data, size);
  if (size >= begin && memcmp(data, magic, begin) == 0)
    at = end_of(data, size, begin);
  if (at != SIZE_MAX && size - at >= 4 + HASH_SHA256)
    hash_sha256(file.data, at, (uint8_t *)file.data + at + 4);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd < 0 || buffer_status(&file, NULL) != TC_OK ||
      write(fd, buffer_text(&file), file.len) != (ssize_t)file.len)
    abort();
  close(fd);
  buffer_free(&file);
}

static void take(struct inbox *in, size_t size) {
  const struct inbox_facts *facts = inbox_facts(in);
  const void *bytes;
  size_t len, all = facts->base_len + facts->head_len + strlen(facts->source);
  int unclean = inbox_unclean(in);
  tc_status status = inbox_begin(in, NULL);
  while (status == TC_OK && (status = inbox_next(in, &bytes, &len, NULL)) == TC_OK)
    all += len;
  if (status != TC_DONE || all > size || unclean < 1)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct inbox *in;
  if (!*scope)
    make_scope();
  lay(data, size);
  tc_status status = inbox_open(&in, scope, NULL);
  if (status == TC_OK)
    take(in, size);
  else if (status != TC_DAMAGED)
    abort();
  inbox_free(in);
  return 0;
}
