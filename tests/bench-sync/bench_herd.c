/* bench_herd NAME COUNT SECONDS STATEMENT CONNINFO...: so many terminals come back after an outage,
 * each at a random time within SECONDS: it connects, asks STATEMENT, and keeps its connection, as
 * the daemon does.  Terminals share the connection strings among them.  Prints the p99 from the
 * first packet to the last row, and how many got none. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include <libpq-fe.h>

#include "base/clock.h"

enum { MOST = 20000, DEADLINE_S = 30, SEED = 20240107 };

struct terminal {
  int64_t due, took; /* microseconds; took -1: refused, 0: not done */
  PGconn *conn;
  bool asked, waits_to_write;
};

static struct terminal terminals[MOST];
static int count;

static int by_due(const void *a, const void *b) {
  const struct terminal *x = a, *y = b;
  return x->due < y->due ? -1 : x->due > y->due;
}

static int by_took(const void *a, const void *b) {
  const struct terminal *x = a, *y = b;
  return x->took < y->took ? -1 : x->took > y->took;
}

static void follow(int epoll, struct terminal *t, uint32_t events, int how) {
  struct epoll_event e = {.events = events, .data.ptr = t};
  if (epoll_ctl(epoll, how, PQsocket(t->conn), &e) != 0 && how == EPOLL_CTL_MOD)
    (void)epoll_ctl(epoll, EPOLL_CTL_ADD, PQsocket(t->conn), &e);
}

static void end(int epoll, struct terminal *t, bool well) {
  t->took = well ? clock_monotonic_us() - t->due : -1;
  if (t->took == 0)
    t->took = 1;
  if (well) {
    follow(epoll, t, 0, EPOLL_CTL_MOD); /* it stays connected */
  } else {
    PQfinish(t->conn);
    t->conn = NULL;
  }
}

static void step(int epoll, struct terminal *t, const char *statement) {
  if (!t->asked) {
    PostgresPollingStatusType state = PQconnectPoll(t->conn);
    if (state == PGRES_POLLING_FAILED) {
      end(epoll, t, false);
      return;
    }
    if (state != PGRES_POLLING_OK) {
      follow(epoll, t, state == PGRES_POLLING_READING ? EPOLLIN : EPOLLOUT, EPOLL_CTL_MOD);
      return;
    }
    t->asked = true;
    if (!PQsendQueryParams(t->conn, statement, 0, NULL, NULL, NULL, NULL, 1)) {
      end(epoll, t, false);
      return;
    }
    follow(epoll, t, EPOLLIN, EPOLL_CTL_MOD);
    return;
  }
  if (!PQconsumeInput(t->conn)) {
    end(epoll, t, false);
    return;
  }
  while (!PQisBusy(t->conn)) {
    PGresult *r = PQgetResult(t->conn);
    if (!r) {
      end(epoll, t, true);
      return;
    }
    bool well = PQresultStatus(r) == PGRES_TUPLES_OK;
    PQclear(r);
    if (!well) {
      end(epoll, t, false);
      return;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 6)
    return 64;
  const char *name = argv[1], *statement = argv[4];
  count = (int)strtol(argv[2], NULL, 10);
  int64_t seconds = strtol(argv[3], NULL, 10);
  int kinds = argc - 5, done = 0, begun = 0, refused = 0;
  if (count < 1 || count > MOST)
    return 64;
  uint64_t chance = SEED;
  int64_t start = clock_monotonic_us();
  for (int i = 0; i < count; i++) {
    chance = chance * 6364136223846793005U + 1442695040888963407U;
    terminals[i].due = start + (int64_t)((chance >> 33) % (uint64_t)(seconds * 1000000));
  }
  qsort(terminals, (size_t)count, sizeof *terminals, by_due);
  int epoll = epoll_create1(0);
  while (done < count) {
    int64_t now = clock_monotonic_us();
    while (begun < count && terminals[begun].due <= now) {
      struct terminal *t = &terminals[begun];
      t->conn = PQconnectStart(argv[5 + begun % kinds]);
      begun++;
      if (!t->conn || PQstatus(t->conn) == CONNECTION_BAD)
        end(epoll, t, false);
      else
        follow(epoll, t, EPOLLOUT, EPOLL_CTL_ADD);
    }
    int wait = 100;
    if (begun < count && terminals[begun].due - now < 100000)
      wait = (int)((terminals[begun].due - now) / 1000);
    struct epoll_event events[256];
    int n = epoll_wait(epoll, events, 256, wait);
    for (int i = 0; i < n; i++) {
      struct terminal *t = events[i].data.ptr;
      if (t->took == 0)
        step(epoll, t, statement);
    }
    done = 0;
    for (int i = 0; i < begun; i++) {
      struct terminal *t = &terminals[i];
      if (t->took == 0 && clock_monotonic_us() - t->due > (int64_t)DEADLINE_S * 1000000)
        end(epoll, t, false);
      done += t->took != 0;
    }
  }
  qsort(terminals, (size_t)count, sizeof *terminals, by_took);
  while (refused < count && terminals[refused].took < 0)
    refused++;
  int well = count - refused;
  int64_t p99 = well ? terminals[refused + (well * 99) / 100 - (well == 1)].took : 0;
  int64_t p50 = well ? terminals[refused + well / 2].took : 0;
  printf("%s_p50_ms %.1f ms\n%s_p99_ms %.1f ms\n%s_refused %d terminals\n", name,
         (double)p50 / 1000, name, (double)p99 / 1000, name, refused);
  return 0;
}
