/* Saying that something fails, or no longer does: what is offered, and to whom; for the form of the
 * screen and for the numbered dialogue. */
#ifndef TC_TUI_SAY_INCIDENT_H
#define TC_TUI_SAY_INCIDENT_H

#include "core/act.h"
#include "core/incident.h"
#include "tui/setup.h"
#include "tui/write.h"

/* The failure domains whose code, name or site has a word that begins with each word typed, those
 * of `site` first.  Fills at most `most`; returns how many there are. */
size_t domains_fitting(const struct house *house, const char *typed, const char *site,
                       const struct domain **out, size_t most);

/* What is known of a domain, in words; NULL: nothing touches it. */
const char *domain_state_text(const struct outage_domain *domain, int64_t now, struct arena *arena);

/* "failing now", above those that are; not_now: at another time. */
const char *incident_phase_text(enum incident_phase phase, bool not_now);

/* Which calls fail, to choose from: sets of enum direction, all first, then what fails most. */
enum { WAYS_OFFERED = 7 };
extern const uint32_t ways_offered[WAYS_OFFERED];

/* May this terminal do what an act of that kind does, its PIN aside? */
bool may_say(const struct setup *setup, enum act_kind kind);

/* May what was said of an incident be changed here: by whoever declares, or where it was written?
 */
bool may_change(const struct setup *setup, const struct incident *incident);

/* What says the same already and lasts: an incident of that domain in these directions (0: all); of
 * a declaration one that is declared.  One that may be added to comes before others; NULL: there
 * is none. */
const struct incident *incident_same(const struct setup *setup, enum act_kind kind,
                                     const char *domain, uint32_t ways);

/* May what is said again be added to it: may it be changed here, and without a PIN? */
bool may_add(const struct setup *setup, const struct incident *incident);

/* "already reported 03:14 by xy (no tone)" */
const char *incident_same_text(const struct incident *same, const struct house *house, int64_t now,
                               struct arena *arena);

/* What is said again is added to it: it lasts at least as long as is said now, and both reasons
 * stand.  w: as of write_incident(). */
TC_MUST_CHECK tc_status write_incident_again(struct act *out, const struct writing *w,
                                             const struct incident *same, const char *reason,
                                             struct tc_error *err);

/* Would that end (0: none is said) give it less time than was said before? */
bool incident_shortens(const struct incident *incident, int64_t until);

/* "it holds until 15:14, 05:14 is earlier" */
const char *incident_shorter_text(const struct incident *incident, int64_t until, int64_t now,
                                  struct arena *arena);

#endif
