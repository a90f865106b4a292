/* A terminal that is left alone: what is on its screen as minutes go by, without any going by. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/lib/folder.h"
#include "tests/lib/small_directory.h"
#include "tui/app_state.h"

static char scope[FOLDER_PATH], config[FOLDER_PATH + 16];
static struct options options;
static struct app *app;
static struct grid g = GRID_INIT;
static struct buffer text = BUFFER_INIT;

static void start(const char *settings) {
  struct setup setup;
  struct tc_error err = {0};
  assert_int_equal(folder_make(scope), 0);
  assert_int_equal(small_directory(scope, 1, &err), TC_OK);
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  FILE *f = fopen(config, "w");
  assert_non_null(f);
  fprintf(f, "[terminal]\nsite = SAB\nset = ward\ncountry = FR\nscope = %s\n[screen]\n%s", scope,
          settings);
  assert_int_equal(fclose(f), 0);
  options = (struct options){.set = -1};
  options.value[OPT_CONFIG] = config;
  assert_int_equal(setup_open(&setup, &options, &err), TC_OK);
  setup.clock = (struct clock){.stopped = true, .at = SMALL_TIME + 864120};
  assert_int_equal(app_open(&app, &setup, &options, &err), TC_OK);
  assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
  app_size(app, 24, 80);
}

static void stop(void) {
  app_close(app);
  folder_remove(scope);
}

static void after(int seconds) {
  app->setup.clock.at += seconds;
  app_tick(app);
}

static bool shows(const char *what) {
  app_draw(app, &g);
  buffer_clear(&text);
  for (int row = 0; row < g.rows; row++) {
    grid_row_text(&g, row, &text);
    buffer_add_char(&text, '\n');
  }
  return strstr(buffer_text(&text), what);
}

static void type(const char *keys) {
  for (; *keys; keys++)
    app_key(app, (struct key){K_TEXT, (uint32_t)*keys});
}

static void a_query_goes_after_two_minutes_and_a_warning(void **state) {
  (void)state;
  start("");
  type("rea");
  after(100);
  assert_true(shows("Find: rea") && !shows("nobody here?"));
  after(6);
  assert_true(shows("Find: rea") && shows("Cleared in 15 s"));
  type("c"); /* a key keeps it */
  assert_true(shows("Find: reac") && !shows("nobody here?"));
  after(110);
  assert_true(shows("nobody here?"));
  after(10);
  assert_false(shows("reac") || shows("nobody here?"));
  assert_true(shows("emergency codes here"));
  app_key(app, (struct key){K_F10, 0}); /* nor does the last caller come back */
  assert_false(shows("reac"));
  stop();
}

static void a_public_card_is_read_for_five_minutes(void **state) {
  (void)state;
  start("");
  type("pneumo");
  app_key(app, (struct key){K_ENTER, 0});
  type("1");
  after(280);
  assert_true(shows("read: 4, 5244") && !shows("nobody here?"));
  after(6);
  assert_true(shows("read: 4, 5244") && shows("nobody here?"));
  after(15);
  assert_false(shows("read: 4"));
  stop();
}

static void a_number_that_was_masked_goes_after_two(void **state) {
  (void)state;
  start("");
  type("rea");
  app_key(app, (struct key){K_ENTER, 0});
  type("3");
  app_key(app, (struct key){K_ENTER, 0});
  app_key(app, (struct key){K_ENTER, 0});
  assert_true(shows("39, 98, 12, 78"));
  after(121);
  assert_false(shows("39, 98, 12, 78"));
  stop();
}

static void it_stands_again_where_it_stands(void **state) {
  (void)state;
  start("");
  app_key(app, (struct key){K_F5, 0});
  type("3");
  assert_true(shows("SAB Saint-Aubin, mobile"));
  app_key(app, (struct key){K_F2, 0});
  for (int i = 0; i < 3 && !shows(">  RIV") && !shows(">   RIV"); i++)
    app_key(app, (struct key){K_END, 0});
  app_key(app, (struct key){K_ENTER, 0});
  app_key(app, (struct key){K_DOWN, 0});
  app_key(app, (struct key){K_ENTER, 0});
  assert_true(shows("RIV Les Rives, mobile"));
  after(130);
  assert_true(shows("SAB Saint-Aubin, ward phone"));
  stop();
}

