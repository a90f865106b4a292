/* Included before every file that gcc -fanalyzer reads (make lint): tc_fail() returns the status
 * that it is given, which the analyzer cannot see from its prototype. */
#include "base/status.h"

#define tc_fail(err, status, ...) ((void)tc_fail(err, status, __VA_ARGS__), (tc_status)(status))
#define tc_fail_at(err, status, ...)                                                               \
  ((void)tc_fail_at(err, status, __VA_ARGS__), (tc_status)(status))
