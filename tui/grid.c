#include "tui/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "base/width.h"
#include "tui/phrase.h"

static const struct cell blank = {.text = " ", .width = 1, .look = LOOK_TEXT};

tc_status grid_resize(struct grid *g, int rows, int cols, struct tc_error *err) {
  rows = rows < 1 ? 1 : rows > GRID_ROWS_MAX ? GRID_ROWS_MAX : rows;
  cols = cols < 1 ? 1 : cols > GRID_COLS_MAX ? GRID_COLS_MAX : cols;
  if (rows != g->rows || cols != g->cols) {
    struct cell *cells = malloc((size_t)rows * (size_t)cols * sizeof *cells);
    if (!cells)
      return tc_fail(err, TC_NO_MEMORY, _("no memory for a screen of %dx%d"), cols, rows);
    free(g->cells);
    g->cells = cells;
    g->rows = rows;
    g->cols = cols;
  }
  grid_clear(g);
  return TC_OK;
}

void grid_free(struct grid *g) {
  if (!g)
    return;
  free(g->cells);
  *g = GRID_INIT;
}

void grid_clear(struct grid *g) {
  size_t count = (size_t)g->rows * (size_t)g->cols;
  for (size_t i = 0; i < count; i++)
    g->cells[i] = blank;
  g->cursor_row = g->cursor_col = -1;
}

bool cell_same(const struct cell *a, const struct cell *b) {
  return memcmp(a, b, sizeof *a) == 0;
}

int cell_next_change(const struct cell *now, const struct cell *was, int col, int cols) {
  while (col < cols && cell_same(&now[col], &was[col]))
    col++;
  return col;
}

struct cell *grid_cell(const struct grid *g, int row, int col) {
  if (row < 0 || col < 0 || row >= g->rows || col >= g->cols)
    return NULL;
  return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

/* A character as it will be shown: text and columns.  Several where a twin has several letters. */
struct shown {
  char text[CELL_TEXT];
  size_t len;
  int width; /* of one cell; 1 for each letter of a twin */
  bool letters;
};

/* What stands for a character that must not be shown as it is; 0: it is harmless. */
static uint32_t harmless(uint32_t point) {
  if (point == UTF8_INVALID)
    return UTF8_REPLACEMENT;
  if (point < 0x20)
    return 0x2400 + point;
  if (point == 0x7F)
    return 0x2421;
  if (utf8_is_control(point) || utf8_is_unseen(point))
    return UTF8_REPLACEMENT;
  return 0;
}

enum { MARKS_MAX = 4 }; /* on one character */

static bool is_joiner(uint32_t point) {
  return point == 0x200C || point == 0x200D || (point >= 0xFE00 && point <= 0xFE0F);
}

/* The poorer letters for one character: ASCII, or one letter of Latin-1. */
static void set_twin(struct shown *s, const char *text, size_t len, enum translit letters) {
  struct buffer twin = {.limit = 256};
  translit_text(&twin, text, len, letters);
  size_t n = 0;
  for (const char *p = buffer_text(&twin); *p && n < CELL_TEXT - 1; p++)
    if ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7F)
      s->text[n++] = *p;
  if (n == 0 && twin.len && twin.len < CELL_TEXT) { /* one letter beyond ASCII */
    memcpy(s->text, twin.data, twin.len);
    s->text[twin.len] = '\0';
    s->len = twin.len;
    s->letters = false;
  } else {
    if (n == 0)
      s->text[n++] = '?';
    s->text[n] = '\0';
    s->len = n;
    s->letters = true;
  }
  s->width = 1;
  buffer_free(&twin);
}

