#include <stdio.h>

#include "base/i18n.h"
#include "tui/form.h"
#include "tui/search_view.h"

void form_draw(struct grid *g, struct area a, const struct form_view *v) {
  int row = a.row, end = a.row + a.rows, widest = 0;
  char text[256];
  if (a.rows < 1)
    return;
  snprintf(text, sizeof text, _("%s: %s"), v->title, v->of);
  grid_text_cut(g, row++, a.col + 1, a.cols - 2, LOOK_TITLE, text);
  if (a.rows >= (int)v->count + 4)
    row++;
  for (size_t i = 0; i < v->count; i++) {
    int width = grid_width(g, v->fields[i].label);
    widest = width > widest ? width : widest;
  }
  if (widest > a.cols / 2)
    widest = a.cols / 2;
  for (size_t i = 0; i < v->count && row < end; i++, row++) {
    bool here = i == v->at;
    int col = a.col + 1;
    col += grid_text(g, row, col, 2, LOOK_LABEL, here ? "> " : "  ");
    grid_text_cut(g, row, col, widest, LOOK_LABEL, v->fields[i].label);
    col += widest + 2;
    typed_draw(g, row, col, a.col + a.cols - 1 - col, v->fields[i].text, v->fields[i].caret, here);
  }
  if (a.rows >= (int)v->count + 5)
    row++;
  if (row < end && *v->help)
    grid_text_cut(g, row++, a.col + 1, a.cols - 2, LOOK_QUIET, v->help);
  if (row < end && *v->become)
    grid_text_cut(g, row++, a.col + 1, a.cols - 2, LOOK_WARN, v->become);
  if (row < end)
    grid_text_cut(g, row, a.col + 1, a.cols - 2, LOOK_QUIET,
                  v->at + 1 < v->count ? _("Enter: to the next. Esc: leave it.")
                                       : _("Enter: save. Esc: leave it."));
}
