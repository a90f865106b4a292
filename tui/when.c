#include "tui/when.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/wall.h"
#include "core/zone.h"

static const char *const weekdays[] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
                                       N_("Thu"), N_("Fri"), N_("Sat")};
static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                     N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                     N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, MONTH = 30 * DAY };
static const int64_t YEAR = (int64_t)365 * DAY;

static bool local_time(int64_t at, struct tm *out) {
  time_t t = (time_t)at;
  return localtime_r(&t, out) != NULL;
}

static const char *unknown(char *out) {
  snprintf(out, WHEN_TEXT, "?");
  return out;
}

static const char *season(int64_t at, const struct zone *zone) {
  int64_t first, last;
  if (!zone)
    return wall_season(at);
  zone_instants(zone, zone_wall(zone, at), &first, &last);
  return wall_season_of(at, first, last);
}

const char *when_now(int64_t now, char out[WHEN_TEXT]) {
  struct tm t;
  if (!local_time(now, &t))
    return unknown(out);
  snprintf(out, WHEN_TEXT, "%s %d %s %02d:%02d%s", _(weekdays[t.tm_wday]), t.tm_mday,
           _(months[t.tm_mon]), t.tm_hour, t.tm_min, season(now, NULL));
  return out;
}

const char *when_clock(int64_t at, char out[WHEN_TEXT]) {
  struct tm t;
  if (!local_time(at, &t))
    return unknown(out);
  snprintf(out, WHEN_TEXT, "%02d:%02d%s", t.tm_hour, t.tm_min, season(at, NULL));
  return out;
}

static int64_t distance(int64_t a, int64_t b) {
  return a > b ? a - b : b - a;
}

static const char *seen(const struct tm *t, const struct tm *n, int64_t away, const char *which,
                        char *out) {
  if (t->tm_year == n->tm_year && t->tm_yday == n->tm_yday)
    snprintf(out, WHEN_TEXT, "%02d:%02d%s", t->tm_hour, t->tm_min, which);
  else if (away <= 6 * DAY)
    snprintf(out, WHEN_TEXT, "%s %02d:%02d%s", _(weekdays[t->tm_wday]), t->tm_hour, t->tm_min,
             which);
  else if (away <= 11 * MONTH)
    snprintf(out, WHEN_TEXT, "%d %s %02d:%02d%s", t->tm_mday, _(months[t->tm_mon]), t->tm_hour,
             t->tm_min, which);
  else
    snprintf(out, WHEN_TEXT, "%d %s %d", t->tm_mday, _(months[t->tm_mon]), t->tm_year + 1900);
  return out;
}

const char *when_seen(int64_t at, int64_t now, char out[WHEN_TEXT]) {
  struct tm t, n;
  if (!local_time(at, &t) || !local_time(now, &n))
    return unknown(out);
  return seen(&t, &n, distance(at, now), season(at, NULL), out);
}

const char *when_there(int64_t at, int64_t now, const struct zone *zone, const char *site,
                       char out[2 * WHEN_TEXT]) {
  struct tm t, n, here;
  if (!zone)
    return when_seen(at, now, out);
  time_t at_there = (time_t)zone_wall(zone, at), now_there = (time_t)zone_wall(zone, now);
  if (!gmtime_r(&at_there, &t) || !gmtime_r(&now_there, &n) || !local_time(at, &here))
    return unknown(out);
  seen(&t, &n, distance(at, now), season(at, zone), out);
  if (here.tm_gmtoff != zone_offset(zone, at))
    snprintf(out + strlen(out), WHEN_TEXT, " %s", site);
  return out;
}

const char *when_date(int64_t at, int64_t now, char out[WHEN_TEXT]) {
  struct tm t;
  if (!local_time(at, &t))
    return unknown(out);
  if (distance(at, now) <= 11 * MONTH)
    snprintf(out, WHEN_TEXT, "%d %s", t.tm_mday, _(months[t.tm_mon]));
  else
    snprintf(out, WHEN_TEXT, "%d %s %d", t.tm_mday, _(months[t.tm_mon]), t.tm_year + 1900);
  return out;
}

const char *when_age(int64_t at, int64_t now, char out[WHEN_TEXT]) {
  int64_t age = now - at;
  if (age < MINUTE)
    snprintf(out, WHEN_TEXT, "%s", _("now"));
  else if (age < HOUR)
    snprintf(out, WHEN_TEXT, _("%d min"), (int)(age / MINUTE));
  else if (age < 2 * DAY)
    snprintf(out, WHEN_TEXT, _("%d h"), (int)(age / HOUR));
  else if (age < 2 * MONTH)
    snprintf(out, WHEN_TEXT, _("%d d"), (int)(age / DAY));
  else if (age < 24 * (int64_t)MONTH)
    snprintf(out, WHEN_TEXT, _("%d months"), (int)(age / MONTH));
  else if (age < 1000 * YEAR) {
    int years = (int)(age / YEAR);
    snprintf(out, WHEN_TEXT, NGETTEXT("%d year", "%d years", (unsigned long)years), years);
  } else
    return unknown(out);
  return out;
}

const char *when_date_age(int64_t at, int64_t now, char out[2 * WHEN_TEXT]) {
  char date[WHEN_TEXT], age[WHEN_TEXT];
  snprintf(out, 2 * WHEN_TEXT, "%s (%s)", when_date(at, now, date), when_age(at, now, age));
  return out;
}
