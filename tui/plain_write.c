/* What is written about the open card, line by line: a note, a temporary number, a correction, and
 * that something is taken back. */
#include <string.h>

#include "base/i18n.h"
#include "tui/dialogue.h"
#include "tui/standing.h"
#include "tui/write.h"

/* The card that is written about. */
struct subject {
  const struct card *card;
  struct entry entry;
  struct present p;
  const struct act_property *properties;
  size_t property_count;
};

/* Signed, made and written: what make() says; NULL: it cannot be. */
static void finish(struct dialogue *d, tc_status made, const struct act *act,
                   const struct tc_error *err) {
  if (made != TC_OK)
    dialogue_fault(d, err);
  else
    (void)dialogue_write(d, act);
}

static void nothing(struct dialogue *d) {
  dialogue_line(d, "%s", _("Nothing was written."));
}

static void write_the_note(struct dialogue *d, struct subject *s, const char *text) {
  struct act act;
  struct tc_error err = {0};
  struct writing w = {.setup = d->setup, .entry = &s->entry, .arena = &d->arena};
  if (!dialogue_until(d, _("Until when (2h, 3d, 08:30, sun 08:30; Enter: 24 hours): "), &w.until)) {
    nothing(d);
    return;
  }
  if ((w.initials = dialogue_initials(d)) == NULL)
    return;
  finish(d, write_note(&act, &w, text, &err), &act, &err);
}

static void say_number(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct subject *s = of;
  const struct card_channel *c = &s->card->channels[i];
  dialogue_line(d, "%zu %s %s", digit, c->kind, *c->number ? c->number : "-");
}

