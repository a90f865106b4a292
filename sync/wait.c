#include "sync/wait.h"

static int part(int64_t of, uint32_t chance) {
  return (int)(of * (int64_t)chance / UINT32_MAX);
}

int wait_usual(int every, uint32_t chance) {
  int64_t ms = (int64_t)every * 1000;
  return (int)(ms - ms / 5) + part(2 * (ms / 5), chance);
}

int wait_after_failure(unsigned failures, int most, uint32_t chance) {
  int64_t ms = failures < 20 ? INT64_C(1000) << failures : INT64_MAX, top = (int64_t)most * 1000;
  return part(ms < top ? ms : top, chance);
}
