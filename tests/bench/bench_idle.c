/* The longest step of what the daemon does in idle time, over a directory of BENCH_N entries: the
 * search index with few and with many changes merged, then all that is stored hashed.  A step keeps
 * a round waiting. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/writer.h"
#include "sync/idle.h"
#include "tests/lib/folder.h"
#include "tests/lib/sample.h"

static const size_t changes[] = {600, 16000};

static void must(tc_status status, const struct tc_error *err) {
  if (status != TC_OK) {
    fprintf(stderr, "bench_idle: %s\n", err->text);
    exit(tc_exit_code(status));
  }
}

/* That many entries with another name. */
static void change(const char *scope, const struct sample *s, size_t count, int64_t revision) {
  struct writer *w;
  struct tc_error err = {.status = TC_OK};
  struct writer_head head = {
      .revision = revision, .source_time = 1795680840, .source = "", .audience = AUDIENCE_PUBLIC};
  head.generation.b[0] = 1;
  must(writer_delta(&w, scope, &err), &err);
  for (size_t i = 0, done = 0; i < s->count && done < count; i++) {
    char bytes[4096], *name;
    size_t len = s->records[i].len;
    if (len >= sizeof bytes)
      continue;
    memcpy(bytes, s->records[i].bytes, len);
    bytes[len] = '\0';
    if (strncmp(bytes, "tocsin1\tentry\t", 14) != 0 || !(name = strstr(bytes, "\nname\t")))
      continue;
    name[6] = (char)('A' + revision % 26);
    must(writer_put(w, bytes, len, &err), &err);
    done++;
  }
  must(writer_commit(w, &head, &err), &err);
}

int main(void) {
  const char *n = getenv("BENCH_N");
  char scope[FOLDER_PATH], arguments[64];
  struct sample s;
  snprintf(arguments, sizeof arguments, "--entries %s", n ? n : "100000");
  if (folder_make(scope) != 0 || sample_read(&s, arguments) != 0 ||
      sample_build(s.records, s.count, scope, 1) != 0)
    return 1;
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    struct idle *idle = idle_open(scope);
    double longest = 0;
    change(scope, &s, changes[i], (int64_t)i + 2);
    idle_changed(idle);
    while (idle_is_due(idle)) {
      int64_t began = clock_monotonic_us();
      enum idle_found found = idle_step(idle);
      double took = (double)(clock_monotonic_us() - began) / 1000;
      longest = took > longest ? took : longest;
      if (found != IDLE_NOTHING)
        return 1;
      usleep(1000);
    }
    printf("idle_step_%zu_ms %.1f ms\n", changes[i], longest);
    idle_close(idle);
  }
  sample_free(&s);
  folder_remove(scope);
  return 0;
}
