#include "paper/view.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "core/dial_back.h"
#include "core/hours.h"
#include "core/mask.h"
#include "core/texts.h"

enum {
  SECONDS_A_DAY = 86400,
  WARD_COLUMNS = 17,
  OUTSIDE_COLUMNS = 17,
  KIND_COLUMNS = 13,
  TABLE_LEAST = 72, /* columns below which numbers stand under the name */
  BROWSE_STEP = 200
};

/* Where a body outside the house stands. */
static const struct site nowhere = {.audience = AUDIENCE_PUBLIC,
                                    .code = "",
                                    .name = "",
                                    .group = "",
                                    .zone = "",
                                    .country = "",
                                    .region = "",
                                    .plan = "",
                                    .address = "",
                                    .switchboard_number = ""};

tc_status view_open(struct view *v, const struct paper_job *job, const char *site,
                    const char *title, struct tc_error *err) {
  char date[DATE_TEXT];
  *v = (struct view){.job = job, .house = cache_house(job->cache)};
  const struct cache_info *info = cache_info(job->cache);
  v->site = *site ? house_site(v->house, site) : &nowhere;
  if (!v->site)
    return tc_fail(err, TC_USAGE, _("there is no site %s in this directory"), site);
  const char *plan = job->plan[0] ? job->plan : v->site->plan;
  const char *country = v->site->country[0] ? v->site->country : job->country;
  v->ward = (struct standpoint){SET_WARD, plan, v->site->code, country};
  v->outside = (struct standpoint){SET_OUTSIDE, "", v->site->code, country};
  const char *place =
      *site ? arena_printf(&v->arena, "%s %s", v->site->code, v->site->name) : v->site->name;
  const char *from =
      *site || plan[0]
          ? arena_printf(&v->arena, _("numbers: from a ward phone of %s, and from outside"),
                         plan[0] ? plan : v->site->code)
          : _("numbers: from outside");
  if (arena_failed(&v->arena))
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  if (job->not_now)
    title = arena_printf(&v->arena, _("NOT NOW, as at %s: %s"), date_text(job->now, date), title);
  if (!title)
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  struct sheet_head head = {
      .title = title,
      .place = place,
      .from = from,
      .revision = info->revision,
      .source_time = info->source_time,
      .strip = job->strip,
      .not_now = job->not_now,
      .clock_wrong = !job->clock_trusted,
      .printed = job->printed,
      .valid_until = job->valid_until ? job->valid_until
                                      : job->printed + (int64_t)job->valid_days * SECONDS_A_DAY};
  tc_status status = sheet_open(&v->sheet, &head, &job->page, err);
  if (status == TC_OK)
    sheet_audience(v->sheet, v->site->audience);
  return status;
}

void view_close(struct view *v) {
  sheet_close(v->sheet);
  arena_free(&v->arena);
  v->sheet = NULL;
}

static struct view_points look_from(struct view *v, const struct entry *e,
                                    const struct standpoint *from) {
  struct reach_world world = {.house = v->house,
                              .from = from,
                              .now = v->job->now,
                              .clock_trusted = v->job->clock_trusted,
                              .outage = v->job->outage};
  struct view_points points = {.items = NULL};
  points.items = reach_order(e, NULL, &world, &v->arena, &points.count);
  return points;
}

void view_begin(struct view *v, const struct entry *e) {
  v->far = look_from(v, e, &v->outside);
  v->near = *v->ward.plan ? look_from(v, e, &v->ward) : v->far;
}

/* "DOWN when printed: PBX Saint-Aubin"; "". */
static const char *outage_text(struct view *v, const struct channel *c) {
  const char *words = "", *of = "";
  char when[DATE_TEXT];
  if (c->state == REACH_DOWN)
    words = v->job->not_now ? _("DOWN then") : _("DOWN when printed");
  else if (c->outage.level == OUTAGE_REPORTED)
    words = v->job->not_now ? _("reported DOWN then") : _("reported DOWN when printed");
  else if (c->outage.level == OUTAGE_UNCONFIRMED)
    words =
        arena_printf(&v->arena,
                     c->outage.incident->declared ? _("was DOWN, not confirmed since %s")
                                                  : _("was reported DOWN, not confirmed since %s"),
                     date_text(c->outage.incident->until, when));
  else if (c->outage.level == OUTAGE_PERHAPS)
    words = v->job->not_now ? _("perhaps DOWN then") : _("perhaps DOWN when printed");
  else if (c->failed)
    words = arena_printf(&v->arena, _("%s when tested %s"), act_test_text(c->failed->test),
                         date_text(c->failed->at, when));
  if (words && *words && c->outage.incident) {
    const struct domain *d = house_domain(v->house, c->outage.incident->domain);
    of = d && *d->name ? d->name : c->outage.incident->domain;
  }
  const char *text = words ? arena_printf(&v->arena, "%s%s%s", words, *of ? ": " : "", of) : NULL;
  return text ? text : _("DOWN");
}

