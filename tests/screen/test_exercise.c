/* What the screens say in an exercise, and how one comes out of it: the whole program but its
 * terminal over tests/data/downtime.txt, where nothing fails. */
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
#include "tests/lib/catalogue.h"
#include "tests/lib/downtime.h"
#include "tests/lib/folder.h"
#include "tui/app.h"
#include "tui/app_state.h"

struct desk {
  char scope[FOLDER_PATH];
  char config[FOLDER_PATH + 16];
  struct options options;
  struct app *app;
  struct grid grid;
  struct buffer text;
};

static void open_desk(struct desk *d, const char *name) {
  struct setup setup;
  struct tc_error err = {0};
  memset(d, 0, sizeof *d);
  d->grid = GRID_INIT;
  assert_int_equal(folder_make(d->scope), 0);
  setenv("XDG_STATE_HOME", d->scope, 1);
  setenv("HOME", d->scope, 1);
  if (downtime_directory_of(d->scope, "incident", AUDIENCE_SWITCHBOARD, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  snprintf(d->config, sizeof d->config, "%s/tocsin.conf", d->scope);
  FILE *f = fopen(d->config, "w");
  assert_non_null(f);
  fprintf(f,
          "[terminal]\nsite = SAB\nset = ward\ncountry = FR\nname = %s\nscope = %s\ndesk = yes\n",
          name, d->scope);
  assert_int_equal(fclose(f), 0);
  d->options = (struct options){.set = -1};
  d->options.value[OPT_CONFIG] = d->config;
  if (setup_open(&setup, &d->options, &err) != TC_OK)
    fail_msg("%s", err.text);
  setup.clock = (struct clock){.stopped = true, .at = DOWNTIME_NOW};
  assert_int_equal(app_open(&d->app, &setup, &d->options, &err), TC_OK);
}

static void close_desk(struct desk *d) {
  app_close(d->app);
  grid_free(&d->grid);
  buffer_free(&d->text);
  folder_remove(d->scope);
}

static void resize(struct desk *d, int rows, int cols) {
  assert_int_equal(grid_resize(&d->grid, rows, cols, NULL), TC_OK);
  app_size(d->app, rows, cols);
}

/* A disk that is slow shows what was written a moment later. */
static void wait_until_saved(struct desk *d) {
  int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);
  while (d->app->journal && journal_writer_unsaved(d->app->journal, NULL)) {
    assert_true(clock_monotonic_us() < end);
    sched_yield();
  }
  app_tick(d->app);
}

/* Keys: what is typed; a name in braces is a key. */
static void keys(struct desk *d, const char *text) {
  static const struct {
    const char *name;
    enum key_name key;
  } names[] = {{"{enter}", K_ENTER}, {"{esc}", K_ESC}, {"{down}", K_DOWN}, {"{F3}", K_F3},
               {"{home}", K_HOME},   {"{F4}", K_F4},   {"{F7}", K_F7},     {"{F8}", K_F8},
               {"{F9}", K_F9},       {"{F10}", K_F10}, {"{F11}", K_F11}};
  static const char saved[] = "{saved}";
  while (*text) {
    if (strncmp(text, saved, sizeof saved - 1) == 0) {
      wait_until_saved(d);
      text += sizeof saved - 1;
      continue;
    }
    size_t i = 0, count = sizeof names / sizeof names[0];
    while (i < count && strncmp(text, names[i].name, strlen(names[i].name)) != 0)
      i++;
    struct key key = {K_TEXT, (uint32_t)(unsigned char)*text};
    if (i < count)
      key = (struct key){names[i].key, 0};
    assert_true(app_key(d->app, key));
    text += i < count ? strlen(names[i].name) : 1;
  }
}

static bool shows(struct desk *d, const char *what) {
  app_draw(d->app, &d->grid);
  buffer_clear(&d->text);
  for (int row = 0; row < d->grid.rows; row++) {
    grid_row_text(&d->grid, row, &d->text);
    buffer_add_char(&d->text, '\n');
  }
  bool found = strstr(buffer_text(&d->text), what) != NULL;
  if (!found)
    print_message("%s", buffer_text(&d->text));
  return found;
}

static bool marked(struct desk *d) {
  shows(d, "");
  return strstr(buffer_text(&d->text), "EXERCISE") != NULL;
}

static void later(struct desk *d, int64_t seconds) {
  d->app->setup.clock.at += seconds;
  app_tick(d->app);
}

/* Everything but the domain is as the form has it. */
#define BEGIN "{F11}{enter}pbx-sab{enter}{enter}{enter}Blanc{enter}xy{enter}{saved}"

/* ---- in and out --------------------------------------------------------------------------------
 */

/* An act of somebody else, at the same machine. */
static void write_other(struct desk *d, const char *type, const char *const (*fields)[2]) {
  struct arena arena = ARENA_INIT;
  struct buffer record = BUFFER_INIT;
  struct tc_error err = {0};
  struct act act = {.audience = AUDIENCE_SWITCHBOARD,
                    .type = type,
                    .terminal = {{[15] = 200}},
                    .subject = {{[15] = 1}},
                    .account = "",
                    .initials = "NE",
                    .at = d->app->setup.clock.at};
  assert_int_equal(uuid_random(&act.uuid, NULL), TC_OK);
  for (; (*fields)[0]; fields++)
    act_put(&act, &arena, (*fields)[0], (*fields)[1]);
  act_put_int(&act, &arena, "until", act.at + 7200);
  if (act_encode(&act, &record, &err) != TC_OK ||
      journal_append(d->scope, record.data, record.len, &err) != TC_OK)
    fail_msg("%s", err.text);
  buffer_free(&record);
  arena_free(&arena);
  app_tick(d->app);
}

static void begin_elsewhere(struct desk *d, const char *terminals) {
  const char *const fields[][2] = {
      {"name", "Blanc"}, {"domains", "pbx-sab"}, {"terminals", terminals}, {NULL, NULL}};
  write_other(d, "exercise-begin", fields);
}

static void report_elsewhere(struct desk *d) {
  static const char *const fields[][2] = {{"domain", "rouge"}, {NULL, NULL}};
  write_other(d, "incident-report", fields);
}

static void the_real_answer_is_one_key_away_and_back(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "surgical icu{enter}");
  assert_true(shows(&d, "EXERCISE Surgical ICU"));
  assert_true(shows(&d, "DOWN PBX Saint-Aubin"));
  keys(&d, "{F3}");
  assert_true(shows(&d, "REAL: what is so now"));
  keys(&d, "{down}");
  assert_false(marked(&d));
  assert_null(strstr(buffer_text(&d.text), "DOWN"));
  keys(&d, "{F3}{F3}");
  assert_true(shows(&d, "EXERCISE Surgical ICU"));
  keys(&d, "{F3}{esc}{esc}"); /* the card, what was typed */
  assert_false(marked(&d));
  keys(&d, "{esc}");
  assert_true(shows(&d, "EXERCISE: Blanc; F3 shows the real answer"));
  close_desk(&d);
}

