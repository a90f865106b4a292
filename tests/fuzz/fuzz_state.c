/* Any bytes as a scope folder's state file: what is read is bounded text and no negative number,
 * and what is written of it is read again as the same. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "db/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char scope[64], path[80];

static void clean_up(void) {
  unlink(path);
  rmdir(scope);
}

static void make_scope(void) {
  const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(scope, sizeof scope, "%s/tocsin-fuzz-state.XXXXXX", memory);
  if (!mkdtemp(scope) || atexit(clean_up) != 0)
    abort();
  snprintf(path, sizeof path, "%s/state", scope);
}

static void lay(const uint8_t *data, size_t size) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0 || write(fd, data, size) != (ssize_t)size)
    abort();
  close(fd);
}

static bool is_bounded(const char *text, size_t cap) {
  const char *end = memchr(text, '\0', cap);
  return end && utf8_valid(text, (size_t)(end - text));
}

static void check(const struct sync_state *s) {
  if (!is_bounded(s->source, sizeof s->source) || !is_bounded(s->result, sizeof s->result) ||
      !is_bounded(s->text, sizeof s->text) || s->confirmed < 0 || s->checked < 0 ||
      s->revision < 0 || s->beat < 0 || s->offered < 0 || s->held < 0)
    abort();
}

static void again(struct sync_state *s) {
  if (state_write(s, scope, NULL) != TC_OK || state_read(s, scope, NULL) != TC_OK)
    abort();
  check(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct sync_state first, second;
  struct tc_error err = {.status = TC_OK};
  if (!*scope)
    make_scope();
  lay(data, size);
  tc_status status = state_read(&first, scope, &err);
  if (status != TC_OK && (status == TC_NEVER_SYNCED || !err.text[0]))
    abort();
  if (status != TC_OK)
    return 0;
  check(&first);
  again(&first); /* without what a line cannot hold */
  second = first;
  again(&second);
  if (strcmp(first.source, second.source) != 0 || strcmp(first.result, second.result) != 0 ||
      strcmp(first.text, second.text) != 0 || first.confirmed != second.confirmed ||
      first.checked != second.checked || first.revision != second.revision ||
      first.beat != second.beat || first.loud != second.loud || first.offered != second.offered ||
      first.held != second.held)
    abort();
  return 0;
}
