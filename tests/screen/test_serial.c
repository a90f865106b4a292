/* A terminal on a line of 9600 baud, such as a console behind a serial cable: what was typed and
 * the first answer come first, and the next key does not wait for the rest. */
#include <locale.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/folder.h"
#include "tests/lib/pty.h"
#include "tests/lib/small_directory.h"
#include "tests/lib/vt.h"
#include "tui/run.h"
#include "tui/term.h"

enum { ROWS = 24, COLS = 80, QUIET_MS = 500 };

static char scope[FOLDER_PATH];
static char site[] = "SAB", config[] = "/dev/null";

/* The program itself, on a line that was set to 9600 baud before. */
static int child(void *arg) {
  struct options options = {.set = -1};
  struct termios line;
  struct tc_error err = {0};
  (void)arg;
  setenv("TERM", "xterm-256color", 1);
  setlocale(LC_ALL, "C.UTF-8");
  if (tcgetattr(STDIN_FILENO, &line) != 0 || cfsetspeed(&line, B9600) != 0 ||
      tcsetattr(STDIN_FILENO, TCSANOW, &line) != 0)
    return 3;
  options.value[OPT_SCOPE] = scope;
  options.value[OPT_SITE] = site;
  options.value[OPT_CONFIG] = config;
  return run_screens(&options, &err) == TC_OK ? 0 : 4;
}

static struct pty p;
static struct vt vt;
static size_t taken; /* of p.out, by vt */

/* All that comes until the line is quiet; its bytes. */
static size_t settle(void) {
  size_t from = p.out.len;
  pty_settle(&p, QUIET_MS);
  vt_take(&vt, p.out.data + taken, p.out.len - taken);
  taken = p.out.len;
  return p.out.len - from;
}

static int make(void **state) {
  struct tc_error err = {0};
  (void)state;
  if (folder_make(scope) != 0 || small_directory(scope, 1, &err) != TC_OK)
    return -1;
  taken = 0;
  vt_start(&vt, ROWS, COLS);
  if (!pty_start(&p, ROWS, COLS, child, NULL) || !pty_wait_for(&p, "switchboard"))
    return -1;
  settle();
  return 0;
}

static int take_away(void **state) {
  (void)state;
  pty_free(&p);
  folder_remove(scope);
  return 0;
}

static void type(const char *text) {
  assert_true(pty_send(&p, text, strlen(text)));
}

static bool shows(const char *what) {
  for (int row = 0; row < ROWS; row++)
    if (strstr(vt_row(&vt, row), what))
      return true;
  return false;
}

/* Waits for a byte of the answer to what was typed. */
static void first_byte(void) {
  struct pollfd line = {.fd = p.fd, .events = POLLIN};
  assert_int_equal(poll(&line, 1, PTY_DEADLINE_MS), 1);
}

static void the_first_300_bytes_hold_the_echo_and_the_first_row(void **state) {
  (void)state;
  size_t from = p.out.len;
  type("pn");
  size_t all = settle();
  assert_true(all > TERM_FIRST_BYTES); /* else it says nothing */
  struct vt early;
  vt_start(&early, ROWS, COLS);
  vt_take(&early, p.out.data + from, TERM_FIRST_BYTES);
  bool echo = false, row = false;
  for (int r = 0; r < ROWS; r++) {
    echo = echo || strstr(vt_row(&early, r), "pn");
    row = row || strstr(vt_row(&early, r), "neumologie");
  }
  assert_true(echo);
  assert_true(row);
  assert_true(shows("Pneumologie"));
}

static void the_next_key_cuts_the_rest_off(void **state) {
  (void)state;
  type("\x15");
  settle();
  type("r");
  size_t one = settle();
  type("\x15"); /* an empty Find again */
  size_t other = settle();
  type("r");
  first_byte();
  type("\x15");
  size_t both = settle();
  if (both >= one + other)
    fail_msg("%zu bytes for two keys, %zu and %zu for each alone", both, one, other);
  assert_true(shows("Type a name")); /* and in the end all is there */
  assert_true(shows("emergency codes here"));
  assert_false(shows("other sites"));
  type("rea ch");
  settle();
  assert_true(shows("0 01 99 00 52 31"));
  assert_true(shows("switchboard 9"));
  assert_int_equal(vt.unknown, 0);
}

/* Bytes of a sign, or of a sequence of xterm. */
static size_t piece(const char *bytes) {
  size_t len = 1;
  if (bytes[0] == '\033' && bytes[1] != '[')
    return bytes[1] == '(' ? 3 : 2;
  if (bytes[0] == '\033')
    len = 2 + strcspn(bytes + 2, "ABCDGHJKLMPXZacdefghlmnqrstu") + 1;
  else
    while ((bytes[len] & 0xC0) == 0x80)
      len++;
  return len;
}

/* Another list altogether: its chosen row comes before what is above and below it, and never are
 * the name of the one and the number of the other beside each other. */
static void the_first_row_of_another_list_comes_whole(void **state) {
  (void)state;
  type("\x15rea ch");
  settle();
  assert_true(shows("0 01 99 00 52 31"));
  enum { ROW = 3, NAME = 14 }; /* the site and the beginning of a name */
  struct vt early = vt;
  size_t from = p.out.len, at = 0;
  assert_non_null(strstr(vt_row(&vt, ROW), "52 31"));
  type("\x15pneumo"); /* keys that come together are shown together */
  size_t all = settle();
  const char *bytes = p.out.data + from;
  char whole[512];
  snprintf(whole, sizeof whole, "%s", vt_row(&vt, ROW));
  assert_true(all > TERM_FIRST_BYTES && !strstr(whole, "52 31"));
  while (at < all) {
    size_t len = piece(bytes + at);
    if (at + len > TERM_FIRST_BYTES && at <= TERM_FIRST_BYTES)
      assert_string_equal(vt_row(&early, ROW), whole);
    vt_take(&early, bytes + at, len);
    at += len;
    const char *now = vt_row(&early, ROW);
    if (strncmp(now, whole, NAME) == 0 && strstr(now, "52 31"))
      fail_msg("after %zu bytes: %s", at, now);
  }
  assert_string_equal(vt_row(&early, ROW), whole);
}

static void arrows_that_come_apart_are_arrows(void **state) {
  static const char *const pieces[] = {"\033", "[", "B"};
  (void)state;
  type("\x15rea");
  settle();
  int before = vt.row;
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    type(pieces[i]);
    pty_settle(&p, 100); /* a byte takes a millisecond: far less than they may be apart */
  }
  settle();
  assert_true(vt.row != before);
  assert_true(shows("Find: rea"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_300_bytes_hold_the_echo_and_the_first_row),
      cmocka_unit_test(the_next_key_cuts_the_rest_off),
      cmocka_unit_test(the_first_row_of_another_list_comes_whole),
      cmocka_unit_test(arrows_that_come_apart_are_arrows),
  };
  setenv("TZ", "UTC", 1);
  tzset();
  return cmocka_run_group_tests(tests, make, take_away);
}
