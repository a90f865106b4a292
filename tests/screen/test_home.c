/* Where nothing is typed: the codes of the site, and what its administrators put first. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/lib/bench.h"
#include "tests/lib/downtime.h"
#include "tui/app_state.h"

static void open_home(struct bench *b) {
  struct tc_error err = {0};
  prepare(b, false);
  if (downtime_directory_with(b->scope, "incident", AUDIENCE_PUBLIC, "serves", &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b->now = DOWNTIME_NOW;
  open_app(b);
}

/* How far down the screen; the test fails where it is not there. */
static long place_of(struct bench *b, const char *text) {
  const char *found = strstr(screen_text(b), text);
  if (!found)
    fail_msg("\"%s\" is not on the screen:\n%s", text, buffer_text(&b->text));
  return found - buffer_text(&b->text);
}

/* By rank, not by name; where two are alike the one of another site, though it serves this one,
 * does not stand where one takes it for one's own. */
static void its_services_stand_in_the_order_of_their_rank_ones_own_first(void **state) {
  (void)state;
  struct bench b;
  open_home(&b);
  assert_true(place_of(&b, "SAB Duty intern") < place_of(&b, "RIV!Duty intern"));
  assert_true(place_of(&b, "RIV!Duty intern") < place_of(&b, "SAB Blood bank"));
  assert_true(place_of(&b, "SAB Blood bank") < place_of(&b, "SAB!Night supervisor"));
  type(&b, "duty"); /* nor where it is looked for */
  assert_true(place_of(&b, ">SAB Duty intern") < place_of(&b, "RIV!Duty intern"));
  stop(&b);
}

static size_t rows_of(struct bench *b) {
  size_t rows = 0;
  for (const char *p = screen_text(b); (p = strstr(p, "\n SAB")) != NULL; p++)
    rows++;
  return rows;
}

/* Nobody has gone to a row yet: all of the middle is for the rows, and the first arrow tells the
 * one that it goes to in full, without a row moving. */
static void its_rows_have_all_the_room_until_one_goes_to_one(void **state) {
  (void)state;
  struct bench b;
  open_home(&b);
  assert_true(rows_of(&b) >= 9);
  expect_not(&b, "for: fire");
  long at = place_of(&b, "SAB Fire");
  press(&b, K_DOWN);
  expect(&b, "for: fire");
  assert_int_equal(place_of(&b, "SAB Fire"), at);
  press(&b, K_ESC);
  expect_not(&b, "for: arrest");
  type(&b, "fire");
  expect(&b, "for: fire");
  stop(&b);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  setenv("TZ", "UTC", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(its_services_stand_in_the_order_of_their_rank_ones_own_first),
      cmocka_unit_test(its_rows_have_all_the_room_until_one_goes_to_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
