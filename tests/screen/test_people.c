/* Whoever is named as whom to call, over tests/data/downtime.txt with tests/data/people.txt. */
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
#include "tests/lib/scenes.h"
#include "tui/app_state.h"

/* The PBX of SAB is DOWN, inside and inbound; without: a tag of records to leave out. */
static void open_people(struct bench *b, const char *without, int rows, int cols) {
  struct tc_error err = {0};
  prepare(b, true);
  if (downtime_directory_with(b->scope, without, AUDIENCE_PUBLIC, "people", &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b->now = DOWNTIME_NOW;
  open_app(b);
  scene_resize(b, &(struct scene_size){rows, cols});
}

/* A mail address alone is left: the row says so before what it is. */
static void a_row_with_no_phone_left_says_so(void **state) {
  (void)state;
  struct bench b;
  open_people(&b, NULL, 24, 80);
  type(&b, "ward secretary");
  expect(&b, ">SAB!Ward secretary");
  expect(&b, "no phone left");
  scene_resize(&b, &(struct scene_size){10, 40});
  expect(&b, ">SAB!ward.secretary@sab.example no phone");
  scene_resize(&b, &(struct scene_size){60, 200});
  expect(&b, "no phone left, sec");
  stop(&b);
  open_people(&b, "incident", 24, 80);
  type(&b, "ward secretary");
  expect(&b, ">SAB Ward secretary");
  expect_not(&b, "no phone");
  stop(&b);
}

/* The second line is there: its number stands before that of the first, who is absent. */
static void whoever_is_absent_stands_behind_who_is_there(void **state) {
  (void)state;
  struct bench b;
  open_people(&b, NULL, 24, 80);
  type(&b, "two line");
  expect(&b, "0 01 99 00 76 12");
  scene_resize(&b, &(struct scene_size){10, 40});
  expect(&b, ">SAB!0 01 99 00 76 12 ");
  scene_resize(&b, &(struct scene_size){24, 80});
  press(&b, K_ENTER);
  expect(&b, " 1 direct line  0 01 99 00 76 12");
  expect(&b, " 2 mobile       0 06 39 98 12 71");
  stop(&b);
}

/* With an incident too: what the list does not need is the chosen row's, and the row itself says
 * what is to be read before the number. */
static void a_small_screen_says_whom_to_call(void **state) {
  (void)state;
  struct bench b;
  for (int incident = 0; incident < 2; incident++) {
    open_people(&b, incident ? NULL : "incident", 10, 40);
    type(&b, "registrar");
    expect(&b, ">SAB! NOBODY LISTED Registrar on call");
    expect(&b, "call Burns unit");
    stop(&b);
  }
  open_people(&b, NULL, 10, 40);
  type(&b, "emergency anaesth");
  expect(&b, ">SAB!0 06 39 98 12 71 absent Emergen");
  expect(&b, "! absent until Mon 03:13: covered by");
  expect(&b, "Burns unit  0 01 99 00 76 16");
  stop(&b);
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_row_with_no_phone_left_says_so),
      cmocka_unit_test(whoever_is_absent_stands_behind_who_is_there),
      cmocka_unit_test(a_small_screen_says_whom_to_call),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
