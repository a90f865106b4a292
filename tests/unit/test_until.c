/* "Until when", as people write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "core/moment.h"
#include "tests/lib/catalogue.h"
#include "tui/until.h"

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

static void each_way_of_saying_it_is_read(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t seconds; /* from now; 0: it is no time, over, or too far */
  } cases[] = {
      {"2h", 7200},
      {"90 min", 5400},
      {"30m", 1800},
      {"3d", 259200},
      {"3j", 259200},
      {"2 heures", 7200},
      {"08:30", 18960},
      {"8h30", 18960},
      {"03:14", 86400},
      {"03:13", 86340},
      {"24:00", 74760},
      {"sun 08:30", 18960},
      {"dim 08:30", 18960},
      {"dimanche 02:00", 600360},
      {"mon", 161160},
      {"2026-11-22", 74760},
      {"2026-11-23 03:14", 86400},
      {"2026-11-21", 0},
      {"61d", 0},
      {"0h", 0},
      {"", 0},
      {"soon", 0},
      {"2h later", 0},
      {"25:00", 0},
      {"08:60", 0},
      {"2026-13-01", 0},
      {"2026-11-31", 0},
      {"2026-11-31 08:30", 0},
      {"08:3", 0},
      {"8h3", 0},
      {"sun 8h", 0},
      {"sunrise 08:30", 0},
      {"Dimanch 08:30", 18960},
      {"2026-11-23 8", 0},
      {"12345h", 0},
      {"-2h", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t at = 0;
    tc_status status = until_read(&at, cases[i].text, NOW, NULL);
    if ((status == TC_OK) != (cases[i].seconds != 0) ||
        (status == TC_OK && at - NOW != cases[i].seconds))
      fail_msg("\"%s\": %d, %lld seconds from now", cases[i].text, (int)status,
               (long long)(at - NOW));
  }
}

/* Paris leaves summer time on 25 October 2026 at 03:00: the night has an hour more. */
static void a_wall_time_is_a_wall_time_in_a_night_of_25_hours(void **state) {
  (void)state;
  int64_t at, evening = 1792875600; /* Sat 24 Oct 2026 23:00 in Paris */
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  assert_int_equal(until_read(&at, "08:30", evening, NULL), TC_OK);
  assert_int_equal(at - evening, 10 * 3600 + 1800);
  setenv("TZ", "UTC", 1);
  tzset();
}

/* The hour that this night shows twice, as core/moment.c reads it too. */
static void of_two_showings_the_next_to_come_is_meant_or_the_one_said(void **state) {
  (void)state;
  enum { SUMMER = 1792888200, WINTER = SUMMER + 3600, MIN = 60 }; /* 02:30 in Paris */
  static const struct {
    int64_t now;
    const char *text;
    int64_t at; /* 0: refused */
    bool since;
  } cases[] = {
      {SUMMER - 20 * MIN, "02:30", SUMMER, false},
      {SUMMER + 10 * MIN, "02:30", WINTER, false},
      {SUMMER + 10 * MIN, "sun 02:30", WINTER, false},
      {SUMMER + 10 * MIN, "dim 2h30", WINTER, false},
      {SUMMER + 10 * MIN, "2026-10-25 02:30", WINTER, false},
      {SUMMER - 20 * MIN, "02:30 winter", WINTER, false},
      {SUMMER - 20 * MIN, "dim 02:30 hiver", WINTER, false},
      {SUMMER - 20 * MIN, "02:30 été", SUMMER, false},
      {SUMMER + 10 * MIN, "2026-10-25 02:30 summer", 0, false},
      {WINTER + 10 * MIN, "02:30", WINTER + 86400, false},
      {SUMMER + 10 * MIN, "winter", 0, false},
      {SUMMER + 10 * MIN, "2h winter", 0, false},
      {WINTER + 10 * MIN, "02:30", WINTER, true},
      {WINTER - 10 * MIN, "02:30", SUMMER, true},
      {WINTER + 10 * MIN, "02:30 summer", SUMMER, true},
      {WINTER + 40 * MIN, "2026-10-25 02:30", WINTER, true},
  };
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t at = 0;
    tc_status status = cases[i].since ? since_read(&at, cases[i].text, cases[i].now, NULL)
                                      : until_read(&at, cases[i].text, cases[i].now, NULL);
    if ((status == TC_OK) != (cases[i].at != 0) || (status == TC_OK && at != cases[i].at))
      fail_msg("case %zu, \"%s\": %d, %lld", i, cases[i].text, (int)status, (long long)at);
  }
  setenv("TZ", "UTC", 1);
  tzset();
}

/* The words of a language that has only a file: as they stand beside the times that it shows. */
static void what_a_third_language_shows_may_be_typed(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t seconds;
  } cases[] = {
      {"dom 08:30", 18960}, {"Dom 08:30", 18960}, {"mié 03:14", 259200},
      {"jue", 420360},      {"sun 08:30", 18960}, {"dimanche 08:30", 18960},
      {"do 08:30", 0},      {"doming 08:30", 0},  {"mi 03:14", 0},
  };
  catalogue_use("three");
  i18n_language("es");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t at = 0;
    tc_status status = until_read(&at, cases[i].text, NOW, NULL);
    if ((status == TC_OK ? at - NOW : 0) != cases[i].seconds)
      fail_msg("%s: %d, %ld", cases[i].text, (int)status, (long)(at - NOW));
  }
  assert_int_equal(moment_season("verano", 6), MOMENT_SUMMER);
  assert_int_equal(moment_season("invierno", 8), MOMENT_WINTER);
  assert_int_equal(moment_season("hiver", 5), MOMENT_WINTER);
  assert_int_equal(moment_season("ver", 3), MOMENT_UNSAID);
  i18n_language("en");
  assert_int_equal(until_read(&(int64_t){0}, "dom 08:30", NOW, NULL), TC_USAGE);
}

int main(void) {
  setenv("TZ", "UTC", 1);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_way_of_saying_it_is_read),
      cmocka_unit_test(a_wall_time_is_a_wall_time_in_a_night_of_25_hours),
      cmocka_unit_test(of_two_showings_the_next_to_come_is_meant_or_the_one_said),
      cmocka_unit_test(what_a_third_language_shows_may_be_typed),
  };
  return cmocka_run_group_tests_name("until", tests, NULL, NULL);
}
