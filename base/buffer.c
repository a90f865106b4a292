#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void buffer_free(struct buffer *b) {
  if (!b)
    return;
  free(b->data);
  *b = (struct buffer){.limit = b->limit};
}

void buffer_clear(struct buffer *b) {
  b->len = 0;
  b->status = TC_OK;
  if (b->data)
    b->data[0] = '\0';
}

char *buffer_reserve(struct buffer *b, size_t len) {
  if (b->status != TC_OK)
    return NULL;
  size_t limit = b->limit ? b->limit : BUFFER_LIMIT;
  if (len > limit || b->len > limit - len) {
    b->status = TC_TOO_LONG;
    return NULL;
  }
  size_t need = b->len + len + 1;
  if (need > b->cap) {
    size_t cap = b->cap ? b->cap : 64;
    while (cap < need)
      cap *= 2;
    char *data = realloc(b->data, cap);
    if (!data) {
      b->status = TC_NO_MEMORY;
      return NULL;
    }
    b->data = data;
    b->cap = cap;
  }
  return b->data + b->len;
}

void buffer_add(struct buffer *b, const void *bytes, size_t len) {
  char *to = buffer_reserve(b, len);
  if (!to)
    return;
  if (len)
    memcpy(to, bytes, len);
  b->len += len;
  b->data[b->len] = '\0';
}

void buffer_add_text(struct buffer *b, const char *text) {
  if (text)
    buffer_add(b, text, strlen(text));
}

void buffer_separate(struct buffer *b, const char *by) {
  if (b->len)
    buffer_add_text(b, by);
}

void buffer_add_char(struct buffer *b, char c) {
  buffer_add(b, &c, 1);
}

void buffer_printf(struct buffer *b, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  va_end(args);
  if (n >= 0) {
    char *to = buffer_reserve(b, (size_t)n);
    if (to) {
      vsnprintf(to, (size_t)n + 1, fmt, again);
      b->len += (size_t)n;
    }
  } else if (b->status == TC_OK) {
    b->status = TC_INVALID;
  }
  va_end(again);
}

const char *buffer_text(const struct buffer *b) {
  return b->data ? b->data : "";
}

tc_status buffer_status(const struct buffer *b, struct tc_error *err) {
  switch (b->status) {
  case TC_OK:
    return TC_OK;
  case TC_TOO_LONG:
    return tc_fail(err, b->status, _("text over the limit of %zu bytes"),
                   b->limit ? b->limit : (size_t)BUFFER_LIMIT);
  default:
    return tc_fail(err, b->status, _("out of memory"));
  }
}
