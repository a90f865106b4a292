/* What was shown when a key was pressed is what is noted, ticked, ended or taken back, whatever the
 * directory does meanwhile. */
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
#include "db/journal.h"
#include "tests/lib/bench.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/downtime.h"
#include "tui/app_state.h"
#include "tui/write.h"

static int64_t revision;

/* The source sends these records, and the terminal looks. */
static void revise(struct bench *b, const char *records) {
  struct tc_error err = {0};
  if (downtime_revision(b->scope, ++revision, AUDIENCE_SWITCHBOARD, records, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  if (b->app)
    app_tick(b->app);
}

static void start_with(struct bench *b, const char *records, int64_t now) {
  struct tc_error err = {0};
  prepare(b, true);
  b->app = NULL;
  revision = 1;
  if (downtime_directory_of(b->scope, NULL, AUDIENCE_SWITCHBOARD, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  if (*records)
    revise(b, records);
  b->now = now;
  open_app(b);
  b->app->setup.config.idle_minutes = 0;
}

static void sign(struct bench *b) {
  assert_int_equal(app_screen(b->app), SCREEN_FORM);
  type(b, "AB");
  press(b, K_ENTER);
  wait_until_saved(b);
}

static void expect_written(struct bench *b, size_t n, const char *field, const char *value) {
  const struct act_held *held = written(b, "attempt", n);
  assert_non_null(held);
  assert_string_equal(act_get(&held->act, field), value);
}

/* ---- F8 ----------------------------------------------------------------------------------------
 */

#define BLOC                                                                                       \
  "entry | public | @e70\ntype | service\nname | Bloc nord\nsite | SAB\n"                          \
  "c | 001 | @c71 | 0639981958 | kind=mobile | e=+33639981958\n"                                   \
  "c | 002 | @c72 | 0639981988 | kind=mobile | e=+33639981988\n"
#define FIRST "c | 000 | @c70 | 0639981950 | kind=mobile | e=+33639981950\n"
#define OTHER "c | 000 | @c70 | 0639981959 | kind=mobile | e=+33639981959\n"

static void open_bloc(struct bench *b) {
  type(b, "bloc nord");
  press(b, K_ENTER);
  press(b, K_F8);
  assert_int_equal(app_screen(b->app), SCREEN_CALL);
  expect(b, "Result  0 06 39 98 19 50");
}

static void a_call_is_noted_of_the_number_asked_about(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC FIRST, DOWNTIME_NOW);
  open_bloc(&b);
  press(&b, K_TAB);
  expect(&b, "Result  0 06 39 98 19 58");
  type(&b, "2");
  revise(&b, BLOC); /* the first is taken out while initials are asked */
  sign(&b);
  expect_written(&b, 0, "number", "0639981958");
  expect_written(&b, 0, "result", "busy");
  press(&b, K_F8);
  expect(&b, "Result  0 06 39 98 19 88"); /* the tried one is marked as that */
  stop(&b);
}

static void a_number_that_changes_under_the_question_is_noted_as_it_was_dialled(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC FIRST, DOWNTIME_NOW);
  open_bloc(&b);
  revise(&b, BLOC OTHER);
  expect(&b, "Result  0 06 39 98 19 50");
  type(&b, "5");
  sign(&b);
  expect_written(&b, 0, "number", "0639981950");
  assert_null(written(&b, "suggestion", 0)); /* of another number than the one that was wrong */
  expect(&b, "that number is no longer listed");
  stop(&b);
}

static void a_number_that_is_gone_is_noted_all_the_same(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC FIRST, DOWNTIME_NOW);
  open_bloc(&b);
  type(&b, "1");
  revise(&b, BLOC);
  sign(&b);
  expect_written(&b, 0, "number", "0639981950");
  expect(&b, "next: 0 06 39 98 19 58");
  stop(&b);
}

#define NEXT_SHIFT                                                                                 \
  "entry | public | @e71\ntype | person\nname | B. Modele\nsite | SAB\n"                           \
  "c | 000 | @c73 | 0639981299 | kind=mobile | e=+33639981299\n\n"                                 \
  "rota | public | @r1\nmade | 1795280520\nrole | @e4\nsource | surgery\nweek | 2026-W47\n"        \
  "shift | 2026-11-21T18:30 | 2026-11-22T08:30 | line=1 | text=N. Exemple | who=@e5\n"             \
  "shift | 2026-11-22T08:30 | 2026-11-22T18:30 | line=1 | text=B. Modele | who=@e71\n"

enum { HANDOVER = DOWNTIME_NOW + 5 * 3600 + 16 * 60 }; /* 08:30 */

static void a_call_over_a_handover_is_of_whom_it_was(void **state) {
  (void)state;
  for (int number = 1; number <= 3; number += 2) {
    struct bench b;
    start_with(&b, NEXT_SHIFT, HANDOVER - 10);
    type(&b, "surgical intern");
    press(&b, K_ENTER);
    expect(&b, "1 mobile     0 06 39 98 12 34");
    later(&b, 10);
    expect(&b, "removed 08:30");
    expect(&b, "3 mobile     0 06 39 98 12 99");
    type(&b, number == 1 ? "1" : "3");
    press(&b, K_F8);
    expect(&b, number == 1 ? "Result  0 06 39 98 12 34" : "Result  0 06 39 98 12 99");
    type(&b, "1");
    sign(&b);
    expect_written(&b, 0, "number", number == 1 ? "0639981234" : "0639981299");
    expect(&b, number == 1 ? "next: 0 06 39 98 12 99" : "step 2 of ");
    stop(&b);
  }
}

/* ---- cascades and roll-calls -------------------------------------------------------------------
 */

#define PLAN "group | public | @g1\nname | White plan, cascade\nsite | SAB\ntype | cascade\n"
#define CELL "group | public | @g2\nname | Crisis cell\nsite | SAB\ntype | crisis cell\n"

static void open_group(struct bench *b, const char *name) {
  press(b, K_F11);
  press(b, K_HOME);
  while (b->app->targets[b->app->list.selected].kind != TARGET_GROUPS)
    press(b, K_DOWN);
  press(b, K_ENTER);
  press(b, K_HOME);
  while (!strstr(b->app->list.items[b->app->list.selected].text, name))
    press(b, K_DOWN);
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_GROUP);
}

