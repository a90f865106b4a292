/* Public holidays that a rule computes.
 *
 * France: Code du travail L3133-1; L3134-13 for Alsace-Moselle; L3422-2 and Decree 2012-553 for the
 * commemoration of the abolition of slavery overseas.  Easter: the Gregorian computus in the form
 * of Meeus, Jones and Butcher.  Other countries come as calendar records (dist/calendars/). */
#ifndef TC_CORE_HOLIDAY_H
#define TC_CORE_HOLIDAY_H

#include <stdint.h>

/* The day of Easter Sunday of a year, as civil_days() counts. */
int64_t holiday_easter(int64_t year);

/* The name of the public holiday a day is in a country (ISO 3166 alpha-2) and region
 * ("alsace-moselle", "la-reunion" ...; "" and words unknown here: what the whole country has), in
 * English as gettext wants it; NULL: it is none, or no rule for that country is known. */
const char *holiday_name(const char *country, const char *region, int64_t day);

#endif
