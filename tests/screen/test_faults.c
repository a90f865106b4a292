/* What was wrong at the start: each of it is read, and what makes a number wrong before all else.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "base/width.h"
#include "tests/lib/bench.h"
#include "tests/lib/catalogue.h"
#include "tui/app_state.h"

/* What somebody reads who presses a key for each: the lines of all faults, one below the other. */
static void read_faults(struct bench *b, int rows, int cols, struct buffer *out) {
  assert_int_equal(grid_resize(&b->grid, rows, cols, NULL), TC_OK);
  app_size(b->app, rows, cols);
  control(b, 'U');
  app_faults_say(b->app);
  buffer_clear(out);
  for (int line = 0; line < 12 && *b->app->message; line++) {
    assert_true(utf8_width(b->app->message, strlen(b->app->message)) <=
                (size_t)frame_message_columns(rows, cols));
    expect(b, b->app->message); /* whole */
    buffer_printf(out, "%s\n", b->app->message);
    press(b, K_BACKSPACE);
  }
}

/* Faults at the start do not push each other out: a key each, in lines that fit. */
static void faults_of_the_start_are_read_one_after_the_other(void **state) {
  (void)state;
  struct bench b;
  struct buffer read = BUFFER_INIT;
  start(&b, true, false);
  setup_add_fault(&b.app->setup, SETUP_TERMINAL, "xyz");
  setup_add_fault(&b.app->setup, SETUP_NO_PLAN, "QQQ"); /* says a path: more than one line */
  app_faults_say(b.app);
  expect(&b, "QQQ");
  expect_not(&b, "xyz");
  app_say(b.app, "something else");
  expect(&b, "something else");
  type(&b, "r"); /* what could not be read is said once more */
  expect(&b, "1/");
  read_faults(&b, 24, 80, &read);
  assert_non_null(strstr(buffer_text(&read), "QQQ"));
  assert_non_null(strstr(buffer_text(&read), " terminal type \"xyz\" is not known here: shown"));
  expect_not(&b, "1/");
  stop(&b);
  buffer_free(&read);
}

/* Who types a search has read the first of them and no other: in whatever order they were found. */
static void the_fault_that_makes_numbers_wrong_is_told_first(void **state) {
  (void)state;
  struct bench b;
  struct buffer read = BUFFER_INIT;
  start(&b, true, false);
  b.app->setup.kiosk = true;
  setup_add_fault(&b.app->setup, SETUP_OPTIONS, "");
  b.app->setup.faults[0].count = 2;
  setup_add_fault(&b.app->setup, SETUP_TERMINAL, "xyz");
  setup_add_fault(&b.app->setup, SETUP_NO_LANGUAGE, "xx");
  setup_add_fault(&b.app->setup, SETUP_AUDIENCE, "");
  b.app->setup.faults[0].held = AUDIENCE_SWITCHBOARD;
  b.app->setup.faults[0].shown = AUDIENCE_PUBLIC;
  setup_add_fault(&b.app->setup, SETUP_NO_SITE, "NIX");
  read_faults(&b, 10, 40, &read);
  assert_string_equal(buffer_text(&read), "1/5 there is no site NIX here\n"
                                          "2/5 parts for switchboard: not shown\n"
                                          "3/5 there is no language xx here\n"
                                          "4/5 terminal \"xyz\" is not known\n"
                                          "5/5 2 options not of this version\n");
  read_faults(&b, 24, 80, &read);
  assert_string_equal(buffer_text(&read),
                      "1/6 the configuration: there is no site NIX in this directory\n"
                      "2/6 this directory holds parts for switchboard, and the configuration\n"
                      "3/6 allows public here: they are not shown\n"
                      "4/6 the configuration: there is no language xx here; there are: en, fr\n"
                      "5/6 terminal type \"xyz\" is not known here: shown as on most\n"
                      "6/6 2 options of the configuration are none of this version\n");
  stop(&b);
  buffer_free(&read);
}

/* A line that somebody typed over has not been read. */
static void typing_a_search_reads_none_of_them(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  setup_add_fault(&b.app->setup, SETUP_NO_LANGUAGE, "xx");
  setup_add_fault(&b.app->setup, SETUP_NO_SITE, "NIX");
  assert_int_equal(grid_resize(&b.grid, 10, 40, NULL), TC_OK);
  app_size(b.app, 10, 40);
  app_faults_say(b.app);
  type(&b, "rea chi");
  expect(&b, "Find: rea chi");
  expect(&b, "1/2 there is no site NIX here");
  later(&b, 2);
  type(&b, "r");
  expect(&b, "1/2 there is no site NIX here");
  later(&b, 1);
  type(&b, "u");
  expect(&b, "2/2 there is no language xx here");
  type(&b, "r");
  expect(&b, "2/2 there is no language xx here");
  control(&b, 'U');
  expect_not(&b, "2/2");
  app_faults_say(b.app);
  type(&b, "="); /* the language that is turned to says it too */
  expect(&b, "1/2 pas de site NIX ici");
  type(&b, "=");
  expect(&b, "1/2 there is no site NIX here");
  press(&b, K_DOWN); /* any other key is an answer */
  expect(&b, "2/2");
  press(&b, K_UP);
  expect_not(&b, "2/2");
  stop(&b);
}

/* In French too, each has one line of few columns. */
static void in_french_each_has_a_line_too(void **state) {
  (void)state;
  struct bench b;
  struct buffer read = BUFFER_INIT;
  start(&b, true, false);
  setup_add_fault(&b.app->setup, SETUP_NO_SITE, "NIX");
  setup_add_fault(&b.app->setup, SETUP_NO_PLAN, "NIX");
  setup_add_fault(&b.app->setup, SETUP_AUDIENCE, "");
  b.app->setup.faults[1].held = AUDIENCE_CLINICAL;
  b.app->setup.faults[1].shown = AUDIENCE_PUBLIC;
  i18n_language("fr");
  read_faults(&b, 10, 40, &read);
  i18n_language("en");
  assert_string_equal(buffer_text(&read), "1/3 pas de site NIX ici\n"
                                          "2/3 pour soignants : parties cachées\n"
                                          "3/3 pas de plan de numérotation NIX\n");
  stop(&b);
  buffer_free(&read);
}

int main(void) {
  catalogue_use("two");
  setenv("TZ", "UTC", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(faults_of_the_start_are_read_one_after_the_other),
      cmocka_unit_test(the_fault_that_makes_numbers_wrong_is_told_first),
      cmocka_unit_test(typing_a_search_reads_none_of_them),
      cmocka_unit_test(in_french_each_has_a_line_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
