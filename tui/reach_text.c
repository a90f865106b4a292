#include "tui/reach_text.h"

#include <string.h>

#include "base/i18n.h"
#include "core/act.h"
#include "core/dial_back.h"
#include "core/mask.h"

const char *from_set_text(enum set_kind set) {
  static const char *const texts[SET_KIND_COUNT] = {
      [SET_WARD] = N_("from a ward phone"),
      [SET_RED] = N_("from a red phone"),
      [SET_MOBILE] = N_("from a mobile"),
      [SET_OUTSIDE] = N_("from outside"),
  };
  return (int)set >= 0 && set < SET_KIND_COUNT ? _(texts[set]) : "";
}

const char *domain_name(const struct house *house, const char *code) {
  const struct domain *d = house_domain(house, code);
  return d && *d->name ? d->name : code;
}

void directions_text(struct buffer *out, uint32_t directions) {
  static const char *const texts[DIRECTION_COUNT] = {[DIRECTION_INSIDE] = N_("inside"),
                                                     [DIRECTION_INBOUND] = N_("inbound"),
                                                     [DIRECTION_OUTBOUND] = N_("outbound")};
  bool first = true;
  if (directions == (1u << DIRECTION_COUNT) - 1u) {
    buffer_add_text(out, _("all calls"));
    return;
  }
  for (int i = 0; i < DIRECTION_COUNT; i++) {
    if (!(directions & (1u << i)))
      continue;
    buffer_printf(out, "%s%s", first ? "" : "+", _(texts[i]));
    first = false;
  }
}

/* "PBX Saint-Aubin, inside+inbound, Sat 11:14" */
static void outage_text(struct buffer *out, const struct outage_state *s,
                        const struct reach_world *w) {
  char when[WHEN_TEXT];
  buffer_printf(out, "%s, ", domain_name(w->house, s->incident->domain));
  directions_text(out, incident_directions(s->incident));
  if (s->incident->since)
    buffer_printf(out, ", %s", when_seen(s->incident->since, w->now, when));
}

/* "not there, tested 14:02 by JD" */
static void test_text(struct buffer *out, const struct note *test, const struct reach_world *w) {
  char when[WHEN_TEXT];
  buffer_printf(out, *test->by ? _("%s, tested %s by %s") : _("%s, tested %s"),
                act_test_text(test->test), when_seen(test->at, w->now, when), test->by);
}

static void no_holiday_text(struct buffer *out, const struct site *site) {
  if (site && *site->region)
    buffer_printf(out, _("hours not told: the public holidays of “%s” are not known here"),
                  site->region);
  else if (site && *site->country)
    buffer_printf(out, _("hours not told: the public holidays of %s are not known here"),
                  site->country);
  else
    buffer_add_text(out, _("hours not told: no country is recorded for the site, nor its public "
                           "holidays"));
}

static void doubt_text(struct buffer *out, const struct channel *c, const struct reach_world *w,
                       const struct site *site) {
  char when[WHEN_TEXT];
  switch (c->doubt) {
  case DOUBT_REPORTED:
    buffer_add_text(out, _("reported DOWN, not declared: "));
    outage_text(out, &c->outage, w);
    break;
  case DOUBT_UNCONFIRMED:
    buffer_printf(out, _("not confirmed since %s: "),
                  when_seen(c->outage.incident->until, w->now, when));
    outage_text(out, &c->outage, w);
    break;
  case DOUBT_HOURS:
    if (c->hours.state == HOURS_NO_ZONE)
      buffer_add_text(out, _("hours not told: the site's time zone is not known here"));
    else if (c->hours.state == HOURS_NO_HOLIDAY)
      no_holiday_text(out, site);
    else /* a person may read them */
      buffer_printf(out, _("its hours cannot be read: “%s”"), c->contact->hours);
    break;
  case DOUBT_TEST:
    test_text(out, c->failed, w);
    break;
  case DOUBT_CLOCK:
    buffer_add_text(out, _("hours not told: this clock is wrong"));
    break;
  default:
    buffer_add_text(out, reach_state_text(REACH_NOT_KNOWN));
    if (c->outage.level == OUTAGE_PERHAPS) {
      buffer_add_text(out, _(", perhaps on what is DOWN: "));
      outage_text(out, &c->outage, w);
    }
    break;
  }
}

