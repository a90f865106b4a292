/* Who holds a role: shifts, gaps, overlaps, both nights of the clock; and moments as people type
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "core/moment.h"
#include "core/rota.h"
#include "tests/lib/zones.h"

static struct arena ground;
static const struct zone *paris, *reunion;

static int open_ground(void **state) {
  (void)state;
  paris = test_zone("Europe/Paris", &ground);
  reunion = test_zone("Indian/Reunion", &ground);
  return paris && reunion ? 0 : -1;
}

static int close_ground(void **state) {
  (void)state;
  arena_free(&ground);
  return 0;
}

#define SHIFT(from_, until_, line_, text_)                                                         \
  {                                                                                                \
    .from = from_, .until = until_, .line = line_, .text = text_, .number = "", .plan = "",        \
    .e164 = ""                                                                                     \
  }
static const struct shift week47[] = {
    SHIFT("2026-11-20T18:30", "2026-11-21T08:30", 1, "Ana"),
    SHIFT("2026-11-21T08:30", "2026-11-22T00:00", 1, "Bruno"),
    SHIFT("2026-11-22T08:30", "2026-11-23T08:30", 1, "Chloe"),
    SHIFT("2026-11-22T08:30", "2026-11-23T08:30", 2, "Denis"),
    SHIFT("2026-11-22T12:00", "2026-11-22T14:00", 1, "Emma"),
    SHIFT("2026-11-23", "2026-11-22T14:00", 1, "nobody can be this"),
};
static const struct shift week48[] = {
    SHIFT("2026-11-24T18:30", "2026-11-25T08:30", 1, "Farid"),
};
static const struct rota w47 = {
    .week = "2026-W47", .source = "", .shifts = week47, .shift_count = 6};
static const struct rota w48 = {
    .week = "2026-W48", .source = "", .shifts = week48, .shift_count = 1};
static const struct rota *const both[] = {&w47, &w48};

static void what_is_not_held_as_it_should_be_is_found_between_two_moments(void **state) {
  (void)state;
  static const struct {
    enum rota_state state;
    const char *from, *until;
    uint32_t empty;
    bool overlap;
  } wanted[] = {
      {ROTA_LISTED, "2026-11-21 03:00", "2026-11-22 00:00", 1 << 2, false},
      {ROTA_GAP, "2026-11-22 00:00", "2026-11-22 08:30", 0, false},
      {ROTA_LISTED, "2026-11-22 12:00", "2026-11-22 14:00", 0, true},
      {ROTA_GAP, "2026-11-23 08:30", "2026-11-24 18:30", 0, false}, /* told whole */
  };
  enum { WANTED = sizeof wanted / sizeof wanted[0] };
  struct rota_stretch found[8];
  int64_t from = test_instant(paris, "2026-11-21 03:00"),
          until = test_instant(paris, "2026-11-23 20:00");
  assert_int_equal(rota_stretches(found, 8, both, 2, paris, from, until), WANTED);
  for (size_t i = 0; i < WANTED; i++) {
    assert_int_equal(found[i].state, wanted[i].state);
    assert_int_equal(found[i].from, test_instant(paris, wanted[i].from));
    assert_int_equal(found[i].until, test_instant(paris, wanted[i].until));
    assert_int_equal(found[i].empty_lines, wanted[i].empty);
    assert_true(found[i].overlap == wanted[i].overlap);
  }
  assert_int_equal(rota_stretches(found, 1, both, 2, paris, from, until), 1);
  assert_int_equal(rota_stretches(found, 8, both, 2, NULL, from, until), 0);
  assert_int_equal(rota_stretches(found, 8, both, 0, paris, from, until), 0);
  assert_int_equal(rota_stretches(found, 8, both, 2, paris, test_instant(paris, "2026-12-01 03:00"),
                                  test_instant(paris, "2026-12-02 03:00")),
                   1);
  assert_int_equal(found[0].state, ROTA_NOT_HELD);
}

