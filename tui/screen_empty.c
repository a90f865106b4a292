#include "base/i18n.h"
#include "tui/list_view.h"

void empty_draw(struct grid *g, struct area a, const struct empty_view *v) {
  int row = a.row + (a.rows > 10 ? 2 : 0), end = a.row + a.rows;
  grid_cursor(g, row, a.col + 2);
  row += grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_WARN, v->message) + 1;
  if (*v->command) {
    row += grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_TEXT, _("Run:"));
    row += grid_text_wrap(g, row, a.col + 4, a.cols - 6, end - row, LOOK_NUMBER, v->command) + 1;
  }
  row += grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_TEXT, v->after) + 1;
  if (row < end)
    grid_text_cut(g, row, a.col + 2, a.cols - 4, LOOK_TEXT, v->other);
}

void leave_draw(struct grid *g, struct area a) {
  int row = a.row + (a.rows > 10 ? 2 : 0);
  grid_cursor(g, row, a.col + 2);
  row += grid_text_wrap(g, row, a.col + 2, a.cols - 4, 2, LOOK_TITLE, _("Leave tocsin?"));
  grid_text_wrap(g, row, a.col + 2, a.cols - 4, 2, LOOK_TEXT,
                 _("Enter leaves, Esc goes back to where you were."));
}
