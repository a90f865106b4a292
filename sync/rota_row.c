#include "sync/rota_row.h"

#include <stdio.h>
#include <string.h>

#include "core/civil.h"

static const char *skip_blanks(const char *at) {
  return at + strspn(at, " ");
}

/* Digits, at most `most`; NULL: there are none, or more. */
static const char *read_number(const char *at, size_t most, int *out) {
  size_t n = strspn(at, "0123456789");
  if (!n || n > most)
    return NULL;
  *out = 0;
  for (size_t i = 0; i < n; i++)
    *out = *out * 10 + (at[i] - '0');
  return at + n;
}

/* "08:30", "8h30", "8h", "08:30:00", up to 24:00; what is behind it. */
static const char *read_clock(const char *at, int64_t *seconds) {
  int hour, minute = 0, second = 0;
  if (!(at = read_number(at, 2, &hour)))
    return NULL;
  if (*at == 'h' || *at == 'H') {
    at++;
    if (*at >= '0' && *at <= '9' && !(at = read_number(at, 2, &minute)))
      return NULL;
  } else if (*at == ':') {
    if (!(at = read_number(at + 1, 2, &minute)))
      return NULL;
    if (*at == ':' && (!(at = read_number(at + 1, 2, &second)) || second))
      return NULL; /* nobody comes on duty at a second */
  } else {
    return NULL;
  }
  *seconds = (int64_t)hour * 3600 + (int64_t)minute * 60;
  return minute < 60 && *seconds <= CIVIL_DAY ? at : NULL;
}

/* "2026-11-24", "24/11/2026"; what is behind it. */
static const char *read_date(const char *at, const char *country, int64_t *days) {
  int part[3];
  size_t digits[3];
  char sign = '\0', iso[16];
  for (int i = 0; i < 3; i++) {
    const char *behind = read_number(at, 4, &part[i]);
    if (!behind)
      return NULL;
    digits[i] = (size_t)(behind - at);
    at = behind;
    if (i == 2)
      break;
    if (!*at || !strchr("-/.", *at) || (i && *at != sign))
      return NULL;
    sign = *at++;
  }
  bool year_first = digits[0] == 4, month_first = strcmp(country, "US") == 0;
  if (year_first ? digits[1] > 2 || digits[2] > 2
                 : digits[0] > 2 || digits[1] > 2 || digits[2] != 4)
    return NULL;
  int year = year_first ? part[0] : part[2];
  int month = year_first ? part[1] : part[month_first ? 0 : 1];
  int day = year_first ? part[2] : part[month_first ? 1 : 0];
  snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
  return civil_read_day(iso, strlen(iso), days) ? at : NULL;
}

bool rota_time(const char *text, const char *country, int64_t *wall) {
  int64_t days, seconds = 0;
  const char *at = read_date(skip_blanks(text), country, &days);
  if (!at)
    return false;
  at = *at == 'T' ? at + 1 : skip_blanks(at);
  if (*at && !(at = read_clock(at, &seconds)))
    return false;
  *wall = days * CIVIL_DAY + seconds;
  return *skip_blanks(at) == '\0';
}

bool rota_time_behind(const char *text, const char *country, int64_t behind, int64_t *wall) {
  int64_t seconds;
  const char *at = read_clock(skip_blanks(text), &seconds);
  if (!at || *skip_blanks(at))
    return rota_time(text, country, wall);
  *wall = civil_day_of(behind) * CIVIL_DAY + seconds;
  if (*wall <= behind)
    *wall += CIVIL_DAY;
  return true;
}