static void the_shifts_of_a_moment_are_found_and_gaps_are_said(void **state) {
  (void)state;
  static const struct {
    const char *at;
    enum rota_state state;
    const char *names, *gap_from, *gap_until;
    uint32_t empty;
    bool overlap;
  } cases[] = {
      {"2026-11-21 03:14", ROTA_LISTED, "Ana ", "", "", 1 << 2, false},
      {"2026-11-21 08:29", ROTA_LISTED, "Ana ", "", "", 1 << 2, false},
      {"2026-11-21 08:30", ROTA_LISTED, "Bruno ", "", "", 1 << 2, false},
      {"2026-11-22 00:00", ROTA_GAP, "", "2026-11-22 00:00", "2026-11-22 08:30", 6, false},
      {"2026-11-22 03:14", ROTA_GAP, "", "2026-11-22 00:00", "2026-11-22 08:30", 6, false},
      {"2026-11-22 09:00", ROTA_LISTED, "Chloe Denis ", "", "", 0, false},
      {"2026-11-22 13:00", ROTA_LISTED, "Chloe Emma Denis ", "", "", 0, true},
      {"2026-11-23 08:30", ROTA_GAP, "", "2026-11-23 08:30", "2026-11-24 18:30", 2, false},
      {"2026-11-26 03:00", ROTA_GAP, "", "2026-11-25 08:30", "", 2, false},
      {"2026-12-01 03:00", ROTA_NOT_HELD, "", "", "", 0, false},
      {"2026-11-01 03:00", ROTA_NOT_HELD, "", "", "", 0, false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct rota_now now;
    struct buffer names = BUFFER_INIT;
    rota_at(&now, both, 2, paris, test_instant(paris, cases[i].at), true);
    for (size_t k = 0; k < now.count; k++)
      buffer_printf(&names, "%s ", now.holders[k].shift->text);
    if (now.state != cases[i].state || strcmp(buffer_text(&names), cases[i].names) != 0 ||
        now.overlap != cases[i].overlap || now.empty_lines != cases[i].empty)
      fail_msg("%s: state %d, \"%s\", empty %x", cases[i].at, (int)now.state, buffer_text(&names),
               (unsigned)now.empty_lines);
    assert_string_equal(now.gap_from ? test_local(paris, now.gap_from) : "", cases[i].gap_from);
    assert_string_equal(now.gap_until ? test_local(paris, now.gap_until) : "", cases[i].gap_until);
    assert_string_equal(now.ended ? test_local(paris, now.ended) : "",
                        strcmp(cases[i].at, "2026-12-01 03:00") == 0 ? "2026-11-25 08:30" : "");
    assert_string_equal(now.begins ? test_local(paris, now.begins) : "",
                        strcmp(cases[i].at, "2026-11-01 03:00") == 0 ? "2026-11-20 18:30" : "");
    assert_int_equal(now.faulty, 1);
    buffer_free(&names);
  }
}

/* One line is empty while another is held: between whom, of that line alone. */
static void the_hole_of_a_line_lies_between_its_own_shifts(void **state) {
  (void)state;
  static const struct shift shifts[] = {SHIFT("2026-11-21T08:30", "2026-11-21T12:00", 1, "Ana"),
                                        SHIFT("2026-11-21T18:30", "2026-11-22T08:30", 1, "Bruno"),
                                        SHIFT("2026-11-21T08:30", "2026-11-22T08:30", 2, "Chloe")};
  static const struct rota rota = {.week = "2026-W47",
                                   .source = "",
                                   .shifts = shifts,
                                   .shift_count = sizeof shifts / sizeof *shifts};
  static const struct rota *const one[] = {&rota};
  struct rota_now now;
  rota_at(&now, one, 1, paris, test_instant(paris, "2026-11-21 15:00"), true);
  assert_int_equal(now.state, ROTA_LISTED);
  assert_int_equal(now.empty_lines, 1 << 1);
  assert_string_equal(test_local(paris, now.line_from[1]), "2026-11-21 12:00");
  assert_string_equal(test_local(paris, now.line_until[1]), "2026-11-21 18:30");
}

static void nothing_is_told_without_a_clock_a_zone_or_a_rota(void **state) {
  (void)state;
  struct rota_now now;
  int64_t at = test_instant(paris, "2026-11-21 03:14");
  rota_at(&now, both, 2, paris, at, false);
  assert_int_equal(now.state, ROTA_NO_CLOCK);
  assert_int_equal(now.count, 0);
  rota_at(&now, both, 2, NULL, at, true);
  assert_int_equal(now.state, ROTA_NO_ZONE);
  rota_at(&now, NULL, 0, paris, at, true);
  assert_int_equal(now.state, ROTA_NOT_HELD);
}

/* In the hour shown twice a shift ends and another begins once, when the clock first shows it. */
static void the_night_of_the_clock_has_one_holder_at_every_moment(void **state) {
  (void)state;
  static const struct shift shifts[] = {SHIFT("2026-10-24T20:00", "2026-10-25T02:30", 1, "early"),
                                        SHIFT("2026-10-25T02:30", "2026-10-25T08:30", 1, "late"),
                                        SHIFT("2026-03-28T20:00", "2026-03-29T02:30", 1, "early"),
                                        SHIFT("2026-03-29T02:30", "2026-03-29T08:30", 1, "late")};
  static const struct rota rota = {
      .week = "2026-W43", .source = "", .shifts = shifts, .shift_count = 4};
  static const struct rota *const one[] = {&rota};
  static const struct {
    const char *at, *first;
    size_t count;
  } cases[] = {
      {"2026-10-25 02:10", "early", 1}, {"2026-10-25 02:29", "early", 1},
      {"2026-10-25 02:30", "late", 1},  {"2026-10-25 02:10+", "late", 1},
      {"2026-10-25 02:40+", "late", 1}, {"2026-03-29 01:59", "early", 1},
      {"2026-03-29 03:00", "late", 1},
  };
  struct rota_stretch found[2];
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct rota_now now;
    rota_at(&now, one, 1, paris, test_instant(paris, cases[i].at), true);
    assert_int_equal(now.count, cases[i].count);
    assert_false(now.overlap);
    assert_string_equal(now.holders[0].shift->text, cases[i].first);
  }
  assert_int_equal(rota_stretches(found, 2, one, 1, paris, test_instant(paris, "2026-10-24 20:00"),
                                  test_instant(paris, "2026-10-25 08:30")),
                   0);
  assert_int_equal(rota_stretches(found, 2, one, 1, paris, test_instant(paris, "2026-03-28 20:00"),
                                  test_instant(paris, "2026-03-29 08:30")),
                   0);
}

