/* The whole program but its terminal: keys in, screens out, over a real directory. */
#include <locale.h>
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
#include "db/state.h"
#include "db/writer.h"
#include "tests/lib/bench.h"
#include "tests/lib/small_directory.h"
#include "tui/app_state.h"

static void three_letters_show_the_number_as_dialled_from_here(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  expect(&b, "SAB Saint-Aubin, ward phone");
  expect(&b, "imported 12 Nov 03:12 (10 d)");
  expect(&b, "Sun 22 Nov 03:14");
  expect(&b, "2222 arr");
  expect(&b, "switchboard 9");
  expect(&b, "Type a name, a service");
  expect(&b, "emergency codes here");
  expect(&b, "services here");
  type(&b, "rea");
  expect(&b, ">SAB Réanimation chirurgicale");
  expect(&b, "0 01 99 00 52 31");
  expect(&b, "other sites");
  expect(&b, "0 01 99 00 47 31");
  stop(&b);
}

static void a_card_opens_big_digits_and_esc_goes_back_step_by_step(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "pneumo");
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  type(&b, "1");
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  expect(&b, "Pneumologie");
  type(&b, "0");
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  assert_true(app_key(b.app, (struct key){K_TEXT, '&'})); /* 1 of a French keyboard */
  assert_int_equal(app_screen(b.app), SCREEN_DIGITS);
  press(&b, K_ESC);
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect(&b, "Find: pneumo");
  press(&b, K_ESC);
  expect_not(&b, "Find: pneumo");
  for (int i = 0; i < 10; i++)
    assert_true(press(&b, K_ESC)); /* it never quits */
  stop(&b);
}

/* The index of the bench's directory: its last byte changes. */
static void rot(const struct bench *b) {
  struct buffer bytes = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  snprintf(path, sizeof path, "%s/cache/1/1/words.1", b->scope);
  assert_int_equal(file_read(&bytes, path, 1 << 20, NULL), TC_OK);
  bytes.data[bytes.len - 1] ^= 0x41;
  assert_int_equal(file_replace(path, bytes.data, bytes.len, 0640, NULL), TC_OK);
  buffer_free(&bytes);
}

static void a_rotted_index_is_found_at_rest_and_not_while_somebody_types(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  prepare(&b, false);
  assert_int_equal(small_directory(b.scope, 1, &err), TC_OK);
  rot(&b);
  open_app(&b);
  type(&b, "rea"); /* no key waits for the proof */
  expect(&b, "Find: rea");
  expect_not(&b, "is damaged");
  bool changed = false;
  while (app_rest(b.app, &changed))
    ;
  assert_true(changed);
  expect(&b, "words.1 is damaged; tocsin-sync rebuild");
  type(&b, " chi");
  expect(&b, "is damaged");
  expect_not(&b, ">SAB");
  control(&b, 'U'); /* nothing typed: the codes are there, read from their records */
  expect(&b, ">SAB Arrêt cardiaque");
  expect(&b, "SAB inside: 2222");
  assert_int_equal(writer_rebuild(b.scope, NULL, NULL, NULL), TC_OK);
  assert_true(app_tick(b.app));
  type(&b, "rea chi");
  expect(&b, ">SAB Réanimation chirurgicale");
  stop(&b);
}

static void a_dead_number_says_so_before_anyone_dials(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  start(&b, true, false);
  type(&b, "45244");
  expect(&b, "RIV Réanimation chirurgicale: 45244 is dead since 13 Oct, now");
  expect(&b, "0 01 99 00 47 31; given to SAB Pneumologie, secrétariat");
  expect(&b, "45244 dead 13 Oct");
  assert_int_equal(small_directory(b.scope, 2, &err), TC_OK);
  assert_true(app_tick(b.app));
  expect(&b, "45244 dead 13 Oct"); /* in the next revision too */
  expect(&b, "RIV Réanimation chirurgicale: 45244 is dead since 13 Oct, now");
  press(&b, K_BACKSPACE);
  expect_not(&b, "is dead since"); /* only a part of it: the row alone says it */
  expect(&b, "45244 dead 13 Oct");
  stop(&b);
}

