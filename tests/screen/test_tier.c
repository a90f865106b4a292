/* The switchboard tier of a terminal that holds it: closed until its PIN, and closed again by
 * itself. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/bench.h"
#include "tui/app_state.h"

static const char pin[] = "260727";

static void ask(struct bench *b) {
  press(b, K_F11);
  expect(b, "closed: Enter asks for the PIN");
  press(b, K_HOME);
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_PIN);
}

static void open_tier(struct bench *b) {
  ask(b);
  type(b, pin);
  press(b, K_ENTER);
  assert_true(tier_open(b->app));
  press(b, K_ESC);
}

static void shows_nothing_of_it(struct bench *b) {
  expect_not(b, "98 77 66");
  expect_not(b, "chef au bloc");
}

static void without_its_pin_nothing_of_it_is_shown_and_the_rest_is(void **state) {
  (void)state;
  char tries[FOLDER_PATH + 48];
  struct stat st;
  struct bench b;
  start_switchboard(&b, pin);
  assert_false(tier_open(b.app));
  snprintf(tries, sizeof tries, "%s/journal/pin-%lu", b.scope, (unsigned long)getuid());
  assert_int_equal(stat(tries, &st), 0); /* a disk that is full by the first try counts it */
  assert_int_not_equal(st.st_size, 0);
  to_the_icu(&b);
  expect(&b, "0 01 99 00 52 31");
  shows_nothing_of_it(&b);
  type(&b, "4");
  expect(&b, "there is no number 4 here");
  stop(&b);
}

static void its_number_is_not_found_digit_by_digit(void **state) {
  static const char *const typed[] = {"7766", "987766", "0639987766", "rea 7766"};
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
    control(&b, 'U');
    type(&b, typed[i]);
    expect_not(&b, ">SAB+Réanimation chirurgicale ");
    expect_not(&b, "1 here");
  }
  open_tier(&b);
  control(&b, 'U');
  type(&b, "7766");
  expect(&b, ">SAB+Réanimation chirurgicale ");
  expect(&b, "98 77 66");
  stop(&b);
}

/* Whoever walks up to a kiosk says with + that something fails; the PIN is for who declares it. */
static void plus_at_a_kiosk_is_the_report_that_anybody_may_make(void **state) {
  (void)state;
  for (int kiosk = 0; kiosk < 2; kiosk++) {
    struct bench b;
    start_switchboard(&b, pin);
    b.app->setup.kiosk = kiosk;
    press(&b, K_F4);
    type(&b, "+");
    assert_int_equal(app_screen(b.app), kiosk ? SCREEN_FORM : SCREEN_PIN);
    if (kiosk)
      assert_int_equal(b.app->form.kind, ACT_KIND_INCIDENT_REPORT);
    stop(&b);
  }
}

static void the_pin_opens_it(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  to_the_icu(&b);
  open_tier(&b);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "0 06 39 98 77 66");
  expect(&b, "chef au bloc");
  stop(&b);
}

static void its_digits_are_stars_and_nowhere_else(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  ask(&b);
  type(&b, "2607");
  expect(&b, "PIN: ****");
  expect_not(&b, "2607");
  app_key(b.app, (struct key){K_TEXT, 'x'}); /* no letter begins a search */
  app_key(b.app, (struct key){K_PASTE, '9'});
  expect(&b, "PIN: ****");
  expect_not(&b, "PIN: *****");
  press(&b, K_BACKSPACE);
  expect(&b, "PIN: ***");
  expect_not(&b, "PIN: ****");
  press(&b, K_F1);
  press(&b, K_ESC);
  expect_not(&b, "PIN: *");
  press(&b, K_ESC);
  press(&b, K_ESC);
  expect(&b, "Find:");
  expect_not(&b, "260");
  assert_int_equal(b.app->typed.len, 0);
  stop(&b);
}

/* Whoever knows it types it as soon as its row is there: it is not looked for, nor put aside. */
static void its_digits_on_its_row_ask_for_it(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  press(&b, K_F11);
  press(&b, K_DOWN); /* on the chase list a digit begins a search, as in every list */
  type(&b, "26");
  expect(&b, "Find: 26");
  control(&b, 'U');
  press(&b, K_F11);
  expect(&b, ">  closed: Enter asks for the PIN");
  app_key(b.app, (struct key){K_PASTE, '2'});
  expect_not(&b, "Find: ");
  type(&b, pin);
  expect(&b, "PIN: ******");
  press(&b, K_ENTER);
  assert_true(tier_open(b.app));
  assert_int_equal(b.app->typed.len, 0);
  type(&b, "26"); /* open, it asks for none */
  expect(&b, "Find: 26");
  stop(&b);
}