static void another_time_is_looked_at_from_the_real_one(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "{F3}{F3}sun 20:00{enter}surg");
  assert_true(shows(&d, "NOT NOW"));
  assert_false(marked(&d));
  keys(&d, "{F3}");
  keys(&d, "{esc}");
  assert_false(marked(&d));
  close_desk(&d);
}

static void it_ends_itself(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "surgical icu{enter}");
  later(&d, 3599);
  assert_true(marked(&d));
  keys(&d, "{down}"); /* somebody is here */
  later(&d, 1);
  assert_true(shows(&d, "Exercise ended: its time is over"));
  keys(&d, "{down}");
  assert_false(marked(&d));
  close_desk(&d);
}

static void what_really_fails_ends_it_in_the_middle_of_anything(void **state) {
  (void)state;
  static const char *const where[] = {"",
                                      "surg",
                                      "surgical icu{enter}",
                                      "surgical icu{enter}1",
                                      "surgical icu{enter}{F8}",
                                      "{F4}",
                                      "{F9}",
                                      "{F11}"};
  for (size_t i = 0; i < sizeof where / sizeof where[0]; i++) {
    struct desk d;
    open_desk(&d, "desk-1");
    resize(&d, 24, 80);
    keys(&d, BEGIN);
    keys(&d, where[i]);
    assert_true(marked(&d));
    report_elsewhere(&d);
    assert_true(shows(&d, "Exercise ended: real incident Red phones"));
    keys(&d, "{down}");
    assert_false(marked(&d));
    later(&d, 60);
    assert_false(marked(&d));
    close_desk(&d);
  }
}

static void who_is_in_the_middle_of_something_stays_with_what_is_real(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, "surgical icu{enter}");
  begin_elsewhere(&d, "desk-9,desk-1");
  assert_true(shows(&d, "An exercise begins: Blanc. This stays the real answer"));
  keys(&d, "{down}");
  assert_false(marked(&d));
  keys(&d, "{F11}{enter}");
  assert_true(marked(&d));
  close_desk(&d);
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  begin_elsewhere(&d, "desk-9,desk-1");
  assert_true(shows(&d, "EXERCISE: Blanc; F3 shows the real answer"));
  close_desk(&d);
}

/* How many tries are held, of a drill or real ones. */
static size_t tries(struct desk *d, bool played) {
  size_t count, tried = 0;
  wait_until_saved(d);
  const struct act_held *acts = cache_written(d->app->setup.cache, &count);
  for (size_t i = 0; i < count; i++)
    tried += act_kind_of(&acts[i].act) == ACT_KIND_ATTEMPT &&
             (*act_get(&acts[i].act, "exercise") != '\0') == played;
  return tried;
}

