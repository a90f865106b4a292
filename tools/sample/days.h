/* Days of the Gregorian calendar and ISO 8601 weeks, from integers alone. */
#ifndef TC_SAMPLE_DAYS_H
#define TC_SAMPLE_DAYS_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_TEXT = 16 };

bool day_parse(int64_t *days, const char *text); /* "2026-11-22": days since 1970-01-01 */
void day_text(char out[DAY_TEXT], int64_t days); /* years 0000 to 9999 */
int64_t monday_of(int64_t days);
void week_of(int64_t days, int64_t *year, int *week); /* ISO 8601 */

#endif
