/* What is walked through and ticked off at a desk: test rounds of red phones and pagers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/i18n.h"
#include "tests/lib/bench.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/downtime.h"
#include "tui/app_state.h"

static void open_round(struct bench *b) {
  press(b, K_F11);
  press(b, K_HOME);
  while (b->app->targets[b->app->list.selected].kind != TARGET_ROUND)
    press(b, K_DOWN);
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_ROUND);
}

static void one_key_notes_a_result_and_goes_to_the_next(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  press(&b, K_F11);
  expect(&b, "2 overdue");
  press(&b, K_ESC);
  open_round(&b);
  expect(&b, "SAB: 2 of 2 overdue");
  expect(&b, ">  7700 Cardiac arrest, red phone");
  type(&b, "1");
  assert_int_equal(app_screen(b.app), SCREEN_FORM); /* who tests */
  type(&b, "NE");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  expect(&b, ">  7731 Pav. Alma 2e Surgical ICU, red phone");
  expect(&b, "* 7700 Cardiac arrest, red phone");
  expect(&b, "works, 03:14, not confirmed");
  later(&b, 60);
  type(&b, "2");
  wait_until_saved(&b);
  expect(&b, "silent, 03:15, not confirmed");
  expect(&b, "SAB: 1 of 2 overdue");
  assert_string_equal(act_get(&written(&b, "test", 0)->act, "result"), "works");
  assert_string_equal(act_get(&written(&b, "test", 1)->act, "result"), "silent");
  assert_string_equal(written(&b, "test", 1)->act.initials, "NE");
  type(&b, "4"); /* there is no such result */
  assert_null(written(&b, "test", 2));
  stop(&b);
}

/* Whoever walks with the list reads the number off the set or off the card: both are grouped. */
static void a_number_of_the_round_is_as_its_card_shows_it(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  prepare(&b, true);
  if (downtime_directory_with(b.scope, NULL, AUDIENCE_PUBLIC, "pager", &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b.now = DOWNTIME_NOW;
  open_app(&b);
  type(&b, "runner");
  press(&b, K_ENTER);
  expect(&b, "6 6251");
  press(&b, K_ESC);
  control(&b, 'U');
  open_round(&b);
  expect(&b, " 6 6251");
  expect(&b, " 0 01 99 00 71 02"); /* from a ward phone */
  expect(&b, " 7731");             /* from itself: no ward phone reaches it */
  expect_not(&b, "66251");
  press(&b, K_ESC);
  press(&b, K_ESC);
  press(&b, K_F5);
  press(&b, K_DOWN);
  press(&b, K_DOWN);
  press(&b, K_ENTER);
  open_round(&b);
  expect(&b, "   01 99 00 71 02"); /* from a mobile */
  expect(&b, " 6 6251");           /* from the house */
  stop(&b);
}

static void a_mistake_is_taken_back_or_noted_anew(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  open_round(&b);
  press(&b, K_BACKSPACE);
  press(&b, K_ENTER);
  expect(&b, "nothing was noted of it in this shift");
  type(&b, "1");
  wait_until_saved(&b);
  expect(&b, "SAB: 1 of 2 overdue");
  press(&b, K_UP);
  later(&b, 5);
  press(&b, K_BACKSPACE);
  wait_until_saved(&b);
  expect(&b, "SAB: 2 of 2 overdue");
  expect(&b, ">  7700"); /* it stays on the row */
  expect_not(&b, "* 7700");
  later(&b, 5);
  type(&b, "2");
  press(&b, K_UP);
  later(&b, 5);
  type(&b, "1");
  wait_until_saved(&b);
  expect(&b, "works, 03:14");
  expect_not(&b, "silent,");
  stop(&b);
}

static void the_card_of_a_row_leads_back_to_that_row(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  open_round(&b);
  press(&b, K_DOWN);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  press(&b, K_ESC);
  expect(&b, ">  7731");
  stop(&b);
}

static void what_was_to_be_noted_is_when_another_list_is_looked_at(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  open_round(&b);
  press(&b, K_DOWN);
  type(&b, "3");
  press(&b, K_F9); /* behind it the question of the initials waits */
  press(&b, K_DOWN);
  press(&b, K_F10);
  wait_until_saved(&b);
  assert_non_null(written(&b, "test", 0));
  assert_string_equal(act_get(&written(&b, "test", 0)->act, "result"), "gone");
  stop(&b);
}

static void what_a_public_terminal_finds_is_proposed(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_PUBLIC);
  open_round(&b);
  type(&b, "1");
  press(&b, K_ENTER);
  expect(&b, "written as a suggestion, not confirmed");
  wait_until_saved(&b);
  expect(&b, "SAB: 2 of 2 overdue");
  stop(&b);
}

static void the_walk_list_is_printed(void **state) {
  (void)state;
  struct bench b;
  struct buffer sheet = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  start_night(&b, AUDIENCE_CLINICAL);
  open_round(&b);
  press(&b, K_F7);
  type(&b, "12");
  expect(&b, "written: ");
  snprintf(path, sizeof path, "%s/tocsin-round.txt", b.scope);
  assert_int_equal(file_read(&sheet, path, 65536, NULL), TC_OK);
  assert_non_null(strstr(buffer_text(&sheet), "[ ] works [ ] silent [ ] gone"));
  assert_non_null(strstr(buffer_text(&sheet), "7731"));
  buffer_free(&sheet);
  stop(&b);
}

/* One call nobody answered, one that rang elsewhere, one red phone that was silent. */
static void have_a_night(struct bench *b) {
  type(b, "surgical intern");
  press(b, K_F8);
  type(b, "1NE");
  press(b, K_ENTER);
  later(b, 60);
  press(b, K_F8);
  type(b, "1");
  later(b, 60);
  press(b, K_F10);
  type(b, "pharm");
  press(b, K_F8);
  type(b, "5");
  wait_until_saved(b);
  press(b, K_F10);
  open_round(b);
  type(b, "2");
  wait_until_saved(b);
  later(b, 60);
  press(b, K_F10);
}

static void the_chase_list_tells_what_the_night_left(void **state) {
  (void)state;
  static const char *const told[] = {
      "nobody listed, now or in the day to come",
      "Night supervisor",
      "00:00-08:30: NOBODY LISTED",
      "on call, and no number may be tried",
      "B. Fictif, 08:30-18:30: no number may be tried",
      "never answered, ",
      "wrong number, 03:16, NE",
      "red phone 7700: tested: silent, 03:16, NE",
      "are not confirmed by a source",
  };
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  have_a_night(&b);
  assert_int_equal(grid_resize(&b.grid, 60, 120, NULL), TC_OK);
  app_size(b.app, 60, 120);
  press(&b, K_F9);
  press(&b, K_F9);
  assert_int_equal(app_screen(b.app), SCREEN_CHASE);
  for (size_t i = 0; i < sizeof told / sizeof *told; i++)
    expect(&b, told[i]);
  press(&b, K_F9);
  assert_int_equal(app_screen(b.app), SCREEN_ON_CALL);
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_CHASE);
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_ON_CALL);
  stop(&b);
}

