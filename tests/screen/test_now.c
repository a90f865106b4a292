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
  keys(&n, "{F3}sun 20:00{enter}{F4}+");
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(another_time_ends_by_f3_by_esc_and_by_a_new_caller),
      cmocka_unit_test(a_time_that_is_none_is_told_and_nothing_changes),
      cmocka_unit_test(what_is_read_is_marked_in_place_when_it_fails),
      cmocka_unit_test(a_terminal_that_is_told_not_to_does_not_ring),
      cmocka_unit_test(what_is_reported_is_shown_at_once_and_no_bell_rings),
      cmocka_unit_test(a_form_goes_nowhere_without_a_domain_and_takes_the_chosen_one),
      cmocka_unit_test(nothing_is_said_of_another_time),
  };
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  catalogue_use("locale");
  return cmocka_run_group_tests(tests, NULL, NULL);
}
