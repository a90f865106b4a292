#include <stdio.h>

#include "base/i18n.h"
#include "tui/frame.h"

/* All codes one below the other, to be read from where one stands. */
void rest_draw(struct grid *g, struct area a, const struct frame *f) {
  int row = a.row + (a.rows > 10 ? 1 : 0), end = a.row + a.rows, widest = 0;
  for (size_t i = 0; i < f->code_count; i++) {
    int width = grid_width(g, f->codes[i].number);
    widest = width > widest ? width : widest;
  }
  grid_cursor(g, row, a.col + 2);
  if (f->mark && *f->mark && row < end)
    grid_text(g, row++, a.col + 2, a.cols - 4, LOOK_WARN, f->mark);
  for (size_t i = 0; i < f->code_count && row < end - 1; i++, row++) {
    const struct frame_code *c = &f->codes[i];
    enum look look = *c->state ? LOOK_DOWN : LOOK_CODE;
    int col = a.col + 2, last = a.col + a.cols - 1;
    grid_text(g, row, col, last - col, look, c->number);
    col += widest + 2;
    if (*c->state)
      col += grid_text(g, row, col, last - col, LOOK_WARN, c->state) + 1;
    char text[160] = "";
    if (!*c->state && c->outside && *c->outside)
      snprintf(text, sizeof text, _("inside, outside %s"), c->outside);
    else if (c->inside)
      snprintf(text, sizeof text, "%s", _("inside"));
    int behind = *text ? grid_width(g, text) + 2 : 0;
    behind = behind < last - col ? behind : 0;
    col += grid_text_cut(g, row, col, last - col - behind, LOOK_TEXT, c->purpose) + 2;
    if (behind)
      grid_text(g, row, col, last - col, LOOK_QUIET, text);
  }
  if (!f->code_count || (f->codes_lost && row < end))
    row += grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_WARN, f->no_codes);
  row += row + 1 < end - 1 ? 1 : 0;
  if (row < end)
    row += grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_TEXT,
                          _("Any key begins; what it types is searched."));
  if (row < end && f->other)
    grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_TEXT, f->other);
}
