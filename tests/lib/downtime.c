#include "tests/lib/downtime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/uuid.h"
#include "db/writer.h"

enum { LINES_MAX = 64, LINE = 512, FIELDS_MAX = 16 };

static int by_text(const void *a, const void *b) {
  return strcmp(a, b);
}

static int by_pointer(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "@e1" and "to=@e1": a letter, and a number at the end of the UUID. */
static void write_field(char *out, size_t cap, const char *field) {
  const char *at = strchr(field, '@');
  struct uuid u = {{0}};
  char text[UUID_SHORT];
  if (!at || (at != field && at[-1] != '=')) {
    snprintf(out, cap, "%s", field);
    return;
  }
  u.b[0] = (uint8_t)at[1];
  u.b[15] = (uint8_t)strtol(at + 2, NULL, 10);
  uuid_format_short(&u, text);
  snprintf(out, cap, "%.*s%s", (int)(at - field), field, text);
}

static bool is_named(const char *field) {
  const char *equals = strchr(field, '=');
  return equals && strspn(field, "abcdefghijklmnopqrstuvwxyz") == (size_t)(equals - field);
}

/* One line of a record: attributes behind the others, sorted. */
static void write_line(char out[LINE], char *line) {
  char *named[FIELDS_MAX], *rest = line;
  size_t count = 0, len = 0;
  char field[LINE];
  for (bool first = true; rest; first = false) {
    char *one = rest;
    rest = strstr(rest, " | ");
    if (rest) {
      *rest = '\0';
      rest += 3;
    }
    if (!first && is_named(one)) {
      named[count++] = one;
      continue;
    }
    write_field(field, sizeof field, one);
    len += (size_t)snprintf(out + len, LINE - len, "%s%s", first ? "" : "\t", field);
  }
  qsort(named, count, sizeof *named, by_pointer);
  for (size_t i = 0; i < count; i++) {
    write_field(field, sizeof field, named[i]);
    len += (size_t)snprintf(out + len, LINE - len, "\t%s", field);
  }
}

static tc_status put_record(struct writer *w, char lines[LINES_MAX][LINE], size_t count,
                            const char *without, struct tc_error *err) {
  struct buffer bytes = BUFFER_INIT;
  char head[LINE];
  if (!count || (without && strncmp(lines[0], without, strlen(without)) == 0))
    return TC_OK;
  write_line(head, lines[0]);
  buffer_printf(&bytes, "tocsin1\t%s\n", head);
  for (size_t i = 1; i < count; i++) {
    char out[LINE];
    write_line(out, lines[i]);
    memcpy(lines[i], out, LINE);
  }
  qsort(lines[1], count - 1, LINE, by_text);
  for (size_t i = 1; i < count; i++)
    buffer_printf(&bytes, "%s\n", lines[i]);
  tc_status status = writer_put(w, bytes.data, bytes.len, err);
  buffer_free(&bytes);
  return status;
}

tc_status downtime_directory(const char *scope, const char *without, struct tc_error *err) {
  return downtime_directory_of(scope, without, AUDIENCE_PUBLIC, err);
}

static tc_status put_text(struct writer *w, char *text, const char *without, struct tc_error *err) {
  static char lines[LINES_MAX][LINE];
  size_t count = 0;
  tc_status status = TC_OK;
  char *rest = text, *line;
  while (status == TC_OK && (line = strsep(&rest, "\n")) != NULL) {
    if (*line == '#')
      continue;
    if (*line)
      snprintf(lines[count++], LINE, "%s", line);
    if (!*line || !rest) {
      status = put_record(w, lines, count, without, err);
      count = 0;
    }
  }
  return status;
}

static tc_status put_file(struct writer *w, const char *name, const char *without,
                          struct tc_error *err) {
  const char *top = getenv("TOCSIN_TOP");
  char path[LINE * 2];
  struct buffer text = BUFFER_INIT;
  snprintf(path, sizeof path, "%s/tests/data/%s.txt", top ? top : ".", name);
  tc_status status = file_read(&text, path, 1 << 20, err);
  if (status == TC_OK)
    status = put_text(w, text.data, without, err);
  buffer_free(&text);
  return status;
}

tc_status downtime_revision(const char *scope, int64_t revision, enum audience audience,
                            const char *records, struct tc_error *err) {
  struct writer *w = NULL;
  struct writer_head head = {.generation = {{0x70, 1}},
                             .revision = revision,
                             .source_time = DOWNTIME_NOW - 3600 + revision,
                             .source = "import",
                             .audience = audience};
  struct buffer text = BUFFER_INIT;
  buffer_add_text(&text, records);
  tc_status status = writer_delta(&w, scope, err);
  if (status == TC_OK)
    status = put_text(w, text.data, NULL, err);
  buffer_free(&text);
  if (status == TC_OK)
    return writer_commit(w, &head, err);
  if (w)
    writer_discard(w);
  return status;
}

tc_status downtime_directory_of(const char *scope, const char *without, enum audience audience,
                                struct tc_error *err) {
  return downtime_directory_with(scope, without, audience, NULL, err);
}

tc_status downtime_directory_with(const char *scope, const char *without, enum audience audience,
                                  const char *more, struct tc_error *err) {
  struct writer *w = NULL;
  struct writer_head head = {.generation = {{0x70, 1}},
                             .revision = 1,
                             .source_time = DOWNTIME_NOW - 3600,
                             .source = "import",
                             .audience = audience};
  tc_status status = writer_build(&w, scope, err);
  if (status == TC_OK)
    status = put_file(w, "downtime", without, err);
  if (status == TC_OK && more)
    status = put_file(w, more, without, err);
  if (status == TC_OK)
    return writer_commit(w, &head, err);
  if (w)
    writer_discard(w);
  return status;
}
