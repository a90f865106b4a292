/* tocsin-sync status, rebuild, tidy: what needs no file and no server. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/i18n.h"
#include "db/cache.h"
#include "db/queue.h"
#include "db/state.h"
#include "db/tidy.h"
#include "db/writer.h"
#include "sync/command.h"
#include "sync/progress.h"
#include "sync/settings.h"

/* How far the directory can be relied on. */
enum freshness { FRESH, STALE, NEVER };

static const char *const freshness_words[] = {"fresh", "stale", "never"};

struct report {
  enum freshness freshness;
  int64_t age; /* seconds since a source confirmed it; -1: none ever did */
  const struct cache_info *info;
  const struct sync_state *state; /* NULL: no round was made, or nobody can tell */
  const char *blind;              /* why nobody can tell; NULL: it is known */
  bool lost;                      /* a source sent it, and nothing tells of a round */
  struct queue_counts queue;      /* what was written at this machine */
};

/* A directory that comes from imports has no source to be behind of. */
static void judge(struct report *r, int stale_minutes, int64_t now) {
  bool sourced = r->state && r->state->confirmed > 0;
  r->age = sourced ? now - r->state->confirmed : -1;
  r->freshness = FRESH;
  if (!r->info)
    r->freshness = NEVER;
  else if (r->blind || r->lost)
    r->freshness = STALE;
  else if (r->state && (!sourced || r->age > (int64_t)stale_minutes * 60 || r->age < -60))
    r->freshness = STALE;
}

static void print_time(const char *label, int64_t at) {
  char when[40] = "";
  time_t t = (time_t)at;
  struct tm tm;
  if (gmtime_r(&t, &tm))
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
  printf("%s%s\n", label, when);
}

static void print_text(const struct cache_info *info) {
  char generation[UUID_TEXT];
  uuid_format(&info->generation, generation);
  printf(_("revision    %" PRId64 "\n"), info->revision);
  printf(_("generation  %s\n"), generation);
  printf(_("source      %s\n"), info->source);
  print_time(_("source time "), info->source_time);
  printf(_("audience    %s\n"), audience_word(info->audience));
  printf(_("entries     %" PRId64 "\n"), info->entries);
  printf(_("contacts    %" PRId64 "\n"), info->contacts);
  printf(_("records     %" PRId64 "\n"), info->records);
  printf(_("unreadable  %" PRId64 "\n"), info->unreadable);
}

static void print_state(const struct report *r) {
  printf(_("last round  %s\n"), r->state->result);
  if (r->state->text[0])
    printf(_("            %s\n"), r->state->text);
  if (r->state->confirmed)
    print_time(_("confirmed   "), r->state->confirmed);
  if (r->age >= 0)
    printf(_("age         %" PRId64 " s\n"), r->age);
  if (r->state->held)
    printf(_("held        source offers %" PRId64 " of %" PRId64 " entries\n"), r->state->offered,
           r->state->held);
}

/* Said where something was written here. */
static void print_queue(const struct report *r) {
  const size_t *in = r->queue.in;
  if (in[ACT_PENDING] || in[ACT_WAITS] || in[ACT_ASIDE])
    printf(_("queue       %zu not confirmed, %zu wait for a person, %zu set aside\n"),
           in[ACT_PENDING], in[ACT_WAITS], in[ACT_ASIDE]);
}

static tc_status print_json(const struct report *r, struct tc_error *err) {
  char generation[UUID_TEXT];
  const struct cache_info *info = r->info;
  const struct sync_state *state = r->state;
  json_t *o = json_pack("{s:i, s:s}", "version", 1, "state", freshness_words[r->freshness]);
  bool ok = o != NULL;
  if (info) {
    uuid_format(&info->generation, generation);
    ok = ok && json_object_update_new(
                   o, json_pack("{s:s, s:I, s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:i}", "generation",
                                generation, "revision", (json_int_t)info->revision, "source",
                                info->source, "source_time", (json_int_t)info->source_time,
                                "audience", audience_word(info->audience), "entries",
                                (json_int_t)info->entries, "contacts", (json_int_t)info->contacts,
                                "records", (json_int_t)info->records, "unreadable",
                                (json_int_t)info->unreadable, "format", info->format)) == 0;
  }
  if (state)
    ok = ok && json_object_set_new(o, "sync",
                                   json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "source",
                                             state->source, "result", state->result, "text",
                                             state->text, "confirmed", (json_int_t)state->confirmed,
                                             "checked", (json_int_t)state->checked, "offered",
                                             (json_int_t)state->offered, "held",
                                             (json_int_t)state->held)) == 0;
  json_t *queue = json_object();
  for (int i = 0; i < ACT_STATE_COUNT; i++)
    ok = ok && json_object_set_new(queue, act_state_word((enum act_state)i),
                                   json_integer((json_int_t)r->queue.in[i])) == 0;
  ok = json_object_set_new(o, "queue", queue) == 0 && ok;
  if (r->age >= 0)
    ok = ok && json_object_set_new(o, "age", json_integer((json_int_t)r->age)) == 0;
  if (!ok) {
    json_decref(o);
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  int failed = json_dumpf(o, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII);
  json_decref(o);
  putchar('\n');
  return failed ? tc_fail(err, TC_IO, _("cannot write to standard output")) : TC_OK;
}