static void expect_subject(struct bench *b, size_t n, int entry) {
  const struct act_held *held = written(b, "attempt", n);
  assert_non_null(held);
  const struct uuid e = {{'e', [15] = (uint8_t)entry}};
  assert_true(uuid_equal(&held->act.subject, &e));
}

static void a_tick_is_of_the_member_it_was_pressed_for(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, "", DOWNTIME_NOW);
  open_group(&b, "White plan");
  press(&b, K_DOWN); /* N. Exemple */
  type(&b, "3");
  revise(&b, PLAN "m | 002 | to=@e5\nm | 003 | to=@e9\nm | 004 | text=Medical director\n");
  sign(&b);
  expect_subject(&b, 0, 5);
  expect(&b, ">  0 01 99 00 70 01   Pharmacy"); /* the next one */
  assert_null(written(&b, "attempt", 1));
  later(&b, 5);
  press(&b, K_DOWN);
  revise(&b, PLAN "m | 001 | to=@e4\nm | 002 | to=@e5\nm | 003 | to=@e9\n"
                  "m | 004 | text=Medical director\n");
  type(&b, "1");
  wait_until_saved(&b);
  expect_written(&b, 1, "text", "Medical director");
  stop(&b);
}

static void who_is_taken_out_meanwhile_is_not_ticked_and_nobody_else(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, "", DOWNTIME_NOW);
  open_group(&b, "White plan");
  press(&b, K_DOWN);
  type(&b, "3");
  revise(&b, PLAN "m | 001 | to=@e4\nm | 003 | to=@e9\nm | 004 | text=Medical director\n");
  sign(&b);
  assert_null(written(&b, "attempt", 0));
  expect(&b, "N. Exemple is no longer in it: nothing was noted");
  press(&b, K_HOME);
  press(&b, K_DOWN); /* Pharmacy, and it goes before the key */
  revise(&b, PLAN "m | 001 | to=@e4\nm | 004 | text=Medical director\n");
  expect(&b, "what was chosen is no longer in this list");
  type(&b, "3");
  assert_null(written(&b, "attempt", 0));
  expect(&b, "what was chosen is no longer in this list: nothing was done");
  type(&b, "3"); /* it is read now which is */
  wait_until_saved(&b);
  expect_written(&b, 0, "text", "Medical director");
  stop(&b);
}

