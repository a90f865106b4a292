/* Exercises: who plays one, until when, and what ends it; those that were begun here, folded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/exercise.h"
#include "core/incident.h"

enum { NOW = 1795680840, HOUR = 3600 };

static struct uuid id(uint8_t n) {
  return (struct uuid){{[15] = n}};
}

static const char *short_of(uint8_t n, const char *before) {
  static char text[4][UUID_SHORT + 2];
  static int turn;
  char uuid[UUID_SHORT];
  struct uuid u = id(n);
  turn = (turn + 1) % 4;
  uuid_format_short(&u, uuid);
  snprintf(text[turn], sizeof text[turn], "%s%s", before, uuid);
  return text[turn];
}

static const char *const terminals[] = {"desk-1", "desk-2"};
static const char *const domains[] = {"pbx-sab", "mail"};

static struct exercise drill(int64_t until, int64_t ended) {
  return (struct exercise){.uuid = id(1),
                           .audience = AUDIENCE_SWITCHBOARD,
                           .name = "Exercice blanc",
                           .terminals = {(const char **)(void *)terminals, 2},
                           .domains = {(const char **)(void *)domains, 2},
                           .from = NOW,
                           .until = until,
                           .ended = ended,
                           .broken = "",
                           .by = "NE"};
}

static struct incident fails(uint8_t n, bool declared, int64_t since, int64_t ended) {
  return (struct incident){.uuid = id(n),
                           .domain = "fax",
                           .since = since,
                           .ended = ended,
                           .reason = "",
                           .by = "",
                           .declared = declared};
}

static void what_becomes_of_one(void **state) {
  (void)state;
  static const struct {
    const char *what;
    int64_t until, ended, at; /* after it begins */
    int64_t since, over;      /* of a real incident; since 0: there is none */
    const char *known;        /* that it began beside: "", "?"; NULL: it was not there */
    bool declared;
    enum exercise_state state;
    int64_t stops;
  } cases[] = {
      {"not begun", 2 * HOUR, 0, -1, 0, 0, NULL, false, EXERCISE_AHEAD, 2 * HOUR},
      {"begun", 2 * HOUR, 0, 0, 0, 0, NULL, false, EXERCISE_RUNS, 2 * HOUR},
      {"its last second", 2 * HOUR, 0, 2 * HOUR - 1, 0, 0, NULL, false, EXERCISE_RUNS, 2 * HOUR},
      {"its time is over", 2 * HOUR, 0, 2 * HOUR, 0, 0, NULL, false, EXERCISE_OVER, 2 * HOUR},
      {"four hours at most", 9 * HOUR, 0, 4 * HOUR - 1, 0, 0, NULL, false, EXERCISE_RUNS, 4 * HOUR},
      {"whatever was written", 9 * HOUR, 0, 4 * HOUR, 0, 0, NULL, false, EXERCISE_OVER, 4 * HOUR},
      {"also where no end is", 0, 0, 4 * HOUR, 0, 0, NULL, false, EXERCISE_OVER, 4 * HOUR},
      {"ended by a person", 2 * HOUR, 600, 700, 0, 0, NULL, false, EXERCISE_ENDED, 600},
      {"an end that is to come", 2 * HOUR, 600, 500, 0, 0, NULL, false, EXERCISE_RUNS, 600},
      {"a report since", 2 * HOUR, 0, 700, 600, 0, NULL, false, EXERCISE_BROKEN, 600},
      {"declared since", 2 * HOUR, 0, 700, 600, 0, NULL, true, EXERCISE_BROKEN, 600},
      {"one that is over again", 2 * HOUR, 0, 700, 600, 650, NULL, true, EXERCISE_BROKEN, 600},
      {"one that is announced", 2 * HOUR, 0, 500, 600, 0, NULL, true, EXERCISE_RUNS, 2 * HOUR},
      {"one from before", 2 * HOUR, 0, 700, -600, 0, "", true, EXERCISE_RUNS, 2 * HOUR},
      {"from before, heard since", 2 * HOUR, 0, 700, -600, 0, NULL, true, EXERCISE_BROKEN, 0},
      {"over before it began", 2 * HOUR, 0, 700, -600, -2, NULL, true, EXERCISE_RUNS, 2 * HOUR},
      {"reported before", 2 * HOUR, 0, 700, -600, 0, "?", false, EXERCISE_RUNS, 2 * HOUR},
      {"and declared since", 2 * HOUR, 0, 700, -600, 0, "?", true, EXERCISE_BROKEN, 0},
      {"after its end", 2 * HOUR, 0, 3 * HOUR, 9000, 0, NULL, true, EXERCISE_OVER, 2 * HOUR},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct exercise x =
        drill(cases[i].until ? NOW + cases[i].until : 0, cases[i].ended ? NOW + cases[i].ended : 0);
    struct incident real =
        fails(9, cases[i].declared, NOW + cases[i].since, cases[i].over ? NOW + cases[i].over : 0);
    const char *known = cases[i].known ? short_of(9, cases[i].known) : NULL;
    struct house house = {.incidents = &real, .incident_count = cases[i].since != 0};
    if (known)
      x.known = (struct text_list){&known, 1};
    struct exercise_now look = exercise_look(&x, &house, NOW + cases[i].at);
    if (look.state != cases[i].state || look.until != NOW + cases[i].stops)
      fail_msg("%s: %s until %lld", cases[i].what, exercise_state_word(look.state),
               (long long)(look.until - NOW));
    assert_string_equal(look.domain, look.state == EXERCISE_BROKEN ? "fax" : "");
  }
}