static void write_number(struct dialogue *d, struct subject *s) {
  struct act act;
  struct tc_error err = {0};
  char number[DIALOGUE_LINE], reason[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .entry = &s->entry, .arena = &d->arena};
  const struct choice choice = {.count = s->card->channel_count,
                                .say = say_number,
                                .of = s,
                                .enter = _("the one that it stands in for; Enter: none")};
  if (!choice.count)
    dialogue_line(d, "%s", _("It has no number."));
  size_t chosen = dialogue_choose(d, &choice, NULL);
  if (chosen == choice.count) {
    nothing(d);
    return;
  }
  struct uuid which = s->card->channels[chosen].uuid;
  if (standing_whose(&s->entry, &which, ACT_KIND_OVERRIDE, &s->p, false, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return;
  }
  if (!dialogue_ask(d,
                    _("The temporary number, as anybody writes it or as it is dialled from here "
                      "(Enter: none): "),
                    number, sizeof number) ||
      !*number) {
    nothing(d);
    return;
  }
  if (!dialogue_until(d, _("Until when (2h, 3d, 08:30, sun 08:30; Enter: nothing is written): "),
                      &w.until) ||
      !w.until || !dialogue_ask(d, _("Why (none need be given): "), reason, sizeof reason)) {
    nothing(d);
    return;
  }
  if ((w.initials = dialogue_initials(d)) != NULL)
    finish(d, write_override(&act, &w, entry_contact(&s->entry, &which), number, reason, &err),
           &act, &err);
}

/* The numbers of the card first, then what is of the entry. */
static const struct act_property *property_at(const struct subject *s, size_t i) {
  if (i < s->card->channel_count)
    return act_property("number");
  i -= s->card->channel_count;
  for (size_t k = 0; k < s->property_count; k++)
    if (!s->properties[k].of_contact && i-- == 0)
      return &s->properties[k];
  return NULL;
}

static void say_property(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct subject *s = of;
  const struct act_property *property = property_at(s, i);
  if (i >= s->card->channel_count) {
    dialogue_line(d, "%zu %s", digit, property ? _(property->label) : "");
    return;
  }
  const struct card_channel *c = &s->card->channels[i];
  dialogue_line(d, "%zu %s: %s", digit, arena_printf(&d->arena, _("the number of %s"), c->kind),
                *c->number ? c->number : "-");
}

/* false: it was taken back. */
static bool ask_value(struct dialogue *d, const struct subject *s, const struct act_property *of,
                      const struct uuid *which, char *value, size_t cap) {
  const char *now = standing_value(of, &s->entry, which, &s->p);
  if (*now)
    dialogue_line(d, _("%s now: %s"), _(of->label), now);
  if (!dialogue_ask(d,
                    _("What it should say (-: nothing should stand there; Enter: nothing is "
                      "written): "),
                    value, cap) ||
      !*value)
    return false;
  if (strcmp(value, "-") == 0)
    value[0] = '\0';
  return true;
}

static void write_correction(struct dialogue *d, struct subject *s) {
  struct act act;
  struct tc_error err = {0};
  char value[DIALOGUE_LINE], reason[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .entry = &s->entry, .arena = &d->arena};
  struct choice choice = {.count = s->card->channel_count,
                          .say = say_property,
                          .of = s,
                          .enter = _("Enter: nothing is written")};
  for (size_t i = 0; i < s->property_count; i++)
    choice.count += !s->properties[i].of_contact;
  size_t chosen = dialogue_choose(d, &choice, NULL);
  const struct act_property *property = chosen < choice.count ? property_at(s, chosen) : NULL;
  struct uuid which = {{0}};
  if (property && property->of_contact) {
    which = s->card->channels[chosen].uuid;
    if (standing_whose(&s->entry, &which, ACT_KIND_SUGGESTION, &s->p, false, &err) != TC_OK) {
      dialogue_fault(d, &err);
      return;
    }
  }
  if (!property || !ask_value(d, s, property, &which, value, sizeof value) ||
      !dialogue_ask(d, _("Why (none need be given): "), reason, sizeof reason)) {
    nothing(d);
    return;
  }
  const struct contact *contact = property->of_contact ? entry_contact(&s->entry, &which) : NULL;
  if ((w.initials = dialogue_initials(d)) != NULL)
    finish(d, write_suggestion(&act, &w, property, contact, value, reason, &err), &act, &err);
}

static void say_standing(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct standing *list = of;
  dialogue_line(d, "%zu %s%s%s", digit, list[i].what, *list[i].text ? ": " : "", list[i].text);
}

static void take_back(struct dialogue *d, struct subject *s) {
  struct act act;
  struct tc_error err = {0};
  char reason[DIALOGUE_LINE];
  size_t count = 0;
  struct writing w = {.setup = d->setup, .entry = &s->entry, .arena = &d->arena};
  const struct standing *list = standing_acts(&s->entry, d->setup, &d->arena, &count);
  const struct choice choice = {
      .count = count, .say = say_standing, .of = list, .enter = _("Enter: nothing is taken back")};
  if (!count)
    dialogue_line(d, "%s", _("There is nothing to take back."));
  size_t chosen = dialogue_choose(d, &choice, NULL);
  if (chosen == count)
    return;
  if (!dialogue_ask(d, _("Why (none need be given): "), reason, sizeof reason)) {
    nothing(d);
    return;
  }
  if ((w.initials = dialogue_initials(d)) != NULL)
    finish(d, write_withdrawal(&act, &w, &list[chosen].act, reason, &err), &act, &err);
}

void plain_note(struct dialogue *d) {
  char text[DIALOGUE_LINE];
  struct subject s;
  if (!dialogue_may_write(d))
    return;
  s.card = dialogue_open_card(d, &s.entry);
  if (!s.card)
    return;
  dialogue_present(d, &s.p);
  s.properties = act_property_table(&s.property_count);
  dialogue_line(d, "%s %s", s.card->site, s.card->name);
  if (!dialogue_ask(d,
                    _("The note (1: a temporary number, 2: a correction, 3: take something back; "
                      "Enter: none): "),
                    text, sizeof text) ||
      !*text)
    nothing(d);
  else if (strcmp(text, "1") == 0)
    write_number(d, &s);
  else if (strcmp(text, "2") == 0)
    write_correction(d, &s);
  else if (strcmp(text, "3") == 0)
    take_back(d, &s);
  else
    write_the_note(d, &s, text);
}
