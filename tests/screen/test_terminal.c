/* The terminal layer on a real line: keys in, cells out, and the line left as it was found. */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/pty.h"
#include "tests/lib/views.h"
#include "tui/term.h"

struct child {
  const char *term, *locale;
};

/* A small program: shows a screen and the last key on it, ends with ^X, crashes with ^D. */
static int child_main(void *arg) {
  const struct child *c = arg;
  static const int usual[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  struct rlimit none = {0, 0};
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) /* a test run in the background */
    signal(usual[i], SIG_DFL);
  setrlimit(RLIMIT_CORE, &none);
  setenv("TERM", c->term, 1);
  setlocale(LC_ALL, c->locale);
  struct term_options options = {.theme = THEME_DARK};
  struct grid g = GRID_INIT;
  struct key key = {K_NONE, 0};
  int keys = 0;
  g.letters = strcmp(c->locale, "C") == 0 ? TRANSLIT_ASCII : TRANSLIT_NONE;
  if (term_start(&options, NULL) != TC_OK)
    return 3;
  for (;;) {
    int rows, cols, ready;
    char text[64];
    term_size(&rows, &cols);
    if (grid_resize(&g, rows, cols, NULL) != TC_OK)
      return 4;
    search_draw(&g, frame_draw(&g, &view_frame, SCREEN_SEARCH), &view_found);
    snprintf(text, sizeof text, "<%d:%d:%u>", keys, (int)key.name, (unsigned)key.point);
    grid_text(&g, rows - 1, 0, cols, LOOK_TEXT, text);
    grid_text(&g, rows - 1, cols - 12, 12, LOOK_TEXT, rows == 24 ? "            " : "other size  ");
    (void)term_show(&g);
    if (term_key(&key, NULL, 0, &ready, -1) != TC_OK || (key.name == K_CTRL && key.point == 'X'))
      break;
    if (key.name == K_CTRL && key.point == 'D')
      abort();
    if (key.name == K_TEXT && key.point == '!')
      term_ring();
    keys += key.name != K_RESIZE;
  }
  term_stop();
  grid_free(&g);
  return 0;
}

static void start(struct pty *p, struct child *c) {
  assert_true(pty_start(p, 24, 80, child_main, c));
  assert_true(pty_wait_for(p, "<0:0:0>"));
  pty_settle(p, 50);
}

static const char *const terminals[] = {"vt100",          "vt220", "linux",
                                        "xterm-256color", "tmux",  "nosuchterminal"};

static void every_terminal_shows_the_screen(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++)
    for (int ascii = 0; ascii < 2; ascii++) {
      struct child c = {terminals[i], ascii ? "C" : "C.UTF-8"};
      struct pty p;
      start(&p, &c);
      assert_non_null(memmem(p.out.data, p.out.len, "0 06 39 98 12 34", 16));
      if (ascii)
        for (size_t k = 0; k < p.out.len; k++)
          assert_true((unsigned char)p.out.data[k] < 0x80);
      bool console =
          strcmp(terminals[i], "linux") == 0; /* its keypad is digits, while we are there */
      if (console)
        assert_non_null(memmem(p.out.data, p.out.len, "\033=", 2));
      assert_true(pty_send(&p, "\x18", 1));
      assert_int_equal(pty_wait_end(&p, false), 0);
      assert_true(pty_line_as_found(&p));
      if (console)
        assert_non_null(memmem(p.out.data + p.seen, p.out.len - p.seen, "\033>", 2));
      pty_free(&p);
    }
}

static void it_rings_once_when_it_is_told(void **state) {
  (void)state;
  struct child c = {"xterm-256color", "C.UTF-8"};
  struct pty p;
  start(&p, &c);
  size_t before = p.out.len;
  assert_true(pty_send(&p, "!a", 2));
  assert_true(pty_wait_for(&p, "97")); /* the second key is on the screen */
  size_t rings = 0;
  for (size_t i = before; i < p.out.len; i++)
    rings += p.out.data[i] == '\a';
  assert_int_equal(rings, 1);
  pty_free(&p);
}

static void whatever_ends_it_the_terminal_is_left_as_found(void **state) {
  (void)state;
  static const int signals[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGSEGV, SIGABRT, SIGFPE};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct child c = {"xterm-256color", "C.UTF-8"};
    struct pty p;
    start(&p, &c);
    assert_false(pty_line_as_found(&p));
    assert_int_equal(kill(p.pid, signals[i]), 0);
    int status = pty_wait_end(&p, false);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), signals[i]);
    assert_true(pty_line_as_found(&p));
    const char *tail = p.out.data + p.seen;
    size_t len = p.out.len - p.seen;
    const char *left = memmem(tail, len, "\033[?1049l", 8); /* its screen */
    assert_non_null(left);
    assert_non_null(memmem(tail, (size_t)(left - tail), "\033[2J", 4)); /* which is empty by then */
    assert_non_null(memmem(tail, len, "\033[?2004l", 8));               /* bracketed paste */
    pty_free(&p);
  }
}

