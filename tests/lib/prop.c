#include "tests/lib/prop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static uint64_t seed;

/* xorshift64*: any generator will do. */
uint32_t rnd(uint32_t below) {
  seed ^= seed >> 12;
  seed ^= seed << 25;
  seed ^= seed >> 27;
  return (uint32_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

int prop_runs(int usual) {
  const char *text = getenv("PROP_RUNS");
  return text ? (int)strtol(text, NULL, 10) : usual;
}

int prop_start(void **state) {
  (void)state;
  const char *text = getenv("PROP_SEED");
  seed = text ? strtoull(text, NULL, 10) : (uint64_t)time(NULL) * 2654435761u + 1;
  if (!seed)
    seed = 1;
  print_message("# PROP_SEED=%llu\n", (unsigned long long)seed);
  return 0;
}