/* Reads one character of text and makes it fit for this grid; returns the bytes taken. */
static size_t show_next(const struct grid *g, const char *text, size_t len, struct shown *s) {
  unsigned char c = (unsigned char)*text;
  s->letters = false;
  if (c >= 0x20 && c < 0x7F && (len == 1 || (unsigned char)text[1] < 0x80)) {
    s->text[0] = (char)c;
    s->text[1] = '\0';
    s->len = 1;
    s->width = 1;
    return 1;
  }
  size_t taken = utf8_grapheme(text, len);
  uint32_t first;
  size_t at = utf8_next(text, taken, &first);
  uint32_t other = harmless(first);
  if (other) {
    char put[UTF8_MAX];
    size_t n = utf8_put(put, other);
    if (g->letters != TRANSLIT_NONE) {
      memcpy(s->text, "?", 2);
      s->len = 1;
      s->width = 1;
    } else {
      memcpy(s->text, put, n);
      s->text[n] = '\0';
      s->len = n;
      s->width = 1;
    }
    return at; /* what followed it is looked at by itself */
  }
  if (g->letters != TRANSLIT_NONE) {
    set_twin(s, text, taken, g->letters);
    return taken;
  }
  /* One character that takes room, and a few marks on it: terminals draw a second one that takes
   * room beside it, however it is joined.  Joiners and variation selectors are left off. */
  size_t keep = at;
  int marks = 0;
  memcpy(s->text, text, at);
  s->width = point_width(first);
  while (at < taken) {
    uint32_t point;
    size_t n = utf8_next(text + at, taken - at, &point);
    if (harmless(point) || point_width(point) > 0)
      break;
    if (marks < MARKS_MAX && keep + n < CELL_TEXT && !is_joiner(point)) {
      memcpy(s->text + keep, text + at, n);
      keep += n;
      marks++;
    }
    at += n;
  }
  s->text[keep] = '\0';
  s->len = keep;
  if (s->width < 1) { /* a mark with nothing under it */
    s->len = utf8_put(s->text, 0x25CC);
    s->text[s->len] = '\0';
    s->width = 1;
  }
  return at;
}

static int shown_columns(const struct shown *s) {
  return s->letters ? (int)s->len : s->width;
}

int grid_width(const struct grid *g, const char *text) {
  size_t len = strlen(text);
  int columns = 0;
  for (size_t at = 0; at < len;) {
    struct shown s;
    at += show_next(g, text + at, len - at, &s);
    columns += shown_columns(&s);
  }
  return columns;
}

/* Half a wide character cannot stay: the other half becomes a space. */
static void part_wide(struct grid *g, int row, int col) {
  struct cell *here = grid_cell(g, row, col);
  if (here && here->width == 0) {
    struct cell *left = grid_cell(g, row, col - 1);
    if (left) {
      memset(left->text, 0, sizeof left->text);
      left->text[0] = ' ';
      left->width = 1;
    }
    here->text[0] = ' ';
    here->width = 1;
  }
}

static void put_cell(struct grid *g, int row, int col, const char *text, size_t len, int width,
                     enum look look) {
  struct cell *c = grid_cell(g, row, col);
  if (!c || (width == 2 && col + 1 >= g->cols))
    return;
  part_wide(g, row, col);
  part_wide(g, row, col + width);
  memset(c->text, 0, sizeof c->text);
  memcpy(c->text, text, len);
  c->width = (uint8_t)width;
  c->look = (uint8_t)look;
  if (width == 2) {
    memset(c[1].text, 0, sizeof c[1].text);
    c[1].width = 0;
    c[1].look = (uint8_t)look;
  }
}

/* Draws len bytes; *taken gets the bytes that fitted. */
static int draw(struct grid *g, int row, int col, int width, enum look look, const char *text,
                size_t len, size_t *taken) {
  int limit = width;
  if (row < 0 || row >= g->rows || col < 0)
    limit = 0;
  else if (limit > g->cols - col)
    limit = g->cols - col;
  int drawn = 0;
  size_t at = 0;
  while (at < len && drawn < limit) {
    struct shown s;
    size_t n = show_next(g, text + at, len - at, &s);
    if (drawn + shown_columns(&s) > limit)
      break;
    if (s.letters)
      for (size_t i = 0; i < s.len; i++)
        put_cell(g, row, col + drawn + (int)i, s.text + i, 1, 1, look);
    else
      put_cell(g, row, col + drawn, s.text, s.len, s.width, look);
    drawn += shown_columns(&s);
    at += n;
  }
  if (taken)
    *taken = at;
  return drawn;
}

int grid_text(struct grid *g, int row, int col, int width, enum look look, const char *text) {
  return draw(g, row, col, width, look, text, strlen(text), NULL);
}

static bool is_figure(char c) {
  return (c >= '0' && c <= '9') || c == '*';
}

/* A word that is a figure: 18:30-Mon, 2026-12-01, (10, 06. */
static bool begins_figure(const char *word) {
  return is_figure(*word) || (strchr("(+", *word) && *word && is_figure(word[1]));
}

/* Where a text that is cut at that byte is cut instead, so that no number, time or date is there in
 * part: before it, all its groups. */
