/* The test round by line: a red phone or a pager after the other, one digit for each result. */
#include <string.h>

#include "base/i18n.h"
#include "tui/dialogue.h"
#include "tui/round.h"
#include "tui/walk_text.h"
#include "tui/when.h"

struct walk {
  struct uuid *order;
  size_t count, at;
  struct arena arena; /* of one step */
};

/* "3/12 ! SAB Pav. Alma 2e Bloc  red phone 7701  OVERDUE, never tested; works, 03:14" */
static void say_row(struct dialogue *d, struct walk *w, const struct walk_row *row) {
  struct present p;
  struct buffer line = BUFFER_INIT;
  char when[WHEN_TEXT];
  int64_t now = clock_now(&d->setup->clock);
  const struct act_held *last = round_last(d->setup, &row->contact->uuid);
  dialogue_present(d, &p);
  walk_line(&line, row, &p.world, now, &w->arena);
  if (last && !row->failed) {
    buffer_add_text(&line, "; ");
    buffer_printf(&line, _("works, %s"), when_seen(last->act.at, now, when));
  }
  const char *mark = setup_mark(d->setup);
  dialogue_line(d, "%zu/%zu %s%s%s", w->at + 1, w->count, mark, *mark ? " " : "",
                buffer_text(&line));
  buffer_free(&line);
}

static void note(struct dialogue *d, struct walk *w, const struct walk_row *row,
                 enum test_result result) {
  struct act act;
  struct entry e;
  struct tc_error err = {0};
  struct writing writing = {.setup = d->setup, .arena = &w->arena};
  const struct uuid contact = row->contact->uuid, entry = row->entry->uuid;
  if (!dialogue_may_write(d) || (writing.initials = dialogue_initials(d)) == NULL)
    return;
  if (round_act(&act, &writing, &e, &entry, &contact, result, &err) != TC_OK)
    dialogue_fault(d, &err);
  else if (dialogue_write(d, &act) && result)
    w->at++;
  dialogue_follow(d); /* it stands there at once */
}

/* false: it is over. */
static bool step(struct dialogue *d, struct walk *w) {
  struct walk_row *rows;
  struct tc_error err = {0};
  size_t count = 0;
  char typed[DIALOGUE_LINE];
  if (round_read(d->setup, &w->arena, &rows, &count, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return false;
  }
  const struct walk_row *row = round_row(rows, count, &w->order[w->at]);
  if (!row) {
    w->at++;
    return true;
  }
  say_row(d, w, row);
  if (!dialogue_ask(
          d,
          _("1 works  2 silent  3 not there  -: its last result is taken back  <: the one "
            "before  c: its card  Enter: the next  q: end: "),
          typed, sizeof typed) ||
      strcmp(typed, "q") == 0)
    return false;
  if (strcmp(typed, "c") == 0) {
    dialogue_say_card(d, &row->entry->uuid);
    return false;
  }
  if (!*typed)
    w->at++;
  else if (strcmp(typed, "<") == 0)
    w->at -= w->at > 0;
  else if (strcmp(typed, "-") == 0)
    note(d, w, row, TEST_OTHER);
  else if (typed[0] >= '1' && typed[0] <= '3' && !typed[1])
    note(d, w, row, (enum test_result)(typed[0] - '0'));
  return true;
}

/* Where it was left: at the first that nobody tested in this shift. */
static size_t begin_at(const struct dialogue *d, const struct walk *w) {
  size_t i = 0;
  while (i < w->count && round_last(d->setup, &w->order[i]))
    i++;
  return i < w->count ? i : 0;
}

size_t plain_round_due(struct dialogue *d, size_t *count) {
  struct walk_row *rows = NULL;
  if (round_read(d->setup, &d->arena, &rows, count, NULL) != TC_OK)
    *count = 0;
  return round_due(rows, *count);
}

void plain_round(struct dialogue *d) {
  struct walk_row *rows;
  struct tc_error err = {0};
  struct walk w = {.arena = ARENA_INIT};
  if (round_read(d->setup, &d->arena, &rows, &w.count, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return;
  }
  w.order = round_order(rows, w.count, &d->arena);
  if (!w.count || !w.order)
    dialogue_line(d, "%s", _("no red phone and no pager is recorded at this site"));
  w.at = w.order ? begin_at(d, &w) : w.count;
  while (w.at < w.count && step(d, &w))
    arena_reset(&w.arena);
  if (w.count && w.at == w.count)
    dialogue_line(d, "%s", _("That was the last one."));
  arena_free(&w.arena);
}
