#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/fax.h"

enum { FEW_ROWS = 12, LINE_TEXT = 640, NAME_LEAST = 12 };

/* What is left of the area, from row on. */
struct rest {
  struct grid *g;
  int row, end, col, cols;
  int top;   /* lines that are scrolled off yet */
  bool more; /* something had no room */
};

/* The row of the next line; -1: it does not show. */
static int next_row(struct rest *r) {
  if (r->top > 0) {
    r->top--;
    return -1;
  }
  if (r->row < r->end)
    return r->row++;
  r->more = true;
  return -1;
}

static void say(struct rest *r, enum look look, const char *text) {
  size_t len = strlen(text);
  while (len) {
    size_t skip, n = grid_line(r->g, text, r->cols - 1, &skip);
    char line[LINE_TEXT];
    int row = next_row(r);
    snprintf(line, sizeof line, "%.*s", (int)n, text);
    if (row >= 0)
      grid_text(r->g, row, r->col, r->cols, look, line);
    text += n + skip;
    len -= n ? n + skip : len; /* a sign wider than the line */
  }
}

static void skip(struct rest *r, int roomy) {
  if (r->end - r->row > roomy)
    r->row++;
}

/* One line a machine, where there are several to choose from. */
static void draw_points(struct rest *r, const struct fax_card *fax, size_t selected) {
  for (size_t i = 0; i < fax->count && r->row < r->end - 4; i++) {
    const struct fax_point *p = &fax->points[i];
    char line[LINE_TEXT];
    const char *mark = p->channel->mark ? p->channel->mark : "";
    if (*p->channel->changed) /* nobody sends to one that was taken out */
      mark = p->channel->changed;
    snprintf(line, sizeof line, "%s %s  %s%s%s%s%s%s", i == selected ? ">" : " ",
             p->channel->number, *mark ? "! " : "", mark, *mark ? ", " : "", p->channel->kind,
             *p->purposes ? ", " : "", p->purposes);
    grid_text_cut(r->g, r->row, r->col - 1, r->cols + 1, i == selected ? LOOK_SELECTED : LOOK_TEXT,
                  line);
    r->row++;
  }
  skip(r, 10);
}

/* Whose numbers a hand makes of this one, and where they differ: one line each, the difference
 * never cut. */
static void draw_alikes(struct rest *r, const struct fax_point *p) {
  char line[LINE_TEXT];
  if (!p->alike_count)
    return;
  snprintf(line, sizeof line,
           NGETTEXT("! %zu other fax looks like this one:", "! %zu other faxes look like this one:",
                    p->alike_count),
           p->alike_count);
  say(r, LOOK_WARN, line);
  for (size_t i = 0; i < p->alike_count; i++) {
    const struct fax_alike *a = &p->alikes[i];
    int names = r->cols - 3 - grid_width(r->g, a->differs) - 2;
    if (names < NAME_LEAST) { /* one below the other */
      snprintf(line, sizeof line, "  %s %s%s%s", a->site, a->name, _(": "), a->differs);
      say(r, LOOK_TEXT, line);
      continue;
    }
    snprintf(line, sizeof line, "%s %s", a->site, a->name);
    int row = next_row(r);
    if (row < 0)
      continue;
    int at = grid_text_right(r->g, row, r->col, r->cols - 1, LOOK_TEXT, a->differs);
    grid_text_cut(r->g, row, r->col + 2, at - r->col - 4, LOOK_TEXT, line);
  }
}

/* The last digits typed again, and what that tells. */
/* What is said of them, where the cursor is then: a braille line shows that, not the name. */
static void say_of_them(struct rest *r, enum look look, const char *line) {
  if (r->row < r->end)
    grid_cursor(r->g, r->row, r->col);
  say(r, look, line);
}

