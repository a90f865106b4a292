#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "core/act.h"
#include "core/texts.h"
#include "paper/view.h"

enum { SECONDS_A_DAY = 86400 };

/* "call if: ..." on a line of its own, where there is something to say. */
static void said(struct view *v, const char *label, const char *text) {
  const char *line = text[0] ? arena_printf(&v->arena, "%s%s", label, text) : NULL;
  if (line)
    sheet_line(v->sheet, 4, line);
}

static void put_absences(struct view *v, const struct entry *e) {
  for (size_t i = 0; i < e->absence_count; i++)
    said(v, _("absent: "), view_absence(v, &e->absences[i]));
}

static void put_head(struct view *v, const struct entry *e) {
  struct buffer place = BUFFER_INIT;
  place_text(&place, e);
  sheet_audience(v->sheet, e->audience);
  sheet_block(v->sheet);
  said(v, "", e->title);
  said(v, "", e->speciality);
  said(v, _("where: "), buffer_text(&place));
  said(v, _("unit: "), e->unit);
  said(v, _("for: "), e->purpose);
  said(v, _("area: "), e->area);
  for (size_t i = 0; i < e->aliases.count; i++)
    said(v, _("also called: "), e->aliases.items[i]);
  put_absences(v, e);
  said(v, _("call if: "), e->call_if);
  said(v, _("do not call if: "), e->do_not_call_if);
  buffer_free(&place);
}

/* One contact point as a block: what to press, and all that helps to use it. */
static void put_contact(struct view *v, const struct entry *e, const struct contact *c) {
  char date[DATE_TEXT];
  const char *ward = view_ward(v, c), *outside = view_outside(v, c);
  const char *own = ward[0] || outside[0] ? "" : view_own(v, c);
  const struct {
    const char *label, *number;
  } ways[] = {{_("ward phone"), ward}, {_("from outside"), outside}, {_("red phone"), own}};
  sheet_audience(v->sheet, c->audience);
  sheet_block(v->sheet);
  sheet_blank(v->sheet);
  sheet_line(v->sheet, 4, view_kind(v, c));
  view_state(v, c, 2);
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    if (!ways[i].number[0])
      continue;
    const struct sheet_cell cells[] = {
        {"", 2, false},
        {ways[i].label, 16, false},
        {ways[i].number, sheet_columns(v->sheet) - 18 - 2 * SHEET_GAP, true}};
    sheet_row(v->sheet, cells, sizeof cells / sizeof *cells);
  }
  if (!ward[0] && !outside[0] && !own[0])
    said(v, "    ", _("cannot be dialled from here"));
  said(v, _("    where: "), c->place);
  said(v, _("    how: "), c->how);
  said(v, _("    confirm arrival with: "), view_check(v, e, c));
  said(v, _("    verified: "), c->verified ? date_day(c->verified, date) : _("never"));
}

/* Paper is read later: who wrote it and when, and until when it holds. */
static void put_note(struct view *v, const struct note *n) {
  char at[DATE_TEXT], until[DATE_TEXT];
  const char *line =
      arena_printf(&v->arena, "%s (%s%s%s%s%s%s%s)", n->text, *n->by ? n->by : _("unsigned"),
                   n->at ? " " : "", n->at ? date_text(n->at, at) : "",
                   n->until ? _(", until ") : "", n->until ? date_text(n->until, until) : "",
                   n->pending ? ", " : "", n->pending ? act_state_text(ACT_PENDING) : "");
  said(v, _("note: "), line ? line : n->text);
}

static void put_rest(struct view *v, const struct entry *e) {
  sheet_block(v->sheet);
  sheet_blank(v->sheet);
  for (size_t i = 0; i < e->chain_count; i++)
    said(v, "", view_step(v, &e->chain[i]));
  for (size_t i = 0; i < e->note_count; i++)
    if (!e->notes[i].until || e->notes[i].until > v->job->now)
      put_note(v, &e->notes[i]);
  for (size_t i = 0; i < e->withheld_count; i++) {
    const char *line =
        arena_printf(&v->arena, _("%lld more, not held here (%s)"), (long long)e->withheld[i].count,
                     audience_text(e->withheld[i].audience));
    if (line)
      sheet_line(v->sheet, 4, line);
  }
}

/* Never an empty sheet: whom to ask. */
static void put_no_contact(struct view *v, const struct entry *e) {
  const char *number = strcmp(e->site, v->site->code) == 0 ? view_switchboard_line(v) : "";
  const char *words = e->type == ENTRY_ROLE
                          ? _("no number is held here: ask the switchboard who is on call")
                          : _("no number is held here: ask the switchboard");
  const char *line = arena_printf(&v->arena, "%s%s%s", words, *number ? ": " : "", number);
  sheet_block(v->sheet);
  sheet_blank(v->sheet);
  if (line)
    sheet_line(v->sheet, 4, line);
}

/* What stands in for a number until then is on the sheet: it holds no longer. */
static int64_t holds_until(const struct paper_job *job, const struct entry *e) {
  int64_t until =
      job->valid_until ? job->valid_until : job->printed + (int64_t)job->valid_days * SECONDS_A_DAY;
  for (size_t i = 0; !job->not_now && i < e->override_count; i++) {
    int64_t ends = e->overrides[i].until;
    if (ends > job->now && ends < until)
      until = ends;
  }
  return until;
}

tc_status paper_card(struct buffer *out, const struct paper_job *job, const struct uuid *uuid,
                     struct tc_error *err) {
  struct view v = {0};
  struct arena arena = ARENA_INIT;
  struct entry e;
  struct paper_job held = *job;
  tc_status status = cache_entry(job->cache, uuid, &arena, &e, err);
  if (status == TC_OK) {
    held.valid_until = holds_until(job, &e);
    status = view_open(&v, &held, job->site[0] ? job->site : e.site, e.name, err);
  }
  if (status == TC_OK) {
    bool any = false;
    const struct site *home = house_site(v.house, e.site);
    if (home && home != v.site) {
      const char *at = arena_printf(&v.arena, "%s %s", home->code, home->name);
      sheet_line(v.sheet, 4, at ? at : home->code);
    }
    view_begin(&v, &e);
    put_head(&v, &e);
    for (size_t i = 0; i < e.contact_count; i++)
      if (view_valid(&v, &e.contacts[i])) {
        put_contact(&v, &e, &e.contacts[i]);
        any = true;
      }
    if (!any)
      put_no_contact(&v, &e);
    put_rest(&v, &e);
    if (arena_failed(&v.arena))
      status = tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  }
  if (status == TC_OK)
    status = sheet_finish(v.sheet, out, err);
  view_close(&v);
  arena_free(&arena);
  return status;
}
