/* Working a call: what was tried, whom to call next, and another caller in between. */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "db/journal.h"
#include "tests/lib/bench.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/downtime.h"
#include "tests/lib/scenes.h"
#include "tui/app_state.h"

static void pass(struct bench *b, int64_t seconds) {
  b->app->setup.clock.at += seconds;
}

/* What is said once an act is written, unless the disk was slow and that is said. */
static void expect_said(struct bench *b, const char *text) {
  if (!strstr(b->app->message, "NOT SAVED") && !strstr(b->app->message, "saved now"))
    expect(b, text);
}

/* F8, a result, initials at the first of them. */
static void note(struct bench *b, const char *result, const char *initials) {
  press(b, K_F8);
  assert_int_equal(app_screen(b->app), SCREEN_CALL);
  type(b, result);
  if (initials) {
    assert_int_equal(app_screen(b->app), SCREEN_FORM);
    type(b, initials);
    press(b, K_ENTER);
  }
  wait_until_saved(b);
}

/* A role's card is everybody's and stands for five minutes; with its holder's number that is for
 * clinicians, two. */
static void a_holders_number_is_left_on_no_screen_for_longer(void **state) {
  (void)state;
  for (int clinical = 0; clinical < 2; clinical++) {
    struct bench b;
    struct tc_error err = {0};
    prepare(&b, false);
    if (downtime_directory_with(b.scope, clinical ? "entry | public | @e5" : NULL,
                                AUDIENCE_CLINICAL, clinical ? "holder" : NULL, &err) != TC_OK)
      fail_msg("%s (row %ld)", err.text, err.row);
    b.now = DOWNTIME_NOW;
    open_app(&b);
    type(&b, "surgical intern");
    press(&b, K_ENTER);
    expect(&b, "39 98 12 34");
    later(&b, 110);
    (clinical ? expect : expect_not)(&b, "nobody here?");
    later(&b, 15);
    assert_int_equal(app_screen(b.app), clinical ? SCREEN_SEARCH : SCREEN_CARD);
    stop(&b);
  }
}

static void nobody_answers_and_the_chain_is_walked_to_its_end(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  press(&b, K_F8);
  expect(&b, "Result");
  expect(&b, "0 06 39 98 12 34 mobile");
  type(&b, "1");
  expect(&b, "Enter alone: unsigned");
  type(&b, "NEX");
  press(&b, K_BACKSPACE);
  expect(&b, "initials  NE");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "step 2 of 4: Exemple Nina (before: no answer 03:14)");
  expect(&b, "0 06 39 98 12 35");
  pass(&b, 60);
  note(&b, "2", NULL); /* the initials are known */
  expect(&b, "step 3 of 4: surveillant de nuit, after Exemple Nina (busy 03:15)");
  expect(&b, "no number is held here");
  expect(&b, "in doubt: ");
  expect_not(&b, "06 39 98 12 35"); /* is nobody's any more */
  type(&b, "1");
  expect(&b, "there is no number 1 here");
  press(&b, K_F6);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  press(&b, K_F10); /* another caller, and back */
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  press(&b, K_F10);
  expect(&b, "step 3 of 4: surveillant de nuit");
  expect_not(&b, "06 39 98 12 35");
  pass(&b, 60);
  press(&b, K_F8);
  expect(&b, "surveillant de nuit"); /* of whom no number is held */
  type(&b, "1");
  wait_until_saved(&b);
  expect(&b, "step 4 of 4: switchboard of SAB (before: no answer 03:16)");
  expect(&b, "Standard");
  pass(&b, 60);
  note(&b, "1", NULL);
  expect_said(&b, "the chain ends here: switchboard of SAB");
  const struct act_held *first = written(&b, "attempt", 0), *third = written(&b, "attempt", 2);
  assert_string_equal(act_get(&first->act, "result"), "no-answer");
  assert_string_equal(act_get(&first->act, "number"), "06 39 98 12 34");
  assert_string_equal(first->act.initials, "NE");
  assert_string_equal(act_get(&third->act, "text"), "surveillant de nuit");
  assert_string_equal(act_get(&third->act, "contact"), "");
  assert_non_null(written(&b, "attempt", 3));
  assert_null(written(&b, "attempt", 4));
  press(&b, K_ESC);
  expect(&b, "step 2 of 4: Exemple Nina");
  press(&b, K_ESC);
  expect(&b, "1 of 4: Réanimation chirurgicale, interne");
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect(&b, "Find: rea interne");
  stop(&b);
}

