#include "tui/reach_text.h"

#include <string.h>

#include "base/i18n.h"
#include "core/act.h"
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

static void doubt_text(struct buffer *out, const struct channel *c, const struct reach_world *w) {
  char when[WHEN_TEXT];
  switch (c->doubt) {
  case DOUBT_REPORTED:
    if (w->clock_trusted && c->outage.incident->until && c->outage.incident->until <= w->now)
      buffer_printf(out, _("reported DOWN, not confirmed since %s: "),
                    when_seen(c->outage.incident->until, w->now, when));
    else
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
    else /* a person may read them */
      buffer_printf(out, _("its hours cannot be read: “%s”"), c->contact->hours);
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

/* "for now until 23:14 (switchboard diverted), " */
static void override_text(struct buffer *out, const struct override *o,
                          const struct reach_world *w) {
  char when[WHEN_TEXT];
  if (o->pending)
    buffer_printf(out, "%s: ", act_state_text(ACT_PENDING));
  buffer_add_text(out, _("for now"));
  if (o->until)
    buffer_printf(out, _(" until %s"), when_seen(o->until, w->now, when));
  if (*o->reason)
    buffer_printf(out, " (%s)", o->reason);
  buffer_add_text(out, ", ");
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
    override_text(out, c->stands_in, w);
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
    doubt_text(out, c, w);
    break;
  case REACH_OTHER_SET:
    buffer_printf(out, "%s, ", from_set_text(c->set));
    if (c->doubt)
      doubt_text(out, c, w);
    else
      buffer_add_text(out, reach_state_text(REACH_NO_FAULT_KNOWN));
    break;
  case REACH_REPLACED:
    add_replaced(out, c, w, site);
    break;
  case REACH_EXPIRED:
  case REACH_NOT_YET:
    buffer_printf(out, "%s (%s)", reach_state_text(c->state), when_date(c->when, w->now, when));
    break;
  default:
    buffer_add_text(out, reach_state_text(c->state));
    break;
  }
  if (reach_may_be_tried(c))
    open_text(out, c, w, site);
  if (!w->clock_trusted && !(c->state == REACH_NOT_KNOWN && c->doubt == DOUBT_CLOCK))
    buffer_printf(out, ", %s", _("hours not told: this clock is wrong"));
}

const char *reach_row_text(const struct channel *c) {
  switch (c->state) {
  case REACH_DOWN:
    return _("DOWN");
  case REACH_OUTSIDE_HOURS:
    return _("closed now");
  case REACH_OTHER_SET:
    return c->set == SET_RED      ? _("on red phone")
           : c->set == SET_MOBILE ? _("on a mobile")
                                  : _("on ward phone");
  case REACH_NOT_FROM_HERE:
  case REACH_NOT_YET:
  case REACH_REPLACED:
  case REACH_EXPIRED:
    return reach_state_text(c->state);
  default:
    break;
  }
  if (c->doubt == DOUBT_REPORTED)
    return _("reported DOWN");
  if (c->doubt == DOUBT_UNCONFIRMED)
    return _("not confirmed");
  if (c->doubt == DOUBT_HOURS || c->doubt == DOUBT_CLOCK)
    return _("hours?");
  if (c->outage.level == OUTAGE_PERHAPS)
    return _("perhaps DOWN");
  if (c->stands_in && c->stands_in->pending) /* a number that the source has not heard of */
    return act_state_text(ACT_PENDING);
  return c->stands_in ? _("for now") : "";
}

const char *reach_strip_text(const struct channel *c) {
  switch (c->doubt) {
  case DOUBT_REPORTED:
  case DOUBT_UNCONFIRMED:
  case DOUBT_HOURS:
  case DOUBT_CLOCK:
    return reach_row_text(c);
  default:
    return !reach_may_be_tried(c) || c->state == REACH_OTHER_SET ||
                   c->state == REACH_OUTSIDE_HOURS || c->outage.level == OUTAGE_PERHAPS ||
                   c->stands_in
               ? reach_row_text(c)
               : "";
  }
}

const char *code_left_text(const struct channel *left, const char *number, struct arena *arena) {
  const struct override *over = left->stands_in;
  if (left->dial.form == DIAL_OUTSIDE && !left->other_set && !*left->contact->e164)
    return arena_printf(arena, _("DOWN: %s out"), number); /* the same few digits, with a prefix */
  if (left->other_set && left->set != SET_RED)             /* from which set, not by what line */
    return arena_printf(arena, _("DOWN: %s %s"), number, reach_row_text(left));
  return arena_printf(
      arena, _("DOWN: %s %s"),
      contact_kind_text(over && over->kind != CONTACT_OTHER ? over->kind : left->contact->kind),
      number);
}

/* How it is reached, of a number of no record too: what its kind at that site rides on is known. */
static bool check_channel(struct channel *best, const struct entry *entry,
                          const struct contact *fax, const struct reach_world *world) {
  struct contact written;
  struct phone room;
  contact_written(&written, &room, world->house, fax->check_number, fax->plan, entry->site,
                  world->from);
  struct entry alone = *entry;
  alone.contacts = &written;
  alone.contact_count = 1;
  alone.override_count = 0;
  for (size_t i = 0; i < entry->contact_count; i++) /* one that it is a record of */
    if (strcmp(entry->contacts[i].number, fax->check_number) == 0)
      alone.contacts = &entry->contacts[i];
  return reach_best(best, &alone, NULL, world, CONTACT_OTHER);
}

const char *check_text(const struct entry *entry, const struct contact *fax,
                       const struct reach_world *world, struct arena *arena) {
  struct buffer out = {.limit = 512};
  struct channel best;
  struct dial plain = {.form = DIAL_NONE};
  bool known = fax->check_number[0] && check_channel(&best, entry, fax, world);
  if (known)
    dial_written(&plain, world->house, fax->check_number, fax->plan, entry->site, world->from);
  /* As the line of that number dials it where the usual way fails. */
  if (known && reach_may_be_tried(&best) &&
      (best.other_set || (plain.form == DIAL_TIE && best.dial.form != DIAL_TIE))) {
    if (mask_hides(entry, fax->check_number))
      mask_number(&out, best.dial.shown);
    else
      buffer_add_text(&out, best.dial.shown);
    if (best.other_set)
      buffer_printf(&out, ", %s", reach_row_text(&best));
  } else {
    dial_check(&out, world->house, entry, fax, world->from);
    if (out.len && known && best.state == REACH_DOWN)
      buffer_printf(&out, ", %s", _("DOWN"));
  }
  const char *text = arena_strdup(arena, buffer_text(&out));
  buffer_free(&out);
  return text;
}
