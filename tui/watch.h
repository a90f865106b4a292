/* What wakes the screen when no key does: a file that another program wrote, and the minute that
 * the top line shows.  Nothing is asked again and again: a terminal that nobody touches sleeps from
 * minute to minute. */
#ifndef TC_TUI_WATCH_H
#define TC_TUI_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WATCH_FDS = 2 };

/* Descriptors to wait for, -1 where the machine has none to give (inotify(7), timerfd_create(2)).
 */
struct watch {
  int fds[WATCH_FDS];
  int last;   /* the highest number that a folder was given */
  bool whole; /* every folder that is there is watched */
};

void watch_open(struct watch *w);
void watch_close(struct watch *w);

/* These folders from now on, with those of before; one that is watched already stays so, one that
 * is not there yet shows in the one that it will be in.  true: one is new, and what was written in
 * it before was not seen. */
bool watch_folders(struct watch *w, const char *const *folders, size_t count);

/* Wakes in that many seconds of the machine's clock, or at once where that clock is set. */
void watch_minute(const struct watch *w, int64_t seconds);

/* fds[which] woke: reads it away.  true: files were written; false: the minute. */
bool watch_woke(const struct watch *w, int which);

/* Is all of it seen, so that nobody need look? */
bool watch_sees(const struct watch *w);

#endif
