/* A directory of two sites and a handful of entries, for tests that need a whole one.  Every number
 * is of the ranges kept for fiction. */
#ifndef TC_TESTS_SMALL_DIRECTORY_H
#define TC_TESTS_SMALL_DIRECTORY_H

#include <stdint.h>

#include "base/status.h"

enum { SMALL_TIME = 1794453120 }; /* its source time: Thu 12 Nov 2026 03:12 UTC */

/* Publishes it in a scope folder, at revision 1.  At 2 and above (a change set on the first) the
 * surgical ICU of SAB has another number, ending in the revision's two digits. */
TC_MUST_CHECK tc_status small_directory(const char *scope, int64_t revision, struct tc_error *err);

/* The same, of a switchboard: with a part of its first entry that is for it alone, a number
 * (06 39 98 77 66) and a note. */
TC_MUST_CHECK tc_status small_switchboard(const char *scope, struct tc_error *err);

#endif