static void a_letter_on_a_card_starts_a_new_find(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "pneumo");
  press(&b, K_ENTER);
  type(&b, "ex");
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect(&b, "Find: ex");
  expect(&b, "Exemple Nina");
  stop(&b);
}

static void f10_clears_and_brings_back(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "pneumo");
  press(&b, K_ENTER);
  control(&b, 'N');
  expect_not(&b, "Find: pneumo");
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  press(&b, K_F10);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "Pneumologie");
  press(&b, K_ESC);
  expect(&b, "Find: pneumo");
  stop(&b);
}

static void leaving_is_a_question(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  control(&b, 'X');
  expect(&b, "Leave tocsin?");
  assert_true(press(&b, K_ESC));
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  control(&b, 'X');
  assert_false(press(&b, K_ENTER));
  stop(&b);
}

static void what_was_typed_can_be_edited(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "rea chirx");
  press(&b, K_BACKSPACE);
  expect(&b, "Find: rea chir");
  control(&b, 'W');
  expect(&b, "Find: rea");
  expect_not(&b, "Find: rea c");
  press(&b, K_HOME);
  type(&b, "x");
  expect(&b, "Find: xrea");
  press(&b, K_DELETE);
  expect(&b, "Find: xea");
  control(&b, 'U');
  expect_not(&b, "Find: x");
  app_key(b.app, (struct key){K_PASTE, 0xE9});
  expect(&b, "Find: é");
  press(&b, K_BACKSPACE);
  expect_not(&b, "Find: é");
  stop(&b);
}

static void calling_from_a_mobile_changes_what_is_pressed(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "rea");
  expect(&b, "0 01 99 00 52 31");
  press(&b, K_F5);
  type(&b, "3");
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect(&b, "mobile");
  expect_not(&b, "0 01 99 00 52 31");
  expect(&b, "01 99 00 52 31");
  stop(&b);
}

static void sites_can_be_browsed_down_to_a_card(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  press(&b, K_F2);
  expect(&b, "all sites, mine first");
  expect(&b, "RIV Les Rives");
  press(&b, K_END);
  press(&b, K_ENTER);
  expect(&b, "I am at RIV");
  press(&b, K_END);
  press(&b, K_RIGHT);
  press(&b, K_END);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "Réanimation chirurgicale");
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_SITES);
  for (int i = 0; i < 5; i++)
    press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  stop(&b);
}

static void a_new_revision_changes_cells_in_place(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  start(&b, true, false);
  type(&b, "rea");
  press(&b, K_DOWN);
  screen_text(&b);
  assert_false(app_tick(b.app));
  assert_int_equal(small_directory(b.scope, 2, &err), TC_OK);
  assert_true(app_tick(b.app));
  expect(&b, "SAB!Réanimation chirurgicale ");
  expect(&b, "0 01 99 00 53 02");
  expect(&b, "changed");
  expect(&b, ">SAB Réanimation chirurgicale, interne, Pav"); /* the selection stays */
  type(&b, " ");
  type(&b, "c");
  expect_not(&b, "changed");
  stop(&b);
}

static void digits_being_read_never_change_silently(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  start(&b, true, false);
  type(&b, "rea chir");
  press(&b, K_ENTER);
  type(&b, "1");
  expect(&b, "0, 01, 99, 00, 52, 31");
  assert_int_equal(small_directory(b.scope, 2, &err), TC_OK);
  assert_true(app_tick(b.app));
  expect(&b, "was 0 01 99 00 52 31");
  expect(&b, "0, 01, 99, 00, 53, 02");
  stop(&b);
}

static void without_a_directory_it_says_what_to_run_and_opens_when_there_is_one(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  start(&b, false, false);
  expect(&b, "tocsin-sync import FILE");
  type(&b, "abc");
  assert_int_equal(app_screen(b.app), SCREEN_EMPTY);
  assert_false(app_tick(b.app));
  assert_int_equal(small_directory(b.scope, 1, &err), TC_OK);
  assert_true(app_tick(b.app));
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  expect(&b, "SAB Saint-Aubin");
  stop(&b);
}

