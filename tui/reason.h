/* Why something is DOWN, for a person. */
#ifndef TC_TUI_REASON_H
#define TC_TUI_REASON_H

#include "base/arena.h"
#include "core/directory.h"

/* The reason of an incident; of what the source joined to it ("JD 2026-11-22 14:02 UTC: ended, but
 * it was extended") the time is that of the domain's site (when_there()), and what the source says
 * itself is in the language.  Memory from the arena; never NULL. */
const char *reason_shown(const struct incident *incident, const struct house *house, int64_t now,
                         struct arena *arena);

/* Who says so; "" where the reason begins with that: "probe: no answer on the network". */
const char *reason_by(const struct incident *incident);

#endif
