/* What a file of rows is made of, seen in its bytes. */
#ifndef TC_SYNC_SNIFF_H
#define TC_SYNC_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum { SNIFF_BYTES = 256 * 1024 }; /* looked at for the delimiter */

struct sniff {
  size_t bom;        /* bytes to leave out at the beginning */
  char delimiter;    /* 0: one column */
  bool sign_in_utf8; /* the delimiter is U+00AC written in UTF-8 */
};

/* Text as spreadsheets write it?  TC_INVALID: UTF-16, or binary (a NUL or many control bytes). */
TC_MUST_CHECK tc_status sniff_text(const char *file, const char *bytes, size_t len,
                                   struct tc_error *err);

/* The delimiter by which most of the first rows have the same number of cells, two or more. hint:
 * 0, or what the map says. */
void sniff_delimiter(struct sniff *out, const char *bytes, size_t len, char hint);

/* How much of the text beyond ASCII is UTF-8; bytes that equal the delimiter do not count. */
struct sniff_count {
  size_t valid, invalid; /* sequences of more than one byte; bytes that are in none */
  size_t first_invalid;  /* offset */
};
void sniff_encoding(struct sniff_count *out, const char *bytes, size_t len, char delimiter);

#endif