static void draw_check(struct rest *r, const struct fax_point *p, const char *typed) {
  char line[LINE_TEXT], boxes[2 * FAX_TAIL + 1];
  size_t alike = 0, n = strlen(typed);
  if (!p->tail[0])
    return;
  for (size_t i = 0; i < FAX_TAIL; i++)
    snprintf(boxes + 2 * i, 3, "%c ", i < n ? typed[i] : '_');
  boxes[2 * FAX_TAIL - 1] = '\0';
  switch (fax_check(p, typed, &alike)) {
  case FAX_RIGHT:
    snprintf(line, sizeof line, _("last four: %s  they are right"), boxes);
    say_of_them(r, LOOK_NUMBER, line);
    break;
  case FAX_ALIKE:
    snprintf(line, sizeof line, _("! last four: %s  STOP: those are of %s %s"), boxes,
             p->alikes[alike].site, p->alikes[alike].name);
    say_of_them(r, LOOK_DOWN, line);
    break;
  case FAX_WRONG:
    snprintf(line, sizeof line, _("! last four: %s  STOP: they are not of this fax"), boxes);
    say_of_them(r, LOOK_DOWN, line);
    break;
  default:
    snprintf(line, sizeof line, _("last four that you keyed in: %s"), "");
    if (r->row < r->end) { /* what is typed is never cut: the words before it are */
      int most = r->cols - (int)(2 * FAX_TAIL), width = grid_width(r->g, line);
      int box = grid_text_cut(r->g, r->row, r->col, width < most ? width : most, LOOK_KEY, line);
      box += width > most;
      grid_text(r->g, r->row, r->col + box, r->cols - box, LOOK_KEY, boxes);
      grid_cursor(r->g, r->row, r->col + box + 2 * (int)n);
      r->row++;
    }
  }
}

static void draw_point(struct rest *r, const struct fax_point *p, const char *typed, int top) {
  const struct card_channel *c = p->channel;
  char line[LINE_TEXT];
  int rows = r->end - r->row - 7;
  r->row +=
      digits_draw_number(r->g, r->row, r->col, r->cols, rows, c->masked ? c->number : c->clear);
  if (c->warn && card_says_state(c)) {
    snprintf(line, sizeof line, "! %s", c->state);
    say(r, LOOK_WARN, line);
  }
  if (*c->changed) {
    snprintf(line, sizeof line, "! %s", c->changed);
    say(r, LOOK_WARN, line);
  }
  draw_check(r, p, typed);
  /* What is above stays; where there is little room, what may send a paper astray comes first. */
  bool few = r->end - r->row < FEW_ROWS;
  r->top = top;
  if (few)
    draw_alikes(r, p);
  digits_line(r->g, c, c->state, r->end - r->row, r->cols, line, sizeof line);
  say(r, LOOK_TEXT, line);
  snprintf(line, sizeof line, "%s%s", p->is_old ? "! " : "", c->verified);
  if (*c->verified)
    say(r, p->is_old ? LOOK_WARN : LOOK_TEXT, line);
  if (p->is_server) {
    say(r, LOOK_TEXT, _("a fax server: it arrives as a message, no paper comes out"));
  } else if (*p->place) {
    snprintf(line, sizeof line, _("stands in: %s"), p->place);
    say(r, LOOK_TEXT, line);
  }
  if (*p->purposes) {
    snprintf(line, sizeof line, _("for: %s"), p->purposes);
    say(r, LOOK_TEXT, line);
  }
  if (*p->check) {
    snprintf(line, sizeof line, _("call to confirm that it arrived: %s"), p->check);
    say(r, LOOK_TEXT, line);
  } else {
    say(r, LOOK_WARN, _("! no number is listed to confirm that it arrived: call the service"));
  }
  if (*c->how) {
    snprintf(line, sizeof line, _("how: %s"), c->how);
    say(r, LOOK_TEXT, line);
  }
  if (!few)
    draw_alikes(r, p);
}

bool fax_draw(struct grid *g, struct area a, const struct fax_card *fax, size_t selected,
              const char *typed, int top) {
  struct rest r = {g, a.row, a.row + a.rows, a.col + 2, a.cols - 3, 0, false};
  char line[LINE_TEXT];
  if (a.rows < 3)
    return false;
  card_draw_head(g, a, fax->card);
  r.row++;
  grid_cursor(g, a.row, a.col);
  if (!fax->count) {
    skip(&r, 6);
    say(&r, LOOK_WARN, _("No fax is listed here."));
    if (*fax->switchboard) {
      snprintf(line, sizeof line, _("Ask the switchboard: %s"), fax->switchboard);
      say(&r, LOOK_TEXT, line);
    }
    return false;
  }
  skip(&r, 12);
  if (fax->count > 1)
    draw_points(&r, fax, selected);
  draw_point(&r, &fax->points[selected < fax->count ? selected : 0], typed, top);
  if (r.more)
    grid_more(g, a.row + a.rows - 1, a.col + a.cols - 1);
  return r.more;
}
