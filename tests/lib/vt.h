/* A small terminal: takes what a program writes for TERM=xterm-256color, as far as this program's
 * own sequences go, and tells what is where, what was written again, and where the cursor is. */
#ifndef TC_TESTS_VT_H
#define TC_TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VT_ROWS = 60, VT_COLS = 200, VT_CELL = 16 };

struct vt {
  int rows, cols;
  char cells[VT_ROWS][VT_COLS][VT_CELL]; /* "" erased */
  bool written[VT_ROWS][VT_COLS];        /* since vt_mark() */
  bool changed[VT_ROWS][VT_COLS]; /* and it is another sign than before, or looks otherwise */
  uint32_t looks[VT_ROWS][VT_COLS], look; /* a hash of the colours and such that were asked for */
  int row, col;
  bool cursor;  /* it shows */
  int unknown;  /* sequences that it does not know */
  int scrolled; /* lines that left the screen on top */
};

void vt_start(struct vt *vt, int rows, int cols);
void vt_take(struct vt *vt, const char *bytes, size_t len); /* whole sequences */
void vt_mark(struct vt *vt); /* from here on written and changed count */

/* The text of a row without the spaces at its end; valid until the next call. */
const char *vt_row(const struct vt *vt, int row);

#endif
