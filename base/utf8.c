#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

size_t utf8_next(const char *text, size_t len, uint32_t *point) {
  const unsigned char *s = (const unsigned char *)text;
  uint32_t cp = s[0];
  if (cp < 0x80) {
    *point = cp;
    return 1;
  }
  *point = UTF8_INVALID;
  size_t more;
  /* The bounds of the second byte exclude overlong forms, surrogates and what is too high. */
  unsigned char low = 0x80, high = 0xBF;
  if (cp >= 0xC2 && cp <= 0xDF) {
    more = 1;
    cp &= 0x1F;
  } else if (cp >= 0xE0 && cp <= 0xEF) {
    more = 2;
    if (cp == 0xE0)
      low = 0xA0;
    else if (cp == 0xED)
      high = 0x9F;
    cp &= 0x0F;
  } else if (cp >= 0xF0 && cp <= 0xF4) {
    more = 3;
    if (cp == 0xF0)
      low = 0x90;
    else if (cp == 0xF4)
      high = 0x8F;
    cp &= 0x07;
  } else {
    return 1;
  }
  for (size_t i = 1; i <= more; i++) {
    if (i >= len || s[i] < low || s[i] > high)
      return i;
    cp = cp << 6 | (s[i] & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  *point = cp;
  return more + 1;
}

size_t utf8_put(char out[UTF8_MAX], uint32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
    point = UTF8_REPLACEMENT;
  if (point < 0x80) {
    out[0] = (char)point;
    return 1;
  }
  if (point < 0x800) {
    out[0] = (char)(0xC0 | point >> 6);
    out[1] = (char)(0x80 | (point & 0x3F));
    return 2;
  }
  if (point < 0x10000) {
    out[0] = (char)(0xE0 | point >> 12);
    out[1] = (char)(0x80 | (point >> 6 & 0x3F));
    out[2] = (char)(0x80 | (point & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | point >> 18);
  out[1] = (char)(0x80 | (point >> 12 & 0x3F));
  out[2] = (char)(0x80 | (point >> 6 & 0x3F));
  out[3] = (char)(0x80 | (point & 0x3F));
  return 4;
}

/* How many bytes from the start are ASCII, eight at a time. */
static size_t ascii_run(const char *text, size_t len) {
  size_t i = 0;
  for (; i + 8 <= len; i += 8) {
    uint64_t eight;
    memcpy(&eight, text + i, 8);
    if (eight & 0x8080808080808080u)
      break;
  }
  while (i < len && (unsigned char)text[i] < 0x80)
    i++;
  return i;
}

bool utf8_valid(const char *text, size_t len) {
  for (size_t i = ascii_run(text, len); i < len; i += ascii_run(text + i, len - i)) {
    uint32_t point;
    i += utf8_next(text + i, len - i, &point);
    if (point == UTF8_INVALID)
      return false;
  }
  return true;
}

size_t utf8_count(const char *text, size_t len) {
  size_t count = 0;
  for (size_t i = 0; i < len; count++) {
    uint32_t point;
    i += utf8_next(text + i, len - i, &point);
  }
  return count;
}

size_t utf8_sanitize(struct buffer *out, const char *text, size_t len) {
  size_t replaced = 0, kept = 0;
  for (size_t i = 0; i < len;) {
    uint32_t point;
    size_t n = utf8_next(text + i, len - i, &point);
    if (point == UTF8_INVALID) {
      buffer_add(out, text + kept, i - kept);
      buffer_add(out, "\xEF\xBF\xBD", 3);
      kept = i + n;
      replaced++;
    }
    i += n;
  }
  buffer_add(out, text + kept, len - kept);
  return replaced;
}

bool utf8_is_control(uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

bool utf8_is_bidi(uint32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool utf8_is_unseen(uint32_t point) {
  static const uint32_t ranges[][2] = {
      {0xAD, 0xAD},       {0x34F, 0x34F},     {0x115F, 0x1160},   {0x17B4, 0x17B5},
      {0x180E, 0x180E},   {0x200B, 0x200B},   {0x2060, 0x2065},   {0x206A, 0x206F},
      {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
      {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}, {0xE01F0, 0xE0FFF}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges && point >= ranges[i][0]; i++)
    if (point <= ranges[i][1])
      return true;
  return utf8_is_bidi(point);
}

bool utf8_is_zero_width(uint32_t point) {
  if (point < 0x300)
    return point == 0xAD;
  if (point > 0x10FFFF)
    return false;
  switch (utf8proc_category((utf8proc_int32_t)point)) {
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_ME:
  case UTF8PROC_CATEGORY_CF:
    return true;
  default:
    return false;
  }
}

/* The zeros of the scripts' decimal digits (general category Nd, Unicode 15). */
static const uint32_t digit_zeros[] = {
    0x0030,  0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,
    0x0C66,  0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,
    0x1810,  0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,
    0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
    0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8,
    0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0};

int utf8_digit(uint32_t point) {
  if (point < 0x80)
    return point >= '0' && point <= '9' ? (int)(point - '0') : -1;
  size_t low = 0, high = sizeof digit_zeros / sizeof digit_zeros[0];
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (digit_zeros[mid] <= point)
      low = mid + 1;
    else
      high = mid;
  }
  uint32_t above = low ? point - digit_zeros[low - 1] : 10;
  return above < 10 ? (int)above : -1;
}

size_t utf8_plain(uint32_t out[UTF8_PLAIN_MAX], uint32_t point) {
  utf8proc_int32_t parts[UTF8_PLAIN_MAX];
  int bound = 0;
  if (point > 0x10FFFF)
    return 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(
      (utf8proc_int32_t)point, parts, UTF8_PLAIN_MAX,
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &bound);
  if (n < 0 || n > UTF8_PLAIN_MAX)
    return 0;
  for (utf8proc_ssize_t i = 0; i < n; i++)
    out[i] = (uint32_t)parts[i];
  return (size_t)n;
}

size_t utf8_grapheme(const char *text, size_t len) {
  uint32_t point;
  size_t at = utf8_next(text, len, &point);
  if (point == UTF8_INVALID)
    return at;
  utf8proc_int32_t state = 0;
  while (at < len) {
    uint32_t next;
    size_t n = utf8_next(text + at, len - at, &next);
    if (next == UTF8_INVALID ||
        utf8proc_grapheme_break_stateful((utf8proc_int32_t)point, (utf8proc_int32_t)next, &state))
      break;
    point = next;
    at += n;
  }
  return at;
}

/* Adds the visible mark of a code point that must not be passed on. */
static void add_mark(struct buffer *out, uint32_t point, bool ascii) {
  char mark[UTF8_MAX];
  if (ascii) {
    if (point < 0x20 || point == 0x7F) {
      buffer_add_char(out, '^');
      buffer_add_char(out, (char)(point ^ 0x40));
    } else {
      buffer_add_char(out, '?');
    }
    return;
  }
  uint32_t picture = 0x2426; /* SYMBOL FOR SUBSTITUTE FORM TWO */
  if (point == UTF8_INVALID)
    picture = UTF8_REPLACEMENT;
  else if (point < 0x20)
    picture = 0x2400 + point;
  else if (point == 0x7F)
    picture = 0x2421;
  else if (point == 0x85 || point == 0x2028 || point == 0x2029)
    picture = 0x2424; /* SYMBOL FOR NEWLINE */
  buffer_add(out, mark, utf8_put(mark, picture));
}

size_t utf8_display(struct buffer *out, const char *text, size_t len, bool ascii) {
  size_t replaced = 0, kept = 0;
  for (size_t i = 0; i < len;) {
    uint32_t point;
    size_t n = utf8_next(text + i, len - i, &point);
    if (point == UTF8_INVALID || utf8_is_control(point) || utf8_is_unseen(point)) {
      buffer_add(out, text + kept, i - kept);
      add_mark(out, point, ascii);
      kept = i + n;
      replaced++;
    }
    i += n;
  }
  buffer_add(out, text + kept, len - kept);
  return replaced;
}