static void the_source_says_what_broke_it(void **state) {
  (void)state;
  struct house house = {.incident_count = 0};
  struct exercise x = drill(NOW + HOUR, NOW + 60);
  x.broken = "mail";
  struct exercise_now look = exercise_look(&x, &house, NOW + 100);
  assert_int_equal(look.state, EXERCISE_BROKEN);
  assert_string_equal(look.domain, "mail");
}

static void only_a_terminal_that_is_named_plays(void **state) {
  (void)state;
  struct exercise two[] = {drill(NOW + HOUR, NOW + 60), drill(NOW + HOUR, 0)};
  struct house house = {.exercises = two, .exercise_count = 2};
  assert_ptr_equal(exercise_played(&house, "desk-1", NOW + 100), &two[1]);
  assert_ptr_equal(exercise_played(&house, "Desk-2", NOW + 100), &two[1]);
  assert_null(exercise_played(&house, "ward-7", NOW + 100));
  assert_null(exercise_played(&house, "desk", NOW + 100));
  assert_null(exercise_played(&house, "", NOW + 100));
  assert_null(exercise_played(&house, "desk-1", NOW + HOUR));
}

static void it_is_played_beside_what_really_fails(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct incident real = fails(9, true, NOW - 60, 0);
  struct exercise x = drill(NOW + HOUR, 0);
  struct house house = {.incidents = &real, .incident_count = 1};
  const struct incident *all = exercise_incidents(&x, &house, &arena, &count);
  assert_int_equal(count, 3);
  assert_false(all[0].played);
  for (size_t i = 1; i < 3; i++) {
    assert_true(all[i].played && all[i].declared);
    assert_string_equal(all[i].domain, domains[i - 1]);
    assert_int_equal(incident_level(&all[i], NOW + 60, true), OUTAGE_DOWN);
  }
  arena_free(&arena);
}

static void what_really_fails_is_written_down(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct incident real[EXERCISE_KNOWN_MAX + 4];
  real[0] = fails(1, true, NOW - 60, 0);
  real[1] = fails(2, false, NOW - 60, 0);
  real[2] = fails(3, true, NOW - 60, NOW - 1); /* over */
  real[3] = fails(4, true, NOW + 60, 0);       /* announced */
  struct house house = {.incidents = real, .incident_count = 4};
  char expected[2 * UUID_SHORT + 8];
  snprintf(expected, sizeof expected, "%s,%s", short_of(1, ""), short_of(2, "?"));
  assert_string_equal(exercise_known(&house, NOW, &arena), expected);
  for (int i = 4; i < EXERCISE_KNOWN_MAX + 3; i++)
    real[i] = fails((uint8_t)(i + 1), true, NOW - 60, 0);
  house.incident_count = EXERCISE_KNOWN_MAX + 2;
  assert_non_null(exercise_known(&house, NOW, &arena));
  house.incident_count = EXERCISE_KNOWN_MAX + 3;
  assert_null(exercise_known(&house, NOW, &arena));
  arena_free(&arena);
}

static void words_are_parted_at_commas(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct text_list l = exercise_words(" a, b c ,,d,", &arena);
  assert_int_equal(l.count, 3);
  assert_string_equal(l.items[0], "a");
  assert_string_equal(l.items[1], "b c");
  assert_string_equal(l.items[2], "d");
  assert_int_equal(exercise_words("", &arena).count, 0);
  assert_int_equal(exercise_words(", ", &arena).count, 0);
  arena_free(&arena);
}

/* ---- the fold ----------------------------------------------------------------------------------
 */

static struct act_held act_of(const char *type, uint8_t n) {
  return (struct act_held){.act = {.uuid = id(n),
                                   .audience = AUDIENCE_SWITCHBOARD,
                                   .type = type,
                                   .terminal = id(200),
                                   .subject = id(1),
                                   .account = "",
                                   .initials = "NE",
                                   .at = NOW + n},
                           .state = ACT_PENDING,
                           .reason = ""};
}

