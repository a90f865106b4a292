/* Saying that something fails, or no longer does: what is offered, and to whom; for the form of the
 * screen and for the numbered dialogue. */
#ifndef TC_TUI_SAY_INCIDENT_H
#define TC_TUI_SAY_INCIDENT_H

#include "core/act.h"
#include "tui/setup.h"

/* The failure domains whose code, name or site has a word that begins with each word typed, those
 * of `site` first.  Fills at most `most`; returns how many there are. */
size_t domains_fitting(const struct house *house, const char *typed, const char *site,
                       const struct domain **out, size_t most);

/* Which calls fail, to choose from: sets of enum direction, all first, then what fails most. */
enum { WAYS_OFFERED = 7 };
extern const uint32_t ways_offered[WAYS_OFFERED];

/* May this terminal do what an act of that kind does, its PIN aside? */
bool may_say(const struct setup *setup, enum act_kind kind);

/* May what was said of an incident be changed here: by whoever declares, or where it was written?
 */
bool may_change(const struct setup *setup, const struct incident *incident);

#endif