/* What of that hour nobody is listed for, or two are, is found as in any other. */
/* Sunday's night stands in both weeks' rotas: it has one holder, told by the rota made last. */
static void a_shift_that_two_weeks_repeat_is_one(void **state) {
  (void)state;
  static const struct shift sunday[] = {SHIFT("2026-11-22T20:00", "2026-11-23T08:00", 1, "Ana")};
  static const struct shift other[] = {SHIFT("2026-11-22T20:00", "2026-11-23T08:00", 1, "Bruno")};
  static const struct rota w47_end = {
      .week = "2026-W47", .source = "", .made = 10, .shifts = sunday, .shift_count = 1};
  static const struct rota w48_begin = {
      .week = "2026-W48", .source = "", .made = 20, .shifts = sunday, .shift_count = 1};
  static const struct rota w48_other = {
      .week = "2026-W48", .source = "", .made = 20, .shifts = other, .shift_count = 1};
  static const struct rota *const repeated[] = {&w47_end, &w48_begin};
  static const struct rota *const two[] = {&w47_end, &w48_other};
  struct rota_now now;
  int64_t at = test_instant(paris, "2026-11-23 03:00");
  rota_at(&now, repeated, 2, paris, at, true);
  assert_int_equal(now.count, 1);
  assert_false(now.overlap);
  assert_int_equal(now.holders[0].rota->made, 20);
  rota_at(&now, two, 2, paris, at, true);
  assert_int_equal(now.count, 2);
  assert_true(now.overlap);
}

