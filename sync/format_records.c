/* The record stream: each record behind its length in bytes, in decimal, and a newline.  Bounded
 * memory whatever its length. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "core/record.h"
#include "db/writer.h"
#include "sync/apply.h"
#include "sync/command.h"

struct stream {
  FILE *file;
  const char *name;
  long number; /* of the record, from 1 */
  char *bytes; /* RECORD_MAX */
  size_t len;
};

static tc_status open_stream(struct stream *s, const char *path, struct tc_error *err) {
  struct stat st;
  bool standard = !strcmp(path, "-");
  *s = (struct stream){.file = standard ? stdin : fopen(path, "rbe"),
                       .name = standard ? _("standard input") : path};
  if (!s->file)
    return tc_fail_errno(err, errno, _("cannot open “%s”"), path);
  if (fstat(fileno(s->file), &st) == 0 && S_ISDIR(st.st_mode))
    return tc_fail_at(err, TC_NO_INPUT, s->name, 0, 0, _("it is a folder, not a file"));
  s->bytes = malloc(RECORD_MAX);
  return s->bytes ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static void close_stream(struct stream *s) {
  if (s->file && s->file != stdin)
    fclose(s->file);
  free(s->bytes);
}

/* Reads one.  TC_DONE at the end; the row of an error is the record's number. */
static tc_status next_record(struct stream *s, struct tc_error *err) {
  int c = getc(s->file);
  if (c == EOF && !ferror(s->file))
    return TC_DONE;
  s->number++;
  size_t len = 0;
  int digits = 0;
  for (; c >= '0' && c <= '9' && len <= RECORD_MAX; c = getc(s->file)) {
    len = len * 10 + (size_t)(c - '0');
    digits++;
  }
  if (ferror(s->file))
    return tc_fail_errno(err, errno, _("cannot read “%s”"), s->name);
  if (!digits || c != '\n' || !len)
    return tc_fail_at(err, len > RECORD_MAX ? TC_TOO_LONG : TC_INVALID, s->name, s->number, 0,
                      _("no length of a record: this is not what tocsin-sync export writes"));
  if (len > RECORD_MAX)
    return tc_fail_at(err, TC_TOO_LONG, s->name, s->number, 0, _("a record of over %d bytes"),
                      RECORD_MAX);
  s->len = fread(s->bytes, 1, len, s->file);
  if (ferror(s->file))
    return tc_fail_errno(err, errno, _("cannot read “%s”"), s->name);
  if (s->len < len)
    return tc_fail_at(err, TC_INVALID, s->name, s->number, 0,
                      _("the file is cut off: %zu of %zu bytes"), s->len, len);
  return TC_OK;
}

struct tally {
  int64_t records, bytes;
  enum audience audience;
};

static tc_status put_all(struct stream *s, struct writer *w, struct tally *tally,
                         struct progress *progress, struct tc_error *err) {
  tc_status status;
  while ((status = next_record(s, err)) == TC_OK) {
    struct record_head head;
    struct tc_error own = {.status = TC_OK};
    status = record_head(&head, s->bytes, s->len, &own);
    if (status == TC_OK)
      status = writer_put(w, s->bytes, s->len, &own);
    if (status != TC_OK)
      return tc_fail_at(err, status, s->name, s->number, 0, "%s", own.text);
    tally->records++;
    tally->bytes += (int64_t)s->len;
    progress_step(progress, tally->records, tally->bytes);
    if (head.audience > tally->audience)
      tally->audience = head.audience;
  }
  return status == TC_DONE ? TC_OK : status;
}

static tc_status import_stream(struct stream *s, struct change *change, bool dry, bool quiet,
                               struct tc_error *err) {
  struct tally tally = {0};
  struct progress progress;
  progress_begin(&progress, quiet, NULL, NULL);
  int64_t before = 0, after = 0;
  struct digest was = {{0}}, is = {{0}};
  tc_status status = writer_sum(change->writer, &before, &was, err);
  if (status == TC_OK)
    status = put_all(s, change->writer, &tally, &progress, err);
  progress_end(&progress);
  if (status == TC_OK)
    status = writer_sum(change->writer, &after, &is, err);
  if (status != TC_OK)
    return status;
  printf(_("%s: %" PRId64 " records; the directory has %" PRId64 "\n"), s->name, tally.records,
         after);
  if (!tally.records)
    return tc_fail_at(err, TC_INVALID, s->name, 0, 0,
                      _("there is no record in it: nothing was changed"));
  if (dry) {
    puts(_("dry run: nothing was written"));
    return TC_OK;
  }
  if (before == after && !memcmp(&was, &is, sizeof was)) {
    puts(_("nothing to change"));
    return TC_OK;
  }
  int64_t revision = change->head.revision;
  status = change_commit(change, tally.audience, err);
  if (status == TC_OK)
    printf(_("revision %" PRId64 " is published\n"), revision);
  return status;
}

tc_status records_import(const struct arguments *args, struct tc_error *err) {
  static const enum option others[] = {
      OPTION_MAP,      OPTION_ORIGIN,         OPTION_SITE,
      OPTION_ENCODING, OPTION_ALLOW_REMOVALS, OPTION_ALLOW_CRITICAL};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (args->option[others[i]])
      return tc_fail(err, TC_USAGE, _("--format records takes no %s"), options[others[i]].name);
  struct stream s;
  struct change change = {0};
  tc_status status = open_stream(&s, args->file, err);
  if (status == TC_OK)
    status = change_begin(&change, args->option[OPTION_CACHE], args->option[OPTION_WHOLE] != NULL,
                          args->now, err);
  if (status == TC_OK && change.fresh && args->option[OPTION_ORIGIN])
    snprintf(change.source, sizeof change.source, "%s", args->option[OPTION_ORIGIN]);
  if (status == TC_OK)
    status = import_stream(&s, &change, args->option[OPTION_DRY_RUN] != NULL,
                           args->option[OPTION_QUIET] != NULL, err);
  change_discard(&change);
  close_stream(&s);
  return status;
}

static tc_status write_all(struct record_cursor *cursor, FILE *out, const char *name,
                           struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status;
  while ((status = record_cursor_next(cursor, &bytes, &len, err)) == TC_OK)
    if (fprintf(out, "%zu\n", len) < 0 || fwrite(bytes, 1, len, out) != len)
      return tc_fail_errno(err, errno, _("cannot write “%s”"), name);
  if (status != TC_DONE)
    return status;
  return fflush(out) == 0 ? TC_OK : tc_fail_errno(err, errno, _("cannot write “%s”"), name);
}

tc_status records_export(const struct arguments *args, struct tc_error *err) {
  struct record_cursor *cursor = NULL;
  const char *path = args->option[OPTION_OUTPUT];
  tc_status status = record_cursor_open(&cursor, args->option[OPTION_CACHE], err);
  if (status != TC_OK)
    return status;
  FILE *out = path ? fopen(path, "wbe") : stdout;
  if (!out)
    status = tc_fail_errno(err, errno, _("cannot write “%s”"), path);
  else
    status = write_all(cursor, out, path ? path : _("standard output"), err);
  if (path && out && fclose(out) != 0 && status == TC_OK)
    status = tc_fail_errno(err, errno, _("cannot write “%s”"), path);
  record_cursor_close(cursor);
  return status;
}
