/* tocsin-sync source and pull: what speaks with a PostgreSQL source. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "db/check.h"
#include "db/queue.h"
#include "db/writer.h"
#include "sync/account.h"
#include "sync/command.h"
#include "sync/each.h"
#include "sync/follow.h"
#include "sync/plan.h"
#include "sync/progress.h"
#include "sync/region.h"
#include "sync/snapshot.h"
#include "sync/source.h"
#include "sync/terminal.h"
#include "sync/watch.h"

/* ---- source ------------------------------------------------------------------------------------
 */

static tc_status run_init(const struct arguments *args, struct tc_error *err) {
  int was;
  tc_status status =
      source_init(args->option[OPTION_SOURCE], args->option[OPTION_SUBSCRIBER] != NULL, &was, err);
  if (status == TC_OK && was)
    printf(_("schema %d was there already\n"), was);
  else if (status == TC_OK)
    printf(_("schema %d installed\n"), source_newest());
  return status;
}

static tc_status run_upgrade(const struct arguments *args, struct tc_error *err) {
  int was;
  tc_status status = source_upgrade(args->option[OPTION_SOURCE], &was, err);
  if (status == TC_OK && was == source_newest())
    printf(_("schema %d is the newest\n"), was);
  else if (status == TC_OK)
    printf(_("schema %d is now schema %d\n"), was, source_newest());
  return status;
}

/* What no digest shows: sites whose public holidays nobody knows. */
static void print_regions(struct regions *regions) {
  struct notes notes = {0};
  regions_tell(regions, &notes);
  plan_print_notes(&notes, "", stdout);
  notes_free(&notes);
}

static tc_status take_region(void *context, const void *bytes, size_t len, struct tc_error *err) {
  (void)err;
  regions_record(context, bytes, len, 0);
  return TC_OK;
}

static tc_status tell_regions(const char *cache, struct tc_error *err) {
  struct regions regions = {0};
  tc_status status = each_record(NULL, cache, take_region, &regions, err);
  if (status == TC_OK)
    print_regions(&regions);
  regions_free(&regions);
  return status;
}

static tc_status run_check(const struct arguments *args, struct tc_error *err) {
  struct source_state state;
  struct regions regions = {0};
  struct buffer complaints = BUFFER_INIT;
  tc_status status = source_check(args->option[OPTION_SOURCE], &state, &complaints, &regions, err);
  fputs(buffer_text(&complaints), stdout);
  buffer_free(&complaints);
  if (status == TC_OK)
    printf(_("schema %d, revision %" PRId64 ", %" PRId64 " records, all as the tables say\n"),
           state.schema, state.revision, state.records);
  if (status == TC_OK)
    print_regions(&regions);
  regions_free(&regions);
  return status;
}

static tc_status run_approve(const struct arguments *args, struct tc_error *err) {
  tc_status status = source_approve(args->option[OPTION_SOURCE], args->second, err);
  if (status == TC_OK)
    printf(_("what vanishes up to revision %s is meant to\n"), args->second);
  return status;
}

static tc_status run_enrol(const struct arguments *args, struct tc_error *err) {
  const char *audiences = args->option[OPTION_AUDIENCES];
  struct enrolment e;
  char uuid[UUID_TEXT];
  if (!audiences)
    return tc_fail(err, TC_USAGE, _("source enrol needs --audiences LIST"));
  tc_status status = terminal_enrol(args->option[OPTION_SOURCE], args->second, audiences,
                                    args->option[OPTION_CERTIFICATE] != NULL, &e, err);
  if (status != TC_OK)
    return status;
  uuid_format(&e.terminal, uuid);
  printf(_("# Into tocsin.conf of the terminal:\n"));
  printf("[terminal]\nname = %s\n\n", args->second);
  printf("[sync]\nterminal = %s\n\n[source main]\nconninfo = host=%s port=%s dbname=%s user=%s\n",
         uuid, e.host, e.port, e.database, args->second);
  if (e.password[0])
    printf(_("\n# Into ~/.pgpass (mode 0600) of the account that tocsin-sync runs as. It is shown "
             "this once:\n#%s:%s:%s:%s:%s\n"),
           e.host, e.port, e.database, args->second, e.password);
  else
    printf(_("\n# The CN of its certificate is %s: ~/.postgresql/postgresql.crt and .key\n"),
           args->second);
  return TC_OK;
}

static tc_status run_revoke(const struct arguments *args, struct tc_error *err) {
  tc_status status = terminal_revoke(args->option[OPTION_SOURCE], args->second, err);
  if (status == TC_OK)
    printf(_("%s may not log in any more\n"), args->second);
  return status;
}

static tc_status run_fleet(const struct arguments *args, struct tc_error *err) {
  struct buffer lines = BUFFER_INIT;
  tc_status status = terminal_fleet(args->option[OPTION_SOURCE], &lines, err);
  if (status == TC_OK && isatty(STDOUT_FILENO)) /* a program wants rows, a person their names */
    puts(_("name\tUUID\trevision\tbehind\tversion\tqueue\tage\taudiences\tstate"));
  if (status == TC_OK)
    status = emit_text(stdout, lines.data, lines.len, err);
  buffer_free(&lines);
  return status;
}

