#include "core/civil.h"

#include <stdio.h>
#include <string.h>

enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_DAYS = 719468 }; /* 0000-03-01 to 1970-01-01 */

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

/* Years are counted from March, so that the leap day is the last of its year. */
int64_t civil_days(int64_t year, int month, int day) {
  int64_t y = month <= 2 ? year - 1 : year;
  int64_t era = floor_div(y, ERA_YEARS);
  int64_t of_era = y - era * ERA_YEARS;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_DAYS;
}

struct civil civil_date(int64_t days) {
  int64_t z = days + EPOCH_DAYS;
  int64_t era = floor_div(z, ERA_DAYS);
  int64_t day = z - era * ERA_DAYS;
  int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  int64_t of_year = day - (365 * year + year / 4 - year / 100);
  int64_t month = (5 * of_year + 2) / 153;
  struct civil c;
  c.day = (int)(of_year - (153 * month + 2) / 5 + 1);
  c.month = (int)(month < 10 ? month + 3 : month - 9);
  c.year = year + era * ERA_YEARS + (c.month <= 2);
  return c;
}

int civil_weekday(int64_t days) {
  int64_t day = (days + THURSDAY) % WEEKDAYS; /* 1970-01-01 was a Thursday */
  return (int)(day < 0 ? day + WEEKDAYS : day);
}

int64_t civil_day_of(int64_t wall) {
  return floor_div(wall, CIVIL_DAY);
}

const char *civil_week(int64_t days, char out[CIVIL_WEEK_TEXT]) {
  int64_t thursday = days - civil_weekday(days) + THURSDAY; /* its year is the week's */
  struct civil c = civil_date(thursday);
  int week = (int)((thursday - civil_days(c.year, 1, 1)) / WEEKDAYS) + 1;
  snprintf(out, CIVIL_WEEK_TEXT, "%04d-W%02d", (int)c.year, week);
  return out;
}

/* So many digits, all of them; -1 for anything else. */
static int digits(const char *text, size_t count) {
  int n = 0;
  for (size_t i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9')
      return -1;
    n = n * 10 + (text[i] - '0');
  }
  return n;
}

bool civil_read_day(const char *text, size_t len, int64_t *days) {
  if (len != 10 || text[4] != '-' || text[7] != '-')
    return false;
  int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1)
    return false;
  *days = civil_days(year, month, day);
  return civil_date(*days).month == month; /* 31 April would be in May */
}

bool civil_read_clock(const char *text, size_t len, int64_t *seconds) {
  if (len != 5 || text[2] != ':')
    return false;
  int hour = digits(text, 2), minute = digits(text + 3, 2);
  if (hour < 0 || minute < 0 || minute > 59 || hour > 24 || (hour == 24 && minute))
    return false;
  *seconds = hour * 3600 + minute * 60;
  return true;
}

bool civil_read_wall(const char *text, int64_t *wall) {
  int64_t days, seconds;
  if (strlen(text) != 16 || (text[10] != 'T' && text[10] != ' ') ||
      !civil_read_day(text, 10, &days) || !civil_read_clock(text + 11, 5, &seconds))
    return false;
  *wall = days * CIVIL_DAY + seconds;
  return true;
}
