#include "tui/card.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

enum { NARROW_COLS = 60, BEFORE_ROWS = 12, FEW_ROWS = 2 };

enum { COLUMN_MAX = 20, CHANNEL_TEXT = 1024 };

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

bool card_says_state(const struct card_channel *c) {
  return c->change != CARD_REMOVED && c->change != CARD_DOWN && (c->warn || c->doubted);
}

/* What is said of a channel: it is never cut. */
static void state_text(const struct card_channel *c, bool brief, char *out, size_t cap) {
  const char *tried = brief ? c->tried_brief : c->tried;
  const char *and = card_says_state(c) ? ", " : "";
  if (*c->changed)
    snprintf(out, cap, "! %s%s%s", *and? c->state : "", and, c->changed);
  else
    snprintf(out, cap, "%s%s%s%s%s%s", c->warn ? "! " : "", tried, *tried ? ", " : "", c->state,
             *c->via ? ", " : "", c->via);
}

static enum look state_look(const struct card_channel *c) {
  return c->warn || *c->changed ? LOOK_WARN : LOOK_TEXT;
}

/* A channel on one line: kind, number, state, when verified; the last give way first.  False: the
 * state has no room there and needs a line of its own. */
static bool draw_channel(struct grid *g, struct area a, int row, const struct card *card, size_t i,
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
  int width = grid_width(g, number);
  grid_text(g, row, col, end - col, c->down ? LOOK_DOWN : LOOK_NUMBER, number);
  col += (!narrow && numbers > width ? numbers : width) + 2;
  if (narrow) {
    grid_text_cut(g, row, col, end - col, LOOK_TEXT, c->kind);
    col += grid_width(g, c->kind) + 2;
  }
  char state[CHANNEL_TEXT];
  state_text(c, !numbered, state, sizeof state);
  int room = end - col, verified = grid_width(g, c->verified);
  width = grid_width(g, state);
  if (width > room)
    return false;
  grid_text(g, row, col, width, state_look(c), state);
  if (width + 2 + verified <= room)
    grid_text_right(g, row, col, room, LOOK_QUIET, c->verified);
  return true;
}

static const char *nothing_text(const struct card *card) {
  return card->nothing ? card->nothing : _("no number is listed");
}

static void line_text(const struct card_line *l, char *out, size_t cap) {
  snprintf(out, cap, "%s%s%s%s", l->warn ? "! " : "", l->label, *l->label ? _(": ") : "", l->text);
}

static int draw_line(struct grid *g, struct area a, int row, int rows, const struct card_line *l) {
  char text[1024];
  line_text(l, text, sizeof text);
  return grid_text_wrap(g, row, a.col + 3, a.cols - 4, rows, l->warn ? LOOK_WARN : LOOK_TEXT, text);
}

/* What stands above the numbers; and what stands below them. */
enum part { BEFORE = 1, NOTES = 2, BEHIND = 4 };

static enum part part_of(const struct card *card, size_t line) {
  return line < card->before ? BEFORE : card->lines[line].note ? NOTES : BEHIND;
}

static int draw_lines(struct grid *g, struct area a, int row, int end, const struct card *card,
                      unsigned parts) {
  for (size_t i = 0; i < card->line_count && row < end; i++)
    if (part_of(card, i) & parts)
      row += draw_line(g, a, row, end - row, &card->lines[i]);
  return row;
}

static bool has_note(const struct card *card) {
  for (size_t i = 0; i < card->line_count; i++)
    if (part_of(card, i) == NOTES)
      return true;
  return false;
}

void card_draw_detail(struct grid *g, struct area a, const struct card *card) {
  if (!card || a.rows < 1)
    return;
  card_draw_head(g, a, card);
  int kinds = widest(g, card, true), numbers = widest(g, card, false);
  int row = a.row + 1, end = a.row + a.rows;
  /* A number keeps its line, whatever is to be read before. */
  row = draw_lines(g, a, row, end - (card->channel_count && a.rows > 2 ? 1 : 0), card, BEFORE);
  int left = end - row;
  /* A line of the card keeps its place even where there are many channels. */
  int channels = (int)card->channel_count;
  int note = left > 1 && has_note(card), stop = end - note;
  int kept = left > 3 && card->line_count > 0 ? 1 : note;
  if (note && left > 3 && channels > left - kept) /* one says how many more there are */
    kept++;
  channels = channels > left - kept ? left - kept : channels;
  int drawn = 0;
  for (; drawn < channels && row < stop; drawn++) {
    const struct card_channel *c = &card->channels[drawn];
    char state[CHANNEL_TEXT];
    bool told = draw_channel(g, a, row++, card, (size_t)drawn, false, kinds, numbers);
    if (told || (!c->warn && !c->doubted && !*c->changed)) /* what no incident says can wait */
      continue;
    state_text(c, true, state, sizeof state);
    int own = grid_width(g, c->number); /* a long address has its columns whatever follows */
    int behind = a.col + 3 + kinds + 2 + (own > numbers ? own : numbers) + 2;
    int room = a.col + a.cols - 1 - behind;
    if (row < stop)
      row += grid_text_wrap(g, row, a.col + 5, a.cols - 6, stop - row, state_look(c), state);
    else if (a.cols >= NARROW_COLS &&
             room > 0) /* its first words are better than a number without any */
      grid_text_cut(g, row - 1, behind, room, state_look(c), state);
  }
  channels = drawn;
  if (channels < (int)card->channel_count && row < stop) {
    char more[96];
    snprintf(more, sizeof more,
             NGETTEXT("%zu more number: Enter", "%zu more numbers: Enter",
                      card->channel_count - (size_t)channels),
             card->channel_count - (size_t)channels);
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_WARN, more);
  }
  if (!card->channel_count && row < end)
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_WARN, nothing_text(card));
  unsigned noted = end - row <= FEW_ROWS ? NOTES : 0; /* else the line that has no room */
  row = draw_lines(g, a, row, end, card, noted);
  if (*card->where && row < end)
    grid_text_cut(g, row++, a.col + 3, a.cols - 4, LOOK_QUIET, card->where);
  draw_lines(g, a, row, end, card, (NOTES | BEHIND) & ~noted);
}