static void the_hour_shown_twice_hides_no_gap_and_no_overlap(void **state) {
  (void)state;
  static const struct {
    struct shift shifts[2];
    const char *from, *until; /* of what is wrong, + the second showing; "": nothing is */
    bool overlap;
  } cases[] = {
      {{SHIFT("2026-10-24T20:00", "2026-10-25T02:15", 1, "early"),
        SHIFT("2026-10-25T02:45", "2026-10-25T08:30", 1, "late")},
       "2026-10-25 02:15",
       "2026-10-25 02:45",
       false},
      {{SHIFT("2026-10-24T20:00", "2026-10-25T02:45", 1, "early"),
        SHIFT("2026-10-25T02:15", "2026-10-25T08:30", 1, "late")},
       "2026-10-25 02:15",
       "2026-10-25 02:45",
       true},
      {{SHIFT("2026-10-24T20:00", "2026-10-25T02:30", 1, "early"),
        SHIFT("2026-10-25T03:00", "2026-10-25T08:30", 1, "late")},
       "2026-10-25 02:30",
       "2026-10-25 03:00",
       false},
      {{SHIFT("2026-03-28T20:00", "2026-03-29T02:15", 1, "early"),
        SHIFT("2026-03-29T02:45", "2026-03-29T08:30", 1, "late")},
       "",
       "",
       false},
      {{SHIFT("2026-03-28T20:00", "2026-03-29T02:00", 1, "early"),
        SHIFT("2026-03-29T03:15", "2026-03-29T08:30", 1, "late")},
       "2026-03-29 03:00",
       "2026-03-29 03:15",
       false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rota rota = {.week = "", .source = "", .shifts = cases[i].shifts, .shift_count = 2};
    const struct rota *one = &rota;
    struct rota_stretch found[4];
    int64_t from, until, other;
    assert_true(rota_shift_span(&cases[i].shifts[0], paris, &from, &other));
    assert_true(rota_shift_span(&cases[i].shifts[1], paris, &other, &until));
    size_t count = rota_stretches(found, 4, &one, 1, paris, from, until);
    if (count != (*cases[i].from != 0))
      fail_msg("case %zu: %zu stretches", i, count);
    if (!count)
      continue;
    assert_string_equal(test_local(paris, found[0].from), cases[i].from);
    assert_string_equal(test_local(paris, found[0].until), cases[i].until);
    assert_true(found[0].overlap == cases[i].overlap);
    assert_int_equal(found[0].state, cases[i].overlap ? ROTA_LISTED : ROTA_GAP);
  }
}

static void shown_by(const void *zone, int64_t wall, int64_t *first, int64_t *last) {
  zone_instants(zone, wall, first, last);
}

/* From Thursday 26 November 2026, 03:14. */
static const char *moment_of(const char *text, const struct zone *zone, int64_t now) {
  struct moment m;
  if (!moment_read(text, zone_wall(zone, now), &m))
    return "";
  return test_local(zone, moment_instant(&m, shown_by, zone, now));
}

static void moments_are_read_as_people_type_them(void **state) {
  (void)state;
  static const struct {
    const char *text, *at; /* "": not read */
  } cases[] = {
      {"sun 03:00", "2026-11-29 03:00"},
      {"dim 03:00", "2026-11-29 03:00"},
      {"dimanche 3h", "2026-11-29 03:00"},
      {"Sunday 3h30", "2026-11-29 03:30"},
      {"thu 03:00", "2026-12-03 03:00"},
      {"thu 03:14", "2026-12-03 03:14"},
      {"thu 03:15", "2026-11-26 03:15"},
      {"jeu 04:00", "2026-11-26 04:00"},
      {"mer", "2026-12-02 00:00"},
      {"mar 8h", "2026-12-01 08:00"},
      {"03:00", "2026-11-27 03:00"},
      {"23:00", "2026-11-26 23:00"},
      {"24:00", "2026-11-27 00:00"},
      {"today 02:00", "2026-11-26 02:00"},
      {"demain 7h", "2026-11-27 07:00"},
      {"tomorrow 07:00", "2026-11-27 07:00"},
      {"2026-12-25 10:00", "2026-12-25 10:00"},
      {"2026-12-25T10:00", "2026-12-25 10:00"},
      {"2020-01-01 10:00", "2020-01-01 10:00"},
      {"2027-03-28 02:30", "2027-03-28 03:00"},
      {"10:00 sat", "2026-11-28 10:00"},
      {"", ""},
      {"later", ""},
      {"su 03:00", ""},
      {"sun 25:00", ""},
      {"sun mon", ""},
      {"sun 3", ""},
      {"03:00 04:00", ""},
      {"2026-02-30 03:00", ""},
      {"2026-12-25 sun", ""},
      {"sun 03:00 winter", "2026-11-29 03:00"},
      {"dim 03:00 été", "2026-11-29 03:00"},
      {"summer", ""},
      {"sun winter", ""},
      {"03:00 winter summer", ""},
  };
  int64_t now = test_instant(paris, "2026-11-26 03:14");
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const char *got = moment_of(cases[i].text, paris, now);
    if (strcmp(got, cases[i].at) != 0)
      fail_msg("\"%s\": \"%s\", not \"%s\"", cases[i].text, got, cases[i].at);
  }
  /* 06:14 there */
  assert_string_equal(moment_of("07:00", reunion, now), "2026-11-26 07:00");
}

