#include "tools/sample/days.h"

#include <stdio.h>
#include <string.h>

/* Years begin in March, so that the leap day is the last of its year. */
static int64_t day_of(int64_t year, int64_t month, int64_t day) {
  int64_t y = month <= 2 ? year - 1 : year;
  int64_t era = y / 400, in_era = y % 400, m = (month + 9) % 12;
  return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + (m * 153 + 2) / 5 + day - 1 -
         719468;
}

static void date_of(int64_t days, int64_t *year, int64_t *month, int64_t *day) {
  days += 719468;
  int64_t era = days / 146097, in_era = days % 146097;
  int64_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  int64_t in_year = in_era - (365 * y + y / 4 - y / 100);
  int64_t m = (5 * in_year + 2) / 153;
  *day = in_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = era * 400 + y + (*month <= 2);
}

bool day_parse(int64_t *days, const char *text) {
  int64_t part[3] = {0, 0, 0};
  static const char form[] = "dddd-dd-dd";
  if (strlen(text) != sizeof form - 1)
    return false;
  for (size_t i = 0, p = 0; form[i]; i++) {
    if (form[i] == '-') {
      if (text[i] != '-')
        return false;
      p++;
    } else if (text[i] < '0' || text[i] > '9') {
      return false;
    } else {
      part[p] = part[p] * 10 + (text[i] - '0');
    }
  }
  if (part[0] < 1970 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31)
    return false;
  *days = day_of(part[0], part[1], part[2]);
  int64_t y, m, d;
  date_of(*days, &y, &m, &d);
  return m == part[1] && d == part[2];
}

void day_text(char out[DAY_TEXT], int64_t days) {
  int64_t y, m, d;
  date_of(days, &y, &m, &d);
  snprintf(out, DAY_TEXT, "%04d-%02d-%02d", (int)(y % 10000), (int)(m % 100), (int)(d % 100));
}

int64_t monday_of(int64_t days) {
  return days - (days + 3) % 7; /* 1970-01-01 was a Thursday */
}

/* The week of a day is that of its Thursday, and belongs to the Thursday's year. */
void week_of(int64_t days, int64_t *year, int *week) {
  int64_t m, d, thursday = monday_of(days) + 3;
  date_of(thursday, year, &m, &d);
  *week = (int)((thursday - day_of(*year, 1, 1)) / 7 + 1);
}