static const struct {
  const char *verb;
  const char *needs; /* what the word behind it is; NULL: there is none */
  uint32_t options;  /* beside --source */
  tc_status (*run)(const struct arguments *args, struct tc_error *err);
} verbs[] = {
    {"init", NULL, UINT32_C(1) << OPTION_SUBSCRIBER, run_init},
    {"upgrade", NULL, 0, run_upgrade},
    {"check", NULL, 0, run_check},
    {"approve", N_("a revision"), 0, run_approve},
    {"enrol", N_("a name"), UINT32_C(1) << OPTION_AUDIENCES | UINT32_C(1) << OPTION_CERTIFICATE,
     run_enrol},
    {"revoke", N_("a name"), 0, run_revoke},
    {"fleet", NULL, 0, run_fleet},
};

tc_status source_run(const struct arguments *args, struct tc_error *err) {
  const char *verb = args->file ? args->file : "";
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (strcmp(verb, verbs[i].verb) != 0)
      continue;
    if (verbs[i].needs && !args->second)
      return tc_fail(err, TC_USAGE, _("source %s needs %s"), verb, _(verbs[i].needs));
    if (!verbs[i].needs && args->second)
      return tc_fail(err, TC_USAGE, _("source %s takes no further word"), verb);
    for (int o = 0; o < OPTION_COUNT; o++)
      if (args->option[o] && o != OPTION_SOURCE && !(verbs[i].options & (UINT32_C(1) << o)))
        return tc_fail(err, TC_USAGE, _("source %s takes no %s"), verb, options[o].name);
    return verbs[i].run(args, err);
  }
  return tc_fail(err, TC_USAGE,
                 _("say source init, upgrade, check, approve, enrol, revoke or fleet"));
}

/* ---- snapshot ----------------------------------------------------------------------------------
 */

tc_status snapshot_run(const struct arguments *args, struct tc_error *err) {
  struct pull_header head = {.revision = 0};
  struct pull_report report;
  struct progress progress;
  struct pg *pg = NULL;
  uint32_t scope;
  bool quiet = args->option[OPTION_QUIET] != NULL;
  if (!args->file || strcmp(args->file, "make") != 0)
    return tc_fail(err, TC_USAGE, _("say snapshot make"));
  tc_status status = scope_from_person(args->option[OPTION_AUDIENCES], &scope, err);
  if (status != TC_OK)
    return status;
  pull_report_begin(&report);
  progress_begin(&progress, quiet, &report.expected, NULL);
  const struct pg_patience patience = {
      .connect_ms = 15000, .came = progress_came, .context = &progress};
  status = pg_open(&pg, args->option[OPTION_SOURCE], &patience, err);
  if (status == TC_OK)
    status = snapshot_make(pg, scope, args->option[OPTION_OUTPUT], &report, &head, err);
  progress_end(&progress);
  pg_close(pg);
  if (status == TC_OK && !quiet)
    printf(_("snapshot of %s: revision %" PRId64 ", %" PRId64 " records, %.1f MB\n"),
           args->option[OPTION_AUDIENCES], head.revision, head.records, (double)head.bytes / 1e6);
  return status;
}

/* ---- pull --------------------------------------------------------------------------------------
 */

static void tell_unreadable(int64_t count) {
  printf(NGETTEXT("%" PRId64 " record cannot be read here: call the switchboard for it\n",
                  "%" PRId64 " records cannot be read here: call the switchboard for them\n",
                  (unsigned long)count),
         count);
}

static void print_report(const struct pull_report *r) {
  printf(_("%s: revision %" PRId64 ": %s; %" PRId64 " records written, %" PRId64 " removed\n"),
         r->source, r->revision, r->reason, r->put, r->removed);
  if (r->note[0])
    printf(_("the snapshot was not used: %s\n"), r->note);
  if (r->unreadable)
    tell_unreadable(r->unreadable);
}

/* What was written at this machine: said where there is something to say. */
static void print_pushed(const struct push_report *r, const struct push_due *due, tc_status status,
                         const struct tc_error *why) {
  if (r->again)
    printf(_("written here: %zu offered again, since the source was restored\n"), r->again);
  if (r->changed)
    printf(_("written here: %zu answered\n"), r->changed);
  if (r->aside)
    printf(_("written here: %zu set aside after %d tries\n"), r->aside, QUEUE_TRIES);
  if (due->damaged)
    printf(_("written here: %zu bytes are damaged; the rest is kept\n"), due->damaged);
  if (due->full)
    puts(push_full_text());
  if (due->pending || status != TC_OK)
    printf(_("written here: %zu wait%s%s\n"), due->pending, status != TC_OK ? ": " : "",
           status != TC_OK ? why->text : "");
}