static size_t before_figure(const char *text, size_t cut) {
  size_t at = cut;
  while (at > 0) {
    bool between = text[at] == ' ' || text[at - 1] == ' ';
    size_t space = text[at] == ' ' ? at : at - 1, begin = at;
    if (between && !(space > 0 && is_figure(text[space - 1]) && is_figure(text[space + 1])))
      return at;
    if (between)
      begin = space;
    while (begin > 0 && text[begin - 1] != ' ')
      begin--;
    if (!begins_figure(text + begin))
      return at;
    at = begin;
  }
  return 0;
}

/* Columns of the first bytes of a text. */
static int columns_of(const struct grid *g, const char *text, size_t len) {
  int columns = 0;
  for (size_t at = 0; at < len;) {
    struct shown s;
    at += show_next(g, text + at, len - at, &s);
    columns += shown_columns(&s);
  }
  return columns;
}

/* Bytes of a text that have room in so many columns. */
static size_t bytes_that_fit(const struct grid *g, const char *text, int room) {
  size_t len = strlen(text), at = 0;
  int columns = 0;
  while (at < len) {
    struct shown s;
    size_t n = show_next(g, text + at, len - at, &s);
    columns += shown_columns(&s);
    if (columns > room)
      break;
    at += n;
  }
  return at;
}

/* Where a text is cut that has room as far as that byte: no number and no state is there in part,
 * nor does the sign stand at a number, which would look cut. */
static size_t cut_whole(const char *text, size_t fits) {
  size_t cut = before_figure(text, phrase_before(text, fits));
  if (!cut || !is_figure(text[cut - 1]) || text[cut] != ' ')
    return cut;
  return cut < fits ? cut + 1 : before_figure(text, cut - 1);
}

int grid_text_cut(struct grid *g, int row, int col, int width, enum look look, const char *text) {
  if (width < 1)
    return 0;
  if (grid_width(g, text) <= width)
    return grid_text(g, row, col, width, look, text);
  const char *mark = g->letters == TRANSLIT_NONE ? "…" : "..";
  int room = width - (g->letters == TRANSLIT_NONE ? 1 : 2);
  size_t len = cut_whole(text, bytes_that_fit(g, text, room));
  int drawn = draw(g, row, col, room, look, text, len, NULL);
  return drawn + grid_text(g, row, col + drawn, width - drawn, look, mark);
}

const char *grid_way_out(const char *text) {
  const char *way = NULL;
  for (const char *p = text; *p; p++)
    if (p > text && p[0] == ';' && p[1] == ' ')
      way = p[-1] == ' ' ? p - 1 : p;
  for (const char *p = text; *p && !way; p++)
    if (p > text && p[0] == '.' && p[1] == ' ' && p[2] && !strstr(p + 1, ". "))
      way = p;
  return way;
}

int grid_text_way(struct grid *g, int row, int col, int width, enum look look, const char *text) {
  enum { HEAD_LEAST = 8, HEAD_STATE = 12, HEAD = 512 };
  const char *way = grid_width(g, text) > width ? grid_way_out(text) : NULL;
  char head[HEAD];
  if (!way || (size_t)(way - text) >= sizeof head)
    return grid_text_cut(g, row, col, width, look, text);
  const char *alone = way + strspn(way, " ;.");
  way += *way == '.'; /* the sign of what is cut stands for it */
  int room = width - grid_width(g, way);
  if (grid_width(g, alone) > width) /* a name stands in it: what is first says more */
    return grid_text_cut(g, row, col, width, look, text);
  snprintf(head, sizeof head, "%.*s", (int)(way - text), text);
  if (grid_width(g, head) <= HEAD_STATE) /* "EXERCISE; F3: the real answer, ..." */
    return grid_text_cut(g, row, col, width, look, text);
  if (room < HEAD_LEAST)
    return grid_text(g, row, col, width, look, alone);
  int n = grid_text_cut(g, row, col, room, look, head);
  return n + grid_text(g, row, col + n, width - n, look, way);
}

int grid_text_right(struct grid *g, int row, int col, int width, enum look look, const char *text) {
  int columns = grid_width(g, text);
  if (columns > width)
    return col + width;
  grid_text(g, row, col + width - columns, columns, look, text);
  return col + width - columns;
}

