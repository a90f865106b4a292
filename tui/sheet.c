#include "tui/sheet.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/walk.h"
#include "paper/paper.h"
#include "paper/spool.h"
#include "tui/acts.h"
#include "tui/chase.h"
#include "tui/duty.h"
#include "tui/exercise_report.h"
#include "tui/groups.h"
#include "tui/print_helper.h"
#include "tui/reach_text.h"
#include "tui/scenario.h"
#include "tui/sheet_job.h"
#include "tui/what_if.h"

const char *print_what_text(enum print_what what) {
  static const char *const names[PRINT_COUNT] = {[PRINT_ROUND] = N_("test round"),
                                                 [PRINT_CHASE] = N_("chase list"),
                                                 [PRINT_ON_CALL] = N_("who is on call"),
                                                 [PRINT_CUT_OFF] = N_("what is cut off"),
                                                 [PRINT_GROUP] = N_("cascade or crisis cell"),
                                                 [PRINT_SCENARIO] = N_("scenario card"),
                                                 [PRINT_CARD] = N_("card"),
                                                 [PRINT_UNIT] = N_("unit"),
                                                 [PRINT_SITE] = N_("site list"),
                                                 [PRINT_BOARD] = N_("code board"),
                                                 [PRINT_LOG] = N_("shift log"),
                                                 [PRINT_EXERCISE] = N_("exercise report")};
  return _(names[what]);
}

static struct present present_of(struct setup *setup, struct arena *arena) {
  struct present p = {.cache = setup->cache,
                      .setup = setup,
                      .arena = arena,
                      .clock = setup->at ? clock_now(&setup->clock) : 0};
  setup_world(setup, &p.world);
  return p;
}

/* Unit and its site, of what is browsed or of the entry at hand. */
static bool unit_of(struct setup *setup, const struct sheet_of *of, struct arena *arena,
                    const char **site, const char **unit) {
  struct entry e;
  if (*of->unit) {
    *site = of->site;
    *unit = of->unit;
    return true;
  }
  if (!of->entry || cache_entry(setup->cache, of->entry, arena, &e, NULL) != TC_OK || !*e.unit)
    return false;
  *site = e.site;
  *unit = e.unit;
  return true;
}

static const char *group_name(struct setup *setup, const struct sheet_of *of, struct arena *arena) {
  struct present p = present_of(setup, arena);
  struct group_run run;
  return of->group && group_run_find(&run, &p, of->group, of->begun, NULL) == TC_OK
             ? run.group->name
             : NULL;
}

const char *sheet_subject(struct setup *setup, const struct sheet_of *of, enum print_what what,
                          struct arena *arena) {
  const char *site, *unit, *here = setup->from.site;
  const struct act_held **acts;
  size_t count;
  struct entry e;
  switch (what) {
  case PRINT_ROUND:
    return of->round ? here : NULL;
  case PRINT_CHASE:
    return of->chase ? here : NULL;
  case PRINT_ON_CALL:
    return of->on_call ? here : NULL;
  case PRINT_CUT_OFF:
    return of->what_if ? what_if_title(of->what_if, setup->at != 0, arena) : NULL;
  case PRINT_GROUP:
    return group_name(setup, of, arena);
  case PRINT_SCENARIO:
    return scenario_held(setup->cache, of->domain, arena)
               ? domain_name(cache_house(setup->cache), of->domain)
               : NULL;
  case PRINT_CARD:
    return of->entry && cache_entry(setup->cache, of->entry, arena, &e, NULL) == TC_OK ? e.name
                                                                                       : NULL;
  case PRINT_UNIT:
    return unit_of(setup, of, arena, &site, &unit) ? arena_printf(arena, "%s %s", site, unit)
                                                   : NULL;
  case PRINT_EXERCISE:
    return exercise_last(setup) ? exercise_last(setup)->name : NULL;
  case PRINT_LOG: /* of a shift, where anything was written */
    return acts_since(&acts, &count, clock_now(&setup->clock) - ATTEMPT_SHOWN_S, setup->cache,
                      arena, NULL) == TC_OK &&
                   count
               ? _("what was written here in 8 h")
               : NULL;
  default:
    return *of->site ? arena_strdup(arena, of->site) : NULL;
  }
}

