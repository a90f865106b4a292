/* A moment as people type it: "sun 03:00", "dim 3h", "03:00", "2026-11-29 03:00". */
#ifndef TC_CORE_MOMENT_H
#define TC_CORE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

struct zone;

/* Reads a time in the local time of zone.  A weekday (English or French, whole or its first three
 * letters), "today", "tomorrow" or their French, or an ISO 8601 date; and a clock time ("03:00",
 * "3h", "3h30"), without which it is 00:00.  A weekday is the next to come, today's where its time
 * is still to come; a time alone too.  false: it is none of these.  Where the clock skips that
 * time, the instant of the skip; where it shows it twice, the first. */
bool moment_read(const char *text, const struct zone *zone, int64_t now, int64_t *at);

/* The same of a clock: what it shows now, and the wall time (core/civil.h) that is meant. */
bool moment_wall(const char *text, int64_t now, int64_t *wall);

#endif
