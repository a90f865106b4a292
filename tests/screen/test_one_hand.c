/* What has a function key and a clinician wants, with arrows, Enter, Esc and digits alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/bench.h"
#include "tests/lib/small_directory.h"
#include "tui/app_state.h"

/* Nothing but arrows, Enter, Esc and digits: u, d, l, r, e, x and the digits. */
static void by_one_hand(struct bench *b, const char *pressed) {
  static const char letters[] = "udlrex";
  static const enum key_name names[] = {K_UP, K_DOWN, K_LEFT, K_RIGHT, K_ENTER, K_ESC};
  for (const char *p = pressed; *p; p++) {
    const char *at = strchr(letters, *p);
    if (at)
      press(b, names[at - letters]);
    else if (*p >= '0' && *p <= '9')
      type(b, (char[]){*p, '\0'});
    else
      fail_msg("'%c' is for two hands", *p);
  }
}

/* To the row that says it. */
static void down_to(struct bench *b, const char *text) {
  for (int i = 0; i < 20; i++) {
    const char *chosen = strstr(screen_text(b), "\n>"),
               *end = chosen ? strchr(chosen + 1, '\n') : NULL;
    const char *at = chosen ? strstr(chosen, text) : NULL;
    if (at && at < end)
      return;
    by_one_hand(b, "d");
  }
  expect(b, text);
  fail_msg("no row says \"%s\"", text);
}

static void one_hand_does_all_a_clinician_needs(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  /* A number that is in a message. */
  by_one_hand(&b, "45244");
  expect(&b, ">SAB!Pneumologie");
  by_one_hand(&b, "e1");
  expect(&b, "read: 4, 5244");
  by_one_hand(&b, "xxxx");
  expect(&b, "emergency codes here");
  /* A service of the site, its fax, and whether the digits that were keyed in are right. */
  down_to(&b, "01 99 00 52 31");
  by_one_hand(&b, "e");
  /* Its card on paper. */
  by_one_hand(&b, "r");
  assert_int_equal(app_screen(b.app), SCREEN_PRINT);
  down_to(&b, "1 card");
  by_one_hand(&b, "e");
  expect(&b, "Enter or its digit prints");
  by_one_hand(&b, "xx");
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  by_one_hand(&b, "2");
  expect(&b, "read: 0, 01, 99, 00, 52, 40");
  expect(&b, "Enter Fax");
  by_one_hand(&b, "e");
  assert_int_equal(app_screen(b.app), SCREEN_FAX);
  by_one_hand(&b, "5240");
  expect(&b, "they are right");
  by_one_hand(&b, "x");
  /* The masked one, for a reason. */
  by_one_hand(&b, "3ee");
  expect(&b, "read: 0, 06, 39, 98, 12, 78");
  by_one_hand(&b, "xxx");
  /* One up from Find is the last row: help, to print, from where, which sites. */
  by_one_hand(&b, "u");
  expect(&b, ">    help");
  by_one_hand(&b, "e");
  assert_int_equal(app_screen(b.app), SCREEN_HELP);
  by_one_hand(&b, "xue");
  assert_int_equal(app_screen(b.app), SCREEN_PRINT);
  expect(&b, "code board");
  by_one_hand(&b, "x");
  expect(&b, ">    print: site list");
  by_one_hand(&b, "ue3");
  expect(&b, "SAB Saint-Aubin, mobile");
  by_one_hand(&b, "xuuu");
  expect(&b, ">    calling from: mobile");
  by_one_hand(&b, "ue");
  assert_int_equal(app_screen(b.app), SCREEN_SITES);
  down_to(&b, "Les Rives");
  by_one_hand(&b, "ede"); /* into it; I am there */
  expect(&b, "RIV Les Rives, mobile");
  stop(&b);
}

/* Such a row is no entry: nothing is printed, faxed or called of it, and it outlives a revision. */
static void what_is_no_entry_is_taken_for_none(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  start(&b, true, true);
  press(&b, K_UP);
  press(&b, K_UP);
  press(&b, K_F6);
  expect(&b, "choose an entry first");
  press(&b, K_F8);
  expect(&b, "choose whom you called first");
  press(&b, K_F7);
  expect_not(&b, "1 card");
  expect(&b, "code board");
  press(&b, K_ESC);
  assert_int_equal(small_directory(b.scope, 2, &err), TC_OK);
  app_tick(b.app);
  expect(&b, ">    print: site list");
  expect_not(&b, "removed");
  app_size(b.app, 24, 80);
  app_search_again(b.app);
  expect(&b, ">    print: site list");
  stop(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_hand_does_all_a_clinician_needs),
      cmocka_unit_test(what_is_no_entry_is_taken_for_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
