#include "tests/lib/vt.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void vt_start(struct vt *vt, int rows, int cols) {
  memset(vt, 0, sizeof *vt);
  vt->rows = rows;
  vt->cols = cols;
  vt->cursor = true;
}

void vt_mark(struct vt *vt) {
  memset(vt->written, 0, sizeof vt->written);
  memset(vt->changed, 0, sizeof vt->changed);
}

static void set_cell(struct vt *vt, int row, int col, const char *text) {
  const char *was = vt->cells[row][col];
  bool blank = strcmp(text, " ") == 0;
  vt->written[row][col] = true;
  if ((strcmp(was, text) != 0 && !(blank && !*was)) || vt->looks[row][col] != vt->look)
    vt->changed[row][col] = true;
  vt->looks[row][col] = vt->look;
  strncpy(vt->cells[row][col], text, VT_CELL - 1);
}

static void put(struct vt *vt, const char *text, size_t len) {
  char sign[VT_CELL] = "";
  memcpy(sign, text, len < VT_CELL ? len : VT_CELL - 1);
  if (vt->col >= vt->cols) { /* it wraps at the sign after the last column */
    vt->col = 0;
    vt->row++;
  }
  if (vt->row >= vt->rows) {
    vt->scrolled++;
    vt->row = vt->rows - 1;
  }
  set_cell(vt, vt->row, vt->col++, sign);
}

static void erase(struct vt *vt, int row, int from) {
  for (int col = from; col < vt->cols; col++)
    set_cell(vt, row, col, " ");
}

static void control(struct vt *vt, const char *arguments, char last) {
  char *rest = NULL;
  long first = strtol(arguments, &rest, 10), second = *rest == ';' ? strtol(rest + 1, NULL, 10) : 0;
  if (last == 'H') {
    vt->row = (int)(first ? first : 1) - 1;
    vt->col = (int)(second ? second : 1) - 1;
  } else if (last == 'K' && first == 0) {
    erase(vt, vt->row, vt->col);
  } else if (last == 'J') { /* what "clear" sends erases all, from the first cell or not */
    for (int row = 0; row < vt->rows; row++)
      erase(vt, row, 0);
  } else if (last == 'h' || last == 'l') {
    if (strstr(arguments, "?25") || strstr(arguments, "25;") || strstr(arguments, ";25"))
      vt->cursor = last == 'h';
  } else if (last == 'm') {
    vt->look = *arguments && strcmp(arguments, "0") != 0 ? vt->look * 31 + 1 : 0;
    for (const char *c = arguments; vt->look && *c; c++)
      vt->look = vt->look * 31 + (unsigned char)*c;
  } else if (last != 't' && last != 'r') {
    vt->unknown++;
  }
}

void vt_take(struct vt *vt, const char *bytes, size_t len) {
  for (size_t at = 0; at < len;) {
    unsigned char c = (unsigned char)bytes[at];
    if (c == 0x1B && at + 1 < len && bytes[at + 1] == '[') {
      char arguments[64] = "";
      size_t n = 0;
      for (at += 2; at < len && (unsigned char)bytes[at] < 0x40; at++)
        if (n + 1 < sizeof arguments)
          arguments[n++] = bytes[at];
      if (at < len)
        control(vt, arguments, bytes[at++]);
    } else if (c == 0x1B) { /* ESC ( B, ESC =, ESC > */
      at += at + 1 < len && bytes[at + 1] == '(' ? 3 : 2;
    } else if (c == '\r' || c == '\n') {
      vt->col = c == '\r' ? 0 : vt->col;
      vt->row += c == '\n' && vt->row + 1 < vt->rows;
      at++;
    } else {
      size_t n = utf8_grapheme(bytes + at, len - at);
      put(vt, bytes + at, n);
      at += n;
    }
  }
}

const char *vt_row(const struct vt *vt, int row) {
  static char line[VT_COLS * VT_CELL];
  size_t len = 0, end = 0;
  for (int col = 0; col < vt->cols; col++) {
    const char *cell = *vt->cells[row][col] ? vt->cells[row][col] : " ";
    size_t n = strlen(cell);
    memcpy(line + len, cell, n);
    len += n;
    end = strcmp(cell, " ") == 0 ? end : len;
  }
  line[end] = '\0';
  return line;
}
