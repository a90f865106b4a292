/* What tests of properties share: a generator whose seed is printed.  PROP_SEED and PROP_RUNS set
 * the seed and the number of runs. */
#ifndef TC_TESTS_PROP_H
#define TC_TESTS_PROP_H

#include <stdint.h>

int prop_start(void **state); /* a cmocka group setup */
int prop_runs(int usual);
uint32_t rnd(uint32_t below);

#endif
