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

/* Microseconds since some moment, never going back: for durations and deadlines. */
int64_t clock_monotonic_us(void);

#endif
