/* What the screens say of a night with the PBX down: the whole program but its terminal over
 * tests/data/downtime.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/downtime.h"
#include "tests/lib/folder.h"
#include "tui/app.h"
#include "tui/app_state.h"

struct night {
  char scope[FOLDER_PATH];
  char config[FOLDER_PATH + 16];
  struct options options;
  struct app *app;
  struct grid grid;
  struct clock *clock;
};

static void open_night_at(struct night *n, enum audience tier, const char *without, int64_t now,
                          const char *more) {
  struct setup setup;
  struct tc_error err = {0};
  memset(n, 0, sizeof *n);
  n->grid = GRID_INIT;
  assert_int_equal(folder_make(n->scope), 0);
  setenv("XDG_STATE_HOME", n->scope, 1);
  setenv("HOME", n->scope, 1);
  if (downtime_directory_of(n->scope, without, tier, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  snprintf(n->config, sizeof n->config, "%s/tocsin.conf", n->scope);
  FILE *f = fopen(n->config, "w");
  assert_non_null(f);
  fprintf(f, "[terminal]\nsite = SAB\nset = ward\ncountry = FR\nscope = %s\n%s", n->scope, more);
  assert_int_equal(fclose(f), 0);
  n->options = (struct options){.set = -1};
  n->options.value[OPT_CONFIG] = n->config;
  if (setup_open(&setup, &n->options, &err) != TC_OK)
    fail_msg("%s", err.text);
  setup.clock = (struct clock){.stopped = true, .at = now};
  assert_int_equal(app_open(&n->app, &setup, &n->options, &err), TC_OK);
}

static void open_night(struct night *n, const char *without, int64_t now, const char *more) {
  open_night_at(n, AUDIENCE_PUBLIC, without, now, more);
}

static void close_night(struct night *n) {
  app_close(n->app);
  grid_free(&n->grid);
  folder_remove(n->scope);
}

static void resize(struct night *n, int rows, int cols) {
  assert_int_equal(grid_resize(&n->grid, rows, cols, NULL), TC_OK);
  app_size(n->app, rows, cols);
}

static void type(struct night *n, const char *text) {
  for (const char *p = text; *p; p++)
    assert_true(app_key(n->app, (struct key){K_TEXT, (uint32_t)(unsigned char)*p}));
}

static void press(struct night *n, enum key_name name) {
  assert_true(app_key(n->app, (struct key){name, 0}));
}

/* Keys: what is typed; a name in braces is a key. */
static void keys(struct night *n, const char *text) {
  static const struct {
    const char *name;
    enum key_name key;
  } names[] = {{"{enter}", K_ENTER}, {"{esc}", K_ESC}, {"{down}", K_DOWN}, {"{F3}", K_F3},
               {"{F4}", K_F4},       {"{F9}", K_F9},   {"{F10}", K_F10},   {"{right}", K_RIGHT},
               {"{tab}", K_TAB},     {"{F11}", K_F11}};
  while (*text) {
    size_t i = 0, count = sizeof names / sizeof names[0];
    while (i < count && strncmp(text, names[i].name, strlen(names[i].name)) != 0)
      i++;
    if (i < count) {
      press(n, names[i].key);
      text += strlen(names[i].name);
    } else {
      type(n, (char[]){*text++, '\0'});
    }
  }
}

static const char *text_of(struct night *n, struct buffer *out) {
  app_draw(n->app, &n->grid);
  buffer_clear(out);
  for (int row = 0; row < n->grid.rows; row++) {
    grid_row_text(&n->grid, row, out);
    buffer_add_char(out, '\n');
  }
  return buffer_text(out);
}

static void another_time_ends_by_f3_by_esc_and_by_a_new_caller(void **state) {
  (void)state;
  static const char *const ends[] = {"{F3}", "{esc}", "{F10}"};
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
    struct night n;
    open_night(&n, NULL, DOWNTIME_NOW, "");
    resize(&n, 24, 80);
    keys(&n, "{F3}sun 09:00{enter}");
    assert_non_null(strstr(text_of(&n, &text), "NOT NOW: Sun 22 Nov 09:00"));
    assert_non_null(strstr(buffer_text(&text), "NOT NOW on red phone"));
    keys(&n, ends[i]);
    assert_null(strstr(text_of(&n, &text), "NOT NOW"));
    close_night(&n);
  }
  buffer_free(&text);
}

