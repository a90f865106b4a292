/* tocsin-sync bundle key, make and load. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/account.h"
#include "sync/bundle.h"
#include "sync/command.h"
#include "sync/progress.h"
#include "sync/settings.h"
#include "sync/word.h"

/* TC_USAGE where one of these is missing; the last is OPTION_COUNT. */
static tc_status need(const struct arguments *args, const enum option *wanted,
                      struct tc_error *err) {
  for (; *wanted != OPTION_COUNT; wanted++)
    if (!args->option[*wanted])
      return tc_fail(err, TC_USAGE, _("bundle %s needs %s %s"), args->file, options[*wanted].name,
                     options[*wanted].arg);
  return TC_OK;
}

static tc_status run_key(const struct arguments *args, struct tc_error *err) {
  static const enum option wanted[] = {OPTION_OUTPUT, OPTION_COUNT};
  struct buffer key = BUFFER_INIT;
  tc_status status = need(args, wanted, err);
  if (status == TC_OK)
    status = bundle_key(args->option[OPTION_OUTPUT], &key, err);
  if (status == TC_OK)
    printf("[sync]\nbundle_keys = %s\n", buffer_text(&key));
  buffer_free(&key);
  return status;
}

static tc_status run_make(const struct arguments *args, struct tc_error *err) {
  static const enum option wanted[] = {OPTION_SOURCE, OPTION_AUDIENCES, OPTION_KEY, OPTION_OUTPUT,
                                       OPTION_COUNT};
  const char *since = args->option[OPTION_SINCE];
  const struct word number = {since, since ? strlen(since) : 0};
  struct bundle_orders orders = {
      .since = -1, .key = args->option[OPTION_KEY], .output = args->option[OPTION_OUTPUT]};
  struct pull_header head = {.revision = 0};
  struct progress progress;
  struct pg *pg = NULL;
  int64_t expected = 0;
  bool quiet = args->option[OPTION_QUIET] != NULL;
  tc_status status = need(args, wanted, err);
  if (status == TC_OK && since && !word_int(number, &orders.since))
    status = tc_fail(err, TC_USAGE, _("“%s” is no revision"), since);
  if (status == TC_OK)
    status = scope_from_person(args->option[OPTION_AUDIENCES], &orders.scope, err);
  if (status != TC_OK)
    return status;
  progress_begin(&progress, quiet, &expected, NULL);
  const struct pg_patience patience = {
      .connect_ms = 15000, .came = progress_came, .context = &progress};
  status = pg_open(&pg, args->option[OPTION_SOURCE], &patience, err);
  if (status == TC_OK)
    status = bundle_make(pg, &orders, &head, &expected, err);
  progress_end(&progress);
  pg_close(pg);
  if (status == TC_OK && !quiet)
    printf(_("bundle of %s: revision %" PRId64 ", %.1f MB\n"), args->option[OPTION_AUDIENCES],
           head.revision, (double)head.bytes / 1e6);
  return status;
}

static tc_status run_load(const struct arguments *args, struct tc_error *err) {
  const char *cache = args->option[OPTION_CACHE];
  struct settings *settings = calloc(1, sizeof *settings);
  struct pull_report report;
  pull_report_begin(&report);
  if (!settings)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = settings_read(settings, args->option[OPTION_CONFIG], err);
  if (status == TC_OK && !args->second)
    status = tc_fail(err, TC_USAGE, _("bundle load needs a file"));
  if (status == TC_OK && !settings->bundle_keys[0])
    status =
        tc_fail(err, TC_CONFIG,
                _("tocsin.conf names no bundle_keys: bundle key at the source prints the line"));
  if (status == TC_OK && !cache) /* a folder that was typed is the caller's */
    status = account_become(settings->account, err);
  if (status == TC_OK) {
    const struct pull_orders orders = {.scope_dir = cache ? cache : settings->scope,
                                       .most = settings->audience};
    status = bundle_load(&orders, args->second, settings->bundle_keys, &report, err);
  }
  if (status == TC_OK && !args->option[OPTION_QUIET])
    printf(_("%s: revision %" PRId64 ": %s; %" PRId64 " records written, %" PRId64 " removed\n"),
           report.source, report.revision, report.reason, report.put, report.removed);
  free(settings);
  return status;
}

tc_status bundle_run(const struct arguments *args, struct tc_error *err) {
  static const struct {
    const char *name;
    tc_status (*run)(const struct arguments *args, struct tc_error *err);
  } verbs[] = {{"key", run_key}, {"make", run_make}, {"load", run_load}};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (args->file && !strcmp(args->file, verbs[i].name))
      return verbs[i].run(args, err);
  return tc_fail(err, TC_USAGE, _("say bundle key, make or load"));
}
