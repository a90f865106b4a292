/* Records as they are: a stream of them into a cache or a source, and out of a cache. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/writer.h"
#include "sync/addition.h"
#include "sync/apply.h"
#include "sync/command.h"
#include "sync/plan.h"
#include "sync/put.h"
#include "sync/region.h"
#include "sync/stream.h"

struct tally {
  int64_t records, bytes, refused;
  enum audience audience;
  struct notes notes; /* of the first that were refused */
  struct arena arena;
};

enum { REFUSALS_SAID = 20 };

/* Can all of a record be read?  What is stored and cannot be read is found by nobody; the row and
 * the column of a fault are the record's number and the line of it. */
static bool is_whole(const struct stream *s, struct arena *arena, struct tc_error *err) {
  struct record record;
  arena_reset(arena);
  return record_decode(&record, s->bytes, s->len, arena, err) == TC_OK;
}

static void refuse(struct tally *tally, const struct stream *s, const struct record_head *head,
                   const struct tc_error *why) {
  char uuid[UUID_TEXT];
  uuid_format(&head->uuid, uuid);
  if (tally->refused++ < REFUSALS_SAID)
    notes_add(&tally->notes, NOTE_REFUSED, s->number, why->row, "%s %s: %s",
              record_kind_word(head->kind), uuid, why->text);
}

/* What is refused leaves what the directory holds of it; with --whole there is nothing of it. */
static tc_status tell_refused(struct tally *tally, const struct stream *s, bool whole,
                              struct tc_error *err) {
  int64_t more = tally->refused - REFUSALS_SAID;
  plan_print_notes(&tally->notes, s->name, stdout);
  if (more > 0)
    printf(NGETTEXT("and %" PRId64 " more\n", "and %" PRId64 " more\n", (unsigned long)more), more);
  if (tally->refused && whole)
    return tc_fail_at(err, TC_INVALID, s->name, 0, 0,
                      _("a directory is not made of records that cannot be read: nothing was "
                        "changed"));
  return TC_OK;
}

/* Sites of which nobody knows the holidays are said, by the number of their record: what is held in
 * a source or a cache may have the calendar. */
