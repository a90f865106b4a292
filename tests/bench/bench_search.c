/* How long a keystroke takes: typing sessions over mixed queries against the directory of
 * BENCH_CACHE, all tiers on, the rows of a large screen fetched with their best channel.  The
 * minimum over passes for each keystroke, then percentiles over keystrokes; the same after 5,000
 * one-record changes.  BENCH_CLOSED: while what the switchboard alone may see is hidden. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/reach.h"
#include "core/record.h"
#include "db/search.h"
#include "db/writer.h"
#include "tests/lib/typed.h"

/* ROWS: the list of an 80x24 screen holds a dozen; a screenful more is fetched ahead. */
enum { ROWS = 20, PASSES = 5, CHANGES = 5000, KEYS_MAX = 16384 };

static const char *const site_code = "SAB";
static struct typed typed;

static void must(tc_status status, const struct tc_error *err) {
  if (status != TC_OK) {
    fprintf(stderr, "bench_search: %s\n", err->text);
    exit(tc_exit_code(status));
  }
}

/* BENCH_CPU counts the processor's time alone: for a machine that has other things to do. */
static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(getenv("BENCH_CPU") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- measuring ---------------------------------------------------------------------------------
 */

static int64_t times[KEYS_MAX];
static size_t key_count;

/* One keystroke, as the screen does it. */
static size_t keystroke(struct cache *c, const char *text, struct arena *arena) {
  const struct standpoint from = {
      .set = SET_WARD, .plan = site_code, .site = site_code, .country = "FR"};
  const struct reach_world world = {
      .house = cache_house(c), .from = &from, .now = 1795680840, .clock_trusted = true};
  const struct search_query query = {
      .text = text, .site = site_code, .only = "", .country = "FR", .limit = ROWS};
  struct tc_error err = {.status = TC_OK};
  struct search_result result;
  size_t shown = 0;
  must(search_run(c, &query, arena, &result, &err), &err);
  for (size_t i = 0; i < result.count; i++) {
    struct channel best;
    shown += reach_best(&best, &result.rows[i].entry, NULL, &world, result.kind);
  }
  return shown;
}

/* Types every query letter by letter, whole characters at a time. */
static void pass(struct cache *c, bool first) {
  struct arena arena = ARENA_INIT;
  char text[TYPED_MAX];
  size_t key = 0;
  for (size_t q = 0; q < typed.count; q++)
    for (size_t n = 1; n <= strlen(typed.queries[q]) && key < KEYS_MAX; n++) {
      if (((unsigned char)typed.queries[q][n] & 0xC0) == 0x80)
        continue;
      memcpy(text, typed.queries[q], n);
      text[n] = '\0';
      arena_reset(&arena);
      int64_t start = now_ns();
      keystroke(c, text, &arena);
      int64_t took = now_ns() - start;
      if (first || took < times[key])
        times[key] = took;
      key++;
    }
  key_count = key;
  arena_free(&arena);
}

static int compare(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void measure(const char *scope_dir, const char *suffix) {
  struct tc_error err = {.status = TC_OK};
  struct cache *c;
  must(cache_open(&c, scope_dir, &err), &err);
  if (getenv("BENCH_CLOSED"))
    cache_hide_from(c, AUDIENCE_SWITCHBOARD);
  for (int i = 0; i < PASSES; i++)
    pass(c, i == 0);
  if (getenv("BENCH_SLOWEST")) { /* which keystrokes are the slow ones */
    size_t key = 0;
    for (size_t q = 0; q < typed.count; q++)
      for (size_t n = 1; n <= strlen(typed.queries[q]) && key < KEYS_MAX; n++)
        if (((unsigned char)typed.queries[q][n] & 0xC0) != 0x80 && times[key++] > 400000)
          fprintf(stderr, "%8lld us  %.*s\n", (long long)times[key - 1] / 1000, (int)n,
                  typed.queries[q]);
  }
  qsort(times, key_count, sizeof *times, compare);
  printf("search_p50%s_us %.1f us\n", suffix, (double)times[key_count / 2] / 1000);
  printf("search_p99%s_us %.1f us\n", suffix, (double)times[key_count * 99 / 100] / 1000);
  printf("search_max%s_us %.1f us\n", suffix, (double)times[key_count - 1] / 1000);
  cache_close(c);
}

/* Anonymous memory of this process, in megabytes of 10^6 bytes. */
static double anonymous_mb(void) {
  FILE *f = fopen("/proc/self/smaps_rollup", "r");
  char line[256];
  long kb = 0;
  while (f && fgets(line, sizeof line, f))
    if (strncmp(line, "Anonymous:", 10) == 0)
      kb = strtol(line + 10, NULL, 10);
  if (f)
    fclose(f);
  return (double)kb * 1024 / 1e6;
}

/* All files of the published generation, in megabytes of 10^6 bytes. */
static double cache_mb(const char *scope_dir) {
  char path[1024], file[1400];
  FILE *f;
  int format = 0, number = 0;
  double bytes = 0;
  snprintf(path, sizeof path, "%s/cache/current", scope_dir);
  f = fopen(path, "r");
  bool known = f && fscanf(f, "%d/%d", &format, &number) == 2;
  if (f)
    fclose(f);
  snprintf(path, sizeof path, "%s/cache/%d/%d", scope_dir, format, number);
  DIR *dir = known ? opendir(path) : NULL;
  for (const struct dirent *d; dir && (d = readdir(dir));) {
    struct stat st;
    snprintf(file, sizeof file, "%s/%s", path, d->d_name);
    if (stat(file, &st) == 0 && S_ISREG(st.st_mode))
      bytes += (double)st.st_size;
  }
  if (dir)
    closedir(dir);
  return bytes / 1e6;
}

/* 5,000 changes of one record each: every one gets another first contact point's label. */
static void age(const char *scope_dir, int64_t records, int64_t revision) {
  struct tc_error err = {.status = TC_OK};
  struct record_cursor *cur;
  struct arena arena = ARENA_INIT;
  struct buffer *changed = calloc(CHANGES, sizeof *changed);
  const void *bytes;
  size_t len, count = 0;
  int64_t step = records / CHANGES > 0 ? records / CHANGES : 1, at = 0;
  if (!changed)
    exit(1);
  must(record_cursor_open(&cur, scope_dir, &err), &err);
  while (count < CHANGES && record_cursor_next(cur, &bytes, &len, &err) == TC_OK) {
    struct record r;
    arena_reset(&arena);
    if (at++ % step != 0 || record_decode(&r, bytes, len, &arena, NULL) != TC_OK ||
        r.head.kind != RECORD_ENTRY || r.entry.contact_count == 0)
      continue;
    ((struct contact *)(uintptr_t)r.entry.contacts)->label =
        arena_printf(&arena, "note %zu", count);
    must(record_encode(&r, &changed[count++], &err), &err);
  }
  record_cursor_close(cur);
  for (size_t i = 0; i < count; i++) {
    struct writer *w;
    struct writer_head head = {.revision = ++revision,
                               .source_time = 1795680840,
                               .source = "bench",
                               .audience = AUDIENCE_RESTRICTED};
    head.generation.b[0] = 1;
    must(writer_delta(&w, scope_dir, &err), &err);
    must(writer_put(w, changed[i].data, changed[i].len, &err), &err);
    must(writer_commit(w, &head, &err), &err);
    buffer_free(&changed[i]);
  }
  free(changed);
  arena_free(&arena);
}

int main(void) {
  const char *scope_dir = getenv("BENCH_CACHE");
  struct tc_error err = {.status = TC_OK};
  struct cache *c;
  if (!scope_dir) {
    fprintf(stderr, "bench_search: BENCH_CACHE names no scope folder\n");
    return 64;
  }
  must(cache_open(&c, scope_dir, &err), &err);
  if (getenv("BENCH_CLOSED"))
    cache_hide_from(c, AUDIENCE_SWITCHBOARD);
  int64_t records = cache_info(c)->records, revision = cache_info(c)->revision;
  cache_close(c);
  typed_choose(&typed, scope_dir, records);
  measure(scope_dir, "");
  printf("keystrokes %zu n\n", key_count);
  printf("rss_anon_mb %.1f MB\n", anonymous_mb());
  printf("cache_mb %.1f MB\n", cache_mb(scope_dir));
  if (!getenv("BENCH_YOUNG")) {
    int64_t start = now_ns();
    age(scope_dir, records, revision);
    printf("change_one_us %.1f us\n", (double)(now_ns() - start) / 1000 / CHANGES);
    measure(scope_dir, "_aged");
  }
  return 0;
}
