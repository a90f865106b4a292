#include "base/emit.h"

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

const char *emit_shown(struct arena *arena, const char *text, enum translit target) {
  struct buffer safe = BUFFER_INIT, plain = BUFFER_INIT;
  utf8_display(&safe, text, strlen(text), target != TRANSLIT_NONE);
  translit_text(&plain, buffer_text(&safe), safe.len, target);
  const char *shown = safe.status == TC_OK && plain.status == TC_OK
                          ? arena_strdup(arena, buffer_text(&plain))
                          : NULL;
  buffer_free(&safe);
  buffer_free(&plain);
  return shown ? shown : "";
}

void emit_encode(struct buffer *out, const char *text, size_t len) {
  enum translit target = emit_target();
  if (target == TRANSLIT_NONE) {
    buffer_add(out, text, len);
    return;
  }
  struct buffer plain = BUFFER_INIT;
  mbstate_t state = {0};
  translit_text(&plain, text, len, target);
  for (size_t i = 0; i < plain.len;) {
    uint32_t point;
    char bytes[MB_LEN_MAX];
    i += utf8_next(plain.data + i, plain.len - i, &point);
    size_t n = wcrtomb(bytes, (wchar_t)(point == UTF8_INVALID ? '?' : point), &state);
    if (n == (size_t)-1) {
      memset(&state, 0, sizeof state);
      bytes[0] = '?';
      n = 1;
    }
    buffer_add(out, bytes, n);
  }
  if (plain.status != TC_OK && out->status == TC_OK)
    out->status = plain.status;
  buffer_free(&plain);
}

tc_status emit_bytes(FILE *to, const void *bytes, size_t len, struct tc_error *err) {
  if (len && fwrite(bytes, 1, len, to) != len)
    return tc_fail_errno(err, errno, _("the answer could not be written"));
  return TC_OK;
}

/* Without memory to write it in another alphabet: what is in all of them. */
static tc_status emit_ascii(FILE *to, const char *text, size_t len, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < len && status == TC_OK; i++)
    if (((unsigned char)text[i] & 0xc0) != 0x80) /* one for each character */
      status = emit_bytes(to, (unsigned char)text[i] < 0x80 ? &text[i] : "?", 1, err);
  return status;
}

tc_status emit_text(FILE *to, const char *text, size_t len, struct tc_error *err) {
  struct buffer bytes = BUFFER_INIT;
  if (emit_target() == TRANSLIT_NONE)
    return emit_bytes(to, text, len, err);
  emit_encode(&bytes, text, len);
  tc_status status = bytes.status;
  if (status == TC_NO_MEMORY) { /* which may be what the text says */
    buffer_free(&bytes);
    return emit_ascii(to, text, len, err);
  }
  status = buffer_status(&bytes, err);
  if (status == TC_OK)
    status = emit_bytes(to, bytes.data, bytes.len, err);
  buffer_free(&bytes);
  return status;
}

tc_status emit_finish(FILE *to, struct tc_error *err) {
  if (fflush(to) != 0 || ferror(to))
    return tc_fail_errno(err, errno ? errno : EIO, _("the answer could not be written"));
  return TC_OK;
}
