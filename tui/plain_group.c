/* Cascades and crisis cells by line: a member after the other, one digit for how each call ended.
 */
#include <string.h>

#include "base/i18n.h"
#include "tui/call.h"
#include "tui/dialogue.h"
#include "tui/groups.h"
#include "tui/write.h"

struct work {
  struct uuid group;
  int64_t begun; /* a run that nothing is written of yet; 0: none */
  size_t at;
  struct arena arena; /* of one step */
  struct present p;
  struct group_run run;
};

/* As it stands now; false: it is gone, and said so. */
static bool read_run(struct dialogue *d, struct work *w) {
  struct tc_error err = {0};
  arena_reset(&w->arena);
  dialogue_present(d, &w->p);
  w->p.arena = &w->arena;
  if (group_run_find(&w->run, &w->p, &w->group, w->begun, &err) == TC_OK)
    return true;
  dialogue_fault(d, &err);
  return false;
}

static void say_head(struct dialogue *d, const struct work *w) {
  struct buffer text = BUFFER_INIT;
  const char *mark = setup_mark(d->setup);
  group_run_text(&text, &w->run, &w->p);
  dialogue_line(d, "%s%s%s %s: %s", mark, *mark ? " " : "", w->run.group->site, w->run.group->name,
                buffer_text(&text));
  buffer_free(&text);
}

/* "3/12 Pharmacy: 0 01 99 00 70 01, DDI; answered 03:15, NE, not confirmed" */
static void say_member(struct dialogue *d, const struct work *w, size_t i) {
  const struct group_row *row = &w->run.rows[i];
  struct buffer tick = BUFFER_INIT;
  const char *mark = setup_mark(d->setup);
  group_tick_text(&tick, &w->run, row, w->p.world.now);
  dialogue_line(d, "%zu/%zu %s%s%s%s: %s%s%s%s%s%s%s%s", i + 1, w->run.count, mark,
                *mark ? " " : "", row->reached ? "x " : "", row->named,
                *row->number ? row->number : "-", *row->kind ? ", " : "", row->warn ? "! " : "",
                row->kind, *row->note ? ", " : "", row->note, tick.len ? "; " : "",
                buffer_text(&tick));
  buffer_free(&tick);
}

/* From there on the first who is not reached; count: there is none. */
static size_t next_from(const struct group_run *run, size_t i) {
  while (i < run->count && run->rows[i].reached)
    i++;
  return i;
}

/* result NULL: the last one is taken back. */
static void note(struct dialogue *d, struct work *w, const struct group_result *result) {
  struct act act;
  struct entry group;
  struct tc_error err = {0};
  struct writing writing = {.setup = d->setup, .arena = &w->arena};
  if (!dialogue_may_write(d) || (writing.initials = dialogue_initials(d)) == NULL)
    return;
  if (group_act(&act, &writing, &group, &w->run, w->at, result, &err) != TC_OK)
    dialogue_fault(d, &err);
  else if (dialogue_write(d, &act) && result)
    w->at = next_from(&w->run, w->at + 1);
  dialogue_follow(d); /* it stands there at once */
}

static const char *question(const struct group_run *run, bool paged) {
  if (!run->cell && paged)
    return _(
        "1 paged  2 no call back  3 called back  4 wrong person  5 not a pager  -: taken back  "
        "<: the one before  l: all of them  c: the card  0: a new run  Enter: the next  q: "
        "end: ");
  return run->cell ? _("1 by phone  2 by fax  3 by mail  4 no answer  -: taken back  <: the one "
                       "before  l: all of them  c: the card  Enter: the next  q: end: ")
                   : _("1 no answer  2 busy  3 answered  4 wrong person  5 wrong number  -: taken "
                       "back  <: the one before  l: all of them  c: the card  0: a new run  Enter: "
                       "the next  q: end: ");
}

