/* Reachability over the directory of BENCH_CACHE: the best channel of 50 rows with 20 incidents,
 * and what one more failure would cut off over every entry.  The minimum over passes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/cut.h"

enum { ROWS = 50, INCIDENTS = 20, PASSES = 200, WHAT_IF_PASSES = 3 };

static void must(tc_status status, const struct tc_error *err) {
  if (status != TC_OK) {
    fprintf(stderr, "bench_reach: %s\n", err->text);
    exit(tc_exit_code(status));
  }
}

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(void) {
  const char *scope = getenv("BENCH_CACHE"), *n = getenv("BENCH_N");
  struct tc_error err = {.status = TC_OK};
  struct arena arena = ARENA_INIT;
  struct cache *c;
  struct browse_row *rows;
  struct incident incidents[INCIDENTS];
  size_t count = 0, shown = 0;
  int64_t next;
  if (!scope)
    return 0;
  must(cache_open(&c, scope, &err), &err);
  const struct house *house = cache_house(c);
  /* Every eighth domain, as a bad day would have it: PBXes, carriers, a data centre. */
  for (size_t i = 0; i < INCIDENTS; i++)
    incidents[i] = (struct incident){.domain = house->domains[i * 8 % house->domain_count].code,
                                     .since = 1795680000 + (int64_t)i,
                                     .declared = true,
                                     .reason = "",
                                     .by = ""};
  const struct site *site = &house->sites[house->site_count / 2];
  const struct standpoint from = {
      .set = SET_WARD, .plan = site->plan, .site = site->code, .country = site->country};
  struct reach_world world = {
      .house = house, .from = &from, .now = 1795680840, .clock_trusted = true};
  double best_make = 1e12, best = 1e12;
  for (int i = 0; i < PASSES; i++) {
    arena_reset(&arena);
    double start = now_us();
    world.outage = outage_make(house, incidents, INCIDENTS, world.now, true, &arena);
    double took = now_us() - start;
    best_make = took < best_make ? took : best_make;
  }
  struct arena kept = ARENA_INIT;
  must(cache_browse(c, site->code, "", 0, ROWS, &kept, &rows, &count, &next, &err), &err);
  for (int i = 0; i < PASSES; i++) {
    double start = now_us();
    for (size_t k = 0; k < count; k++) {
      struct channel channel;
      shown += reach_best(&channel, &rows[k].entry, NULL, &world, CONTACT_OTHER);
    }
    double took = now_us() - start;
    best = took < best ? took : best;
  }
  printf("reach_%zu_us %.1f us\n", count, best);
  printf("outage_20_us %.1f us\n", best_make);
  static struct cutoff cut;
  double what_if = 1e12;
  for (int i = 0; i < WHAT_IF_PASSES; i++) {
    struct arena listed = ARENA_INIT;
    struct reach_world before = world;
    before.outage = NULL;
    double start = now_us();
    must(cache_cutoff(c, &before, &world, &cut, &listed, &err), &err);
    double took = now_us() - start;
    what_if = took < what_if ? took : what_if;
    arena_free(&listed);
  }
  printf("whatif_%s_ms %.1f ms\n", n && strcmp(n, "100000") == 0 ? "100k" : "all", what_if / 1000);
  fprintf(stderr, "bench_reach: %zu shown, %zu entries, %zu with no number left\n", shown,
          cut.entries, cut.left[0]);
  arena_free(&kept);
  arena_free(&arena);
  cache_close(c);
  return 0;
}
