/* Times and ages as a person reads them, in words of the catalogue, whatever the locale has. */
#ifndef TC_TUI_WHEN_H
#define TC_TUI_WHEN_H

#include <stddef.h>
#include <stdint.h>

enum { WHEN_TEXT = 48 };

/* "Sun 22 Nov 03:14": the top line.  Instants are UTC seconds, shown in the time zone of the
 * process; an instant that cannot be shown gives "?".  A clock that goes back shows an hour twice:
 * everywhere it is said which, "02:30 summer", "02:30 winter". */
const char *when_now(int64_t now, char out[WHEN_TEXT]);
const char *when_clock(int64_t at, char out[WHEN_TEXT]); /* "03:14" */

/* As seen from now: today the time, within six days the weekday and time, within eleven months the
 * date and time, else the date with its year. */
const char *when_seen(int64_t at, int64_t now, char out[WHEN_TEXT]);

/* The date alone: "12 Nov", over eleven months away "12 Nov 2025". */
const char *when_date(int64_t at, int64_t now, char out[WHEN_TEXT]);

/* How old: "3 min", "5 h", "10 d", "13 months", "2 years"; "now" within a minute, and for an
 * instant after now. */
const char *when_age(int64_t at, int64_t now, char out[WHEN_TEXT]);

/* when_seen() as a clock of another zone shows both, with the site's code behind it where that
 * differs from the time of the process.  NULL: the zone of the process. */
struct zone;
const char *when_there(int64_t at, int64_t now, const struct zone *zone, const char *site,
                       char out[2 * WHEN_TEXT]);

/* "12 Nov 2026 (10 d)" */
const char *when_date_age(int64_t at, int64_t now, char out[2 * WHEN_TEXT]);

#endif
