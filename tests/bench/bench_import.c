/* How fast a spreadsheet becomes a directory: rows read, planned, written and published. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "sync/apply.h"
#include "sync/format.h"
#include "sync/map.h"
#include "sync/plan.h"

static const char map_text[] = "[map]\ncountry = FR\n[key]\ncolumns = id\n[fields]\n"
                               "type = service\nname = {name}\nunit = {pole} / {unit}\n"
                               "building = {building}\nalias = {alias}\n"
                               "[contact phone]\nnumber = {phone}\nkind = ddi\n"
                               "[contact fax]\nnumber = {fax}\nkind = fax\n";

static void die(const char *what) {
  fprintf(stderr, "bench_import: %s\n", what);
  exit(1);
}

/* Numbers of +33 1 99 00, reserved for fiction: they repeat, as in real files. */
static void write_rows(FILE *out, long rows) {
  fputs("id;name;pole;unit;building;alias;phone;fax\n", out);
  for (long i = 0; i < rows; i++)
    fprintf(out,
            "%ld;Consultation de médecine n° %ld;Pôle %c;Unité %ld;Bâtiment %ld;M%ld;"
            "01 99 00 %02ld %02ld;%s\n",
            i, i, (char)('A' + i % 26), i % 700, i % 40, i, i / 100 % 100, i % 100,
            i % 3 ? "" : "01 99 00 52 40");
}

static int64_t import_once(const char *file, const char *cache, bool changes) {
  struct tc_error err = {.status = TC_OK};
  struct map *map;
  struct import_plan *plan;
  struct change change;
  if (map_read_text(&map, "bench.map", map_text, sizeof map_text - 1, &err) != TC_OK)
    die(err.text);
  const struct plan_options options = {.file = file,
                                       .origin = "bench",
                                       .site = "",
                                       .format = format_find("csv"),
                                       .map = map,
                                       .cache = cache};
  int64_t start = clock_monotonic_us();
  if (plan_open(&plan, &options, &err) != TC_OK ||
      change_begin(&change, cache, false, 1, &err) != TC_OK || plan_decide(plan, &err) != TC_OK)
    die(err.text);
  if (plan_changes(plan) != changes)
    die("the plan is not what the file says");
  if (changes && (plan_apply(plan, &change, &err) != TC_OK ||
                  change_commit(&change, plan->audience, &err) != TC_OK))
    die(err.text);
  change_discard(&change);
  int64_t took = clock_monotonic_us() - start;
  plan_free(plan);
  map_free(map);
  return took > 0 ? took : 1;
}

int main(void) {
  const char *n = getenv("BENCH_N");
  long rows = n ? strtol(n, NULL, 10) : 100000;
  char dir[] = "/tmp/tocsin-bench-XXXXXX", file[64], cache[64], command[96];
  if (rows < 1 || !mkdtemp(dir))
    die("no folder to work in");
  snprintf(file, sizeof file, "%s/in.csv", dir);
  snprintf(cache, sizeof cache, "%s/scope", dir);
  FILE *out = fopen(file, "we");
  if (!out)
    die(strerror(errno));
  write_rows(out, rows);
  if (fclose(out) != 0)
    die(strerror(errno));
  int64_t first = import_once(file, cache, true), second = import_once(file, cache, false);
  printf("import_rows_per_s %" PRId64 " rows/s\n", rows * 1000000 / first);
  printf("import_again_rows_per_s %" PRId64 " rows/s\n", rows * 1000000 / second);
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  printf("import_rss_mb %ld MB\n", used.ru_maxrss / 1024);
  snprintf(command, sizeof command, "rm -rf %s", dir);
  fflush(stdout);
  execl("/bin/sh", "sh", "-c", command, (char *)NULL);
  return 1;
}