/* Rows of the card one below the other, of which the first top are scrolled off. */
struct pen {
  struct grid *g;
  struct area a;
  int top, line;
};

/* The grid's row of the next line; -1: it does not show. */
static int next_row(struct pen *p) {
  int row = p->a.row + 1 + p->line - p->top;
  bool shows = p->line >= p->top && row < p->a.row + p->a.rows;
  p->line++;
  return shows ? row : -1;
}

static void write_text(struct pen *p, int indent, enum look look, const char *text) {
  size_t len = strlen(text);
  int width = p->a.cols - 1 - indent;
  while (len) {
    size_t skip, n = grid_line(p->g, text, width, &skip);
    int row = next_row(p);
    char line[CHANNEL_TEXT];
    snprintf(line, sizeof line, "%.*s", (int)n, text);
    if (row >= 0)
      grid_text(p->g, row, p->a.col + indent, width, look, line);
    text += n + skip;
    len -= n ? n + skip : len; /* a sign wider than the line */
  }
}

static void write_line(struct pen *p, const struct card_line *l) {
  char text[CHANNEL_TEXT];
  line_text(l, text, sizeof text);
  write_text(p, 3, l->warn ? LOOK_WARN : LOOK_TEXT, text);
}

/* Lines that a text takes. */
static int lines_of(const struct pen *p, int indent, const char *text) {
  size_t len = strlen(text), skip;
  int count = 0;
  for (; len; count++) {
    size_t n = grid_line(p->g, text, p->a.cols - 1 - indent, &skip);
    text += n + skip;
    len -= n ? n + skip : len;
  }
  return count;
}

/* "absent until", "do NOT call if", as far as the first number keeps its lines, each at least its
 * beginning before another has a second line.  Returns those that were written whole. */
static uint64_t write_urgent(struct pen *p, const struct card *card) {
  enum { BESIDE = 4 }; /* the name, what it is, a number and its state */
  uint64_t whole = 0;
  int left = p->a.rows - BESIDE, others = -1;
  for (size_t i = 0; i < card->before; i++)
    others += card->lines[i].urgent;
  for (size_t i = 0; i < card->before && i < 64 && left > 0; i++) {
    const struct card_line *l = &card->lines[i];
    char text[CHANNEL_TEXT];
    if (!l->urgent)
      continue;
    line_text(l, text, sizeof text);
    int lines = lines_of(p, 3, text);
    if (lines <= left - others || lines == 1) {
      write_line(p, l);
      whole |= UINT64_C(1) << i;
    } else {
      lines = 1;
      int row = next_row(p);
      if (row >= 0)
        grid_text_cut(p->g, row, p->a.col + 3, p->a.cols - 4, LOOK_WARN, text);
    }
    left -= lines;
    others--;
  }
  return whole;
}

int card_draw(struct grid *g, struct area a, const struct card *card, int top) {
  struct pen p = {g, a, top, 0};
  if (a.rows < 2)
    return 0;
  card_draw_head(g, a, card);
  int kinds = widest(g, card, true), numbers = widest(g, card, false), row;
  int indent = 3 + (a.cols >= NARROW_COLS ? kinds + 2 : 0);
  char text[1024];
  snprintf(text, sizeof text, "%s%s%s", card->type, *card->type && *card->where ? ", " : "",
           card->where);
  write_text(&p, 1, LOOK_QUIET, text);
  /* Where there is little room the numbers come first, but for what forbids to dial them unread. */
  size_t before = a.rows >= BEFORE_ROWS ? card->before : 0;
  uint64_t told = before ? UINT64_MAX : write_urgent(&p, card);
  for (size_t i = 0; i < before; i++)
    write_line(&p, &card->lines[i]);
  for (size_t i = 0; i < card->channel_count; i++) {
    /* Drawn off the grid where it does not show: whether the state has room is asked all the same.
     */
    row = next_row(&p);
    if (!draw_channel(g, a, row >= 0 ? row : g->rows, card, i, true, kinds, numbers)) {
      state_text(&card->channels[i], false, text, sizeof text);
      write_text(&p, indent, state_look(&card->channels[i]), text);
    }
    write_text(&p, indent, LOOK_QUIET, card->channels[i].more);
  }
  if (!card->channel_count)
    write_text(&p, 3, LOOK_WARN, nothing_text(card));
  if (a.rows >= BEFORE_ROWS)
    next_row(&p);
  for (size_t i = before; i < card->line_count; i++)
    if (before || i >= card->before || !(told & UINT64_C(1) << i))
      write_line(&p, &card->lines[i]);
  if (p.line - top > a.rows - 1)
    grid_more(g, a.row + a.rows - 1, a.col + a.cols - 1);
  return p.line;
}
