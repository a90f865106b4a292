/* The import formats: one row each.  A new one is a sync/format_*.c and a row in format.c. */
#ifndef TC_SYNC_FORMAT_H
#define TC_SYNC_FORMAT_H

#include "sync/rows.h"

struct format {
  const char *name;
  rows_open_function *open; /* NULL: not rows, but records as the cache stores them */
  const char *help;
};

extern const struct format formats[];
extern const size_t format_count;

const struct format *format_find(const char *name); /* NULL: there is none */

rows_open_function csv_open;

#endif
