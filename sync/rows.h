/* Rows: what an import format turns bytes into.
 *
 * Cells are UTF-8 and NUL-terminated.  Rows count from 1 as a spreadsheet shows them: banner,
 * header and blank lines count, a row with a newline in a quoted cell is one. */
#ifndef TC_SYNC_ROWS_H
#define TC_SYNC_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum {
  ROWS_COLUMNS_MAX = 4096,    /* cells of one row */
  ROWS_ROW_MAX = 1024 * 1024, /* bytes of one row */
};

struct cell {
  const char *text; /* borrowed until the next row */
  size_t len;
  bool bad; /* held bytes that are not of the file's encoding; U+FFFD stands for them */
  bool odd; /* looks like UTF-8 in a file that is not */
};

struct row {
  long number;
  const struct cell *cells;
  size_t count;
  bool open_end; /* the file ended in it, without a line end */
};

/* What a map says of the file, and --encoding: "" or 0 is "find out". */
struct rows_hint {
  char delimiter;       /* one of , ; TAB | ~ or the byte 0xAC */
  const char *encoding; /* "utf-8", "windows-1252" */
};

struct rows;

/* Opens a file of one format.  *out belongs to the caller (rows_close). */
typedef tc_status rows_open_function(struct rows **out, const char *path,
                                     const struct rows_hint *hint, struct tc_error *err);

/* What formats implement: each begins with this. */
struct rows {
  const char *file; /* as the person gave it, for messages */
  /* TC_DONE behind the last row. */
  tc_status (*next)(struct rows *rows, struct row *out, struct tc_error *err);
  tc_status (*rewind)(struct rows *rows, struct tc_error *err);
  void (*close)(struct rows *rows);
};

#endif
