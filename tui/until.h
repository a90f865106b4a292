/* "Until when" and "since when", as a person writes them. */
#ifndef TC_TUI_UNTIL_H
#define TC_TUI_UNTIL_H

#include <stdint.h>

#include "base/status.h"

enum { UNTIL_MOST_DAYS = 60 };

/* Reads "2h", "90 min", "3d" (3j), "08:30" (the next to come), "sun 08:30" (dim 08:30, the next to
 * come), "2026-12-01" (its end), "2026-12-01 08:30", with "summer" or "winter" behind a time that a
 * night shows twice (else the next showing of it that is to come): the words of the language of the
 * messages and of English, in the time zone of the process.  TC_USAGE: it is none of these, is
 * over, or is more than UNTIL_MOST_DAYS ahead. */
TC_MUST_CHECK tc_status until_read(int64_t *out, const char *text, int64_t now,
                                   struct tc_error *err);

/* The same words of the past: "8h" (8 hours ago), "22:00" (the last that was), "sun 22:00" (dim
 * 22:00), "2026-11-30" (its beginning).  TC_USAGE: it is none of these, or still to come. */
TC_MUST_CHECK tc_status since_read(int64_t *out, const char *text, int64_t now,
                                   struct tc_error *err);

#endif
