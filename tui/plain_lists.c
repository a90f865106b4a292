/* What the other function keys list, by line: what one calls from, another time, the state of
 * the directory. */
#include <stdio.h>

#include "base/i18n.h"
#include "tui/dialogue.h"

void plain_from(struct dialogue *d) {
  for (int i = 0; i < SET_KIND_COUNT; i++)
    dialogue_line(d, "%d %s", i + 1, set_kind_text((enum set_kind)i));
  size_t chosen = dialogue_pick(d, _("Calling from (Enter: as it is): "), SET_KIND_COUNT);
  if (chosen)
    setup_stand(d->setup, (enum set_kind)(chosen - 1));
  dialogue_line(d, _("Numbers are as dialled from: %s"), set_kind_text(d->setup->from.set));
}

void plain_as_at(struct dialogue *d) {
  char typed[DIALOGUE_LINE];
  struct tc_error err = {0};
  if (d->setup->at) {
    d->setup->at = 0;
    dialogue_line(d, "%s", _("back to now"));
    return;
  }
  if (setup_played(d->setup)) {
    d->setup->real = true;
    dialogue_line(d, "%s", _("REAL: what is so now. t, then Enter: back to the exercise"));
    return;
  }
  if (!dialogue_ask(d, _("As it is at (sun 03:00, 03:00, 2026-11-29 03:00; Enter: now): "), typed,
                    sizeof typed))
    return;
  const struct exercise *x = setup_exercise(d->setup);
  if (!*typed && d->setup->real && x) {
    d->setup->real = false;
    dialogue_line(d, _("EXERCISE: %s; t gives the real answer"), x->name);
  }
  if (!*typed)
    return;
  if (setup_at(d->setup, typed, &d->setup->at, &err) != TC_OK)
    dialogue_fault(d, &err);
  else
    dialogue_line(d, "%s", _("NOT NOW: every answer is of that time, until t is typed again."));
}

void plain_status(struct dialogue *d) {
  struct present p;
  struct facts_view view;
  dialogue_present(d, &p);
  if (!present_status(&p, d->setup->config.scope, &view)) {
    dialogue_line(d, "%s", _("no memory"));
    return;
  }
  for (size_t i = 0; i < view.count; i++)
    dialogue_line(d, "%s%s: %s", view.lines[i].warn ? "! " : "", view.lines[i].label,
                  view.lines[i].text);
}
