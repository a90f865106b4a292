/* How far long work is, on standard error, where that is a terminal: records, bytes, time left. */
#ifndef TC_SYNC_PROGRESS_H
#define TC_SYNC_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
  bool on;
  bool shown; /* a line stands there */
  int64_t began_us, next_us;
  const int64_t *expected;       /* records in all, 0 while that is not known; NULL: never */
  const int64_t *expected_bytes; /* of bytes that come instead of records, else 0; NULL: never */
};

/* quiet: nothing is shown.  Nor is anything for work of less than a second. */
void progress_begin(struct progress *p, bool quiet, const int64_t *expected,
                    const int64_t *expected_bytes);

/* A step: what was done so far.  bytes 0: that is not known.  p may be NULL. */
void progress_step(struct progress *p, int64_t records, int64_t bytes);

/* The same for struct pg_patience. */
void progress_came(void *progress, int64_t records, int64_t bytes);

void progress_end(struct progress *p); /* takes the line away; NULL-safe */

#endif