/* A page is a try of the chain: behind the phones, in its own words, and it waits for the call
 * back. */
static void a_pager_is_a_step_of_the_chain_and_waits_for_the_call_back(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  prepare(&b, true);
  if (downtime_directory_with(b.scope, NULL, AUDIENCE_PUBLIC, "pager", &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b.now = DOWNTIME_NOW;
  open_app(&b);
  type(&b, "obstetrics");
  press(&b, K_ENTER);
  press(&b, K_F8);
  expect(&b,
         "0 01 99 00 71 01 direct line"); /* the pager is listed first, the phone is asked first */
  expect(&b, "1 no answer");
  type(&b, "1");
  type(&b, "NE");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  expect_said(&b, "next: 0 01 99 00 71 02 pager, of the same");
  pass(&b, 60);
  press(&b, K_F8);
  expect(&b, "0 01 99 00 71 02 pager");
  expect(&b, "1 page sent, no call back yet");
  expect(&b, "3 called back");
  expect_not(&b, "busy");
  type(&b, "1");
  wait_until_saved(&b);
  assert_string_equal(act_get(&written(&b, "attempt", 1)->act, "result"), "paged");
  expect(&b, "1 of 3: Obstetrics on call");
  expect(&b, "page sent 02:15");
  expect_said(&b, "page sent: F8 when");
  pass(&b, 60);
  press(&b, K_F8);
  expect(&b, "0 01 99 00 71 02 pager"); /* that is what is waited for */
  type(&b, "2");
  wait_until_saved(&b);
  assert_string_equal(act_get(&written(&b, "attempt", 2)->act, "result"), "no-answer");
  expect(&b, "2 of 3: Bed manager");
  pass(&b, 60);
  press(&b, K_F8);
  expect(&b, "0 01 99 00 71 03 pager");
  type(&b, "3");
  wait_until_saved(&b);
  assert_string_equal(act_get(&written(&b, "attempt", 3)->act, "result"), "answered");
  expect_not(&b, "2 of 3");
  stop(&b);
}

static void who_goes_back_a_step_has_waited_since_it_began(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "1", "NE");
  expect(&b, "0:00 of 1 min");
  pass(&b, 50);
  press(&b, K_ESC);
  expect(&b, "1 of 4: Réanimation chirurgicale, interne");
  expect(&b, "0:50 of 2 min");
  pass(&b, 5);
  note(&b, "2", NULL); /* and on anew */
  expect(&b, "step 2 of 4: Exemple Nina");
  expect(&b, "0:00 of 1 min");
  pass(&b, 20);
  press(&b, K_ESC);
  expect(&b, "1:15 of 2 min");
  stop(&b);
}

/* Somebody else's phone: the number is not wrong, and one goes on to the next. */
static void who_answers_is_another_person(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "4", "NE");
  expect(&b, "step 2 of 4: Exemple Nina (before: wrong person 03:14)");
  assert_string_equal(act_get(&written(&b, "attempt", 0)->act, "result"), "wrong-person");
  assert_null(written(&b, "suggestion", 0));
  press(&b, K_ESC);
  expect(&b, "tried 03:14 wrong person, NE, not confirmed");
  press(&b, K_ESC);
  type(&b, " ");
  scene_resize(&b, &scene_sizes[2]);
  expect(&b, "tried? 03:14 wrong person");
  stop(&b);
}

static void a_try_that_nobody_signed_says_so(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "2", "");
  press(&b, K_ESC);
  expect(&b, "tried 03:14 busy, unsigned, not confirmed");
  type(&b, "1");
  expect(&b, "tried 03:14 busy, unsigned, not confirmed");
  press(&b, K_ESC);
  press(&b, K_ESC);
  type(&b, " ");
  scene_resize(&b, &scene_sizes[2]);
  expect(&b, "tried? 03:14 busy, unsigned");
  stop(&b);
}

