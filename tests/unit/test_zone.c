/* Time zones: the files of this computer against its C library, and files made wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/file.h"
#include "tests/lib/zones.h"

static const char *const names[] = {
    "Europe/Paris",        "Europe/London",      "Europe/Dublin",
    "America/New_York",    "America/Martinique", "America/Miquelon",
    "Australia/Lord_Howe", "Africa/Casablanca",  "Asia/Kathmandu",
    "Pacific/Apia",        "Indian/Reunion",     "America/Sao_Paulo",
    "Antarctica/Troll",    "Pacific/Kiritimati", "UTC",
    "Africa/Cairo"};

/* Every 9 hours and some, from 1900 to 2200: the C library reads the same file in its own way. */
static void offsets_are_those_of_the_library(void **state) {
  (void)state;
  const char *before = getenv("TZ");
  char *kept = before ? strdup(before) : NULL;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    struct arena arena = ARENA_INIT;
    const struct zone *zone = test_zone(names[i], &arena);
    if (!zone)
      fail_msg("%s cannot be read (package tzdata)", names[i]);
    setenv("TZ", names[i], 1);
    tzset();
    for (int64_t at = -2208988800; at < 7258118400; at += 33333) {
      time_t t = (time_t)at;
      struct tm tm;
      localtime_r(&t, &tm);
      if (zone_offset(zone, at) != tm.tm_gmtoff)
        fail_msg("%s at %lld: %d, not %ld", names[i], (long long)at, (int)zone_offset(zone, at),
                 tm.tm_gmtoff);
    }
    arena_free(&arena);
  }
  if (kept)
    setenv("TZ", kept, 1);
  else
    unsetenv("TZ");
  tzset();
  free(kept);
}

static void both_nights_of_the_clock_are_right(void **state) {
  (void)state;
  static const struct {
    const char *zone;
    int64_t wall;
    enum zone_fit fit;
    int64_t first, last;
  } cases[] = {
      /* Paris 2026-03-29 02:30 is skipped at 01:00 UTC */
      {"Europe/Paris", 1774751400, ZONE_GAP, 1774746000, 1774746000},
      {"Europe/Paris", 1774749599, ZONE_ONCE, 1774745999, 1774745999}, /* 01:59:59 */
      {"Europe/Paris", 1774753200, ZONE_ONCE, 1774746000, 1774746000}, /* 03:00 */
      /* Paris 2026-10-25 02:30 is shown at 00:30 and at 01:30 UTC */
      {"Europe/Paris", 1792895400, ZONE_TWICE, 1792888200, 1792891800},
      {"Europe/Paris", 1792893599, ZONE_ONCE, 1792886399, 1792886399}, /* 01:59:59 */
      {"Europe/Paris", 1792897200, ZONE_ONCE, 1792893600, 1792893600}, /* 03:00 */
      /* by the footer's rule: 2150-03-29 02:30 is skipped */
      {"Europe/Paris", 5687807400, ZONE_GAP, 5687802000, 5687802000},
      /* half an hour only: Lord Howe 2026-04-05 01:45 is shown twice (+11:00, +10:30) */
      {"Australia/Lord_Howe", 1775353500, ZONE_TWICE, 1775313900, 1775315700},
      /* a whole day: Samoa had no 30 December 2011 */
      {"Pacific/Apia", 1325246400, ZONE_GAP, 1325239200, 1325239200},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct arena arena = ARENA_INIT;
    int64_t first, last;
    const struct zone *zone = test_zone(cases[i].zone, &arena);
    enum zone_fit fit = zone_instants(zone, cases[i].wall, &first, &last);
    if (fit != cases[i].fit || first != cases[i].first || last != cases[i].last)
      fail_msg("case %zu: %d %lld %lld", i, (int)fit, (long long)first, (long long)last);
    arena_free(&arena);
  }
}

/* Whatever instant: its wall time is shown at that instant. */
static void there_and_back_again(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    struct arena arena = ARENA_INIT;
    const struct zone *zone = test_zone(names[i], &arena);
    for (int64_t at = -2208988800; at < 7258118400; at += 777777) {
      int64_t first, last;
      enum zone_fit fit = zone_instants(zone, zone_wall(zone, at), &first, &last);
      assert_int_not_equal(fit, ZONE_GAP);
      assert_true(first == at || last == at);
    }
    arena_free(&arena);
  }
}

static void a_file_cut_anywhere_is_refused(void **state) {
  (void)state;
  struct buffer bytes = BUFFER_INIT;
  struct arena arena = ARENA_INIT;
  struct zone *zone;
  assert_int_equal(file_read(&bytes, "/usr/share/zoneinfo/Europe/Paris", ZONE_BYTES_MAX, NULL),
                   TC_OK);
  assert_int_equal(zone_read(&zone, bytes.data, bytes.len, &arena, NULL), TC_OK);
  for (size_t len = 0; len < bytes.len; len++) {
    struct tc_error err = {.status = TC_OK};
    assert_int_equal(zone_read(&zone, bytes.data, len, &arena, &err), TC_INVALID);
    assert_null(zone);
    assert_true(err.text[0]);
  }
  bytes.data[0] = 'X';
  assert_int_equal(zone_read(&zone, bytes.data, bytes.len, &arena, NULL), TC_INVALID);
  arena_free(&arena);
  buffer_free(&bytes);
}

static void a_name_leads_nowhere_else(void **state) {
  (void)state;
  static const char *const good[] = {"Europe/Paris", "UTC", "Etc/GMT+3", "America/Port-au-Prince"};
  static const char *const wrong[] = {
      "", "/etc/passwd", "../../etc/passwd", "Europe/../x", "a//b", "Europe/", "a.b", "a b"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
    assert_true(zone_name_is_safe(good[i]));
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    assert_false(zone_name_is_safe(wrong[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(offsets_are_those_of_the_library),
      cmocka_unit_test(both_nights_of_the_clock_are_right),
      cmocka_unit_test(there_and_back_again),
      cmocka_unit_test(a_file_cut_anywhere_is_refused),
      cmocka_unit_test(a_name_leads_nowhere_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
