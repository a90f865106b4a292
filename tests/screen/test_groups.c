/* Cascades with ticks, and the roll-call of a crisis cell in its periods. */
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

enum { CASCADE, CELL };

static void choose(struct bench *b, enum target_kind kind) {
  press(b, K_HOME);
  while (b->app->targets[b->app->list.selected].kind != kind)
    press(b, K_DOWN);
  press(b, K_ENTER);
}

static void open_group(struct bench *b, int which) {
  press(b, K_F11);
  choose(b, TARGET_GROUPS);
  assert_int_equal(app_screen(b->app), SCREEN_GROUPS);
  press(b, K_HOME); /* "Crisis cell" comes before "White plan" */
  if (which == CASCADE)
    press(b, K_DOWN);
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_GROUP);
}

static void sign(struct bench *b, const char *key) {
  type(b, key);
  type(b, "NE");
  press(b, K_ENTER);
  wait_until_saved(b);
}

static void tick(struct bench *b, const char *key) {
  later(b, 60);
  type(b, key);
  wait_until_saved(b);
}

static void a_cascade_is_ticked_member_by_member(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CASCADE);
  expect(&b, "White plan, cascade  SAB: 4 to call, not begun");
  expect(&b, ">  ! 0 06 39 98 12 34 Surgical intern on call"); /* its holder's: the PBX is down */
  expect(&b, "Medical director");
  sign(&b, "3");
  expect(&b, "SAB: 3 left of 4, run of 03:14");
  expect(&b, "answered 03:14, NE, not confirmed");
  expect(&b, "> "); /* the next one */
  assert_int_equal(b.app->list.selected, 1);
  tick(&b, "1");
  expect(&b, "no answer 03:15, NE");
  expect(&b, "3 left of 4");
  tick(&b, "3");
  tick(&b, "3"); /* words only */
  expect(&b, "1 left of 4");
  assert_int_equal(b.app->list.selected, 3);
  const struct act *last = &written(&b, "attempt", 3)->act;
  assert_string_equal(act_get(last, "text"), "Medical director");
  assert_string_equal(act_get(last, "result"), "answered");
  assert_string_equal(act_get(last, "number"), "");
  const struct act *first = &written(&b, "attempt", 0)->act; /* noted of the role, as dialled */
  assert_string_equal(act_get(first, "number"), "0639981234");
  assert_string_not_equal(act_get(first, "contact"), "");
  const struct uuid group = act_get_uuid(last, "group");
  assert_true(uuid_equal(&last->subject, &group));
  assert_true(act_get_int(last, "run") == act_get_int(&written(&b, "attempt", 0)->act, "run"));
  type(&b, "6"); /* no such result */
  assert_null(written(&b, "attempt", 4));
  press(&b, K_ESC);
  expect(&b, "1 left of 4, run of 03:14");
  stop(&b);
}

/* A temporary number stands in: that was dialled, and is noted. */
static void a_tick_notes_the_number_that_was_dialled(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  type(&b, "exemple");
  press(&b, K_ENTER);
  type(&b, "+3");
  type(&b, "0639980001");
  press(&b, K_ENTER);
  type(&b, "9h");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  sign(&b, "");
  assert_non_null(written(&b, "override", 0));
  control(&b, 'N');
  open_group(&b, CASCADE);
  expect(&b, ">  ! 0 06 39 98 00 01 Surgical intern on call");
  tick(&b, "1");
  tick(&b, "1");
  for (size_t i = 0; i < 2; i++)
    assert_string_equal(act_get(&written(&b, "attempt", i)->act, "number"), "0639980001");
  stop(&b);
}

static void a_tick_is_taken_back_and_a_run_begins_anew(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CASCADE);
  press(&b, K_BACKSPACE);
  press(&b, K_ENTER);
  expect(&b, "nothing was noted of it in this run");
  tick(&b, "3");
  press(&b, K_UP);
  later(&b, 5);
  press(&b, K_BACKSPACE);
  wait_until_saved(&b);
  expect(&b, "4 to call, not begun");
  tick(&b, "3");
  expect(&b, "3 left of 4");
  b.app->setup.config.idle_minutes = 0;
  later(&b, 600);
  type(&b, "0");
  expect(&b, "4 left of 4");
  press(&b, K_ESC); /* nothing is written of it: the last one stands */
  expect(&b, "3 left of 4");
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_GROUP);
  type(&b, "0");
  tick(&b, "2");
  expect(&b, "4 left of 4");
  expect(&b, "busy ");
  press(&b, K_ESC);
  expect(&b, "4 left of 4");
  stop(&b);
}