static void what_was_answered_works_again_or_was_taken_back_is_not_chased(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  assert_int_equal(grid_resize(&b.grid, 60, 120, NULL), TC_OK);
  app_size(b.app, 60, 120);
  have_a_night(&b);
  type(&b, "surgical intern");
  press(&b, K_F8);
  type(&b, "3");
  press(&b, K_F10);
  open_round(&b);
  press(&b, K_BACKSPACE);
  wait_until_saved(&b);
  press(&b, K_F9);
  press(&b, K_F9);
  expect(&b, "wrong number, 03:16, NE");
  expect_not(&b, "never answered");
  expect_not(&b, "tested: silent");
  stop(&b);
}

/* What the screen shows is the first that F7 offers; the second place is a file. */
static void prints(struct bench *b, const char *file, const char *words) {
  struct buffer sheet = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  press(b, K_F7);
  type(b, "12");
  expect(b, file);
  snprintf(path, sizeof path, "%s/%s", b->scope, file);
  assert_int_equal(file_read(&sheet, path, 65536, NULL), TC_OK);
  if (!strstr(buffer_text(&sheet), words))
    fail_msg("%s is not in %s", words, buffer_text(&sheet));
  buffer_free(&sheet);
}

static void the_lists_of_the_night_are_printed(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_CLINICAL);
  press(&b, K_F9);
  prints(&b, "tocsin-oncall.txt",
         "!       Night supervisor          4300 DOWN extension; instead: ");
  press(&b, K_F9);
  prints(&b, "tocsin-chase.txt",
         "[ ]  SAB     Night supervisor          00:00-08:30: NOBODY LISTED");
  press(&b, K_F10);
  press(&b, K_F4);
  press(&b, K_END);
  press(&b, K_ENTER);
  prints(&b, "tocsin-cut-off.txt", "What if ");
  stop(&b);
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("two");
  i18n_language("en");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_key_notes_a_result_and_goes_to_the_next),
      cmocka_unit_test(a_number_of_the_round_is_as_its_card_shows_it),
      cmocka_unit_test(a_mistake_is_taken_back_or_noted_anew),
      cmocka_unit_test(the_card_of_a_row_leads_back_to_that_row),
      cmocka_unit_test(what_was_to_be_noted_is_when_another_list_is_looked_at),
      cmocka_unit_test(what_a_public_terminal_finds_is_proposed),
      cmocka_unit_test(the_walk_list_is_printed),
      cmocka_unit_test(the_chase_list_tells_what_the_night_left),
      cmocka_unit_test(what_was_answered_works_again_or_was_taken_back_is_not_chased),
      cmocka_unit_test(the_lists_of_the_night_are_printed),
  };
  return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
