/* The first line of a snapshot: "tocsin-snapshot VERSION BYTES BYTES", of the database and of its
 * search index, which follow.  Pure: no I/O. */
#ifndef TC_SYNC_SNAPSHOT_LINE_H
#define TC_SYNC_SNAPSHOT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SNAPSHOT_LINE_MOST = 80 };

struct snapshot_line {
  int64_t version, database, index; /* from 0 */
};
/* false: it is none.  The line end is not part of it. */
bool snapshot_line_read(struct snapshot_line *out, const char *text, size_t len);

#endif
