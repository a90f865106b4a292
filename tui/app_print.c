#include "tui/app_print.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/walk.h"
#include "paper/paper.h"
#include "paper/spool.h"
#include "tui/acts.h"
#include "tui/app_state.h"
#include "tui/chase.h"
#include "tui/duty.h"
#include "tui/exercise_report.h"
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

/* The entry one looks at: the open card, else the selected row. */
static const struct uuid *entry_at_hand(const struct app *a) {
  if (a->card)
    return &a->card->uuid;
  if (app_call_words(a)) /* whose chain it is */
    return &a->call.origin;
  return a->selected < a->item_count && a->items[a->selected].opens == ACT_NONE
             ? &a->items[a->selected].uuid
             : NULL;
}

/* The site one looks at: the one browsed, else one's own. */
static const char *site_at_hand(const struct app *a) {
  return *a->browse_site ? a->browse_site : a->setup.from.site;
}

/* Unit and its site, of what is browsed or of the entry at hand. */
static bool unit_at_hand(const struct app *a, struct arena *arena, const char **site,
                         const char **unit) {
  const struct uuid *uuid = entry_at_hand(a);
  struct entry e;
  if (*a->browse_path) {
    *site = a->browse_site;
    *unit = a->browse_path;
    return true;
  }
  if (!uuid || cache_entry(a->setup.cache, uuid, arena, &e, NULL) != TC_OK || !*e.unit)
    return false;
  *site = e.site;
  *unit = e.unit;
  return true;
}

const char *print_subject(struct app *a, enum print_what what, struct arena *arena) {
  const char *site, *unit;
  const struct uuid *uuid = entry_at_hand(a);
  const struct act_held **acts;
  size_t count;
  struct entry e;
  switch (what) {
  case PRINT_ROUND:
    return app_on_stack(a, SCREEN_ROUND) ? a->setup.from.site : NULL;
  case PRINT_CHASE:
    return app_on_stack(a, SCREEN_CHASE) ? a->setup.from.site : NULL;
  case PRINT_ON_CALL:
    return app_on_stack(a, SCREEN_ON_CALL) ? a->setup.from.site : NULL;
  case PRINT_CUT_OFF:
    return a->cut_off && app_on_stack(a, SCREEN_INCIDENTS)
               ? what_if_title(a->what_if, app_not_now(a), arena)
               : NULL;
  case PRINT_GROUP:
    return app_on_stack(a, SCREEN_GROUP) ? app_group_name(a, arena) : NULL;
  case PRINT_SCENARIO:
    return scenario_held(a->setup.cache, app_incident_domain(a), arena)
               ? domain_name(cache_house(a->setup.cache), app_incident_domain(a))
               : NULL;
  case PRINT_CARD:
    return uuid && cache_entry(a->setup.cache, uuid, arena, &e, NULL) == TC_OK ? e.name : NULL;
  case PRINT_UNIT:
    return unit_at_hand(a, arena, &site, &unit) ? arena_printf(arena, "%s %s", site, unit) : NULL;
  case PRINT_EXERCISE:
    return exercise_last(&a->setup) ? exercise_last(&a->setup)->name : NULL;
  case PRINT_LOG: /* of a shift, where anything was written */
    return acts_since(&acts, &count, clock_now(&a->setup.clock) - ATTEMPT_SHOWN_S, a->setup.cache,
                      arena, NULL) == TC_OK &&
                   count
               ? _("what was written here in 8 h")
               : NULL;
  default:
    return *site_at_hand(a) ? arena_strdup(arena, site_at_hand(a)) : NULL;
  }
}

const char *print_file(struct app *a, enum print_what what, struct arena *arena) {
  static const char *const words[PRINT_COUNT] = {
      [PRINT_ROUND] = "round",     [PRINT_CHASE] = "chase",   [PRINT_ON_CALL] = "oncall",
      [PRINT_CUT_OFF] = "cut-off", [PRINT_GROUP] = "cascade", [PRINT_SCENARIO] = "scenario",
      [PRINT_CARD] = "card",       [PRINT_UNIT] = "unit",     [PRINT_SITE] = "list",
      [PRINT_BOARD] = "board",     [PRINT_LOG] = "log",       [PRINT_EXERCISE] = "exercise"};
  const char *home = getenv("HOME");
  if (!home || *home != '/')
    return "";
  const char *site = what == PRINT_SITE || what == PRINT_BOARD ? site_at_hand(a) : "";
  char *path =
      arena_printf(arena, "%s/tocsin-%s%s%s.txt", home, words[what], *site ? "-" : "", site);
  for (char *p = path ? path + strlen(home) + 1 : NULL; p && *p; p++)
    if (*p == '/' || (unsigned char)*p < 0x21 || *p == 0x7F)
      *p = '_'; /* a site's code is data */
  return path ? path : "";
}

