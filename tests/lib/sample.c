#include "tests/lib/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/record.h"
#include "db/writer.h"

/* Splits the stream: a length in decimal, a newline, so many bytes. */
static int split(struct sample *out) {
  const char *at = buffer_text(&out->stream), *end = at + out->stream.len;
  size_t cap = 0;
  while (at < end) {
    char *behind;
    size_t len = strtoul(at, &behind, 10);
    if (*behind != '\n' || len > (size_t)(end - behind - 1))
      return -1;
    if (out->count == cap) {
      cap = cap ? cap * 2 : 4096;
      struct sample_record *grown = realloc(out->records, cap * sizeof *grown);
      if (!grown)
        return -1;
      out->records = grown;
    }
    out->records[out->count++] = (struct sample_record){behind + 1, len};
    at = behind + 1 + len;
  }
  return 0;
}

int sample_read(struct sample *out, const char *arguments) {
  const char *build = getenv("TOCSIN_BUILD");
  char command[512], block[65536];
  *out = (struct sample){.stream = {.limit = SIZE_MAX / 2}}; /* a million entries are 600 MB */
  snprintf(command, sizeof command, "'%s/tocsin-sample' %s", build ? build : "build", arguments);
  FILE *pipe = popen(command, "r");
  if (!pipe) {
    perror(command);
    return -1;
  }
  for (size_t n; (n = fread(block, 1, sizeof block, pipe)) > 0;)
    buffer_add(&out->stream, block, n);
  if (pclose(pipe) != 0 || out->stream.status != TC_OK || split(out) != 0 || out->count == 0) {
    fprintf(stderr, "%s: no record stream\n", command);
    return -1;
  }
  return 0;
}

void sample_free(struct sample *s) {
  free(s->records);
  buffer_free(&s->stream);
  memset(s, 0, sizeof *s);
}

int sample_build(const struct sample_record *records, size_t count, const char *scope_dir,
                 int64_t revision) {
  struct tc_error err = {.status = TC_OK};
  struct writer *w;
  struct writer_head head = {.revision = revision,
                             .source_time = 1795680840,
                             .source = "sample",
                             .audience = AUDIENCE_RESTRICTED};
  head.generation.b[0] = 7;
  tc_status status = writer_build(&w, scope_dir, &err);
  if (status == TC_OK) {
    for (size_t i = 0; i < count && status == TC_OK; i++)
      status = writer_put(w, records[i].bytes, records[i].len, &err);
    if (status == TC_OK)
      status = writer_commit(w, &head, &err);
    else
      writer_discard(w);
  }
  if (status != TC_OK)
    fprintf(stderr, "%s\n", err.text);
  return status == TC_OK ? 0 : -1;
}

size_t sample_random(uint64_t *seed, size_t under) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (size_t)((*seed >> 33) % under);
}

void sample_thin(struct sample *s, unsigned of) {
  size_t kept = 0;
  for (size_t i = 0; i < s->count; i++) {
    struct record_head h;
    if (record_head(&h, s->records[i].bytes, s->records[i].len, NULL) == TC_OK &&
        (h.kind != RECORD_ENTRY || h.uuid.b[0] % of == 0))
      s->records[kept++] = s->records[i];
  }
  s->count = kept;
}
