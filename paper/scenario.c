#include <string.h>

#include "base/i18n.h"
#include "db/scenario.h"
#include "paper/view.h"

/* What to do, and all ways to reach whom one has to call for it. */
static tc_status put_step(struct view *v, const struct scenario_step *step, size_t number,
                          struct tc_error *err) {
  struct entry e;
  const char *line = arena_printf(&v->arena, "%zu. %s", number, step->text);
  sheet_block(v->sheet);
  sheet_blank(v->sheet);
  if (line)
    sheet_line(v->sheet, 3, line);
  if (uuid_is_nil(&step->entry))
    return TC_OK;
  tc_status status = cache_entry(v->job->cache, &step->entry, &v->arena, &e, err);
  if (status == TC_NOT_FOUND) {
    sheet_line(v->sheet, 4, _("   whom to call is not held here: ask the switchboard"));
    return TC_OK;
  }
  if (status != TC_OK)
    return status;
  const char *warning = view_warning(v, &e, false);
  const char *warned = *warning ? arena_printf(&v->arena, "   ! %s", warning) : NULL;
  if (warned)
    sheet_line(v->sheet, 5, warned);
  view_entry(v, &e);
  return status;
}

tc_status paper_scenario(struct buffer *out, const struct paper_job *job, const char *domain,
                         const char *incident, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct view v = {0};
  struct scenario card;
  const struct domain *d = house_domain(cache_house(job->cache), domain);
  if (!d)
    return tc_fail(err, TC_USAGE, _("there is no failure domain %s in this directory"), domain);
  tc_status status = cache_scenario(job->cache, domain, &arena, &card, err);
  if (status == TC_NOT_FOUND)
    status = tc_fail(err, TC_NOT_FOUND, _("no scenario card is written for %s"), domain);
  if (status == TC_OK)
    status = view_open(&v, job, d->site[0] ? d->site : job->site, card.name, err);
  if (status == TC_OK) {
    const char *what = arena_printf(&v.arena, _("When this fails: %s (%s)"), d->name, d->code);
    sheet_audience(v.sheet, card.audience);
    sheet_line(v.sheet, 4, what ? what : d->name);
    if (*incident)
      sheet_line(v.sheet, 4, incident);
    view_columns(&v);
  }
  for (size_t i = 0; status == TC_OK && i < card.step_count; i++)
    status = put_step(&v, &card.steps[i], i + 1, err);
  if (status == TC_OK && v.site->switchboard_number[0]) {
    const char *last = arena_printf(&v.arena, _("In doubt: the switchboard of %s, %s"),
                                    v.site->name, view_switchboard_line(&v));
    sheet_block(v.sheet);
    sheet_blank(v.sheet);
    sheet_line(v.sheet, 4, last ? last : v.site->switchboard_number);
  }
  if (status == TC_OK && arena_failed(&v.arena))
    status = tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  if (status == TC_OK)
    status = sheet_finish(v.sheet, out, err);
  view_close(&v);
  arena_free(&arena);
  return status;
}
