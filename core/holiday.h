/* Public holidays that a rule computes.
 *
 * France: Code du travail L3133-1; L3134-13 for Alsace-Moselle; L3422-2 and Decree 2012-553 for the
 * commemoration of the abolition of slavery overseas.  Easter: the Gregorian computus in the form
 * of Meeus, Jones and Butcher.  Other countries come as calendar records (dist/calendars/). */
#ifndef TC_CORE_HOLIDAY_H
#define TC_CORE_HOLIDAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

/* The day of Easter Sunday of a year, as civil_days() counts. */
int64_t holiday_easter(int64_t year);

/* Are the holidays of a country computed (France, and what of it overseas has a code of its own:
 * MQ, RE ...)? */
bool holiday_is_computed(const char *country);

/* Is a region known of a country whose holidays are computed?  "", and the mainland's word, are; of
 * other countries nothing is known here. */
bool holiday_knows_region(const char *country, const char *region);

/* Is a day a holiday of any region of it? */
bool holiday_somewhere(const char *country, int64_t day);

/* The words that are, ", " between them. */
void holiday_regions(struct buffer *out);

/* The name of the public holiday a day is in a country (ISO 3166 alpha-2) and region
 * ("alsace-moselle", "la-reunion" ...; "" and words unknown here: what the whole country has), in
 * English as gettext wants it; NULL: it is none, or no rule for that country is known. */
const char *holiday_name(const char *country, const char *region, int64_t day);

#endif
