/* Days and local times of the proleptic Gregorian calendar (ISO 8601), as plain numbers.
 *
 * A day is a count from 1970-01-01.  A wall time is what a clock on the wall shows: seconds from
 * 1970-01-01T00:00 as if there were no time zones.  Which instant it is, a zone tells (zone.h). */
#ifndef TC_CORE_CIVIL_H
#define TC_CORE_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CIVIL_DAY = 86400, CIVIL_WEEK_TEXT = 24 };

struct civil {
  int64_t year;
  int month, day; /* from 1 */
};

enum { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, WEEKDAYS };

/* Month 1..12; the day may be outside its month and is then counted on. */
int64_t civil_days(int64_t year, int month, int day);
struct civil civil_date(int64_t days);
int civil_weekday(int64_t days); /* MONDAY..SUNDAY */
int64_t civil_day_of(int64_t wall);

/* "2026-W48": the ISO 8601 week of a day. */
const char *civil_week(int64_t days, char out[CIVIL_WEEK_TEXT]);

/* Reads "2026-11-24", all of len bytes, a day that exists; false for anything else. */
bool civil_read_day(const char *text, size_t len, int64_t *days);

/* Reads "08:30", 00:00 to 24:00, as seconds from midnight. */
bool civil_read_clock(const char *text, size_t len, int64_t *seconds);

/* Reads "2026-11-24T08:30" (or a space for the T) as a wall time. */
bool civil_read_wall(const char *text, int64_t *wall);

#endif
