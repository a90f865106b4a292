/* A terminal that anybody walks up to: what whoever was there before leaves behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "tests/lib/bench.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/downtime.h"
#include "tui/app_state.h"

#define PIN "260727"

static void start_kiosk(struct bench *b, bool desk) {
  struct tc_error err = {0};
  prepare(b, desk);
  if (downtime_directory_of(b->scope, NULL, AUDIENCE_CLINICAL, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b->now = DOWNTIME_NOW;
  open_app(b);
  b->app->setup.kiosk = true;
}

static void note(struct bench *b, const char *words, const char *initials) {
  type(b, "surgical icu");
  press(b, K_ENTER);
  type(b, "+1");
  type(b, words);
  press(b, K_ENTER);
  press(b, K_ENTER);
  if (app_screen(b->app) == SCREEN_FORM) {
    type(b, initials);
    press(b, K_ENTER);
  }
  wait_until_saved(b);
}

static void f10_at_a_kiosk_is_another_person(void **state) {
  (void)state;
  struct bench b;
  start_kiosk(&b, false);
  note(&b, "the bell is broken", "AB");
  assert_string_equal(written(&b, "note", 0)->act.initials, "AB");
  press(&b, K_F10);
  expect_not(&b, "surgical icu");
  assert_false(b.app->initials_known);
  press(&b, K_F10);
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect_not(&b, "surgical icu");
  expect_not(&b, "brings back");
  later(&b, 5);
  note(&b, "somebody else", "");
  assert_string_equal(written(&b, "note", 1)->act.initials, "");
  press(&b, K_F5);
  type(&b, "3"); /* from a mobile */
  type(&b, "surgical icu");
  press(&b, K_F8);
  type(&b, "1");
  type(&b, "CD");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  expect(&b, "step 2 of ");
  type(&b, "x"); /* a new search of the same person: what waits is not for the next */
  press(&b, K_F10);
  assert_int_equal(b.app->setup.from.set, SET_WARD);
  expect_not(&b, "brings back");
  press(&b, K_F10);
  expect_not(&b, "step 2 of ");
  stop(&b);
}

static void f10_at_a_desk_keeps_the_operator(void **state) {
  (void)state;
  struct bench b;
  start_kiosk(&b, true);
  note(&b, "the bell is broken", "AB");
  press(&b, K_F10);
  press(&b, K_F10);
  expect(&b, "Surgical ICU");
  later(&b, 5);
  type(&b, "+1");
  expect(&b, "you sign as AB"); /* nobody writes under a name that does not show */
  stop(&b);
}

static void start_closed(struct bench *b) {
  start_switchboard(b, PIN);
  b->app->setup.kiosk = true;
  press(b, K_F11);
  press(b, K_HOME);
  while (b->app->targets[b->app->list.selected].kind != TARGET_TIER)
    press(b, K_DOWN);
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_PIN);
}

static void a_pin_typed_on_after_its_page_was_left_is_shown_nowhere(void **state) {
  (void)state;
  struct bench b;
  for (int asleep = 0; asleep < 3; asleep++) {
    start_closed(&b);
    type(&b, "26");
    if (asleep)
      b.app->setup.clock.at += asleep == 1 ? 130 : 700; /* no tick: the key comes first */
    else
      later(&b, 130);
    type(&b, "0727");
    assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
    expect_not(&b, "0727");
    assert_int_equal(b.app->typed.len, 0);
    expect(&b, "digits are not taken");
    press(&b, K_ENTER); /* nor is anything opened */
    assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
    type(&b, "18");
    expect(&b, "Find: 18");
    stop(&b);
  }
}

static void whoever_else_comes_types_a_letter_or_waits(void **state) {
  (void)state;
  struct bench b;
  start_closed(&b);
  type(&b, "26");
  later(&b, 130);
  expect(&b, "digits are not taken");
  type(&b, "c");
  expect(&b, "Find: c");
  type(&b, "4");
  expect(&b, "Find: c4");
  stop(&b);
  start_closed(&b);
  type(&b, "26");
  later(&b, 130);
  later(&b, 600); /* the plain screen: whoever wakes it is somebody else */
  assert_int_equal(app_screen(b.app), SCREEN_REST);
  type(&b, "2222");
  expect(&b, "Find: 2222");
  stop(&b);
}