const char *sheet_file(const struct sheet_of *of, enum print_what what, struct arena *arena) {
  static const char *const words[PRINT_COUNT] = {
      [PRINT_ROUND] = "round",     [PRINT_CHASE] = "chase",   [PRINT_ON_CALL] = "oncall",
      [PRINT_CUT_OFF] = "cut-off", [PRINT_GROUP] = "cascade", [PRINT_SCENARIO] = "scenario",
      [PRINT_CARD] = "card",       [PRINT_UNIT] = "unit",     [PRINT_SITE] = "list",
      [PRINT_BOARD] = "board",     [PRINT_LOG] = "log",       [PRINT_EXERCISE] = "exercise"};
  const char *home = getenv("HOME");
  if (!home || *home != '/')
    return "";
  const char *site = what == PRINT_SITE || what == PRINT_BOARD ? of->site : "";
  char *path =
      arena_printf(arena, "%s/tocsin-%s%s%s.txt", home, words[what], *site ? "-" : "", site);
  for (char *p = path ? path + strlen(home) + 1 : NULL; p && *p; p++)
    if (*p == '/' || (unsigned char)*p < 0x21 || *p == 0x7F)
      *p = '_'; /* a site's code is data */
  return path ? path : "";
}

static tc_status lay_log(struct setup *setup, const struct paper_job *job, struct arena *arena,
                         struct buffer *out, struct tc_error *err) {
  const struct act_held **acts;
  size_t count;
  tc_status status =
      acts_since(&acts, &count, job->printed - ATTEMPT_SHOWN_S, setup->cache, arena, err);
  if (status != TC_OK)
    return status;
  struct paper_log_line *lines = arena_zalloc(arena, count + 1, sizeof *lines);
  for (size_t i = 0; lines && i < count; i++)
    lines[i] = (struct paper_log_line){acts_when(acts[i], arena), acts_who(acts[i]),
                                       acts_line(acts[i], setup, arena)};
  if (arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  return paper_log(out, job, _("Shift log"), lines, count, err);
}

/* Nothing of it was real, in whatever view it is printed. */
static tc_status lay_exercise(struct setup *setup, struct paper_job *job, struct arena *arena,
                              struct buffer *out, struct tc_error *err) {
  const struct exercise *x = exercise_last(setup);
  struct exercise_report report;
  size_t count = 0;
  if (!x)
    return tc_fail(err, TC_NOT_FOUND, _("no exercise is known"));
  job->page.mark = _("EXERCISE");
  tc_status status = exercise_report_read(&report, setup, x, arena, err);
  if (status != TC_OK)
    return status;
  const struct paper_log_line *lines = exercise_report_lines(&report, setup, arena, &count);
  return lines ? paper_log(out, job, exercise_report_title(x, arena), lines, count, err)
               : tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
}

static tc_status lay_chase(struct setup *setup, const struct paper_job *job, struct arena *arena,
                           struct buffer *out, struct tc_error *err) {
  struct chase_row *rows;
  size_t count;
  tc_status status = chase_read(setup, job->site, job->site, arena, &rows, &count, err);
  return status == TC_OK ? chase_print(out, job, rows, count, arena, err) : status;
}

static tc_status lay_on_call(struct setup *setup, const struct paper_job *job, struct arena *arena,
                             struct buffer *out, struct tc_error *err) {
  struct present p = present_of(setup, arena);
  struct duty_row *rows;
  size_t count;
  tc_status status = duty_read(p.cache, job->site, job->site, &p.world, arena, &rows, &count, err);
  return status == TC_OK ? duty_print(out, job, rows, count, &p, err) : status;
}

static tc_status lay_cut_off(struct setup *setup, const struct paper_job *job, const char *domain,
                             struct arena *arena, struct buffer *out, struct tc_error *err) {
  struct what_if *w = arena_zalloc(arena, 1, sizeof *w);
  if (!w)
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  tc_status status = what_if_read(w, setup, domain, 0, arena, err);
  return status == TC_OK ? what_if_print(out, job, w, domain, setup, arena, err) : status;
}

static tc_status lay_group(struct setup *setup, const struct paper_job *job,
                           const struct sheet_of *of, struct arena *arena, struct buffer *out,
                           struct tc_error *err) {
  struct present p = present_of(setup, arena);
  struct group_run run;
  tc_status status = of->group ? group_run_find(&run, &p, of->group, of->begun, err)
                               : tc_fail(err, TC_NOT_FOUND, _("it is no longer in the directory"));
  return status == TC_OK ? group_run_print(out, job, &run, &p, err) : status;
}

static tc_status lay(struct setup *setup, const struct sheet_of *of, enum print_what what,
                     struct arena *arena, struct buffer *out, struct tc_error *err) {
  const char *unit = "";
  struct present p;
  struct paper_job job = sheet_job(setup, translit_for(nl_langinfo(CODESET)), arena);
  job.site = of->site;
  switch (what) {
  case PRINT_ROUND:
    job.site = setup->from.site;
    return paper_round(out, &job, WALK_DAYS, err);
  case PRINT_CHASE:
    job.site = setup->from.site;
    return lay_chase(setup, &job, arena, out, err);
  case PRINT_ON_CALL:
    job.site = setup->from.site;
    return lay_on_call(setup, &job, arena, out, err);
  case PRINT_CUT_OFF:
    job.site = "";
    return lay_cut_off(setup, &job, of->what_if, arena, out, err);
  case PRINT_GROUP:
    return lay_group(setup, &job, of, arena, out, err);
  case PRINT_SCENARIO:
    p = present_of(setup, arena);
    return paper_scenario(out, &job, of->domain, scenario_incident(&p, of->domain), err);
  case PRINT_CARD:
    job.site = "";
    return of->entry ? paper_card(out, &job, of->entry, err)
                     : tc_fail(err, TC_NOT_FOUND, _("there is no card to print"));
  case PRINT_UNIT:
    if (!unit_of(setup, of, arena, &job.site, &unit))
      return tc_fail(err, TC_NOT_FOUND, _("there is no unit to print"));
    return paper_unit(out, &job, unit, err);
  case PRINT_SITE:
    return paper_site_list(out, &job, err);
  case PRINT_EXERCISE:
    job.site = setup->from.site;
    return lay_exercise(setup, &job, arena, out, err);
  case PRINT_LOG:
    job.site = setup->from.site;
    return lay_log(setup, &job, arena, out, err);
  default:
    return paper_board(out, &job, err);
  }
}

tc_status sheet_print(struct setup *setup, const struct sheet_of *of, enum print_what what, int to,
                      bool *laid, struct tc_error *err) {
  struct buffer sheet = BUFFER_INIT;
  struct arena arena = ARENA_INIT;
  size_t printer = to > PRINT_TO_FILE ? (size_t)to - 1 : 0;
  char name[CONFIG_WORD];
  tc_status status = lay(setup, of, what, &arena, &sheet, err);
  if (status == TC_OK) /* paper outlives what mends it */
    status = cache_whole(setup->cache, err);
  *laid = status == TC_OK;
  if (*laid && setup->kiosk)
    status = print_helper_send(&setup->print_helper, printer, &sheet, print_what_text(what),
                               SPOOL_SCREEN_WAIT_MS, err);
  else if (*laid && to != PRINT_TO_FILE)
    status = spool_printer(&sheet, config_printer(&setup->config, printer, name) ? name : "",
                           print_what_text(what), SPOOL_SCREEN_WAIT_MS, err);
  else if (*laid)
    status = spool_file(&sheet, sheet_file(of, what, &arena), err);
  arena_free(&arena);
  buffer_free(&sheet);
  return status;
}
