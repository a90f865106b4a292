#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/fax.h"

/* What is left of the area, from row on. */
struct rest {
  struct grid *g;
  int row, end, col, cols;
};

static void say(struct rest *r, enum look look, const char *text) {
  if (*text && r->row < r->end)
    r->row += grid_text_wrap(r->g, r->row, r->col, r->cols, r->end - r->row, look, text);
}

static void skip(struct rest *r, int roomy) {
  if (r->end - r->row > roomy)
    r->row++;
}

/* One line a machine, where there are several to choose from. */
static void draw_points(struct rest *r, const struct fax_card *fax, size_t selected) {
  for (size_t i = 0; i < fax->count && r->row < r->end - 4; i++) {
    const struct fax_point *p = &fax->points[i];
    char line[640];
    snprintf(line, sizeof line, "%s %s  %s, %s", i == selected ? ">" : " ", p->channel->number,
             p->channel->kind, p->purposes);
    grid_text_cut(r->g, r->row, r->col - 1, r->cols + 1, i == selected ? LOOK_SELECTED : LOOK_TEXT,
                  line);
    r->row++;
  }
  skip(r, 10);
}

/* Whose numbers a hand makes of this one, and where they differ: one line each, the difference
 * never cut. */
static void draw_alikes(struct rest *r, const struct fax_point *p) {
  char line[640];
  if (!p->alike_count)
    return;
  snprintf(line, sizeof line,
           NGETTEXT("! %zu other fax number looks like this one:",
                    "! %zu other fax numbers look like this one:", p->alike_count),
           p->alike_count);
  say(r, LOOK_WARN, line);
  for (size_t i = 0; i < p->alike_count && r->row < r->end; i++) {
    const struct fax_alike *a = &p->alikes[i];
    if (r->row + 1 == r->end && i + 1 < p->alike_count) {
      snprintf(line, sizeof line, NGETTEXT("and %zu more", "and %zu more", p->alike_count - i),
               p->alike_count - i);
      say(r, LOOK_WARN, line);
      return;
    }
    int at = grid_text_right(r->g, r->row, r->col, r->cols, LOOK_TEXT, a->differs);
    snprintf(line, sizeof line, "%s %s", a->site, a->name);
    grid_text_cut(r->g, r->row, r->col + 2, at - r->col - 4, LOOK_TEXT, line);
    r->row++;
  }
}

/* The last digits typed again, and what that tells. */
static void draw_check(struct rest *r, const struct fax_point *p, const char *typed) {
  char line[640], boxes[2 * FAX_TAIL + 1];
  size_t alike = 0, n = strlen(typed);
  if (!p->tail[0])
    return;
  for (size_t i = 0; i < FAX_TAIL; i++)
    snprintf(boxes + 2 * i, 3, "%c ", i < n ? typed[i] : '_');
  boxes[2 * FAX_TAIL - 1] = '\0';
  switch (fax_check(p, typed, &alike)) {
  case FAX_RIGHT:
    snprintf(line, sizeof line, _("last four: %s  they are right"), boxes);
    say(r, LOOK_NUMBER, line);
    break;
  case FAX_ALIKE:
    snprintf(line, sizeof line, _("! last four: %s  STOP: those are of %s %s"), boxes,
             p->alikes[alike].site, p->alikes[alike].name);
    say(r, LOOK_DOWN, line);
    break;
  case FAX_WRONG:
    snprintf(line, sizeof line, _("! last four: %s  STOP: they are not of this fax"), boxes);
    say(r, LOOK_DOWN, line);
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

static void draw_point(struct rest *r, const struct fax_point *p, const char *typed) {
  const struct card_channel *c = p->channel;
  char line[640];
  int rows = r->end - r->row - 7;
  r->row +=
      digits_draw_number(r->g, r->row, r->col, r->cols, rows, c->masked ? c->number : c->clear);
  if (c->warn) {
    snprintf(line, sizeof line, "! %s", *c->changed ? c->changed : c->state);
    say(r, LOOK_WARN, line);
  }
  draw_check(r, p, typed);
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
  draw_alikes(r, p);
}

void fax_draw(struct grid *g, struct area a, const struct fax_card *fax, size_t selected,
              const char *typed) {
  struct rest r = {g, a.row, a.row + a.rows, a.col + 2, a.cols - 3};
  char line[640];
  if (a.rows < 3)
    return;
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
    return;
  }
  skip(&r, 12);
  if (fax->count > 1)
    draw_points(&r, fax, selected);
  draw_point(&r, &fax->points[selected < fax->count ? selected : 0], typed);
}
