#include "tui/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"

tc_status output_json(struct buffer *out, json_t *object, struct tc_error *err) {
  char *text = object ? json_dumps(object, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
  if (text)
    buffer_printf(out, "%s\n", text);
  free(text);
  json_decref(object);
  return text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
}

void output_mark(struct buffer *out, size_t from, const char *mark) {
  struct buffer marked = BUFFER_INIT;
  if (!*mark || out->status != TC_OK || out->len <= from)
    return;
  const char *text = buffer_text(out);
  for (size_t at = from; at < out->len;) {
    size_t len = strcspn(text + at, "\n");
    buffer_printf(&marked, "%s ", mark);
    buffer_add(&marked, text + at, len);
    buffer_add_char(&marked, '\n');
    at += len + 1;
  }
  out->len = from;
  buffer_add(out, buffer_text(&marked), marked.len);
  if (marked.status != TC_OK)
    out->status = marked.status;
  buffer_free(&marked);
}

tc_status output_write(const struct buffer *out, bool bytes, struct tc_error *err) {
  tc_status status = buffer_status(out, err);
  if (status == TC_OK)
    status = bytes ? emit_bytes(stdout, out->data, out->len, err)
                   : emit_text(stdout, buffer_text(out), out->len, err);
  return status == TC_OK ? emit_finish(stdout, err) : status;
}

void output_aside(const char *text) {
  struct buffer line = BUFFER_INIT;
  buffer_add_text(&line, "tocsin: ");
  emit_safe(&line, text);
  buffer_add_char(&line, '\n');
  if (emit_text(stderr, buffer_text(&line), line.len, NULL) != TC_OK)
    clearerr(stderr);
  buffer_free(&line);
}

void output_aside_lost(const struct cache *cache) {
  if (cache_written_lost(cache))
    output_aside(cache_written_trouble(cache));
}
