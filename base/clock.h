/* Time as an argument: whoever needs now is handed a clock, so that tests and the as-at screen hand
 * over their own. */
#ifndef TC_BASE_CLOCK_H
#define TC_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
  bool stopped;   /* at tells the time, whatever the machine's clock says */
  int64_t at;     /* seconds since the epoch, UTC */
  int64_t offset; /* added to the machine's clock: the last known distance to the source's */
};

/* Seconds since the epoch, UTC.  A NULL clock is the machine's. */
int64_t clock_now(const struct clock *clock);

/* A moment to count from. */
struct clock_mark {
  int64_t told;  /* by clock_now() */
  int64_t lived; /* by a clock that counts the machine's sleep and that nobody sets */
};

struct clock_mark clock_mark(const struct clock *clock);

/* Seconds since then, never less than 0: by whichever of its two clocks says more.  So a machine
 * that slept, one that was stopped with its clocks and told the time afterwards, and one whose
 * clock was set back are each as long ago as they were.  A stopped clock has but what it tells. */
int64_t clock_since(const struct clock *clock, const struct clock_mark *mark);

/* Microseconds since some moment, never going back: for durations and deadlines. */
int64_t clock_monotonic_us(void);

#endif
