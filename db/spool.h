/* A file without a name, for what a build was given and does not hold in memory.  Private to db/.
 */
#ifndef TC_DB_SPOOL_H
#define TC_DB_SPOOL_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

struct spool {
  int fd;             /* -1: none */
  uint64_t written;   /* bytes in the file */
  struct buffer tail; /* not written yet */
  char path[512];     /* that it had, for messages */
};
#define SPOOL_INIT ((struct spool){.fd = -1})

/* Makes it in a folder.  TC_FULL, TC_DENIED, TC_IO. */
TC_MUST_CHECK tc_status spool_open(struct spool *s, const char *folder, struct tc_error *err);
void spool_close(struct spool *s);

/* Appends, and says where. */
TC_MUST_CHECK tc_status spool_put(struct spool *s, const void *bytes, size_t len, uint64_t *at,
                                  struct tc_error *err);
/* Reads into a buffer, which is cleared first. */
TC_MUST_CHECK tc_status spool_get(struct spool *s, uint64_t at, size_t len, struct buffer *out,
                                  struct tc_error *err);

#endif
