/* Hours of a contact point: what the text of a record says of an instant.
 *
 *   hours  = rule *( ";" rule )          later rules replace earlier ones on the days they name
 *   rule   = [ days SP ] ( times / "off" ) / "24/7"
 *   days   = day *( "," day )            day: mo tu we th fr sa su, mo-fr, ph, 2026-12-24
 *   times  = HH:MM-HH:MM *( "," HH:MM-HH:MM )
 *
 * as in "mo-fr 08:00-18:30; ph off" (tocsin-record(5)): local time of the site.  A range that ends
 * at or before its begin ends on the next day; "ph" is a public holiday.  A rule without days is
 * for every day but those that "ph" or a date name before or after it. */
#ifndef TC_CORE_HOURS_H
#define TC_CORE_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "core/directory.h"
#include "core/zone.h"

enum hours_state {
  HOURS_ALWAYS, /* nothing is said: it answers always */
  HOURS_OPEN,
  HOURS_CLOSED,
  HOURS_UNREADABLE, /* the text breaks the grammar */
  HOURS_NO_ZONE,    /* the site's time zone is not known here */
  HOURS_NO_HOLIDAY, /* they name public holidays, and whether that day is one there is not known */
  HOURS_NO_CLOCK    /* now is before the directory's own source time: not evaluated */
};

/* Where hours are those of. */
struct hours_place {
  const struct zone *zone; /* NULL: not known */
  const char *country, *region;
  const struct calendar *calendars; /* records; those of the country and region count */
  size_t calendar_count;
};

struct hours_now {
  enum hours_state state;
  int64_t until;       /* OPEN, CLOSED: when that ends; 0: not within two weeks */
  const char *holiday; /* the public holiday or exception that today is; "" none */
};

/* Is what day is a public holiday there known?  Of France where the region is one that is known or
 * none; elsewhere where a calendar is of the country and its region, or of the country where no
 * region is said.  day: of which year, and not known only where another region of the country has
 * it. */
bool hours_holiday_known(const struct hours_place *place, int64_t day);

/* State at an instant.  A time in the hour that a night shows twice is its first showing, for the
 * end of a range as for its begin; where an hour is skipped, it is the skip. */
void hours_at(struct hours_now *out, const char *text, const struct hours_place *place, int64_t at);

/* Byte of the text that breaks the grammar, from 1; 0: it can be read.  *what: a translated
 * sentence. */
size_t hours_fault(const char *text, const char **what);

/* A rule that can never count because a later one replaces it on every day; its byte, from 1; 0:
 * there is none. */
size_t hours_contradiction(const char *text);

/* Appends the text in the language of the messages: "Mon-Fri 08:00-18:30; public holidays closed";
 * as it stands where it breaks the grammar. */
void hours_text(struct buffer *out, const char *text);

#endif
