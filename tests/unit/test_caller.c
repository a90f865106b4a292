/* Calls that wait while another caller is served, or something else is looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/caller.h"

enum { NOW = 1795694400 };

static const struct uuid real, drill = {{[15] = 9}}, other_drill = {{[15] = 8}};

/* A call that is two tries into its second step. */
static struct call call_of(uint8_t origin, const struct uuid *exercise) {
  struct call call = {.origin = {{[15] = origin}},
                      .exercise = *exercise,
                      .step = 1,
                      .steps = 4,
                      .entry = {{[15] = (uint8_t)(origin + 100)}},
                      .tried = {{{[15] = 51}}, {{[15] = 52}}},
                      .tried_count = 2,
                      .since = NOW - 90,
                      .wait = 60,
                      .last = ATTEMPT_BUSY,
                      .last_at = NOW - 30};
  snprintf(call.origin_name, sizeof call.origin_name, "ICU %d", origin);
  return call;
}

static void put(struct callers *c, uint8_t origin, const struct uuid *exercise, const char *text,
                bool looked_away) {
  struct call call = call_of(origin, exercise);
  struct typed typed = {.len = strlen(text)};
  snprintf(typed.text, sizeof typed.text, "%s", text);
  assert_true(callers_put_aside(c, &call, &typed, looked_away));
  assert_false(call_in_work(&call));
}

static uint8_t last_of(const struct callers *c, const struct uuid *exercise, int64_t now) {
  const struct caller *last = callers_last(c, exercise, now);
  return last ? last->call.origin.b[15] : 0;
}

static void a_call_comes_back_with_its_tries_and_its_waiting_time(void **state) {
  struct callers c = {.count = 0};
  struct call was = call_of(1, &real);
  (void)state;
  put(&c, 1, &real, "rea", true);
  struct caller back = callers_take(&c, callers_last(&c, &real, NOW));
  assert_int_equal(c.count, 0);
  assert_memory_equal(&back.call, &was, sizeof was);
  assert_string_equal(back.typed.text, "rea");
  assert_true(back.looked_away);
}

static void where_no_call_is_in_work_nobody_waits(void **state) {
  struct callers c = {.count = 0};
  struct call none = {.step = 0};
  struct typed typed = {.len = 0};
  (void)state;
  assert_false(callers_put_aside(&c, &none, &typed, false));
  assert_int_equal(c.count, 0);
  assert_null(callers_last(&c, &real, NOW));
}

static void a_call_waits_in_its_own_view_alone(void **state) {
  struct callers c = {.count = 0};
  (void)state;
  put(&c, 1, &real, "", false);
  put(&c, 2, &drill, "", true);
  assert_int_equal(last_of(&c, &real, NOW), 1);
  assert_int_equal(last_of(&c, &drill, NOW), 2);
  assert_int_equal(last_of(&c, &other_drill, NOW), 0);
  callers_forget(&c, &drill);
  assert_int_equal(c.count, 1);
  assert_int_equal(last_of(&c, &drill, NOW), 0);
  assert_int_equal(last_of(&c, &real, NOW), 1);
}

static void after_an_hour_nobody_waits(void **state) {
  struct callers c = {.count = 0};
  (void)state;
  put(&c, 1, &real, "", false);
  assert_int_equal(last_of(&c, &real, NOW - 30 + CALL_KEPT_S - 1), 1);
  assert_int_equal(last_of(&c, &real, NOW - 30 + CALL_KEPT_S), 0);
}

static void where_there_is_no_room_a_drill_is_lost_before_a_real_call(void **state) {
  struct callers c = {.count = 0};
  (void)state;
  put(&c, 1, &real, "", false);
  put(&c, 2, &drill, "", false);
  put(&c, 3, &real, "", false);
  put(&c, 4, &real, "", false);
  put(&c, 5, &real, "", false);
  assert_int_equal(last_of(&c, &drill, NOW), 0);
  put(&c, 6, &real, "", false); /* and then the oldest */
  assert_int_equal(c.count, CALLERS_MAX);
  for (uint8_t i = 6; i >= 3; i--) {
    assert_int_equal(last_of(&c, &real, NOW), i);
    callers_take(&c, callers_last(&c, &real, NOW));
  }
  assert_int_equal(c.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_call_comes_back_with_its_tries_and_its_waiting_time),
      cmocka_unit_test(where_no_call_is_in_work_nobody_waits),
      cmocka_unit_test(a_call_waits_in_its_own_view_alone),
      cmocka_unit_test(after_an_hour_nobody_waits),
      cmocka_unit_test(where_there_is_no_room_a_drill_is_lost_before_a_real_call),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
