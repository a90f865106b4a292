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
#include "tui/pin.h"

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

/* In the folder, over the directory that is there. */
static void begin(const char *layout) {
  char config[FOLDER_PATH + 16];
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  FILE *f = fopen(config, "w");
  assert_non_null(f);
  fprintf(f,
          "[terminal]\nsite = SAB\nset = ward\ncountry = FR\ndesk = yes\nscope = %s\n"
          "[screen]\nlayout = %s\n",
          scope, layout);
  assert_int_equal(fclose(f), 0);
  vt_start(&vt, ROWS, COLS);
  assert_true(pty_start(&p, ROWS, COLS, run, NULL));
  assert_true(pty_wait_for(&p, "Find:"));
  p.seen = 0;
  take();
}

static void start(const char *layout) {
  struct tc_error err = {0};
  assert_int_equal(folder_make(scope), 0);
  assert_int_equal(small_directory(scope, 1, &err), TC_OK);
  begin(layout);
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
  for (int waited = 0; (vt.row != row || vt.col != col) && waited < 40; waited++)
    take(); /* on a machine that is busy the answer may be under way still */
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

/* Where nothing was found there is something to read, and it is read where it begins. */
static void the_cursor_shows_where_nothing_was_found(void **state) {
  (void)state;
  static const char *const keys[] = {"\033[B",  "\t",     "\t",    "\033[6~",
                                     "\033[5~", "\033[H", "\033[A"};
  start("auto");
  press("qqqqxx");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    press(keys[i]);
    cursor_at("a key where nothing was found", vt.row, vt.col);
    assert_true(vt.row >= 1);
    only_changes_were_written("a key where nothing was found");
  }
  stop();
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

/* Fields, lists, questions and numbers: behind each key the cursor is in the row that is read, at
 * the column of what is typed, and what did not change is not written again. */
static void and_on_every_other_screen(void **state) {
  (void)state;
#define ESC "\033"
  static const struct {
    const char *keys, *what, *row;
    int col;
    bool same; /* screen: what did not change on it is not written again */
  } steps[] = {
      {"rea chirurgicale sab", "a query", " Find: rea chirurgicale sab", 27, true},
      {"\r", "Enter", " 1 direct line", 1, false},
      {"1", "a digit: big digits", "  read: 0, 01, 99, 00, 52, 31", 2, false},
      {ESC "[17~", "F6: the fax card", "last four that you keyed in: _ _ _ _", 31, false},
      {"5", "the first of the last four", "last four that you keyed in: 5 _ _ _", 33, true},
      {"2", "the second", "last four that you keyed in: 5 2 _ _", 35, true},
      {"4", "the third", "last four that you keyed in: 5 2 4 _", 37, true},
      {"0", "the fourth", "  last four: 5 2 4 0  they are right", 2, true},
      {"5", "another try", "last four that you keyed in: 5 _ _ _", 33, true},
      {"204", "those of another", "  ! last four: 5 2 0 4  STOP", 2, true},
      {"5209", "those of none", "  ! last four: 5 2 0 9  STOP", 2, true},
      {ESC, "Esc", " 1 direct line", 1, false},
      {"3", "the masked number", "  0 06 ** ** ** 78", 2, false},
      {"\r", "Enter: a reason", ">  1 no reason given", 0, false},
      {ESC "[B", "Down", ">  2 urgent", 0, true},
      {"\r", "Enter: shown", "  read: 0, 06,", 2, false},
      {ESC, "Esc", " 1 direct line", 1, false},
      {"+", "+: what to write", ">  1 a note", 0, false},
      {"\r", "Enter: a form", "> note", 13, false},
      {"ab", "two letters", "> note      ab", 15, true},
      {ESC "[D", "Left", "> note      ab", 14, true},
      {"\t", "Tab", "> ", -1, true},
      {ESC, "Esc", ">  1 a note", 0, false},
      {ESC, "Esc", " 1 direct line", 1, false},
      {ESC "[19~", "F8: how a call ended", ">  1 no answer", 0, false},
      {ESC, "Esc", " 1 direct line", 1, false},
      {"\x0e", "F10: a new caller", " Find:", 7, false},
      {ESC "OS", "F4: no incident to list", "  ", 2, false},
      {ESC, "Esc", " Find:", 7, false},
      {ESC "OR", "F3: another time", "At:", -1, false},
      {"su", "two letters", "At: su", 7, true},
      {ESC, "Esc", " Find:", 7, false},
      {ESC "[15~", "F5: from where", ">* 1 ward phone", 0, false},
      {ESC, "Esc", " Find:", 7, false},
      {ESC "[20~", "F9: no rota to list", "  No rota", 2, false},
      {ESC, "Esc", " Find:", 7, false},
      {ESC "[23~", "F11: the desk", ">", 0, false},
      {ESC "[H", "Home", ">", 0, true},
      {"\r", "Enter: the PIN", " PIN:", 6, false},
      {"2", "its first digit", " PIN: *", 7, true},
      {"6", "its second", " PIN: **", 8, true},
      {"\x7f", "Backspace", " PIN: *", 7, true},
      {ESC, "Esc", ">", 0, false},
      {ESC, "Esc", " Find:", 7, false},
      {"\x18", "Ctrl-X: leave?", "  Leave tocsin?", 2, false},
      {ESC, "Esc", " Find:", 7, false},
  };
#undef ESC
  struct tc_error err = {0};
  assert_int_equal(folder_make(scope), 0);
  assert_int_equal(small_switchboard(scope, &err), TC_OK);
  assert_int_equal(pin_set(scope, "260727", &err), TC_OK);
  begin("auto");
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    press(steps[i].keys);
    for (int tries = 0; tries < 50 && !strstr(vt_row(&vt, vt.row), steps[i].row); tries++)
      take(); /* an Esc is one only when nothing has followed it */
    if (!vt.cursor || !strstr(vt_row(&vt, vt.row), steps[i].row))
      fail_msg("after %s the cursor is %s in \"%s\", not in \"%s\"", steps[i].what,
               vt.cursor ? "shown" : "hidden", vt_row(&vt, vt.row), steps[i].row);
    if (steps[i].col >= 0)
      cursor_at(steps[i].what, vt.row, steps[i].col);
    if (steps[i].same)
      only_changes_were_written(steps[i].what);
  }
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
      cmocka_unit_test(the_cursor_shows_where_nothing_was_found),
      cmocka_unit_test(the_cursor_follows_every_key),
      cmocka_unit_test(and_on_every_other_screen),
      cmocka_unit_test(a_change_from_elsewhere_never_moves_the_cursor),
      cmocka_unit_test(narrow_puts_site_number_and_name_in_40_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