static void a_roll_call_is_of_the_member_and_a_tick_taken_back_the_one_shown(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, "", DOWNTIME_NOW);
  open_group(&b, "Crisis cell");
  press(&b, K_DOWN); /* Pharmacy */
  type(&b, "2");
  revise(&b, CELL "m | 002 | to=@e9\nm | 003 | to=@e8\n");
  sign(&b);
  expect_subject(&b, 0, 9);
  press(&b, K_UP);
  later(&b, 5);
  revise(&b, CELL "m | 001 | to=@e6\nm | 002 | to=@e9\nm | 003 | to=@e8\n");
  press(&b, K_BACKSPACE);
  wait_until_saved(&b);
  const struct act_held *back = written(&b, "withdrawal", 0);
  assert_non_null(back);
  const struct uuid act = act_get_uuid(&back->act, "act");
  assert_true(uuid_equal(&act, &written(&b, "attempt", 0)->act.uuid));
  stop(&b);
}

/* The number that the row said was dialled, though a better one came meanwhile. */
static void a_tick_notes_the_number_that_the_row_said(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, NEXT_SHIFT, HANDOVER - 10);
  open_group(&b, "White plan");
  expect(&b, ">  ! 0 06 39 98 12 34 Surgical intern");
  type(&b, "1");
  later(&b, 10);
  sign(&b);
  expect_written(&b, 0, "number", "0639981234");
  stop(&b);
}

/* ---- lists -------------------------------------------------------------------------------------
 */

static const struct target *chosen(const struct bench *b) {
  assert_true(b->app->list.selected < b->app->list.count);
  return &b->app->targets[b->app->list.selected];
}

static void choose(struct bench *b, enum target_kind kind, const char *text) {
  size_t left = b->app->list.count;
  press(b, K_HOME);
  while (chosen(b)->kind != kind || !strstr(b->app->list.items[b->app->list.selected].text, text)) {
    assert_true(left-- > 0);
    press(b, K_DOWN);
  }
}

/* Another program of this terminal writes a note about an entry. */
static void note_elsewhere(struct bench *b, int entry, const char *text) {
  struct arena arena = ARENA_INIT;
  struct buffer record = BUFFER_INIT;
  struct journal_writer *journal = NULL;
  struct act act;
  struct entry e;
  const struct uuid uuid = {{'e', [15] = (uint8_t)entry}};
  const struct writing w = {
      .setup = &b->app->setup, .entry = &e, .initials = "ZZ", .arena = &arena};
  assert_int_equal(cache_entry(b->app->setup.cache, &uuid, &arena, &e, NULL), TC_OK);
  assert_int_equal(write_note(&act, &w, text, NULL), TC_OK);
  assert_int_equal(act_encode(&act, &record, NULL), TC_OK);
  assert_int_equal(journal_writer_open(&journal, b->scope, NULL), TC_OK);
  assert_int_equal(journal_writer_post(journal, record.data, record.len, NULL), TC_OK);
  journal_writer_close(journal);
  arena_free(&arena);
  buffer_free(&record);
  app_tick(b->app);
}

static void who_is_on_call_stays_chosen_when_gaps_come_first(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, "", HANDOVER - 10);
  press(&b, K_F9);
  choose(&b, TARGET_ENTRY, "Surgical intern");
  assert_int_equal(b.app->list.selected, 1);
  later(&b, 10);
  expect(&b, "NOBODY LISTED");
  assert_int_equal(b.app->list.selected, 0); /* its own gap has come first */
  assert_int_equal(chosen(&b)->uuid.b[15], 4);
  press(&b, K_ENTER);
  expect(&b, "Surgical intern on call");
  stop(&b);
}

