#include "db/state.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/ini.h"
#include "base/utf8.h"

static const struct {
  const char *name;
  size_t offset, cap; /* cap 0: a number */
} fields[] = {
    {"source", offsetof(struct sync_state, source), sizeof((struct sync_state *)0)->source},
    {"result", offsetof(struct sync_state, result), sizeof((struct sync_state *)0)->result},
    {"text", offsetof(struct sync_state, text), sizeof((struct sync_state *)0)->text},
    {"confirmed", offsetof(struct sync_state, confirmed), 0},
    {"checked", offsetof(struct sync_state, checked), 0},
    {"revision", offsetof(struct sync_state, revision), 0},
    {"beat", offsetof(struct sync_state, beat), 0},
    {"loud", offsetof(struct sync_state, loud), 0},
    {"offered", offsetof(struct sync_state, offered), 0},
    {"held", offsetof(struct sync_state, held), 0},
};
enum { FIELDS = sizeof fields / sizeof *fields, LEFT_S = 3600 };

static tc_status path_of(struct buffer *out, const char *scope_dir, struct tc_error *err) {
  buffer_printf(out, "%s/state", scope_dir);
  return buffer_status(out, err);
}

/* The longest beginning that there is room for and that ends with a whole character. */
static void keep_text(char *to, size_t cap, const char *value) {
  size_t len = strlen(value);
  if (len >= cap)
    for (len = cap - 1; len && ((unsigned char)value[len] & 0xc0) == 0x80;)
      len--;
  memcpy(to, value, len);
  to[len] = '\0';
}

static tc_status take(void *context, const char *section, const char *name, const char *value,
                      long line, struct tc_error *err) {
  (void)line;
  (void)err;
  for (size_t i = 0; i < FIELDS && !strcmp(section, "sync"); i++)
    if (!strcmp(name, fields[i].name)) {
      char *at = (char *)context + fields[i].offset;
      int64_t number = strtoll(value, NULL, 10);
      if (fields[i].cap)
        keep_text(at, fields[i].cap, value);
      else
        *(int64_t *)(void *)at = number > 0 ? number : 0;
    }
  return TC_OK; /* names of a newer program do not matter */
}

tc_status state_read(struct sync_state *out, const char *scope_dir, struct tc_error *err) {
  struct buffer path = BUFFER_INIT;
  struct tc_error own = {.status = TC_OK};
  *out = (struct sync_state){.confirmed = 0};
  tc_status status = path_of(&path, scope_dir, err);
  if (status == TC_OK)
    status = ini_read_file(buffer_text(&path), take, out, &own);
  buffer_free(&path);
  if (status == TC_NO_INPUT)
    return tc_fail(err, TC_NEVER_SYNCED, _("no round with a source has been made yet"));
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

tc_status state_write(const struct sync_state *state, const char *scope_dir, struct tc_error *err) {
  struct buffer path = BUFFER_INIT, text = BUFFER_INIT;
  buffer_add_text(&text, "[sync]\n");
  for (size_t i = 0; i < FIELDS; i++) {
    const char *at = (const char *)state + fields[i].offset;
    buffer_printf(&text, "%s = ", fields[i].name);
    size_t from = text.len;
    if (fields[i].cap) /* a sentence that was cut would have all of the file read as Windows-1252 */
      utf8_sanitize(&text, at, strlen(at));
    for (size_t c = from; c < text.len; c++) /* a line is a line */
      text.data[c] = (char)((unsigned char)text.data[c] < 0x20 ? ' ' : text.data[c]);
    if (!fields[i].cap)
      buffer_printf(&text, "%lld", (long long)*(const int64_t *)(const void *)at);
    buffer_add_char(&text, '\n');
  }
  tc_status status = path_of(&path, scope_dir, err);
  if (status == TC_OK)
    status = buffer_status(&text, err);
  if (status == TC_OK)
    file_sweep(buffer_text(&path), LEFT_S);
  if (status == TC_OK)
    status = file_replace(buffer_text(&path), text.data, text.len, 0640, err);
  buffer_free(&path);
  buffer_free(&text);
  return status;
}
