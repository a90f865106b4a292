/* Frames: how acts lie in a file, so that a torn or damaged one is seen and the rest is kept.
 *
 *   = LENGTH SUM LF  then LENGTH bytes
 *
 * SUM is the CRC-64 of the bytes in 16 hexadecimal digits.  Private to db/. */
#ifndef TC_DB_FRAME_H
#define TC_DB_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum { FRAME_MAX = 64 * 1024 }; /* bytes in one */

void frame_add(struct buffer *out, const void *bytes, size_t len);

struct frames {
  const char *bytes;
  size_t len, at;
  size_t damaged; /* bytes that were skipped between whole frames */
};

/* The next whole frame, borrowed; false at the end.  Then f->at is behind the last whole one: what
 * follows was cut off, or is being written. */
bool frame_next(struct frames *f, const char **bytes, size_t *len);

/* May that be a frame of which the end is still to be written?  Else something is damaged in it. */
bool frame_is_begun(const char *bytes, size_t len);

#endif
