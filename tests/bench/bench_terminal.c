/* What a person waits for: the whole program on a line of its own (pty), on the directory of
 * BENCH_CACHE.  From the exec to the last byte of the first frame, beside a trivial program started
 * the same way; from the key written to the last byte of the redraw read. */
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/tidy.h"
#include "tests/lib/pty.h"

/* QUIET: longer than any pause within one redraw, which is a few writes in a row. */
enum { STARTS = 21, PASSES = 3, QUIET_MS = 40, DEADLINE_MS = 5000, ROWS = 24, COLS = 80 };

static const char *const typed[] = {"card", "rea chi", "dupont", "0199", "radiologi", "cadre bloc"};

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static void fail(const char *what) {
  fprintf(stderr, "bench_terminal: %s\n", what);
  exit(1);
}

/* Reads until the line is quiet; when its last byte came (microseconds), 0 where none did. */
static int64_t last_byte(struct pty *p) {
  struct pollfd line = {.fd = p->fd, .events = POLLIN};
  char bytes[16384];
  int64_t at = 0;
  while (poll(&line, 1, at ? QUIET_MS : DEADLINE_MS) > 0) {
    if (read(p->fd, bytes, sizeof bytes) <= 0)
      break;
    at = clock_monotonic_us();
  }
  return at;
}

static int run(void *arg) {
  char *const *command = arg;
  execv(command[0], command);
  return 127;
}

/* The median, in microseconds, of the starts of a command. */
static int64_t start_us(char *const *command) {
  static int64_t took[STARTS];
  for (int i = 0; i < STARTS; i++) {
    struct pty p;
    int64_t from = clock_monotonic_us();
    if (!pty_start(&p, ROWS, COLS, run, (void *)command))
      fail("no pty");
    int64_t to = last_byte(&p);
    pty_free(&p);
    if (!to)
      fail("nothing came on the screen");
    took[i] = to - from;
  }
  qsort(took, STARTS, sizeof *took, by_value);
  return took[STARTS / 2];
}

/* The median over keystrokes of the least time over passes. */
static int64_t redraw_us(char *const *command) {
  static int64_t took[256];
  size_t count = 0;
  struct pty p;
  if (!pty_start(&p, ROWS, COLS, run, (void *)command) || !last_byte(&p))
    fail("nothing came on the screen");
  for (int pass = 0; pass < PASSES; pass++) {
    count = 0;
    for (size_t q = 0; q < sizeof typed / sizeof *typed; q++) {
      for (const char *key = typed[q]; *key; key++) {
        int64_t from = clock_monotonic_us();
        if (!pty_send(&p, key, 1))
          fail("the program is gone");
        int64_t us = last_byte(&p) - from;
        if (us < 0)
          fail("a key redraws nothing");
        took[count] = pass && took[count] < us ? took[count] : us;
        count++;
      }
      if (!pty_send(&p, "\x0e", 1) || !last_byte(&p)) /* new caller: an empty Find */
        fail("the program is gone");
    }
  }
  pty_free(&p);
  qsort(took, count, sizeof *took, by_value);
  return took[count / 2];
}

static bool shell(char *command) {
  char sh[] = "/bin/sh", c[] = "-c";
  char *const words[] = {sh, c, command, NULL};
  int status = -1;
  pid_t child = fork();
  if (child == 0)
    _exit(run((void *)words));
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* A kiosk is configured by /etc alone: one of its own, in a mount namespace.  false: none may be
 * made here. */
static bool own_etc(const char *dir, const char *scope) {
  char command[32768];
  snprintf(command, sizeof command,
           "mkdir -p %s/tocsin && cp -aL /etc/passwd /etc/group /etc/ld.so.cache %s 2>/dev/null;"
           "cp -aL /etc/localtime %s 2>/dev/null;"
           "printf '[terminal]\\nsite = SAB\\nscope = %s\\n[print]\\nprinter = ward\\n' >%s/tocsin/"
           "tocsin.conf && mkdir -p %s/journal",
           dir, dir, dir, scope, dir, scope);
  return shell(command) && unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount(dir, "/etc", NULL, MS_BIND, NULL) == 0;
}

/* Locked in, with its print helper. */
static void kiosk(char *program, const char *scope) {
  char dir[] = "/tmp/tocsin-bench-XXXXXX", option[] = "--kiosk", command[64], real[4096];
  char *const words[] = {program, option, NULL};
  if (!realpath(scope, real) || !mkdtemp(dir))
    fail("no folder for a kiosk");
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    if (own_etc(dir, real))
      printf("first_frame_kiosk_ms %.2f ms\n", (double)start_us(words) / 1000);
    else
      printf("# missed first_frame_kiosk_ms: no mount namespace may be made here\n");
    fflush(stdout);
    _exit(0);
  }
  int status;
  waitpid(child, &status, 0);
  snprintf(command, sizeof command, "rm -rf %s", dir);
  if (status != 0 || !shell(command))
    fail("a kiosk could not be measured");
}

int main(void) {
  const char *cache = getenv("BENCH_CACHE"), *build = getenv("TOCSIN_BUILD");
  char program[4096], scope[4096];
  char cache_option[] = "--scope", site_option[] = "--site", site[] = "SAB";
  char trivial[] = "/bin/echo", word[] = "x";
  if (!cache || !build)
    fail("BENCH_CACHE or TOCSIN_BUILD is not set: run make bench");
  snprintf(program, sizeof program, "%s/tocsin", build);
  snprintf(scope, sizeof scope, "%s", cache);
  char *const command[] = {program, cache_option, scope, site_option, site, NULL};
  char *const echo[] = {trivial, word, NULL};
  setenv("TERM", "xterm-256color", 1);
  printf("key_to_redraw_us %lld us\n", (long long)redraw_us(command));
  /* As thousands of changes left it, and as idle time leaves it. */
  printf("first_frame_aged_ms %.2f ms\n", (double)start_us(command) / 1000);
  int64_t from = clock_monotonic_us();
  if (tidy_all(cache, 0, NULL) != TC_OK)
    fail("the index could not be merged");
  printf("merge_s %.2f s\n", (double)(clock_monotonic_us() - from) / 1e6);
  printf("first_frame_ms %.2f ms\n", (double)start_us(command) / 1000);
  kiosk(program, scope);
  printf("trivial_exec_ms %.2f ms\n", (double)start_us(echo) / 1000);
  return 0;
}
