#include <stdio.h>

#include "base/i18n.h"
#include "tui/form.h"
#include "tui/search_view.h"

void form_draw(struct grid *g, struct area a, const struct form_view *v) {
  int row = a.row, end = a.row + a.rows, widest = 0;
  char text[256];
  if (a.rows < 1)
    return;
  if (*v->of)
    snprintf(text, sizeof text, _("%s: %s"), v->title, v->of);
  else
    snprintf(text, sizeof text, "%s", v->title);
  grid_text_cut(g, row++, a.col + 1, a.cols - 2, LOOK_TITLE, text);
  if (a.rows >= (int)v->count + 4)
    row++;
  for (size_t i = 0; i < v->count; i++) {
    int width = grid_width(g, v->fields[i].label);
    widest = width > widest ? width : widest;
  }
  if (widest > a.cols / 2)
    widest = a.cols / 2;
  /* On a small screen what can be chosen is worth more than the fields to come. */
  bool alone = v->choice_count && a.rows < (int)v->count + 4;
  for (size_t i = 0; i < v->count && row < end; i++) {
    bool here = i == v->at;
    if (alone && !here)
      continue;
    int col = a.col + 1;
    col += grid_text(g, row, col, 2, LOOK_LABEL, here ? "> " : "  ");
    grid_text_cut(g, row, col, widest, LOOK_LABEL, v->fields[i].label);
    col += widest + 2;
    typed_draw(g, row++, col, a.col + a.cols - 1 - col, v->fields[i].text, v->fields[i].caret,
               here);
  }
  for (size_t i = 0; i < v->choice_count && row + 1 < end; i++, row++) {
    int col =
        a.col + 1 + grid_text(g, row, a.col + 1, 4, LOOK_LABEL, i == v->choice ? "  > " : "    ");
    grid_text_cut(g, row, col, a.col + a.cols - 1 - col, i == v->choice ? LOOK_TITLE : LOOK_TEXT,
                  v->choices[i]);
  }
  if (a.rows >= (int)v->count + 5 && row < end)
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
