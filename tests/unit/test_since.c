/* Since when, as people write it, beside until when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tui/until.h"

enum { NOW = 1795317240 /* Sun 2026-11-22 03:14 UTC, 04:14 in Paris */ };

static const char *shown(int64_t at) {
  static char text[32];
  time_t t = (time_t)at;
  struct tm tm;
  assert_non_null(localtime_r(&t, &tm));
  strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
  return text;
}

static void the_same_words_look_ahead_and_back(void **state) {
  (void)state;
  static const struct {
    const char *text, *until, *since;
  } cases[] = {
      {"2h", "2026-11-22 06:14", "2026-11-22 02:14"},
      {"90 min", "2026-11-22 05:44", "2026-11-22 02:44"},
      {"3 j", "2026-11-25 04:14", "2026-11-19 04:14"},
      {"04:14", "2026-11-23 04:14", "2026-11-22 04:14"},
      {"08:30", "2026-11-22 08:30", "2026-11-21 08:30"},
      {"8h30", "2026-11-22 08:30", "2026-11-21 08:30"},
      {"22:00", "2026-11-22 22:00", "2026-11-21 22:00"},
      {"sun 03:00", "2026-11-29 03:00", "2026-11-22 03:00"},
      {"dim 05:00", "2026-11-22 05:00", "2026-11-15 05:00"},
      {"mon 08:00", "2026-11-23 08:00", "2026-11-16 08:00"},
      {"samedi 22:00", "2026-11-28 22:00", "2026-11-21 22:00"},
      {"sun", "2026-11-23 00:00", "2026-11-22 00:00"},
      {"mon", "2026-11-24 00:00", "2026-11-16 00:00"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t at;
    assert_int_equal(until_read(&at, cases[i].text, NOW, NULL), TC_OK);
    if (strcmp(shown(at), cases[i].until) != 0)
      fail_msg("until %s: %s, not %s", cases[i].text, shown(at), cases[i].until);
    assert_int_equal(since_read(&at, cases[i].text, NOW, NULL), TC_OK);
    if (strcmp(shown(at), cases[i].since) != 0)
      fail_msg("since %s: %s, not %s", cases[i].text, shown(at), cases[i].since);
  }
}

static void a_date_is_its_end_ahead_and_its_beginning_back(void **state) {
  (void)state;
  int64_t at;
  assert_int_equal(until_read(&at, "2026-12-01", NOW, NULL), TC_OK);
  assert_string_equal(shown(at), "2026-12-02 00:00");
  assert_int_equal(since_read(&at, "2026-11-01", NOW, NULL), TC_OK);
  assert_string_equal(shown(at), "2026-11-01 00:00");
  assert_int_equal(since_read(&at, "2026-11-21 22:00", NOW, NULL), TC_OK);
  assert_string_equal(shown(at), "2026-11-21 22:00");
}

/* 25 October 2026, 03:00 becomes 02:00: the day has 25 hours, and the wall clock counts. */
static void the_night_of_a_clock_change_is_a_wall_clock_s(void **state) {
  (void)state;
  int64_t now = 1792911600 /* Sun 2026-10-25 07:00 UTC, 08:00 in Paris */, at;
  assert_int_equal(since_read(&at, "22:00", now, NULL), TC_OK);
  assert_string_equal(shown(at), "2026-10-24 22:00");
  assert_int_equal(now - at, 11 * 3600);
}

static void what_is_on_the_wrong_side_or_no_time_is_told(void **state) {
  (void)state;
  static const char *const none[] = {"", "soon", "25:00", "2h x", "2026-13-01", "sun x", "0h"};
  int64_t at;
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    assert_int_equal(until_read(&at, none[i], NOW, NULL), TC_USAGE);
    assert_int_equal(since_read(&at, none[i], NOW, NULL), TC_USAGE);
  }
  assert_int_equal(until_read(&at, "2026-11-01", NOW, NULL), TC_USAGE);
  assert_int_equal(until_read(&at, "90d", NOW, NULL), TC_USAGE);
  assert_int_equal(since_read(&at, "90d", NOW, NULL), TC_OK);
  assert_int_equal(since_read(&at, "2026-12-01", NOW, NULL), TC_USAGE);
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_words_look_ahead_and_back),
      cmocka_unit_test(a_date_is_its_end_ahead_and_its_beginning_back),
      cmocka_unit_test(the_night_of_a_clock_change_is_a_wall_clock_s),
      cmocka_unit_test(what_is_on_the_wrong_side_or_no_time_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
