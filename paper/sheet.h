/* A sheet of text for any printer: pages with a head that says what this is, of when, and until
 * when it holds.
 *
 * Text goes in as UTF-8 and is made harmless and fit for the printer's character set before it is
 * laid out, so that columns stand.  Nothing is ever cut: what does not fit is wrapped, and numbers
 * and sites are kept in one piece as long as they fit a line.  Failures (memory) are sticky and
 * told by sheet_finish(). */
#ifndef TC_PAPER_SHEET_H
#define TC_PAPER_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/translit.h"
#include "core/directory.h"

enum { SHEET_COLUMNS_MIN = 40, SHEET_LINES_MIN = 20 };

struct sheet_page {
  int columns, lines; /* raised to the least where smaller */
  enum translit target;
  const char *mark; /* before every line: what is on it is not what is so; "" or NULL */
};

/* Said on every page.  Text is copied. */
struct sheet_head {
  const char *title; /* "Emergency codes" */
  const char *place; /* "SAB Saint-Aubin"; "" */
  const char *strip; /* what fails; "" or NULL */
  const char *from;  /* "numbers as dialled from ..."; "" */
  int64_t revision;
  int64_t source_time; /* when the data was so, UTC */
  int64_t printed;
  int64_t valid_until; /* the last moment it may be used; 0: it tells what was */
  bool not_now;        /* it is of another time, and holds at none */
  bool clock_wrong;    /* of this machine: what hangs on it is not told */
};

struct sheet;

TC_MUST_CHECK tc_status sheet_open(struct sheet **out, const struct sheet_head *head,
                                   const struct sheet_page *page, struct tc_error *err);
void sheet_close(struct sheet *s); /* NULL-safe */

int sheet_columns(const struct sheet *s);

/* The sheet shows a part of this audience: the head says the narrowest there is. */
void sheet_audience(struct sheet *s, enum audience audience);

/* A heading: on the same page as the next block, and said again where its blocks go on overleaf. */
void sheet_heading(struct sheet *s, const char *text);

/* Begins a block: lines that stay on one page as long as they fit one. */
void sheet_block(struct sheet *s);

/* A line of text, wrapped at spaces where it is too wide, further lines indented by hang. */
void sheet_line(struct sheet *s, int hang, const char *text);
void sheet_blank(struct sheet *s); /* left out at the top of a page */
void sheet_rule(struct sheet *s);  /* a line across */

/* One row of a table.  A cell wraps within its width; a whole one stays in one piece: where it is
 * too wide it has a line of its own. */
struct sheet_cell {
  const char *text;
  int width; /* columns, at least 1 */
  bool whole;
};
enum { SHEET_CELLS_MAX = 8, SHEET_GAP = 2 };
void sheet_row(struct sheet *s, const struct sheet_cell *cells, size_t count);

/* Appends the pages, LF at the end of lines, form feed between pages, as UTF-8 that holds only what
 * the target has. */
TC_MUST_CHECK tc_status sheet_finish(struct sheet *s, struct buffer *out, struct tc_error *err);

#endif
