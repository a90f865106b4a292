/* What is masked stays masked on every screen, until its digit, Enter and a reason. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "tests/lib/bench.h"
#include "tests/lib/downtime.h"
#include "tui/app_state.h"
#include "tui/reveal.h"

/* 06 39 98 12 78 of the small directory's surgical ICU is masked: no screen may hold these digits,
 * however they are grouped, beside one another. */
#define HIDDEN "981278"

static bool holds(const char *text, const char *digits) {
  char line[512];
  for (size_t n = 0;; text++) {
    if (*text >= '0' && *text <= '9' && n + 1 < sizeof line)
      line[n++] = *text;
    if (*text && *text != '\n')
      continue;
    line[n] = '\0';
    if (strstr(line, digits))
      return true;
    if (!*text)
      return false;
    n = 0;
  }
}

static void keeps_quiet(struct bench *b) {
  if (holds(screen_text(b), HIDDEN))
    fail_msg("a masked number is on the screen:\n%s", buffer_text(&b->text));
}

static void to_its_digits(struct bench *b) {
  to_the_icu(b);
  type(b, "3");
  expect(b, "Masked.");
  expect(b, "0 06 ** ** ** 78");
}

static void it_is_shown_after_its_digit_enter_and_a_reason(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  to_its_digits(&b);
  keeps_quiet(&b);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_REVEAL);
  expect(&b, "on call now");
  keeps_quiet(&b);
  type(&b, "3");
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  expect(&b, "39, 98, 12, 78");
  wait_until_saved(&b);
  assert_string_equal(act_get(&written(&b, "reveal", 0)->act, "reason"), "on-call");
  stop(&b);
}

static void enter_alone_is_no_reason_given(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  to_its_digits(&b);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  expect(&b, "39, 98, 12, 78");
  wait_until_saved(&b);
  const struct act *act = &written(&b, "reveal", 0)->act;
  assert_string_equal(act_get(act, "reason"), "");
  struct uuid contact = act_get_uuid(act, "contact");
  assert_true(uuid_equal(&contact, &b.app->card->channels[2].uuid));
  press(&b, K_F11);
  expect(&b, "number shown: no reason given");
  keeps_quiet(&b);
  stop(&b);
}

static void a_reason_that_is_not_wanted_shows_nothing(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  to_its_digits(&b);
  press(&b, K_ENTER);
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  keeps_quiet(&b);
  assert_null(written(&b, "reveal", 0));
  stop(&b);
}

static void reveal(struct bench *b) {
  to_its_digits(b);
  press(b, K_ENTER);
  press(b, K_ENTER);
  wait_until_saved(b);
  expect(b, "39, 98, 12, 78");
}

static void it_is_masked_again_by_itself(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  reveal(&b);
  later(&b, REVEAL_S - 1);
  expect(&b, "39, 98, 12, 78");
  later(&b, 1);
  expect(&b, "Masked.");
  keeps_quiet(&b);
  stop(&b);
}

static void it_is_masked_again_as_soon_as_one_leaves_it(void **state) {
  static const enum key_name away[] = {K_ESC, K_F1, K_F2, K_F5, K_F6, K_F8, K_F10};
  (void)state;
  struct bench b;
  start(&b, true, true);
  for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
    reveal(&b);
    press(&b, away[i]);
    keeps_quiet(&b);
    press(&b, K_ESC);
    keeps_quiet(&b);
  }
  reveal(&b);
  type(&b, "1"); /* another number of the same card */
  type(&b, "3");
  keeps_quiet(&b);
  stop(&b);
}

static void a_journal_that_cannot_be_written_holds_no_number_back(void **state) {
  char path[FOLDER_PATH + 16];
  (void)state;
  struct bench b;
  start(&b, true, false);
  snprintf(path, sizeof path, "%s/journal", b.scope);
  FILE *f = fopen(path, "w"); /* where the folder should be */
  assert_non_null(f);
  assert_int_equal(fclose(f), 0);
  to_its_digits(&b);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  expect(&b, "39, 98, 12, 78");
  expect(&b, "NOT SAVED");
  expect(&b, "journal"); /* where and why, at a desk */
  control(&b, 'N');
  app_close(b.app);
  open_app(&b);
  b.app->setup.kiosk = true;
  to_its_digits(&b);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  expect(&b, "NOT SAVED: this terminal cannot write just now");
  stop(&b);
}

