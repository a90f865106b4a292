/* What fails, by line: the incidents, and saying that something does or no longer does. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/incident.h"
#include "tui/dialogue.h"
#include "tui/reach_text.h"
#include "tui/reason.h"
#include "tui/say_incident.h"
#include "tui/scenario.h"
#include "tui/strip.h"
#include "tui/write.h"

/* Those that are not over, the gravest phase first. */
struct incidents {
  struct present p;
  const struct incident **items;
  size_t count;
};

static enum incident_phase phase_of(const struct incidents *all, const struct incident *n) {
  return incident_phase(n, all->p.world.now, all->p.world.clock_trusted);
}

static void read_incidents(struct dialogue *d, struct incidents *out) {
  *out = (struct incidents){.count = 0};
  dialogue_present(d, &out->p);
  const struct house *house = out->p.world.house;
  out->items = arena_zalloc(&d->arena, house->incident_count + 1, sizeof *out->items);
  for (int phase = 0; out->items && phase < INCIDENT_PHASES; phase++)
    for (size_t i = 0; i < house->incident_count; i++)
      if ((int)phase_of(out, &house->incidents[i]) == phase)
        out->items[out->count++] = &house->incidents[i];
}

static void say_incident(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct incidents *all = of;
  const struct incident *n = all->items[i];
  struct buffer text = {.limit = 1024};
  enum incident_phase phase = phase_of(all, n);
  if (phase != INCIDENT_NOW && (digit == 1 || phase_of(all, all->items[i - 1]) != phase))
    dialogue_line(d, "-- %s", incident_phase_text(phase, d->setup->at != 0));
  incident_text(&text, n, &all->p.world);
  dialogue_line(d, "%zu %s", digit, buffer_text(&text));
  const char *by = reason_by(n);
  if (*n->reason || *by)
    dialogue_line(d, "    %s%s%s%s",
                  reason_shown(n, all->p.world.house, all->p.world.now, all->p.arena),
                  *n->reason && *by ? ", " : "", by, n->pending ? _(" (not confirmed)") : "");
  if (n->disputed)
    dialogue_line(d, "    ! %s", incident_disputed_text(n, &all->p.world));
  buffer_free(&text);
}

/* What is played: nothing can be done about it, but to end the exercise. */
static void say_played(struct dialogue *d, const struct present *p) {
  for (size_t i = 0; p->world.outage && i < p->world.outage->incident_count; i++) {
    const struct incident *n = p->world.outage->incidents[i];
    struct buffer text = {.limit = 1024};
    if (!n->played)
      continue;
    incident_text(&text, n, &p->world);
    dialogue_line(d, "  %s: %s", _("played, not failing"), buffer_text(&text));
    buffer_free(&text);
  }
}

struct domains {
  struct present p;
  const struct domain **items;
};

static void say_domain(struct dialogue *d, size_t digit, const void *of, size_t i) {
  const struct domains *all = of;
  const struct domain *domain = all->items[i];
  const struct outage_domain *o =
      outage_domain(all->p.world.outage, domain->code, strlen(domain->code));
  dialogue_line(d, "%zu %s%s  %s: %s", digit, o ? "! " : "", domain->code, domain->name,
                domain_state_text(o, all->p.world.now, &d->arena));
}

const struct domain *plain_ask_domain(struct dialogue *d, const char *question, bool *entered) {
  const struct house *house = cache_house(d->setup->cache);
  struct domains all = {.items =
                            arena_zalloc(&d->arena, house->domain_count + 1, sizeof *all.items)};
  char typed[DIALOGUE_LINE];
  dialogue_present(d, &all.p);
  *entered = false;
  if (!all.items || !dialogue_ask(d, question, typed, sizeof typed))
    return NULL;
  *entered = !*typed;
  if (*entered)
    return NULL;
  size_t count = domains_fitting(house, strcmp(typed, "*") == 0 ? "" : typed, d->setup->from.site,
                                 all.items, house->domain_count);
  if (!count)
    dialogue_line(d, "%s", _("no failure domain has these words"));
  const struct choice choice = {
      .count = count, .say = say_domain, .of = &all, .enter = _("Enter: back")};
  size_t chosen = dialogue_choose(d, &choice, NULL);
  return chosen < count ? all.items[chosen] : NULL;
}

static uint32_t ask_ways(struct dialogue *d) {
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < WAYS_OFFERED; i++) {
    buffer_clear(&text);
    directions_text(&text, ways_offered[i]);
    dialogue_line(d, "%zu %s", i + 1, buffer_text(&text));
  }
  buffer_free(&text);
  size_t chosen =
      dialogue_pick(d, _("Which calls fail (Enter: nothing is written): "), WAYS_OFFERED);
  return chosen ? ways_offered[chosen - 1] : 0;
}

static enum act_kind ask_kind(struct dialogue *d) {
  if (!may_say(d->setup, ACT_KIND_INCIDENT_DECLARE))
    return ACT_KIND_INCIDENT_REPORT;
  dialogue_line(d, "1 %s", _("declare it: every terminal's answers change"));
  dialogue_line(d, "2 %s", _("report it: shown here at once, and at the switchboards"));
  size_t chosen = dialogue_pick(d, _("Which of them (Enter: nothing is written): "), 2);
  return chosen == 1   ? ACT_KIND_INCIDENT_DECLARE
         : chosen == 2 ? ACT_KIND_INCIDENT_REPORT
                       : ACT_KIND_OTHER;
}