static void open_text(struct buffer *out, const struct channel *c, const struct reach_world *w,
                      const char *site) {
  char when[2 * WHEN_TEXT];
  const struct zone *zone = house_zone(w->house, house_site(w->house, site));
  if (c->hours.state == HOURS_OPEN) {
    if (c->hours.until)
      buffer_printf(out, _(", open until %s"),
                    when_there(c->hours.until, w->now, zone, site, when));
    else
      buffer_add_text(out, _(", open"));
  }
  if (c->hours.state == HOURS_CLOSED && c->hours.until)
    buffer_printf(out, _(" until %s"), when_there(c->hours.until, w->now, zone, site, when));
  if (*c->hours.holiday)
    buffer_printf(out, " (%s)", c->hours.holiday);
  if ((c->hours.state == HOURS_OPEN || c->hours.state == HOURS_CLOSED) &&
      hours_contradiction(c->contact->hours))
    buffer_printf(out, _("; its hours contradict themselves: “%s”"), c->contact->hours);
}

/* "for now until 23:14 (switchboard diverted, NE), ", or " (RIV 5033, ..." where the extension is
 * another site's. */
static void override_text(struct buffer *out, const struct channel *c, const struct reach_world *w,
                          const char *site) {
  char when[WHEN_TEXT];
  const struct override *o = c->stands_in;
  const struct site *home = house_site(w->house, site);
  bool foreign = *o->plan && (!home || strcmp(home->plan, o->plan) != 0);
  if (o->pending)
    buffer_printf(out, "%s: ", act_state_text(ACT_PENDING));
  buffer_add_text(out, _("for now"));
  if (o->until)
    buffer_printf(out, _(" until %s"), when_seen(o->until, w->now, when));
  buffer_add_text(out, " (");
  if (foreign && c->contact->masked)
    buffer_printf(out, "%s, ", dial_plan_name(w->house, o->plan));
  else if (foreign)
    buffer_printf(out, "%s %s, ", dial_plan_name(w->house, o->plan), o->number);
  buffer_printf(out, "%s%s%s), ", o->reason, *o->reason ? ", " : "",
                *o->by ? o->by : _("unsigned"));
}

/* The number that replaces it, as dialled from where one stands; starred where that is masked. */
static void add_replaced(struct buffer *out, const struct channel *c, const struct reach_world *w,
                         const char *site) {
  struct buffer stars = BUFFER_INIT;
  struct dial dial = {.form = DIAL_NONE};
  if (c->replaced_masked)
    mask_number(&stars, c->replaced_by);
  else if (w->from)
    dial_written(&dial, w->house, c->replaced_by, c->contact->plan, site, w->from);
  const char *number = dial.form != DIAL_NONE && dial.shown[0] ? dial.shown : c->replaced_by;
  buffer_printf(out, _("replaced by %s"), c->replaced_masked ? buffer_text(&stars) : number);
  buffer_free(&stars);
}