static void the_wait_counts_once_a_second_and_moves_no_cursor(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  assert_int_equal(app_pace_ms(b.app), 2000);
  note(&b, "1", "NE");
  expect(&b, "0:00 of 1 min");
  assert_int_equal(app_pace_ms(b.app), 1000);
  assert_false(app_tick(b.app));
  int row = b.grid.cursor_row, col = b.grid.cursor_col;
  pass(&b, 47);
  assert_true(app_tick(b.app));
  expect(&b, "0:47 of 1 min");
  assert_int_equal(b.grid.cursor_row, row);
  assert_int_equal(b.grid.cursor_col, col);
  assert_false(app_tick(b.app));
  stop(&b);
}

static void an_answer_ends_the_call(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "3", "");
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect_said(&b, "noted 03:14: answered");
  expect_not(&b, "step ");
  assert_string_equal(written(&b, "attempt", 0)->act.initials, ""); /* unsigned */
  assert_int_equal(app_pace_ms(b.app), 2000);
  stop(&b);
}

static void another_number_of_the_same_entry_comes_before_the_chain(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea chirurgicale sab");
  note(&b, "1", "NE");
  expect(&b, "step 1 of 2: Réanimation chirurgicale (no answer 03:14)");
  expect_said(&b, "mobile, of the same"); /* and not the fax between them */
  pass(&b, 60);
  press(&b, K_F8);
  expect(&b, "mobile, Réanimation chirurgicale");
  press(&b, K_TAB);
  expect(&b, "0 01 99 00 52 31 direct line, Réanimation"); /* the first one, once more */
  press(&b, K_TAB);
  press(&b, K_TAB);
  type(&b, "1");
  wait_until_saved(&b);
  expect(&b, "step 2 of 2: switchboard of SAB");
  /* a masked number is in no act */
  assert_string_equal(act_get(&written(&b, "attempt", 1)->act, "number"), "");
  stop(&b);
}

static void the_number_that_was_read_is_the_one_that_was_called(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea chirurgicale sab");
  press(&b, K_ENTER);
  type(&b, "3");
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  press(&b, K_F8);
  expect(&b, "mobile, Réanimation chirurgicale");
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  stop(&b);
}

static void a_wrong_number_is_also_a_suggestion(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "5", "NE");
  const struct act_held *s = written(&b, "suggestion", 0);
  assert_non_null(s);
  assert_string_equal(act_get(&s->act, "field"), "number");
  assert_string_equal(act_get(&s->act, "was"), "06 39 98 12 34");
  assert_string_equal(act_get(&s->act, "now"), "");
  assert_string_equal(s->act.initials, "NE");
  expect(&b, "step 2 of 4");
  stop(&b);
}

static void nobody_answers_twice_with_another_caller_in_between(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "1", "NE");
  pass(&b, 30);
  press(&b, K_F10);
  expect(&b, "F10 brings back: Réanimation chirurgicale, interne, step 2 of 4");
  expect_not(&b, "Find: rea");
  type(&b, "pneumo");
  press(&b, K_ENTER);
  press(&b, K_F10); /* the other caller is served */
  expect(&b, "F10 brings back: Réanimation chirurgicale, interne");
  pass(&b, 60);
  press(&b, K_F10);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "step 2 of 4: Exemple Nina (before: no answer 03:14)");
  expect(&b, "1:30 of 1 min"); /* it went on counting */
  note(&b, "1", NULL);
  expect(&b, "step 3 of 4: surveillant de nuit");
  press(&b, K_F10);
  press(&b, K_F10);
  expect(&b, "step 3 of 4: surveillant de nuit");
  press(&b, K_F10);
  type(&b, "pneumo");
  press(&b, K_ESC); /* what was typed is cleared, not the call */
  press(&b, K_F10);
  expect(&b, "step 3 of 4: surveillant de nuit");
  type(&b, "x"); /* nor does a new Find lose it */
  press(&b, K_BACKSPACE);
  press(&b, K_F10);
  expect(&b, "step 3 of 4: surveillant de nuit");
  stop(&b);
}