#define ROUGE_DOWN                                                                                 \
  "incident | public | @i9\nby | xy\ndeclared\ndomain | rouge\nreason | dead\nsince | "            \
  "1795312140\n"

static void a_failure_domain_and_an_incident_stay_chosen(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, "", DOWNTIME_NOW);
  press(&b, K_F4);
  choose(&b, TARGET_WHAT_IF, "carrier-a");
  revise(&b, ROUGE_DOWN);
  assert_string_equal(chosen(&b)->text, "carrier-a");
  choose(&b, TARGET_INCIDENT, "Saint-Aubin");
  struct uuid was = chosen(&b)->uuid;
  note_elsewhere(&b, 3, "anything");
  assert_true(uuid_equal(&was, &chosen(&b)->uuid));
  choose(&b, TARGET_SAY, "report it");
  revise(&b, ROUGE_DOWN "ended | 1795312200\n");
  expect(&b, "report it");
  assert_int_equal(chosen(&b)->kind, TARGET_SAY);
  stop(&b);
}

static void what_is_over_is_not_ended_and_nothing_else_is(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, ROUGE_DOWN, DOWNTIME_NOW);
  press(&b, K_F4);
  choose(&b, TARGET_INCIDENT, "Red phones");
  revise(&b, ROUGE_DOWN "ended | 1795312200\n");
  expect(&b, "what was chosen is no longer in this list");
  press(&b, K_ENTER);
  assert_true(uuid_is_nil(&b.app->incident));
  expect(&b, "nothing was done");
  press(&b, K_HOME);
  revise(&b, ROUGE_DOWN);
  choose(&b, TARGET_INCIDENT, "Red phones");
  press(&b, K_ENTER); /* its own page */
  revise(&b, ROUGE_DOWN "ended | 1795312200\n");
  type(&b, "2");
  assert_int_equal(app_screen(b.app), SCREEN_INCIDENTS);
  expect(&b, "2 that incident is over already");
  press(&b, K_ESC);
  press(&b, K_F4);
  revise(&b, ROUGE_DOWN);
  choose(&b, TARGET_INCIDENT, "Red phones");
  press(&b, K_ENTER);
  type(&b, "2");
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  revise(&b, ROUGE_DOWN "ended | 1795312200\n");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  expect(&b, "that incident is over already");
  assert_null(written(&b, "incident-end", 0));
  stop(&b);
}

static void what_was_written_stays_chosen_when_more_is(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC, DOWNTIME_NOW);
  note_elsewhere(&b, 70, "first of all");
  later(&b, 60);
  press(&b, K_F11);
  choose(&b, TARGET_ENTRY, "first of all");
  note_elsewhere(&b, 3, "second");
  expect(&b, "second");
  assert_int_equal(chosen(&b)->uuid.b[15], 70);
  press(&b, K_ENTER);
  expect(&b, "Bloc nord");
  later(&b, 60);
  note_elsewhere(&b, 4, "third");
  press(&b, K_ESC);
  expect(&b, "third");
  assert_int_equal(chosen(&b)->uuid.b[15], 70);
  stop(&b);
}

#define NOTE(n, words) "note | @n" #n " | " words " | at=1795312000 | by=NE | until=1795400000\n"

static void open_write(struct bench *b) {
  type(b, "bloc nord");
  press(b, K_ENTER);
  type(b, "+");
  assert_int_equal(app_screen(b->app), SCREEN_WRITE);
}

static void what_is_taken_back_is_what_was_read(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC NOTE(72, "the second note"), DOWNTIME_NOW);
  open_write(&b);
  choose(&b, TARGET_WITHDRAW, "the second note");
  revise(&b, BLOC NOTE(71, "the first note") NOTE(72, "the second note"));
  expect(&b, "the first note");
  assert_int_equal(chosen(&b)->uuid.b[15], 72);
  press(&b, K_ENTER);
  expect(&b, "SAB Bloc nord: the second note");
  press(&b, K_ENTER);
  sign(&b);
  const struct act_held *back = written(&b, "withdrawal", 0);
  assert_non_null(back);
  assert_int_equal(act_get_uuid(&back->act, "act").b[15], 72);
  stop(&b);
}

