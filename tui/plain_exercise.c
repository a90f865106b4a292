/* An exercise by line: into it and out of it, beginning one and ending it. */
#include <string.h>

#include "base/i18n.h"
#include "tui/dialogue.h"
#include "tui/say_exercise.h"

/* Codes of the domains that are played, with commas; "": none. */
static const char *ask_domains(struct dialogue *d) {
  const char *codes = "";
  bool entered = false;
  while (codes && !entered) {
    const struct domain *domain = plain_ask_domain(
        d,
        *codes
            ? _("And what else (a part of its name, its code or its site; *: all; Enter: nothing "
                "more): ")
            : _("What is played to fail (a part of its name, its code or its site; *: all; "
                "Enter: no exercise): "),
        &entered);
    if (domain)
      codes = arena_printf(&d->arena, "%s%s%s", codes, *codes ? "," : "", domain->code);
    else if (!entered)
      break; /* it was taken back, or asked too long ago */
  }
  return codes && entered ? codes : "";
}

void plain_exercise_begin(struct dialogue *d) {
  struct act act;
  struct tc_error err = {0};
  char terminals[DIALOGUE_LINE], name[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .arena = &d->arena};
  struct exercise_said said = {.terminals = terminals, .name = name};
  if (!dialogue_may_write(d))
    return;
  dialogue_line(d, "%s",
                _("It is played here and there alone; anything that really fails ends it."));
  if (!*(said.domains = ask_domains(d)) ||
      !dialogue_ask(d,
                    _("With which other terminals, by name, with commas (Enter: this one alone): "),
                    terminals, sizeof terminals) ||
      !dialogue_until(d, _("Until when (2h, 08:30; Enter: one hour): "), &w.until) ||
      !dialogue_ask(d, _("What it is called (none need be given): "), name, sizeof name)) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if ((w.initials = dialogue_initials(d)) == NULL)
    return;
  if (say_exercise_begin(&act, &w, &said, &err) != TC_OK)
    dialogue_fault(d, &err);
  else
    d->begins = dialogue_write(d, &act); /* whoever begins one takes part */
}

void plain_exercise_end(struct dialogue *d) {
  struct act act;
  struct tc_error err = {0};
  char typed[DIALOGUE_LINE], reason[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .arena = &d->arena};
  if (!dialogue_may_write(d) ||
      !dialogue_ask(d, _("1 ends it for every terminal; Enter: it goes on: "), typed,
                    sizeof typed) ||
      strcmp(typed, "1") != 0 ||
      !dialogue_ask(d, _("Why (none need be given): "), reason, sizeof reason)) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if ((w.initials = dialogue_initials(d)) == NULL)
    return;
  if (say_exercise_end(&act, &w, setup_exercise(d->setup), reason, &err) != TC_OK)
    dialogue_fault(d, &err);
  else
    (void)dialogue_write(d, &act);
}

void plain_exercise_turn(struct dialogue *d) {
  const struct exercise *x = setup_exercise(d->setup);
  if (!x)
    return;
  d->setup->real = !d->setup->real;
  if (d->setup->real)
    dialogue_line(d, "%s", _("REAL: what is so now. t, then Enter: back to the exercise"));
  else
    dialogue_line(d, _("EXERCISE: %s; t gives the real answer"), x->name);
}