static void begin_anew(struct dialogue *d, struct work *w) {
  if (w->run.cell || !dialogue_may_write(d))
    return; /* its periods begin by themselves */
  w->begun = clock_now(&d->setup->clock);
  w->at = 0;
  dialogue_line(d, "%s",
                _("A new run begins with the first result; until then the last one stays."));
}

/* A sign that is typed of a member; false: it is over. */
static bool obey(struct dialogue *d, struct work *w, char sign) {
  const struct group_row *row = &w->run.rows[w->at];
  struct group_result result;
  switch (sign) {
  case 'q':
    return false;
  case 'c':
    if (row->entry)
      dialogue_say_card(d, &row->entry->uuid);
    else
      dialogue_line(d, "%s", _("No card belongs to it: all of it was said."));
    return !row->entry;
  case 'l':
    for (size_t i = 0; i < w->run.count; i++)
      say_member(d, w, i);
    return true;
  case '<':
    w->at -= w->at > 0;
    return true;
  case '-':
    note(d, w, NULL);
    return true;
  case '0':
    begin_anew(d, w);
    return true;
  default:
    if (group_digit(&w->run, sign - '0', row->pager, &result))
      note(d, w, &result);
    return true;
  }
}

static bool step(struct dialogue *d, struct work *w) {
  char typed[DIALOGUE_LINE];
  say_member(d, w, w->at);
  if (!dialogue_ask(d, question(&w->run, w->at < w->run.count && w->run.rows[w->at].pager), typed,
                    sizeof typed))
    return false;
  if (!*typed)
    w->at = next_from(&w->run, w->at + 1);
  else if (!typed[1])
    return obey(d, w, typed[0]);
  return true;
}

static void work(struct dialogue *d, const struct uuid *group) {
  struct work w = {.group = *group, .arena = ARENA_INIT};
  bool goes_on = read_run(d, &w);
  if (goes_on) {
    size_t first = next_from(&w.run, 0);
    w.at = first < w.run.count ? first : 0;
    say_head(d, &w);
  }
  if (goes_on && !w.run.count)
    dialogue_line(d, "%s", _("Nobody is listed in it."));
  while (goes_on && w.at < w.run.count)
    goes_on = step(d, &w) && read_run(d, &w);
  if (goes_on && w.run.count) {
    dialogue_line(d, "%s", _("That was the last one."));
    say_head(d, &w);
  }
  arena_free(&w.arena);
}

struct groups {
  struct present p;
  const struct group *items;
};

/* How far it is; of another site its kind. */
static void say_group(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct groups *all = of;
  const struct group *g = &all->items[i];
  struct group_run run;
  struct buffer text = BUFFER_INIT;
  if (strcmp(g->site, d->setup->from.site) == 0 &&
      group_run_read(&run, &all->p, g, 0, NULL) == TC_OK)
    group_run_text(&text, &run, &all->p);
  else
    buffer_add_text(&text, group_type_text(g));
  dialogue_line(d, "%zu %s %s: %s", digit, g->site, g->name, buffer_text(&text));
  buffer_free(&text);
}

size_t plain_group_count(struct dialogue *d) {
  const struct group *groups;
  size_t count = 0;
  return groups_read(&groups, &count, d->setup, d->setup->from.site, &d->arena, NULL) == TC_OK
             ? count
             : 0;
}

bool plain_ask_group(struct dialogue *d, struct uuid *out) {
  struct groups all;
  size_t count = 0;
  struct tc_error err = {0};
  dialogue_present(d, &all.p);
  if (groups_read(&all.items, &count, d->setup, d->setup->from.site, &d->arena, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return false;
  }
  const struct choice choice = {
      .count = count, .say = say_group, .of = &all, .enter = _("Enter: back")};
  size_t chosen = dialogue_choose(d, &choice, NULL);
  if (chosen < count)
    *out = all.items[chosen].uuid;
  return chosen < count;
}

void plain_groups(struct dialogue *d) {
  struct uuid group;
  if (plain_ask_group(d, &group))
    work(d, &group);
}