static void a_call_in_work_waits_while_another_time_is_looked_at(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "1", "NE");
  pass(&b, 30);
  for (int typed = 0; typed < 2; typed++) {
    press(&b, K_F3);
    type(&b, "sun 20:00");
    press(&b, K_ENTER);
    expect(&b, "NOT NOW; F3: back to the call that waits, step 2 of 4: Ré");
    expect_not(&b, "Exemple Nina (before");
    if (typed) {
      control(&b, 'U');
      type(&b, "pneumo");
      press(&b, K_ENTER);
    }
    pass(&b, 30);
    press(&b, K_F3);
    assert_int_equal(app_screen(b.app), SCREEN_CARD);
    expect(&b, "back to now, and to the call that waited");
    expect(&b, "step 2 of 4: Exemple Nina (before: no answer 03:14)");
  }
  expect(&b, "1:30 of 1 min"); /* it went on counting */
  note(&b, "2", NULL);
  expect(&b, "step 3 of 4: surveillant de nuit");
  press(&b, K_F3);
  type(&b, "sun 20:00");
  press(&b, K_ENTER);
  press(&b, K_F10); /* another caller: it waits for its own key */
  expect(&b, "F10 brings back: Réanimation chirurgicale, interne, step 3 of 4");
  press(&b, K_F10);
  expect(&b, "step 3 of 4: surveillant de nuit");
  stop(&b);
}

static void what_was_answered_is_noted_before_another_time_is_looked_at(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  press(&b, K_F8);
  type(&b, "1NE");
  press(&b, K_F3);
  type(&b, "sun 20:00");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  assert_non_null(written(&b, "attempt", 0));
  expect(&b, "NOT NOW");
  press(&b, K_F3);
  expect(&b, "step 2 of 4: Exemple Nina");
  stop(&b);
}

static void what_was_tried_is_shown_in_place_for_a_shift(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "1", "NE");
  press(&b, K_ESC);
  expect(&b, "tried 03:14 no answer, NE, not confirmed, not known what"); /* on the card */
  type(&b, "1");
  expect(&b, "tried 03:14 no answer");
  press(&b, K_ESC);
  press(&b, K_ESC);
  type(&b, " "); /* the list anew */
  expect(&b, ">SAB Réanimation chir");
  expect(&b, "tried? 03:14 n");
  pass(&b, 8 * 3600 - 1);
  type(&b, "x");
  press(&b, K_BACKSPACE);
  expect(&b, "tried? 03:14 n");
  pass(&b, 1);
  type(&b, "x");
  press(&b, K_BACKSPACE);
  expect_not(&b, "tried");
  stop(&b);
}

static void the_question_of_initials_waits_behind_another_screen(void **state) {
  static const enum key_name over[] = {K_F1, K_F2, K_F4, K_F5, K_F9, K_F11, K_F12};
  (void)state;
  struct bench b;
  start(&b, true, true);
  for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
    type(&b, "rea interne");
    press(&b, K_F8);
    type(&b, "1");
    expect(&b, "Enter alone: unsigned");
    type(&b, "NE");
    press(&b, over[i]);
    assert_int_not_equal(app_screen(b.app), SCREEN_FORM);
    press(&b, K_ESC);
    expect(&b, "initials  NE");
    press(&b, K_ENTER);
    wait_until_saved(&b);
    assert_non_null(written(&b, "attempt", i));
    assert_string_equal(written(&b, "attempt", i)->act.initials, "NE");
    app_forget_initials(b.app);
    pass(&b, 60);
    press(&b, K_F10);
  }
  stop(&b);
}

static void what_was_to_be_noted_is_when_another_find_begins(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  press(&b, K_F8);
  type(&b, "1");
  press(&b, K_F11);
  assert_int_equal(app_screen(b.app), SCREEN_DESK);
  type(&b, "x");
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  wait_until_saved(&b);
  assert_non_null(written(&b, "attempt", 0));
  expect(&b, "Find: x");
  pass(&b, 60);
  app_forget_initials(b.app);
  press(&b, K_BACKSPACE);
  type(&b, "pneumo");
  press(&b, K_F8); /* opened from the list of the desk: the card is another one */
  type(&b, "2");
  press(&b, K_F11);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  wait_until_saved(&b);
  assert_non_null(written(&b, "attempt", 1));
  stop(&b);
}

static void a_terminal_left_alone_forgets_who_noted_and_what_was_in_work(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, true);
  type(&b, "rea interne");
  note(&b, "1", "NE");
  pass(&b, 5 * 60 + 59); /* the minute that the phone rings is not idle */
  app_tick(b.app);
  expect(&b, "step 2 of 4");
  pass(&b, 1);
  app_tick(b.app);
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect_not(&b, "F10 brings back");
  press(&b, K_F10);
  expect(&b, "there was no caller before");
  type(&b, "pneumo");
  press(&b, K_F8);
  type(&b, "1");
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  pass(&b, 6 * 60);
  app_tick(b.app); /* what was answered is noted, unsigned */
  wait_until_saved(&b);
  assert_non_null(written(&b, "attempt", 1));
  assert_string_equal(written(&b, "attempt", 1)->act.initials, "");
  stop(&b);
}

