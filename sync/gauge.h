/* What the answers of one probe add up to: pure.
 *
 * Hysteresis, by counts and by time: so many failures in a row before anything is said, so many
 * answers in a row before it is taken back, and after that silence for a while, so that a line that
 * flaps says little. */
#ifndef TC_SYNC_GAUGE_H
#define TC_SYNC_GAUGE_H

#include <stdbool.h>
#include <stdint.h>

enum {
  GAUGE_HOLD_S = 15 * 60,   /* silence after something was taken back */
  GAUGE_AGAIN_S = 12 * 3600 /* what is down still is said anew: as long as a report holds */
};

enum gauge_word { GAUGE_NOTHING, GAUGE_REPORT, GAUGE_TAKE_BACK };

/* Begins as zeros. */
struct gauge {
  int fails, answers; /* in a row */
  bool down;          /* said so */
  bool up;            /* enough answers were counted */
  int64_t said_at;
  int64_t quiet_until;
};

/* Counts one answer or failure.  fails, answers: how many in a row it takes, 1 or more.  alone:
 * nothing else answers either, so it may be this machine that is cut off: failures are counted and
 * nothing is said.  now: seconds that never go back, 1 or more.  The first answers after a start
 * take back what an earlier run said. */
enum gauge_word gauge_count(struct gauge *g, int fails, int answers, bool answered, bool alone,
                            int64_t now);

/* The last word could not be kept: it is said again at the next count. */
void gauge_unsay(struct gauge *g);

#endif