static void a_desk_remembers_and_another_terminal_does_not(void **state) {
  (void)state;
  for (int desk = 0; desk < 2; desk++) {
    struct bench b;
    start(&b, true, desk);
    type(&b, "pneumo");
    press(&b, K_ENTER);
    type(&b, "*");
    app_close(b.app);
    open_app(&b);
    if (desk) {
      expect(&b, "favourites");
      press(&b, K_TAB); /* to its row: then it is told in full */
      expect(&b, "Pneumologie");
    } else {
      expect_not(&b, "favourites");
      expect_not(&b, "opened last");
    }
    stop(&b);
  }
}

static void the_last_four_digits_of_a_fax_are_checked(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "rea chir");
  press(&b, K_F6);
  assert_int_equal(app_screen(b.app), SCREEN_FAX);
  expect(&b, "0      0    1      9    9      0    0      5    2      4    0");
  expect(&b, "stands in: Pav. Alma 2e");
  expect(&b, "RIV Laboratoire");
  expect(&b, "digits 2 and 1 from the end, swapped");
  expect_not(&b, "52 04"); /* a look-alike's digits never beside the right ones */
  type(&b, "524");
  expect(&b, "5 2 4 _");
  type(&b, "0");
  expect(&b, "they are right");
  type(&b, "5204"); /* another try */
  expect(&b, "STOP: those are of RIV Laboratoire");
  press(&b, K_BACKSPACE);
  expect(&b, "5 2 0 _");
  type(&b, "1");
  expect(&b, "STOP: they are not of this fax");
  static const uint32_t french[] = {'(', 0xE9, '\'', 0xE0}; /* 5 2 4 0 unshifted */
  for (size_t i = 0; i < 4; i++)
    app_key(b.app, (struct key){K_TEXT, french[i]});
  expect(&b, "they are right");
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  stop(&b);
}

static void a_fax_is_chosen_among_several_and_an_entry_without_says_so(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "laboratoire");
  press(&b, K_ENTER);
  control(&b, 'F');
  expect(&b, "> 0 01 99 00 52 04  fax machine");
  type(&b, "12");
  press(&b, K_DOWN);
  expect(&b, "> 0 01 99 00 47 80  fax server");
  expect(&b, "no paper comes out");
  expect(&b, "_ _ _ _"); /* what was typed was of the other */
  type(&b, "p");         /* a letter starts a new find */
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  type(&b, "neumo");
  press(&b, K_F6);
  expect(&b, "No fax is listed here.");
  expect(&b, "Ask the switchboard: 9");
  stop(&b);
}

static void a_fax_that_changes_while_it_is_read_says_so(void **state) {
  (void)state;
  struct bench b;
  struct tc_error err = {0};
  start(&b, true, false);
  type(&b, "rea chir");
  press(&b, K_F6);
  type(&b, "5240");
  expect(&b, "they are right");
  later(&b, 60);
  expect(&b, "they are right"); /* the minute takes nothing away */
  assert_int_equal(small_directory(b.scope, 2, &err), TC_OK);
  assert_true(app_tick(b.app));
  expect(&b, "they are right"); /* nor does a revision that leaves it as it was */
  press(&b, K_F5);
  type(&b, "3");
  type(&b, "rea chir");
  press(&b, K_F6);
  expect(&b, "0    1      9    9      0    0      5    2      4    0");
  expect(&b, "from mobile at SAB");
  stop(&b);
}

static void put_state(struct bench *b, const char *text) {
  char path[FOLDER_PATH + 16];
  snprintf(path, sizeof path, "%s/state", b->scope);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  assert_int_equal(fclose(f), 0);
}

