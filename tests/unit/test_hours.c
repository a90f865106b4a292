/* Hours, public holidays and the calendar under them: tests/data/hours.tsv and holidays_fr.tsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/civil.h"
#include "core/holiday.h"
#include "core/hours.h"
#include "tests/lib/cases.h"
#include "tests/lib/zones.h"

static const char *const states[] = {"always",  "open",        "closed",  "unreadable",
                                     "no-zone", "no-holidays", "no-clock"};

static void check_hours(const struct case_row *row, void *data) {
  struct arena arena = ARENA_INIT;
  const struct zone *zone = test_zone(row->columns[1], &arena);
  struct hours_place place = {.zone = zone,
                              .country = "FR",
                              .region = strcmp(row->columns[2], "-") == 0 ? "" : row->columns[2]};
  struct hours_now now;
  const char *until = "";
  hours_at(&now, row->columns[0], &place, zone ? test_instant(zone, row->columns[3]) : 0);
  if (now.until)
    until = test_local(zone, now.until);
  if (strcmp(states[now.state], row->columns[4]) != 0 || strcmp(until, row->columns[5]) != 0) {
    print_error("line %d: %s at %s: %s until \"%s\"\n", row->line, row->columns[0], row->columns[3],
                states[now.state], until);
    ++*(int *)data;
  }
  arena_free(&arena);
}

static void hours_are_told_as_the_table_says(void **state) {
  (void)state;
  int wrong = 0;
  assert_true(cases_run("hours.tsv", check_hours, &wrong) >= 50);
  assert_int_equal(wrong, 0);
}

static void hours_are_said_in_words(void **state) {
  static const char *const said[][2] = {
      {"mo-fr 08:00-18:30; ph off", "Mon-Fri 08:00-18:30; public holidays closed"},
      {"MO,we 08:00-12:00,14:00-18:00", "Mon,Wed 08:00-12:00,14:00-18:00"},
      {"24/7", "day and night"},
      {"2026-12-24 08:00-12:00; su off;", "2026-12-24 08:00-12:00; Sun closed;"},
      {"lu-ve 8h", "lu-ve 8h"},
      {"", ""}};
  (void)state;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    struct buffer out = BUFFER_INIT;
    hours_text(&out, said[i][0]);
    assert_string_equal(buffer_text(&out), said[i][1]);
    buffer_free(&out);
  }
}

static void check_year(const struct case_row *row, void *data) {
  char wanted[8], *rest = (char *)(uintptr_t)row->columns[2];
  int year = 0;
  sscanf(row->columns[1], "%d", &year);
  int64_t first = civil_days(year, 1, 1), end = civil_days(year + 1, 1, 1);
  for (int64_t day = first; day < end; day++) {
    struct civil c = civil_date(day);
    snprintf(wanted, sizeof wanted, "%02d-%02d", c.month % 100, c.day % 100);
    bool published = strstr(rest, wanted) != NULL;
    if (published != (holiday_name("FR", row->columns[0], day) != NULL)) {
      print_error("%s %d-%s: %s\n", row->columns[0], year, wanted,
                  published ? "published, not computed" : "computed, not published");
      ++*(int *)data;
    }
  }
}

static void french_holidays_are_those_published(void **state) {
  (void)state;
  int wrong = 0;
  assert_true(cases_run("holidays_fr.tsv", check_year, &wrong) >= 150);
  assert_int_equal(wrong, 0);
}

static void no_rule_no_holiday(void **state) {
  (void)state;
  assert_null(holiday_name("GB", "", civil_days(2026, 12, 25)));
  assert_null(holiday_name("", "", civil_days(2026, 12, 25)));
  assert_non_null(holiday_name("FR", "a region of tomorrow", civil_days(2026, 12, 25)));
}

static void a_calendar_record_changes_office_hours_and_not_the_night(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  const struct zone *zone = test_zone("Europe/London", &arena);
  static const struct calendar_day days[] = {
      {.date = "2026-12-28", .hours = "", .text = "Boxing Day (substitute)"},
      {.date = "2026-12-24", .hours = "09:00-12:00", .text = "Christmas Eve"}};
  static const struct calendar calendars[] = {
      {.code = "GB", .name = "GB", .country = "GB", .region = "", .days = days, .day_count = 2}};
  struct hours_place place = {
      .zone = zone, .country = "GB", .region = "", .calendars = calendars, .calendar_count = 1};
  static const struct {
    const char *hours, *at;
    enum hours_state state;
    const char *until, *holiday;
  } cases[] = {
      {"mo-fr 08:00-18:00", "2026-12-24 08:30", HOURS_CLOSED, "2026-12-24 09:00", "Christmas Eve"},
      {"mo-fr 08:00-18:00", "2026-12-24 10:00", HOURS_OPEN, "2026-12-24 12:00", "Christmas Eve"},
      {"mo-fr 08:00-18:00", "2026-12-28 10:00", HOURS_CLOSED, "2026-12-29 08:00",
       "Boxing Day (substitute)"},
      {"mo-fr 08:00-18:00; ph 10:00-11:00", "2026-12-28 10:00", HOURS_OPEN, "2026-12-28 11:00",
       "Boxing Day (substitute)"},
      {"mo-su 18:00-08:00", "2026-12-24 19:00", HOURS_OPEN, "2026-12-25 08:00", "Christmas Eve"},
      {"mo-fr 08:00-18:00; 2026-12-28 08:00-09:00", "2026-12-28 08:30", HOURS_OPEN,
       "2026-12-28 09:00", "Boxing Day (substitute)"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct hours_now now;
    hours_at(&now, cases[i].hours, &place, test_instant(zone, cases[i].at));
    assert_int_equal(now.state, cases[i].state);
    assert_string_equal(test_local(zone, now.until), cases[i].until);
    assert_string_equal(now.holiday, cases[i].holiday);
  }
  place.country = "FR"; /* another country's calendar is not ours */
  struct hours_now now;
  hours_at(&now, "mo-fr 08:00-18:00", &place, test_instant(zone, "2026-12-24 13:00"));
  assert_int_equal(now.state, HOURS_OPEN);
  arena_free(&arena);
}