/* Of a terminal that is set to another zone than its site's, both sides follow that. */
static void another_time_is_read_by_the_clock_that_is_shown(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  struct night n;
  setenv("TZ", "Asia/Tokyo", 1);
  tzset();
  open_night(&n, NULL, DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  keys(&n, "{F3}mon 20:00{enter}");
  assert_non_null(strstr(text_of(&n, &text), "NOT NOW: Mon 23 Nov 20:00"));
  close_night(&n);
  buffer_free(&text);
  setenv("TZ", "Europe/Paris", 1);
  tzset();
}

/* Nobody is there to end it. */
static void another_time_ends_when_nobody_is_here(void **state) {
  (void)state;
  struct night n;
  struct buffer text = BUFFER_INIT;
  open_night(&n, NULL, DOWNTIME_NOW, "[screen]\nidle_minutes = 2\n");
  resize(&n, 24, 80);
  keys(&n, "{F3}sun 09:00{enter}surg");
  n.app->setup.clock.at += 119;
  app_tick(n.app);
  assert_non_null(strstr(text_of(&n, &text), "NOT NOW"));
  n.app->setup.clock.at += 1;
  assert_true(app_tick(n.app));
  assert_null(strstr(text_of(&n, &text), "NOT NOW"));
  buffer_free(&text);
  close_night(&n);
}

/* A clock is set by hand, by a network, by a battery that is flat: what stands there is told anew
 * each time, and comes back with the right one. */
static void what_is_shown_follows_a_clock_that_jumps(void **state) {
  (void)state;
  static const char *const shown[] = {"surgical intern", "surgical icu{enter}", "{F9}", "{F4}",
                                      "surgical icu{enter}1"};
  static const int64_t away[] = {-86400, 86400, -3601, -10 * 365 * (int64_t)86400};
  struct buffer text = BUFFER_INIT, right = BUFFER_INIT;
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
    struct night n;
    open_night(&n, NULL, DOWNTIME_NOW,
               "[screen]\nidle_minutes = 0\nidle_card_minutes = 0\nidle_rest_minutes = 0\n");
    resize(&n, 24, 80);
    keys(&n, shown[i]);
    buffer_add_text(&right, text_of(&n, &text));
    for (size_t k = 0; k < sizeof away / sizeof *away; k++) {
      n.app->setup.clock.at = DOWNTIME_NOW + away[k];
      assert_true(app_tick(n.app));
      bool told = strstr(text_of(&n, &text), "CLOCK WRONG") != NULL;
      assert_true(told == (away[k] < 0));
      assert_string_not_equal(buffer_text(&text), buffer_text(&right));
      n.app->setup.clock.at = DOWNTIME_NOW;
      assert_true(app_tick(n.app));
      assert_null(strstr(text_of(&n, &text), "CLOCK WRONG"));
      assert_null(strstr(buffer_text(&text), "hours?"));
      assert_null(strstr(buffer_text(&text), "is not told"));
      keys(&n, "{F10}"); /* a number that changed meanwhile says so until then */
      keys(&n, shown[i]);
      assert_string_equal(text_of(&n, &text), buffer_text(&right));
    }
    buffer_clear(&right);
    close_night(&n);
  }
  buffer_free(&text);
  buffer_free(&right);
}

static void a_time_that_is_none_is_told_and_nothing_changes(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  struct night n;
  open_night(&n, NULL, DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  keys(&n, "{F3}sometime{enter}");
  assert_non_null(strstr(text_of(&n, &text), "a time is written as in"));
  assert_null(strstr(buffer_text(&text), "NOT NOW"));
  keys(&n, "{esc}");
  assert_non_null(strstr(text_of(&n, &text), "Find:"));
  close_night(&n);
  buffer_free(&text);
}

/* The PBX fails while somebody reads: nothing moves, and what is read says so. */
static void what_is_read_is_marked_in_place_when_it_fails(void **state) {
  (void)state;
  static const struct {
    const char *keys, *before, *after;
  } cases[] = {
      {"surgical icu{enter}", "4731", "! now DOWN, 03:14"},
      {"surgical icu{enter}1", "no fault known", "now DOWN, 03:14"},
      {"pharm", "01 99 00 70 01", "direct line"},
      {"surgery lab", "2901", "now DOWN"},
  };
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct night n;
    struct tc_error err = {0};
    open_night(&n, "incident", DOWNTIME_NOW, "");
    resize(&n, 24, 80);
    keys(&n, cases[i].keys);
    assert_non_null(strstr(text_of(&n, &text), cases[i].before));
    assert_false(app_rings(n.app));
    assert_int_equal(downtime_directory(n.scope, NULL, &err), TC_OK);
    assert_true(app_tick(n.app));
    if (!strstr(text_of(&n, &text), cases[i].after))
      fail_msg("%s: not said: %s\n%s", cases[i].keys, cases[i].after, buffer_text(&text));
    assert_non_null(strstr(buffer_text(&text), "Calls inside and INTO Saint-Aubin fail"));
    assert_true(app_rings(n.app)); /* once */
    assert_false(app_rings(n.app));
    assert_int_equal(downtime_directory(n.scope, "incident", &err), TC_OK);
    assert_true(app_tick(n.app));
    assert_false(app_rings(n.app));
    close_night(&n);
  }
  buffer_free(&text);
}

