#include "tui/idle.h"

/* When the stages begin, in seconds. */
struct moments {
  int64_t warn, home, rest; /* -1: never */
};

static struct moments moments_of(const struct idle_limits *limits, bool reading) {
  int minutes = reading && limits->card > limits->home ? limits->card : limits->home;
  struct moments m = {-1, -1, -1};
  if (limits->home <= 0)
    return m;
  m.home = (int64_t)minutes * 60;
  m.warn = m.home - IDLE_WARN_SECONDS;
  if (limits->rest > 0)
    m.rest = (int64_t)limits->rest * 60 > m.home ? (int64_t)limits->rest * 60 : m.home;
  return m;
}

enum idle_stage idle_stage(const struct idle_limits *limits, int64_t idle, bool reading) {
  struct moments m = moments_of(limits, reading);
  if (m.rest >= 0 && idle >= m.rest)
    return IDLE_REST;
  if (m.home >= 0 && idle >= m.home)
    return IDLE_HOME;
  return m.warn >= 0 && idle >= m.warn ? IDLE_WARN : IDLE_NO;
}

int64_t idle_next(const struct idle_limits *limits, int64_t idle, bool reading) {
  struct moments m = moments_of(limits, reading);
  const int64_t order[] = {m.warn, m.home, m.rest};
  for (int i = 0; i < 3; i++)
    if (order[i] > idle)
      return order[i] - idle;
  return -1;
}
