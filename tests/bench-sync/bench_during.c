/* bench_during NAME CONNINFO PID STATEMENT: runs STATEMENT, a transaction each time, over a
 * connection that is kept, for as long as a process lives; the median and the longest. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "sync/pg.h"

enum { TIMES_MAX = 10000, PAUSE_MS = 50 };

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv) {
  static int64_t took[TIMES_MAX];
  struct tc_error err = {.status = TC_OK};
  struct pg *pg = NULL;
  size_t count = 0;
  if (argc != 5)
    return 64;
  pid_t pid = (pid_t)strtol(argv[3], NULL, 10);
  const struct pg_patience patient = {.connect_ms = 15000, .answer_ms = 0};
  tc_status status = pg_open(&pg, argv[2], &patient, &err);
  while (status == TC_OK && count < TIMES_MAX && kill(pid, 0) == 0) {
    int64_t from = clock_monotonic_us();
    status = pg_run(pg, argv[4], &err);
    took[count++] = clock_monotonic_us() - from;
    poll(NULL, 0, PAUSE_MS);
  }
  pg_close(pg);
  if (status != TC_OK || count == 0) {
    fprintf(stderr, "bench_during: %s\n", status != TC_OK ? err.text : "the process had ended");
    return 1;
  }
  qsort(took, count, sizeof *took, by_value);
  printf("%s_ms %.1f ms\n", argv[1], (double)took[count / 2] / 1000);
  printf("%s_most_ms %.1f ms\n", argv[1], (double)took[count - 1] / 1000);
  printf("%s_count %zu x\n", argv[1], count);
  return 0;
}