/* What the one before looked at, at another time and at one site alone, is not what the next one
 * asks. */
static void another_time_and_a_filter_end(void **state) {
  (void)state;
  start("");
  app_key(app, (struct key){K_F2, 0});
  app_key(app, (struct key){K_END, 0});
  app_key(app, (struct key){K_ENTER, 0});
  app_key(app, (struct key){K_ENTER, 0}); /* search only RIV */
  app_key(app, (struct key){K_F3, 0});
  type("sun 20:00");
  app_key(app, (struct key){K_ENTER, 0});
  type("rea");
  assert_true(shows("NOT NOW: Sun 22 Nov") && shows("RIV: 1 found"));
  after(107);
  assert_true(shows("NOT NOW") && shows("nobody here?"));
  after(14);
  assert_false(shows("NOT NOW") || shows("RIV:") || shows("rea"));
  type("rea"); /* the key that wakes it is typed, at this time, everywhere */
  assert_true(shows("Find: rea") && shows("2 here, 1 elsewhere") && !shows("NOT NOW"));
  stop();
}

/* Also where it began to sleep with them. */
static void they_end_in_the_deep_sleep_too(void **state) {
  (void)state;
  start("");
  app_key(app, (struct key){K_F3, 0});
  type("sun 20:00");
  app_key(app, (struct key){K_ENTER, 0});
  assert_true(shows("NOT NOW"));
  after(700);
  assert_true(shows("Any key begins") && !shows("NOT NOW"));
  stop();
}

static void after_ten_minutes_the_codes_alone_and_the_waking_key_is_typed(void **state) {
  (void)state;
  start("");
  type("rea");
  after(600);
  assert_true(shows("Any key begins") && shows("2222  arr") && shows("18    feu"));
  assert_true(shows("03:24") && shows("imported"));
  assert_false(shows("rea") || shows("Find:"));
  after(3600);
  assert_true(shows("Any key begins"));
  type("pn");
  assert_true(shows("Find: pn") && shows("Pneumologie"));
  stop();
}

/* What is open changes no more often than its clock does: it sleeps until somebody has to look. */
static void it_sleeps_until_something_is_due(void **state) {
  (void)state;
  start("");
  type("rea");
  assert_int_equal(app_wait_ms(app), 105000);
  after(100);
  assert_int_equal(app_wait_ms(app), 5000);
  after(5);
  assert_true(shows("nobody here?"));
  assert_int_equal(app_wait_ms(app), 15000);
  after(15);
  assert_int_equal(app_wait_ms(app), 480000); /* until the codes alone are shown */
  after(480);
  assert_int_equal(app_wait_ms(app), -1);
  type("pneumo");
  app_key(app, (struct key){K_ENTER, 0});
  assert_int_equal(app_wait_ms(app), 285000); /* a public card */
  stop();
  start("idle_minutes = 0\n");
  type("rea");
  assert_int_equal(app_wait_ms(app), -1);
  app_key(app, (struct key){K_ENTER, 0});
  assert_int_equal(app_wait_ms(app), -1);
  type("3");
  app_key(app, (struct key){K_ENTER, 0});
  app_key(app, (struct key){K_ENTER, 0});
  assert_true(shows("39, 98, 12, 78"));
  while (app->journal && journal_writer_unsaved(app->journal, NULL))
    after(0);
  app_tick(app);
  int wait = app_wait_ms(app);
  assert_true(wait > 0 && wait <= 60000); /* it is masked again by itself */
  after(wait / 1000);
  assert_false(shows("39, 98, 12, 78"));
  stop();
}

