/* The sample directory as records, for tests that need many. */
#ifndef TC_TESTS_LIB_SAMPLE_H
#define TC_TESTS_LIB_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct sample_record {
  const char *bytes;
  size_t len;
};

struct sample {
  struct sample_record *records;
  size_t count;
  struct buffer stream; /* where the records lie */
};

/* Runs tocsin-sample of the build with these arguments ("--entries 10000"); 0, or -1 with a message
 * on standard error.  sample_free() in every case. */
int sample_read(struct sample *out, const char *arguments);
/* Leaves one entry of so many, and all that is no entry. */
void sample_thin(struct sample *s, unsigned of);
void sample_free(struct sample *s);

/* Builds a cache of these records in a scope folder, at a revision; 0, or -1 with a message. */
int sample_build(const struct sample_record *records, size_t count, const char *scope_dir,
                 int64_t revision);

/* A number below `under` from a seed that it moves on: the same on every machine. */
size_t sample_random(uint64_t *seed, size_t under);

#endif