static void a_call_of_a_drill_is_not_brought_back_into_what_is_real(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "surgical icu{enter}{F8}1{saved}{F8}1{saved}");
  assert_true(shows(&d, "step 2 of "));
  keys(&d, "{F10}");
  assert_true(shows(&d, "F10 brings back: "));
  keys(&d, "{F3}{down}");
  assert_false(marked(&d));
  assert_null(strstr(buffer_text(&d.text), "F10 brings back"));
  keys(&d, "{F10}");
  assert_false(marked(&d));
  assert_null(strstr(buffer_text(&d.text), "step 2 of "));
  keys(&d, "{F10}{F3}{F3}"); /* back in it, it waits */
  assert_true(shows(&d, "F10 brings back: "));
  keys(&d, "{F10}");
  assert_true(shows(&d, "step 2 of "));
  assert_true(marked(&d));
  keys(&d, "{F10}{F11}{down}{enter}{enter}"); /* it ends, and that call with it */
  assert_int_equal(d.app->callers.count, 0);
  close_desk(&d);
}

static void a_real_call_that_waits_is_not_brought_back_into_a_drill(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, "surgical icu{enter}{F8}1xy{enter}{saved}{F10}");
  begin_elsewhere(&d, "desk-9,desk-1");
  assert_true(shows(&d, "An exercise begins: Blanc. This stays the real answer"));
  keys(&d, "{F11}{enter}"); /* takes part of their own will: the real call waits */
  keys(&d, "{esc}{esc}");
  assert_true(marked(&d));
  assert_null(strstr(buffer_text(&d.text), "F10 brings back"));
  keys(&d, "{F3}{F10}");
  assert_true(shows(&d, "step 1 of "));
  keys(&d, "{F8}3{saved}");
  assert_int_equal(tries(&d, true), 0);
  assert_int_equal(tries(&d, false), 2);
  close_desk(&d);
}

static void a_real_call_that_is_open_waits_while_a_drill_is_looked_at(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, "surgical icu{enter}{F8}1xy{enter}{saved}");
  assert_true(shows(&d, "step 1 of "));
  begin_elsewhere(&d, "desk-9,desk-1");
  keys(&d, "{F11}{enter}"); /* takes part */
  assert_true(marked(&d));
  assert_null(strstr(buffer_text(&d.text), "step 1 of 2: "));
  assert_true(shows(&d, "EXERCISE; F3: the real answer, and the call that waits, step 1 "));
  later(&d, 40);
  keys(&d, "{F3}");
  assert_true(shows(&d, "REAL, and the call that waited"));
  assert_true(shows(&d, "0:40"));
  assert_false(marked(&d));
  assert_non_null(strstr(buffer_text(&d.text), "step 1 of "));
  assert_true(shows(&d, "tried 03:14 no answer"));
  keys(&d, "{F8}1{saved}"); /* on in the real one, where one was */
  assert_true(shows(&d, "step 2 of "));
  keys(&d, "{F3}{F3}");
  assert_true(marked(&d));
  keys(&d, "{F10}mail"); /* the real answer of what is looked at is one key away */
  keys(&d, "{F3}");
  assert_true(shows(&d, "REAL. F10 on an empty Find: the call that waits, step 2 of "));
  assert_true(shows(&d, "Find: mail"));
  keys(&d, "{esc}{F10}");
  assert_true(shows(&d, "step 2 of "));
  keys(&d, "{F8}3{saved}");
  assert_int_equal(tries(&d, true), 0);
  assert_int_equal(tries(&d, false), 3);
  close_desk(&d);
}

static void a_real_call_waits_while_its_desk_begins_a_drill(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, "surgical icu{enter}{F8}1xy{enter}{saved}");
  keys(&d, "{F11}{home}{enter}pbx-sab{enter}{enter}{enter}Blanc{enter}{saved}");
  assert_true(shows(&d, "EXERCISE; F3: the real answer, and the call that waits, step 1 "));
  report_elsewhere(&d); /* what really fails ends it */
  assert_true(shows(&d, "Exercise ended: real incident"));
  assert_true(shows(&d, "step 1 of "));
  close_desk(&d);
}