/* Hours with "ph" are told where it is known whether that day is one, and only there. */
static void of_a_place_whose_holidays_nobody_knows_such_hours_are_not_told(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  const struct zone *zone = test_zone("Europe/London", &arena);
  static const struct calendar_day whole[] = {{.date = "2026-12-25", .hours = "", .text = ""}};
  static const struct calendar_day scots[] = {{.date = "2026-11-30", .hours = "", .text = ""}};
  static const struct calendar_day eve[] = {
      {.date = "2026-12-24", .hours = "09:00-12:00", .text = ""}};
#define CALENDAR(country_, region_, days_)                                                         \
  { .code = "", .name = "", .country = country_, .region = region_, .days = days_, .day_count = 1 }
  static const struct calendar calendars[] = {
      CALENDAR("CH", "", whole), CALENDAR("CH", "vaud", eve), CALENDAR("GB", "england", whole),
      CALENDAR("GB", "scotland", scots), CALENDAR("BE", "", eve)};
  static const struct {
    const char *country, *region, *hours, *at;
    enum hours_state state;
  } cases[] = {
      {"CH", "", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_OPEN},
      {"CH", "", "mo-fr 08:00-18:00; ph off", "2026-12-25 10:00", HOURS_CLOSED},
      {"CH", "jura", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_NO_HOLIDAY},
      {"CH", "jura", "mo-fr 08:00-18:00; ph off", "2026-11-30 19:00", HOURS_CLOSED},
      {"CH", "jura", "mo-fr 08:00-18:00; ph off", "2026-12-25 10:00", HOURS_CLOSED},
      {"CH", "jura", "mo-fr 08:00-18:00", "2026-11-30 10:00", HOURS_OPEN},
      {"CH", "", "mo-fr 08:00-18:00; ph off", "2027-11-30 10:00", HOURS_NO_HOLIDAY}, /* is over */
      {"GB", "england", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_OPEN},
      {"GB", "scotland", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_CLOSED},
      {"GB", "wales", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_NO_HOLIDAY},
      {"GB", "wales", "mo-fr 08:00-18:00; ph off", "2026-12-01 10:00", HOURS_OPEN},
      {"GB", "", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_NO_HOLIDAY},
      {"BE", "", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_NO_HOLIDAY},
      {"LU", "", "mo-fr 08:00-18:00; ph 08:00-18:00", "2026-11-30 10:00", HOURS_OPEN},
      {"", "", "mo-fr 08:00-18:00; ph off", "2026-11-30 10:00", HOURS_NO_HOLIDAY},
      {"MQ", "", "mo-fr 08:00-18:00; ph off", "2026-05-22 10:00", HOURS_CLOSED},
      {"RE", "", "mo-su 08:00-18:00; ph off", "2026-12-20 10:00", HOURS_CLOSED},
      {"YT", "mayotte", "mo-su 08:00-18:00; ph off", "2026-04-27 10:00", HOURS_CLOSED},
      {"GP", "", "mo-su 08:00-18:00; ph off", "2026-05-22 10:00", HOURS_OPEN},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct hours_place place = {.zone = zone,
                                .country = cases[i].country,
                                .region = cases[i].region,
                                .calendars = calendars,
                                .calendar_count = sizeof calendars / sizeof *calendars};
    struct hours_now now;
    hours_at(&now, cases[i].hours, &place, test_instant(zone, cases[i].at));
    if (now.state != cases[i].state)
      fail_msg("case %zu, %s %s at %s: %s", i, cases[i].country, cases[i].region, cases[i].at,
               states[now.state]);
  }
  arena_free(&arena);
}