/* Who reads the log later knows which of them it was. */
static void the_log_says_what_was_taken_back(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC, DOWNTIME_NOW);
  note_elsewhere(&b, 70, "ring twice");
  later(&b, 60);
  open_write(&b);
  choose(&b, TARGET_WITHDRAW, "ring twice");
  press(&b, K_ENTER);
  type(&b, "mistyped");
  press(&b, K_ENTER);
  sign(&b);
  press(&b, K_F11);
  expect(&b, "mistyped: ring twice");
  stop(&b);
}

static void what_is_gone_is_not_taken_back_and_nothing_else_is(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC NOTE(71, "the first note") NOTE(72, "the second note"), DOWNTIME_NOW);
  open_write(&b);
  choose(&b, TARGET_WITHDRAW, "the first note");
  revise(&b, BLOC NOTE(72, "the second note"));
  press(&b, K_ENTER);
  expect(&b, "nothing was done");
  assert_int_equal(app_screen(b.app), SCREEN_WRITE);
  choose(&b, TARGET_WITHDRAW, "the second note");
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  revise(&b, BLOC);
  press(&b, K_ENTER);
  type(&b, "AB");
  press(&b, K_ENTER);
  expect(&b, "it does not stand there any more");
  assert_null(written(&b, "withdrawal", 0));
  stop(&b);
}

/* A form is of the number it was opened for, or of none. */
static void a_form_is_of_what_it_was_opened_for(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, BLOC FIRST, DOWNTIME_NOW);
  open_write(&b);
  choose(&b, TARGET_OVERRIDE, "mobile"); /* the first number */
  revise(&b, BLOC);
  assert_int_equal(chosen(&b)->uuid.b[15], 70); /* its place is kept, marked */
  press(&b, K_DOWN);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  assert_int_equal(b.app->form.which.b[15], 71);
  type(&b, "0639981911");
  press(&b, K_ENTER);
  type(&b, "2h");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  revise(&b, "entry | public | @e70\ntype | service\nname | Bloc nord\nsite | SAB\n"
             "c | 002 | @c72 | 0639981988 | kind=mobile | e=+33639981988\n");
  type(&b, "AB");
  press(&b, K_ENTER);
  expect(&b, "that number is no longer listed");
  assert_null(written(&b, "override", 0));
  stop(&b);
}

static void a_set_that_is_taken_out_of_a_round_is_not_ticked_and_no_other(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, "", DOWNTIME_NOW);
  press(&b, K_F11);
  choose(&b, TARGET_ROUND, "");
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_ROUND);
  press(&b, K_HOME); /* 7700, of the code */
  revise(&b, "entry | public | @e1\ntype | code\nfor | arrest\nname | Cardiac arrest\nsite | SAB\n"
             "rank | 10\nc | 000 | @c1 | 2222 | kind=extension | plan=SAB\n");
  type(&b, "2");
  expect(&b, "nothing was done");
  assert_null(written(&b, "test", 0));
  stop(&b);
}

/* ---- F6 ----------------------------------------------------------------------------------------
 */

#define FAXES                                                                                      \
  "entry | public | @e70\ntype | service\nname | Bloc nord\nsite | SAB\n"                          \
  "c | 000 | @c71 | 0199005252 | kind=fax | e=+33199005252\n"
#define BLOC_OTHER                                                                                 \
  "entry | public | @e79\ntype | service\nname | Elsewhere\nsite | RIV\n"                          \
  "c | 000 | @c79 | 0199004779 | kind=direct-line | e=+33199004779\n"
#define NEAR "entry | public | @e72\ntype | service\nname | Bloc sud\nsite | SAB\n"
#define NEAR_FAX "c | 000 | @c74 | 0199005258 | kind=fax | e=+33199005258\n"

