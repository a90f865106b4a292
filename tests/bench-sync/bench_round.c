/* bench_round NAME ROUNDS TERMINAL SOURCE SCOPE_DIR STATEMENT: a terminal that has everything, on a
 * connection that is kept and with the cache open, as the daemon and each screen have it, takes
 * what STATEMENT changes at the source.  TERMINAL and SOURCE are connection strings, the second of
 * whoever may run it; %d in it is the number of the round.  The median of a round without its waits
 * for the disk, those apart, and what came over TCP. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/cache.h"
#include "sync/pull.h"

enum { ROUNDS_MAX = 1000 };

/* ---- in front of libc: what is waited for the disk ---------------------------------------------
 */

static int64_t disk_us;

static int timed(long call, int fd) {
  int64_t from = clock_monotonic_us();
  int result = (int)syscall(call, fd);
  disk_us += clock_monotonic_us() - from;
  return result;
}

int fsync(int fd) {
  return timed(SYS_fsync, fd);
}

int fdatasync(int fd) {
  return timed(SYS_fdatasync, fd);
}

/* ---- rounds ------------------------------------------------------------------------------------
 */

struct figures {
  int64_t us[ROUNDS_MAX], disk[ROUNDS_MAX], bytes[ROUNDS_MAX];
};

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static int64_t median(int64_t *values, size_t count) {
  qsort(values, count, sizeof *values, by_value);
  return values[count / 2];
}

static int64_t received(const struct pg *pg) {
  struct tcp_info info = {0};
  socklen_t len = sizeof info;
  return getsockopt(pg_socket(pg), IPPROTO_TCP, TCP_INFO, &info, &len) == 0
             ? (int64_t)info.tcpi_bytes_received
             : 0;
}

static tc_status change(struct pg *source, const char *statement, int n, struct tc_error *err) {
  struct buffer sql = BUFFER_INIT;
  for (const char *p = statement; *p; p++)
    if (p[0] == '%' && p[1] == 'd') {
      buffer_printf(&sql, "%d", n);
      p++;
    } else {
      buffer_add_char(&sql, *p);
    }
  tc_status status = buffer_status(&sql, err);
  if (status == TC_OK)
    status = pg_run(source, buffer_text(&sql), err);
  buffer_free(&sql);
  return status;
}

static tc_status measure(struct figures *f, size_t at, struct pg *terminal, const char *scope_dir,
                         struct tc_error *err) {
  struct pull_report report;
  int64_t bytes = received(terminal), from = clock_monotonic_us();
  disk_us = 0;
  tc_status status =
      pull_round(terminal, &(struct pull_orders){.scope_dir = scope_dir}, &report, err);
  int64_t took = clock_monotonic_us() - from;
  f->us[at] = took - disk_us;
  f->disk[at] = disk_us;
  f->bytes[at] = received(terminal) - bytes;
  if (status == TC_OK && report.put + report.removed == 0)
    return tc_fail(err, TC_BUG, "there was nothing to take: %s", report.reason);
  return status;
}

int main(int argc, char **argv) {
  static struct figures f;
  struct tc_error err = {.status = TC_OK};
  struct pg *terminal = NULL, *source = NULL;
  struct cache *open = NULL;
  size_t rounds = argc == 7 ? strtoul(argv[2], NULL, 10) : 0;
  if (rounds < 1 || rounds > ROUNDS_MAX)
    return 64;
  const struct pg_patience patient = {.connect_ms = 15000, .answer_ms = 0};
  tc_status status = pg_open(&terminal, argv[3], &patient, &err);
  if (status == TC_OK)
    status = pg_open(&source, argv[4], &patient, &err);
  if (status == TC_OK)
    status = cache_open(&open, argv[5], &err);
  /* the first one is what a connection learns once, and is not counted */
  for (size_t i = 0; i <= rounds && status == TC_OK; i++) {
    status = change(source, argv[6], (int)i, &err);
    if (status == TC_OK)
      status = measure(&f, i ? i - 1 : 0, terminal, argv[5], &err);
  }
  cache_close(open);
  pg_close(source);
  pg_close(terminal);
  if (status != TC_OK) {
    fprintf(stderr, "bench_round: %s: %s\n", argv[1], err.text);
    return 1;
  }
  printf("%s_ms %.2f ms\n", argv[1], (double)median(f.us, rounds) / 1000);
  printf("%s_fsync_ms %.2f ms\n", argv[1], (double)median(f.disk, rounds) / 1000);
  printf("%s_bytes %lld B\n", argv[1], (long long)median(f.bytes, rounds));
  return 0;
}
