/* The inside of an index that is being made, for index_make.c and index_runs.c.  Private to db/. */
#ifndef TC_DB_INDEX_MAKER_H
#define TC_DB_INDEX_MAKER_H

#include "base/arena.h"
#include "db/index.h"

/* Bytes that grow; a failure is sticky. */
struct vector {
  char *data;
  size_t len, cap;
  bool failed;
};
void *vector_reserve(struct vector *v, size_t len); /* NULL: no memory */
void vector_add(struct vector *v, const void *bytes, size_t len);
void vector_free(struct vector *v);

static inline void vector_add_u32(struct vector *v, uint32_t value) {
  vector_add(v, &value, sizeof value);
}

/* Where the bytes go: a file, or memory. */
struct sink {
  int fd; /* -1: memory */
  const char *path;
  struct vector out; /* memory: all bytes; file: what is not written yet */
  uint64_t at, sum;
  struct index_header header;
  tc_status status;
  struct tc_error *err;
};
void sink_write(struct sink *s, const void *bytes, size_t len);
void sink_begin(struct sink *s, enum index_section section);
void sink_end(struct sink *s, enum index_section section);

/* Writes RUN and RUN_PLACE of n entries, whose numbers begin at digit_at[0..n] of digits (len
 * bytes, the newlines at its end included). */
void index_runs_write(struct sink *s, const char *digits, size_t len, const uint32_t *digit_at,
                      size_t n, bool whole);

#endif
