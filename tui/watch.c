#include "tui/watch.h"

#include <errno.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { FOLDERS, MINUTE };

void watch_open(struct watch *w) {
  w->fds[FOLDERS] = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  w->fds[MINUTE] = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  w->last = 0;
  w->whole = false;
}

void watch_close(struct watch *w) {
  for (int i = 0; i < WATCH_FDS; i++) {
    if (w->fds[i] >= 0)
      close(w->fds[i]);
    w->fds[i] = -1;
  }
}

bool watch_folders(struct watch *w, const char *const *folders, size_t count) {
  /* A journal and the log of a commit are written and not closed. */
  const uint32_t what = IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE;
  bool fresh = false;
  w->whole = w->fds[FOLDERS] >= 0;
  for (size_t i = 0; i < count && w->fds[FOLDERS] >= 0; i++) {
    int number = inotify_add_watch(w->fds[FOLDERS], folders[i], what);
    w->whole = w->whole && (number >= 0 || errno == ENOENT);
    fresh = fresh || number > w->last;
    w->last = number > w->last ? number : w->last;
  }
  return fresh;
}

void watch_minute(const struct watch *w, int64_t seconds) {
  struct timespec now;
  if (w->fds[MINUTE] < 0 || clock_gettime(CLOCK_REALTIME, &now) != 0)
    return;
  struct itimerspec at = {.it_value = {.tv_sec = now.tv_sec + (time_t)seconds}};
  timerfd_settime(w->fds[MINUTE], TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL);
}

bool watch_woke(const struct watch *w, int which) {
  char bytes[4096];
  if (which < 0 || which >= WATCH_FDS)
    return false;
  while (read(w->fds[which], bytes, sizeof bytes) > 0)
    ;
  return which == FOLDERS;
}

bool watch_sees(const struct watch *w) {
  return w->whole && w->fds[MINUTE] >= 0;
}
