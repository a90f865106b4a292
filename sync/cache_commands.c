/* tocsin-sync status, rebuild, tidy: what needs no file and no server. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <time.h>

#include "base/i18n.h"
#include "db/cache.h"
#include "db/state.h"
#include "db/writer.h"
#include "sync/command.h"

enum { TIDY_STEP_MS = 200 };

static void print_text(const struct cache_info *info) {
  char generation[UUID_TEXT], when[40] = "";
  uuid_format(&info->generation, generation);
  time_t t = (time_t)info->source_time;
  struct tm tm;
  if (gmtime_r(&t, &tm))
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
  printf(_("revision    %" PRId64 "\n"), info->revision);
  printf(_("generation  %s\n"), generation);
  printf(_("source      %s\n"), info->source);
  printf(_("source time %s\n"), when);
  printf(_("audience    %s\n"), audience_word(info->audience));
  printf(_("entries     %" PRId64 "\n"), info->entries);
  printf(_("contacts    %" PRId64 "\n"), info->contacts);
  printf(_("records     %" PRId64 "\n"), info->records);
  printf(_("unreadable  %" PRId64 "\n"), info->unreadable);
}

static void print_state(const struct sync_state *state) {
  printf(_("last round  %s\n"), state->result);
  if (state->text[0])
    printf(_("            %s\n"), state->text);
  if (state->held)
    printf(_("held        source offers %" PRId64 " of %" PRId64 " entries\n"), state->offered,
           state->held);
}

static tc_status print_json(const struct cache_info *info, const struct sync_state *state,
                            struct tc_error *err) {
  char generation[UUID_TEXT];
  uuid_format(&info->generation, generation);
  json_t *o =
      json_pack("{s:i, s:s, s:I, s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:i}", "version", 1,
                "generation", generation, "revision", (json_int_t)info->revision, "source",
                info->source, "source_time", (json_int_t)info->source_time, "audience",
                audience_word(info->audience), "entries", (json_int_t)info->entries, "contacts",
                (json_int_t)info->contacts, "records", (json_int_t)info->records, "unreadable",
                (json_int_t)info->unreadable, "format", info->format);
  if (o && state &&
      json_object_set_new(o, "sync",
                          json_pack("{s:s, s:s, s:I, s:I, s:I, s:I}", "result", state->result,
                                    "text", state->text, "confirmed", (json_int_t)state->confirmed,
                                    "checked", (json_int_t)state->checked, "offered",
                                    (json_int_t)state->offered, "held", (json_int_t)state->held)) !=
          0) {
    json_decref(o);
    o = NULL;
  }
  if (!o)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  int failed = json_dumpf(o, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII);
  json_decref(o);
  putchar('\n');
  return failed ? tc_fail(err, TC_IO, _("cannot write to standard output")) : TC_OK;
}

tc_status status_run(const struct arguments *args, struct tc_error *err) {
  struct cache *cache;
  tc_status status = cache_open(&cache, args->option[OPTION_CACHE], err);
  if (status != TC_OK)
    return status;
  struct sync_state state;
  bool rounds = state_read(&state, args->option[OPTION_CACHE], NULL) == TC_OK;
  if (args->option[OPTION_JSON]) {
    status = print_json(cache_info(cache), rounds ? &state : NULL, err);
  } else {
    print_text(cache_info(cache));
    if (rounds)
      print_state(&state);
  }
  cache_close(cache);
  return status;
}

tc_status rebuild_run(const struct arguments *args, struct tc_error *err) {
  return writer_rebuild(args->option[OPTION_CACHE], err);
}

tc_status tidy_run(const struct arguments *args, struct tc_error *err) {
  bool more = true;
  tc_status status = TC_OK;
  while (status == TC_OK && more)
    status = writer_tidy(args->option[OPTION_CACHE], TIDY_STEP_MS, &more, err);
  return status;
}
