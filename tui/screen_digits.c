#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/card.h"

enum {
  GLYPH_ROWS = 5,
  GLYPH_COLS = 4,
  GLYPH_STEP = 5,
  GROUP_GAP = 2,
  BIG_ROWS = GLYPH_ROWS + 1,
  FEW_ROWS = 12
};

struct glyph {
  char sign;
  const char *rows[GLYPH_ROWS];
};

static const struct glyph glyphs[] = {
    {'0', {" ## ", "#  #", "#  #", "#  #", " ## "}},
    {'1', {"  # ", " ## ", "  # ", "  # ", " ###"}},
    {'2', {"### ", "   #", " ## ", "#   ", "####"}},
    {'3', {"### ", "   #", " ## ", "   #", "### "}},
    {'4', {"#  #", "#  #", "####", "   #", "   #"}},
    {'5', {"####", "#   ", "### ", "   #", "### "}},
    {'6', {" ## ", "#   ", "### ", "#  #", " ## "}},
    {'7', {"####", "   #", "  # ", " #  ", " #  "}},
    {'8', {" ## ", "#  #", " ## ", "#  #", " ## "}},
    {'9', {" ## ", "#  #", " ###", "   #", " ## "}},
    {'+', {"    ", " #  ", "### ", " #  ", "    "}},
    {'*', {"    ", "# # ", " #  ", "# # ", "    "}},
    {'#', {" # #", "####", " # #", "####", " # #"}},
};

static const struct glyph *glyph_of(char sign) {
  for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
    if (glyphs[i].sign == sign)
      return &glyphs[i];
  return NULL;
}

static bool all_big(const char *shown) {
  for (const char *p = shown; *p; p++)
    if (*p != ' ' && !glyph_of(*p))
      return false;
  return *shown;
}

static int group_columns(size_t len, int scale) {
  return ((int)len * GLYPH_STEP - 1) * scale;
}

/* Draws one sign, each of its dots scale columns wide, and small below it the same, so that none
 * can be misread. */
static void draw_glyph(struct grid *g, int row, int col, int scale, char sign) {
  const struct glyph *glyph = glyph_of(sign);
  for (int y = 0; y < GLYPH_ROWS; y++)
    for (int x = 0; x < GLYPH_COLS; x++)
      if (glyph->rows[y][x] == '#')
        grid_fill(g, row + y, col + x * scale, scale, LOOK_BIG, "█");
  char small[2] = {sign, '\0'};
  grid_text(g, row + GLYPH_ROWS, col + scale, 1, LOOK_NUMBER, small);
}

/* Groups on lines of at most cols columns, never parted; draws when row >= 0.  Returns the lines,
 * or 0 when a group is wider than a line. */
static int lay_groups(struct grid *g, int row, int col, int cols, int scale, const char *shown) {
  int lines = 1, x = 0;
  for (const char *p = shown; *p;) {
    size_t len = strcspn(p, " ");
    int width = group_columns(len, scale);
    if (width > cols)
      return 0;
    if (x && x + width > cols) {
      lines++;
      x = 0;
    }
    if (row >= 0)
      for (size_t i = 0; i < len; i++)
        draw_glyph(g, row + (lines - 1) * (BIG_ROWS + 1), col + x + (int)i * GLYPH_STEP * scale,
                   scale, p[i]);
    x += width + (1 + GROUP_GAP) * scale;
    p += len;
    p += strspn(p, " ");
  }
  return lines;
}

/* Where big signs have no room: one line, every sign apart, groups further apart. */
static int draw_spaced(struct grid *g, int row, int col, int cols, const char *shown) {
  char spaced[512];
  size_t n = 0;
  for (const char *p = shown; *p && n + 8 < sizeof spaced; p++) {
    spaced[n++] = *p;
    if ((unsigned char)*p < 0x80 && p[1] && (p[1] & 0xC0) != 0x80)
      spaced[n++] = ' ';
  }
  spaced[n] = '\0';
  bool apart = grid_width(g, spaced) <= cols && !strchr(shown, '@');
  return grid_text_wrap(g, row, col, cols, 3, LOOK_BIG, apart ? spaced : shown);
}

int digits_draw_number(struct grid *g, int row, int col, int cols, int rows, const char *shown) {
  if (!all_big(shown))
    return 0;
  /* Twice as wide where the whole number then still stands on one line. */
  int scale = lay_groups(g, -1, 0, cols, 2, shown) == 1 ? 2 : 1;
  int lines = lay_groups(g, -1, 0, cols, scale, shown);
  int height = lines * (BIG_ROWS + 1);
  if (!lines || height > rows)
    return draw_spaced(g, row, col, cols, shown);
  lay_groups(g, row, col, cols, scale, shown);
  return height;
}

void digits_line(const struct grid *g, const struct card_channel *c, const char *state, int rows,
                 int cols, char *out, size_t cap) {
  const char *comma = *c->via ? ", " : "";
  snprintf(out, cap, "%s%s%s, %s%s%s", c->kind, comma, c->via, c->from, c->warn ? "" : ", ",
           c->warn ? "" : state);
  if (!c->warn && grid_width(g, out) > rows * cols - 12)
    snprintf(out, cap, "%s, %s%s%s, %s", state, c->kind, comma, c->via, c->from);
}

