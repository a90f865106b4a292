/* A screen in memory: what every screen draws on, without a terminal.
 *
 * One cell holds one user-perceived character, already harmless (no control or bidirectional
 * control is ever in a cell) and already in letters that the terminal has.  Everything drawn is
 * clipped at the grid's edges and at the width given, on whole characters: a character of two
 * columns that has room for one is left out.  Coordinates outside the grid draw nothing. */
#ifndef TC_TUI_GRID_H
#define TC_TUI_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/translit.h"
#include "tui/theme.h"

enum { CELL_TEXT = 14, GRID_COLS_MAX = 1024, GRID_ROWS_MAX = 512 };

struct cell {
  char text[CELL_TEXT]; /* UTF-8, NUL-terminated; "" behind a character of two columns */
  uint8_t width;        /* 1 or 2; 0 behind a character of two columns */
  uint8_t look;         /* enum look */
};

bool cell_same(const struct cell *a, const struct cell *b);

/* The next cell of a row from col that is not as it was; cols: there is none. */
int cell_next_change(const struct cell *now, const struct cell *was, int col, int cols);

struct grid {
  int rows, cols;
  struct cell *cells;         /* rows * cols, by rows; owned */
  enum translit letters;      /* what the terminal's character set can show */
  int cursor_row, cursor_col; /* -1: not shown */
};

#define GRID_INIT ((struct grid){.cursor_row = -1, .cursor_col = -1})

/* Gives the grid that size (at least 1x1, at most the maxima) and clears it.  TC_NO_MEMORY: it is
 * as before. */
TC_MUST_CHECK tc_status grid_resize(struct grid *g, int rows, int cols, struct tc_error *err);
void grid_free(struct grid *g); /* NULL-safe */
void grid_clear(struct grid *g);

struct cell *grid_cell(const struct grid *g, int row, int col); /* NULL outside */

/* Columns that text takes on this grid. */
int grid_width(const struct grid *g, const char *text);

/* Draws text from col, at most width columns; returns the columns drawn. */
int grid_text(struct grid *g, int row, int col, int width, enum look look, const char *text);

/* The same; text that does not fit ends in "…", or ".." where
 * there is no such sign. */
int grid_text_cut(struct grid *g, int row, int col, int width, enum look look, const char *text);

/* The same of a sentence that ends in a way out ("...; F3 comes back to now"): that is whole, and
 * what stands before it gives way. */
int grid_text_way(struct grid *g, int row, int col, int width, enum look look, const char *text);

/* Where that begins, with the sign before it; NULL: there is none. */
const char *grid_way_out(const char *text);

/* Draws text so that it ends at col + width; nothing where it is wider. Returns the column where it
 * starts, or col + width where nothing was drawn. */
int grid_text_right(struct grid *g, int row, int col, int width, enum look look, const char *text);

/* Breaks text at spaces into lines of at most width columns, draws at most rows of them and returns
 * how many it took.  A number stays whole, and a word wider than a line is broken.  Where the rows
 * end before the text, "…" stands behind what shows. */
int grid_text_wrap(struct grid *g, int row, int col, int width, int rows, enum look look,
                   const char *text);

/* Bytes of text that go on the first line of those; *skip: the space behind them. */
size_t grid_line(const struct grid *g, const char *text, int width, size_t *skip);

/* One sign of one column, over and over. */
void grid_fill(struct grid *g, int row, int col, int width, enum look look, const char *sign);

/* A rule over the whole width with an optional label near its left end ("── other sites ──"). */
void grid_rule(struct grid *g, int row, int col, int width, enum look look, const char *label);

/* Gives cells another look, their text stays. */
void grid_paint(struct grid *g, int row, int col, int width, enum look look);

/* The sign that there is more below than shows, in one column. */
void grid_more(struct grid *g, int row, int col);

/* Places the terminal's cursor. */
void grid_cursor(struct grid *g, int row, int col);

/* The text of one row, without the spaces at its end. */
void grid_row_text(const struct grid *g, int row, struct buffer *out);

#endif
