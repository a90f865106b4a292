/* A moment as people type it: "sun 03:00", "dim 3h", "03:00", "2026-11-29 03:00". */
#ifndef TC_CORE_MOMENT_H
#define TC_CORE_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads a time of a clock.  A weekday (moment_weekday()), "today", "tomorrow" or their French, or
 * an ISO 8601 date; and a clock time ("03:00", "3h", "3h30"), without which it is 00:00.  A weekday
 * is the next to come, today's where its time is still to come; a time alone too.  Behind a time
 * "summer", "winter" or their French say which of two showings of it is meant, where the clock goes
 * back.  false: it is none of these. */
struct moment {
  int64_t wall;   /* what a clock there shows then (core/civil.h) */
  int64_t sooner; /* the same a day or a week before, which the clock has shown; else wall */
  enum moment_season { MOMENT_UNSAID, MOMENT_SUMMER, MOMENT_WINTER } season;
};
/* now: what the clock shows. */
bool moment_read(const char *text, int64_t now, struct moment *out);

/* The day of the week that a word says: English or French, whole or its first three letters or
 * more, or as messages show it in the language of now.  MONDAY to SUNDAY (core/civil.h); -1: none.
 */
int moment_weekday(const char *word, size_t len);

/* The season that a word says; MOMENT_UNSAID: it is no such word. */
enum moment_season moment_season(const char *word, size_t len);

/* Which of the instants at which a clock shows a wall time is meant: the one said, else the
 * first, or the second where the first is over.  They are one unless it shows it twice. */
int64_t moment_choose(enum moment_season season, int64_t first, int64_t last, int64_t now);

/* The instants at which a clock shows a wall time. */
typedef void moment_clock(const void *clock, int64_t wall, int64_t *first, int64_t *last);

/* The instant that is meant: what a clock has shown it may be about to show again.  Its wall time
 * is in moment->wall. */
int64_t moment_instant(struct moment *moment, moment_clock *shows, const void *clock, int64_t now);

#endif