static void what_cannot_be_read_is_told_where(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t at;
  } cases[] = {{"", 0},
               {"mo-fr 08:00-18:30; ph off", 0},
               {"mo-xx 08:00-18:30", 4},
               {"mo-fr 08:00-18:30 sa", 19},
               {"mo-fr 08.00-18:30", 7},
               {"2026-13-01 08:00-09:00", 1}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const char *what = "";
    assert_int_equal(hours_fault(cases[i].text, &what), cases[i].at);
    assert_int_equal(*what != '\0', cases[i].at != 0);
  }
}

static void a_rule_that_can_never_count_is_found(void **state) {
  (void)state;
  assert_int_equal(hours_contradiction("mo-fr 08:00-12:00; mo-fr 14:00-18:00"), 1);
  assert_int_equal(hours_contradiction("sa 08:00-12:00; mo 08:00-09:00; mo-we 08:00-10:00"), 17);
  assert_int_equal(hours_contradiction("mo-fr 08:00-12:00; we off"), 0);
  assert_int_equal(hours_contradiction("mo-fr 08:00-12:00; ph off"), 0);
  assert_int_equal(hours_contradiction("ph off; ph 08:00-09:00"), 1);
}

/* Against the C library, which has its own arithmetic. */
static void days_and_weeks_are_those_of_the_library(void **state) {
  (void)state;
  for (int64_t day = -800000; day < 800000; day += 7) {
    time_t t = (time_t)(day * CIVIL_DAY);
    struct tm tm;
    char week[CIVIL_WEEK_TEXT], wanted[CIVIL_WEEK_TEXT];
    assert_non_null(gmtime_r(&t, &tm));
    struct civil c = civil_date(day);
    assert_int_equal(c.year, tm.tm_year + 1900);
    assert_int_equal(c.month, tm.tm_mon + 1);
    assert_int_equal(c.day, tm.tm_mday);
    assert_int_equal(civil_days(c.year, c.month, c.day), day);
    assert_int_equal(civil_weekday(day), (tm.tm_wday + 6) % 7);
    if (c.year >= 1000 && c.year <= 9998) {
      strftime(wanted, sizeof wanted, "%G-W%V", &tm);
      assert_string_equal(civil_week(day, week), wanted);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hours_are_told_as_the_table_says),
      cmocka_unit_test(hours_are_said_in_words),
      cmocka_unit_test(french_holidays_are_those_published),
      cmocka_unit_test(no_rule_no_holiday),
      cmocka_unit_test(a_calendar_record_changes_office_hours_and_not_the_night),
      cmocka_unit_test(of_a_place_whose_holidays_nobody_knows_such_hours_are_not_told),
      cmocka_unit_test(what_cannot_be_read_is_told_where),
      cmocka_unit_test(a_rule_that_can_never_count_is_found),
      cmocka_unit_test(days_and_weeks_are_those_of_the_library),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
