#include "db/frame.h"

#include <string.h>

#include "base/crc.h"

enum { SUM_TEXT = 16, HEAD_MOST = 32 };

static void sum_text(const void *bytes, size_t len, char out[SUM_TEXT]) {
  static const char digits[] = "0123456789abcdef";
  uint64_t sum = crc64(bytes, len);
  for (size_t i = SUM_TEXT; i-- > 0; sum >>= 4)
    out[i] = digits[sum & 15];
}

void frame_add(struct buffer *out, const void *bytes, size_t len) {
  char sum[SUM_TEXT];
  sum_text(bytes, len, sum);
  buffer_printf(out, "= %zu %.*s\n", len, (int)SUM_TEXT, sum);
  buffer_add(out, bytes, len);
}

/* Is there a whole frame at `at`?  Then *bytes and *len are its content. */
static bool whole_at(const struct frames *f, size_t at, const char **bytes, size_t *len) {
  const char *start = f->bytes + at;
  size_t left = f->len - at, n = 0, i = 2;
  char sum[SUM_TEXT];
  if (left < 2 || memcmp(start, "= ", 2) != 0)
    return false;
  for (; i < left && i < HEAD_MOST && start[i] >= '0' && start[i] <= '9'; i++)
    if ((n = n * 10 + (size_t)(start[i] - '0')) > FRAME_MAX)
      return false;
  if (i == 2 || left - i < 2 + SUM_TEXT || start[i] != ' ' || start[i + 1 + SUM_TEXT] != '\n')
    return false;
  const char *given = start + i + 1;
  i += 2 + SUM_TEXT;
  if (left - i < n)
    return false;
  sum_text(start + i, n, sum);
  if (memcmp(sum, given, SUM_TEXT) != 0)
    return false;
  *bytes = start + i;
  *len = n;
  return true;
}

bool frame_is_begun(const char *bytes, size_t len) {
  size_t n = 0, i = 2;
  if (!len || memcmp(bytes, "= ", len < 2 ? len : 2) != 0)
    return false;
  for (; i < len && i < HEAD_MOST && bytes[i] >= '0' && bytes[i] <= '9'; i++)
    if ((n = n * 10 + (size_t)(bytes[i] - '0')) > FRAME_MAX)
      return false;
  size_t figures = i;
  for (; i < len && i < figures + 1 + SUM_TEXT; i++)
    if (i == figures ? bytes[i] != ' ' : !memchr("0123456789abcdef", bytes[i], 16))
      return false;
  if (i < len && bytes[i] != '\n')
    return false;
  return i >= len || len - i - 1 < n;
}

bool frame_next(struct frames *f, const char **bytes, size_t *len) {
  for (size_t at = f->at; at < f->len;) {
    if (whole_at(f, at, bytes, len)) {
      f->damaged += at - f->at;
      f->at = (size_t)(*bytes - f->bytes) + *len;
      return true;
    }
    const char *end = memchr(f->bytes + at, '\n', f->len - at);
    at = end ? (size_t)(end - f->bytes) + 1 : f->len;
  }
  return false;
}
