#include "tui/list_view.h"

#include <string.h>

#include "base/i18n.h"

enum { HEAD_ROWS = 2 };

int list_page(struct area area) {
  return area.rows > HEAD_ROWS + 2 ? area.rows - HEAD_ROWS - 1 : 1;
}

/* First item that shows, so that the selected one does; sections take a row too. */
static size_t first_shown(const struct list_view *v, int rows) {
  size_t first = v->selected;
  int used = 1;
  while (first > 0) {
    int more = 1 + (strcmp(v->items[first].section, v->items[first - 1].section) != 0 ? 1 : 0);
    if (used + more + 1 > rows)
      break;
    used += more;
    first--;
  }
  return first;
}

void list_draw(struct grid *g, struct area a, const struct list_view *v) {
  if (a.rows < HEAD_ROWS + 1)
    return;
  int col = a.col + 1;
  col += grid_text(g, a.row, col, a.cols - 2, LOOK_TITLE, v->title) + 2;
  grid_text_cut(g, a.row, col, a.col + a.cols - 1 - col, LOOK_QUIET, v->path);
  grid_text_cut(g, a.row + 1, a.col + 1, a.cols - 2, LOOK_QUIET, v->hint);
  int row = a.row + HEAD_ROWS, end = a.row + a.rows;
  if (!v->count) {
    grid_cursor(g, row, a.col + 2);
    grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_TEXT, v->nothing);
    return;
  }
  int codes = 0;
  for (size_t i = 0; i < v->count; i++) {
    int w = grid_width(g, v->items[i].code);
    codes = w > codes ? w : codes;
  }
  codes = codes > a.cols / 2 ? a.cols / 2 : codes;
  const char *section = "";
  for (size_t i = first_shown(v, end - row); i < v->count && row < end; i++) {
    const struct list_item *item = &v->items[i];
    bool begins = strcmp(section, item->section) != 0;
    if (begins && row + 1 >= end) /* a row below another section's heading would be taken for its */
      break;
    if (begins)
      grid_rule(g, row++, a.col, a.cols, LOOK_QUIET, item->section);
    section = item->section;
    grid_text(g, row, a.col, 1, LOOK_TEXT, i == v->selected ? ">" : " ");
    grid_text(g, row, a.col + 1, 1, LOOK_TEXT, item->current ? "*" : " ");
    col = a.col + 3;
    if (codes) {
      grid_text_cut(g, row, col, codes, LOOK_SITE, item->code);
      col += codes + 1;
    }
    int right = grid_width(g, item->right);
    int at = a.col + a.cols - 1;
    int most = (at - col) * 2 / 3, text = grid_width(g, item->text);
    if (right && right < most && !(item->remark && right > most / 3 && text + 2 + right > at - col))
      at = grid_text_right(g, row, col, at - col, LOOK_QUIET, item->right) - 1;
    else if (right) { /* what is too long for its edge shows as far as the text leaves it room */
      int room = at - col - text - 2, state = item->state ? grid_width(g, item->state) + 2 : 0;
      if (room < state && state <= most)
        room = state;
      if (room >= 8)
        at -= grid_text_cut(g, row, at - room, room, LOOK_QUIET, item->right) + 1;
    }
    grid_text_cut(g, row, col, at - col, LOOK_TEXT, item->text);
    if (i == v->selected) {
      grid_paint(g, row, a.col, a.cols, LOOK_SELECTED);
      grid_cursor(g, row, a.col);
    }
    row++;
  }
}
