/* Dates as figures, for lines and sheets that are read on another day. */
#ifndef TC_BASE_DATE_H
#define TC_BASE_DATE_H

#include <stdint.h>

enum { DATE_TEXT = 40 };

/* "2026-11-22 03:14", in the order that the language of the messages writes it; UTC seconds, shown
 * in the time zone of the process; of an hour that a night shows twice it is said which,
 * "2026-10-25 02:30 winter".  "?" for an instant that has no date. */
const char *date_text(int64_t at, char out[DATE_TEXT]);
/* The day alone. */
const char *date_day(int64_t at, char out[DATE_TEXT]);

#endif