/* Each thing that is left by whoever was there. */
static void nothing_of_the_last_caller_is_there_for_the_next(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  type(&b, "surgical icu");
  press(&b, K_F8);
  type(&b, "1");
  type(&b, "AB");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  type(&b, "pharmacy"); /* the call waits */
  snprintf(b.app->setup.config.plan, sizeof b.app->setup.config.plan, "%s", "SAB");
  app_remember_home(b.app);
  press(&b, K_F2);
  while (strcmp(b.app->targets[b.app->list.selected].text, "RIV") != 0)
    press(&b, K_DOWN);
  press(&b, K_ENTER);
  while (b.app->targets[b.app->list.selected].kind != TARGET_STAND)
    press(&b, K_DOWN);
  press(&b, K_ENTER);
  assert_string_equal(b.app->setup.config.site, "RIV");
  press(&b, K_F2);
  while (strcmp(b.app->targets[b.app->list.selected].text, "SAB") != 0)
    press(&b, K_DOWN);
  press(&b, K_ENTER);
  assert_string_equal(b.app->browse_site, "SAB");
  later(&b, 700);
  press(&b, K_ESC);
  assert_string_equal(b.app->setup.config.site, "SAB");
  assert_string_equal(b.app->setup.config.plan, "SAB"); /* another prefix is another patient */
  assert_string_equal(b.app->setup.from.plan, "SAB");
  assert_string_equal(b.app->browse_site, "");
  assert_string_equal(b.app->browse_path, "");
  expect_not(&b, "brings back");
  press(&b, K_F10);
  expect(&b, "there was no caller before");
  stop(&b);
}

/* ---- one's own, where the tier of the switchboard is closed ------------------------------------
 */

static void start_closed_night(struct bench *b) {
  struct tc_error err = {0};
  prepare(b, false);
  if (downtime_directory_of(b->scope, NULL, AUDIENCE_SWITCHBOARD, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b->now = DOWNTIME_NOW;
  open_app(b);
  b->app->setup.kiosk = true;
  setup_close_tier(&b->app->setup);
  assert_true(b->app->setup.closed);
}

static void a_chain_is_worked_with_the_tier_closed(void **state) {
  (void)state;
  struct bench b;
  start_closed_night(&b);
  type(&b, "surgical icu");
  press(&b, K_F8);
  type(&b, "1");
  type(&b, "AB");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  expect_not(&b, "PIN");
  assert_non_null(written(&b, "attempt", 0));
  expect(&b, "step 2 of ");
  stop(&b);
}

static void choose(struct bench *b, enum target_kind kind, const char *text) {
  size_t left = b->app->list.count;
  press(b, K_HOME);
  while (b->app->targets[b->app->list.selected].kind != kind ||
         !strstr(b->app->list.items[b->app->list.selected].text, text)) {
    assert_true(left-- > 0);
    press(b, K_DOWN);
  }
  press(b, K_ENTER);
}

static void report(struct bench *b) {
  press(b, K_F4);
  choose(b, TARGET_SAY, "report it");
  type(b, "rouge");
  for (int i = 0; i < 4; i++)
    press(b, K_ENTER);
  if (app_screen(b->app) == SCREEN_FORM) {
    type(b, "AB");
    press(b, K_ENTER);
  }
  wait_until_saved(b);
  assert_non_null(written(b, "incident-report", 0));
}

static void ones_own_is_taken_back_without_the_pin(void **state) {
  (void)state;
  struct bench b;
  start_closed_night(&b);
  report(&b);
  expect(&b, "Red phones");
  choose(&b, TARGET_INCIDENT, "Red phones");
  later(&b, 5);
  type(&b, "2");
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  press(&b, K_ENTER);
  wait_until_saved(&b);
  assert_non_null(written(&b, "incident-end", 0));
  press(&b, K_ESC);
  note(&b, "by mistake", "AB");
  later(&b, 5);
  type(&b, "+");
  choose(&b, TARGET_WITHDRAW, "by mistake");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  assert_non_null(written(&b, "withdrawal", 0));
  stop(&b);
}

static void what_another_wrote_is_not(void **state) {
  (void)state;
  struct bench b;
  for (int left = 0; left < 2; left++) {
    start_closed_night(&b);
    report(&b);
    if (left) {
      later(&b, 130);
    } else {
      press(&b, K_F10);
    }
    press(&b, K_F4);
    choose(&b, TARGET_INCIDENT, "Red phones");
    type(&b, "2");
    assert_int_equal(app_screen(b.app), SCREEN_PIN);
    press(&b, K_ESC);
    press(&b, K_ESC);
    const struct uuid declared = {{'i', [15] = 1}}; /* by a switchboard meanwhile */
    own_add(&b.app->setup.own, &declared);
    choose(&b, TARGET_INCIDENT, "Saint-Aubin");
    type(&b, "2");
    assert_int_equal(app_screen(b.app), SCREEN_PIN);
    stop(&b);
  }
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("two");
  i18n_language("en");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(f10_at_a_kiosk_is_another_person),
      cmocka_unit_test(f10_at_a_desk_keeps_the_operator),
      cmocka_unit_test(a_pin_typed_on_after_its_page_was_left_is_shown_nowhere),
      cmocka_unit_test(whoever_else_comes_types_a_letter_or_waits),
      cmocka_unit_test(a_chain_is_worked_with_the_tier_closed),
      cmocka_unit_test(ones_own_is_taken_back_without_the_pin),
      cmocka_unit_test(what_another_wrote_is_not),
      cmocka_unit_test(nothing_of_the_last_caller_is_there_for_the_next),
  };
  return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
