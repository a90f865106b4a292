#include "base/width.h"

#include <wchar.h>

#include "base/utf8.h"

int point_width(uint32_t point) {
  if (point < 0x7F)
    return 1;
  if (point == UTF8_INVALID)
    return 1;
  int width = wcwidth((wchar_t)point);
  if (width >= 0)
    return width;
  return utf8_is_zero_width(point) ? 0 : 1;
}

size_t utf8_width(const char *text, size_t len) {
  size_t columns = 0;
  for (size_t i = 0; i < len;) {
    uint32_t point;
    i += utf8_next(text + i, len - i, &point);
    columns += (size_t)point_width(point);
  }
  return columns;
}

size_t utf8_fit(const char *text, size_t len, size_t columns, size_t *used) {
  size_t at = 0, taken = 0;
  while (at < len) {
    size_t n = utf8_grapheme(text + at, len - at);
    size_t width = utf8_width(text + at, n);
    if (width > columns - taken)
      break;
    taken += width;
    at += n;
  }
  if (used)
    *used = taken;
  return at;
}