/* Not from the phone the sheet is for. */
static const char *only_from(struct view *v, const struct channel *c) {
  const char *outage = reach_in_doubt(c) ? outage_text(v, c) : "";
  const char *text = arena_printf(
      &v->arena, v->job->not_now ? _("then only from a %s") : _("when printed only from a %s"),
      set_kind_text(c->set));
  if (text && *outage)
    text = arena_printf(&v->arena, "%s, %s", text, outage);
  return text ? text : outage;
}

/* Not as the sheet has it, though from that phone: over the public network, by its extension; NULL:
 * as it has it. */
static const char *only_as(struct view *v, const struct view_points *points,
                           const struct channel *c) {
  struct dial written;
  dial_from(&written, v->house, c->contact, points == &v->near ? &v->ward : &v->outside);
  if (c->other_set || c->dial.form == DIAL_NONE || written.form == DIAL_NONE ||
      written.form == c->dial.form || c->state >= REACH_DOWN)
    return NULL;
  const char *outage = reach_in_doubt(c) ? outage_text(v, c) : "";
  bool masked = c->contact->masked;
  const char *text =
      arena_printf(&v->arena, v->job->not_now ? _("then only as %s") : _("when printed only as %s"),
                   masked ? _("ask the switchboard") : c->dial.shown);
  return text ? arena_printf(&v->arena, "%s%s%s%s%s", text, *c->dial.via && !masked ? ", " : "",
                             masked ? "" : c->dial.via, *outage ? ", " : "", outage)
              : NULL;
}

/* A contact point among others, or what stands in for it; NULL: it is not there, or nothing does.
 */
static const struct channel *point_of(const struct view_points *points,
                                      const struct contact *contact, bool stands_in) {
  for (size_t i = 0; i < points->count; i++) {
    const struct channel *c = &points->items[i];
    if (c->contact == contact && (c->stands_in != NULL) == stands_in &&
        (!stands_in || c->state != REACH_REPLACED))
      return c;
  }
  return NULL;
}

/* What is pressed for it; an extension that cannot be from there names its site: "RIV 5033". */
static const char *stand_in_number(struct view *v, const struct channel *c,
                                   const struct channel *over) {
  if (!over)
    return c->replaced_by;
  if (*over->dial.shown || !*over->stands_in->plan)
    return *over->dial.shown ? over->dial.shown : c->replaced_by;
  const char *text = arena_printf(
      &v->arena, "%s %s", dial_plan_name(v->house, over->stands_in->plan), over->stands_in->number);
  return text ? text : "";
}

/* "replaced: 0 06 39 98 12 77 until Sun 29 Nov 15:33 (NE, not confirmed)", as it is pressed; and
 * what is wrong with that one. */
static const char *replaced_text(struct view *v, const struct view_points *points,
                                 const struct channel *c) {
  const struct channel *over = point_of(points, c->contact, true);
  const char *by = stand_in_number(v, c, over), *who = "";
  for (size_t i = 0; !over && *c->replaced_by && i < points->count; i++) {
    const struct channel *other = &points->items[i]; /* a number of the entry's own */
    if (!other->stands_in && strcmp(other->contact->number, c->replaced_by) == 0)
      over = other;
  }
  const char *outage = over ? outage_text(v, over) : "";
  char until[DATE_TEXT];
  int64_t ends = over && over->stands_in ? over->stands_in->until : 0;
  if (over && over->other_set)
    outage = only_from(v, over);
  if (c->replaced_masked)
    by = "";
  if (over && over->stands_in)
    who = arena_printf(&v->arena, " (%s)",
                       view_signed(v, over->stands_in->by, 0, over->stands_in->pending));
  return arena_printf(&v->arena, "%s%s%s%s%s%s%s%s", reach_state_text(c->state), *by ? ": " : "",
                      by, ends ? _(" until ") : "", ends ? date_text(ends, until) : "",
                      who ? who : "", *outage ? ", " : "", outage);
}

