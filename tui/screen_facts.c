#include <stdio.h>

#include "base/i18n.h"

#include "tui/facts.h"

enum { LABEL_MAX = 24, NARROW = 60 };

int facts_draw(struct grid *g, struct area a, const struct facts_view *view, int top) {
  int labels = 0, line = 0;
  if (a.rows < 2)
    return 0;
  grid_text_cut(g, a.row, a.col + 1, a.cols - 2, LOOK_TITLE, view->title);
  grid_cursor(g, a.row, a.col);
  for (size_t i = 0; i < view->count; i++) {
    int width = grid_width(g, view->lines[i].label);
    labels = width > labels && width <= LABEL_MAX ? width : labels;
  }
  for (size_t i = 0; i < view->count; i++) {
    const struct card_line *l = &view->lines[i];
    char text[1200];
    int indent = a.cols < NARROW ? 0 : labels + 2, width = a.cols - 3 - indent;
    snprintf(text, sizeof text, "%s%s%s%s", l->warn ? "! " : "", a.cols < NARROW ? l->label : "",
             a.cols < NARROW && *l->label ? _(": ") : "", l->text);
    int rows = grid_text_wrap(g, g->rows, 0, width, 8, LOOK_TEXT, text);
    int row = a.row + 1 + line - top, end = a.row + a.rows;
    if (row > a.row && row < end) {
      if (indent)
        grid_text_cut(g, row, a.col + 1, labels, LOOK_LABEL, l->label);
      grid_text_wrap(g, row, a.col + 1 + indent, width, end - row, l->warn ? LOOK_WARN : LOOK_TEXT,
                     text);
    }
    line += rows > 0 ? rows : 1;
  }
  if (line - top > a.rows - 1)
    grid_more(g, a.row + a.rows - 1, a.col + a.cols - 1);
  return line;
}
