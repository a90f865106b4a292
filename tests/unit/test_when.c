/* Times as a person reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/wall.h"
#include "tui/when.h"

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

static void a_time_says_as_much_as_its_distance_needs(void **state) {
  (void)state;
  static const struct {
    int64_t at;
    const char *seen, *age;
  } cases[] = {
      {NOW, "03:14", "now"},
      {NOW - 120, "03:12", "2 min"},
      {NOW - 3 * 3600 - 1000, "Sat 23:57", "3 h"},
      {NOW - 5 * 86400, "Tue 03:14", "5 d"},
      {NOW - 10 * 86400, "12 Nov 03:14", "10 d"},
      {NOW - 400 * (int64_t)86400, "18 Oct 2025", "13 months"},
      {NOW - 3000 * (int64_t)86400, "5 Sep 2018", "8 years"},
      {NOW + 86400, "Mon 03:14", "now"},
      {INT64_MAX, "?", "now"},
      {INT64_MIN / 4, "?", "?"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[WHEN_TEXT];
    assert_string_equal(when_seen(cases[i].at, NOW, text), cases[i].seen);
    assert_string_equal(when_age(cases[i].at, NOW, text), cases[i].age);
  }
}

static void today_is_on_the_top_line(void **state) {
  (void)state;
  char text[WHEN_TEXT];
  assert_string_equal(when_now(NOW, text), "Sun 22 Nov 03:14");
}

/* What is typed is read by the clock that shows it, also on the two nights on which it turns. */
static void a_clock_is_read_as_it_is_shown(void **state) {
  (void)state;
  static const struct {
    const char *zone;
    int64_t wall, at;
  } cases[] = {
      {"UTC", NOW, NOW},
      {"Europe/Paris", NOW + 3600, NOW},
      {"Asia/Tokyo", NOW + 9 * 3600, NOW},
      {"Europe/Paris", 1774751400, 1774746000}, /* 29 Mar 02:30, which it skips: 03:00 */
      {"Europe/Paris", 1774753200, 1774746000}, /* 03:00 */
      {"Europe/Paris", 1792895400, 1792888200}, /* 25 Oct 02:30, twice: the first */
      {"Europe/Paris", 1792899000, 1792895400}, /* 03:30 */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    setenv("TZ", cases[i].zone, 1);
    tzset();
    int64_t first, last;
    wall_instants(cases[i].wall, &first, &last);
    assert_int_equal(first, cases[i].at);
    if (i != 3)
      assert_int_equal(wall_of(cases[i].at), cases[i].wall);
  }
  setenv("TZ", "UTC", 1);
  tzset();
}

/* Of the two on which it is read twice it is said which. */
static void an_hour_that_comes_twice_says_which(void **state) {
  (void)state;
  static const struct {
    int64_t at;
    const char *clock, *now;
  } cases[] = {
      {1792886399, "01:59", "Sun 25 Oct 01:59"},
      {1792886400, "02:00 summer", "Sun 25 Oct 02:00 summer"},
      {1792888200, "02:30 summer", "Sun 25 Oct 02:30 summer"},
      {1792889999, "02:59 summer", "Sun 25 Oct 02:59 summer"},
      {1792890000, "02:00 winter", "Sun 25 Oct 02:00 winter"},
      {1792891800, "02:30 winter", "Sun 25 Oct 02:30 winter"},
      {1792893600, "03:00", "Sun 25 Oct 03:00"},
      {1774746000, "03:00", "Sun 29 Mar 03:00"}, /* the other night skips one */
  };
  char text[2 * WHEN_TEXT];
  int64_t first, last;
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_string_equal(when_clock(cases[i].at, text), cases[i].clock);
    assert_string_equal(when_now(cases[i].at, text), cases[i].now);
    assert_string_equal(when_there(cases[i].at, cases[i].at, NULL, "", text), cases[i].clock);
  }
  /* On paper and in lines too, which are read when the hour is over. */
  assert_string_equal(date_text(1792888200, text), "2026-10-25 02:30 summer");
  assert_string_equal(date_text(1792891800, text), "2026-10-25 02:30 winter");
  assert_string_equal(date_text(1792893600, text), "2026-10-25 03:00");
  assert_string_equal(date_day(1792888200, text), "2026-10-25");
  assert_string_equal(when_seen(1792888200, 1792700000, text), "Sun 02:30 summer");
  wall_instants(1792895400, &first, &last);
  assert_int_equal(first, 1792888200);
  assert_int_equal(last, 1792891800);
  setenv("TZ", "UTC", 1);
  tzset();
}

int main(void) {
  setenv("TZ", "UTC", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_time_says_as_much_as_its_distance_needs),
      cmocka_unit_test(today_is_on_the_top_line),
      cmocka_unit_test(a_clock_is_read_as_it_is_shown),
      cmocka_unit_test(an_hour_that_comes_twice_says_which),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