static void open_fax(struct bench *b) {
  type(b, "bloc nord");
  press(b, K_F6);
  assert_int_equal(app_screen(b->app), SCREEN_FAX);
}

/* What it was of may be gone: the memory, too. */
static void a_fax_that_was_left_is_looked_at_no_more(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, FAXES "\n" NEAR NEAR_FAX, DOWNTIME_NOW);
  open_fax(&b);
  press(&b, K_ESC);
  for (int i = 0; i < 2; i++) { /* two cards take the places in turn */
    press(&b, K_F10);
    type(&b, i ? "bloc nord" : "bloc sud");
    press(&b, K_ENTER);
    assert_null(b.app->fax);
  }
  later(&b, 60);
  expect(&b, "Bloc nord");
  stop(&b);
}

static void a_verdict_on_a_fax_stays_while_others_change(void **state) {
  (void)state;
  struct bench b;
  start_with(&b, FAXES "\n" NEAR NEAR_FAX, DOWNTIME_NOW);
  open_fax(&b);
  type(&b, "52");
  revise(&b, BLOC_OTHER);
  expect(&b, "last four that you keyed in: 5 2 _ _");
  type(&b, "58");
  expect(&b, "STOP: those are of SAB Bloc sud");
  note_elsewhere(&b, 3, "anything"); /* of another entry */
  expect(&b, "STOP: those are of SAB Bloc sud");
  later(&b, 60);
  expect(&b, "STOP: those are of SAB Bloc sud");
  revise(&b, NEAR); /* it is nobody's now */
  expect_not(&b, "STOP");
  expect(&b, "_ _ _ _");
  expect(&b, "what it was checked against has changed");
  type(&b, "5252");
  expect(&b, "they are right");
  revise(&b, FAXES "c | 001 | @c75 | 0199005277 | kind=fax | e=+33199005277\n"); /* one more */
  expect(&b, "they are right");
  revise(&b, "entry | public | @e70\ntype | service\nname | Bloc nord\nsite | SAB\n"
             "c | 001 | @c75 | 0199005277 | kind=fax | e=+33199005277\n");
  expect_not(&b, "they are right");
  expect(&b, "removed 03:15, fax machine"); /* in the list of both */
  type(&b, "5252");
  later(&b, 60);
  expect_not(&b, "_ _ _ _"); /* a minute is no change */
  stop(&b);
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("two");
  i18n_language("en");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_call_is_noted_of_the_number_asked_about),
      cmocka_unit_test(a_number_that_changes_under_the_question_is_noted_as_it_was_dialled),
      cmocka_unit_test(a_number_that_is_gone_is_noted_all_the_same),
      cmocka_unit_test(a_call_over_a_handover_is_of_whom_it_was),
      cmocka_unit_test(a_tick_is_of_the_member_it_was_pressed_for),
      cmocka_unit_test(who_is_taken_out_meanwhile_is_not_ticked_and_nobody_else),
      cmocka_unit_test(a_roll_call_is_of_the_member_and_a_tick_taken_back_the_one_shown),
      cmocka_unit_test(a_tick_notes_the_number_that_the_row_said),
      cmocka_unit_test(who_is_on_call_stays_chosen_when_gaps_come_first),
      cmocka_unit_test(a_failure_domain_and_an_incident_stay_chosen),
      cmocka_unit_test(what_is_over_is_not_ended_and_nothing_else_is),
      cmocka_unit_test(what_was_written_stays_chosen_when_more_is),
      cmocka_unit_test(what_is_taken_back_is_what_was_read),
      cmocka_unit_test(the_log_says_what_was_taken_back),
      cmocka_unit_test(what_is_gone_is_not_taken_back_and_nothing_else_is),
      cmocka_unit_test(a_form_is_of_what_it_was_opened_for),
      cmocka_unit_test(a_set_that_is_taken_out_of_a_round_is_not_ticked_and_no_other),
      cmocka_unit_test(a_fax_that_was_left_is_looked_at_no_more),
      cmocka_unit_test(a_verdict_on_a_fax_stays_while_others_change),
  };
  return cmocka_run_group_tests_name("kept", tests, NULL, NULL);
}
