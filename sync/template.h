/* Values of a map: text with cells in it, "{num_voie} {voie}, {cp_ville}".
 *
 *   {name}      the cell of the column with that header (case, accents and blanks do not count)
 *   {#16}       the cell of column 16
 *   {a|b}       the first of them that is not empty
 *   {a:upper}   changed: upper, lower, title, digits, line (the first line of the cell)
 *
 * A cell is trimmed and its blanks and newlines become one space.  The text between two cells is
 * left out where one of them is empty; a value whose cells are all empty is empty. */
#ifndef TC_SYNC_TEMPLATE_H
#define TC_SYNC_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "sync/rows.h"

struct template_column {
  const char *name; /* "" where it is a position */
  size_t index;     /* from 0, set by template_bind() for a name */
  const struct transform *transform;
};

struct template_part {
  const char *literal;             /* NULL: cells */
  struct template_column *columns; /* the first that is not empty */
  size_t column_count;
};

struct template {
  struct template_part *parts;
  size_t count;
  bool has_cells;
  long line; /* of the map, for messages */
};

struct transform {
  const char *name;
  void (*apply)(struct buffer *out, const char *text, size_t len);
  const char *help;
};
extern const struct transform transforms[];
extern const size_t transform_count;

/* Reads text; memory from the arena.  TC_CONFIG: a brace or a column that is none. */
TC_MUST_CHECK tc_status template_read(struct template *out, const char *text, long line,
                                      struct arena *arena, struct tc_error *err);

/* What was read from one row. */
struct template_value {
  const char *text; /* in the arena, "" when empty */
  long column;      /* from 1: the first cell that was used, or looked at; 0: there are none */
  bool bad;         /* a cell that was used had bytes that are not of the file's encoding */
  bool odd;
};

TC_MUST_CHECK tc_status template_apply(const struct template *t, const struct row *row,
                                       struct arena *arena, struct template_value *out,
                                       struct tc_error *err);

/* Appends text trimmed, with each run of blanks, newlines and no-break spaces as one space. */
void template_squeeze(struct buffer *out, const char *text, size_t len);

#endif
