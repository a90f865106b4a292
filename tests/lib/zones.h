/* Time zones of this computer, for tests. */
#ifndef TC_TESTS_ZONES_H
#define TC_TESTS_ZONES_H

#include "base/arena.h"
#include "core/zone.h"

/* NULL: there is none of that name. */
const struct zone *test_zone(const char *name, struct arena *arena);

/* The instant of "2026-11-22 03:14" there; a plus behind it: the second of two.  Stops the test
 * where the text is no time. */
int64_t test_instant(const struct zone *zone, const char *text);

/* The way back, in a buffer of its own until the next call. */
const char *test_local(const struct zone *zone, int64_t at);

#endif
