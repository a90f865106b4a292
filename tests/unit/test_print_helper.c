/* The one process of a kiosk that may run a program: the kiosk cannot, and its sheets are printed.
 */
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "tests/lib/folder.h"
#include "tui/lock.h"
#include "tui/print_helper.h"

static char folder[FOLDER_PATH];

/* An lp that writes its arguments and its sheet to a file, or refuses. */
static void make_lp(const char *script) {
  char path[FOLDER_PATH + 8];
  snprintf(path, sizeof path, "%s/lp", folder);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fprintf(f, "#!/bin/sh\n%s\n", script);
  assert_int_equal(fclose(f), 0);
  assert_int_equal(chmod(path, 0700), 0);
}

enum { WAIT_MS = 2000 };

static const struct config printers = {.printer = "ward-7, bloc_2"};

/* A locked kiosk sends two sheets, to that printer and the one behind it; what it was told, as exit
 * code. */
static int kiosk(size_t first, tc_status wanted) {
  pid_t child = fork();
  if (child == 0) {
    struct print_helper h = {.fd = 0};
    struct buffer sheet = BUFFER_INIT;
    struct tc_error err = {0};
    buffer_add_text(&sheet, "2222 crash\n");
    if (print_helper_start(&h, &printers, NULL) != TC_OK || lock_in(folder, NULL) != TC_OK)
      _exit(99);
    for (size_t i = 0; i < 2; i++)
      if (print_helper_send(&h, first + i, &sheet, "code board", WAIT_MS, &err) != wanted)
        _exit((int)i + 1);
    _exit(0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void a_locked_kiosk_prints_through_its_helper(void **state) {
  (void)state;
  char script[2 * FOLDER_PATH], path[FOLDER_PATH + 8];
  struct buffer text = BUFFER_INIT;
  snprintf(path, sizeof path, "%s/out", folder);
  snprintf(script, sizeof script, "{ echo \"$@\"; grep NoNew /proc/self/status; cat; } >>'%s'",
           path);
  make_lp(script);
  assert_int_equal(kiosk(0, TC_OK), 0);
  assert_int_equal(file_read(&text, path, 4096, NULL), TC_OK);
  assert_string_equal(buffer_text(&text),
                      "-s -t code board -d ward-7\nNoNewPrivs:\t1\n2222 crash\n"
                      "-s -t code board -d bloc_2\nNoNewPrivs:\t1\n2222 crash\n");
  buffer_free(&text);
}

static void what_lp_refuses_is_told(void **state) {
  (void)state;
  make_lp("echo 'no such printer' >&2; exit 1");
  assert_int_equal(kiosk(0, TC_UNAVAILABLE), 0);
}

static void a_printer_that_was_not_named_is_refused(void **state) {
  (void)state;
  char script[2 * FOLDER_PATH];
  snprintf(script, sizeof script, "touch '%s/ran'", folder);
  make_lp(script);
  assert_int_equal(kiosk(2, TC_REFUSED), 0);
  assert_int_equal(kiosk((size_t)-2, TC_REFUSED), 0);
  snprintf(script, sizeof script, "%s/ran", folder);
  assert_int_not_equal(access(script, F_OK), 0);
}

static void too_much_is_not_sent(void **state) {
  (void)state;
  struct print_helper h = {.fd = 0};
  struct buffer none = BUFFER_INIT;
  struct tc_error err = {0};
  assert_int_equal(print_helper_start(&h, &printers, NULL), TC_OK);
  assert_int_equal(print_helper_send(&h, 0, &none, "card", WAIT_MS, &err), TC_TOO_LONG);
  close(h.fd);
}

/* Stands between the kiosk and its helper, and gives the first answer twice. */
static void *say_twice(void *ends) {
  const int *fd = ends; /* the kiosk's, the helper's */
  char bytes[4096];
  bool first = true;
  for (;;) {
    struct pollfd p[] = {{.fd = fd[0], .events = POLLIN}, {.fd = fd[1], .events = POLLIN}};
    if (poll(p, 2, -1) < 0)
      return NULL;
    for (int i = 0; i < 2; i++) {
      ssize_t n = p[i].revents ? read(fd[i], bytes, sizeof bytes) : -1;
      if (n == 0)
        return NULL;
      for (int k = 0; n > 0 && k < (i && first ? 2 : 1); k++)
        if (write(fd[1 - i], bytes, (size_t)n) != n)
          return NULL;
      first = first && !(i && n > 0);
    }
  }
}

static void a_late_answer_is_not_that_to_the_next_sheet(void **state) {
  (void)state;
  int ends[2], fd[2];
  pthread_t between;
  struct print_helper h = {.fd = 0};
  struct buffer sheet = BUFFER_INIT;
  struct tc_error err = {0};
  buffer_add_text(&sheet, "2222 crash\n");
  make_lp("cat >/dev/null");
  assert_int_equal(print_helper_start(&h, &printers, NULL), TC_OK);
  assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  fd[0] = ends[1];
  fd[1] = h.fd;
  h.fd = ends[0];
  assert_int_equal(pthread_create(&between, NULL, say_twice, fd), 0);
  assert_int_equal(print_helper_send(&h, 7, &sheet, "card", WAIT_MS, &err), TC_REFUSED);
  assert_int_equal(print_helper_send(&h, 0, &sheet, "card", WAIT_MS, NULL), TC_OK);
  assert_int_equal(print_helper_send(&h, 7, &sheet, "card", WAIT_MS, &err), TC_REFUSED);
  close(ends[0]);
  pthread_join(between, NULL);
  close(ends[1]);
  close(fd[1]);
  buffer_free(&sheet);
}

/* The helper is stopped, or its pipe is full: the kiosk is not. */
static void a_helper_that_reads_nothing_holds_no_kiosk(void **state) {
  (void)state;
  int ends[2];
  struct buffer sheet = BUFFER_INIT;
  struct tc_error err = {0};
  assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  struct print_helper h = {.fd = ends[0]};
  while (sheet.len < PRINT_SHEET_MAX / 2)
    buffer_add_text(&sheet, "2222 crash\n");
  assert_int_equal(print_helper_send(&h, 0, &sheet, "card", 20, NULL), TC_UNAVAILABLE);
  assert_int_equal(print_helper_send(&h, 0, &sheet, "card", WAIT_MS, &err), TC_BUSY);
  close(ends[0]);
  close(ends[1]);
  buffer_free(&sheet);
}

/* Keeps the lp of that file from ending when it is killed, as one does that hangs in the kernel:
 * who is traced is there until its tracer has looked. */
struct tracer {
  char path[FOLDER_PATH + 8];
  atomic_bool traced, let_go;
  pthread_t thread;
};

static void *trace(void *of) {
  struct tracer *t = of;
  long pid = 0;
  int code = 0;
  while (!pid && !t->let_go) {
    FILE *f = fopen(t->path, "r");
    if (f && fscanf(f, "%ld.", &pid) != 1)
      pid = 0;
    if (f)
      fclose(f);
    sched_yield();
  }
  t->traced = pid && ptrace(PTRACE_SEIZE, (pid_t)pid, NULL, NULL) == 0;
  if (!t->traced)
    return NULL;
  while (!t->let_go)
    sched_yield();
  while (waitpid((pid_t)pid, &code, __WALL) == (pid_t)pid && !WIFSIGNALED(code) && !WIFEXITED(code))
    ptrace(PTRACE_CONT, (pid_t)pid, NULL, NULL);
  return NULL;
}

static void let_go(struct tracer *t) {
  t->let_go = true;
  assert_int_equal(pthread_join(t->thread, NULL), 0);
}

/* Sends a sheet until it comes to what is wanted, of the helper and not of the wait for it; false:
 * it does not. */
static bool comes_to(struct print_helper *h, const struct buffer *sheet, tc_status wanted) {
  int64_t end = clock_monotonic_us() + 20 * INT64_C(1000000);
  while (clock_monotonic_us() < end) {
    tc_status status = print_helper_send(h, 0, sheet, "card", WAIT_MS, NULL);
    if (status == wanted && !h->due)
      return true;
    if (status != TC_BUSY)
      return false;
    sched_yield();
  }
  return false;
}

static void an_lp_that_cannot_be_killed_holds_neither_kiosk_nor_helper(void **state) {
  char script[2 * FOLDER_PATH];
  (void)state;
  struct tracer t = {.traced = false};
  struct print_helper h = {.fd = 0};
  struct buffer sheet = BUFFER_INIT;
  buffer_add_text(&sheet, "2222 crash\n");
  snprintf(t.path, sizeof t.path, "%s/pid", folder);
  assert_int_equal(print_helper_start(&h, &printers, NULL), TC_OK);
  for (int wait_ms = 250; !t.traced && wait_ms <= 4000; wait_ms *= 2) {
    unlink(t.path);
    snprintf(script, sizeof script, "echo $$. >'%s'; exec sleep 60", t.path);
    make_lp(script);
    t.let_go = false;
    assert_int_equal(pthread_create(&t.thread, NULL, trace, &t), 0);
    assert_int_equal(print_helper_send(&h, 0, &sheet, "card", wait_ms, NULL), TC_UNAVAILABLE);
    make_lp("cat >/dev/null");
    if (!t.traced) { /* it was killed before: once more, and longer */
      let_go(&t);
      t.traced = false;
      assert_true(comes_to(&h, &sheet, TC_OK));
    }
  }
  assert_true(t.traced);
  bool refused = comes_to(&h, &sheet, TC_BUSY);
  let_go(&t);
  assert_true(refused);
  assert_true(comes_to(&h, &sheet, TC_OK));
  close(h.fd);
  buffer_free(&sheet);
}

static int make(void **state) {
  char path[FOLDER_PATH + 64];
  (void)state;
  if (folder_make(folder) != 0)
    return -1;
  snprintf(path, sizeof path, "%s:/usr/bin:/bin", folder);
  return setenv("PATH", path, 1);
}

static int take_away(void **state) {
  (void)state;
  folder_remove(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_locked_kiosk_prints_through_its_helper),
      cmocka_unit_test(what_lp_refuses_is_told),
      cmocka_unit_test(a_printer_that_was_not_named_is_refused),
      cmocka_unit_test(too_much_is_not_sent),
      cmocka_unit_test(a_late_answer_is_not_that_to_the_next_sheet),
      cmocka_unit_test(a_helper_that_reads_nothing_holds_no_kiosk),
      cmocka_unit_test(an_lp_that_cannot_be_killed_holds_neither_kiosk_nor_helper),
  };
  return cmocka_run_group_tests(tests, make, take_away);
}
