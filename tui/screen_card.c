#include "tui/card.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

enum { NARROW_COLS = 60, BEFORE_ROWS = 12 };

enum { COLUMN_MAX = 20 };

/* Columns of the kinds or of the numbers.  An address is longer than a number: it takes its room
 * from its own row alone. */
static int widest(const struct grid *g, const struct card *card, bool kinds) {
  int most = 0;
  for (size_t i = 0; i < card->channel_count; i++) {
    int w = grid_width(g, kinds ? card->channels[i].kind : card->channels[i].number);
    most = w > most && w <= COLUMN_MAX ? w : most;
  }
  return most;
}

void card_draw_head(struct grid *g, struct area a, const struct card *card) {
  char site[160];
  snprintf(site, sizeof site, "%s %s", card->site, card->site_name);
  if (grid_width(g, site) > a.cols / 2)
    snprintf(site, sizeof site, "%s", card->site);
  int at = grid_text_right(g, a.row, a.col, a.cols - 1, LOOK_SITE, site);
  char name[512];
  snprintf(name, sizeof name, "%s%s%s", card->favourite ? "* " : "", card->name,
           card->gone ? _("  ! no longer in the directory") : "");
  grid_text_cut(g, a.row, a.col + 1, at - a.col - 2, card->gone ? LOOK_WARN : LOOK_TITLE, name);
}

/* A channel on one line: kind, number, state, when verified; the last give way first. */
static void draw_channel(struct grid *g, struct area a, int row, const struct card *card, size_t i,
                         bool numbered, int kinds, int numbers) {
  const struct card_channel *c = &card->channels[i];
  int col = a.col + 1, end = a.col + a.cols - 1;
  char digit[4] = " ";
  if (numbered && i < 9)
    snprintf(digit, sizeof digit, "%zu", i + 1);
  grid_text(g, row, col, 1, LOOK_KEY, digit);
  if (strcmp(digit, " ") == 0)
    grid_paint(g, row, col, 1, LOOK_TEXT);
  col += 2;
  /* The number is never cut: it goes first where there is no room for the rest. */
  bool narrow = a.cols < NARROW_COLS || col + kinds + 2 + numbers > end;
  if (!narrow) {
    grid_text_cut(g, row, col, kinds, LOOK_TEXT, c->kind);
    col += kinds + 2;
  }
  const char *number = *c->number ? c->number : "-";
  col += grid_text(g, row, col, end - col, c->down ? LOOK_DOWN : LOOK_NUMBER, number);
  if (!narrow && numbers > grid_width(g, number))
    col += numbers - grid_width(g, number);
  col += 2;
  if (narrow)
    col += grid_text_cut(g, row, col, end - col, LOOK_TEXT, c->kind) + 2;
  char state[320];
  snprintf(state, sizeof state, "%s%s%s%s", c->warn || *c->changed ? "! " : "",
           *c->changed ? c->changed : c->state, *c->via && !*c->changed ? ", " : "",
           *c->changed ? "" : c->via);
  int room = end - col, verified = grid_width(g, c->verified);
  int state_room = room >= grid_width(g, state) + 2 + verified ? room - verified - 2 : room;
  if (room > 0)
    grid_text_cut(g, row, col, state_room, c->warn || *c->changed ? LOOK_WARN : LOOK_TEXT, state);
  if (state_room < room)
    grid_text_right(g, row, col, room, LOOK_QUIET, c->verified);
}

static int draw_line(struct grid *g, struct area a, int row, int rows, const struct card_line *l) {
  char text[1024];
  snprintf(text, sizeof text, "%s%s%s%s", l->warn ? "! " : "", l->label, *l->label ? _(": ") : "",
           l->text);
  return grid_text_wrap(g, row, a.col + 3, a.cols - 4, rows, l->warn ? LOOK_WARN : LOOK_TEXT, text);
}

void card_draw_detail(struct grid *g, struct area a, const struct card *card) {
  if (!card || a.rows < 1)
    return;
  card_draw_head(g, a, card);
  int kinds = widest(g, card, true), numbers = widest(g, card, false);
  int row = a.row + 1, end = a.row + a.rows;
  int left = end - row;
  /* A line of the card keeps its place even where there are many channels. */
  int channels = (int)card->channel_count;
  if (channels > left - (card->line_count && left > 3 ? 1 : 0))
    channels = left - (card->line_count && left > 3 ? 1 : 0);
  for (int i = 0; i < channels; i++)
    draw_channel(g, a, row++, card, (size_t)i, false, kinds, numbers);
  if (channels < (int)card->channel_count && row < end) {
    char more[96];
    snprintf(more, sizeof more,
             NGETTEXT("%zu more number: Enter", "%zu more numbers: Enter",
                      card->channel_count - (size_t)channels),
             card->channel_count - (size_t)channels);
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_WARN, more);
  }
  if (!card->channel_count && row < end)
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_WARN, _("no number is listed"));
  if (*card->where && row < end)
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_QUIET, card->where);
  for (size_t i = 0; i < card->line_count && row < end; i++)
    row += draw_line(g, a, row, end - row, &card->lines[i]);
}

int card_draw(struct grid *g, struct area a, const struct card *card, int top) {
  if (a.rows < 2)
    return 0;
  card_draw_head(g, a, card);
  int lines = 0, row = a.row + 1, end = a.row + a.rows;
  int kinds = widest(g, card, true), numbers = widest(g, card, false);
  char type[512];
  snprintf(type, sizeof type, "%s%s%s", card->type, *card->type && *card->where ? ", " : "",
           card->where);
  if (lines++ >= top && row < end)
    grid_text_cut(g, row++, a.col + 1, a.cols - 2, LOOK_QUIET, type);
  /* Where there is little room the numbers come first all the same. */
  size_t before = a.rows >= BEFORE_ROWS ? card->before : 0;
  for (size_t i = 0; i < before; i++)
    if (lines++ >= top && row < end)
      row += draw_line(g, a, row, end - row, &card->lines[i]);
  for (size_t i = 0; i < card->channel_count; i++) {
    if (lines++ >= top && row < end)
      draw_channel(g, a, row++, card, i, true, kinds, numbers);
    const struct card_channel *c = &card->channels[i];
    if (*c->more && lines++ >= top && row < end)
      grid_text_cut(g, row++, a.col + 3 + (a.cols >= NARROW_COLS ? kinds + 2 : 0),
                    a.cols - 4 - (a.cols >= NARROW_COLS ? kinds + 2 : 0), LOOK_QUIET, c->more);
  }
  if (!card->channel_count && lines++ >= top && row < end)
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_WARN, _("no number is listed"));
  if (lines++ >= top && row < end)
    row++;
  for (size_t i = before; i < card->line_count; i++) {
    if (lines++ < top || row >= end)
      continue;
    row += draw_line(g, a, row, end - row, &card->lines[i]);
  }
  return lines;
}
