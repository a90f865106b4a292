#include "base/clock.h"

#include <time.h>

int64_t clock_now(const struct clock *clock) {
  if (clock && clock->stopped)
    return clock->at;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec + (clock ? clock->offset : 0);
}

struct clock_mark clock_mark(const struct clock *clock) {
  struct timespec lived = {0};
  if (!clock || !clock->stopped)
    clock_gettime(CLOCK_BOOTTIME, &lived);
  return (struct clock_mark){.told = clock_now(clock), .lived = (int64_t)lived.tv_sec};
}

int64_t clock_since(const struct clock *clock, const struct clock_mark *mark) {
  struct clock_mark now = clock_mark(clock);
  int64_t told = now.told - mark->told, lived = now.lived - mark->lived;
  int64_t since = told > lived ? told : lived;
  return since > 0 ? since : 0;
}

int64_t clock_monotonic_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
