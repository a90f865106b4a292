/* Incidents that were reported, declared, ended and changed here, folded into those of the
 * directory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/incident.h"

enum { NOW = 1795680840 };

static struct uuid id(uint8_t n) {
  return (struct uuid){{[15] = n}};
}

static struct act_held act_of(const char *type, uint8_t n) {
  return (struct act_held){.act = {.uuid = id(n),
                                   .audience = AUDIENCE_PUBLIC,
                                   .type = type,
                                   .terminal = id(200),
                                   .subject = id(1),
                                   .account = "",
                                   .initials = "NE",
                                   .at = NOW + n},
                           .state = ACT_PENDING,
                           .reason = ""};
}

static struct act_held down(struct arena *arena, const char *type, uint8_t n) {
  struct act_held h = act_of(type, n);
  act_put(&h.act, arena, "domain", "pbx-sab");
  act_put_ways(&h.act, arena, "directions", 3);
  act_put_int(&h.act, arena, "until", NOW + 1000);
  assert_int_equal(act_check(&h.act, NULL), TC_OK);
  return h;
}

static struct act_held end_of(struct arena *arena, uint8_t n, uint8_t incident, int64_t was) {
  struct act_held h = act_of("incident-end", n);
  struct uuid uuid = id(incident);
  act_put_uuid(&h.act, arena, "incident", &uuid);
  act_put_int(&h.act, arena, "was", was);
  assert_int_equal(act_check(&h.act, NULL), TC_OK);
  return h;
}

static struct act_held change_of(struct arena *arena, uint8_t n, uint8_t incident, int64_t until) {
  struct act_held h = act_of("incident-change", n);
  struct uuid uuid = id(incident);
  act_put_uuid(&h.act, arena, "incident", &uuid);
  act_put_int(&h.act, arena, "until", until);
  assert_int_equal(act_check(&h.act, NULL), TC_OK);
  return h;
}

static const struct incident known[] = {{.uuid = {{[15] = 40}},
                                         .domain = "pbx-sab",
                                         .directions = 1,
                                         .since = NOW - 100,
                                         .until = NOW + 500,
                                         .reason = "",
                                         .by = "",
                                         .declared = true}};

static const struct incident *fold(const struct act_held *acts, size_t count, enum act_tier tier,
                                   struct arena *arena, size_t *out_count) {
  const struct incident *out;
  assert_int_equal(act_fold_incidents(&out, out_count, known, 1, acts, count, 7, tier, arena, NULL),
                   TC_OK);
  return out;
}

static void a_report_is_shown_at_once_and_declares_nothing(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {down(&arena, "incident-report", 9)};
  const struct incident *list = fold(acts, 1, TIER_PUBLIC, &arena, &count);
  assert_int_equal(count, 2);
  assert_false(list[1].declared);
  assert_true(list[1].pending);
  assert_int_equal(list[1].directions, 3);
  assert_string_equal(list[1].domain, "pbx-sab");
  acts[0].state = ACT_WAITS; /* the switchboards have it; here it is shown all the same */
  list = fold(acts, 1, TIER_PUBLIC, &arena, &count);
  assert_int_equal(count, 2);
  assert_false(list[1].pending);
  acts[0].state = ACT_DONE;
  fold(acts, 1, TIER_PUBLIC, &arena, &count);
  assert_int_equal(count, 1);
  arena_free(&arena);
}

static void a_switchboard_declares_and_a_ward_does_not(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {down(&arena, "incident-declare", 9)};
  const struct incident *list = fold(acts, 1, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 2);
  assert_true(list[1].declared);
  fold(acts, 1, TIER_CLINICAL, &arena, &count);
  assert_int_equal(count, 1);
  arena_free(&arena);
}

