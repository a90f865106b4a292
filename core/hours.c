#include "core/hours.h"

#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"
#include "core/civil.h"
#include "core/holiday.h"

enum { RULES = 16, RANGES = 8, DATES = 8, HORIZON = 14, EVERY_DAY = 0x7F };

struct range {
  int64_t from, until; /* seconds from midnight; until over a day: on the next one */
};

struct rule_of_hours {
  size_t at; /* where it begins in the text */
  unsigned days;
  bool holidays;
  int64_t dates[DATES];
  size_t date_count;
  struct range ranges[RANGES]; /* none: closed */
  size_t range_count;
};

struct hours {
  struct rule_of_hours rules[RULES];
  size_t count;
  bool always; /* 24/7 alone */
};

/* ---- reading -----------------------------------------------------------------------------------
 */

struct reader {
  const char *text, *at;
  const char *what; /* of the fault */
};

static bool fault(struct reader *r, const char *what) {
  r->what = what;
  return false;
}

static void skip_spaces(struct reader *r) {
  while (*r->at == ' ')
    r->at++;
}

/* One word of letters, compared without regard to case. */
static bool word(struct reader *r, const char *wanted) {
  size_t i = 0;
  for (; wanted[i]; i++)
    if ((r->at[i] | 0x20) != wanted[i])
      return false;
  char next = (char)(r->at[i] | 0x20);
  if (next >= 'a' && next <= 'z')
    return false;
  r->at += i;
  return true;
}