/* What is wrong with a contact point of the entry at hand, as it is dialled from where those points
 * were looked at; "". */
static const char *state_line(struct view *v, const struct view_points *points,
                              const struct contact *contact) {
  const struct channel *c = point_of(points, contact, false);
  const char *line = "", *as = c ? only_as(v, points, c) : NULL;
  if (!c)
    return "";
  if (as)
    return as;
  if (c->state == REACH_REPLACED)
    line = replaced_text(v, points, c);
  else if (c->state == REACH_OTHER_SET && *view_ward(v, contact))
    line = arena_printf(&v->arena, "%s: %s", only_from(v, c),
                        c->contact->masked ? _("ask the switchboard") : c->dial.shown);
  else if (c->state == REACH_OUTSIDE_HOURS && v->job->not_now && !reach_in_doubt(c))
    line = reach_state_text(c->state); /* of a week it says little that it is night now */
  else                                 /* a red phone is dialled from a red phone at any time */
    line = outage_text(v, c);
  return line ? line : "";
}

static void put_state(struct view *v, int indent, const char *of, const char *state) {
  const char *line =
      *state ? arena_printf(&v->arena, "%*s! %s%s%s", indent, "", of, *of ? _(": ") : "", state)
             : NULL;
  if (line)
    sheet_line(v->sheet, indent + 2, line);
}

/* Is the same wrong with both numbers?  What replaces it is pressed in two ways. */
static bool is_same(struct view *v, const struct contact *c, const char *near, const char *far) {
  const struct channel *a = point_of(&v->near, c, false), *b = point_of(&v->far, c, false);
  if (a && b && a->state == REACH_REPLACED && b->state == REACH_REPLACED) {
    a = point_of(&v->near, c, true);
    b = point_of(&v->far, c, true);
    return !a || !b || strcmp(outage_text(v, a), outage_text(v, b)) == 0;
  }
  return strcmp(near, far) == 0;
}

void view_state(struct view *v, const struct contact *contact, int indent) {
  const char *near = state_line(v, &v->near, contact);
  const char *far = *view_outside(v, contact) ? state_line(v, &v->far, contact) : near;
  if (is_same(v, contact, near, far)) {
    put_state(v, indent, "", near);
  } else {
    put_state(v, indent, *view_ward(v, contact) ? _("ward phone") : "", near);
    put_state(v, indent, _("from outside"), far);
  }
}

void view_state_outside(struct view *v, const struct contact *contact, int indent) {
  put_state(v, indent, "", state_line(v, &v->far, contact));
}

const char *view_check(struct view *v, const struct entry *e, const struct contact *fax) {
  struct channel c;
  struct reach_world world = {.house = v->house,
                              .from = *v->ward.plan ? &v->ward : &v->outside,
                              .now = v->job->now,
                              .clock_trusted = v->job->clock_trusted,
                              .outage = v->job->outage};
  if (!reach_check(&c, e, fax, &world, &v->arena))
    return "";
  if (c.dial.form == DIAL_NONE)
    return _("cannot be dialled from here");
  const char *state = c.state == REACH_REPLACED    ? replaced_text(v, &v->near, &c)
                      : c.state == REACH_OTHER_SET ? only_from(v, &c)
                      : c.state > REACH_DOWN || c.state == REACH_OUTSIDE_HOURS
                          ? reach_state_text(c.state)
                          : outage_text(v, &c);
  if (c.state == REACH_OUTSIDE_HOURS)
    state = arena_printf(
        &v->arena, "%s%s%s",
        v->job->not_now ? _("outside its hours then") : _("outside its hours when printed"),
        reach_in_doubt(&c) ? ", " : "", reach_in_doubt(&c) ? outage_text(v, &c) : "");
  bool hides = mask_hides(e, fax->check_number);
  const char *line =
      arena_printf(&v->arena, "%s%s%s%s%s", hides ? _("ask the switchboard") : c.dial.shown,
                   *c.dial.via && !hides ? ", " : "", hides ? "" : c.dial.via,
                   state && *state ? " ! " : "", state ? state : "");
  return line ? line : "";
}

