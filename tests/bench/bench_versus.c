/* The same whole queries over the same directory, asked of other programs: fzf and fzy over its
 * lines, PostgreSQL's pg_trgm over a table of them.  Ratios of the medians; a program that is not
 * on the machine is left out, with a word on standard error. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/record.h"
#include "db/search.h"
#include "db/writer.h"
#include "tests/lib/folder.h"
#include "tests/lib/typed.h"

enum { ASKED = 20, PASSES = 3 };

static struct typed typed;
static char lines_path[FOLDER_PATH + 16];

static void must(tc_status status, const struct tc_error *err) {
  if (status != TC_OK) {
    fprintf(stderr, "bench_versus: %s\n", err->text);
    exit(tc_exit_code(status));
  }
}

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *times, size_t count) {
  qsort(times, count, sizeof *times, compare);
  return count ? times[count / 2] : 0;
}

/* Every entry as a line of text: site, name, unit, numbers. */
static void write_lines(const char *scope_dir) {
  struct tc_error err = {.status = TC_OK};
  struct record_cursor *cur;
  struct arena arena = ARENA_INIT;
  const void *bytes;
  size_t len;
  FILE *f = fopen(lines_path, "w");
  must(record_cursor_open(&cur, scope_dir, &err), &err);
  while (f && record_cursor_next(cur, &bytes, &len, &err) == TC_OK) {
    struct record r;
    arena_reset(&arena);
    if (record_decode(&r, bytes, len, &arena, NULL) != TC_OK || r.head.kind != RECORD_ENTRY ||
        !r.entry.name[0])
      continue;
    fprintf(f, "%s %s %s", r.entry.site, r.entry.name, r.entry.unit);
    for (size_t i = 0; i < r.entry.contact_count; i++)
      fprintf(f, " %s", r.entry.contacts[i].number);
    fputc('\n', f);
  }
  record_cursor_close(cur);
  arena_free(&arena);
  if (!f || fclose(f) != 0) {
    perror(lines_path);
    exit(74);
  }
}

/* Microseconds that a program takes to answer one query; -1 where it cannot be run. */
static double run(const char *const *argv) {
  double start = now_us();
  int status;
  pid_t pid = fork();
  if (pid == 0) {
    int in = open(lines_path, O_RDONLY), out = open("/dev/null", O_WRONLY);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    execvp(argv[0], (char *const *)(size_t)argv);
    _exit(127);
  }
  if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
      WEXITSTATUS(status) == 127)
    return -1;
  return now_us() - start;
}

/* The median over the queries of the minimum over passes; -1 where the program is not there. */
static double ask_program(const char *name, const char *option) {
  double times[ASKED];
  for (size_t i = 0; i < ASKED; i++) {
    const char *const argv[] = {name, option, typed.queries[i], NULL};
    times[i] = -1;
    for (int pass = 0; pass < PASSES; pass++) {
      double took = run(argv);
      if (took < 0)
        return -1;
      if (times[i] < 0 || took < times[i])
        times[i] = took;
    }
  }
  return median(times, ASKED);
}

static double ask_tocsin(struct cache *c) {
  double times[ASKED];
  struct arena arena = ARENA_INIT;
  struct tc_error err = {.status = TC_OK};
  for (size_t i = 0; i < ASKED; i++) {
    times[i] = -1;
    for (int pass = 0; pass < PASSES; pass++) {
      struct search_query query = {
          .text = typed.queries[i], .site = "SAB", .only = "", .country = "FR", .limit = 20};
      struct search_result result;
      arena_reset(&arena);
      double start = now_us();
      must(search_run(c, &query, &arena, &result, &err), &err);
      double took = now_us() - start;
      if (times[i] < 0 || took < times[i])
        times[i] = took;
    }
  }
  arena_free(&arena);
  return median(times, ASKED);
}

/* tests/bench/pg-trgm prints the medians in microseconds, of rows that contain the words and of the
 * same with what is like them, or nothing where there is no server: -1. */
static void ask_postgres(const char *folder, double *contain, double *alike) {
  char path[FOLDER_PATH + 16], command[512];
  const char *top = getenv("TOCSIN_TOP");
  *contain = *alike = -1;
  snprintf(path, sizeof path, "%s/queries", folder);
  FILE *f = fopen(path, "w");
  for (size_t i = 0; f && i < ASKED; i++)
    fprintf(f, "%s\n", typed.queries[i]);
  if (f)
    fclose(f);
  snprintf(command, sizeof command, "%s/tests/bench/pg-trgm", top ? top : ".");
  int ends[2];
  if (pipe(ends) != 0)
    return;
  pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], 1);
    close(ends[0]);
    execl("/bin/sh", "sh", command, lines_path, path, (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  FILE *out = fdopen(ends[0], "r");
  if (!out || fscanf(out, "%lf %lf", contain, alike) != 2)
    *contain = *alike = -1;
  if (out)
    fclose(out);
  waitpid(pid, NULL, 0);
}

static void say(const char *name, double other, double own) {
  if (other > 0)
    printf("%s %.1f times\n", name, other / own);
  else
    fprintf(stderr, "bench_versus: %s left out: it is not on this machine\n", name);
}

int main(void) {
  const char *scope_dir = getenv("BENCH_CACHE");
  char folder[FOLDER_PATH];
  struct tc_error err = {.status = TC_OK};
  struct cache *c;
  if (!scope_dir || folder_make(folder) != 0) {
    fprintf(stderr, "bench_versus: BENCH_CACHE names no scope folder\n");
    return 64;
  }
  must(cache_open(&c, scope_dir, &err), &err);
  typed_choose(&typed, scope_dir, cache_info(c)->records);
  snprintf(lines_path, sizeof lines_path, "%s/lines", folder);
  write_lines(scope_dir);
  double own = ask_tocsin(c), contain, alike;
  printf("query_median_us %.1f us\n", own);
  say("vs_fzf", ask_program("fzf", "--filter"), own);
  say("vs_fzy", ask_program("fzy", "-e"), own);
  ask_postgres(folder, &contain, &alike);
  say("vs_pg_trgm_contains", contain, own);
  say("vs_pg_trgm", alike, own);
  cache_close(c);
  folder_remove(folder);
  return 0;
}