static void the_roll_of_a_cell_is_called_anew_in_each_period(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CELL);
  expect(&b, "Crisis cell  SAB: 3 missing of 3, 03:00-05:00, every 2 h");
  expect(&b, "missing");
  sign(&b, "2");
  tick(&b, "1");
  tick(&b, "4");
  expect(&b, "1 missing of 3");
  expect(&b, "by fax 03:14, NE");
  expect(&b, "by phone 03:15, NE");
  expect(&b, "no answer 03:16, NE");
  assert_string_equal(act_get(&written(&b, "attempt", 0)->act, "way"), "fax");
  assert_string_equal(act_get(&written(&b, "attempt", 0)->act, "result"), "answered");
  type(&b, "5");
  type(&b, "0"); /* periods begin by themselves */
  assert_null(written(&b, "attempt", 3));
  b.app->setup.config.idle_minutes = 0;
  later(&b, 7200);
  expect(&b, "3 missing of 3, 05:00-07:00, every 2 h");
  stop(&b);
}

/* Nobody rang a number: neither one of them nor the log says that somebody did. */
static void a_roll_call_by_fax_is_no_try_of_a_number(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CELL);
  sign(&b, "2");
  const struct act *act = &written(&b, "attempt", 0)->act;
  assert_string_equal(act_get(act, "number"), "");
  assert_string_equal(act_get(act, "contact"), "");
  press(&b, K_F11);
  expect(&b, "call: roll-call by fax");
  expect_not(&b, ": answered");
  assert_int_equal(grid_resize(&b.grid, 60, 200, NULL), TC_OK);
  app_size(b.app, 60, 200);
  control(&b, 'N');
  type(&b, "night super");
  expect(&b, "roll-call? 03:14 by fax");
  expect_not(&b, "tried");
  press(&b, K_ENTER);
  expect(&b, "roll-call 03:14 by fax, NE, not confirmed");
  expect_not(&b, "tried");
  stop(&b);
}

static void another_time_is_not_ticked(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CELL);
  b.app->setup.at = DOWNTIME_NOW + 3600;
  type(&b, "1");
  expect(&b, "another time is looked at");
  assert_null(written(&b, "attempt", 0));
  b.app->setup.at = 0;
  stop(&b);
}

static void what_was_to_be_ticked_is_when_another_list_is_looked_at(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CASCADE);
  press(&b, K_DOWN);
  type(&b, "3");
  press(&b, K_F9);
  press(&b, K_F10);
  wait_until_saved(&b);
  assert_non_null(written(&b, "attempt", 0));
  open_group(&b, CASCADE);
  expect(&b, "* ! 0 06 39 98 12 34 N. Exemple");
  stop(&b);
}

static void what_was_to_be_ticked_is_when_another_group_is_opened(void **state) {
  (void)state;
  struct bench b;
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CASCADE);
  press(&b, K_DOWN);
  type(&b, "3"); /* the question of the initials waits behind what comes */
  open_group(&b, CELL);
  wait_until_saved(&b);
  expect(&b, "Crisis cell  SAB: 3 missing of 3");
  assert_non_null(written(&b, "attempt", 0));
  assert_string_equal(act_get(&written(&b, "attempt", 0)->act, "result"), "answered");
  tick(&b, "2");
  expect(&b, "2 missing of 3");
  open_group(&b, CASCADE);
  expect(&b, "3 left of 4");
  stop(&b);
}

static void a_cascade_is_printed_with_its_ticks(void **state) {
  (void)state;
  struct bench b;
  struct buffer sheet = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  start_night(&b, AUDIENCE_SWITCHBOARD);
  open_group(&b, CASCADE);
  sign(&b, "3");
  press(&b, K_F7);
  expect(&b, "1 cascade or crisis cell");
  type(&b, "12");
  expect(&b, "written: ");
  expect(&b, "White plan, cascade"); /* and not where it can be printed to */
  expect(&b, "1 no answer  2 busy");
  expect(&b, "Pharmacy");
  snprintf(path, sizeof path, "%s/tocsin-cascade.txt", b.scope);
  assert_int_equal(file_read(&sheet, path, 65536, NULL), TC_OK);
  const char *text = buffer_text(&sheet);
  assert_non_null(strstr(text, "White plan, cascade"));
  assert_non_null(strstr(text, "3 left of 4"));
  assert_non_null(strstr(text, "[x]  ! 0 06 39 98 12 34"));
  assert_non_null(strstr(text, "(N. Exemple ABSENT until"));
  assert_non_null(strstr(text, "answered 03:14, NE, not confirmed"));
  assert_non_null(strstr(text, "Medical director"));
  assert_non_null(strstr(text, "ward phone"));
  buffer_free(&sheet);
  stop(&b);
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("two");
  i18n_language("en");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cascade_is_ticked_member_by_member),
      cmocka_unit_test(a_tick_notes_the_number_that_was_dialled),
      cmocka_unit_test(a_tick_is_taken_back_and_a_run_begins_anew),
      cmocka_unit_test(the_roll_of_a_cell_is_called_anew_in_each_period),
      cmocka_unit_test(a_roll_call_by_fax_is_no_try_of_a_number),
      cmocka_unit_test(another_time_is_not_ticked),
      cmocka_unit_test(what_was_to_be_ticked_is_when_another_list_is_looked_at),
      cmocka_unit_test(what_was_to_be_ticked_is_when_another_group_is_opened),
      cmocka_unit_test(a_cascade_is_printed_with_its_ticks),
  };
  return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
