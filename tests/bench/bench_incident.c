/* A declared incident on the rows that somebody reads: the whole program on a line of its own (pty)
 * shows a list of the directory of BENCH_CACHE; another program of the machine declares the PBX of
 * that site DOWN.  From the call that writes the act to the last byte of the redraw that says so,
 * the write to the disk included.  The screen has been quiet before, for more than the second in
 * which it shows changes once. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/act.h"
#include "db/cache.h"
#include "db/journal.h"
#include "tests/lib/pty.h"

enum { PASSES = 11, QUIET_MS = 40, DEADLINE_MS = 5000, CALM_MS = 1100, ROWS = 24, COLS = 80 };

static void fail(const char *what) {
  fprintf(stderr, "bench_incident: %s\n", what);
  exit(1);
}

static void must(tc_status status, const struct tc_error *err) {
  if (status != TC_OK)
    fail(err->text);
}

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* Reads until these words came and the line is quiet; when its last byte came (microseconds), 0
 * where they did not come. */
static int64_t last_byte(struct pty *p, const char *words) {
  struct pollfd line = {.fd = p->fd, .events = POLLIN};
  static char bytes[65536];
  size_t len = 0;
  int64_t at = 0;
  bool said = false;
  while (len < sizeof bytes - 1 && poll(&line, 1, said ? QUIET_MS : DEADLINE_MS) > 0) {
    ssize_t n = read(p->fd, bytes + len, sizeof bytes - 1 - len);
    if (n <= 0)
      break;
    len += (size_t)n;
    bytes[len] = '\0';
    at = clock_monotonic_us();
    said = said || strstr(bytes, words);
  }
  return said ? at : 0;
}

static int run(void *arg) {
  char *const *command = arg;
  execv(command[0], command);
  return 127;
}

/* Writes an act about the domain; returns its UUID. */
static struct uuid say(const char *scope, const struct domain *domain, enum act_kind kind,
                       const struct uuid *of, int64_t until) {
  struct arena arena = ARENA_INIT;
  struct buffer record = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  struct act act = {.type = act_rule(kind)->word,
                    .subject = domain->uuid,
                    .audience = domain->audience,
                    .account = "",
                    .initials = "BN",
                    .at = clock_now(NULL)};
  journal_terminal(&act.terminal);
  must(uuid_random(&act.uuid, &err), &err);
  if (kind == ACT_KIND_INCIDENT_DECLARE) {
    act_put(&act, &arena, "domain", domain->code);
    act_put_int(&act, &arena, "until", until);
  } else {
    act_put_uuid(&act, &arena, "incident", of);
    act_put_int(&act, &arena, "was", until);
  }
  must(act_encode(&act, &record, &err), &err);
  must(journal_append(scope, record.data, record.len, &err), &err);
  buffer_free(&record);
  arena_free(&arena);
  return act.uuid;
}

int main(void) {
  const char *cache = getenv("BENCH_CACHE"), *build = getenv("TOCSIN_BUILD");
  struct tc_error err = {.status = TC_OK};
  struct cache *c;
  struct pty p;
  int64_t took[PASSES];
  char program[4096], scope[4096], journal[4200];
  char cache_option[] = "--scope", site_option[] = "--site", site[] = "SAB";
  if (!cache || !build)
    fail("BENCH_CACHE or TOCSIN_BUILD is not set: run make bench");
  snprintf(program, sizeof program, "%s/tocsin", build);
  snprintf(scope, sizeof scope, "%s", cache);
  char *const command[] = {program, cache_option, scope, site_option, site, NULL};
  setenv("TERM", "xterm-256color", 1);
  must(cache_open(&c, scope, &err), &err);
  const struct house *house = cache_house(c);
  const struct plan *plan = house_plan(house, site);
  const struct domain *pbx = plan ? house_domain(house, plan->domain) : NULL;
  if (!pbx)
    fail("the PBX of SAB is not there");
  if (!pty_start(&p, ROWS, COLS, run, (void *)command) || !last_byte(&p, "") ||
      !pty_send(&p, "poste", 5) || !last_byte(&p, ""))
    fail("nothing came on the screen");
  poll(NULL, 0, CALM_MS);
  for (int i = 0; i < PASSES; i++) {
    int64_t until = clock_now(NULL) + 3600, from = clock_monotonic_us();
    struct uuid incident = say(scope, pbx, ACT_KIND_INCIDENT_DECLARE, NULL, until);
    took[i] = last_byte(&p, "DOWN") - from;
    if (took[i] < 0)
      fail("the rows do not say that it is DOWN");
    say(scope, pbx, ACT_KIND_INCIDENT_END, &incident, until);
    if (!last_byte(&p, ""))
      fail("its end redraws nothing");
    poll(NULL, 0, CALM_MS);
  }
  pty_free(&p);
  cache_close(c);
  qsort(took, PASSES, sizeof *took, by_value);
  printf("incident_to_rows_ms %.2f ms\n", (double)took[PASSES / 2] / 1000);
  /* the other benchmarks are of a directory of which nothing was written */
  snprintf(journal, sizeof journal, "%s/journal/%lu", scope, (unsigned long)getuid());
  if (unlink(journal) != 0)
    fail("the journal does not go");
  return 0;
}
