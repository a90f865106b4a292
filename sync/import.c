/* tocsin-sync import: parse, plan, apply. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "sync/apply.h"
#include "sync/command.h"
#include "sync/format.h"
#include "sync/map.h"
#include "sync/plan.h"
#include "sync/put.h"

tc_status import_permission(const struct arguments *args, struct plan_permission *out,
                            struct tc_error *err) {
  const char *text = args->option[OPTION_ALLOW_REMOVALS];
  *out = (struct plan_permission){.critical = args->option[OPTION_ALLOW_CRITICAL] != NULL};
  if (!text)
    return TC_OK;
  out->all_removals = !strcmp(text, "all");
  if (out->all_removals)
    return TC_OK;
  char *end;
  unsigned long n = strtoul(text, &end, 10);
  if (*text < '0' || *text > '9' || *end)
    return tc_fail(err, TC_USAGE, _("--allow-removals %s: write a number, or all"), text);
  out->removals = n;
  return TC_OK;
}

static tc_status check_words(const struct arguments *args, struct tc_error *err) {
  if (!args->option[OPTION_MAP])
    return tc_fail(err, TC_USAGE, _("import needs --map MAP; tocsin-sync map FILE suggests one"));
  if (!args->option[OPTION_ORIGIN])
    return tc_fail(err, TC_USAGE, _("import needs --origin NAME"));
  if (args->option[OPTION_WHOLE])
    return tc_fail(err, TC_USAGE, _("--whole is for --format records"));
  const char *origin = args->option[OPTION_ORIGIN];
  if (!utf8_valid(origin, strlen(origin)) || strpbrk(origin, "\t\n\r") || strlen(origin) > 100)
    return tc_fail(err, TC_USAGE, _("--origin: write a short name, without tabs and newlines"));
  const char *site = args->option[OPTION_SITE];
  if (site && (!utf8_valid(site, strlen(site)) || strpbrk(site, " \t\n\r") || strlen(site) > 16))
    return tc_fail(err, TC_USAGE, _("--site: write the code of a site, like SAB"));
  const char *encoding = args->option[OPTION_ENCODING];
  if (encoding && strcmp(encoding, "utf-8") && strcmp(encoding, "windows-1252"))
    return tc_fail(err, TC_USAGE, _("--encoding %s: write utf-8 or windows-1252"), encoding);
  return TC_OK;
}

static tc_status decide_and_print(struct import_plan *p, const struct plan_permission *may,
                                  struct tc_error *err) {
  tc_status status = plan_decide(p, err);
  if (status == TC_OK) {
    plan_print(p, stdout);
    status = plan_check(p, may, err);
  }
  return status;
}

/* The same with a source: one transaction of it. */
static tc_status run_in_source(struct import_plan *p, const struct arguments *args,
                               const struct plan_permission *may, struct tc_error *err) {
  struct put put;
  int64_t revision;
  bool dry = args->option[OPTION_DRY_RUN] != NULL;
  tc_status status = put_begin(&put, args->option[OPTION_SOURCE], err);
  p->options.pg = put.pg;
  if (status == TC_OK)
    status = decide_and_print(p, may, err);
  if (status == TC_OK && dry) {
    puts(_("dry run: nothing was written"));
  } else if (status == TC_OK && !plan_changes(p)) {
    puts(_("nothing to change"));
  } else if (status == TC_OK) {
    status = put_plan(&put, p, err);
    if (status == TC_OK)
      status = put_commit(&put, &revision, err);
    if (status == TC_OK)
      printf(_("revision %" PRId64 " is published\n"), revision);
  }
  put_close(&put);
  return status;
}

/* The plan, decided under the lock and printed; then done, all at once. */
static tc_status run_locked(struct import_plan *p, const struct arguments *args,
                            const struct plan_permission *may, struct tc_error *err) {
  struct change change = {0};
  bool dry = args->option[OPTION_DRY_RUN] != NULL;
  tc_status status = dry ? TC_OK : change_begin(&change, p->options.cache, false, args->now, err);
  if (status == TC_OK)
    status = decide_and_print(p, may, err);
  if (status == TC_OK && dry) {
    puts(_("dry run: nothing was written"));
  } else if (status == TC_OK && !plan_changes(p)) {
    puts(_("nothing to change"));
  } else if (status == TC_OK) {
    int64_t revision = change.head.revision;
    status = plan_apply(p, &change, err);
    if (status == TC_OK)
      status = change_commit(&change, p->audience, err);
    if (status == TC_OK)
      printf(_("revision %" PRId64 " is published\n"), revision);
  }
  change_discard(&change);
  return status;
}

tc_status import_run(const struct arguments *args, struct tc_error *err) {
  const char *name = args->option[OPTION_FORMAT] ? args->option[OPTION_FORMAT] : "csv";
  const struct format *format = format_find(name);
  if (!format)
    return tc_fail(err, TC_USAGE, _("--format %s: tocsin-sync help import lists the formats"),
                   name);
  if (!args->file)
    return tc_fail(err, TC_USAGE, _("import needs FILE"));
  bool source = args->option[OPTION_SOURCE] != NULL;
  if (source == (args->option[OPTION_CACHE] != NULL))
    return tc_fail(err, TC_USAGE, _("import needs --cache PATH or --source CONNINFO"));
  if (source && !format->open && args->option[OPTION_WHOLE])
    return tc_fail(err, TC_USAGE, _("--whole is for a cache: into a source records are added"));
  if (!format->open)
    return records_import(args, err);
  struct plan_permission may;
  tc_status status = check_words(args, err);
  if (status == TC_OK)
    status = import_permission(args, &may, err);
  if (status != TC_OK)
    return status;
  struct map *map = NULL;
  struct import_plan *plan = NULL;
  status = map_read(&map, args->option[OPTION_MAP], err);
  if (status != TC_OK)
    return status;
  if (args->option[OPTION_ENCODING])
    map->hint.encoding = args->option[OPTION_ENCODING];
  struct progress progress;
  progress_begin(&progress, args->option[OPTION_QUIET] != NULL, NULL, NULL);
  const struct plan_options plan_options = {
      .progress = &progress,
      .file = args->file,
      .origin = args->option[OPTION_ORIGIN],
      .site = args->option[OPTION_SITE] ? args->option[OPTION_SITE] : "",
      .format = format,
      .map = map,
      .deleted_too = args->option[OPTION_ALLOW_DELETED] != NULL,
      .cache = args->option[OPTION_CACHE],
      .now = args->now};
  status = plan_open(&plan, &plan_options, err);
  if (status == TC_OK)
    status = args->option[OPTION_SOURCE] ? run_in_source(plan, args, &may, err)
                                         : run_locked(plan, args, &may, err);
  plan_free(plan);
  map_free(map);
  return status;
}