void reach_text(struct buffer *out, const struct channel *c, const struct reach_world *w,
                const char *site) {
  char when[WHEN_TEXT];
  if (c->stands_in)
    override_text(out, c, w, site);
  switch (c->state) {
  case REACH_NOT_FROM_HERE:
    buffer_add_text(out, c->dial.reason && *c->dial.reason ? c->dial.reason
                                                           : reach_state_text(c->state));
    break;
  case REACH_DOWN:
    buffer_printf(out, "%s ", reach_state_text(c->state));
    outage_text(out, &c->outage, w);
    break;
  case REACH_NOT_KNOWN:
    doubt_text(out, c, w, house_site(w->house, site));
    break;
  case REACH_OTHER_SET:
    buffer_printf(out, "%s, ", from_set_text(c->set));
    if (c->doubt)
      doubt_text(out, c, w, house_site(w->house, site));
    else
      buffer_add_text(out, reach_state_text(REACH_NO_FAULT_KNOWN));
    break;
  case REACH_REPLACED:
    add_replaced(out, c, w, site);
    if (c->last_resort)
      buffer_add_text(out, _(", which is DOWN: try this one"));
    if (c->last_resort && c->other_set)
      buffer_printf(out, ", %s", from_set_text(c->set));
    if (c->last_resort && c->outage.level != OUTAGE_NONE) {
      buffer_add_text(out, ", ");
      doubt_text(out, c, w, house_site(w->house, site));
    }
    break;
  case REACH_EXPIRED:
  case REACH_NOT_YET:
    buffer_printf(out, "%s (%s)", reach_state_text(c->state), when_date(c->when, w->now, when));
    break;
  default:
    buffer_add_text(out, reach_state_text(c->state));
    break;
  }
  if (c->through && !c->through->masked && c->state <= REACH_DOWN)
    buffer_printf(out, _(", through %s"), c->through->number);
  else if ((c->through || c->through_other) && c->state <= REACH_DOWN)
    buffer_add_text(out, _(", through another number"));
  if (reach_may_be_tried(c))
    open_text(out, c, w, site);
  if (c->state == REACH_OUTSIDE_HOURS && c->outage.level != OUTAGE_NONE) {
    buffer_add_text(out, ", ");
    doubt_text(out, c, w, house_site(w->house, site));
  }
  if (c->failed && c->state <= REACH_DOWN &&
      (c->doubt != DOUBT_TEST || c->state == REACH_OUTSIDE_HOURS || c->state == REACH_DOWN)) {
    buffer_add_text(out, ", ");
    test_text(out, c->failed, w);
  }
  if (!w->clock_trusted && !(c->state == REACH_NOT_KNOWN && c->doubt == DOUBT_CLOCK))
    buffer_printf(out, ", %s", _("hours not told: this clock is wrong"));
}

/* What an incident, else a test says of it that does not make it DOWN; "". */
static const char *doubt_mark(const struct channel *c, const struct reach_world *w,
                              struct arena *arena) {
  char when[WHEN_TEXT];
  if (c->outage.level == OUTAGE_REPORTED)
    return _("reported DOWN");
  if (c->outage.level == OUTAGE_PERHAPS)
    return _("perhaps DOWN");
  if (c->outage.level == OUTAGE_NONE && c->failed) {
    const char *test = arena_printf(arena, "%s %s", act_test_text(c->failed->test),
                                    when_seen(c->failed->at, w->now, when));
    return test ? test : act_test_text(c->failed->test);
  }
  if (c->outage.level != OUTAGE_UNCONFIRMED)
    return "";
  const char *text = arena_printf(arena, _("not confirmed since %s"),
                                  when_seen(c->outage.incident->until, w->now, when));
  return text ? text : _("not confirmed");
}

static const char *set_mark(enum set_kind set) {
  return set == SET_RED      ? _("on red phone")
         : set == SET_MOBILE ? _("on a mobile")
                             : _("on ward phone");
}

/* What of the set, the hours and the clock is to be known first; "". */
static const char *other_mark(const struct channel *c, struct arena *arena) {
  const char *both;
  switch (c->state) {
  case REACH_OUTSIDE_HOURS:
    return _("closed now");
  case REACH_OTHER_SET:
    return set_mark(c->set);
  case REACH_REPLACED:
    if (!c->last_resort)
      return reach_state_text(c->state);
    both = c->other_set ? arena_printf(arena, "%s, %s", _("replacement DOWN"), set_mark(c->set))
                        : NULL;
    return both ? both : _("replacement DOWN");
  case REACH_DOWN:
  case REACH_NOT_FROM_HERE:
  case REACH_NOT_YET:
  case REACH_EXPIRED:
    return reach_state_text(c->state);
  default:
    return c->doubt == DOUBT_HOURS || c->doubt == DOUBT_CLOCK ? _("hours?") : "";
  }
}

