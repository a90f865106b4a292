#include <string.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "db/walk.h"
#include "paper/paper.h"
#include "paper/spool.h"
#include "tui/chase.h"
#include "tui/commands.h"
#include "tui/duty.h"
#include "tui/scenario.h"
#include "tui/setup.h"
#include "tui/sheet_job.h"
#include "tui/what_if.h"

enum { VALID_DAYS_MOST = 366 };

static tc_status check_options(const struct options *o, struct tc_error *err) {
  int sheets = option_given(o, OPT_BOARD) + option_given(o, OPT_LIST) + option_given(o, OPT_UNIT) +
               option_given(o, OPT_CARD) + option_given(o, OPT_SCENARIO) +
               option_given(o, OPT_ROUND) + option_given(o, OPT_CHASE) +
               option_given(o, OPT_ON_CALL) + option_given(o, OPT_CUT_OFF) +
               option_given(o, OPT_WHAT_IF);
  if (o->operand_count)
    return tc_fail(err, TC_USAGE, _("print takes no word \"%s\"; see tocsin print --help"),
                   o->operands[0]);
  if (sheets != 1)
    return tc_fail(
        err, TC_USAGE,
        _("say one of --board, --list, --unit PATH, --card UUID, --scenario DOMAIN, --round, "
          "--chase, --oncall, --cut-off and --what-if DOMAIN"));
  if (option_given(o, OPT_OUT) && option_given(o, OPT_PRINTER))
    return tc_fail(err, TC_USAGE, _("say --out or --printer, not both"));
  return TC_OK;
}

static tc_status make_round(struct buffer *out, const struct paper_job *job,
                            const struct options *o, struct tc_error *err) {
  long days = WALK_DAYS;
  tc_status status = option_number(o, OPT_DAYS, 1, WALK_DAYS_MOST, &days, err);
  return status == TC_OK ? paper_round(out, job, (int)days, err) : status;
}

static tc_status make_chase(struct buffer *out, const struct paper_job *job, struct setup *setup,
                            struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct chase_row *rows;
  size_t count;
  tc_status status = chase_read(setup, job->site, job->site, &arena, &rows, &count, err);
  if (status == TC_OK)
    status = chase_print(out, job, rows, count, &arena, err);
  arena_free(&arena);
  return status;
}

static tc_status make_on_call(struct buffer *out, const struct paper_job *job, struct setup *setup,
                              struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct present p = {.cache = setup->cache, .setup = setup, .arena = &arena};
  struct duty_row *rows;
  size_t count;
  setup_world(setup, &p.world);
  tc_status status =
      duty_read(setup->cache, job->site, job->site, &p.world, &arena, &rows, &count, err);
  if (status == TC_OK)
    status = duty_print(out, job, rows, count, &p, err);
  arena_free(&arena);
  return status;
}

/* It is of every site. */
static tc_status make_cut_off(struct buffer *out, const struct paper_job *job, struct setup *setup,
                              const char *domain, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct paper_job whole = *job;
  struct what_if *w = arena_zalloc(&arena, 1, sizeof *w);
  whole.site = "";
  tc_status status = w ? what_if_read(w, setup, domain, 0, &arena, err)
                       : tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  if (status == TC_OK)
    status = what_if_print(out, &whole, w, domain, setup, &arena, err);
  arena_free(&arena);
  return status;
}

static tc_status make_scenario(struct buffer *out, const struct paper_job *job, struct setup *setup,
                               const char *domain, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct present p = {.cache = setup->cache, .setup = setup, .arena = &arena};
  setup_world(setup, &p.world);
  tc_status status = paper_scenario(out, job, domain, scenario_incident(&p, domain), err);
  arena_free(&arena);
  return status;
}

/* The sheet that was asked for, and what its job is called at the printer. */
static tc_status make_sheet(struct buffer *out, const struct paper_job *job, struct setup *setup,
                            const struct options *o, const char **title, struct tc_error *err) {
  struct uuid uuid;
  *title = "tocsin";
  if (option_given(o, OPT_SCENARIO))
    return make_scenario(out, job, setup, o->value[OPT_SCENARIO], err);
  if (option_given(o, OPT_CUT_OFF) || option_given(o, OPT_WHAT_IF))
    return make_cut_off(out, job, setup, option_given(o, OPT_WHAT_IF) ? o->value[OPT_WHAT_IF] : "",
                        err);
  if (!option_given(o, OPT_CARD) && !job->site[0])
    return tc_fail(err, TC_USAGE, _("say which site: --site CODE"));
  if (option_given(o, OPT_ROUND))
    return make_round(out, job, o, err);
  if (option_given(o, OPT_CHASE))
    return make_chase(out, job, setup, err);
  if (option_given(o, OPT_ON_CALL))
    return make_on_call(out, job, setup, err);
  if (option_given(o, OPT_BOARD))
    return paper_board(out, job, err);
  if (option_given(o, OPT_LIST))
    return paper_site_list(out, job, err);
  if (option_given(o, OPT_UNIT))
    return paper_unit(out, job, o->value[OPT_UNIT], err);
  const char *text = o->value[OPT_CARD];
  if (!uuid_parse(&uuid, text, strlen(text)))
    return tc_fail(err, TC_USAGE, _("\"%s\" is no UUID; find --json gives them"), text);
  return paper_card(out, job, &uuid, err);
}

tc_status cmd_print(const struct options *o, struct tc_error *err) {
  struct setup setup = {0};
  struct buffer sheet = BUFFER_INIT;
  struct arena arena = ARENA_INIT;
  const char *title = "";
  long days = PAPER_VALID_DAYS;
  tc_status status = check_options(o, err);
  if (status == TC_OK)
    status = option_number(o, OPT_VALID_DAYS, 1, VALID_DAYS_MOST, &days, err);
  if (status == TC_OK)
    status = setup_open(&setup, o, err);
  if (status == TC_OK) {
    struct paper_job job = sheet_job(&setup, emit_target(), &arena);
    job.site = setup.config.site;
    job.plan = setup.config.plan;
    job.country = setup.config.country;
    job.valid_days = (int)days;
    status = make_sheet(&sheet, &job, &setup, o, &title, err);
    if (status == TC_OK) /* paper outlives what mends it */
      status = cache_whole(setup.cache, err);
  }
  char first[CONFIG_WORD];
  const char *printer = option_given(o, OPT_PRINTER)              ? o->value[OPT_PRINTER]
                        : config_printer(&setup.config, 0, first) ? first
                                                                  : "";
  if (status == TC_OK && option_given(o, OPT_OUT))
    status = spool_file(&sheet, o->value[OPT_OUT], err);
  else if (status == TC_OK)
    status = spool_printer(&sheet, printer, title, SPOOL_WAIT_MS, err);
  buffer_free(&sheet);
  setup_close(&setup);
  arena_free(&arena);
  return status;
}