bool view_failed(const struct view *v, const struct contact *c) {
  const struct channel *near = point_of(&v->near, c, false);
  return near && near->failed;
}

bool view_valid(const struct view *v, const struct contact *c) {
  return !c->until || c->until > v->job->now;
}

static const char *pressed(struct view *v, const struct contact *c, const struct standpoint *from) {
  struct dial dial;
  dial_from(&dial, v->house, c, from);
  if (dial.form == DIAL_NONE)
    return "";
  if (c->masked)
    return _("ask the switchboard");
  const char *shown = arena_strdup(&v->arena, dial.shown[0] ? dial.shown : c->number);
  return shown ? shown : "";
}

const char *view_ward(struct view *v, const struct contact *c) {
  if (v->site == &nowhere && !*v->ward.plan) /* no ward phone is known, nor its outside prefix */
    return "";
  return pressed(v, c, &v->ward);
}

const char *view_outside(struct view *v, const struct contact *c) {
  struct dial dial;
  dial_from(&dial, v->house, c, &v->outside);
  /* An address is the same everywhere, and so is whom to ask: once is enough. */
  return dial.form == DIAL_ADDRESS || c->masked ? "" : pressed(v, c, &v->outside);
}

/* From a ward phone, else from outside; points: those that are dialled so. */
static const char *either_way(struct view *v, const struct contact *c,
                              const struct view_points **points) {
  const char *number = view_ward(v, c);
  *points = *number ? &v->near : &v->far;
  return *number ? number : view_outside(v, c);
}

/* A number of another entry, what is wrong with it when the sheet is printed, and where it is DOWN
 * what is left of that entry.  alone: it is given as it is, else as one dials it. */
static const char *with_state(struct view *v, const struct entry *other, const struct contact *own,
                              const char *alone) {
  const struct view_points near = v->near, far = v->far, *points, *theirs = &v->near;
  view_begin(v, other);
  const char *dialled = either_way(v, own, &points), *number = alone ? alone : dialled;
  const char *state = state_line(v, points, own), *left = "", *mark = "";
  const struct channel *best = points->count ? &points->items[0] : NULL;
  bool elsewhere =
      *state && best && reach_may_be_tried(best) && !best->stands_in && best->contact != own;
  if (elsewhere && best->other_set) { /* from a mobile, say, which is at hand */
    left = best->contact->masked ? _("ask the switchboard") : best->dial.shown;
    mark = only_from(v, best);
  } else if (elsewhere) {
    left = either_way(v, best->contact, &theirs);
  }
  if (*left && !*mark)
    mark = state_line(v, theirs, best->contact);
  if (elsewhere && !*left)
    left = view_own(v, best->contact);
  v->near = near;
  v->far = far;
  if (!*state)
    return number;
  const char *line =
      arena_printf(&v->arena, "%s ! %s%s%s%s%s%s%s", number, state, *left ? "; " : "",
                   *left ? contact_kind_text(best->contact->kind) : "", *left ? " " : "", left,
                   *mark ? " ! " : "", mark);
  return line ? line : number;
}

/* What is valid first, then what somebody answers. */
static int step_rank(const struct view *v, const struct contact *c) {
  return (c->from > v->job->now ? 8 : 0) + (int)contact_answers(c->kind);
}

/* The number of whom a chain names: its first that somebody answers, else its first, with what it
 * is where nobody does at once. */
static const char *step_number(struct view *v, const struct entry *other) {
  const struct contact *best = NULL;
  for (size_t i = 0; i < other->contact_count; i++) {
    const struct contact *c = &other->contacts[i];
    const struct view_points *points;
    if (view_valid(v, c) && *either_way(v, c, &points) &&
        (!best || step_rank(v, c) < step_rank(v, best)))
      best = c;
  }
  if (!best)
    return "";
  const char *number = with_state(v, other, best, NULL);
  char from[DATE_TEXT];
  if (best->from > v->job->now)
    number =
        arena_printf(&v->arena, "%s ! %s%s", number, reach_state_text(REACH_NOT_YET),
                     arena_printf(&v->arena, _("; only from %s"), date_text(best->from, from)));
  const char *named = contact_answers(best->kind) == ANSWER_VOICE
                          ? number
                          : arena_printf(&v->arena, "%s %s", contact_kind_text(best->kind), number);
  return named ? named : number;
}