static void nobody_who_works_a_call_is_disturbed(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, "surgical icu{enter}{F8}1"); /* noted once the initials are there */
  assert_int_equal(app_screen(d.app), SCREEN_FORM);
  begin_elsewhere(&d, "desk-9,desk-1");
  assert_int_equal(app_screen(d.app), SCREEN_FORM);
  keys(&d, "xy{enter}{saved}");
  assert_true(shows(&d, "step 1 of "));
  assert_int_equal(tries(&d, false), 1);
  later(&d, 7190);
  keys(&d, "{F3}{F10}surgical icu{enter}{F8}1xy{enter}{saved}{F8}");
  assert_int_equal(app_screen(d.app), SCREEN_CALL);
  struct uuid origin = d.app->call.origin;
  later(&d, 20); /* and its end disturbs as little */
  assert_true(shows(&d, "Exercise ended: its time is over"));
  assert_int_equal(app_screen(d.app), SCREEN_CALL);
  assert_true(uuid_equal(&d.app->call.origin, &origin));
  begin_elsewhere(&d, "desk-9,desk-1");
  assert_int_equal(app_screen(d.app), SCREEN_CALL);
  assert_true(uuid_equal(&d.app->call.origin, &origin));
  keys(&d, "3{saved}");
  assert_int_equal(tries(&d, true), 0);
  assert_int_equal(tries(&d, false), 3);
  close_desk(&d);
}

static void a_terminal_that_is_not_named_plays_none(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-2");
  resize(&d, 24, 80);
  begin_elsewhere(&d, "desk-9,desk-1");
  keys(&d, "surg");
  assert_false(marked(&d));
  close_desk(&d);
}

static void nothing_real_is_written_in_it(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "surgical icu{enter}+");
  assert_true(shows(&d, "only how calls ended is written"));
  keys(&d, "{F8}5"); /* wrong number: no suggestion */
  assert_true(shows(&d, "wrong number"));
  keys(&d, "{F10}{F3}surgical icu{enter}");
  assert_false(marked(&d));
  assert_null(strstr(buffer_text(&d.text), "wrong number"));
  size_t count, tried = 0;
  const struct act_held *acts = cache_written(d.app->setup.cache, &count);
  for (size_t i = 0; i < count; i++) {
    assert_true(act_kind_of(&acts[i].act) != ACT_KIND_SUGGESTION);
    tried += act_kind_of(&acts[i].act) == ACT_KIND_ATTEMPT && *act_get(&acts[i].act, "exercise");
  }
  assert_int_equal(tried, 1);
  close_desk(&d);
}

static void whoever_began_it_ends_it(void **state) {
  (void)state;
  struct desk d;
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "{F11}{down}{enter}{enter}");
  assert_true(shows(&d, "Exercise ended"));
  keys(&d, "{F10}");
  assert_false(marked(&d));
  close_desk(&d);
}

static void the_report_is_printed(void **state) {
  (void)state;
  struct desk d;
  struct buffer sheet = BUFFER_INIT;
  char path[FOLDER_PATH + 64];
  struct tc_error err = {0};
  open_desk(&d, "desk-1");
  resize(&d, 24, 80);
  keys(&d, BEGIN "surgical icu{enter}{F8}1{F3}{F10}{F7}");
  for (size_t i = 0; i < d.app->list.count; i++)
    if (strcmp(d.app->list.items[i].text, "exercise report") == 0)
      d.app->list.selected = i;
  keys(&d, "{enter}2"); /* also where the real answer is looked at */
  snprintf(path, sizeof path, "%s/tocsin-exercise.txt", d.scope);
  if (file_read(&sheet, path, 100000, &err) != TC_OK)
    fail_msg("%s", err.text);
  assert_non_null(strstr(buffer_text(&sheet), "Exercise: Blanc"));
  assert_non_null(strstr(buffer_text(&sheet), "SAB Surgical ICU: EXERCISE"));
  for (char *save = NULL, *line = strtok_r(sheet.data, "\n", &save); line;
       line = strtok_r(NULL, "\n", &save))
    assert_int_equal(strncmp(line, "EXERCISE", 8), 0);
  buffer_free(&sheet);
  close_desk(&d);
}

int main(void) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("two");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_real_answer_is_one_key_away_and_back),
      cmocka_unit_test(another_time_is_looked_at_from_the_real_one),
      cmocka_unit_test(it_ends_itself),
      cmocka_unit_test(what_really_fails_ends_it_in_the_middle_of_anything),
      cmocka_unit_test(who_is_in_the_middle_of_something_stays_with_what_is_real),
      cmocka_unit_test(a_call_of_a_drill_is_not_brought_back_into_what_is_real),
      cmocka_unit_test(a_real_call_that_waits_is_not_brought_back_into_a_drill),
      cmocka_unit_test(a_real_call_that_is_open_waits_while_a_drill_is_looked_at),
      cmocka_unit_test(a_real_call_waits_while_its_desk_begins_a_drill),
      cmocka_unit_test(nobody_who_works_a_call_is_disturbed),
      cmocka_unit_test(a_terminal_that_is_not_named_plays_none),
      cmocka_unit_test(nothing_real_is_written_in_it),
      cmocka_unit_test(whoever_began_it_ends_it),
      cmocka_unit_test(the_report_is_printed),
  };
  return cmocka_run_group_tests_name("exercise", tests, NULL, NULL);
}
