/* What the other function keys list, by line: sites, what one calls from, another time, who is on
 * call, what was written here, the state of the directory. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "tui/acts.h"
#include "tui/dialogue.h"
#include "tui/duty.h"
#include "tui/pin.h"
#include "tui/until.h"

static const struct site *ask_site(struct dialogue *d) {
  const struct house *house = cache_house(d->setup->cache);
  char typed[DIALOGUE_LINE];
  for (size_t i = 0; i < house->site_count; i++)
    dialogue_line(d, "%s  %s", house->sites[i].code, house->sites[i].name);
  if (!dialogue_ask(d, _("The code of the site: "), typed, sizeof typed) || !*typed)
    return NULL;
  for (size_t i = 0; i < house->site_count; i++)
    if (strcasecmp(house->sites[i].code, typed) == 0)
      return &house->sites[i];
  dialogue_line(d, _("There is no site %s."), typed);
  return NULL;
}

static void search_in(struct dialogue *d, enum search_scope scope, const char *only) {
  d->scope = scope;
  snprintf(d->only, sizeof d->only, "%s", only);
}

void plain_sites(struct dialogue *d) {
  struct setup *s = d->setup;
  const struct site *mine = house_site(cache_house(s->cache), s->config.site), *site;
  dialogue_line(d, "1 %s", _("all sites, mine first"));
  dialogue_line(d, _("2 my site: %s"), s->config.site);
  dialogue_line(d, _("3 my group: %s"), mine ? mine->group : "");
  dialogue_line(d, "4 %s", _("one other site"));
  dialogue_line(d, "5 %s", _("I am at another site: numbers as dialled from there"));
  switch (dialogue_pick(d, _("Search in: "), 5)) {
  case 1:
    search_in(d, SEARCH_ALL, "");
    break;
  case 2:
    if (mine)
      search_in(d, SEARCH_MINE, mine->code);
    break;
  case 3:
    if (mine && *mine->group)
      search_in(d, SEARCH_GROUP, mine->group);
    break;
  case 4:
    if ((site = ask_site(d)) != NULL)
      search_in(d, SEARCH_ONE, site->code);
    break;
  case 5:
    if ((site = ask_site(d)) == NULL)
      break;
    snprintf(s->config.site, sizeof s->config.site, "%s", site->code);
    s->config.plan[0] = '\0'; /* it was of the other site */
    setup_stand(s, s->from.set);
    break;
  default:
    break;
  }
  dialogue_line(d, _("You are at %s; searched: %s"), *s->config.site ? s->config.site : "?",
                d->scope == SEARCH_ALL ? _("all sites") : d->only);
}

void plain_from(struct dialogue *d) {
  for (int i = 0; i < SET_KIND_COUNT; i++)
    dialogue_line(d, "%d %s", i + 1, set_kind_text((enum set_kind)i));
  size_t chosen = dialogue_pick(d, _("Calling from: "), SET_KIND_COUNT);
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
    dialogue_line(d, "%s", err.text);
  else
    dialogue_line(d, "%s", _("NOT NOW: every answer is of that time, until t is typed again."));
}

void plain_on_call(struct dialogue *d) {
  struct present p;
  struct duty_row *rows = NULL;
  struct tc_error err = {0};
  size_t count = 0;
  dialogue_present(d, &p);
  if (duty_read(p.cache, d->setup->config.site, d->setup->config.site, &p.world, &d->arena, &rows,
                &count, &err) != TC_OK) {
    dialogue_line(d, "%s", err.text);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    struct buffer who = {.limit = 1024};
    duty_text(&who, &rows[i], &p);
    dialogue_line(d, "%s%s %s: %s%s%s", duty_is_faulty(&rows[i]) ? "! " : "", rows[i].role->site,
                  rows[i].role->name, buffer_text(&who), *setup_mark(d->setup) ? ", " : "",
                  setup_mark(d->setup));
    buffer_free(&who);
  }
  if (!count)
    dialogue_line(d, "%s",
                  cache_whole(p.cache, NULL) == TC_OK
                      ? _("No rota is held here: ask the switchboard who is on call.")
                      : _("Nothing of it can be read here: ask the switchboard."));
}

/* The tier of the switchboard, where this terminal holds it and a PIN closes it. */
static void ask_tier(struct dialogue *d) {
  struct tc_error err = {0};
  if (!setup_tier_closes(d->setup))
    return;
  bool closed = d->setup->closed;
  if (!dialogue_pick(d,
                     closed ? _("1 opens the switchboard tier, with its PIN; Enter: back: ")
                            : _("1 closes the switchboard tier; Enter: back: "),
                     1))
    return;
  if (!closed) {
    setup_close_tier(d->setup);
  } else if (pin_ask(d->setup->config.scope, clock_now(&d->setup->clock), &err) == TC_OK) {
    setup_open_tier(d->setup);
    dialogue_line(d, "%s", _("The switchboard tier is open; it closes by itself."));
  } else {
    dialogue_line(d, "%s", err.text);
  }
}

void plain_desk(struct dialogue *d) {
  const struct act_held **acts = NULL;
  size_t count = 0;
  int64_t since = 0;
  struct tc_error err = {0};
  if (since_read(&since, ACTS_SHIFT, clock_now(&d->setup->clock), &err) != TC_OK ||
      acts_since(&acts, &count, since, d->setup->cache, &d->arena, &err) != TC_OK) {
    dialogue_line(d, "%s", err.text);
    return;
  }
  for (size_t i = 0; i < count; i++)
    dialogue_line(d, "%s  %s  %s", acts_when(acts[i], &d->arena), acts_who(acts[i]),
                  acts_line(acts[i], d->setup, &d->arena));
  if (*cache_written_trouble(d->setup->cache))
    dialogue_line(d, "! %s", cache_written_trouble(d->setup->cache));
  if (!count)
    dialogue_line(d, "%s", _("nothing was written here in that time"));
  ask_tier(d);
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