static struct act_held begun(struct arena *arena, uint8_t n, int64_t until) {
  struct act_held h = act_of("exercise-begin", n);
  act_put(&h.act, arena, "name", "Exercice blanc");
  act_put(&h.act, arena, "domains", "pbx-sab, mail");
  act_put(&h.act, arena, "terminals", "desk-1,desk-2");
  act_put(&h.act, arena, "known", short_of(9, "?"));
  act_put_int(&h.act, arena, "until", until);
  return h;
}

static struct act_held ended(struct arena *arena, uint8_t n, uint8_t which) {
  struct act_held h = act_of("exercise-end", n);
  struct uuid uuid = id(which);
  act_put_uuid(&h.act, arena, "exercise", &uuid);
  assert_int_equal(act_check(&h.act, NULL), TC_OK);
  return h;
}

static const struct exercise *fold(const struct act_held *acts, size_t count, enum act_tier tier,
                                   struct arena *arena, size_t *out_count) {
  const struct exercise *out;
  const struct exercise held[] = {drill(NOW + HOUR, 0)};
  assert_int_equal(act_fold_exercises(&out, out_count, held, 1, acts, count, 7, tier, arena, NULL),
                   TC_OK);
  return out;
}

static void one_that_is_begun_here_is_played_at_once(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {begun(&arena, 9, NOW + HOUR)};
  assert_int_equal(act_check(&acts[0].act, NULL), TC_OK);
  const struct exercise *list = fold(acts, 1, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 2);
  assert_true(list[1].pending);
  assert_int_equal(list[1].domains.count, 2);
  assert_string_equal(list[1].domains.items[1], "mail");
  assert_int_equal(list[1].known.count, 1);
  assert_int_equal(list[1].from, NOW + 9);
  assert_true(exercise_names(&list[1], "desk-2"));
  acts[0].state = ACT_APPLIED; /* until the cache is there too */
  acts[0].revision = 8;
  fold(acts, 1, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 2);
  acts[0].revision = 7;
  fold(acts, 1, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 1);
  acts[0].state = ACT_REFUSED;
  fold(acts, 1, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 1);
  arena_free(&arena);
}

static void a_ward_begins_and_ends_none(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {begun(&arena, 9, NOW + HOUR), ended(&arena, 10, 1)};
  const struct exercise *list = fold(acts, 2, TIER_CLINICAL, &arena, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0].ended, 0);
  assert_int_equal(act_rule(ACT_KIND_EXERCISE_BEGIN)->course[TIER_CLINICAL], COURSE_REFUSED);
  arena_free(&arena);
}

static void the_first_end_counts(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  size_t count;
  struct act_held acts[] = {ended(&arena, 30, 1), ended(&arena, 20, 1), ended(&arena, 40, 77)};
  const struct exercise *list = fold(acts, 3, TIER_SWITCHBOARD, &arena, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0].ended, NOW + 20);
  assert_true(list[0].pending);
  arena_free(&arena);
}

static void what_cannot_be_one_is_refused(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  struct act_held h = begun(&arena, 9, NOW + 9 + EXERCISE_MOST_S);
  assert_int_equal(act_check(&h.act, NULL), TC_OK);
  h = begun(&arena, 9, NOW + 10 + EXERCISE_MOST_S);
  assert_int_equal(act_check(&h.act, NULL), TC_INVALID);
  h = act_of("exercise-begin", 9);
  act_put(&h.act, &arena, "name", "Exercice blanc");
  act_put(&h.act, &arena, "domains", " ,");
  act_put(&h.act, &arena, "terminals", "desk-1");
  act_put_int(&h.act, &arena, "until", NOW + HOUR);
  assert_int_equal(act_check(&h.act, NULL), TC_INVALID);
  arena_free(&arena);
}

static void a_call_of_it_is_no_real_one(void **state) {
  (void)state;
  struct exercise x = drill(NOW + HOUR, 0), other = x;
  struct attempt real = {.exercise = {{0}}}, of_it = {.exercise = id(1)};
  other.uuid = id(2);
  assert_true(exercise_has(NULL, &real));
  assert_false(exercise_has(NULL, &of_it));
  assert_true(exercise_has(&x, &of_it));
  assert_false(exercise_has(&x, &real));
  assert_false(exercise_has(&other, &of_it));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_becomes_of_one),
      cmocka_unit_test(the_source_says_what_broke_it),
      cmocka_unit_test(only_a_terminal_that_is_named_plays),
      cmocka_unit_test(it_is_played_beside_what_really_fails),
      cmocka_unit_test(what_really_fails_is_written_down),
      cmocka_unit_test(words_are_parted_at_commas),
      cmocka_unit_test(one_that_is_begun_here_is_played_at_once),
      cmocka_unit_test(a_ward_begins_and_ends_none),
      cmocka_unit_test(the_first_end_counts),
      cmocka_unit_test(what_cannot_be_one_is_refused),
      cmocka_unit_test(a_call_of_it_is_no_real_one),
  };
  return cmocka_run_group_tests_name("exercise", tests, NULL, NULL);
}