static void an_end_counts_where_it_saw_the_incident_as_it_is(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {end_of(&arena, 9, 40, NOW + 500)};
  const struct incident *list = fold(acts, 1, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(list[0].ended, NOW + 9);
  assert_true(list[0].pending);
  assert_false(list[0].disputed);
  list = fold(acts, 1, TIER_CLINICAL, &arena, &count); /* not theirs to end */
  assert_int_equal(list[0].ended, 0);
  arena_free(&arena);
}

static void down_wins_where_end_and_extend_disagree_and_both_are_said(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  /* ended by one who had not heard that it was extended */
  struct act_held extended[] = {change_of(&arena, 9, 40, NOW + 900),
                                end_of(&arena, 10, 40, NOW + 500)};
  const struct incident *list = fold(extended, 2, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(list[0].ended, 0);
  assert_int_equal(list[0].until, NOW + 900);
  assert_true(list[0].disputed);
  /* extended by one who had not heard that it had ended */
  struct act_held ended[] = {change_of(&arena, 10, 40, NOW + 900),
                             end_of(&arena, 9, 40, NOW + 500)};
  list = fold(ended, 2, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(list[0].ended, 0);
  assert_true(list[0].disputed);
  /* ended by one who knew */
  struct act_held knew[] = {change_of(&arena, 9, 40, NOW + 900), end_of(&arena, 10, 40, NOW + 900)};
  list = fold(knew, 2, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(list[0].ended, NOW + 10);
  assert_false(list[0].disputed);
  arena_free(&arena);
}

static void the_order_of_arrival_does_not_matter(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t one_count, other_count;
  struct act_held acts[] = {down(&arena, "incident-report", 9), end_of(&arena, 10, 9, NOW + 1000),
                            change_of(&arena, 11, 40, NOW + 900),
                            end_of(&arena, 12, 40, NOW + 900)};
  struct act_held turned[] = {acts[3], acts[2], acts[1], acts[0]};
  const struct incident *one = fold(acts, 4, TIER_SWITCHBOARD, &arena, &one_count);
  const struct incident *other = fold(turned, 4, TIER_SWITCHBOARD, &arena, &other_count);
  assert_int_equal(one_count, 2);
  assert_int_equal(other_count, 2);
  assert_int_equal(one[1].ended, NOW + 10);
  for (size_t i = 0; i < 2; i++) {
    assert_true(uuid_equal(&one[i].uuid, &other[i].uuid));
    assert_int_equal(one[i].ended, other[i].ended);
    assert_int_equal(one[i].until, other[i].until);
  }
  arena_free(&arena);
}

/* Of one second the UUID says the order, and that says nothing; nor does a clock that was set back.
 */
static void an_end_that_stands_before_its_incident_ends_it(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {down(&arena, "incident-declare", 9), end_of(&arena, 8, 9, NOW + 1000)};
  for (int back = 0; back < 2; back++) {
    acts[1].act.at = acts[0].act.at - (back ? 60 : 0);
    const struct incident *list = fold(acts, 2, TIER_SWITCHBOARD, &arena, &count);
    assert_int_equal(count, 2);
    assert_int_equal(list[1].ended, acts[1].act.at);
  }
  arena_free(&arena);
}

/* The clock of whoever reads is behind that of whoever wrote: down wins.  What was announced is
 * announced by every clock, and of another moment each is what it was then. */
static void a_clock_that_is_behind_hides_no_incident(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {down(&arena, "incident-declare", 9),
                            down(&arena, "incident-declare", 10)};
  act_put_int(&acts[1].act, &arena, "since", NOW + 600);
  const struct incident *list = fold(acts, 2, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 3);
  const struct incident *seen = &list[1], *said = &list[2];
  assert_int_equal(incident_level(seen, NOW - 3600, MOMENT_NOW), OUTAGE_DOWN);
  assert_int_equal(incident_phase(seen, NOW - 3600, MOMENT_NOW), INCIDENT_NOW);
  assert_int_equal(incident_level(seen, NOW - 3600, MOMENT_ASKED), OUTAGE_NONE);
  assert_int_equal(incident_phase(seen, NOW - 3600, MOMENT_ASKED), INCIDENT_AHEAD);
  assert_int_equal(incident_level(said, NOW + 599, MOMENT_NOW), OUTAGE_NONE);
  assert_int_equal(incident_phase(said, NOW + 599, MOMENT_NOW), INCIDENT_AHEAD);
  assert_int_equal(incident_level(said, NOW + 600, MOMENT_NOW), OUTAGE_DOWN);
  struct incident over = *seen;
  over.ended = NOW - 7200;
  assert_int_equal(incident_level(&over, NOW - 3600, MOMENT_NOW), OUTAGE_NONE);
  arena_free(&arena);
}

/* What another terminal reported comes as a record of the source, never ahead of what the source
 * says of its own time: a clock that has it ahead is behind that too, and shows the doubt. */
static void a_clock_that_is_behind_shows_what_others_reported(void **state) {
  (void)state;
  struct incident report = {.domain = "pbx-sab", .since = NOW, .reason = "", .by = ""};
  static const struct {
    int64_t now, ended, until;
    enum trust moment;
    enum outage_level level;
    enum incident_phase phase;
  } cases[] = {
      {NOW - 3600, 0, 0, MOMENT_WRONG, OUTAGE_REPORTED, INCIDENT_NOW},
      {NOW - 3600, 0, NOW + 3600, MOMENT_WRONG, OUTAGE_REPORTED, INCIDENT_NOW},
      {NOW - 3600, 0, NOW - 7200, MOMENT_WRONG, OUTAGE_REPORTED, INCIDENT_NOW},
      {NOW - 3600, NOW + 60, 0, MOMENT_WRONG, OUTAGE_NONE, INCIDENT_OVER},
      {NOW, 0, 0, MOMENT_NOW, OUTAGE_REPORTED, INCIDENT_NOW},
      {NOW + 7200, 0, NOW + 3600, MOMENT_NOW, OUTAGE_UNCONFIRMED, INCIDENT_UNCONFIRMED},
      {NOW - 60, 0, 0, MOMENT_NOW, OUTAGE_NONE, INCIDENT_AHEAD},
      {NOW - 60, 0, 0, MOMENT_ASKED, OUTAGE_NONE, INCIDENT_AHEAD},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    report.ended = cases[i].ended;
    report.until = cases[i].until;
    if (incident_level(&report, cases[i].now, cases[i].moment) != cases[i].level ||
        incident_phase(&report, cases[i].now, cases[i].moment) != cases[i].phase)
      fail_msg("case %zu: level %d, phase %d", i,
               (int)incident_level(&report, cases[i].now, cases[i].moment),
               (int)incident_phase(&report, cases[i].now, cases[i].moment));
  }
  report = (struct incident){.domain = "pbx-sab",
                             .since = NOW,
                             .reason = "",
                             .by = "",
                             .begun = true}; /* by an act of this machine */
  assert_int_equal(incident_level(&report, NOW - 60, MOMENT_NOW), OUTAGE_REPORTED);
  assert_int_equal(incident_level(&report, NOW - 60, MOMENT_ASKED), OUTAGE_NONE);
}

static void directions_are_words_in_any_order(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act act = {.type = ""};
  act_put(&act, &arena, "a", "outbound,inside");
  act_put(&act, &arena, "b", "inside,up");
  act_put(&act, &arena, "c", "inside,");
  assert_int_equal(act_get_ways(&act, "a"), 1u << DIRECTION_OUTBOUND | 1u << DIRECTION_INSIDE);
  assert_int_equal(act_get_ways(&act, "b"), 0);
  assert_int_equal(act_get_ways(&act, "c"), 0);
  act_put_ways(&act, &arena, "d", 7);
  assert_string_equal(act_get(&act, "d"), "inside,inbound,outbound");
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_report_is_shown_at_once_and_declares_nothing),
      cmocka_unit_test(a_switchboard_declares_and_a_ward_does_not),
      cmocka_unit_test(an_end_counts_where_it_saw_the_incident_as_it_is),
      cmocka_unit_test(down_wins_where_end_and_extend_disagree_and_both_are_said),
      cmocka_unit_test(the_order_of_arrival_does_not_matter),
      cmocka_unit_test(an_end_that_stands_before_its_incident_ends_it),
      cmocka_unit_test(a_clock_that_is_behind_hides_no_incident),
      cmocka_unit_test(a_clock_that_is_behind_shows_what_others_reported),
      cmocka_unit_test(directions_are_words_in_any_order),
  };
  return cmocka_run_group_tests_name("act incident", tests, NULL, NULL);
}
