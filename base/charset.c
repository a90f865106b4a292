#include "base/charset.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Windows-1252 bytes 80..9F; 0 is undefined. */
static const uint16_t high[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                  0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

size_t charset_bom(const char *bytes, size_t len) {
  if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
    return 3;
  if (len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
    return 2;
  return 0;
}

enum charset charset_detect(const char *bytes, size_t len) {
  if (charset_bom(bytes, len) == 2)
    return CHARSET_UTF16;
  return utf8_valid(bytes, len) ? CHARSET_UTF8 : CHARSET_WINDOWS_1252;
}

size_t charset_from_1252(struct buffer *out, const char *bytes, size_t len, size_t *first) {
  size_t undefined = 0, kept = 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c < 0x80)
      continue;
    buffer_add(out, bytes + kept, i - kept);
    kept = i + 1;
    uint32_t point = c < 0xA0 ? high[c - 0x80] : c;
    if (!point) {
      if (undefined++ == 0 && first)
        *first = i;
      point = UTF8_REPLACEMENT;
    }
    char text[UTF8_MAX];
    buffer_add(out, text, utf8_put(text, point));
  }
  buffer_add(out, bytes + kept, len - kept);
  return undefined;
}
