/* Any bytes: what is shown is harmless UTF-8, whatever the character set. */
#include <stdint.h>
#include <stdlib.h>

#include "base/charset.h"
#include "base/translit.h"
#include "base/utf8.h"
#include "base/width.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok) {
  if (!ok)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  struct buffer out = BUFFER_INIT, poor = BUFFER_INIT;
  size_t replaced = utf8_sanitize(&out, text, size);
  must((replaced == 0) == utf8_valid(text, size));
  must(utf8_valid(buffer_text(&out), out.len));

  buffer_clear(&out);
  utf8_display(&out, text, size, false);
  for (size_t i = 0; i < out.len;) {
    uint32_t point;
    i += utf8_next(out.data + i, out.len - i, &point);
    must(point != UTF8_INVALID && !utf8_is_control(point) && !utf8_is_bidi(point));
  }
  translit_text(&poor, buffer_text(&out), out.len, TRANSLIT_ASCII);
  for (size_t i = 0; i < poor.len; i++)
    must(poor.data[i] >= ' ' && poor.data[i] <= '~');

  size_t used, whole = utf8_width(text, size);
  must(utf8_fit(text, size, whole / 2, &used) <= size && used <= whole / 2);

  buffer_clear(&out);
  charset_from_1252(&out, text, size, NULL);
  must(utf8_valid(buffer_text(&out), out.len));
  buffer_free(&out);
  buffer_free(&poor);
  return 0;
}
