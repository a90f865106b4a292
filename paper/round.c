#include "base/date.h"
#include "base/i18n.h"
#include "db/walk.h"
#include "paper/view.h"

/* "OVERDUE: never tested"; "tested 12 Nov 2026". */
static const char *tested(struct view *v, const struct walk_row *row) {
  char day[DATE_TEXT];
  if (row->failed)
    return act_get(&row->failed->act, "text");
  if (!row->contact->verified)
    return _("OVERDUE: never tested");
  const char *text =
      arena_printf(&v->arena, row->overdue ? _("OVERDUE: tested %s") : _("tested %s"),
                   date_day(row->contact->verified, day));
  return text ? text : "";
}

static void put(struct view *v, const struct walk_row *row) {
  enum { BOX = 30, NUMBER = 14 };
  const struct entry *e = row->entry;
  const struct contact *c = row->contact;
  int rest = sheet_columns(v->sheet) - BOX - NUMBER - 2 * SHEET_GAP;
  const char *place = arena_printf(&v->arena, "%s%s%s%s%s%s%s%s%s", e->building,
                                   *e->building ? " " : "", e->floor, *e->floor ? " " : "", e->room,
                                   *e->room ? " " : "", e->name, *c->place ? ", " : "", c->place);
  const struct sheet_cell cells[] = {{_("[ ] works [ ] silent [ ] gone"), BOX, true},
                                     {view_on_it(v, c), NUMBER, true},
                                     {place ? place : "", rest > NUMBER ? rest : NUMBER, false}};
  sheet_audience(v->sheet, c->audience);
  sheet_block(v->sheet);
  sheet_row(v->sheet, cells, sizeof cells / sizeof *cells);
  sheet_line(v->sheet, 4, arena_printf(&v->arena, "    %s, %s", view_kind(v, c), tested(v, row)));
  view_begin(v, e);
  view_state(v, c, 4);
}

tc_status paper_round(struct buffer *out, const struct paper_job *job, int days,
                      struct tc_error *err) {
  struct view v;
  struct arena arena = ARENA_INIT;
  struct walk_row *rows = NULL;
  size_t count = 0;
  tc_status status = view_open(&v, job, job->site, _("Test round: red phones and pagers"), err);
  if (status == TC_OK)
    status = walk_read(job->cache, job->site, job->now, days, &arena, &rows, &count, err);
  if (status == TC_OK && !count)
    status = tc_fail(err, TC_NOT_FOUND, _("no red phone and no pager is recorded at this site"));
  for (size_t i = 0; status == TC_OK && i < count; i++)
    put(&v, &rows[i]);
  if (status == TC_OK) {
    sheet_blank(v.sheet);
    sheet_line(v.sheet, 0, _("Tested by: ____________  Date: ____________"));
    status = sheet_finish(v.sheet, out, err);
  }
  view_close(&v);
  arena_free(&arena);
  return status;
}
