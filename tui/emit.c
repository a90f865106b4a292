#include "tui/emit.h"

#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "base/i18n.h"
#include "base/utf8.h"

enum translit emit_target(void) {
  return translit_for(nl_langinfo(CODESET));
}

void emit_safe(struct buffer *out, const char *text) {
  utf8_display(out, text, strlen(text), emit_target() != TRANSLIT_NONE);
}

static tc_status write_fault(int errnum, struct tc_error *err) {
  return tc_fail_errno(err, errnum, _("the answer could not be written"));
}

/* Writes UTF-8 that the locale's character set has, in that character set. */
static bool write_encoded(FILE *to, const char *text, size_t len) {
  mbstate_t state = {0};
  for (size_t i = 0; i < len;) {
    uint32_t point;
    char out[MB_LEN_MAX];
    i += utf8_next(text + i, len - i, &point);
    size_t n = wcrtomb(out, (wchar_t)(point == UTF8_INVALID ? '?' : point), &state);
    if (n == (size_t)-1) {
      memset(&state, 0, sizeof state);
      out[0] = '?';
      n = 1;
    }
    if (fwrite(out, 1, n, to) != n)
      return false;
  }
  return true;
}

tc_status emit_text(FILE *to, const char *text, size_t len, struct tc_error *err) {
  enum translit target = emit_target();
  if (target == TRANSLIT_NONE)
    return len == 0 || fwrite(text, 1, len, to) == len ? TC_OK : write_fault(errno, err);
  struct buffer plain = BUFFER_INIT;
  translit_text(&plain, text, len, target);
  tc_status status = buffer_status(&plain, err);
  if (status == TC_OK && !write_encoded(to, buffer_text(&plain), plain.len))
    status = write_fault(errno, err);
  buffer_free(&plain);
  return status;
}

tc_status emit_finish(FILE *to, struct tc_error *err) {
  if (fflush(to) != 0 || ferror(to))
    return write_fault(errno ? errno : EIO, err);
  return TC_OK;
}