static void the_status_says_how_the_directory_stands_with_its_source(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  press(&b, K_F12);
  assert_int_equal(app_screen(b.app), SCREEN_STATUS);
  expect(&b, "none: this directory was imported from a file");
  expect(&b, "9, with 12 contact points");
  struct sync_state s = {.source = "db.example:5432/tocsin",
                         .result = "failed",
                         .text = "the server does not answer",
                         .confirmed = SMALL_TIME,
                         .checked = SMALL_TIME + 864000,
                         .revision = 1};
  struct tc_error err = {0};
  assert_int_equal(state_write(&s, b.scope, &err), TC_OK);
  expect(&b, "db.example:5432/tocsin");
  expect(&b, "! the server does not answer");
  expect(&b, "12 Nov 03:12 (10 d)");
  put_state(&b, "\x01\x02 no INI\n");
  expect(&b, "! ");
  expect_not(&b, "db.example");
  press(&b, K_ESC);
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  stop(&b);
}

static void any_keys_at_any_size_are_survived(void **state) {
  (void)state;
  struct bench b;
  unsigned seed = 20261122;
  start(&b, true, true);
  for (int i = 0; i < 4000; i++) {
    seed = seed * 1103515245u + 12345u;
    unsigned r = seed >> 8;
    struct key key = {K_TEXT, (uint32_t) "rea chi 123*0&\xE9"[r % 15]};
    if (r % 3 == 0)
      key = (struct key){(enum key_name)(r / 3 % K_COUNT), 'a'};
    else if (r % 17 == 0)
      key = (struct key){K_CTRL, 'A' + r / 17 % 26};
    if (key.point > 0x7F)
      key.point = 0xE9;
    if (i % 7 == 0) {
      int rows = 1 + (int)(r % 70), cols = 1 + (int)(r % 220);
      assert_int_equal(grid_resize(&b.grid, rows, cols, NULL), TC_OK);
      app_size(b.app, rows, cols);
    }
    if (!app_key(b.app, key))
      press(&b, K_ESC); /* it would have left: it goes on */
    app_draw(b.app, &b.grid);
  }
  stop(&b);
}

static void open_icu(struct bench *b) {
  type(b, "rea chir");
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_CARD);
}

static void a_note_is_written_from_the_card_and_stands_there_not_confirmed(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  open_icu(&b);
  type(&b, "+");
  assert_int_equal(app_screen(b.app), SCREEN_WRITE);
  expect(&b, "temporary number");
  type(&b, "1");
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  expect(&b, "note: SAB R");
  type(&b, "ring twice, then 2");
  press(&b, K_ENTER);
  expect(&b, "2h, 3d, 08:30");
  control(&b, 'U');
  type(&b, "no time at all");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  expect(&b, "is no time"); /* and nothing of what was typed is lost */
  expect(&b, "ring twice, then 2");
  press(&b, K_UP);
  control(&b, 'U');
  type(&b, "2h");
  press(&b, K_DOWN);
  type(&b, "NE");
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "written");
  expect(&b, "suggested, not confirmed: ring twice, then 2 until 05:14 (NE)");
  type(&b, "+");
  type(&b, "1");
  expect_not(&b, "initials"); /* they are known */
  press(&b, K_ESC);
  press(&b, K_ESC);
  type(&b, "+");
  press(&b, K_END);
  press(&b, K_ENTER); /* the last that can be done: taking it back */
  expect(&b, "withdrawal: SAB R");
  press(&b, K_ENTER);
  expect_not(&b, "ring twice");
  press(&b, K_F11);
  assert_int_equal(app_screen(b.app), SCREEN_DESK);
  expect(&b, "you sign as NE");
  expect(&b, "ring twice, then 2"); /* what was written stays in the list */
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  stop(&b);
}