static tc_status lay_log(struct app *a, const struct paper_job *job, struct arena *arena,
                         struct buffer *out, struct tc_error *err) {
  const struct act_held **acts;
  size_t count;
  tc_status status =
      acts_since(&acts, &count, job->printed - ATTEMPT_SHOWN_S, a->setup.cache, arena, err);
  if (status != TC_OK)
    return status;
  struct paper_log_line *lines = arena_zalloc(arena, count + 1, sizeof *lines);
  for (size_t i = 0; lines && i < count; i++)
    lines[i] = (struct paper_log_line){acts_when(acts[i], arena), acts_who(acts[i]),
                                       acts_line(acts[i], &a->setup, arena)};
  if (arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  return paper_log(out, job, _("Shift log"), lines, count, err);
}

/* Nothing of it was real, in whatever view it is printed. */
static tc_status lay_exercise(struct app *a, struct paper_job *job, struct arena *arena,
                              struct buffer *out, struct tc_error *err) {
  const struct exercise *x = exercise_last(&a->setup);
  struct exercise_report report;
  size_t count = 0;
  if (!x)
    return tc_fail(err, TC_NOT_FOUND, _("no exercise is known"));
  job->page.mark = _("EXERCISE");
  tc_status status = exercise_report_read(&report, &a->setup, x, arena, err);
  if (status != TC_OK)
    return status;
  const struct paper_log_line *lines = exercise_report_lines(&report, &a->setup, arena, &count);
  return lines ? paper_log(out, job, exercise_report_title(x, arena), lines, count, err)
               : tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
}

static tc_status lay_chase(struct app *a, const struct paper_job *job, struct arena *arena,
                           struct buffer *out, struct tc_error *err) {
  struct chase_row *rows;
  size_t count;
  tc_status status = chase_read(&a->setup, job->site, job->site, arena, &rows, &count, err);
  return status == TC_OK ? chase_print(out, job, rows, count, arena, err) : status;
}

static tc_status lay_on_call(struct app *a, const struct paper_job *job, struct arena *arena,
                             struct buffer *out, struct tc_error *err) {
  struct present p;
  struct duty_row *rows;
  size_t count;
  app_present(a, &p, arena);
  tc_status status = duty_read(p.cache, job->site, job->site, &p.world, arena, &rows, &count, err);
  return status == TC_OK ? duty_print(out, job, rows, count, &p, err) : status;
}

static tc_status lay_cut_off(struct app *a, const struct paper_job *job, struct arena *arena,
                             struct buffer *out, struct tc_error *err) {
  struct what_if *w = arena_zalloc(arena, 1, sizeof *w);
  if (!w)
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  tc_status status = what_if_read(w, &a->setup, a->what_if, 0, arena, err);
  return status == TC_OK ? what_if_print(out, job, w, a->what_if, &a->setup, arena, err) : status;
}

static tc_status lay(struct app *a, enum print_what what, struct arena *arena, struct buffer *out,
                     struct tc_error *err) {
  const char *site = site_at_hand(a), *unit = "";
  struct present p;
  struct paper_job job = sheet_job(&a->setup, translit_for(nl_langinfo(CODESET)), arena);
  job.site = site;
  switch (what) {
  case PRINT_ROUND:
    job.site = a->setup.from.site;
    return paper_round(out, &job, WALK_DAYS, err);
  case PRINT_CHASE:
    job.site = a->setup.from.site;
    return lay_chase(a, &job, arena, out, err);
  case PRINT_ON_CALL:
    job.site = a->setup.from.site;
    return lay_on_call(a, &job, arena, out, err);
  case PRINT_CUT_OFF:
    job.site = "";
    return lay_cut_off(a, &job, arena, out, err);
  case PRINT_GROUP:
    return app_group_print(a, &job, arena, out, err);
  case PRINT_SCENARIO:
    app_present(a, &p, arena);
    return paper_scenario(out, &job, app_incident_domain(a),
                          scenario_incident(&p, app_incident_domain(a)), err);
  case PRINT_CARD:
    job.site = "";
    return paper_card(out, &job, entry_at_hand(a), err);
  case PRINT_UNIT:
    if (!unit_at_hand(a, arena, &job.site, &unit))
      return tc_fail(err, TC_NOT_FOUND, _("there is no unit to print"));
    return paper_unit(out, &job, unit, err);
  case PRINT_SITE:
    return paper_site_list(out, &job, err);
  case PRINT_EXERCISE:
    job.site = a->setup.from.site;
    return lay_exercise(a, &job, arena, out, err);
  case PRINT_LOG:
    job.site = a->setup.from.site;
    return lay_log(a, &job, arena, out, err);
  default:
    return paper_board(out, &job, err);
  }
}

void print_sheet(struct app *a, enum print_what what, int to) {
  struct tc_error err = {0};
  struct buffer sheet = BUFFER_INIT;
  struct arena arena = ARENA_INIT;
  const char *path = print_file(a, what, &arena);
  size_t printer = to > PRINT_TO_FILE ? (size_t)to - 1 : 0;
  char name[CONFIG_WORD];
  tc_status status = TC_OK;
  if (what == PRINT_CARD && !entry_at_hand(a))
    status = tc_fail(&err, TC_NOT_FOUND, _("there is no card to print"));
  if (status == TC_OK)
    status = lay(a, what, &arena, &sheet, &err);
  if (status == TC_OK) /* paper outlives what mends it */
    status = cache_whole(a->setup.cache, &err);
  bool laid = status == TC_OK;
  if (laid && a->setup.kiosk)
    status = print_helper_send(&a->setup.print_helper, printer, &sheet, print_what_text(what),
                               SPOOL_SCREEN_WAIT_MS, &err);
  else if (laid && to != PRINT_TO_FILE)
    status = spool_printer(&sheet, config_printer(&a->setup.config, printer, name) ? name : "",
                           print_what_text(what), SPOOL_SCREEN_WAIT_MS, &err);
  else if (laid)
    status = spool_file(&sheet, path, &err);
  const char *refused = err.status == TC_BUSY ? err.text : _("the printer does not take it");
  if (status != TC_OK)
    app_say(a, _("not printed: %s"),
            !*err.text ? _("nothing to print")
            : laid     ? app_fault(a, &err, refused)
                       : app_why(a, &err));
  else if (to != PRINT_TO_FILE)
    app_say(a, _("sent to the printer: %s"), print_what_text(what));
  else
    app_say(a, _("written: %s"), path);
  arena_free(&arena);
  buffer_free(&sheet);
}