/* One round; distrust: with whatever is stored compared. */
static tc_status one_round(const struct arguments *args, bool distrust, struct tc_error *err) {
  const char *cache = args->option[OPTION_CACHE], *typed = args->option[OPTION_SOURCE];
  bool quiet = args->option[OPTION_QUIET] != NULL;
  struct settings *settings = calloc(1, sizeof *settings);
  struct follower *f = NULL;
  struct pull_report report;
  struct progress progress;
  if (!settings)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = settings_read(settings, args->option[OPTION_CONFIG], err);
  if (status == TC_OK && !typed && settings->source_count)
    status = account_become(settings->account, err);
  progress_begin(&progress, quiet, &report.expected, &report.expected_bytes);
  const struct pg_patience patience = {.came = progress_came, .context = &progress};
  if (status == TC_OK)
    status = follower_open(&f, settings, typed, cache ? cache : settings->scope, &patience, err);
  if (status == TC_OK) {
    struct push_report pushed;
    struct push_due due;
    struct tc_error why = {.status = TC_OK};
    const struct log log = {.out = stderr,
                            .program = "tocsin-sync",
                            .level =
                                args->option[OPTION_VERBOSE] ? LOG_DEBUG_LEVEL : LOG_ERROR_LEVEL};
    follower_trace(f, &log);
    if (distrust)
      follower_distrust(f);
    follower_snapshot(f, args->option[OPTION_SNAPSHOT]);
    tc_status sent = follower_push(f, &pushed, &due, &why);
    status = follower_round(f, &report, err);
    if (status == TC_OK && sent == TC_OK)
      sent = follower_push_again(f, &report, &pushed, &due, &why);
    progress_end(&progress);
    if (!quiet)
      print_pushed(&pushed, &due, sent, &why);
    tc_status kept =
        follower_keep_state(f, &report, status, status != TC_OK && err ? err->text : "", true,
                            status == TC_OK ? err : NULL);
    follower_beat(f, &report);
    if (status == TC_OK) { /* else the first fault is the one to tell */
      if (!quiet)
        print_report(&report);
      status = kept;
    }
  }
  follower_close(f);
  free(settings);
  return status;
}

tc_status pull_run(const struct arguments *args, struct tc_error *err) {
  return one_round(args, false, err);
}

tc_status watch_command(const struct arguments *args, struct tc_error *err) {
  const struct watch_orders orders = {.config = args->option[OPTION_CONFIG],
                                      .source = args->option[OPTION_SOURCE],
                                      .cache = args->option[OPTION_CACHE],
                                      .quiet = args->option[OPTION_QUIET] != NULL,
                                      .verbose = args->option[OPTION_VERBOSE] != NULL};
  return watch_run(&orders, err);
}

/* ---- check -------------------------------------------------------------------------------------
 */

enum { CHECK_STEP_MS = 200, UNREADABLE_SAID = 20 };

/* As they were written, and yet found by nobody: of a version before, or of a source whose grammar
 * is another. */
static tc_status name_unreadable(const char *scope, struct tc_error *err) {
  struct record_cursor *cursor = NULL;
  struct arena arena = ARENA_INIT;
  const void *bytes;
  size_t len;
  int64_t count = 0;
  tc_status status = record_cursor_open(&cursor, scope, err);
  while (status == TC_OK && (status = record_cursor_next(cursor, &bytes, &len, err)) == TC_OK) {
    struct record record;
    struct tc_error why = {.status = TC_OK};
    char line[1200];
    arena_reset(&arena);
    if (record_decode(&record, bytes, len, &arena, &why) == TC_OK || why.status == TC_NO_MEMORY ||
        count++ >= UNREADABLE_SAID)
      continue;
    char uuid[UUID_TEXT] = "?";
    struct record_head head = {.kind = RECORD_NONE};
    if (record_head(&head, bytes, len, NULL) == TC_OK)
      uuid_format(&head.uuid, uuid);
    printf(_("%s %s cannot be read: %s\n"), record_kind_word(head.kind), uuid,
           tc_error_line(&why, line, sizeof line));
  }
  if (count)
    tell_unreadable(count);
  record_cursor_close(cursor);
  arena_free(&arena);
  return status == TC_DONE ? TC_OK : status;
}

tc_status check_run(const struct arguments *args, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  struct check *check;
  bool more = true;
  tc_status status = check_open(&check, args->option[OPTION_CACHE], &own);
  while (status == TC_OK && more)
    status = check_step(check, CHECK_STEP_MS, &more, &own);
  if (status == TC_OK)
    printf(NGETTEXT("%" PRId64 " record, as it was written\n",
                    "%" PRId64 " records, all as they were written\n",
                    (unsigned long)check_records(check)),
           check_records(check));
  if (status == TC_OK)
    status = name_unreadable(args->option[OPTION_CACHE], &own);
  if (status == TC_OK)
    status = tell_regions(args->option[OPTION_CACHE], &own);
  bool spared = status == TC_DAMAGED && check && check_spares_records(check);
  check_close(check);
  if (spared) {
    puts(_("the records are what was written, the search index is not: it is made again"));
    return writer_rebuild(args->option[OPTION_CACHE], NULL, NULL, err);
  }
  if (status == TC_DAMAGED && (args->option[OPTION_SOURCE] || args->option[OPTION_CONFIG])) {
    puts(_("the records on this disk are not what was written: repairing"));
    return one_round(args, true, err);
  }
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}
