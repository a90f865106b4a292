/* Who is absent, until when and who covers; and back again: of the open card, line by line. */
#include <string.h>

#include "base/i18n.h"
#include "tui/cover.h"
#include "tui/dialogue.h"
#include "tui/write.h"

/* 1: chosen, or nobody covers (nil); 0: it is left. */
static bool ask_cover(struct dialogue *d, const struct entry *e, struct uuid *out) {
  const struct entry *list[DIALOGUE_ROWS];
  char typed[DIALOGUE_LINE];
  *out = (struct uuid){{0}};
  for (;;) {
    if (!dialogue_ask(d, _("Who covers (a part of the name; Enter: nobody): "), typed,
                      sizeof typed))
      return false;
    if (!*typed)
      return true;
    size_t count = cover_fitting(d->setup, typed, &e->uuid, &d->arena, list, DIALOGUE_ROWS);
    for (size_t i = 0; i < count; i++)
      dialogue_line(d, "%zu %s", i + 1, cover_text(list[i], &d->arena));
    if (!count)
      dialogue_line(d, "%s", _("Nothing found."));
    size_t chosen = count ? dialogue_pick(d, _("Which one (Enter: another name): "), count) : 0;
    if (chosen) {
      *out = list[chosen - 1]->uuid;
      return true;
    }
  }
}

static void say_absent(struct dialogue *d, struct writing *w, const struct entry *e) {
  struct act act;
  struct tc_error err = {0};
  struct uuid cover;
  int64_t since = 0;
  char text[DIALOGUE_LINE];
  if (!dialogue_until(d, _("Absent until when (3d, sun 08:30, 2026-12-01 08:30; Enter: nothing): "),
                      &w->until) ||
      !w->until) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if (!dialogue_until(d, _("From when (Enter: now): "), &since) || !ask_cover(d, e, &cover) ||
      !dialogue_ask(d, _("In words (Enter: none): "), text, sizeof text) ||
      (w->initials = dialogue_initials(d)) == NULL)
    return;
  if (write_absence(&act, w, &cover, since, text, &err) != TC_OK)
    dialogue_fault(d, &err);
  else
    (void)dialogue_write(d, &act);
}

static void say_back(struct dialogue *d, struct writing *w, const struct uuid *absence) {
  struct act act;
  struct tc_error err = {0};
  if ((w->initials = dialogue_initials(d)) == NULL)
    return;
  if (write_withdrawal(&act, w, absence, _("back again"), &err) != TC_OK)
    dialogue_fault(d, &err);
  else
    (void)dialogue_write(d, &act);
}

void plain_absence(struct dialogue *d) {
  struct entry e;
  bool fixed;
  struct uuid ends;
  if (!dialogue_may_write(d))
    return;
  const struct card *card = dialogue_open_card(d, &e);
  if (!card)
    return;
  struct writing w = {.setup = d->setup, .entry = &e, .arena = &d->arena};
  dialogue_line(d, "%s %s", card->site, card->name);
  if (!write_may_be_absent(&e)) {
    dialogue_line(d, "%s", _("only a person, or whoever holds a role, can be absent"));
    return;
  }
  if (cover_ends(&e, clock_now(&d->setup->clock), &ends, &fixed)) {
    dialogue_line(d, "1 %s", _("back again: what was said last is taken back"));
    dialogue_line(d, "2 %s", _("absent: until when, and who covers"));
    size_t chosen = dialogue_pick(d, _("Which one (Enter: back): "), 2);
    if (chosen == 1)
      say_back(d, &w, &ends);
    if (chosen != 2)
      return;
  }
  say_absent(d, &w, &e);
}
