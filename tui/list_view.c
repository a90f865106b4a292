#include "tui/list_view.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

enum { HEAD_ROWS = 2 };

int list_page(struct area area) {
  return area.rows > HEAD_ROWS + 2 ? area.rows - HEAD_ROWS - 1 : 1;
}

enum { ITEM_TEXT = 1024, OPEN_ROWS = 4 };

/* Where the items stand: their codes have a column. */
struct columns {
  int codes, col, cols;
};

/* The last column is left free for the sign that there is more; then a number beside it too. */
static struct columns measure(const struct grid *g, struct area a, const struct list_view *v) {
  struct columns c = {.codes = 0};
  for (size_t i = 0; i < v->count; i++) {
    int w = grid_width(g, v->items[i].code);
    c.codes = w > c.codes ? w : c.codes;
  }
  c.codes = c.codes > a.cols / 2 ? a.cols / 2 : c.codes;
  c.col = a.col + 3 + (c.codes ? c.codes + 1 : 0);
  bool longer = v->count + HEAD_ROWS > (size_t)a.rows;
  c.cols = a.col + a.cols - 1 - longer - c.col;
  return c;
}

/* The rows of the chosen item: as many as it needs to be read whole. */
static int open_rows(const struct grid *g, const struct columns *c, const struct list_item *item,
                     int rows, char text[ITEM_TEXT]) {
  int right = grid_width(g, item->right), lines = 0;
  snprintf(text, ITEM_TEXT, "%s%s%s", item->text, right && *item->text ? "  " : "", item->right);
  if (grid_width(g, item->text) + (right ? right + 2 : 0) <= c->cols)
    return 1;
  size_t len = strlen(text), skip;
  for (const char *at = text; len && lines < OPEN_ROWS && lines < rows; lines++) {
    size_t n = grid_line(g, at, c->cols, &skip);
    at += n + skip;
    len -= n ? n + skip : len;
  }
  return lines > 1 ? lines : 1;
}

/* First item that shows, so that the selected one does, in so many rows; sections take a row too.
 */
static size_t first_shown(const struct list_view *v, int rows, int selected) {
  size_t first = v->selected;
  int used = selected;
  while (first > 0) {
    int more = 1 + (strcmp(v->items[first].section, v->items[first - 1].section) != 0 ? 1 : 0);
    if (used + more + 1 > rows)
      break;
    used += more;
    first--;
  }
  return first;
}

/* What is said of an item, beside what stands at the right edge. */
static void draw_text(struct grid *g, int row, const struct columns *c,
                      const struct list_item *item) {
  int right = grid_width(g, item->right), at = c->col + c->cols;
  int most = c->cols * 2 / 3, text = grid_width(g, item->text);
  if (right && right < most && !(item->remark && right > most / 3 && text + 2 + right > c->cols)) {
    at = grid_text_right(g, row, c->col, c->cols, LOOK_QUIET, item->right) - 1;
  } else if (right) { /* what is too long for its edge shows as far as the text leaves it room */
    int room = c->cols - text - 2, state = item->state ? grid_width(g, item->state) + 2 : 0;
    if (room < state && state <= most)
      room = state;
    if (room >= 8)
      at -= grid_text_cut(g, row, at - room, room, LOOK_QUIET, item->right) + 1;
  }
  grid_text_cut(g, row, c->col, at - c->col, LOOK_TEXT, item->text);
}

void list_draw(struct grid *g, struct area a, const struct list_view *v) {
  if (a.rows < HEAD_ROWS + 1)
    return;
  int col = a.col + 1;
  col += grid_text(g, a.row, col, a.cols - 2, LOOK_TITLE, v->title) + 2;
  grid_text_cut(g, a.row, col, a.col + a.cols - 1 - col, LOOK_QUIET, v->path);
  grid_text_way(g, a.row + 1, a.col + 1, a.cols - 2, LOOK_QUIET, v->hint);
  int row = a.row + HEAD_ROWS, end = a.row + a.rows;
  if (!v->count) {
    grid_cursor(g, row, a.col + 2);
    grid_text_wrap(g, row, a.col + 2, a.cols - 4, end - row, LOOK_TEXT, v->nothing);
    return;
  }
  const struct columns c = measure(g, a, v);
  char text[ITEM_TEXT];
  const struct list_item *chosen = &v->items[v->selected];
  int open = open_rows(g, &c, chosen, end - row - (*chosen->section != '\0'), text);
  const char *section = "";
  size_t i = first_shown(v, end - row, open);
  for (; i < v->count && row < end; i++) {
    const struct list_item *item = &v->items[i];
    bool begins = strcmp(section, item->section) != 0;
    if (begins && row + 1 >= end) /* a row below another section's heading would be taken for its */
      break;
    if (begins)
      grid_rule(g, row++, a.col, a.cols, LOOK_QUIET, item->section);
    section = item->section;
    grid_text(g, row, a.col, 1, LOOK_TEXT, i == v->selected ? ">" : " ");
    grid_text(g, row, a.col + 1, 1, LOOK_TEXT, item->current ? "*" : " ");
    if (c.codes)
      grid_text_cut(g, row, a.col + 3, c.codes, LOOK_SITE, item->code);
    if (i != v->selected) {
      draw_text(g, row++, &c, item);
      continue;
    }
    if (open > 1)
      grid_text_wrap(g, row, c.col, c.cols, open, LOOK_TEXT, text);
    else
      draw_text(g, row, &c, item);
    for (int line = 0; line < open; line++)
      grid_paint(g, row + line, a.col, a.cols, LOOK_SELECTED);
    grid_cursor(g, row, a.col);
    row += open;
  }
  if (i < v->count)
    grid_more(g, end - 1, a.col + a.cols - 1);
}