/* Every key on every screen that a few keys reach, and what follows it. */
static void no_screen_holds_it(void **state) {
  static const struct key keys[] = {
      {K_F1, 0},     {K_F2, 0},     {K_F3, 0},    {K_F4, 0},     {K_F5, 0},     {K_F6, 0},
      {K_F7, 0},     {K_F8, 0},     {K_F9, 0},    {K_F11, 0},    {K_F12, 0},    {K_TAB, 0},
      {K_DOWN, 0},   {K_END, 0},    {K_RIGHT, 0}, {K_TEXT, '1'}, {K_TEXT, '2'}, {K_TEXT, '3'},
      {K_TEXT, '+'}, {K_TEXT, '*'}, {K_CTRL, 'L'}};
  enum { KEYS = sizeof keys / sizeof *keys };
  (void)state;
  struct bench b;
  start(&b, true, true);
  for (size_t i = 0; i < KEYS; i++)
    for (size_t k = 0; k < KEYS; k++) {
      to_the_icu(&b);
      keeps_quiet(&b);
      const struct key keyed[] = {keys[i], keys[k], {K_ENTER, 0}, {K_DOWN, 0}, {K_ENTER, 0}};
      for (size_t n = 0; n < sizeof keyed / sizeof *keyed; n++) {
        if (app_masked(b.app) && keyed[n].name == K_ENTER)
          break; /* that is the way to see it */
        app_key(b.app, keyed[n]);
        keeps_quiet(&b);
      }
      for (int n = 0; n < STACK_MAX; n++)
        press(&b, K_ESC);
    }
  stop(&b);
}

static void a_part_of_it_finds_nothing(void **state) {
  static const char *const parts[] = {"1278", "981278", "399812", "0639981279", "0639981287"};
  (void)state;
  struct bench b;
  start(&b, true, false);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    control(&b, 'U');
    type(&b, parts[i]);
    expect_not(&b, "** ** ** 78");
  }
  control(&b, 'U');
  type(&b, "0639981278"); /* who has it whole may ask whose it is */
  expect(&b, "** ** ** 78");
  stop(&b);
}

static void a_correction_of_it_does_not_begin_with_it(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  to_the_icu(&b);
  type(&b, "+");
  for (size_t i = 0; i < b.app->list.count; i++) {
    if (b.app->targets[i].kind != TARGET_SUGGEST ||
        !uuid_equal(&b.app->targets[i].uuid, &b.app->card->channels[2].uuid))
      continue;
    b.app->list.selected = i;
    press(&b, K_ENTER);
    assert_int_equal(app_screen(b.app), SCREEN_FORM);
    keeps_quiet(&b);
    type(&b, "0639980001");
    press(&b, K_ENTER);
    press(&b, K_ENTER);
    press(&b, K_ENTER);
    wait_until_saved(&b);
    assert_non_null(written(&b, "suggestion", 0));
    expect(&b, "suggestion");
    keeps_quiet(&b);
    expect_not(&b, "0639980001");
    press(&b, K_F11);
    keeps_quiet(&b);
    stop(&b);
    return;
  }
  fail_msg("its correction is not offered:\n%s", screen_text(&b));
}

/* A look-alike tells where the digits differ: of a masked number that would be all of it. */
static void no_look_alike_tells_a_masked_fax(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  prepare(&b, false);
  if (downtime_directory_of(b.scope, NULL, AUDIENCE_CLINICAL, &err) != TC_OK ||
      downtime_revision(b.scope, 2, AUDIENCE_CLINICAL,
                        "entry | public | @e70\ntype | service\nname | Bloc nord\nsite | SAB\n"
                        "c | 000 | @c70 | 0199005288 | kind=fax | e=+33199005288\n"
                        "c | 001 | @c71 | 0199005298 | kind=fax | e=+33199005298 | mask=1\n\n"
                        "entry | public | @e71\ntype | service\nname | Bloc sud\nsite | SAB\n"
                        "c | 000 | @c72 | 0199005278 | kind=fax | e=+33199005278 | mask=1\n\n"
                        "entry | public | @e72\ntype | service\nname | Bloc ouest\nsite | SAB\n"
                        "c | 000 | @c73 | 0199005268 | kind=fax | e=+33199005268\n",
                        &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b.now = DOWNTIME_NOW;
  open_app(&b);
  type(&b, "bloc nord");
  press(&b, K_F6);
  expect(&b, "1 other fax looks like this one");
  expect(&b, "SAB Bloc ouest");
  expect_not(&b, "Bloc sud");
  press(&b, K_DOWN);
  expect(&b, "** 98");
  expect_not(&b, "looks like this one");
  expect_not(&b, "Bloc ouest");
  expect_not(&b, "from the end");
  stop(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_is_shown_after_its_digit_enter_and_a_reason),
      cmocka_unit_test(enter_alone_is_no_reason_given),
      cmocka_unit_test(a_reason_that_is_not_wanted_shows_nothing),
      cmocka_unit_test(it_is_masked_again_by_itself),
      cmocka_unit_test(it_is_masked_again_as_soon_as_one_leaves_it),
      cmocka_unit_test(a_journal_that_cannot_be_written_holds_no_number_back),
      cmocka_unit_test(no_screen_holds_it),
      cmocka_unit_test(a_part_of_it_finds_nothing),
      cmocka_unit_test(a_correction_of_it_does_not_begin_with_it),
      cmocka_unit_test(no_look_alike_tells_a_masked_fax),
  };
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  setlocale(LC_ALL, "C.UTF-8");
  return cmocka_run_group_tests(tests, NULL, NULL);
}
