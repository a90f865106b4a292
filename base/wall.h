/* Clocks on the wall, in the time zone of the process: what they show and when.
 *
 * A wall time is seconds from 1970-01-01T00:00 as if there were no time zones (core/civil.h). */
#ifndef TC_BASE_WALL_H
#define TC_BASE_WALL_H

#include <stdint.h>

int64_t wall_of(int64_t at);

/* The instants at which a clock shows that: where it skips it, both the instant of the skip; where
 * it shows it once, that. */
void wall_instants(int64_t wall, int64_t *first, int64_t *last);

/* Which of two showings of the same clock time an instant is, " summer" or " winter"; "" where
 * there is one. */
const char *wall_season(int64_t at);

/* The same where the instants are known. */
const char *wall_season_of(int64_t at, int64_t first, int64_t last);

#endif