/* The exit code says it too, with a sentence. */
static tc_status tell_freshness(const struct report *r, const struct tc_error *why,
                                struct tc_error *err) {
  if (r->freshness == NEVER)
    return tc_fail(err, why->status, "%s", why->text);
  if (r->freshness == FRESH)
    return TC_OK;
  if (r->blind)
    return tc_fail(err, TC_BUSY,
                   _("stale: the file that tells of the last round cannot be read (%s); the next "
                     "round writes it anew"),
                   r->blind);
  if (r->lost)
    return tc_fail(
        err, TC_BUSY,
        _("stale: the file that tells of the last round is not there, so that nobody can "
          "tell when this directory was confirmed; the next round writes it anew"));
  if (r->age < -60)
    return tc_fail(err, TC_BUSY,
                   _("stale: this machine's clock is behind the source's by %" PRId64 " minutes"),
                   -r->age / 60);
  if (r->age < 0)
    return tc_fail(err, TC_BUSY, _("stale: no source has confirmed this directory"));
  return tc_fail(err, TC_BUSY,
                 _("stale: no source has confirmed this directory for %" PRId64 " minutes"),
                 r->age / 60);
}

tc_status status_run(const struct arguments *args, struct tc_error *err) {
  struct cache *cache = NULL;
  struct sync_state state;
  struct tc_error why = {.status = TC_OK}, blind = {.status = TC_OK};
  struct settings *settings = calloc(1, sizeof *settings);
  if (!settings)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  struct report r = {.age = -1};
  tc_status status = settings_read(settings, args->option[OPTION_CONFIG], err);
  if (status != TC_OK)
    goto out;
  const char *scope = args->option[OPTION_CACHE] ? args->option[OPTION_CACHE] : settings->scope;
  if (cache_open(&cache, scope, &why) == TC_OK)
    r.info = cache_info(cache);
  tc_status told = state_read(&state, scope, &blind);
  if (told == TC_OK)
    r.state = &state;
  else if (told != TC_NEVER_SYNCED)
    r.blind = blind.text;
  r.lost = told == TC_NEVER_SYNCED && r.info && r.info->pulled;
  judge(&r, settings->stale_minutes, args->now);
  struct tc_error queue_error = {.status =
                                     TC_OK}; /* a queue that cannot be read says so by itself */
  tc_status counted = queue_count(&r.queue, scope, &queue_error);
  if (args->option[OPTION_JSON])
    status = print_json(&r, err);
  else if (r.info)
    print_text(r.info);
  if (r.state && !args->option[OPTION_JSON])
    print_state(&r);
  if (!args->option[OPTION_JSON] && counted == TC_OK)
    print_queue(&r);
  else if (!args->option[OPTION_JSON])
    printf(_("queue       %s\n"), queue_error.text);
  if (status == TC_OK)
    status = tell_freshness(&r, &why, err);
out:
  cache_close(cache);
  free(settings);
  return status;
}

struct rebuilding {
  struct progress progress;
  int64_t all;
};

static void rebuilt(void *context, int64_t records, int64_t bytes, int64_t of) {
  struct rebuilding *r = context;
  r->all = of;
  progress_step(&r->progress, records, bytes);
}

tc_status rebuild_run(const struct arguments *args, struct tc_error *err) {
  struct rebuilding r = {.all = 0};
  progress_begin(&r.progress, args->option[OPTION_QUIET] != NULL, &r.all, NULL);
  tc_status status = writer_rebuild(args->option[OPTION_CACHE], rebuilt, &r, err);
  progress_end(&r.progress);
  return status;
}

tc_status tidy_run(const struct arguments *args, struct tc_error *err) {
  return tidy_all(args->option[OPTION_CACHE], 0, err);
}