const struct contact *view_switchboard(struct view *v, struct entry *e) {
  if (uuid_is_nil(&v->site->switchboard) ||
      cache_entry(v->job->cache, &v->site->switchboard, &v->arena, e, NULL) != TC_OK)
    return NULL;
  for (size_t i = 0; i < e->contact_count; i++)
    if (view_valid(v, &e->contacts[i]) &&
        strcmp(e->contacts[i].number, v->site->switchboard_number) == 0)
      return &e->contacts[i];
  return NULL;
}

const char *view_switchboard_line(struct view *v) {
  struct entry e;
  const char *number = v->site->switchboard_number;
  const struct contact *own = view_switchboard(v, &e);
  return own ? with_state(v, &e, own, number) : number;
}

const char *view_step(struct view *v, const struct chain_step *s) {
  struct entry other;
  char wait[WAIT_TEXT];
  const char *name = s->text, *number = "";
  bool held = !uuid_is_nil(&s->entry) &&
              cache_entry(v->job->cache, &s->entry, &v->arena, &other, NULL) == TC_OK;
  if (held && !*name)
    name = other.name;
  if (held)
    number = step_number(v, &other);
  wait_text(wait, s->wait);
  const char *line =
      arena_printf(&v->arena, _("%s: %s"), wait, *name ? name : _("(not held here)"));
  const char *warning = held ? view_warning(v, &other, true) : "";
  if (line && *warning)
    line = arena_printf(&v->arena, "%s (%s)", line, warning);
  if (line && *number)
    line = arena_printf(&v->arena, "%s  %s", line, number);
  return line ? line : "";
}

const char *view_on_it(struct view *v, const struct contact *c) {
  struct dial d;
  if (c->masked)
    return _("masked");
  dial_where_it_stands(&d, v->house, c, v->site->code, v->outside.country);
  const char *shown = d.form != DIAL_NONE && *d.shown ? arena_strdup(&v->arena, d.shown) : NULL;
  return shown ? shown : c->number;
}

const char *view_own(struct view *v, const struct contact *c) {
  const struct plan *plan = house_plan(v->house, c->plan);
  struct standpoint own = {plan && plan->red ? SET_RED : SET_WARD, c->plan, v->site->code,
                           v->outside.country};
  if (!plan || !plan->red)
    return "";
  return pressed(v, c, &own);
}

const char *view_kind(struct view *v, const struct contact *c) {
  char date[DATE_TEXT];
  struct buffer text = BUFFER_INIT, purposes = BUFFER_INIT;
  buffer_add_text(&text, contact_kind_text(c->kind));
  if (c->label[0])
    buffer_printf(&text, ", %s", c->label);
  purposes_text(&purposes, c->purposes);
  if (purposes.len)
    buffer_printf(&text, ", %s", buffer_text(&purposes));
  if (c->hours[0]) {
    buffer_add_text(&text, "; ");
    hours_text(&text, c->hours);
  }
  if (c->from > v->job->now)
    buffer_printf(&text, _("; only from %s"), date_text(c->from, date));
  const char *kind = arena_strdup(&v->arena, buffer_text(&text));
  buffer_free(&text);
  buffer_free(&purposes);
  return kind ? kind : "";
}

static int name_columns(const struct view *v) {
  return sheet_columns(v->sheet) - WARD_COLUMNS - OUTSIDE_COLUMNS - KIND_COLUMNS - 3 * SHEET_GAP;
}

void view_columns(struct view *v) {
  if (sheet_columns(v->sheet) < TABLE_LEAST)
    return;
  const struct sheet_cell cells[] = {{_("name, place"), name_columns(v), false},
                                     {_("by"), KIND_COLUMNS, false},
                                     {_("ward phone"), WARD_COLUMNS, false},
                                     {_("from outside"), OUTSIDE_COLUMNS, false}};
  sheet_block(v->sheet);
  sheet_row(v->sheet, cells, sizeof cells / sizeof *cells);
  sheet_rule(v->sheet);
}

