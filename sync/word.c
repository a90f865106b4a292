#include "sync/word.h"

#include <string.h>

enum { INT_DIGITS = 18 };

bool word_is(struct word w, const char *text) {
  return w.len == strlen(text) && memcmp(w.text, text, w.len) == 0;
}

bool word_int(struct word w, int64_t *out) {
  int64_t n = 0;
  if (w.len == 0 || w.len > INT_DIGITS)
    return false;
  for (size_t i = 0; i < w.len; i++) {
    if (w.text[i] < '0' || w.text[i] > '9')
      return false;
    n = n * 10 + (w.text[i] - '0');
  }
  *out = n;
  return true;
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool word_hex(struct word w, uint8_t *out, size_t want) {
  if (w.len != want * 2)
    return false;
  for (size_t i = 0; i < want; i++) {
    int high = hex_value(w.text[2 * i]), low = hex_value(w.text[2 * i + 1]);
    if (high < 0 || low < 0)
      return false;
    out[i] = (uint8_t)(high << 4 | low);
  }
  return true;
}
