/* What was written at this machine, as lists show it. */
#ifndef TC_TUI_ACTS_H
#define TC_TUI_ACTS_H

#include "base/arena.h"
#include "db/cache.h"
#include "tui/setup.h"

/* How far back the log goes unless it is told. */
#define ACTS_SHIFT "8h"

/* All of it, the last one first.  The array is the arena's, the acts are the cache's until it is
 * refreshed or closed. */
TC_MUST_CHECK tc_status acts_list(const struct act_held ***out, size_t *count,
                                  const struct cache *cache, struct arena *arena,
                                  struct tc_error *err);

/* Is it a call of that exercise (NULL: of any), which nobody really made? */
bool acts_tried_in_exercise(const struct act *act, const struct uuid *exercise);

/* The shift log: what was written since then, the first one first, without the calls of exercises.
 * As above. */
TC_MUST_CHECK tc_status acts_since(const struct act_held ***out, size_t *count, int64_t since,
                                   const struct cache *cache, struct arena *arena,
                                   struct tc_error *err);

/* Three columns of the log, never NULL: "Sun 22 Nov 03:14", the initials or "unsigned", and "SAB
 * Réanimation chirurgicale, call: 7731: no answer (not confirmed)". */
const char *acts_when(const struct act_held *held, struct arena *arena);
const char *acts_who(const struct act_held *held);
const char *acts_line(const struct act_held *held, const struct setup *setup, struct arena *arena);

/* "SAB Réanimation chirurgicale", of an act's subject; what is not held here says so. */
const char *acts_subject(struct cache *cache, const struct act *act, struct arena *arena);

#endif