static int weekday(struct reader *r) {
  static const char *const names[WEEKDAYS] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
  for (int i = 0; i < WEEKDAYS; i++)
    if (word(r, names[i]))
      return i;
  return -1;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Digits are a date where a "-" is the fifth sign, else the hours begin. */
static bool at_date(const struct reader *r) {
  for (int i = 0; i < 4; i++)
    if (!is_digit(r->at[i]))
      return false;
  return r->at[4] == '-';
}

static bool read_days(struct reader *r, struct rule_of_hours *rule) {
  do {
    skip_spaces(r);
    int64_t day;
    if (at_date(r)) {
      if (strlen(r->at) < 10 || !civil_read_day(r->at, 10, &day))
        return fault(r, _("there is no such date"));
      if (rule->date_count == DATES)
        return fault(r, _("too many dates in one rule"));
      rule->dates[rule->date_count++] = day;
      r->at += 10;
    } else if (word(r, "ph")) {
      rule->holidays = true;
    } else {
      int from = weekday(r), to;
      if (from < 0)
        return fault(r, _("a day is mo tu we th fr sa su, ph or a date"));
      rule->days |= 1u << from;
      if (*r->at != '-')
        continue;
      r->at++;
      if ((to = weekday(r)) < 0)
        return fault(r, _("a day is mo tu we th fr sa su, ph or a date"));
      for (int d = from; d != to; d = (d + 1) % WEEKDAYS)
        rule->days |= 1u << d;
      rule->days |= 1u << to;
    }
  } while (*r->at == ',' && r->at++);
  return true;
}

static bool read_times(struct reader *r, struct rule_of_hours *rule) {
  do {
    struct range range;
    skip_spaces(r);
    if (strnlen(r->at, 11) < 11 || !civil_read_clock(r->at, 5, &range.from) || r->at[5] != '-' ||
        !civil_read_clock(r->at + 6, 5, &range.until) || range.from == CIVIL_DAY)
      return fault(r, _("hours are written as in 08:00-18:30"));
    if (range.until <= range.from)
      range.until += CIVIL_DAY;
    if (rule->range_count == RANGES)
      return fault(r, _("too many hours in one rule"));
    size_t i = rule->range_count++;
    for (; i > 0 && rule->ranges[i - 1].from > range.from; i--)
      rule->ranges[i] = rule->ranges[i - 1];
    rule->ranges[i] = range;
    r->at += 11;
  } while (*r->at == ',' && r->at++);
  return true;
}

static bool read_rule(struct reader *r, struct rule_of_hours *rule) {
  *rule = (struct rule_of_hours){.at = (size_t)(r->at - r->text)};
  if (strncmp(r->at, "24/7", 4) == 0) {
    rule->days = EVERY_DAY;
    rule->ranges[rule->range_count++] = (struct range){0, CIVIL_DAY};
    r->at += 4;
    return true;
  }
  if ((!is_digit(*r->at) || at_date(r)) && !word(r, "off")) {
    if (!read_days(r, rule))
      return false;
    skip_spaces(r);
    return word(r, "off") || read_times(r, rule);
  }
  rule->days = EVERY_DAY;
  return !is_digit(*r->at) || read_times(r, rule);
}

static bool read_hours(struct hours *out, struct reader *r) {
  out->count = 0;
  do {
    skip_spaces(r);
    if (!*r->at && out->count)
      break; /* a semicolon at the end */
    if (out->count == RULES)
      return fault(r, _("too many rules"));
    if (!read_rule(r, &out->rules[out->count++]))
      return false;
    skip_spaces(r);
  } while (*r->at == ';' && r->at++);
  if (*r->at)
    return fault(r, _("rules are parted by a semicolon"));
  const struct rule_of_hours *only = out->rules;
  out->always = out->count == 1 && only->days == EVERY_DAY && only->range_count == 1 &&
                only->ranges[0].until - only->ranges[0].from == CIVIL_DAY;
  return true;
}

size_t hours_fault(const char *text, const char **what) {
  struct hours hours;
  struct reader r = {.text = text, .at = text};
  if (!*text || read_hours(&hours, &r))
    return 0;
  *what = r.what;
  return (size_t)(r.at - r.text) + 1;
}

size_t hours_contradiction(const char *text) {
  struct hours hours;
  struct reader r = {.text = text, .at = text};
  if (!*text || !read_hours(&hours, &r))
    return 0;
  for (size_t i = 0; i < hours.count; i++) {
    unsigned later = 0;
    bool holidays = false;
    const struct rule_of_hours *rule = &hours.rules[i];
    for (size_t k = i + 1; k < hours.count; k++) {
      later |= hours.rules[k].days;
      holidays = holidays || hours.rules[k].holidays;
    }
    if (!rule->date_count && (!rule->holidays || holidays) && !(rule->days & ~later) &&
        i + 1 < hours.count)
      return rule->at + 1;
  }
  return 0;
}

/* ---- one day -----------------------------------------------------------------------------------
 */

/* What the calendars of the place say of a day. */
struct day {
  const char *name; /* holiday or exception; NULL: an ordinary day */
  bool holiday;     /* "ph" counts */
  bool changed;     /* the calendar gives its own hours: those ranges, or none */
  struct hours exception;
};

static bool calendar_is_of(const struct calendar *c, const struct hours_place *place) {
  return strcmp(c->country, place->country) == 0 &&
         (!*c->region || strcmp(c->region, place->region) == 0);
}

/* Has a calendar a public holiday in that year; *there: on that day? */
static bool covers(const struct calendar *c, int64_t day, bool *there) {
  bool year = false;
  for (size_t k = 0; k < c->day_count; k++) {
    int64_t date;
    const struct calendar_day *d = &c->days[k];
    if (*d->hours || !civil_read_day(d->date, strlen(d->date), &date))
      continue; /* hours of one day are an exception of the house */
    year = year || civil_date(date).year == civil_date(day).year;
    *there = *there || date == day;
  }
  return year;
}

bool hours_holiday_known(const struct hours_place *place, int64_t day) {
  if (holiday_is_computed(place->country) && holiday_knows_region(place->country, place->region))
    return true;
  bool whole = false, own = false, others = false, there = false, elsewhere = false;
  for (size_t i = 0; i < place->calendar_count; i++) {
    const struct calendar *c = &place->calendars[i];
    if (strcmp(c->country, place->country) != 0)
      continue;
    bool here = strcmp(c->region, place->region) == 0;
    if (here && *c->region)
      own = covers(c, day, &there) || own;
    else if (!*c->region)
      whole = covers(c, day, &there) || whole;
    else
      others = covers(c, day, &elsewhere) || others;
  }
  if (there || own || (whole && !*place->region))
    return true;
  if (holiday_is_computed(place->country))
    return !holiday_somewhere(place->country, day) || holiday_name(place->country, "", day) != NULL;
  return others && !elsewhere;
}

/* Where hours are asked for, and what is taken for true of days of which nobody knows. */
struct asked {
  const struct hours_place *place;
  bool named;   /* the hours have a rule for public holidays */
  bool doubted; /* those days are public holidays */
  bool met;     /* there was one */
};

static void look_up_day(struct day *out, struct asked *asked, int64_t day) {
  const struct hours_place *place = asked->place;
  out->name = holiday_name(place->country, place->region, day);
  out->holiday = out->name != NULL;
  out->changed = false;
  out->exception.count = 0;
  if (out->name)
    out->name = _(out->name);
  for (size_t i = 0; i < place->calendar_count; i++) {
    const struct calendar *c = &place->calendars[i];
    if (!calendar_is_of(c, place))
      continue;
    for (size_t k = 0; k < c->day_count; k++) {
      int64_t date;
      const struct calendar_day *d = &c->days[k];
      struct reader r = {.text = d->hours, .at = d->hours};
      if (!civil_read_day(d->date, strlen(d->date), &date) || date != day)
        continue;
      out->name = *d->text ? d->text : c->name;
      out->holiday = out->holiday || !*d->hours;
      out->changed = !*d->hours || read_hours(&out->exception, &r);
    }
  }
  if (asked->named && !out->holiday && !hours_holiday_known(place, day)) {
    asked->met = true;
    out->holiday = asked->doubted;
  }
}

static const struct rule_of_hours *rule_of_day(const struct hours *h, const struct day *day,
                                               int64_t date, bool *named) {
  const struct rule_of_hours *found = NULL;
  int best = 0;
  for (size_t i = 0; i < h->count; i++) {
    const struct rule_of_hours *rule = &h->rules[i];
    int rank = rule->days & (1u << civil_weekday(date)) ? 1 : 0;
    if (day->holiday && rule->holidays)
      rank = 2;
    for (size_t k = 0; k < rule->date_count; k++)
      if (rule->dates[k] == date)
        rank = 3;
    if (rank && rank >= best) {
      best = rank;
      found = rule;
    }
  }
  *named = best > 1;
  return found;
}

/* The ranges of a day, in order; at most RANGES. */
static size_t ranges_of_day(const struct hours *h, struct asked *asked, int64_t date,
                            struct range *out, const char **name) {
  struct day day;
  bool named, swapped = false;
  size_t n = 0;
  look_up_day(&day, asked, date);
  if (name && day.name)
    *name = day.name;
  const struct rule_of_hours *rule = rule_of_day(h, &day, date, &named);
  if (!rule)
    return 0;
  for (size_t i = 0; i < rule->range_count; i++) {
    const struct range *r = &rule->ranges[i];
    /* An exception is for office hours: what runs through the night, or all day, goes on. */
    if (named || !day.changed || r->until > CIVIL_DAY || r->until - r->from == CIVIL_DAY) {
      out[n++] = *r;
      continue;
    }
    if (!swapped && day.exception.count)
      for (size_t k = 0; k < day.exception.rules[0].range_count && n < RANGES; k++)
        out[n++] = day.exception.rules[0].ranges[k];
    swapped = true;
    if (n == RANGES)
      break;
  }
  return n;
}

/* ---- an instant --------------------------------------------------------------------------------
 */

struct span {
  int64_t from, until;
};

static size_t spans_of_day(const struct hours *h, struct asked *asked, int64_t date,
                           struct span *out, const char **name) {
  struct range ranges[RANGES];
  int64_t other;
  size_t n = ranges_of_day(h, asked, date, ranges, name), kept = 0;
  for (size_t i = 0; i < n; i++) {
    struct span *s = &out[kept];
    zone_instants(asked->place->zone, date * CIVIL_DAY + ranges[i].from, &s->from, &other);
    zone_instants(asked->place->zone, date * CIVIL_DAY + ranges[i].until, &s->until, &other);
    kept += s->from < s->until; /* the clock may have skipped all of it */
  }
  return kept;
}

static void look_ahead(struct hours_now *out, const struct hours *h, struct asked *asked,
                       int64_t at, int64_t today) {
  struct span spans[RANGES];
  int64_t open_until = 0, opens = 0;
  for (int64_t d = today - 1; d <= today + HORIZON; d++) {
    size_t n = spans_of_day(h, asked, d, spans, d == today ? &out->holiday : NULL);
    bool grown = d <= today;
    for (size_t i = 0; i < n; i++) {
      const struct span *s = &spans[i];
      bool joins = s->from <= at || (open_until && s->from <= open_until);
      if (joins && s->until > at && s->until > open_until) {
        open_until = s->until;
        grown = true;
      } else if (s->from > at && (!opens || s->from < opens)) {
        opens = s->from;
      }
    }
    if (d >= today && ((open_until && !grown) || (!open_until && opens)))
      break;
    if (d == today + HORIZON && open_until)
      open_until = INT64_MAX; /* it goes on for longer than anybody looks ahead */
  }
  out->state = open_until ? HOURS_OPEN : HOURS_CLOSED;
  out->until = open_until == INT64_MAX ? 0 : open_until ? open_until : opens;
}

/* What does not hang on a day of which nobody knows whether it is a public holiday is told. */
static void look_both_ways(struct hours_now *out, const struct hours *h,
                           const struct hours_place *place, int64_t at) {
  struct asked asked = {.place = place};
  struct hours_now other = {.holiday = ""};
  int64_t today = civil_day_of(zone_wall(place->zone, at));
  for (size_t i = 0; i < h->count; i++)
    asked.named = asked.named || h->rules[i].holidays;
  look_ahead(out, h, &asked, at, today);
  if (!asked.met)
    return;
  asked.doubted = true;
  look_ahead(&other, h, &asked, at, today);
  if (other.state != out->state)
    out->state = HOURS_NO_HOLIDAY;
  if (!out->until || (other.until && other.until < out->until))
    out->until = other.until;
}

void hours_at(struct hours_now *out, const char *text, const struct hours_place *place,
              int64_t at) {
  struct hours hours;
  struct reader r = {.text = text, .at = text};
  *out = (struct hours_now){.state = HOURS_ALWAYS, .holiday = ""};
  if (!*text)
    return;
  if (!read_hours(&hours, &r))
    out->state = HOURS_UNREADABLE;
  else if (hours.always)
    out->state = HOURS_ALWAYS;
  else if (!place->zone)
    out->state = HOURS_NO_ZONE;
  else
    look_both_ways(out, &hours, place, at);
}