static void a_french_keyboard_types_it_unshifted(void **state) {
  static const uint32_t keys[] = {0xE9, '-', 0xE0, 0xE8, 0xE9, 0xE8}; /* 2 6 0 7 2 7 */
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  ask(&b);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    app_key(b.app, (struct key){K_TEXT, keys[i]});
  press(&b, K_ENTER);
  assert_true(tier_open(b.app));
  stop(&b);
}

static void five_wrong_ones_wait_and_the_directory_is_open_meanwhile(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  ask(&b);
  for (int i = 0; i < PIN_TRIES; i++) {
    type(&b, "999111");
    press(&b, K_ENTER);
    expect(&b, "Wrong PIN.");
  }
  expect(&b, "5 wrong ones: the next is looked at in 30 s");
  later(&b, 10);
  expect(&b, "looked at in 20 s");
  type(&b, pin);
  press(&b, K_ENTER);
  assert_false(tier_open(b.app));
  press(&b, K_ESC);
  press(&b, K_ESC);
  type(&b, "pneumo");
  expect(&b, "Pneumologie");
  app_close(b.app); /* a restart forgives nothing */
  open_app(&b);
  ask(&b);
  expect(&b, "5 wrong ones");
  later(&b, 30);
  type(&b, pin);
  press(&b, K_ENTER);
  assert_true(tier_open(b.app));
  stop(&b);
}

static void a_damaged_pin_keeps_it_closed_and_the_rest_open(void **state) {
  char path[FOLDER_PATH + 16];
  (void)state;
  struct bench b;
  start_switchboard(&b, "");
  app_close(b.app);
  snprintf(path, sizeof path, "%s/pin", b.scope);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_int_equal(fclose(f), 0);
  open_app(&b);
  assert_false(tier_open(b.app));
  ask(&b);
  type(&b, pin);
  press(&b, K_ENTER);
  expect(&b, "must be set again");
  press(&b, K_ESC);
  press(&b, K_ESC);
  type(&b, "pneumo");
  expect(&b, "Pneumologie");
  stop(&b);
}

static void it_closes_when_nobody_is_there(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  open_tier(&b); /* on the first screen, where nothing else would be cleared */
  later(&b, 60);
  assert_true(tier_open(b.app));
  later(&b, 60);
  assert_false(tier_open(b.app));
  to_the_icu(&b);
  shows_nothing_of_it(&b);
  open_tier(&b);
  expect(&b, "98 77 66");
  later(&b, 600);
  shows_nothing_of_it(&b);
  press(&b, K_F10); /* nor does another caller bring it back */
  shows_nothing_of_it(&b);
  stop(&b);
}

static void it_closes_where_no_idleness_is_set(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  b.app->setup.config.idle_minutes = 0;
  to_the_icu(&b);
  open_tier(&b);
  later(&b, PIN_OPEN_S - 1);
  expect(&b, "98 77 66");
  later(&b, 1);
  shows_nothing_of_it(&b);
  stop(&b);
}

static void it_can_be_closed(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  to_the_icu(&b);
  open_tier(&b);
  press(&b, K_F11);
  press(&b, K_HOME);
  press(&b, K_ENTER);
  assert_false(tier_open(b.app));
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  shows_nothing_of_it(&b);
  stop(&b);
}

static void what_the_switchboard_alone_may_do_needs_it(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  to_the_icu(&b);
  type(&b, "+2");
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  type(&b, "0639980001");
  press(&b, K_ENTER);
  type(&b, "2h");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  expect(&b, "this needs the PIN");
  assert_null(written(&b, "override", 0));
  open_tier(&b);
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  expect(&b, "0639980001");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  assert_non_null(written(&b, "override", 0));
  stop(&b);
}

static void what_was_written_for_it_is_hidden_with_it(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, pin);
  to_the_icu(&b);
  open_tier(&b);
  type(&b, "+");
  for (size_t i = 0; i < b.app->list.count; i++)
    if (b.app->targets[i].kind == TARGET_OVERRIDE && strstr(b.app->list.items[i].right, "77 66"))
      b.app->list.selected = i;
  press(&b, K_ENTER);
  type(&b, "0639980001");
  press(&b, K_ENTER);
  type(&b, "2h");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  wait_until_saved(&b);
  assert_int_equal(grid_resize(&b.grid, 24, 120, NULL), TC_OK); /* the number has room */
  app_size(b.app, 24, 120);
  press(&b, K_F11);
  expect(&b, "06 39 98 00 01");
  later(&b, 120);
  press(&b, K_F11);
  expect_not(&b, "06 39 98 00 01");
  press(&b, K_ESC);
  to_the_icu(&b);
  expect_not(&b, "98 00 01");
  stop(&b);
}

