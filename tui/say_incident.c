#include "tui/say_incident.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "core/fold.h"
#include "core/incident.h"
#include "tui/reason.h"
#include "tui/when.h"
#include "tui/write_clock.h"

/* Does a text of words have one that begins with each word of the other? */
static bool has_words(const char *text, const char *words) {
  enum { WORD = 80 };
  while (*words) {
    char word[WORD];
    size_t len = strcspn(words, " ");
    snprintf(word, sizeof word, " %.*s", (int)(len < WORD - 2 ? len : WORD - 2), words);
    if (!strstr(text, word))
      return false;
    words += len + (words[len] == ' ');
  }
  return true;
}

size_t domains_fitting(const struct house *house, const char *typed, const char *here,
                       const struct domain **out, size_t most) {
  struct buffer asked = BUFFER_INIT, text = BUFFER_INIT;
  size_t count = 0;
  fold_text(&asked, typed, strlen(typed), NULL);
  for (int own = 1; own >= 0; own--)
    for (size_t i = 0; i < house->domain_count; i++) {
      const struct domain *d = &house->domains[i];
      const struct site *site = house_site(house, d->site);
      if ((strcmp(d->site, here) == 0) != own)
        continue;
      buffer_clear(&text);
      buffer_add_char(&text, ' ');
      fold_text(&text, d->code, strlen(d->code), NULL);
      buffer_add_char(&text, ' ');
      fold_text(&text, d->name, strlen(d->name), NULL);
      buffer_add_char(&text, ' ');
      fold_text(&text, site ? site->name : "", site ? strlen(site->name) : 0, NULL);
      if (has_words(buffer_text(&text), buffer_text(&asked)) && count++ < most)
        out[count - 1] = d;
    }
  buffer_free(&asked);
  buffer_free(&text);
  return count;
}

const char *domain_state_text(const struct outage_domain *d, int64_t now, struct arena *arena) {
  const struct outage_state none = {.level = OUTAGE_NONE}, *worst = &none;
  char when[WHEN_TEXT];
  for (int i = 0; d && i < DIRECTION_COUNT; i++)
    worst = outage_worse(worst, &d->at[i]);
  return worst->level == OUTAGE_DOWN       ? _("DOWN")
         : worst->level == OUTAGE_REPORTED ? _("reported DOWN")
         : worst->level == OUTAGE_UNCONFIRMED
             ? arena_printf(arena, _("not confirmed since %s"),
                            when_seen(worst->incident->until, now, when))
             : _("no fault known");
}

const char *incident_phase_text(enum incident_phase phase, bool not_now) {
  static const char *const now[INCIDENT_PHASES] = {N_("failing now"),
                                                   N_("confirmed by nobody since: not known now"),
                                                   N_("announced, not begun")};
  static const char *const then[INCIDENT_PHASES] = {N_("failing then"),
                                                    N_("confirmed by nobody since: not known then"),
                                                    N_("announced, not begun then")};
  return not_now ? _(then[phase]) : _(now[phase]);
}

enum { IN = 1 << DIRECTION_INSIDE, TO = 1 << DIRECTION_INBOUND, OUT = 1 << DIRECTION_OUTBOUND };
const uint32_t ways_offered[WAYS_OFFERED] = {IN | TO | OUT, TO, IN | TO, OUT,
                                             TO | OUT,      IN, IN | OUT};

bool may_say(const struct setup *setup, enum act_kind kind) {
  const struct act act = {.type = act_rule(kind)->word};
  return write_course(setup, &act) != COURSE_REFUSED;
}

bool may_change(const struct setup *setup, const struct incident *incident) {
  const struct act act = {.type = act_rule(ACT_KIND_INCIDENT_END)->word};
  size_t count;
  const struct act_held *written = cache_written(setup->cache, &count);
  if (write_course(setup, &act) != COURSE_OWN)
    return may_say(setup, ACT_KIND_INCIDENT_END);
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&written[i].act.uuid, &incident->uuid))
      return true;
  return false;
}

bool may_add(const struct setup *setup, const struct incident *incident) {
  static const struct uuid anybodys;
  return may_change(setup, incident) &&
         !write_kind_needs_pin(setup, ACT_KIND_INCIDENT_CHANGE, &anybodys);
}

const struct incident *incident_same(const struct setup *setup, enum act_kind kind,
                                     const char *domain, uint32_t ways) {
  const struct house *house = cache_house(setup->cache);
  const struct incident asked = {.directions = ways}, *found = NULL;
  int64_t now = clock_now(&setup->clock);
  for (size_t i = 0; i < house->incident_count; i++) {
    const struct incident *n = &house->incidents[i];
    if (strcmp(n->domain, domain) != 0 || n->ended || incident_is_ahead(n, now, MOMENT_NOW) ||
        incident_directions(n) != incident_directions(&asked) ||
        (kind == ACT_KIND_INCIDENT_DECLARE && !n->declared))
      continue;
    if (may_add(setup, n))
      return n;
    found = found ? found : n;
  }
  return found;
}

const char *incident_same_text(const struct incident *same, const struct house *house, int64_t now,
                               struct arena *arena) {
  char when[WHEN_TEXT];
  const char *at = when_seen(same->since, now, when);
  const char *text = same->declared ? arena_printf(arena, _("already declared %s"), at)
                                    : arena_printf(arena, _("already reported %s"), at);
  if (text && *same->by)
    text = arena_printf(arena, _("%s by %s"), text, same->by);
  if (text && *same->reason)
    text = arena_printf(arena, "%s (%s)", text, reason_shown(same, house, now, arena));
  return text ? text : "";
}

tc_status write_incident_again(struct act *out, const struct writing *w,
                               const struct incident *same, const char *reason,
                               struct tc_error *err) {
  struct writing longer = *w;
  const char *both = reason, *said = same->clear ? same->clear : same->reason;
  if (!longer.until)
    longer.until = write_now(w->setup) + WRITE_INCIDENT_HOURS * INT64_C(3600);
  if (longer.until < same->until)
    longer.until = same->until;
  if (!*reason || strstr(said, reason))
    both = NULL; /* as it is */
  else if (*said && strlen(said) + strlen(reason) + 2 <= ACT_TEXT_MAX)
    both = arena_printf(w->arena, "%s; %s", said, reason);
  return write_incident_change(out, &longer, same, 0, both, err);
}

bool incident_shortens(const struct incident *incident, int64_t until) {
  return until && (!incident->until || until < incident->until);
}

const char *incident_shorter_text(const struct incident *incident, int64_t until, int64_t now,
                                  struct arena *arena) {
  char was[WHEN_TEXT], would[WHEN_TEXT];
  when_seen(until, now, would);
  const char *text = incident->until
                         ? arena_printf(arena, _("it holds until %s, %s is earlier"),
                                        when_seen(incident->until, now, was), would)
                         : arena_printf(arena, _("it has no end, %s would give it one"), would);
  return text ? text : "";
}