/* Its end would be over on every other terminal before anybody read it. */
static void what_a_wrong_clock_writes_ends_by_the_directorys_own(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  int64_t right = b.app->setup.clock.at, last = cache_info(b.app->setup.cache)->source_time;
  b.app->setup.clock.at = last - INT64_C(3) * 86400;
  open_icu(&b);
  expect(&b, "CLOCK WRONG");
  type(&b, "+1ring twice");
  press(&b, K_ENTER);
  control(&b, 'U');
  type(&b, "2h");
  press(&b, K_ENTER);
  type(&b, "NE");
  press(&b, K_ENTER);
  expect(&b, "CLOCK WRONG: until ");
  expect(&b, "; written as a suggestion, not confirmed");
  b.app->setup.clock.at = right;
  size_t count;
  assert_int_equal(cache_refresh(b.app->setup.cache, NULL), TC_OK);
  const struct act_held *written = cache_written(b.app->setup.cache, &count);
  assert_int_equal(count, 1);
  assert_int_equal(written->act.at, last);
  assert_int_equal(act_get_int(&written->act, "until"), last + 7200);
  stop(&b);
}

static void what_is_to_be_read_first_stands_in_the_row_and_cuts_no_number(void **state) {
  (void)state;
  struct bench b;
  start_switchboard(&b, "");
  open_icu(&b);
  type(&b, "+1ring twice, then 2");
  press(&b, K_ENTER);
  control(&b, 'U');
  type(&b, "2h");
  press(&b, K_ENTER);
  type(&b, "NE");
  press(&b, K_ENTER);
  expect(&b, "note: not confirmed: ring twice");
  press(&b, K_ESC);
  expect(&b, ">SAB+R\xc3\xa9"
             "animation chirurgicale ");
  expect(&b, " note? 03:14 NE 0 01 99 00 52 31"); /* two words of it would say nothing */
  expect(&b, "   note: not confirmed: ring twice, then 2");
  assert_int_equal(grid_resize(&b.grid, 60, 200, NULL), TC_OK);
  app_size(b.app, 60, 200);
  expect(&b, " note? 03:14 NE: ring twice, then 2 ");
  assert_int_equal(grid_resize(&b.grid, 10, 40, NULL), TC_OK);
  app_size(b.app, 10, 40);
  expect(&b, ">SAB+0 01 99 00 52 31 ");
  assert_int_equal(grid_resize(&b.grid, 24, 80, NULL), TC_OK);
  app_size(b.app, 24, 80);
  press(&b, K_F10);
  type(&b, "pneumo");
  expect(&b, ">SAB!Pneumologie, secr");
  expect(&b, " absent until 2 Dec 03:12");
  expect(&b, " 4 5244 ");
  later(&b, 2 * 3600 + 60); /* it holds so long and no longer */
  press(&b, K_F10);
  type(&b, "rea chir");
  expect(&b, ">SAB+R\xc3\xa9"
             "animation chirurgicale ");
  expect(&b, " note 12 Nov ");
  expect_not(&b, "ring twice");
  stop(&b);
}

static void a_correction_begins_with_what_stands_there(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  open_icu(&b);
  type(&b, "+");
  press(&b, K_END);
  for (int i = 0; i < 10; i++)
    press(&b, K_UP);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_FORM);
  expect(&b, "suggestion: SAB R");
  expect(&b, "> name");
  expect(&b, "animation chirurgicale");
  type(&b, " 2");
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "suggested, not confirmed: name:");
  stop(&b);
}

static void what_cannot_be_saved_is_told_and_saved_later(void **state) {
  (void)state;
  struct bench b;
  char path[FOLDER_PATH + 16];
  start(&b, true, false);
  snprintf(path, sizeof path, "%s/journal", b.scope);
  FILE *f = fopen(path, "w"); /* a file is in the way */
  assert_non_null(f);
  assert_int_equal(fclose(f), 0);
  open_icu(&b);
  type(&b, "+1x");
  for (int i = 0; i < 3; i++)
    press(&b, K_ENTER);
  assert_int_equal(app_screen(b.app), SCREEN_CARD);
  expect(&b, "NOT SAVED");
  assert_int_equal(remove(path), 0);
  int64_t deadline = clock_monotonic_us() + 20 * 1000000LL;
  bool saved = false;
  while (!saved && clock_monotonic_us() < deadline) {
    struct timespec step = {.tv_nsec = 20000000};
    nanosleep(&step, NULL);
    app_tick(b.app);
    saved = strstr(screen_text(&b), "not confirmed: x until") != NULL;
  }
  assert_true(saved);
  stop(&b);
}