/* Where columns are too few: each number under the name, with where it is dialled from. */
static void contact_lines(struct view *v, const struct contact *c, const char *ward,
                          const char *outside) {
  static const char *const labels[] = {N_("ward phone"), N_("from outside")};
  const char *const numbers[] = {ward, outside};
  sheet_line(v->sheet, 4, arena_printf(&v->arena, "  %s", view_kind(v, c)));
  for (size_t i = 0; i < 2; i++) {
    if (!numbers[i][0])
      continue;
    const struct sheet_cell cells[] = {
        {"", 2, false},
        {_(labels[i]), 13, false},
        {numbers[i], sheet_columns(v->sheet) - 15 - 2 * SHEET_GAP, true}};
    sheet_row(v->sheet, cells, sizeof cells / sizeof *cells);
  }
}

static const char *entry_title(struct view *v, const struct entry *e) {
  struct buffer text = BUFFER_INIT, place = BUFFER_INIT;
  buffer_printf(&text, "%s%s%s", e->title, e->title[0] ? " " : "", e->name);
  place_text(&place, e);
  if (place.len)
    buffer_printf(&text, ", %s", buffer_text(&place));
  const char *title = arena_strdup(&v->arena, buffer_text(&text));
  buffer_free(&text);
  buffer_free(&place);
  return title ? title : "";
}

/* A list hangs for days: who is away is told with from when until when. */
static void put_absences(struct view *v, const struct entry *e) {
  sheet_audience(v->sheet, e->audience);
  for (size_t i = 0; i < e->absence_count; i++) {
    const char *text = view_absence(v, &e->absences[i]);
    put_state(v, 2, _("absent"), text);
  }
}

void view_entry(struct view *v, const struct entry *e) {
  bool table = sheet_columns(v->sheet) >= TABLE_LEAST;
  const char *name = entry_title(v, e);
  view_begin(v, e);
  sheet_audience(v->sheet, e->audience);
  sheet_block(v->sheet);
  bool told = false;
  if (!table) {
    sheet_line(v->sheet, 2, name);
    put_absences(v, e);
    told = true;
  }
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    if (!view_valid(v, c))
      continue;
    const char *ward = view_ward(v, c), *outside = view_outside(v, c);
    if (!ward[0] && !outside[0])
      ward = view_own(v, c);
    if (!ward[0] && !outside[0])
      continue;
    sheet_audience(v->sheet, c->audience);
    if (!table) {
      contact_lines(v, c, ward, outside);
      view_state(v, c, 4);
      continue;
    }
    const struct sheet_cell cells[] = {{name, name_columns(v), false},
                                       {view_kind(v, c), KIND_COLUMNS, false},
                                       {ward, WARD_COLUMNS, !c->masked},
                                       {outside, OUTSIDE_COLUMNS, true}};
    sheet_row(v->sheet, cells, sizeof cells / sizeof *cells);
    view_state(v, c, 4);
    if (!told)
      put_absences(v, e);
    told = true;
    name = "";
  }
  if (table && name[0]) {
    const struct sheet_cell cells[] = {{name, name_columns(v), false},
                                       {_("no number held here"), 30, false}};
    sheet_row(v->sheet, cells, sizeof cells / sizeof *cells);
    put_absences(v, e);
  }
}

tc_status view_browse(struct view *v, const char *unit, struct tc_error *err) {
  int64_t after = 0;
  bool any = false;
  struct buffer under = BUFFER_INIT; /* the unit of the last heading */
  tc_status status = TC_OK;
  view_columns(v);
  do {
    struct browse_row *rows = NULL;
    size_t count = 0;
    arena_reset(&v->arena);
    status = cache_browse(v->job->cache, v->site->code, unit, after, BROWSE_STEP, &v->arena, &rows,
                          &count, &after, err);
    for (size_t i = 0; status == TC_OK && i < count; i++) {
      const struct entry *e = &rows[i].entry;
      if (e->unit[0] && strcmp(buffer_text(&under), e->unit) != 0) {
        buffer_clear(&under);
        buffer_add_text(&under, e->unit);
        sheet_heading(v->sheet, e->unit);
      }
      view_entry(v, e);
      any = true;
    }
    if (status == TC_OK && count == 0)
      break;
  } while (status == TC_OK && after != 0);
  buffer_free(&under);
  return status == TC_OK && !any ? TC_NOT_FOUND : status;
}