static void what_cannot_be_saved_is_said_until_it_is(void **state) {
  (void)state;
  struct bench b;
  char path[FOLDER_PATH + 16];
  start(&b, true, true);
  snprintf(path, sizeof path, "%s/journal", b.scope);
  FILE *f = fopen(path, "w"); /* no folder can be made there */
  assert_non_null(f);
  assert_int_equal(fclose(f), 0);
  type(&b, "rea interne");
  press(&b, K_F8);
  type(&b, "1NE");
  press(&b, K_ENTER);
  expect(&b, "NOT SAVED");
  expect(&b, "step 2 of 4"); /* and the operator goes on */
  stop(&b);
}

static void the_log_of_a_shift_is_listed_and_printed(void **state) {
  (void)state;
  struct bench b;
  struct buffer sheet = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  start(&b, true, true);
  setenv("HOME", b.scope, 1);
  press(&b, K_F7);
  expect_not(&b, "shift log"); /* there is none yet */
  press(&b, K_ESC);
  type(&b, "rea interne");
  note(&b, "1", "NE");
  pass(&b, 60);
  note(&b, "2", NULL);
  press(&b, K_F11);
  expect(&b, "SAB Exemple Nina, call: 06 39 98 12 35: busy");
  expect(&b, "NE");
  press(&b, K_F7);
  expect(&b, "shift log");
  press(&b, K_END);
  press(&b, K_ENTER);
  type(&b, "2");
  expect(&b, "written: ");
  snprintf(path, sizeof path, "%s/tocsin-log.txt", b.scope);
  assert_int_equal(file_read(&sheet, path, 65536, NULL), TC_OK);
  const char *text = buffer_text(&sheet);
  assert_non_null(strstr(text, "Shift log"));
  const char *first = strstr(text, "Sun 22 Nov 03:14  NE            SAB Réanimation chirurgicale,");
  const char *second = strstr(text, "Sun 22 Nov 03:15  NE            SAB Exemple Nina, call:");
  assert_non_null(first);
  assert_non_null(second);
  assert_true(first < second);
  assert_non_null(strstr(second, "(not confirmed)"));
  assert_null(strstr(text, "VALID UNTIL"));
  buffer_free(&sheet);
  stop(&b);
}

