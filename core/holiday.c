#include "core/holiday.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "core/civil.h"

int64_t holiday_easter(int64_t year) {
  int64_t a = year % 19, b = year / 100, c = year % 100;
  int64_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int64_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int64_t m = (a + 11 * h + 22 * l) / 451;
  int64_t month = (h + l - 7 * m + 114) / 31;
  return civil_days(year, (int)month, (int)((h + l - 7 * m + 114) % 31) + 1);
}

/* A day of every year: a date, or so many days after Easter. */
struct holiday {
  const char *region; /* "": everywhere */
  int month, day;     /* month 0: day after Easter */
  const char *name;
};

static const struct holiday france[] = {
    {"", 1, 1, N_("New Year's Day")},
    {"", 0, 1, N_("Easter Monday")},
    {"", 5, 1, N_("Labour Day")},
    {"", 5, 8, N_("Victory 1945")},
    {"", 0, 39, N_("Ascension Day")},
    {"", 0, 50, N_("Whit Monday")},
    {"", 7, 14, N_("National Day")},
    {"", 8, 15, N_("Assumption Day")},
    {"", 11, 1, N_("All Saints' Day")},
    {"", 11, 11, N_("Armistice 1918")},
    {"", 12, 25, N_("Christmas Day")},
    {"alsace-moselle", 0, -2, N_("Good Friday")},
    {"alsace-moselle", 12, 26, N_("St Stephen's Day")},
    {"mayotte", 4, 27, N_("Abolition of slavery")},
    {"martinique", 5, 22, N_("Abolition of slavery")},
    {"guadeloupe", 5, 27, N_("Abolition of slavery")},
    {"saint-martin", 5, 28, N_("Abolition of slavery")},
    {"guyane", 6, 10, N_("Abolition of slavery")},
    {"saint-barthelemy", 10, 9, N_("Abolition of slavery")},
    {"la-reunion", 12, 20, N_("Abolition of slavery")},
};

/* What of France has a country code of its own (ISO 3166-1), and its region here. */
static const struct {
  const char *country, *region;
} overseas[] = {{"BL", "saint-barthelemy"}, {"GF", "guyane"},     {"GP", "guadeloupe"},
                {"MF", "saint-martin"},     {"MQ", "martinique"}, {"RE", "la-reunion"},
                {"YT", "mayotte"}};

/* The region that a country code alone says; "": France, NULL: another country. */
static const char *region_of(const char *country) {
  if (strcmp(country, "FR") == 0)
    return "";
  for (size_t i = 0; i < sizeof overseas / sizeof *overseas; i++)
    if (strcmp(overseas[i].country, country) == 0)
      return overseas[i].region;
  return NULL;
}

bool holiday_is_computed(const char *country) {
  return region_of(country) != NULL;
}

static bool falls_on(const struct holiday *h, const struct civil *date, int64_t from_easter) {
  return h->month ? h->month == date->month && h->day == date->day : h->day == from_easter;
}

const char *holiday_name(const char *country, const char *region, int64_t day) {
  const char *implied = region_of(country);
  if (!implied)
    return NULL;
  region = *region ? region : implied;
  struct civil date = civil_date(day);
  int64_t from_easter = day - holiday_easter(date.year);
  for (size_t i = 0; i < sizeof france / sizeof *france; i++) {
    const struct holiday *h = &france[i];
    if ((!*h->region || strcmp(h->region, region) == 0) && falls_on(h, &date, from_easter))
      return h->name;
  }
  return NULL;
}

bool holiday_somewhere(const char *country, int64_t day) {
  struct civil date = civil_date(day);
  int64_t from_easter = day - holiday_easter(date.year);
  for (size_t i = 0; region_of(country) && i < sizeof france / sizeof *france; i++)
    if (falls_on(&france[i], &date, from_easter))
      return true;
  return false;
}

static const char *const mainland = "metropole";

bool holiday_knows_region(const char *country, const char *region) {
  if (!region_of(country) || !*region || strcmp(region, mainland) == 0)
    return true;
  for (size_t i = 0; i < sizeof france / sizeof *france; i++)
    if (strcmp(france[i].region, region) == 0)
      return true;
  return false;
}

void holiday_regions(struct buffer *out) {
  const char *last = "";
  buffer_add_text(out, mainland);
  for (size_t i = 0; i < sizeof france / sizeof *france; i++) {
    if (strcmp(france[i].region, last) != 0)
      buffer_printf(out, ", %s", france[i].region);
    last = france[i].region;
  }
}
