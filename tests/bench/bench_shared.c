/* A shared machine: twenty terminals that are typed at, each on a line of its own, on the directory
 * of BENCH_CACHE; what one that nobody touches costs; and what a key sends down the line.
 *
 * Each of the twenty types a key about five times a second, at moments that the seed gives; a key
 * takes from its write to the last byte of what it draws. */
#include <dirent.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/lib/pty.h"

enum {
  USERS = 20,
  KEYS_EACH = 60,
  MEAN_MS = 200,
  QUIET_US = 40000, /* longer than any pause within one redraw */
  SETTLE_MS = 3000,
  IDLE_S = 60, /* one minute begins within it, which is shown */
  ROWS = 24,
  COLS = 80
};

static const char *const queries[] = {"rea chi", "radiologi", "cadre bloc",
                                      "0199",    "dupont",    "card"};
enum { QUERIES = sizeof queries / sizeof *queries };

static void fail(const char *what) {
  fprintf(stderr, "bench_shared: %s\n", what);
  exit(1);
}

static int run(void *arg) {
  char *const *command = arg;
  execv(command[0], command);
  return 127;
}

struct user {
  struct pty pty;
  size_t query, at; /* what is typed next */
  int64_t next, sent,
      last; /* microseconds: the next key; the last one; its last byte, 0: none yet */
  int keys;
};

struct taken {
  int64_t us[USERS * KEYS_EACH];
  size_t count;
  uint64_t bytes;
};

static int by_value(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static uint64_t below(uint64_t *seed, uint64_t limit) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (*seed >> 33) % limit;
}

/* The key that is typed next: of a query, then F10, which begins the next one. */
static void type_key(struct user *u, uint64_t *seed) {
  const char *text = queries[u->query];
  bool end = !text[u->at];
  char key = end ? '\x0e' : text[u->at];
  if (!pty_send(&u->pty, &key, 1))
    fail("a program is gone");
  u->at = end ? 0 : u->at + 1;
  u->query = end ? (u->query + 1) % QUERIES : u->query;
  u->sent = clock_monotonic_us();
  u->last = 0;
  u->next = u->sent + (MEAN_MS / 2 + (int64_t)below(seed, MEAN_MS)) * 1000;
  u->keys++;
}

static void take(struct user *u, struct taken *t) {
  if (u->sent && u->last && t->count < sizeof t->us / sizeof *t->us)
    t->us[t->count++] = u->last - u->sent;
  u->sent = 0;
}

/* Types at all of them until each has had its keys. */
static void type_all(struct user *users, struct taken *t) {
  uint64_t seed = 20261127;
  size_t left = USERS;
  int64_t begun = clock_monotonic_us();
  for (int i = 0; i < USERS; i++) {
    users[i].query = (size_t)i % QUERIES;
    users[i].next = begun + (int64_t)below(&seed, MEAN_MS) * 1000;
  }
  while (left) {
    struct pollfd lines[USERS];
    for (int i = 0; i < USERS; i++)
      lines[i] = (struct pollfd){.fd = users[i].pty.fd, .events = POLLIN};
    poll(lines, USERS, 1);
    for (int i = 0; i < USERS; i++) {
      struct user *u = &users[i];
      char bytes[16384];
      if (lines[i].revents & POLLIN) {
        ssize_t n = read(u->pty.fd, bytes, sizeof bytes);
        if (n <= 0)
          fail("a program is gone");
        u->last = clock_monotonic_us();
        t->bytes += u->sent ? (uint64_t)n : 0;
      }
      int64_t now = clock_monotonic_us();
      if (u->sent && u->last && now - u->last > QUIET_US) {
        take(u, t);
        left -= u->keys == KEYS_EACH;
      }
      if (!u->sent && u->keys < KEYS_EACH && now >= u->next)
        type_key(u, &seed);
    }
  }
}

static void settle(struct user *users, int count) {
  int64_t end = clock_monotonic_us() + SETTLE_MS * INT64_C(1000);
  while (clock_monotonic_us() < end)
    for (int i = 0; i < count; i++) {
      char bytes[16384];
      struct pollfd line = {.fd = users[i].pty.fd, .events = POLLIN};
      if (poll(&line, 1, 10) > 0 && read(users[i].pty.fd, bytes, sizeof bytes) <= 0)
        fail("a program is gone");
    }
}

