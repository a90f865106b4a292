/* The house of tests/data/reach_cases.tsv, as its head tells it. */
#ifndef TC_TESTS_REACH_HOUSE_H
#define TC_TESTS_REACH_HOUSE_H

#include "core/directory.h"

extern const struct house reach_house; /* its time zones once it is open */

/* For cmocka_run_group_tests(). */
int reach_house_open(void **state);
int reach_house_close(void **state);

#endif