static bool shows(struct night *n, const char *text) {
  struct buffer screen = BUFFER_INIT;
  bool found = strstr(text_of(n, &screen), text) != NULL;
  buffer_free(&screen);
  return found;
}

/* No network, no source: what is reported stands on the strip and in the answers at once. */
static void what_is_reported_is_shown_at_once_and_no_bell_rings(void **state) {
  (void)state;
  struct night n;
  open_night(&n, "incident", DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  keys(&n, "{F4}+saint{enter}{right}{enter}{enter}smoke{enter}xy{enter}");
  assert_true(shows(&n, "Reported, not declared: Calls INTO Saint-Aubin fail since 03:14"));
  assert_true(shows(&n, "written, not confirmed"));
  app_tick(n.app);
  assert_false(app_rings(n.app));
  keys(&n, "{esc}surgery lab{enter}");
  assert_true(shows(&n, "no fault known")); /* calls from inside do not come in */
  keys(&n, "{F10}{F4}{enter}");             /* it is this terminal's own: it can end it */
  assert_true(shows(&n, "not confirmed: the source has not heard of it yet"));
  n.app->setup.clock.at += 60;
  keys(&n, "2gone{enter}");
  assert_false(shows(&n, "Calls INTO"));
  close_night(&n);
}

/* Whoever reads the smallest screen from above reads it before the number, and still the number. */
static void who_is_absent_is_so_before_the_number(void **state) {
  (void)state;
  static const struct { int rows, cols; } sizes[] = {{24, 80}, {10, 40}};
  static const char *const languages[][2] = {{"en", "absent until"}, {"fr", "absent jusqu"}};
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < 4; i++) {
    struct night n;
    open_night(&n, NULL, DOWNTIME_NOW, "");
    i18n_language(languages[i / 2][0]);
    resize(&n, sizes[i % 2].rows, sizes[i % 2].cols);
    keys(&n, "exemple{enter}");
    const char *absent = strstr(text_of(&n, &text), languages[i / 2][1]);
    const char *covers = strstr(buffer_text(&text), "Modele covers");
    const char *number = strstr(buffer_text(&text), "06 39 98 12 34");
    if (!absent || !covers || !number || number < covers || covers < absent)
      fail_msg("%s\n%s", languages[i / 2][0], buffer_text(&text));
    close_night(&n);
  }
  i18n_language("en");
  buffer_free(&text);
}

static size_t incidents(const struct night *n) {
  return cache_house(n->app->setup.cache)->incident_count;
}

