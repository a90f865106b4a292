#include "tui/call.h"

#include <stdio.h>

#include "base/i18n.h"

enum { HEAD_TEXT = 1024 };

const struct call_result *call_results(bool pager) {
  static const struct call_result phone[CALL_RESULTS] = {
      {ATTEMPT_NO_ANSWER, N_("no answer")},
      {ATTEMPT_BUSY, N_("busy")},
      {ATTEMPT_ANSWERED, N_("answered")},
      {ATTEMPT_WRONG_PERSON, N_("wrong person")},
      {ATTEMPT_WRONG_NUMBER, N_("wrong number")}};
  static const struct call_result paged[CALL_RESULTS] = {
      {ATTEMPT_PAGED, N_("page sent, no call back yet")},
      {ATTEMPT_NO_ANSWER, N_("page sent, nobody called back")},
      {ATTEMPT_ANSWERED, N_("called back")},
      {ATTEMPT_WRONG_PERSON, N_("somebody else called back: wrong person")},
      {ATTEMPT_WRONG_NUMBER, N_("not a pager: wrong number")}};
  return pager ? paged : phone;
}

/* From the fullest to the barest. */
static void head_text(const struct call_view *v, int form, char out[HEAD_TEXT]) {
  char after[HEAD_TEXT / 2], origin[HEAD_TEXT / 4];
  if (*v->after)
    snprintf(after, sizeof after, _(", after %s (%s)"), v->after, v->last);
  else
    snprintf(after, sizeof after, " (%s)", v->last);
  snprintf(origin, sizeof origin, _(", for %s"), v->origin);
  if (form == 0 && *v->origin)
    snprintf(out, HEAD_TEXT, _("step %zu of %zu: %s%s%s"), v->step, v->steps, v->name, after,
             origin);
  else if (form <= 1)
    snprintf(out, HEAD_TEXT, _("step %zu of %zu: %s%s%s"), v->step, v->steps, v->name, after, "");
  else if (form == 2)
    snprintf(out, HEAD_TEXT, _("step %zu of %zu: %s (before: %s)"), v->step, v->steps, v->name,
             v->last);
  else
    snprintf(out, HEAD_TEXT, _("%zu of %zu: %s"), v->step, v->steps, v->name);
}

/* Whom the last try was for, cut, and how it ended, whole. */
static void draw_before(struct grid *g, struct area a, const struct call_view *v) {
  char before[HEAD_TEXT / 2];
  snprintf(before, sizeof before, _("before: %s"), *v->after ? v->after : v->name);
  grid_fill(g, a.row, a.col, a.cols, LOOK_TOP, " ");
  int at = grid_text_right(g, a.row, a.col, a.cols - 1, LOOK_TOP, v->last);
  grid_text_cut(g, a.row, a.col + 1, at - a.col - 2, LOOK_TOP, before);
}

int call_draw_head(struct grid *g, struct area a, const struct call_view *v) {
  enum { BAREST = 3, TIME_TEXT = 64, MOST_S = 99 * 60 + 59, ROWS_LEFT = 4 };
  const struct area all = a;
  char text[HEAD_TEXT], waited[TIME_TEXT], clock[TIME_TEXT / 2];
  int form = 0;
  if (a.rows < 1)
    return 0;
  int s = v->waited < 0 ? 0 : v->waited > MOST_S ? MOST_S : (int)v->waited;
  int wait = v->wait > MOST_S ? MOST_S : (int)v->wait;
  snprintf(clock, sizeof clock, "%d:%02d", s / 60, s % 60);
  if (wait > 0 && wait % 60 == 0)
    snprintf(waited, sizeof waited, _("%s of %d min"), clock, wait / 60);
  else if (wait > 0)
    snprintf(waited, sizeof waited, _("%s of %d s"), clock, wait);
  else
    snprintf(waited, sizeof waited, "%s", clock);
  grid_fill(g, a.row, a.col, a.cols, LOOK_TOP, " ");
  int at = grid_text_right(g, a.row, a.col, a.cols - 1, LOOK_TOP, waited);
  if (*v->mark)
    a.col += grid_text(g, a.row, a.col + 1, at - a.col - 2, LOOK_WARN, v->mark) + 1;
  int room = at - a.col - 3;
  for (head_text(v, form, text); form < BAREST && grid_width(g, text) > room;)
    head_text(v, ++form, text);
  grid_text_cut(g, a.row, a.col + 1, room, LOOK_TOP, text);
  if (wait > 0 && s >= wait) /* it is time for the next one */
    grid_paint(g, a.row, at, a.col + a.cols - at, LOOK_WARN);
  if (form < BAREST || all.rows < 2 + ROWS_LEFT)
    return 1;
  draw_before(g, (struct area){all.row + 1, all.col, 1, all.cols}, v);
  return 2;
}
