/* The desk by line: what was written here, and what is to be done there: the tier of the
 * switchboard, the test round, cascades and crisis cells, an exercise. */
#include "base/i18n.h"
#include "core/exercise.h"
#include "tui/acts.h"
#include "tui/dialogue.h"
#include "tui/say_incident.h"
#include "tui/until.h"

/* The tier of the switchboard, where this terminal holds it and a PIN closes it. */
static void turn_tier(struct dialogue *d) {
  if (!d->setup->closed)
    setup_close_tier(d->setup);
  else if (dialogue_open_tier(d))
    dialogue_line(d, "%s", _("The switchboard tier is open; it closes by itself."));
}

enum { THINGS_MAX = 6 };
struct thing {
  const char *text;
  void (*run)(struct dialogue *d);
};

static size_t add(struct thing *things, size_t count, const char *text,
                  void (*run)(struct dialogue *d)) {
  if (text)
    things[count++] = (struct thing){text, run};
  return count;
}

static size_t add_exercise(struct dialogue *d, struct thing *things, size_t n) {
  const struct exercise *x = setup_exercise(d->setup);
  bool domains = cache_house(d->setup->cache)->domain_count > 0;
  if (!x)
    return domains && may_say(d->setup, ACT_KIND_EXERCISE_BEGIN)
               ? add(things, n,
                     _("begin an exercise: what fails is played, on the terminals you name"),
                     plain_exercise_begin)
               : n;
  n = add(things, n,
          arena_printf(&d->arena,
                       d->setup->real ? _("take part: %s") : _("the real answer, out of: %s"),
                       x->name),
          plain_exercise_turn);
  if (may_say(d->setup, ACT_KIND_EXERCISE_END))
    n = add(things, n, arena_printf(&d->arena, _("end it: %s"), x->name), plain_exercise_end);
  return n;
}

static size_t list(struct dialogue *d, struct thing things[THINGS_MAX]) {
  size_t n = 0, count = 0, due = plain_round_due(d, &count), groups = plain_group_count(d);
  if (setup_tier_closes(d->setup))
    n = add(things, n,
            d->setup->closed ? _("open the switchboard tier, with its PIN")
                             : _("close the switchboard tier"),
            turn_tier);
  if (count)
    n = add(things, n,
            arena_printf(&d->arena, _("test round of red phones and pagers: %zu of %zu overdue"),
                         due, count),
            plain_round);
  if (groups)
    n = add(things, n, arena_printf(&d->arena, _("cascades and crisis cells: %zu"), groups),
            plain_groups);
  return add_exercise(d, things, n);
}

static void say_log(struct dialogue *d) {
  const struct act_held **acts = NULL;
  size_t count = 0;
  int64_t since = 0;
  struct tc_error err = {0};
  if (since_read(&since, ACTS_SHIFT, clock_now(&d->setup->clock), &err) != TC_OK ||
      acts_since(&acts, &count, since, d->setup->cache, &d->arena, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return;
  }
  for (size_t i = 0; i < count; i++)
    dialogue_line(d, "%s  %s  %s", acts_when(acts[i], &d->arena), acts_who(acts[i]),
                  acts_line(acts[i], d->setup, &d->arena));
  const char *trouble = cache_written_trouble(d->setup->cache); /* says a path */
  if (*trouble)
    dialogue_line(d, "! %s",
                  d->setup->kiosk ? _("what is written here may be lost: call the switchboard")
                                  : trouble);
  if (!count)
    dialogue_line(d, "%s", _("nothing was written here in that time"));
}

void plain_desk(struct dialogue *d) {
  struct thing things[THINGS_MAX];
  say_log(d);
  size_t count = list(d, things);
  for (size_t i = 0; i < count; i++)
    dialogue_line(d, "%zu %s", i + 1, things[i].text);
  size_t chosen = count ? dialogue_pick(d, _("Which of them (Enter: back): "), count) : 0;
  if (chosen)
    things[chosen - 1].run(d);
}