/* Said twice by one terminal: the second says by whom and when, and Enter adds it to the first. */
static void what_is_reported_twice_is_added_to_the_first(void **state) {
  (void)state;
  struct night n;
  open_night(&n, "incident", DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  keys(&n, "{F4}+saint{enter}{right}{enter}{enter}smoke{enter}xy{enter}");
  size_t count = incidents(&n);
  n.app->setup.clock.at += 100; /* somebody is still there */
  keys(&n, "+saint{enter}{right}{enter}{enter}no tone{enter}");
  assert_true(shows(&n, "Enter again adds this: already reported 03:14 by xy (smoke)"));
  assert_int_equal(incidents(&n), count);
  resize(&n, 10, 40);
  assert_true(shows(&n, "Enter again adds this: already repor"));
  resize(&n, 24, 80);
  keys(&n, "{enter}");
  assert_int_equal(incidents(&n), count);
  const struct incident *all = cache_house(n.app->setup.cache)->incidents;
  assert_string_equal(all[count - 1].reason, "smoke; no tone");
  assert_true(all[count - 1].until == DOWNTIME_NOW + 100 + 12 * 3600);
  keys(&n, "+saint{enter}{right}{right}{enter}{enter}{enter}"); /* other calls: another one */
  assert_int_equal(incidents(&n), count + 1);
  close_night(&n);
}

/* By somebody else: nobody is stopped from reporting it as well. */
static void what_others_declared_is_told_and_reported_all_the_same(void **state) {
  (void)state;
  struct night n;
  open_night(&n, NULL, DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  size_t count = incidents(&n);
  keys(&n, "{F4}+saint{enter}{right}{right}{enter}{enter}{enter}xy{enter}");
  assert_true(shows(&n, "Enter again reports it too: already declared Sat 11:14 by switchboard"));
  assert_int_equal(incidents(&n), count);
  keys(&n, "{enter}");
  assert_int_equal(incidents(&n), count + 1);
  close_night(&n);
}

static void a_form_goes_nowhere_without_a_domain_and_takes_the_chosen_one(void **state) {
  (void)state;
  struct night n;
  open_night(&n, "incident", DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  keys(&n, "{F4}+xyz{enter}");
  assert_true(shows(&n, "which failure domain?"));
  assert_true(shows(&n, "no failure domain has these words"));
  keys(&n, "{tab}");
  assert_true(shows(&n, "> what fails  xyz"));
  keys(&n, "{esc}+{down}{down}{enter}");
  assert_true(shows(&n, "what fails  dc-nord"));
  keys(&n, "{enter}{enter}{enter}xy{enter}");
  assert_true(shows(&n, "Data centre North is DOWN since 03:14"));
  assert_true(shows(&n, "written, not confirmed"));
  close_night(&n);
}

static void nothing_is_said_of_another_time(void **state) {
  (void)state;
  struct night n;
  open_night(&n, NULL, DOWNTIME_NOW, "");
  resize(&n, 24, 80);
  keys(&n, "{F4}");
  assert_true(shows(&n, "failing now"));
  assert_true(shows(&n, "+ Report"));
  assert_true(shows(&n, "Mobile carrier A is to be DOWN from 12:00"));
  keys(&n, "{F10}{F3}sun 10:00{enter}{F4}");
  assert_true(shows(&n, "failing then"));
  assert_false(shows(&n, "failing now"));
  assert_false(shows(&n, "+ Report"));
  keys(&n, "{F10}{F3}sun 20:00{enter}{F4}+");
  assert_true(shows(&n, "another time is looked at: nothing can be written"));
  assert_false(shows(&n, "say that something fails ─"));
  keys(&n, "{enter}");
  assert_false(shows(&n, "it is over"));
  close_night(&n);
}

static void a_terminal_that_is_told_not_to_does_not_ring(void **state) {
  (void)state;
  struct night n;
  struct tc_error err = {0};
  open_night(&n, "incident", DOWNTIME_NOW, "[screen]\nbell = no\n");
  resize(&n, 24, 80);
  assert_int_equal(downtime_directory(n.scope, NULL, &err), TC_OK);
  assert_true(app_tick(n.app));
  assert_false(app_rings(n.app));
  close_night(&n);
}

/* The code's own number is DOWN and its red phone lives: the row says both, at any width, and the
 * first digit dials what lives. */
static void a_code_that_is_down_says_what_is_left_of_it(void **state) {
  (void)state;
  static const struct {
    int rows, cols;
    const char *keys, *said;
  } cases[] = {
      {24, 80, "2222", "2222  DOWN: red phone 7700"},
      {10, 40, "2222", "2222 DOWN: red phone 7700 Card"},
      {24, 80, "arrest", "2222  DOWN: red phone 7700"},
      {24, 80, "7700", "2222  DOWN: red phone 7700"},
      {10, 40, "{F3}sun 20:00{enter}2222", "2222 NOT NOW DOWN: red phone 7700"},
      {10, 40, "18", "18 DOWN: 0 18 out Fire"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct night n;
    open_night(&n, NULL, DOWNTIME_NOW, "");
    resize(&n, cases[i].rows, cases[i].cols);
    keys(&n, cases[i].keys);
    struct buffer text = BUFFER_INIT;
    if (!strstr(text_of(&n, &text), cases[i].said))
      fail_msg("%s at %d: not said: %s\n%s", cases[i].keys, cases[i].cols, cases[i].said,
               buffer_text(&text));
    buffer_free(&text);
    if (cases[i].cols == 80) {
      keys(&n, "{enter}1");
      assert_int_equal(app_screen(n.app), SCREEN_DIGITS);
      assert_string_equal(n.app->card->channels[n.app->channel].number, "7700");
    }
    close_night(&n);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(another_time_ends_by_f3_by_esc_and_by_a_new_caller),
      cmocka_unit_test(another_time_is_read_by_the_clock_that_is_shown),
      cmocka_unit_test(another_time_ends_when_nobody_is_here),
      cmocka_unit_test(what_is_shown_follows_a_clock_that_jumps),
      cmocka_unit_test(a_time_that_is_none_is_told_and_nothing_changes),
      cmocka_unit_test(what_is_read_is_marked_in_place_when_it_fails),
      cmocka_unit_test(a_terminal_that_is_told_not_to_does_not_ring),
      cmocka_unit_test(what_is_reported_is_shown_at_once_and_no_bell_rings),
      cmocka_unit_test(who_is_absent_is_so_before_the_number),
      cmocka_unit_test(what_is_reported_twice_is_added_to_the_first),
      cmocka_unit_test(what_others_declared_is_told_and_reported_all_the_same),
      cmocka_unit_test(a_form_goes_nowhere_without_a_domain_and_takes_the_chosen_one),
      cmocka_unit_test(nothing_is_said_of_another_time),
      cmocka_unit_test(a_code_that_is_down_says_what_is_left_of_it),
  };
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("two");
  return cmocka_run_group_tests(tests, NULL, NULL);
}