const char *reach_row_text(const struct channel *c, const struct reach_world *w,
                           struct arena *arena) {
  const char *first = other_mark(c, arena);
  const char *doubt = reach_may_be_tried(c) ? doubt_mark(c, w, arena) : "";
  if (*first && *doubt) {
    const char *both = arena_printf(arena, "%s%s%s", first, _(": "), doubt);
    return both ? both : doubt;
  }
  if (*first || *doubt)
    return *first ? first : doubt;
  if (c->stands_in && c->stands_in->pending) /* a number that the source has not heard of */
    return act_state_text(ACT_PENDING);
  return c->stands_in ? _("for now") : "";
}

const char *reach_strip_text(const struct channel *c, const struct reach_world *w,
                             struct arena *arena) {
  bool plain = c->outage.level == OUTAGE_NONE &&
               (c->state == REACH_NO_FAULT_KNOWN ||
                (c->state == REACH_NOT_KNOWN && c->doubt == DOUBT_RIDES_ON));
  return plain && !c->stands_in ? "" : reach_row_text(c, w, arena);
}

const char *reach_outage_text(const struct channel *c, const struct reach_world *w,
                              struct arena *arena) {
  if (c->state == REACH_DOWN)
    return reach_state_text(c->state);
  bool said = reach_may_be_tried(c) && c->outage.level != OUTAGE_NONE; /* not by a test of it */
  return said ? doubt_mark(c, w, arena) : "";
}

const char *reach_brief_text(const struct channel *c) {
  if (c->state == REACH_DOWN)
    return _("DOWN");
  if (c->outage.level != OUTAGE_NONE)
    return _("in doubt");
  return c->failed ? act_test_text(c->failed->test) : "";
}

const char *reach_sign_text(const struct channel *c, const char *left, struct arena *arena) {
  const char *text = reach_in_doubt(c) ? arena_printf(arena, "? %s", left) : "";
  return text ? text : "";
}

const char *code_left_text(const struct channel *own, const struct channel *left,
                           const char *number, const struct reach_world *w, struct arena *arena) {
  const char *set = "", *what = contact_kind_text(channel_kind(left)), *with = number;
  const char *state = reach_strip_text(left, w, arena);
  if (left->other_set && left->set != SET_RED) { /* from which set, not by what line */
    what = number;
    with = state;
    state = "";
  } else if (left->other_set) { /* that it is on a red phone says its kind */
    state = left->outage.level == OUTAGE_NONE ? reach_brief_text(left) : doubt_mark(left, w, arena);
  } else if (left->dial.form == DIAL_OUTSIDE && !*left->contact->e164) {
    set = arena_printf(arena, _("%s out"), number); /* the same few digits, with a prefix */
    what = set ? set : number;
    with = "";
  }
  const char *text =
      arena_printf(arena, "%s%s%s%s%s", what, *with ? " " : "", with, *state ? " " : "", state);
  if (!text)
    return NULL;
  return own->state == REACH_DOWN
             ? arena_printf(arena, _("DOWN: %s"), text)
             : arena_printf(arena, "%s%s%s", reach_row_text(own, w, arena), _(": "), text);
}

const char *check_text(const struct entry *entry, const struct contact *fax,
                       const struct reach_world *world, struct arena *arena) {
  struct channel c;
  if (!reach_check(&c, entry, fax, world, arena))
    return "";
  if (c.dial.form == DIAL_NONE)
    return _("cannot be dialled from here");
  struct buffer out = {.limit = 512};
  if (mask_hides(entry, fax->check_number))
    mask_number(&out, c.dial.shown);
  else
    buffer_add_text(&out, c.dial.shown);
  if (*c.dial.via)
    buffer_printf(&out, ", %s", c.dial.via);
  const char *mark = reach_row_text(&c, world, arena);
  if (*mark)
    buffer_printf(&out, ", %s", mark);
  const char *text = arena_strdup(arena, buffer_text(&out));
  buffer_free(&out);
  return text;
}
