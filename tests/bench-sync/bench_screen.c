/* bench_screen CONNINFO SCOPE_DIR UUID: a running tocsin shows that entry; from sending a commit of
 * another name for it to the source until that name stands on the screen, through a daemon that
 * listens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "sync/pg.h"
#include "tests/lib/pty.h"

enum { CHANGES = 200, LETTERS = 12 };

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static int run(void *arg) {
  char *const *command = arg;
  execv(command[0], command);
  return 127;
}

int main(int argc, char **argv) {
  static int64_t took[CHANGES];
  struct tc_error err = {.status = TC_OK};
  const char *build = getenv("TOCSIN_BUILD");
  struct pg *pg = NULL;
  struct pty p;
  char program[4096], scope_option[] = "--scope";
  if (argc != 4 || !build)
    return 64;
  snprintf(program, sizeof program, "%s/tocsin", build);
  char *const command[] = {program, scope_option, argv[2], NULL};
  setenv("TERM", "xterm-256color", 1);
  tc_status status = pg_open(&pg, argv[1], &pg_patience_usual, &err);
  if (status != TC_OK || !pty_start(&p, 24, 80, run, (void *)command)) {
    fprintf(stderr, "bench_screen: %s\n", err.text);
    return 1;
  }
  pty_settle(&p, 500);
  pty_send(&p, "zzyzx", 5);
  if (!pty_wait_for(&p, "aaaaaaaaaaaa")) {
    fprintf(stderr, "bench_screen: the entry is not on the screen\n");
    return 1;
  }
  for (int i = 0; i < CHANGES; i++) {
    /* no letter of the name stays, so that it is drawn whole */
    char letters[LETTERS + 1] = "", name[40];
    memset(letters, 'b' + i % 25, LETTERS);
    snprintf(name, sizeof name, "Zzyzx %s", letters);
    const char *params[] = {name, argv[3]};
    struct buffer out = BUFFER_INIT;
    pty_settle(&p, 20);
    int64_t from = clock_monotonic_us();
    status = pg_value(pg, &out,
                      "UPDATE tocsin.entry SET name = $1 WHERE uuid = $2::uuid RETURNING 1::text",
                      params, 2, &err);
    bool seen = status == TC_OK && pty_wait_for(&p, letters);
    took[i] = clock_monotonic_us() - from;
    buffer_free(&out);
    if (!seen) {
      fprintf(stderr, "bench_screen: change %d is not on the screen: %s\n", i, err.text);
      return 1;
    }
  }
  qsort(took, CHANGES, sizeof *took, by_value);
  printf("commit_to_screen_ms %.1f ms\n", (double)took[CHANGES / 2] / 1000);
  printf("commit_to_screen_p99_ms %.1f ms\n", (double)took[CHANGES * 99 / 100] / 1000);
  pty_free(&p);
  pg_close(pg);
  return 0;
}
