/* bench_poll CONNINFO SCOPE_DIR: a terminal that has everything asks whether there is news, over a
 * connection that is kept, as the daemon does.  The median, and what comes back from the source;
 * beside it, in turns so that both see the same load, what a prepared "SELECT 1" takes there: no
 * question to this server can be quicker. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "db/writer.h"
#include "sync/pull.h"

enum { ROUNDS = 5000 };

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static uint64_t received(const struct pg *pg) {
  struct tcp_info info = {0};
  socklen_t len = sizeof info;
  return getsockopt(pg_socket(pg), IPPROTO_TCP, TCP_INFO, &info, &len) == 0
             ? info.tcpi_bytes_received
             : 0;
}

/* The floor. */
static tc_status ask_nothing(struct pg *pg, struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status = pg_query(pg, "EXECUTE nothing", NULL, 0, err);
  while (status == TC_OK)
    status = pg_next(pg, &bytes, &len, err);
  return status == TC_DONE ? TC_OK : status;
}

int main(int argc, char **argv) {
  static int64_t took[ROUNDS], floor_took[ROUNDS];
  static struct pull_cursor cursor;
  struct tc_error err = {.status = TC_OK};
  struct buffer text = BUFFER_INIT;
  struct pg *pg = NULL;
  int64_t now;
  bool same = true;
  if (argc != 3)
    return 64;
  tc_status status = pg_open(&pg, argv[1], &pg_patience_usual, &err);
  if (status == TC_OK)
    status = writer_cursor(&text, argv[2], &err);
  if (status == TC_OK)
    status = cursor_read(&cursor, buffer_text(&text), text.len, &err);
  if (status == TC_OK)
    status = pg_run(pg, "PREPARE nothing AS SELECT 1", &err);
  uint64_t bytes = 0;
  for (int i = 0; status == TC_OK && same && i < ROUNDS; i++) {
    uint64_t before = received(pg);
    int64_t from = clock_monotonic_us();
    status = pull_probe(pg, &cursor, &same, &now, &err);
    took[i] = clock_monotonic_us() - from;
    bytes += received(pg) - before;
    from = clock_monotonic_us();
    if (status == TC_OK)
      status = ask_nothing(pg, &err);
    floor_took[i] = clock_monotonic_us() - from;
  }
  if (status != TC_OK || !same) {
    fprintf(stderr, "bench_poll: %s\n", status != TC_OK ? err.text : "there is news");
    return 1;
  }
  qsort(took, ROUNDS, sizeof *took, by_value);
  qsort(floor_took, ROUNDS, sizeof *floor_took, by_value);
  printf("idle_poll_us %lld us\n", (long long)took[ROUNDS / 2]);
  printf("idle_poll_least_us %lld us\n", (long long)took[0]);
  printf("idle_poll_p99_us %lld us\n", (long long)took[ROUNDS * 99 / 100]);
  printf("idle_poll_floor_us %lld us\n", (long long)floor_took[ROUNDS / 2]);
  printf("idle_poll_bytes %.1f B\n", (double)bytes / ROUNDS);
  pg_close(pg);
  buffer_free(&text);
  return 0;
}