static void a_desk_without_a_pin_is_open_and_a_kiosk_is_not(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, "");
  assert_true(tier_open(b.app));
  to_the_icu(&b);
  expect(&b, "98 77 66");
  later(&b, 3600);
  to_the_icu(&b);
  expect(&b, "98 77 66");
  press(&b, K_F11);
  expect_not(&b, "switchboard tier");
  b.app->setup.kiosk = true;
  app_go_home(b.app);
  assert_false(tier_open(b.app));
  to_the_icu(&b);
  shows_nothing_of_it(&b);
  ask(&b);
  type(&b, pin);
  press(&b, K_ENTER);
  expect(&b, "no PIN is set on this terminal");
  stop(&b);
}

/* Words, keys and sizes by a seed, and after each what is on the screen. */
static void no_key_at_any_size_shows_what_is_behind_the_pin(void **state) {
  static const char *const words[] = {"rea chir", "rea",    "7766", "9877", "0639", "chef",
                                      "+1x",      "pneumo", "1",    "4",    "*",    "999111"};
  (void)state;
  struct bench b;
  unsigned seed = 20261128, cards = 0;
  start_switchboard(&b, pin);
  b.app->setup.kiosk = true;
  for (int i = 0; i < 2000; i++) {
    seed = seed * 1103515245u + 12345u;
    unsigned r = seed >> 8;
    if (app_screen(b.app) == SCREEN_PIN && r % 4)
      press(&b, K_ESC); /* a try takes a quarter of a second, and after five one waits */
    else if (r % 3 == 0)
      type(&b, words[r / 3 % (sizeof words / sizeof *words)]);
    else if (r % 17 == 0)
      control(&b, (char)('A' + r / 17 % 26));
    else if (r % 2)
      press(&b, K_ENTER);
    else
      press(&b, (enum key_name)(r / 3 % K_COUNT));
    if (i % 7 == 0) {
      int rows = 1 + (int)(r % 70), cols = 1 + (int)(r / 70 % 220);
      assert_int_equal(grid_resize(&b.grid, rows, cols, NULL), TC_OK);
      app_size(b.app, rows, cols);
    }
    assert_false(tier_open(b.app));
    const char *text = screen_text(&b);
    static char digits[70 * 220 + 1];
    size_t n = 0;
    bool name = strstr(text, "chef au bloc") != NULL;
    for (; *text; text++) /* however a number is grouped, and where a line ends in it */
      if (*text >= '0' && *text <= '9')
        digits[n++] = *text;
    digits[n] = '\0';
    cards += app_screen(b.app) == SCREEN_CARD;
    if (name || strstr(digits, "39987766"))
      fail_msg("key %d of seed 20261128:\n%s", i, buffer_text(&b.text));
  }
  assert_in_range(cards, 100, 2000); /* it was there where it would be */
  stop(&b);
}

static void a_terminal_that_does_not_hold_it_has_no_pin_to_ask_for(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  assert_int_equal(pin_set(b.scope, pin, NULL), TC_OK);
  app_close(b.app);
  open_app(&b);
  assert_false(tier_open(b.app));
  press(&b, K_F11);
  expect_not(&b, "switchboard tier");
  stop(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_its_pin_nothing_of_it_is_shown_and_the_rest_is),
      cmocka_unit_test(its_number_is_not_found_digit_by_digit),
      cmocka_unit_test(plus_at_a_kiosk_is_the_report_that_anybody_may_make),
      cmocka_unit_test(the_pin_opens_it),
      cmocka_unit_test(its_digits_are_stars_and_nowhere_else),
      cmocka_unit_test(its_digits_on_its_row_ask_for_it),
      cmocka_unit_test(a_french_keyboard_types_it_unshifted),
      cmocka_unit_test(five_wrong_ones_wait_and_the_directory_is_open_meanwhile),
      cmocka_unit_test(a_damaged_pin_keeps_it_closed_and_the_rest_open),
      cmocka_unit_test(it_closes_when_nobody_is_there),
      cmocka_unit_test(it_closes_where_no_idleness_is_set),
      cmocka_unit_test(it_can_be_closed),
      cmocka_unit_test(what_the_switchboard_alone_may_do_needs_it),
      cmocka_unit_test(what_was_written_for_it_is_hidden_with_it),
      cmocka_unit_test(a_desk_without_a_pin_is_open_and_a_kiosk_is_not),
      cmocka_unit_test(no_key_at_any_size_shows_what_is_behind_the_pin),
      cmocka_unit_test(a_terminal_that_does_not_hold_it_has_no_pin_to_ask_for),
  };
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  setlocale(LC_ALL, "C.UTF-8");
  return cmocka_run_group_tests(tests, NULL, NULL);
}
