/* What a screen reader or a braille line sees: where the cursor is after every key, and that only
 * what changed is written.  The whole program, on a line of its own, over a small directory. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/folder.h"
#include "tests/lib/pty.h"
#include "tests/lib/small_directory.h"
#include "tests/lib/vt.h"

enum { ROWS = 24, COLS = 80, GAP_MOST = 4, QUIET_MS = 120 };

static char scope[FOLDER_PATH];
static struct vt vt;
static struct pty p;

static int run(void *arg) {
  char program[4096], config[FOLDER_PATH + 16];
  const char *build = getenv("TOCSIN_BUILD");
  (void)arg;
  snprintf(program, sizeof program, "%s/tocsin", build ? build : "build");
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  setenv("TERM", "xterm-256color", 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  setenv("HOME", scope, 1);
  unsetenv("LANGUAGE");
  unsetenv("NO_COLOR");
  execl(program, program, "--config", config, (char *)NULL);
  return 127;
}

static void take(void) {
  size_t from = p.seen;
  pty_settle(&p, QUIET_MS);
  vt_take(&vt, p.out.data + from, p.out.len - from);
}

static void start(const char *layout) {
  char config[FOLDER_PATH + 16];
  struct tc_error err = {0};
  assert_int_equal(folder_make(scope), 0);
  assert_int_equal(small_directory(scope, 1, &err), TC_OK);
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  FILE *f = fopen(config, "w");
  assert_non_null(f);
  fprintf(f,
          "[terminal]\nsite = SAB\nset = ward\ncountry = FR\nscope = %s\n[screen]\nlayout = %s\n",
          scope, layout);
  assert_int_equal(fclose(f), 0);
  vt_start(&vt, ROWS, COLS);
  assert_true(pty_start(&p, ROWS, COLS, run, NULL));
  assert_true(pty_wait_for(&p, "Find:"));
  p.seen = 0;
  take();
}

static void stop(void) {
  assert_int_equal(vt.unknown, 0);
  assert_int_equal(vt.scrolled, 0);
  pty_free(&p);
  folder_remove(scope);
}

static void press(const char *bytes) {
  vt_mark(&vt);
  assert_true(pty_send(&p, bytes, strlen(bytes)));
  take();
}

/* What was written and is as it was lies between two changes, nearer than a jump is long. */
static void only_changes_were_written(const char *key) {
  for (int row = 0; row < vt.rows; row++)
    for (int col = 0; col < vt.cols; col++) {
      int from = col, to = col;
      if (!vt.written[row][col] || vt.changed[row][col])
        continue;
      if (!*vt.cells[row][col] || strcmp(vt.cells[row][col], " ") == 0)
        continue; /* an erasure of the rest of the row, or a look that changed */
      while (from > 0 && vt.written[row][from - 1] && !vt.changed[row][from - 1])
        from--;
      while (to + 1 < vt.cols && vt.written[row][to + 1] && !vt.changed[row][to + 1])
        to++;
      if (to - from + 1 > GAP_MOST)
        fail_msg("after %s row %d is written again from %d to %d: %s", key, row, from, to,
                 vt_row(&vt, row));
    }
}

/* A redraw of everything shows nothing new: what was written bit by bit is the whole. */
static void it_is_the_whole_screen(void) {
  char before[ROWS][VT_COLS * 4];
  int row = vt.row, col = vt.col;
  for (int i = 0; i < ROWS; i++)
    snprintf(before[i], sizeof before[i], "%s", vt_row(&vt, i));
  press("\x0c");
  for (int i = 1; i < ROWS; i++) /* the clock on top may go on */
    assert_string_equal(vt_row(&vt, i), before[i]);
  assert_int_equal(vt.row, row);
  assert_int_equal(vt.col, col);
}

static void cursor_at(const char *key, int row, int col) {
  assert_true(vt.cursor);
  if (vt.row != row || vt.col != col)
    fail_msg("after %s the cursor is at %d,%d, not at %d,%d", key, vt.row, vt.col, row, col);
}

/* The row that begins with ">". */
static int chosen(void) {
  for (int row = 0; row < ROWS; row++)
    if (strcmp(vt.cells[row][0], ">") == 0)
      return row;
  fail_msg("no row is chosen");
  return -1;
}

static void the_cursor_follows_every_key(void **state) {
  (void)state;
  static const char query[] = "rea chir";
  start("auto");
  cursor_at("the start", 1, 7);
  for (int i = 0; query[i]; i++) {
    press((char[]){query[i], '\0'});
    cursor_at("a letter", 1, 8 + i);
    only_changes_were_written("a letter");
  }
  it_is_the_whole_screen();
  press("\033[D");
  cursor_at("Left", 1, 14);
  only_changes_were_written("Left");
  press("\033[B");
  cursor_at("Down", chosen(), 0);
  int row = vt.row;
  press("\033[B");
  cursor_at("Down", chosen(), 0);
  assert_true(vt.row > row);
  press("\033[A");
  cursor_at("Up", row, 0);
  it_is_the_whole_screen();
  press("\t"); /* from the list: detail, codes, Find, list */
  assert_non_null(strstr(vt_row(&vt, vt.row), "Réanimation chirurgicale"));
  assert_true(vt.row > 12);
  press("\t");
  cursor_at("Tab", ROWS - 2, 1);
  press("\t");
  assert_int_equal(vt.row, 1);
  press("\033[Z");
  cursor_at("Shift-Tab", ROWS - 2, 1);
  press("\r");
  assert_non_null(strstr(vt_row(&vt, 1), "Réanimation chirurgicale"));
  cursor_at("Enter", 3, 1); /* the first number of the card */
  assert_non_null(strstr(vt_row(&vt, 3), "0 06 39 98 12 34"));
  it_is_the_whole_screen();
  press("\x0e");
  cursor_at("F10", 1, 7);
  press("\033OQ");
  cursor_at("F2", chosen(), 0);
  only_changes_were_written("F2");
  it_is_the_whole_screen();
  stop();
}

/* A new revision changes cells; the cursor stays where it is read. */
static void a_change_from_elsewhere_never_moves_the_cursor(void **state) {
  (void)state;
  struct tc_error err = {0};
  start("auto");
  press("rea");
  cursor_at("rea", 1, 10);
  vt_mark(&vt);
  assert_int_equal(small_directory(scope, 2, &err), TC_OK);
  assert_true(pty_wait_for(&p, "changed"));
  p.seen = 0;
  vt_start(&vt, ROWS, COLS);
  take();
  cursor_at("a new revision", 1, 10);
  stop();
}

static void narrow_puts_site_number_and_name_in_40_columns(void **state) {
  (void)state;
  start("narrow");
  press("rea");
  int row = chosen();
  assert_int_equal(strncmp(vt_row(&vt, row), ">SAB 0 01 99 00 52 31 Réanimation", 33), 0);
  cursor_at("rea", 1, 10);
  it_is_the_whole_screen();
  stop();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_cursor_follows_every_key),
      cmocka_unit_test(a_change_from_elsewhere_never_moves_the_cursor),
      cmocka_unit_test(narrow_puts_site_number_and_name_in_40_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
