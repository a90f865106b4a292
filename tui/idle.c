#include "tui/idle.h"

enum idle_stage idle_stage(const struct idle_limits *limits, int64_t idle, bool reading) {
  int minutes = reading && limits->card > limits->home ? limits->card : limits->home;
  int64_t home = (int64_t)minutes * 60, rest = (int64_t)limits->rest * 60;
  if (limits->home <= 0)
    return IDLE_NO;
  if (rest > 0 && idle >= (rest > home ? rest : home))
    return IDLE_REST;
  if (idle >= home)
    return IDLE_HOME;
  return idle >= home - IDLE_WARN_SECONDS ? IDLE_WARN : IDLE_NO;
}