static void a_braille_desk_is_left_alone(void **state) {
  (void)state;
  start("idle_minutes = 0\n");
  type("rea");
  after(100000);
  assert_true(shows("Find: rea"));
  stop();
}

static void a_clock_set_back_or_far_ahead_is_survived(void **state) {
  (void)state;
  start("");
  type("rea");
  after(-86400);
  assert_true(shows("Find: rea"));
  after(110);
  assert_true(shows("nobody here?"));
  after(20);
  assert_false(shows("Find: rea"));
  stop();
}

/* The machine slept, lid down: the first key is there before anybody looked at the clock. */
static void the_first_key_after_a_sleep_is_a_new_callers(void **state) {
  (void)state;
  start("");
  type("pneumo");
  app_key(app, (struct key){K_ENTER, 0});
  app->setup.clock.at += 400;
  type("1");
  assert_true(shows("Find: 1") && !shows("pneumo") && !shows("read: 4"));
  stop();
  start(""); /* a list of the one before, whose rows have digits */
  app_key(app, (struct key){K_F5, 0});
  app->setup.clock.at += 130;
  type("3");
  assert_true(shows("Find: 3") && shows("SAB Saint-Aubin, ward phone"));
  stop();
  start(""); /* a number that was masked */
  type("rea");
  app_key(app, (struct key){K_ENTER, 0});
  type("3");
  app_key(app, (struct key){K_ENTER, 0});
  app_key(app, (struct key){K_ENTER, 0});
  assert_true(shows("39, 98, 12, 78"));
  app->setup.clock.at += 90;
  app_key(app, (struct key){K_F1, 0});
  app_key(app, (struct key){K_ESC, 0});
  assert_false(shows("39, 98, 12, 78"));
  stop();
  start(""); /* what it sleeps with when it sleeps for long */
  type("rea");
  app->setup.clock.at += 100000;
  type("p");
  assert_true(shows("Find: p") && !shows("Any key begins"));
  stop();
  start(""); /* no warning that nobody could have read */
  type("rea");
  app->setup.clock.at += 110;
  type("c");
  assert_true(shows("Find: reac") && !shows("nobody here?"));
  stop();
}

/* Set ahead it may have stood still with the machine; set back it makes nobody's stay longer. */
static void a_clock_that_is_set_keeps_nothing_on_the_screen(void **state) {
  (void)state;
  start("");
  app->setup.clock = (struct clock){.offset = 0}; /* the machine's */
  app_key(app, (struct key){K_ESC, 0});
  type("rea");
  app->setup.clock.offset = -86400;
  app_tick(app);
  assert_true(shows("Find: rea"));
  app->last_key.lived -= 130; /* as long ago, whatever the clock says */
  app_tick(app);
  assert_false(shows("Find: rea"));
  type("rea");
  app->setup.clock.offset = 0; /* a machine that was stopped, and told the time afterwards */
  app_tick(app);
  assert_false(shows("Find: rea"));
  stop();
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  setenv("TZ", "UTC", 1);
  tzset();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_query_goes_after_two_minutes_and_a_warning),
      cmocka_unit_test(a_public_card_is_read_for_five_minutes),
      cmocka_unit_test(a_number_that_was_masked_goes_after_two),
      cmocka_unit_test(it_stands_again_where_it_stands),
      cmocka_unit_test(another_time_and_a_filter_end),
      cmocka_unit_test(they_end_in_the_deep_sleep_too),
      cmocka_unit_test(after_ten_minutes_the_codes_alone_and_the_waking_key_is_typed),
      cmocka_unit_test(it_sleeps_until_something_is_due),
      cmocka_unit_test(a_braille_desk_is_left_alone),
      cmocka_unit_test(a_clock_set_back_or_far_ahead_is_survived),
      cmocka_unit_test(the_first_key_after_a_sleep_is_a_new_callers),
      cmocka_unit_test(a_clock_that_is_set_keeps_nothing_on_the_screen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