/* Its directory is no longer one: what was read of it before is all that there is.  SQLite keeps
 * what it has read as long as the log's index says so, which goes with it. */
static void break_directory(const struct bench *b) {
  static const char *const files[] = {"directory.db", "directory.db-shm"};
  static const char rubbish[4096] = "rubbish";
  char path[FOLDER_PATH + 32];
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    snprintf(path, sizeof path, "%s/cache/1/1/%s", b->scope, files[i]);
    FILE *f = fopen(path, "r+");
    assert_non_null(f);
    assert_int_equal(fwrite(rubbish, sizeof rubbish, 1, f), 1);
    assert_int_equal(fclose(f), 0);
  }
}

static size_t path_shown(struct bench *b) {
  return strstr(screen_text(b), b->scope) ? 1 : 0;
}

/* What is begun before the directory breaks, and gone on with. */
struct way {
  const char *find; /* a card; NULL: none */
  enum key_name key;
  enum target_kind before, after; /* rows of the list it opens, TARGET_NOTHING: none */
  const char *typed;
};

static void open_row(struct bench *b, enum target_kind kind) {
  for (size_t i = b->app->list.count; i--;)
    if (b->app->targets[i].kind == kind)
      b->app->list.selected = i;
  if (kind != TARGET_NOTHING)
    press(b, K_ENTER);
}

static size_t paths_of_a_broken(struct bench *b, const struct way *way) {
  static const enum key_name keys[] = {K_ENTER, K_ENTER, K_ENTER, K_F9, K_F9};
  if (way->find) {
    type(b, way->find);
    press(b, K_ENTER);
  }
  press(b, way->key);
  open_row(b, way->before);
  type(b, way->typed);
  break_directory(b);
  open_row(b, way->after);
  size_t paths = path_shown(b);
  type(b, "1"); /* notes it; it may ask for initials first */
  paths += path_shown(b);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    press(b, keys[i]);
    paths += path_shown(b);
  }
  return paths;
}

static void open_at(struct bench *b, bool kiosk) {
  open_app(b);
  b->app->setup.kiosk = kiosk;
  assert_int_equal(grid_resize(&b->grid, 24, 200, NULL), TC_OK); /* no path is longer */
  app_size(b->app, 24, 200);
}

/* On how many screens a path stands where a disk takes nothing. */
static size_t paths_of_the_journal(struct bench *b, bool kiosk) {
  char path[FOLDER_PATH + 16];
  snprintf(path, sizeof path, "%s/journal", b->scope);
  FILE *f = fopen(path, "w"); /* a file is in the way */
  assert_non_null(f);
  assert_int_equal(fclose(f), 0);
  open_at(b, kiosk);
  type(b, "surgical icu");
  press(b, K_ENTER);
  type(b, "+1x");
  for (int i = 0; i < 3; i++)
    press(b, K_ENTER);
  expect(b, "NOT SAVED");
  size_t paths = path_shown(b);
  press(b, K_F11);
  expect(b, kiosk ? "what is written here may be lost" : "cannot read");
  return paths + path_shown(b);
}

static void a_kiosk_says_no_path_of_a_fault_and_a_desk_does(void **state) {
  static const struct way ways[] = {
      {NULL, K_F11, TARGET_GROUPS, TARGET_GROUP, ""},
      {NULL, K_F11, TARGET_ROUND, TARGET_NOTHING, ""},
      {NULL, K_F11, TARGET_CHASE, TARGET_NOTHING, ""},
      {NULL, K_F4, TARGET_NOTHING, TARGET_WHAT_IF, ""},
      {NULL, K_F4, TARGET_SAY, TARGET_NOTHING, ""},
      {NULL, K_F9, TARGET_NOTHING, TARGET_ENTRY, ""},
      {"surgical icu", K_F8, TARGET_NOTHING, TARGET_NOTHING, ""},
      {"surgical icu", K_ENTER, TARGET_NOTHING, TARGET_NOTHING, "+2"},
      {"surgical icu", K_ENTER, TARGET_NOTHING, TARGET_NOTHING, "+1x"}};
  enum { WAYS = sizeof ways / sizeof *ways };
  struct bench b;
  (void)state;
  for (size_t i = 0; i <= WAYS; i++)
    for (int kiosk = 0; kiosk < 2; kiosk++) {
      start_night(&b, AUDIENCE_SWITCHBOARD);
      app_close(b.app);
      if (i < WAYS)
        open_at(&b, kiosk);
      size_t paths = i < WAYS ? paths_of_a_broken(&b, &ways[i]) : paths_of_the_journal(&b, kiosk);
      if ((paths == 0) != (kiosk == 1))
        fail_msg("way %zu: %zu paths, kiosk %d:\n%s", i, paths, kiosk, screen_text(&b));
      stop(&b);
    }
}