static void of_two_showings_of_a_time_it_may_be_said_which(void **state) {
  (void)state;
  static const struct {
    const char *now, *text, *at; /* + the second */
  } cases[] = {
      {"2026-10-24 20:00", "sun 02:30", "2026-10-25 02:30"},
      {"2026-10-24 20:00", "sun 02:30 summer", "2026-10-25 02:30"},
      {"2026-10-24 20:00", "sun 02:30 winter", "2026-10-25 02:30+"},
      {"2026-10-24 20:00", "dim 2h30 hiver", "2026-10-25 02:30+"},
      {"2026-10-24 20:00", "dim 2h30 ete", "2026-10-25 02:30"},
      {"2026-10-24 20:00", "dim 2h30 été", "2026-10-25 02:30"},
      {"2026-10-24 20:00", "sun 04:00 winter", "2026-10-25 04:00"},
      {"2026-10-25 02:10", "02:30", "2026-10-25 02:30"},
      {"2026-10-25 02:40", "02:30 winter", "2026-10-25 02:30+"},
      {"2026-10-25 02:10+", "02:30", "2026-10-25 02:30+"}, /* the first is over */
      {"2026-10-25 02:10+", "2026-10-25 02:30 summer", "2026-10-25 02:30"},
      {"2026-10-25 02:40", "02:30", "2026-10-25 02:30+"}, /* the second is to come */
      {"2026-10-25 02:40", "sun 02:30", "2026-10-25 02:30+"},
      {"2026-10-25 02:40", "dim 2h30", "2026-10-25 02:30+"},
      {"2026-10-25 02:40", "today 02:30", "2026-10-25 02:30+"},
      {"2026-10-25 02:40", "02:30 summer", "2026-10-26 02:30"},
      {"2026-10-25 02:30", "02:30", "2026-10-25 02:30+"},
      {"2026-10-25 02:40", "01:30", "2026-10-26 01:30"},
      {"2026-10-25 02:40+", "02:30", "2026-10-26 02:30"},
      {"2026-10-25 02:40+", "sun 02:30", "2026-11-01 02:30"},
      {"2026-10-26 03:00", "02:30 winter", "2026-10-27 02:30"},
      {"2026-03-29 01:30", "02:30", "2026-03-29 03:00"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const char *got = moment_of(cases[i].text, paris, test_instant(paris, cases[i].now));
    if (strcmp(got, cases[i].at) != 0)
      fail_msg("%s, \"%s\": %s, not %s", cases[i].now, cases[i].text, got, cases[i].at);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_not_held_as_it_should_be_is_found_between_two_moments),
      cmocka_unit_test(the_shifts_of_a_moment_are_found_and_gaps_are_said),
      cmocka_unit_test(the_hole_of_a_line_lies_between_its_own_shifts),
      cmocka_unit_test(nothing_is_told_without_a_clock_a_zone_or_a_rota),
      cmocka_unit_test(the_night_of_the_clock_has_one_holder_at_every_moment),
      cmocka_unit_test(a_shift_that_two_weeks_repeat_is_one),
      cmocka_unit_test(the_hour_shown_twice_hides_no_gap_and_no_overlap),
      cmocka_unit_test(moments_are_read_as_people_type_them),
      cmocka_unit_test(of_two_showings_of_a_time_it_may_be_said_which),
  };
  return cmocka_run_group_tests(tests, open_ground, close_ground);
}
