#include "tui/until.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/wall.h"
#include "core/civil.h"
#include "core/moment.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* At most `most` figures at *at, which moves behind them. */
static bool take_number(const char **at, int most, int *out) {
  int count = 0;
  *out = 0;
  for (; count < most && **at >= '0' && **at <= '9'; count++, ++*at)
    *out = *out * 10 + (**at - '0');
  return count > 0;
}

static bool take_sign(const char **at, char sign) {
  if (**at != sign)
    return false;
  ++*at;
  return true;
}

/* "2h", "90 min", "3 d": a number and a unit, nothing behind. */
static bool read_span(const char *text, int64_t *out) {
  static const struct {
    const char *word;
    int seconds;
  } units[] = {{"h", HOUR},     {"min", MINUTE},  {"m", MINUTE}, {"d", DAY},    {"j", DAY},
               {"hours", HOUR}, {"heures", HOUR}, {"days", DAY}, {"jours", DAY}};
  int number;
  if (!take_number(&text, 4, &number) || number <= 0)
    return false;
  text += strspn(text, " ");
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcmp(text, units[i].word) == 0) {
      *out = (int64_t)number * units[i].seconds;
      return true;
    }
  return false;
}

/* "08:30", "8h30"; nothing behind.  "8h" are eight hours. */
static bool read_clock(const char *text, int *hour, int *minute) {
  if (!take_number(&text, 2, hour) || (!take_sign(&text, ':') && !take_sign(&text, 'h')) ||
      strlen(text) != 2 || !take_number(&text, 2, minute) || *text)
    return false;
  return *hour <= 24 && *minute < 60 && *hour * 60 + *minute <= 1440;
}

/* From where a time is looked for: the next to come, or the last that was. */
struct seen_from {
  int64_t now;
  struct tm today;
  bool ahead;
  enum moment_season season;
};

/* That wall time, some days from the one in tm; what a change of the clocks skips is the first
 * moment behind it, and of two showings of it the one that is still to come, or was. */
static int64_t on_day(const struct seen_from *from, const struct tm *day, int days, int hour,
                      int minute) {
  int64_t number = civil_days(day->tm_year + 1900, day->tm_mon + 1, day->tm_mday) + days;
  int64_t first, last;
  wall_instants(number * CIVIL_DAY + hour * 3600 + minute * 60, &first, &last);
  if (from->ahead || from->season != MOMENT_UNSAID)
    return moment_choose(from->season, first, last, from->now);
  return last <= from->now ? last : first;
}

/* That time on the day so many days away, or a period further where that is on the wrong side of
 * now. */
static int64_t nearest(const struct seen_from *from, int days, int period, int hour, int minute) {
  int64_t at = on_day(from, &from->today, days, hour, minute);
  if (from->ahead ? at > from->now : at <= from->now)
    return at;
  return on_day(from, &from->today, from->ahead ? days + period : days - period, hour, minute);
}

static bool read_day_clock(const char *text, const struct seen_from *from, int64_t *out) {
  int hour, minute;
  if (!read_clock(text, &hour, &minute))
    return false;
  *out = nearest(from, 0, 1, hour, minute);
  return true;
}

static bool read_weekday(const char *text, const struct seen_from *from, int64_t *out) {
  size_t len = strcspn(text, " ");
  int hour = from->ahead ? 24 : 0, minute = 0; /* its end, its beginning */
  int name = moment_weekday(text, len);
  if (name < 0 || (text[len] && !read_clock(text + len + 1, &hour, &minute)))
    return false;
  int ahead = ((name + 1) % 7 - from->today.tm_wday + 7) % 7; /* tm_wday begins with Sunday */
  *out = nearest(from, from->ahead || !ahead ? ahead : ahead - 7, 7, hour, minute);
  return true;
}

static bool read_date(const char *text, const struct seen_from *from, int64_t *out) {
  struct tm tm = {0};
  int hour = from->ahead ? 24 : 0, minute = 0;
  if (!take_number(&text, 4, &tm.tm_year) || !take_sign(&text, '-') ||
      !take_number(&text, 2, &tm.tm_mon) || !take_sign(&text, '-') ||
      !take_number(&text, 2, &tm.tm_mday))
    return false;
  if (*text && (*text != ' ' || !read_clock(text + 1, &hour, &minute)))
    return false;
  if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
    return false;
  tm.tm_year -= 1900;
  tm.tm_mon -= 1;
  struct tm same = tm; /* the 31st of November would be the 1st of December */
  if (timegm(&same) == -1 || same.tm_mday != tm.tm_mday)
    return false;
  *out = on_day(from, &tm, 0, hour, minute);
  return true;
}

/* The text without the season behind its time, "02:30 winter", which *season then is. */
static const char *before_season(const char *text, char *room, size_t size,
                                 enum moment_season *season) {
  const char *word = strrchr(text, ' ');
  *season = word ? moment_season(word + 1, strlen(word + 1)) : MOMENT_UNSAID;
  if (*season == MOMENT_UNSAID || (size_t)(word - text) >= size)
    return text;
  memcpy(room, text, (size_t)(word - text));
  room[word - text] = '\0';
  return room;
}

static tc_status read_time(int64_t *out, const char *typed, int64_t now, bool ahead,
                           struct tc_error *err) {
  struct seen_from from = {.now = now, .ahead = ahead};
  char room[32];
  const char *text = before_season(typed, room, sizeof room, &from.season);
  time_t t = (time_t)now;
  int64_t span;
  if (!localtime_r(&t, &from.today))
    return tc_fail(err, TC_USAGE, _("this machine's clock cannot be read"));
  if (read_span(typed, &span))
    *out = ahead ? now + span : now - span;
  else if (!read_day_clock(text, &from, out) && !read_weekday(text, &from, out) &&
           !read_date(text, &from, out))
    return tc_fail(err, TC_USAGE,
                   _("\"%.40s\" is no time: say 2h, 3d, 08:30, sun 08:30 or 2026-12-01 08:30"),
                   typed);
  return TC_OK;
}

tc_status until_read(int64_t *out, const char *text, int64_t now, struct tc_error *err) {
  tc_status status = read_time(out, text, now, true, err);
  if (status != TC_OK)
    return status;
  if (*out <= now)
    return tc_fail(err, TC_USAGE, _("\"%.40s\" is over already"), text);
  if (*out - now > (int64_t)UNTIL_MOST_DAYS * DAY)
    return tc_fail(err, TC_USAGE, _("\"%.40s\" is more than %d days ahead"), text, UNTIL_MOST_DAYS);
  return TC_OK;
}

tc_status since_read(int64_t *out, const char *text, int64_t now, struct tc_error *err) {
  tc_status status = read_time(out, text, now, false, err);
  if (status == TC_OK && *out > now)
    return tc_fail(err, TC_USAGE, _("\"%.40s\" is still to come"), text);
  return status;
}