static void twenty(char *const *command) {
  static struct user users[USERS];
  static struct taken t;
  for (int i = 0; i < USERS; i++)
    if (!pty_start(&users[i].pty, ROWS, COLS, run, (void *)command))
      fail("no pty");
  settle(users, USERS);
  type_all(users, &t);
  for (int i = 0; i < USERS; i++)
    pty_free(&users[i].pty);
  qsort(t.us, t.count, sizeof *t.us, by_value);
  printf("users20_p50_ms %.2f ms\n", (double)t.us[t.count / 2] / 1000);
  printf("users20_p99_ms %.2f ms\n", (double)t.us[t.count * 99 / 100] / 1000);
  printf("bytes_per_key_80x24 %.0f bytes\n", (double)t.bytes / (double)t.count);
}

/* One figure of a file of a thread: behind a word, or the first. */
static int64_t thread_figure(const char *thread, const char *file, const char *word) {
  char path[512], line[256];
  int64_t figure = -1;
  snprintf(path, sizeof path, "%s/%s", thread, file);
  FILE *f = fopen(path, "r");
  while (f && figure < 0 && fgets(line, sizeof line, f))
    if (strncmp(line, word, strlen(word)) == 0)
      figure = strtoll(line + strlen(word), NULL, 10);
  if (f)
    fclose(f);
  if (figure < 0)
    fail("the figures of a thread cannot be read");
  return figure;
}

/* The sum of all its threads. */
static int64_t proc_figure(pid_t pid, const char *file, const char *word) {
  char threads[64], thread[384];
  int64_t sum = 0;
  snprintf(threads, sizeof threads, "/proc/%ld/task", (long)pid);
  DIR *dir = opendir(threads);
  if (!dir)
    fail("a program is gone");
  for (struct dirent *e; (e = readdir(dir));)
    if (e->d_name[0] != '.') {
      snprintf(thread, sizeof thread, "%s/%s", threads, e->d_name);
      sum += thread_figure(thread, file, word);
    }
  closedir(dir);
  return sum;
}

struct quiet {
  struct user user;
  int64_t woke, ran;
};

static void count(struct quiet *q, int64_t sign) {
  q->woke += sign * proc_figure(q->user.pty.pid, "status", "voluntary_ctxt_switches:");
  q->ran += sign * proc_figure(q->user.pty.pid, "schedstat", "");
}

/* Nobody types, at the home screen and at an open card: how often it wakes, and the share of a
 * processor it takes. */
static void idle(char *const *command) {
  enum { HOME, CARD, SCREENS };
  struct quiet q[SCREENS] = {0};
  for (int i = 0; i < SCREENS; i++) {
    if (!pty_start(&q[i].user.pty, ROWS, COLS, run, (void *)command))
      fail("no pty");
    settle(&q[i].user, 1);
  }
  if (!pty_send(&q[CARD].user.pty, "rea chi\r", 8))
    fail("the program is gone");
  settle(&q[CARD].user, 1);
  for (int i = 0; i < SCREENS; i++)
    count(&q[i], -1);
  int64_t from = clock_monotonic_us();
  for (;;) {
    int64_t left = from + IDLE_S * INT64_C(1000000) - clock_monotonic_us();
    if (left <= 0)
      break;
    struct pollfd lines[SCREENS];
    for (int i = 0; i < SCREENS; i++)
      lines[i] = (struct pollfd){.fd = q[i].user.pty.fd, .events = POLLIN};
    poll(lines, SCREENS, left < 1000000 ? (int)(left / 1000) + 1 : 1000);
    for (int i = 0; i < SCREENS; i++) {
      char bytes[16384];
      if (lines[i].revents && read(lines[i].fd, bytes, sizeof bytes) <= 0)
        fail("the program is gone");
    }
  }
  double seconds = (double)(clock_monotonic_us() - from) / 1e6;
  for (int i = 0; i < SCREENS; i++) {
    count(&q[i], 1);
    pty_free(&q[i].user.pty);
  }
  printf("idle_wakeups_per_s %.3f 1/s\n", (double)q[HOME].woke / seconds);
  printf("idle_cpu_percent %.4f %%\n", (double)q[HOME].ran / 1e9 / seconds * 100);
  printf("idle_card_wakeups_per_s %.3f 1/s\n", (double)q[CARD].woke / seconds);
}

int main(void) {
  const char *cache = getenv("BENCH_CACHE"), *build = getenv("TOCSIN_BUILD");
  char program[4096], scope[4096];
  char scope_option[] = "--scope", site_option[] = "--site", site[] = "SAB";
  if (!cache || !build)
    fail("BENCH_CACHE or TOCSIN_BUILD is not set: run make bench");
  snprintf(program, sizeof program, "%s/tocsin", build);
  snprintf(scope, sizeof scope, "%s", cache);
  char *const command[] = {program, scope_option, scope, site_option, site, NULL};
  setenv("TERM", "xterm-256color", 1);
  twenty(command);
  idle(command);
  return 0;
}