static tc_status tell_regions(struct regions *r, struct pg *pg, const char *cache, const char *file,
                              struct tc_error *err) {
  struct notes notes = {0};
  tc_status status = regions_held(r, pg, cache, err);
  if (status == TC_OK) {
    regions_tell(r, &notes);
    plan_print_notes(&notes, file, stdout);
    if (notes.failed)
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  notes_free(&notes);
  return status;
}

static tc_status put_all(struct stream *s, struct writer *w, struct tally *tally,
                         struct regions *regions, struct progress *progress, struct tc_error *err) {
  tc_status status;
  while ((status = stream_next(s, err)) == TC_OK) {
    struct record_head head;
    struct tc_error own = {.status = TC_OK};
    status = record_head(&head, s->bytes, s->len, &own);
    if (status == TC_OK && !is_whole(s, &tally->arena, &own) && own.status == TC_INVALID) {
      refuse(tally, s, &head, &own);
      continue;
    }
    status = own.status;
    if (status == TC_OK)
      status = writer_put(w, s->bytes, s->len, &own);
    if (status != TC_OK)
      return tc_fail_at(err, status, s->name, s->number, 0, "%s", own.text);
    regions_record(regions, s->bytes, s->len, s->number);
    tally->records++;
    tally->bytes += (int64_t)s->len;
    progress_step(progress, tally->records, tally->bytes);
    if (head.audience > tally->audience)
      tally->audience = head.audience;
  }
  return status == TC_DONE ? TC_OK : status;
}

static tc_status import_stream(struct stream *s, struct change *change,
                               const struct arguments *args, struct tc_error *err) {
  bool dry = args->option[OPTION_DRY_RUN] != NULL;
  struct regions regions = {0};
  struct tally tally = {0};
  struct progress progress;
  progress_begin(&progress, args->option[OPTION_QUIET] != NULL, NULL, NULL);
  int64_t before = 0, after = 0;
  struct digest was = {{0}}, is = {{0}};
  tc_status status = writer_sum(change->writer, &before, &was, err);
  if (status == TC_OK)
    status = put_all(s, change->writer, &tally, &regions, &progress, err);
  progress_end(&progress);
  if (status == TC_OK)
    status = tell_refused(&tally, s, args->option[OPTION_WHOLE] != NULL, err);
  notes_free(&tally.notes);
  arena_free(&tally.arena);
  if (status == TC_OK) /* --whole: what is there now goes */
    status =
        tell_regions(&regions, NULL, args->option[OPTION_WHOLE] ? NULL : args->option[OPTION_CACHE],
                     s->name, err);
  regions_free(&regions);
  if (status == TC_OK)
    status = writer_sum(change->writer, &after, &is, err);
  if (status != TC_OK)
    return status;
  if (tally.refused)
    printf(_("%s: %" PRId64 " records, %" PRId64 " refused; the directory has %" PRId64 "\n"),
           s->name, tally.records, tally.refused, after);
  else
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

/* The next thousands of records, or the rest. */
static tc_status send_all(struct stream *s, struct put *put, struct regions *regions,
                          struct progress *progress, int64_t *records, struct tc_error *err) {
  int64_t bytes = 0;
  struct arena arena = ARENA_INIT;
  tc_status status;
  while ((status = stream_next(s, err)) == TC_OK) {
    struct record_head head;
    struct tc_error own = {.status = TC_OK};
    status = record_head(&head, s->bytes, s->len, &own);
    if (status == TC_OK && head.kind == RECORD_NONE)
      status = tc_fail(&own, TC_NEWER, _("a kind of record that this version does not know"));
    else if (status == TC_OK && head.kind == RECORD_SEALED)
      status = tc_fail(&own, TC_REFUSED, _("a sealed record, which a source cannot read"));
    else if (status == TC_OK && !is_whole(s, &arena, &own))
      status = own.status;
    if (status != TC_OK) {
      status = tc_fail_at(err, status, s->name, s->number, own.row, "%s", own.text);
      break;
    }
    const struct put_part part = {.kind = record_kind_word(head.kind),
                                  .uuid = head.uuid,
                                  .audience = head.audience,
                                  .bytes = s->bytes,
                                  .len = s->len};
    regions_record(regions, s->bytes, s->len, s->number);
    status = put_add(put, &part, err);
    if (status != TC_OK)
      break;
    bytes += (int64_t)s->len;
    progress_step(progress, ++*records, bytes);
  }
  arena_free(&arena);
  return status == TC_DONE ? TC_OK : status;
}

/* All of it as the directory of a source that holds none. */
static tc_status make_whole(struct put *put, const struct stream *s, int64_t records,
                            struct tc_error *err) {
  tc_status status = put_whole(put, err);
  if (status == TC_OK)
    printf(_("%s: %" PRId64 " records, and the source gives each of them back\n"), s->name,
           records);
  return status;
}

static tc_status import_there(struct stream *s, const struct arguments *args,
                              struct tc_error *err) {
  struct progress progress;
  struct put put = {0};
  struct regions regions = {0};
  int64_t records = 0, revision;
  bool empty = false, changes = true;
  bool dry = args->option[OPTION_DRY_RUN] != NULL;
  progress_begin(&progress, args->option[OPTION_QUIET] != NULL, NULL, NULL);
  tc_status status = put_begin(&put, args->option[OPTION_SOURCE], err);
  if (status == TC_OK)
    status = send_all(s, &put, &regions, &progress, &records, err);
  progress_end(&progress);
  if (status == TC_OK)
    status = tell_regions(&regions, put.pg, NULL, s->name, err);
  regions_free(&regions);
  if (status == TC_OK && !records)
    status = tc_fail_at(err, TC_INVALID, s->name, 0, 0,
                        _("there is no record in it: nothing was changed"));
  if (status == TC_OK)
    status = put_is_empty(&put, &empty, err);
  if (status == TC_OK)
    status = empty ? make_whole(&put, s, records, err)
                   : addition_run(&put, args, records, &changes, err);
  if (status == TC_OK && dry) {
    puts(_("dry run: nothing was written"));
  } else if (status == TC_OK && !changes) {
    puts(_("nothing to change"));
  } else if (status == TC_OK) {
    status = put_commit(&put, &revision, err);
    if (status == TC_OK)
      printf(_("revision %" PRId64 " is published\n"), revision);
  }
  put_close(&put);
  return status;
}

/* Into a cache. */
static tc_status import_here(struct stream *s, const struct arguments *args, struct tc_error *err) {
  struct change change = {0};
  tc_status status = change_begin(&change, args->option[OPTION_CACHE],
                                  args->option[OPTION_WHOLE] != NULL, args->now, err);
  if (status == TC_OK && change.fresh && args->option[OPTION_ORIGIN])
    snprintf(change.source, sizeof change.source, "%s", args->option[OPTION_ORIGIN]);
  if (status == TC_OK)
    status = import_stream(s, &change, args, err);
  change_discard(&change);
  return status;
}

tc_status records_import(const struct arguments *args, struct tc_error *err) {
  static const struct {
    enum option option;
    bool source; /* has a meaning there */
  } others[] = {{OPTION_MAP, false},           {OPTION_ORIGIN, false},
                {OPTION_SITE, false},          {OPTION_ENCODING, false},
                {OPTION_ALLOW_REMOVALS, true}, {OPTION_ALLOW_CRITICAL, true},
                {OPTION_ALLOW_DELETED, true}};
  bool source = args->option[OPTION_SOURCE] != NULL;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (args->option[others[i].option] && !(source && others[i].source))
      return tc_fail(err, TC_USAGE, _("--format records takes no %s"),
                     options[others[i].option].name);
  struct stream s;
  tc_status status = stream_open(&s, args->file, err);
  if (status == TC_OK)
    status = source ? import_there(&s, args, err) : import_here(&s, args, err);
  stream_close(&s);
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