static void what_must_be_known_before_a_number_is_dialled_stands_before_it(void **state) {
  (void)state;
  struct bench b;
  start(&b, true, false);
  type(&b, "pneumo");
  expect(&b, ">SAB!Pneumologie");
  expect(&b, "absent until 2 Dec 03:12"); /* in the row */
  for (int screen = 0; screen < 3; screen++) {
    const char *text = screen_text(&b);
    const char *away =
        strstr(text, "! absent until 2 Dec 03:12: covered by Exemple Nina  0 06 39 98");
    const char *never = strstr(text, "! do NOT call if: un lit est cherché");
    const char *number = strstr(text, screen < 2 ? "extension" : "read: 4");
    assert_true(away && never && number);
    assert_true(away < never);
    assert_true(screen ? never < number : never < strstr(never, "extension"));
    if (screen == 0)
      press(&b, K_ENTER);
    else
      type(&b, "1");
  }
  stop(&b);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  setenv("TZ", "UTC", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(three_letters_show_the_number_as_dialled_from_here),
      cmocka_unit_test(a_card_opens_big_digits_and_esc_goes_back_step_by_step),
      cmocka_unit_test(a_rotted_index_is_found_at_rest_and_not_while_somebody_types),
      cmocka_unit_test(a_dead_number_says_so_before_anyone_dials),
      cmocka_unit_test(a_letter_on_a_card_starts_a_new_find),
      cmocka_unit_test(f10_clears_and_brings_back),
      cmocka_unit_test(leaving_is_a_question),
      cmocka_unit_test(what_was_typed_can_be_edited),
      cmocka_unit_test(calling_from_a_mobile_changes_what_is_pressed),
      cmocka_unit_test(sites_can_be_browsed_down_to_a_card),
      cmocka_unit_test(a_new_revision_changes_cells_in_place),
      cmocka_unit_test(digits_being_read_never_change_silently),
      cmocka_unit_test(without_a_directory_it_says_what_to_run_and_opens_when_there_is_one),
      cmocka_unit_test(a_desk_remembers_and_another_terminal_does_not),
      cmocka_unit_test(the_last_four_digits_of_a_fax_are_checked),
      cmocka_unit_test(a_fax_is_chosen_among_several_and_an_entry_without_says_so),
      cmocka_unit_test(a_fax_that_changes_while_it_is_read_says_so),
      cmocka_unit_test(the_status_says_how_the_directory_stands_with_its_source),
      cmocka_unit_test(what_must_be_known_before_a_number_is_dialled_stands_before_it),
      cmocka_unit_test(any_keys_at_any_size_are_survived),
      cmocka_unit_test(a_note_is_written_from_the_card_and_stands_there_not_confirmed),
      cmocka_unit_test(what_a_wrong_clock_writes_ends_by_the_directorys_own),
      cmocka_unit_test(what_is_to_be_read_first_stands_in_the_row_and_cuts_no_number),
      cmocka_unit_test(a_correction_begins_with_what_stands_there),
      cmocka_unit_test(what_cannot_be_saved_is_told_and_saved_later),
      cmocka_unit_test(a_kiosk_says_no_path_of_a_fault_and_a_desk_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
