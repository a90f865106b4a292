/* A growing byte buffer that knows its limit.
 *
 * Overflow (over the limit, or no memory) is sticky: nothing more is written, and the caller checks
 * once at the end with buffer_status().  The data is always NUL-terminated when there is any. */
#ifndef TC_BASE_BUFFER_H
#define TC_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct buffer {
  char *data; /* owned; NULL until the first write */
  size_t len; /* bytes written, without the terminating NUL */
  size_t cap;
  size_t limit;     /* most bytes it may hold; 0: BUFFER_LIMIT */
  tc_status status; /* TC_OK, TC_TOO_LONG or TC_NO_MEMORY, sticky */
};

enum { BUFFER_LIMIT = 64 * 1024 * 1024 };

#define BUFFER_INIT ((struct buffer){0})

void buffer_free(struct buffer *b);  /* NULL-safe; leaves it ready to be used again */
void buffer_clear(struct buffer *b); /* keeps the memory, forgets the content and the status */

void buffer_add(struct buffer *b, const void *bytes, size_t len);
void buffer_separate(struct buffer *b,
                     const char *by); /* from what is in it already, if anything */
void buffer_add_text(struct buffer *b, const char *text); /* NUL-terminated; NULL adds nothing */
void buffer_add_char(struct buffer *b, char c);
void buffer_printf(struct buffer *b, const char *fmt, ...) TC_PRINTF(2, 3);

/* Makes room for len more bytes and returns where they start, or NULL (sticky).  The caller then
 * adds to b->len what it wrote. */
char *buffer_reserve(struct buffer *b, size_t len);

/* The text so far, "" when there is none; borrowed until the next write. */
const char *buffer_text(const struct buffer *b);

TC_MUST_CHECK tc_status buffer_status(const struct buffer *b, struct tc_error *err);

#endif
