/* What fails, by line: the incidents, and saying that something does or no longer does. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/incident.h"
#include "tui/dialogue.h"
#include "tui/reach_text.h"
#include "tui/say_incident.h"
#include "tui/scenario.h"
#include "tui/strip.h"
#include "tui/until.h"
#include "tui/write.h"

/* Those that count now, the first nine of them numbered. */
static size_t say_incidents(struct dialogue *d, const struct incident **out) {
  struct present p;
  struct buffer text = {.limit = 1024};
  size_t count = 0;
  dialogue_present(d, &p);
  const struct house *house = p.world.house;
  if (cache_written_lost(p.cache))
    dialogue_line(d, "! %s",
                  _("some of what was written here cannot be read: an incident may be missing"));
  for (size_t i = 0; i < house->incident_count; i++) {
    const struct incident *n = &house->incidents[i];
    if (incident_level(n, p.world.now, p.world.clock_trusted) == OUTAGE_NONE)
      continue;
    buffer_clear(&text);
    incident_text(&text, n, &p.world);
    if (count < DIALOGUE_ROWS) {
      out[count++] = n;
      dialogue_line(d, "%zu %s", count, buffer_text(&text));
    } else {
      dialogue_line(d, "  %s", buffer_text(&text));
    }
    if (*n->reason || *n->by)
      dialogue_line(d, "    %s%s%s%s", n->reason, *n->reason && *n->by ? ", " : "", n->by,
                    n->pending ? _(" (not confirmed)") : "");
    if (n->disputed)
      dialogue_line(d, "    ! %s", incident_disputed_text(n, &p.world));
  }
  if (!count)
    dialogue_line(d, "%s", _("No incident is known. \"No fault known\" is not \"works\"."));
  buffer_free(&text);
  return count;
}

/* false: it is none, and said so. */
static bool ask_until(struct dialogue *d, const char *question, int64_t *until) {
  char typed[DIALOGUE_LINE];
  struct tc_error err = {0};
  if (!dialogue_ask(d, question, typed, sizeof typed))
    return false;
  if (*typed && until_read(until, typed, clock_now(&d->setup->clock), &err) != TC_OK) {
    dialogue_line(d, "%s", err.text);
    return false;
  }
  return true;
}

static const struct domain *ask_domain(struct dialogue *d) {
  const struct domain *list[DIALOGUE_ROWS];
  char typed[DIALOGUE_LINE];
  if (!dialogue_ask(d, _("What fails (a part of its name, its code or its site): "), typed,
                    sizeof typed) ||
      !*typed)
    return NULL;
  size_t all = domains_fitting(cache_house(d->setup->cache), typed, d->setup->from.site, list,
                               DIALOGUE_ROWS);
  size_t count = all < DIALOGUE_ROWS ? all : DIALOGUE_ROWS;
  for (size_t i = 0; i < count; i++)
    dialogue_line(d, "%zu %s  %s", i + 1, list[i]->code, list[i]->name);
  if (all > count)
    dialogue_line(d, _("%zu of %zu%s; type more to narrow"), count, all, "");
  if (!count)
    dialogue_line(d, "%s", _("no failure domain has these words"));
  size_t chosen = count ? dialogue_pick(d, _("Which of them: "), count) : 0;
  return chosen ? list[chosen - 1] : NULL;
}

static uint32_t ask_ways(struct dialogue *d) {
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < WAYS_OFFERED; i++) {
    buffer_clear(&text);
    directions_text(&text, ways_offered[i]);
    dialogue_line(d, "%zu %s", i + 1, buffer_text(&text));
  }
  buffer_free(&text);
  size_t chosen = dialogue_pick(d, _("Which calls fail: "), WAYS_OFFERED);
  return chosen ? ways_offered[chosen - 1] : 0;
}

static enum act_kind ask_kind(struct dialogue *d) {
  if (!may_say(d->setup, ACT_KIND_INCIDENT_DECLARE))
    return ACT_KIND_INCIDENT_REPORT;
  dialogue_line(d, "1 %s", _("declare it: every terminal's answers change"));
  dialogue_line(d, "2 %s", _("report it: shown here at once, and at the switchboards"));
  size_t chosen = dialogue_pick(d, _("Which of them: "), 2);
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
  uint32_t ways = 0;
  w.domain = kind != ACT_KIND_OTHER ? ask_domain(d) : NULL;
  if (!w.domain || !(ways = ask_ways(d)) ||
      !dialogue_ask(d, _("What is seen (\"no tone\"; none need be given): "), reason,
                    sizeof reason) ||
      !ask_until(d, _("Until when it is believed (2h, 08:30; Enter: 12 hours): "), &w.until)) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if ((w.initials = dialogue_initials(d)) == NULL)
    return;
  const struct incident *same = incident_same(d->setup, kind, w.domain->code, ways);
  bool adds = same && may_add(d->setup, same);
  if (same)
    dialogue_line(d, adds ? _("%s: this is added to it") : _("%s: it is reported as well"),
                  incident_same_text(same, clock_now(&d->setup->clock), &d->arena));
  tc_status status = adds ? write_incident_again(&act, &w, same, reason, &err)
                          : write_incident(&act, &w, kind, ways, reason, &err);
  if (status != TC_OK)
    dialogue_line(d, "%s", err.text);
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

static void change_one(struct dialogue *d, const struct incident *n) {
  struct act act;
  struct tc_error err = {0};
  char reason[DIALOGUE_LINE];
  struct writing w = {.setup = d->setup, .arena = &d->arena};
  w.domain = house_domain(cache_house(d->setup->cache), n->domain);
  say_scenario(d, n->domain);
  if (!w.domain || !may_change(d->setup, n)) {
    dialogue_line(d, "%s", _("a switchboard extends or ends it: tell it what you see"));
    return;
  }
  dialogue_line(d, "1 %s", _("it is still so: it lasts longer, or was not said rightly"));
  dialogue_line(d, "2 %s", _("it is over: end it"));
  size_t chosen = dialogue_pick(d, _("Which of them: "), 2);
  if (!chosen ||
      (chosen == 1 && !ask_until(d, _("Until when it is believed (2h, 08:30): "), &w.until)) ||
      !dialogue_ask(d, _("What is said of it (none need be given): "), reason, sizeof reason)) {
    dialogue_line(d, "%s", _("Nothing was written."));
    return;
  }
  if (chosen == 1 && incident_shortens(n, w.until)) {
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
  tc_status status = chosen == 1 ? write_incident_change(&act, &w, n, 0, reason, &err)
                                 : write_incident_end(&act, &w, n, reason, &err);
  if (status != TC_OK)
    dialogue_line(d, "%s", err.text);
  else
    (void)dialogue_write(d, &act);
}

void plain_incidents(struct dialogue *d) {
  const struct incident *list[DIALOGUE_ROWS];
  char typed[DIALOGUE_LINE];
  if (setup_played(d->setup))
    dialogue_line(
        d, "%s",
        _("EXERCISE: these are the real ones; + says that something REALLY fails, and ends "
          "it."));
  size_t count = say_incidents(d, list);
  if (d->setup->at || !cache_house(d->setup->cache)->domain_count ||
      !dialogue_ask(d,
                    count ? _("+ says that something fails; its digit: what has become of it; "
                              "Enter: back: ")
                          : _("+ says that something fails; Enter: back: "),
                    typed, sizeof typed))
    return;
  if (strcmp(typed, "+") == 0)
    say_one(d);
  else if (typed[0] >= '1' && !typed[1] && (size_t)(typed[0] - '0') <= count)
    change_one(d, list[typed[0] - '1']);
}
