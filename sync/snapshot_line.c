#include "sync/snapshot_line.h"

#include <string.h>

/* A blank and a decimal number; a number that is too long is a very large one. */
static bool read_number(const char **at, const char *end, int64_t *out) {
  const int64_t most = INT64_MAX / 100;
  const char *p = *at;
  int64_t n = 0;
  if (p == end || *p++ != ' ' || p == end || *p < '0' || *p > '9')
    return false;
  for (; p < end && *p >= '0' && *p <= '9'; p++)
    n = n > most ? n : n * 10 + (*p - '0');
  *at = p;
  *out = n;
  return true;
}

bool snapshot_line_read(struct snapshot_line *out, const char *text, size_t len) {
  static const char word[] = "tocsin-snapshot";
  const char *at = text + sizeof word - 1, *end = text + len;
  *out = (struct snapshot_line){.version = 0};
  return len >= sizeof word - 1 && memcmp(text, word, sizeof word - 1) == 0 &&
         read_number(&at, end, &out->version) && read_number(&at, end, &out->database) &&
         read_number(&at, end, &out->index) && at == end;
}