/* The night with nothing down, and with the states of tests/data/states.txt. */
static void start_quiet_night(struct bench *b) {
  struct tc_error err = {0};
  prepare(b, true);
  if (downtime_directory_with(b->scope, "incident", AUDIENCE_SWITCHBOARD, "states", &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b->now = DOWNTIME_NOW;
  open_app(b);
}

static void a_number_of_who_holds_a_role_is_tried_once_and_noted_as_theirs(void **state) {
  (void)state;
  struct bench b;
  start_quiet_night(&b);
  type(&b, "surgical intern");
  note(&b, "1", "NE");
  expect_said(&b, "mobile, of the same");
  pass(&b, 60);
  note(&b, "5", NULL);
  expect(&b, "step 2 of 2");
  const struct act_held *own = written(&b, "attempt", 0), *theirs = written(&b, "attempt", 1);
  const struct act_held *s = written(&b, "suggestion", 0);
  assert_string_equal(act_get(&own->act, "number"), "4244");
  assert_string_equal(act_get(&theirs->act, "number"), "0639981234");
  assert_string_not_equal(act_get(&theirs->act, "contact"), "");
  struct uuid chain = act_get_uuid(&theirs->act, "chain");
  assert_true(uuid_equal(&chain, &own->act.subject));
  assert_false(uuid_equal(&theirs->act.subject, &own->act.subject));
  assert_non_null(s);
  assert_true(uuid_equal(&s->act.subject, &theirs->act.subject));
  assert_string_equal(act_get(&s->act, "was"), "0639981234");
  press(&b, K_ESC);
  expect(&b, "wrong number, NE"); /* at their number, on the role's card */
  control(&b, 'N');
  type(&b, "surgical intern");
  expect(&b, "tried? 02:15 wrong number");
  scene_resize(&b, &scene_sizes[2]);
  expect(&b, "holder absent until Mon 02:13; tried? 02:15 wrong number"); /* and on its row */
  stop(&b);
}

/* + on the role's card: what is written of the holder's number is written of the holder. */
static void what_is_written_of_a_holders_number_is_written_of_the_holder(void **state) {
  (void)state;
  struct bench b;
  start_quiet_night(&b);
  type(&b, "surgical intern");
  press(&b, K_ENTER);
  type(&b, "+");
  expect(&b, "3 extension");
  expect(&b, "4 mobile");
  type(&b, "4");
  expect(&b, "SAB N. Exemple");
  type(&b, "0639980001");
  press(&b, K_ENTER);
  type(&b, "2h");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  type(&b, "NE");
  press(&b, K_ENTER);
  wait_until_saved(&b);
  const struct act_held *o = written(&b, "override", 0);
  assert_non_null(o);
  assert_string_not_equal(act_get(&o->act, "contact"), "");
  assert_false(uuid_equal(&o->act.subject, &b.app->card->uuid));
  expect(&b, "06 39 98 00 01"); /* on the role's card, in the place of the other */
  type(&b, "+");
  while (b.app->targets[b.app->list.selected].kind != TARGET_SUGGEST)
    press(&b, K_DOWN);
  press(&b, K_DOWN);
  press(&b, K_DOWN); /* of the temporary number: it is taken back instead */
  press(&b, K_ENTER);
  expect(&b, "takes it back");
  stop(&b);
}

static void a_temporary_number_that_is_wrong_says_nothing_against_the_other(void **state) {
  (void)state;
  struct bench b;
  start_quiet_night(&b);
  type(&b, "dialysis");
  press(&b, K_ENTER);
  type(&b, "1");
  expect(&b, "0, 06, 39, 98, 12, 50");
  expect_not(&b, "verified"); /* whatever is known of the one that it replaces */
  press(&b, K_ESC);
  note(&b, "5", "NE");
  expect_said(&b, "the temporary number 06 39 98 12 50 is wrong: + on its card takes it back");
  expect(&b, "step 2 of 2");
  assert_string_equal(act_get(&written(&b, "attempt", 0)->act, "number"), "0639981250");
  assert_null(written(&b, "suggestion", 0));
  stop(&b);
}

int main(void) {
  setenv("TZ", "UTC", 1);
  tzset();
  catalogue_use("two");
  i18n_language("en");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_holders_number_is_left_on_no_screen_for_longer),
      cmocka_unit_test(nobody_answers_and_the_chain_is_walked_to_its_end),
      cmocka_unit_test(a_pager_is_a_step_of_the_chain_and_waits_for_the_call_back),
      cmocka_unit_test(who_goes_back_a_step_has_waited_since_it_began),
      cmocka_unit_test(who_answers_is_another_person),
      cmocka_unit_test(a_try_that_nobody_signed_says_so),
      cmocka_unit_test(the_wait_counts_once_a_second_and_moves_no_cursor),
      cmocka_unit_test(an_answer_ends_the_call),
      cmocka_unit_test(another_number_of_the_same_entry_comes_before_the_chain),
      cmocka_unit_test(the_number_that_was_read_is_the_one_that_was_called),
      cmocka_unit_test(a_wrong_number_is_also_a_suggestion),
      cmocka_unit_test(nobody_answers_twice_with_another_caller_in_between),
      cmocka_unit_test(a_call_in_work_waits_while_another_time_is_looked_at),
      cmocka_unit_test(what_was_answered_is_noted_before_another_time_is_looked_at),
      cmocka_unit_test(what_was_tried_is_shown_in_place_for_a_shift),
      cmocka_unit_test(the_question_of_initials_waits_behind_another_screen),
      cmocka_unit_test(what_was_to_be_noted_is_when_another_find_begins),
      cmocka_unit_test(a_terminal_left_alone_forgets_who_noted_and_what_was_in_work),
      cmocka_unit_test(what_cannot_be_saved_is_said_until_it_is),
      cmocka_unit_test(the_log_of_a_shift_is_listed_and_printed),
      cmocka_unit_test(a_number_of_who_holds_a_role_is_tried_once_and_noted_as_theirs),
      cmocka_unit_test(what_is_written_of_a_holders_number_is_written_of_the_holder),
      cmocka_unit_test(a_temporary_number_that_is_wrong_says_nothing_against_the_other),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
