#include "tests/lib/bench.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "db/journal.h"
#include "tests/lib/downtime.h"
#include "tests/lib/small_directory.h"
#include "tui/app_state.h"

static void write_config(struct bench *b, const char *more) {
  snprintf(b->config, sizeof b->config, "%s/tocsin.conf", b->scope);
  FILE *f = fopen(b->config, "w");
  assert_non_null(f);
  const char *site = strstr(more, BENCH_NOWHERE) ? "" : "site = SAB\n";
  fprintf(f, "[terminal]\n%sset = ward\ncountry = FR\nscope = %s\n%s", site, b->scope, more);
  assert_int_equal(fclose(f), 0);
}

void open_app(struct bench *b) {
  struct setup setup;
  struct tc_error err = {0};
  b->options = (struct options){.set = -1};
  b->options.value[OPT_CONFIG] = b->config;
  tc_status status = setup_open(&setup, &b->options, &err);
  if (status != TC_OK && status != TC_NEVER_SYNCED)
    fail_msg("%s", err.text);
  setup.clock = (struct clock){.stopped = true, .at = b->now};
  assert_int_equal(app_open(&b->app, &setup, &b->options, &err), TC_OK);
  assert_int_equal(grid_resize(&b->grid, 24, 80, NULL), TC_OK);
  app_size(b->app, 24, 80);
}

void prepare_with(struct bench *b, const char *more) {
  memset(b, 0, sizeof *b);
  b->grid = GRID_INIT;
  assert_int_equal(folder_make(b->scope), 0);
  setenv("XDG_STATE_HOME", b->scope, 1);
  setenv("HOME", b->scope, 1); /* sheets that are printed to a file */
  b->now = SMALL_TIME + 864120;
  write_config(b, more);
}

void prepare(struct bench *b, bool desk) {
  prepare_with(b, desk ? "desk = yes\n" : "desk = no\n");
}

void start(struct bench *b, bool directory, bool desk) {
  struct tc_error err = {0};
  prepare(b, desk);
  if (directory && small_directory(b->scope, 1, &err) != TC_OK)
    fail_msg("%s", err.text);
  open_app(b);
}

/* Sets the PIN; once it was set, by its file: a hash takes a quarter of a second. */
static tc_status set_pin(const char *scope, const char *pin, struct tc_error *err) {
  static struct buffer file = BUFFER_INIT;
  static char of[PIN_MOST + 1];
  char path[FOLDER_PATH + 8];
  snprintf(path, sizeof path, "%s/pin", scope);
  if (file.len && strcmp(of, pin) == 0)
    return file_replace(path, file.data, file.len, 0640, err);
  buffer_clear(&file);
  snprintf(of, sizeof of, "%s", pin);
  tc_status status = pin_set(scope, pin, err);
  return status == TC_OK ? file_read(&file, path, 4096, err) : status;
}

void start_switchboard(struct bench *b, const char *pin) {
  struct tc_error err = {0};
  prepare(b, false);
  if (small_switchboard(b->scope, &err) != TC_OK || (*pin && set_pin(b->scope, pin, &err) != TC_OK))
    fail_msg("%s", err.text);
  open_app(b);
}

void start_night(struct bench *b, enum audience tier) {
  struct tc_error err = {0};
  prepare(b, true);
  if (downtime_directory_of(b->scope, NULL, tier, &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  b->now = DOWNTIME_NOW;
  open_app(b);
}

void stop(struct bench *b) {
  app_close(b->app);
  grid_free(&b->grid);
  buffer_free(&b->text);
  folder_remove(b->scope);
}

const char *screen_text(struct bench *b) {
  app_draw(b->app, &b->grid);
  buffer_clear(&b->text);
  for (int row = 0; row < b->grid.rows; row++) {
    grid_row_text(&b->grid, row, &b->text);
    buffer_add_char(&b->text, '\n');
  }
  return buffer_text(&b->text);
}

void expect(struct bench *b, const char *text) {
  if (!strstr(screen_text(b), text))
    fail_msg("\"%s\" is not on the screen:\n%s", text, buffer_text(&b->text));
}

void expect_not(struct bench *b, const char *text) {
  if (strstr(screen_text(b), text))
    fail_msg("\"%s\" is on the screen:\n%s", text, buffer_text(&b->text));
}

/* Somebody sees the screen before a key is pressed. */
static void look(struct bench *b) {
  app_draw(b->app, &b->grid);
}

void type(struct bench *b, const char *text) {
  look(b);
  for (const char *p = text; *p; p++)
    assert_true(app_key(b->app, (struct key){K_TEXT, (uint32_t)(unsigned char)*p}));
}

bool press(struct bench *b, enum key_name name) {
  look(b);
  return app_key(b->app, (struct key){name, 0});
}

void control(struct bench *b, char letter) {
  look(b);
  assert_true(app_key(b->app, (struct key){K_CTRL, (uint32_t)letter}));
}

const struct act_held *written(struct bench *b, const char *type, size_t n) {
  size_t count;
  const struct act_held *all = cache_written(b->app->setup.cache, &count), *found = NULL;
  for (size_t k = 0; k <= n; k++) {
    const struct act_held *after = found;
    found = NULL;
    for (size_t i = 0; i < count; i++)
      if (strcmp(all[i].act.type, type) == 0 && (!after || all[i].act.at > after->act.at) &&
          (!found || all[i].act.at < found->act.at))
        found = &all[i];
    if (!found)
      return NULL;
  }
  return found;
}

void wait_until_saved(struct bench *b) {
  int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);
  while (b->app->journal && journal_writer_unsaved(b->app->journal, NULL)) {
    assert_true(clock_monotonic_us() < end);
    sched_yield();
  }
  app_tick(b->app);
}

void to_the_icu(struct bench *b) {
  control(b, 'N');
  if (*b->app->typed.text)
    control(b, 'U');
  type(b, "rea chirurgicale sab");
  press(b, K_ENTER);
  assert_int_equal(app_screen(b->app), SCREEN_CARD);
}

void later(struct bench *b, int64_t seconds) {
  b->app->setup.clock.at += seconds;
  app_tick(b->app);
}