/* A sign that French sets apart from its word stands on the word's line. */
static bool sign_follows(const char *text, size_t len) {
  return len > 1 && text[1] && strchr(":;?!", text[1]) && (len == 2 || text[2] == ' ');
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Bytes of text that go on a line of width columns; *skip: spaces behind them. */
static size_t line_length(const struct grid *g, const char *text, size_t len, int width,
                          size_t *skip) {
  size_t at = 0, word_end = 0, next = 0;
  int columns = 0;
  while (at < len) {
    struct shown s;
    size_t n = show_next(g, text + at, len - at, &s);
    if (text[at] == ' ' && !sign_follows(text + at, len - at) &&
        !(at > 0 && is_digit(text[at - 1]) && is_digit(text[at + 1]))) {
      word_end = at;
      next = at + 1;
    }
    if (columns + shown_columns(&s) > width)
      break;
    columns += shown_columns(&s);
    at += n;
  }
  if (at == len || !word_end) {
    *skip = 0;
    return at;
  }
  *skip = next - word_end;
  return word_end;
}

size_t grid_line(const struct grid *g, const char *text, int width, size_t *skip) {
  return line_length(g, text, strlen(text), width, skip);
}

/* The last line that there is room for, of n bytes, and the sign that there is more: apart from a
 * number, which would look cut. */
static void draw_last(struct grid *g, int row, int col, int width, enum look look, const char *text,
                      size_t n) {
  const char *mark = g->letters == TRANSLIT_NONE ? "…" : "..";
  n = phrase_before(text, n);
  int columns = columns_of(g, text, n), apart = n > 0 && is_figure(text[n - 1]);
  if (columns + apart + grid_width(g, mark) > width) {
    grid_text_cut(g, row, col, width, look, text);
    return;
  }
  draw(g, row, col, width, look, text, n, NULL);
  grid_text(g, row, col + columns + apart, width - columns - apart, look, mark);
}

int grid_text_wrap(struct grid *g, int row, int col, int width, int rows, enum look look,
                   const char *text) {
  size_t len = strlen(text);
  int used = 0;
  while (len && used < rows && width > 0) {
    size_t skip;
    size_t n = line_length(g, text, len, width, &skip);
    if (n == 0)
      break;                                  /* a character wider than the line */
    if (n + skip < len && used + 1 == rows) { /* there is more than shows */
      draw_last(g, row + used, col, width, look, text, n);
      return used + 1;
    }
    draw(g, row + used, col, width, look, text, n, NULL);
    text += n + skip;
    len -= n + skip;
    used++;
  }
  return used;
}

void grid_fill(struct grid *g, int row, int col, int width, enum look look, const char *sign) {
  struct shown s;
  show_next(g, sign, strlen(sign), &s);
  if (s.letters)
    s.len = 1;
  if (s.width != 1 || row < 0 || row >= g->rows)
    return;
  for (int i = 0; i < width; i++)
    put_cell(g, row, col + i, s.text, s.len, 1, look);
}

void grid_rule(struct grid *g, int row, int col, int width, enum look look, const char *label) {
  grid_fill(g, row, col, width, look, "─");
  if (label && *label && width > 6) {
    grid_text(g, row, col + 2, 1, look, " ");
    int n = grid_text_cut(g, row, col + 3, width - 5, look, label);
    grid_text(g, row, col + 3 + n, 1, look, " ");
  }
}

void grid_paint(struct grid *g, int row, int col, int width, enum look look) {
  for (int i = 0; i < width; i++) {
    struct cell *c = grid_cell(g, row, col + i);
    if (c)
      c->look = (uint8_t)look;
  }
}

void grid_more(struct grid *g, int row, int col) {
  grid_text(g, row, col, 1, LOOK_KEY, g->letters == TRANSLIT_NONE ? "↓" : "v");
}

void grid_cursor(struct grid *g, int row, int col) {
  if (!grid_cell(g, row, col))
    return;
  g->cursor_row = row;
  g->cursor_col = col;
}

void grid_row_text(const struct grid *g, int row, struct buffer *out) {
  size_t end = out->len;
  for (int col = 0; col < g->cols; col++) {
    const struct cell *c = grid_cell(g, row, col);
    if (!c || c->width == 0)
      continue;
    buffer_add_text(out, c->text);
    if (strcmp(c->text, " ") != 0)
      end = out->len;
  }
  if (out->len > end) {
    out->len = end;
    out->data[end] = '\0';
  }
}
