/* The record stream: each record behind its length in bytes, in decimal, and a newline.  Bounded
 * memory whatever its length. */
#ifndef TC_SYNC_STREAM_H
#define TC_SYNC_STREAM_H

#include <stdio.h>

#include "base/status.h"

struct stream {
  FILE *file;
  const char *name;
  long number; /* of the record, from 1 */
  char *bytes; /* RECORD_MAX; of the record that was read last */
  size_t len;
};

/* "-" is standard input.  Ended with stream_close(), also after a failure. */
TC_MUST_CHECK tc_status stream_open(struct stream *s, const char *path, struct tc_error *err);
void stream_close(struct stream *s);

/* Reads one.  TC_DONE at the end; the row of an error is the record's number. */
TC_MUST_CHECK tc_status stream_next(struct stream *s, struct tc_error *err);

#endif
