#include "base/clock.h"

#include <time.h>

int64_t clock_now(const struct clock *clock) {
  if (clock && clock->stopped)
    return clock->at;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec + (clock ? clock->offset : 0);
}

int64_t clock_monotonic_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