static void a_crash_leaves_the_terminal_as_found(void **state) {
  (void)state;
  struct child c = {"vt220", "C.UTF-8"};
  struct pty p;
  start(&p, &c);
  assert_true(pty_send(&p, "\x04", 1));
  int status = pty_wait_end(&p, false);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
  /* It has no second screen: nothing of ours stays on the only one. */
  assert_non_null(memmem(p.out.data + p.seen, p.out.len - p.seen, "\033[J", 3));
  assert_true(pty_line_as_found(&p));
  pty_free(&p);
}

static void only_changed_cells_are_written(void **state) {
  (void)state;
  struct child c = {"xterm-256color", "C.UTF-8"};
  struct pty p;
  start(&p, &c);
  assert_true(pty_send(&p, "a", 1));
  size_t bytes = pty_settle(&p, 300);
  assert_true(bytes > 0 && bytes < 100);
  pty_free(&p);
}

static void keys_come_through_whole_or_in_pieces(void **state) {
  (void)state;
  struct child c = {"xterm-256color", "C.UTF-8"};
  struct pty p;
  char expected[64];
  start(&p, &c);
  assert_true(pty_send(&p, "\033[", 2));
  pty_settle(&p, 100);
  assert_true(pty_send(&p, "21~", 3));
  snprintf(expected, sizeof expected, "%d", (int)K_F10);
  assert_true(pty_wait_for(&p, expected));
  assert_true(pty_send(&p, "\033[200~\n\033[201~", 13));
  snprintf(expected, sizeof expected, "%d", (int)K_PASTE);
  assert_true(pty_wait_for(&p, expected));
  pty_free(&p);
}

static void a_resize_storm_ends_at_the_last_size(void **state) {
  (void)state;
  struct child c = {"xterm-256color", "C.UTF-8"};
  struct pty p;
  start(&p, &c);
  for (int i = 0; i < 60; i++)
    assert_true(pty_resize(&p, 1 + (i * 7) % 70, 1 + (i * 31) % 220));
  assert_true(pty_resize(&p, 30, 100));
  assert_true(pty_wait_for(&p, "other size"));
  assert_true(pty_send(&p, "\x18", 1));
  assert_int_equal(pty_wait_end(&p, false), 0);
  assert_true(pty_line_as_found(&p));
  pty_free(&p);
}

/* A shell with job control, as far as one program needs it. */
static int shell_main(void *arg) {
  signal(SIGTTOU, SIG_IGN);
  pid_t pid = fork();
  if (pid == 0) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    _exit(child_main(arg));
  }
  int status;
  char line[16];
  waitpid(pid, &status, WUNTRACED);
  tcsetpgrp(STDIN_FILENO, getpgrp());
  if (!WIFSTOPPED(status) || write(STDOUT_FILENO, "STOPPED", 7) != 7 ||
      read(STDIN_FILENO, line, sizeof line) <= 0)
    return 5;
  tcsetpgrp(STDIN_FILENO, pid);
  kill(-pid, SIGCONT);
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 6;
}

static void a_stop_gives_the_line_back_and_continuing_takes_it(void **state) {
  (void)state;
  struct child c = {"xterm-256color", "C.UTF-8"};
  struct pty p;
  assert_true(pty_start(&p, 24, 80, shell_main, &c));
  assert_true(pty_wait_for(&p, "<0:0:0>"));
  pty_settle(&p, 50);
  assert_true(pty_send(&p, "\x1A", 1));
  assert_true(pty_wait_for(&p, "STOPPED"));
  assert_true(pty_line_as_found(&p));
  assert_non_null(memmem(p.out.data, p.out.len, "\033[?2004l", 8));
  assert_true(pty_send(&p, "fg\n", 3));
  assert_true(pty_wait_for(&p, "Find:"));
  assert_true(pty_send(&p, "z", 1));
  assert_true(pty_wait_for(&p, "122"));
  assert_true(pty_send(&p, "\x18", 1));
  assert_int_equal(pty_wait_end(&p, false), 0);
  assert_true(pty_line_as_found(&p));
  pty_free(&p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_terminal_shows_the_screen),
      cmocka_unit_test(it_rings_once_when_it_is_told),
      cmocka_unit_test(whatever_ends_it_the_terminal_is_left_as_found),
      cmocka_unit_test(a_crash_leaves_the_terminal_as_found),
      cmocka_unit_test(only_changed_cells_are_written),
      cmocka_unit_test(keys_come_through_whole_or_in_pieces),
      cmocka_unit_test(a_resize_storm_ends_at_the_last_size),
      cmocka_unit_test(a_stop_gives_the_line_back_and_continuing_takes_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
