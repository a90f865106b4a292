/* Printing by line: what is at hand, on which printer or into which file. */
#include <string.h>

#include "base/i18n.h"
#include "tui/dialogue.h"
#include "tui/groups.h"
#include "tui/sheet.h"

/* What is nearest to hand comes first. */
static const enum print_what order[PRINT_COUNT] = {
    PRINT_CARD, PRINT_UNIT,  PRINT_BOARD,   PRINT_SITE,  PRINT_ON_CALL,  PRINT_CHASE,
    PRINT_LOG,  PRINT_ROUND, PRINT_CUT_OFF, PRINT_GROUP, PRINT_SCENARIO, PRINT_EXERCISE};

struct sheets {
  struct sheet_of of;
  enum print_what what[PRINT_COUNT];
  const char *subject[PRINT_COUNT];
  size_t count;
};

/* Which cascade, and of which failure domain, is asked for once it is wanted. */
static const char *subject_of(struct dialogue *d, const struct sheets *s, enum print_what what) {
  if (what == PRINT_GROUP)
    return plain_group_count(d) ? _("which one is asked") : NULL;
  if (what == PRINT_SCENARIO)
    return cache_house(d->setup->cache)->domain_count ? _("which one is asked") : NULL;
  return sheet_subject(d->setup, &s->of, what, &d->arena);
}

static void find_sheets(struct dialogue *d, struct sheets *s) {
  bool domains = cache_house(d->setup->cache)->domain_count > 0;
  *s = (struct sheets){.of = {.entry = uuid_is_nil(&d->open) ? NULL : &d->open,
                              .site = *d->browse_site ? d->browse_site : d->setup->from.site,
                              .unit = d->browse_path,
                              .what_if = domains ? d->what_if : NULL,
                              .domain = "",
                              .round = *d->setup->from.site != '\0',
                              .chase = *d->setup->from.site != '\0',
                              .on_call = *d->setup->from.site != '\0'}};
  for (size_t i = 0; i < PRINT_COUNT; i++) {
    s->subject[s->count] = subject_of(d, s, order[i]);
    s->what[s->count] = order[i];
    s->count += s->subject[s->count] != NULL;
  }
}

static void say_sheet(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct sheets *s = of;
  dialogue_line(d, "%zu %s: %s", digit, print_what_text(s->what[i]), s->subject[i]);
}

/* What is still to be asked of it; false: it was taken back, or there is none. */
static bool ask_of(struct dialogue *d, struct sheets *s, enum print_what what, struct uuid *group) {
  bool entered;
  if (what == PRINT_GROUP && !plain_ask_group(d, group))
    return false;
  s->of.group = group;
  if (what != PRINT_SCENARIO)
    return true;
  const struct domain *domain = plain_ask_domain(
      d,
      _("Of what fails (a part of its name, its code or its site; *: all; Enter: nothing is "
        "printed): "),
      &entered);
  if (!domain)
    return false;
  s->of.domain = domain->code;
  if (sheet_subject(d->setup, &s->of, PRINT_SCENARIO, &d->arena))
    return true;
  dialogue_line(d, "%s", _("No scenario card is written for it."));
  return false;
}

/* Where to; -1: nowhere. */
static int ask_where(struct dialogue *d, const struct sheets *s, enum print_what what) {
  char name[CONFIG_WORD];
  size_t count = 0;
  const char *file = d->setup->kiosk ? "" : sheet_file(&s->of, what, &d->arena);
  while (count + 1 < DIALOGUE_ROWS && config_printer(&d->setup->config, count, name))
    dialogue_line(d, "%zu %s %s", ++count, _("printer"), name);
  if (!count && !d->setup->kiosk)
    dialogue_line(d, "%zu %s %s", ++count, _("printer"), _("the default one"));
  if (*file)
    dialogue_line(d, "%zu %s %s", count + 1, _("file"), file);
  size_t chosen =
      dialogue_pick(d, _("Where to (Enter: nothing is printed): "), count + (*file ? 1 : 0));
  return !chosen ? -1 : chosen > count ? PRINT_TO_FILE : PRINT_TO_FILE + (int)chosen;
}

static void print(struct dialogue *d, const struct sheets *s, enum print_what what, int to) {
  struct tc_error err = {0};
  bool laid;
  if (sheet_print(d->setup, &s->of, what, to, &laid, &err) == TC_OK) {
    if (to != PRINT_TO_FILE)
      dialogue_line(d, _("sent to the printer: %s"), print_what_text(what));
    else
      dialogue_line(d, _("written: %s"), sheet_file(&s->of, what, &d->arena));
    return;
  }
  const char *printer =
      err.status == TC_BUSY || !d->setup->kiosk ? err.text : _("the printer does not take it");
  dialogue_line(d, _("not printed: %s"),
                !*err.text ? _("nothing to print")
                : laid     ? printer
                           : dialogue_why(d, &err));
}

void plain_print(struct dialogue *d) {
  struct sheets s;
  struct uuid group = {{0}};
  find_sheets(d, &s);
  if (!s.count)
    dialogue_line(d, "%s", _("Nothing to print: open a card or stand at a site first (e)."));
  const struct choice choice = {
      .count = s.count, .say = say_sheet, .of = &s, .enter = _("Enter: nothing is printed")};
  size_t chosen = dialogue_choose(d, &choice, NULL);
  if (chosen == s.count || !ask_of(d, &s, s.what[chosen], &group))
    return;
  int to = ask_where(d, &s, s.what[chosen]);
  if (to >= 0)
    print(d, &s, s.what[chosen], to);
}
