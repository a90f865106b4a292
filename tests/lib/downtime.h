/* The directory of tests/data/downtime.txt: a night with a PBX down. */
#ifndef TC_TESTS_LIB_DOWNTIME_H
#define TC_TESTS_LIB_DOWNTIME_H

#include <stdint.h>

#include "base/status.h"
#include "core/directory.h"

enum { DOWNTIME_NOW = 1795313640 }; /* Sun 22 Nov 2026, 03:14 in Paris */

/* Publishes it in a scope folder.  without: a tag of records to leave out ("incident"); NULL. */
TC_MUST_CHECK tc_status downtime_directory(const char *scope, const char *without,
                                           struct tc_error *err);
/* The same for a terminal of that tier. */
TC_MUST_CHECK tc_status downtime_directory_of(const char *scope, const char *without,
                                              enum audience audience, struct tc_error *err);
/* And with the records of tests/data/MORE.txt; NULL: none. */
TC_MUST_CHECK tc_status downtime_directory_with(const char *scope, const char *without,
                                                enum audience audience, const char *more,
                                                struct tc_error *err);
/* Another revision of it: these records, in its notation, added or put in the place of those held.
 */
TC_MUST_CHECK tc_status downtime_revision(const char *scope, int64_t revision,
                                          enum audience audience, const char *records,
                                          struct tc_error *err);

#endif
