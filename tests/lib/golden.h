/* Golden files: what a screen looked like when somebody read it and found it good. */
#ifndef TC_TESTS_GOLDEN_H
#define TC_TESTS_GOLDEN_H

#include "tui/grid.h"

/* Compares the grid with tests/screen/golden/NAME.txt and fails the test with both where they
 * differ.  With TOCSIN_GOLDEN=write the file is written instead; where CI is set that is
 * refused. */
void golden_check(const struct grid *g, const char *name);

#endif