static void say_one(struct dialogue *d) {
  struct act act;
  struct tc_error err = {0};
  char reason[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .arena = &d->arena};
  enum act_kind kind = ask_kind(d);
  bool entered;
  uint32_t ways = 0;
  w.domain = kind == ACT_KIND_OTHER
                 ? NULL
                 : plain_ask_domain(d,
                                    _("What fails (a part of its name, its code or its site; *: "
                                      "all; Enter: nothing): "),
                                    &entered);
  if (!w.domain || !(ways = ask_ways(d)) ||
      !dialogue_ask(d, _("What is seen (\"no tone\"; none need be given): "), reason,
                    sizeof reason) ||
      !dialogue_until(d, _("Until when it is believed (2h, 08:30; Enter: 12 hours): "), &w.until)) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if ((w.initials = dialogue_initials(d)) == NULL)
    return;
  const struct incident *same = incident_same(d->setup, kind, w.domain->code, ways);
  bool adds = same && may_add(d->setup, same);
  if (same)
    dialogue_line(d, adds ? _("%s: this is added to it") : _("%s: it is reported as well"),
                  incident_same_text(same, cache_house(d->setup->cache),
                                     clock_now(&d->setup->clock), &d->arena));
  tc_status status = adds ? write_incident_again(&act, &w, same, reason, &err)
                          : write_incident(&act, &w, kind, ways, reason, &err);
  if (status != TC_OK)
    dialogue_fault(d, &err);
  else
    (void)dialogue_write(d, &act);
}

static void say_scenario(struct dialogue *d, const char *domain) {
  struct present p;
  struct scenario_words card;
  dialogue_present(d, &p);
  scenario_read(&card, &p, domain);
  if (card.count)
    dialogue_line(d, _("what to do first: %s"), card.name);
  for (size_t i = 0; i < card.count; i++)
    dialogue_line(d, "  %s%s%s", card.lines[i].text, *card.lines[i].whom ? "  " : "",
                  card.lines[i].whom);
}

/* It is still so, or it is over. */
static void change_one(struct dialogue *d, const struct incident *n, bool over) {
  struct act act;
  struct tc_error err = {0};
  char reason[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .arena = &d->arena};
  w.domain = house_domain(cache_house(d->setup->cache), n->domain);
  if (!w.domain ||
      (!over && !dialogue_until(d, _("Until when it is believed (2h, 08:30; Enter: as it was): "),
                                &w.until)) ||
      !dialogue_ask(d, _("What is said of it (none need be given): "), reason, sizeof reason)) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if (!over && incident_shortens(n, w.until)) {
    dialogue_line(d, "! %s",
                  incident_shorter_text(n, w.until, clock_now(&d->setup->clock), &d->arena));
    dialogue_line(d, "1 %s", _("it is to hold shorter"));
    if (dialogue_pick(d, _("1, or Enter: nothing is written: "), 1) != 1) {
      dialogue_line(d, "%s", _("Nothing was written."));
      return;
    }
  }
  if ((w.initials = dialogue_initials(d)) == NULL)
    return;
  tc_status status = over ? write_incident_end(&act, &w, n, reason, &err)
                          : write_incident_change(&act, &w, n, 0, reason, &err);
  if (status != TC_OK)
    dialogue_fault(d, &err);
  else
    (void)dialogue_write(d, &act);
}

/* What has become of it: only what this terminal may say is offered. */
static void look_at(struct dialogue *d, const struct incident *n) {
  bool may = !d->setup->at && may_change(d->setup, n);
  size_t last = may ? 3 : 1;
  say_scenario(d, n->domain);
  if (may) {
    dialogue_line(d, "1 %s", _("it is still so: it lasts longer, or was not said rightly"));
    dialogue_line(d, "2 %s", _("it is over: end it"));
  } else if (!d->setup->at) {
    dialogue_line(d, "%s", _("a switchboard extends or ends it: tell it what you see"));
  }
  dialogue_line(d, "%zu %s", last,
                d->setup->at ? _("what is cut off then") : _("what is cut off now"));
  size_t chosen = dialogue_pick(d, _("Which of them (Enter: back): "), last);
  if (chosen == last)
    plain_cut_off(d, "");
  else if (chosen)
    change_one(d, n, chosen == 2);
}

static void ask_what_if(struct dialogue *d) {
  const char *question = d->setup->at
                             ? _("What if which failed then (a part of its name, its code or its "
                                 "site; *: all; Enter: as it is then): ")
                             : _("What if which failed (a part of its name, its code or its site; "
                                 "*: all; Enter: as it is now): ");
  bool now;
  const struct domain *domain = plain_ask_domain(d, question, &now);
  if (domain || now)
    plain_cut_off(d, domain ? domain->code : "");
}

void plain_incidents(struct dialogue *d) {
  struct incidents all;
  char other;
  if (setup_played(d->setup))
    dialogue_line(
        d, "%s",
        _("EXERCISE: these are the real ones; + says that something REALLY fails, and ends "
          "it."));
  read_incidents(d, &all);
  if (cache_written_lost(all.p.cache))
    dialogue_line(d, "! %s",
                  _("some of what was written here cannot be read: an incident may be missing"));
  if (!all.count)
    dialogue_line(d, "%s", _("No incident is known. \"No fault known\" is not \"works\"."));
  say_played(d, &all.p);
  bool writes = !d->setup->at, domains = cache_house(d->setup->cache)->domain_count > 0;
  const struct choice choice = {
      .count = all.count,
      .say = say_incident,
      .of = &all,
      .enter = !domains ? _("Enter: back")
               : writes ? _("+: say that something fails; ?: what is cut off, or would be; Enter: "
                            "back")
                        : _("?: what is cut off, or would be; Enter: back"),
      .others = !domains ? ""
                : writes ? "+?"
                         : "?"};
  size_t chosen = dialogue_choose(d, &choice, &other);
  if (other == '+')
    say_one(d);
  else if (other == '?')
    ask_what_if(d);
  else if (chosen < all.count)
    look_at(d, all.items[chosen]);
}