/* What is around the digits, most important first. */
static void draw_words(struct grid *g, struct area a, int row, const struct card_channel *c,
                       bool masked) {
  int end = a.row + a.rows, col = a.col + 2, cols = a.cols - 3;
  const char *state = masked ? c->state : c->shown_state;
  char line[640];
  if (*c->changed && row < end)
    row += grid_text_wrap(g, row, col, cols, end - row, LOOK_WARN, c->changed);
  if (c->warn && row < end) {
    snprintf(line, sizeof line, "! %s", state);
    row += grid_text_wrap(g, row, col, cols, end - row, LOOK_WARN, line);
  }
  if (*c->tried && row < end)
    row += grid_text_wrap(g, row, col, cols, end - row, LOOK_WARN, c->tried);
  if (!masked && *c->aloud && row + 1 < end) { /* the groups are read from the number itself too */
    snprintf(line, sizeof line, _("read: %s"), c->aloud);
    row += grid_text_wrap(g, row, col, cols, end - row, LOOK_TEXT, line);
  }
  digits_line(g, c, state, end - row, cols, line, sizeof line);
  if (row < end)
    row += grid_text_wrap(g, row, col, cols, end - row, LOOK_TEXT, line);
  if (*c->how && row < end) {
    snprintf(line, sizeof line, _("how: %s"), c->how);
    row += grid_text_wrap(g, row, col, cols, end - row, LOOK_WARN, line);
  }
  if (row < end)
    row += grid_text_cut(g, row, col, cols, LOOK_QUIET, c->verified) ? 1 : 0;
  if (*c->more && row < end)
    grid_text_cut(g, row, col, cols, LOOK_QUIET, c->more);
}

static int lines_of(const struct grid *g, int cols, const char *text) {
  size_t len = strlen(text), skip;
  int count = 0;
  for (; len; count++) {
    size_t n = grid_line(g, text, cols, &skip);
    text += n + skip;
    len -= n ? n + skip : len;
  }
  return count;
}

/* What is to be read before the number.  What forbids to dial it unread, and who covers, is whole
 * where the number and its state keep a line each; the rest has what is left, or is on the card.
 * Returns the rows that it took. */
static int draw_before(struct grid *g, struct area a, int row, int cols, const struct card *card,
                       int number) {
  int left = a.rows >= GLYPH_ROWS * 3 ? a.rows - 2 * BIG_ROWS : a.rows - number - 2;
  int first = row, urgent = 0, plain = 0;
  for (size_t i = 0; i < card->before; i++)
    *(card->lines[i].urgent ? &urgent : &plain) += 1;
  for (size_t i = 0; i < card->before && left > 0; i++) {
    const struct card_line *l = &card->lines[i];
    char line[1024];
    *(l->urgent ? &urgent : &plain) -= 1;
    snprintf(line, sizeof line, "%s%s%s%s", l->warn ? "! " : "", l->label, _(": "), l->text);
    int most = left - urgent - !l->urgent, need = lines_of(g, cols, line);
    if (most < 1 && !l->urgent)
      continue;
    enum look look = l->warn ? LOOK_WARN : LOOK_TEXT;
    int used = 1;
    if (most > 1 && need > 1 && (l->urgent || (a.rows > FEW_ROWS && need <= most - plain)))
      used = grid_text_wrap(g, row, a.col + 2, cols, most, look, line);
    else
      grid_text_cut(g, row, a.col + 2, cols, look, line);
    row += used;
    left -= used;
  }
  return row - first;
}

void digits_draw(struct grid *g, struct area a, const struct card *card, size_t channel,
                 bool revealed) {
  if (channel >= card->channel_count || a.rows < 3)
    return;
  const struct card_channel *c = &card->channels[channel];
  char site[160];
  snprintf(site, sizeof site, "%s %s", card->site, card->site_name);
  if (grid_width(g, site) > a.cols / 2)
    snprintf(site, sizeof site, "%s", card->site);
  int at = grid_text_right(g, a.row, a.col, a.cols - 1, LOOK_SITE, site);
  grid_text_cut(g, a.row, a.col + 1, at - a.col - 2, LOOK_TITLE, card->name);

  bool masked = c->masked && !revealed;
  int row = a.row + 1, cols = a.cols - 4;
  row += draw_before(g, a, row, cols, card, masked ? 3 : 1);
  row += a.rows > 8 ? 1 : 0;
  int read = card->before ? a.row + 1 : row; /* what a braille line begins with */
  if (!*c->number) {
    row += grid_text_wrap(g, row, a.col + 2, cols, 3, LOOK_WARN,
                          _("This number cannot be dialled from here."));
  } else if (masked) {
    row += grid_text_wrap(g, row, a.col + 2, cols, 1, LOOK_BIG, c->number);
    row += grid_text_wrap(
        g, row, a.col + 2, cols, 2, LOOK_WARN,
        _("Masked. Enter shows it for a minute; that it was shown is written down."));
  } else {
    int used = digits_draw_number(g, row, a.col + 2, cols, a.row + a.rows - 2 - row, c->clear);
    row += used + (used < BIG_ROWS && a.rows > 8 ? 1 : 0);
    read = card->before ? read : row;
  }
  grid_cursor(g, read, a.col + 2);
  draw_words(g, a, row, c, masked);
}
