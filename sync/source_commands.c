/* tocsin-sync source and pull: what speaks with a PostgreSQL source. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "db/state.h"
#include "sync/command.h"
#include "sync/pull.h"
#include "sync/source.h"

/* ---- source ------------------------------------------------------------------------------------
 */

static tc_status run_init(const char *source, const char *revision, struct tc_error *err) {
  int was;
  (void)revision;
  tc_status status = source_init(source, &was, err);
  if (status == TC_OK && was)
    printf(_("schema %d was there already\n"), was);
  else if (status == TC_OK)
    printf(_("schema %d installed\n"), source_newest());
  return status;
}

static tc_status run_upgrade(const char *source, const char *revision, struct tc_error *err) {
  int was;
  (void)revision;
  tc_status status = source_upgrade(source, &was, err);
  if (status == TC_OK && was == source_newest())
    printf(_("schema %d is the newest\n"), was);
  else if (status == TC_OK)
    printf(_("schema %d is now schema %d\n"), was, source_newest());
  return status;
}

static tc_status run_check(const char *source, const char *revision, struct tc_error *err) {
  struct source_state state;
  struct buffer complaints = BUFFER_INIT;
  (void)revision;
  tc_status status = source_check(source, &state, &complaints, err);
  fputs(buffer_text(&complaints), stdout);
  buffer_free(&complaints);
  if (status == TC_OK)
    printf(_("schema %d, revision %" PRId64 ", %" PRId64 " records, all as the tables say\n"),
           state.schema, state.revision, state.records);
  return status;
}

static tc_status run_approve(const char *source, const char *revision, struct tc_error *err) {
  tc_status status = source_approve(source, revision, err);
  if (status == TC_OK)
    printf(_("what vanishes up to revision %s is meant to\n"), revision);
  return status;
}

static const struct {
  const char *verb;
  bool revision; /* takes one */
  tc_status (*run)(const char *source, const char *revision, struct tc_error *err);
} verbs[] = {
    {"init", false, run_init},
    {"upgrade", false, run_upgrade},
    {"check", false, run_check},
    {"approve", true, run_approve},
};

tc_status source_run(const struct arguments *args, struct tc_error *err) {
  const char *verb = args->file ? args->file : "";
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (strcmp(verb, verbs[i].verb) != 0)
      continue;
    if (verbs[i].revision != (args->second != NULL))
      return tc_fail(err, TC_USAGE,
                     verbs[i].revision ? _("source %s needs a revision")
                                       : _("source %s takes no further word"),
                     verb);
    return verbs[i].run(args->option[OPTION_SOURCE], args->second, err);
  }
  return tc_fail(err, TC_USAGE, _("say source init, upgrade, check or approve"));
}

/* ---- pull --------------------------------------------------------------------------------------
 */

static void print_report(const struct pull_report *r) {
  printf(_("%s: revision %" PRId64 ": %s; %" PRId64 " records written, %" PRId64 " removed\n"),
         r->source, r->revision, r->reason, r->put, r->removed);
  if (r->unreadable)
    printf(NGETTEXT("%" PRId64 " record cannot be read here: call the switchboard for it\n",
                    "%" PRId64 " records cannot be read here: call the switchboard for them\n",
                    (unsigned long)r->unreadable),
           r->unreadable);
}

/* The state says how it went, also when it went wrong; a folder that is not there stays so. */
static tc_status keep_state(const struct pull_report *r, const char *scope_dir, tc_status outcome,
                            const char *text, struct tc_error *err) {
  struct sync_state state;
  if (state_read(&state, scope_dir, NULL) != TC_OK)
    state = (struct sync_state){.confirmed = 0};
  snprintf(state.result, sizeof state.result, "%s", r->word);
  snprintf(state.text, sizeof state.text, "%s", text);
  if (r->source[0])
    snprintf(state.source, sizeof state.source, "%s", r->source);
  if (outcome == TC_OK)
    state.confirmed = r->source_now;
  state.checked = (int64_t)time(NULL);
  if (r->revision)
    state.revision = r->revision;
  state.offered = r->offered;
  state.held = r->held;
  return state_write(&state, scope_dir, err);
}

tc_status pull_run(const struct arguments *args, struct tc_error *err) {
  const char *cache = args->option[OPTION_CACHE];
  struct pull_report report;
  tc_status status = pull_round(args->option[OPTION_SOURCE], cache, &report, err);
  bool loud = strcmp(report.word, "restored") == 0 || strcmp(report.word, "repaired") == 0;
  const char *text = status != TC_OK && err ? err->text : loud ? report.reason : "";
  tc_status kept = keep_state(&report, cache, status, text, status == TC_OK ? err : NULL);
  if (status != TC_OK)
    return status; /* the first fault is the one to tell */
  print_report(&report);
  return kept;
}
