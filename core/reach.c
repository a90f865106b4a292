#include "core/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/way.h"

const char *reach_state_text(enum reach_state state) {
  static const char *const texts[REACH_STATE_COUNT] = {
      [REACH_NO_FAULT_KNOWN] = N_("no fault known"),
      [REACH_NOT_KNOWN] = N_("not known what it rides on"),
      [REACH_OTHER_SET] = N_("from another phone"),
      [REACH_OUTSIDE_HOURS] = N_("outside its hours"),
      [REACH_DOWN] = N_("DOWN"),
      [REACH_NOT_FROM_HERE] = N_("not from here"),
      [REACH_NOT_YET] = N_("not yet valid"),
      [REACH_REPLACED] = N_("replaced"),
      [REACH_EXPIRED] = N_("expired"),
  };
  return (int)state >= 0 && state < REACH_STATE_COUNT ? _(texts[state]) : "";
}

/* ---- one contact point -------------------------------------------------------------------------
 */

enum { DOMAIN_CODE = 128 };

/* What is known while the points of one entry are looked at. */
struct look {
  const struct reach_world *world;
  const struct entry *entry; /* whose they are: the entry, or a holder */
  size_t holder;
  bool away;               /* that holder is absent */
  const struct site *site; /* of that entry, once it was wanted */
  bool site_known;
  struct way_start start;
};

static struct look look_at(const struct reach_world *w, const struct entry *entry, size_t holder) {
  return (struct look){
      .world = w,
      .entry = entry,
      .holder = holder,
      .start = {.house = w->house, .from = w->from, .site = entry->site, .outage = w->outage}};
}

static bool is_valid(const struct contact *c, int64_t now) {
  return (!c->until || now < c->until) && (!c->from || now >= c->from);
}

static bool override_counts(const struct override *o, const struct reach_world *w) {
  /* said later than this clock has it: the clock is behind, and what was said holds */
  return !w->clock_trusted || ((!o->until || w->now < o->until) &&
                               (o->at <= w->now || w->clock_trusted != MOMENT_ASKED));
}

static const struct contact *first_of(const struct entry *e) {
  const struct contact *first = e->contact_count ? e->contacts : &contact_empty;
  for (size_t i = 1; i < e->contact_count; i++)
    if (contact_compare(&e->contacts[i], first) < 0)
      first = &e->contacts[i];
  return first;
}

const struct contact *reach_stands_for(const struct entry *e, const struct override *o) {
  if (uuid_is_nil(&o->contact))
    return first_of(e);
  for (size_t i = 0; i < e->contact_count; i++)
    if (uuid_equal(&e->contacts[i].uuid, &o->contact))
      return &e->contacts[i];
  return &contact_empty;
}

/* The last one that was said first; of one second by its UUID. */
static int override_compare(const struct override *x, const struct override *y) {
  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}

/* What is dialled where an override stands in for a contact point. */
static struct contact stand_in(const struct override *over) {
  struct contact dialled = contact_empty;
  dialled.number = over->number;
  dialled.plan = over->plan;
  dialled.e164 = over->e164;
  dialled.kind = over->kind;
  return dialled;
}

static bool is_down(struct look *l, const struct override *over) {
  const struct contact dialled = stand_in(over);
  struct way way;
  way_find(&way, &l->start, &dialled, way_domains(l->world->house, l->entry->site, &dialled));
  return way.outage.level == OUTAGE_DOWN;
}

/* What is dialled in the place of a contact point. */
struct replacement {
  const char *number; /* NULL: it itself */
  bool masked;
  bool down; /* for now, and every number that stands in for it is DOWN */
};

static struct replacement replacement(struct look *l, const struct contact *c) {
  const struct entry *e = l->entry;
  const struct override *over = NULL;
  const struct contact *by = NULL;
  bool down = true;
  for (size_t i = 0; i < e->override_count; i++) {
    const struct override *o = &e->overrides[i];
    if (!override_counts(o, l->world) || reach_stands_for(e, o) != c)
      continue;
    if (!over || override_compare(o, over) < 0)
      over = o;
    down = down && is_down(l, o);
  }
  for (size_t i = 0; i < e->contact_count && !over; i++) {
    const struct contact *other = &e->contacts[i];
    if (other != c && !uuid_is_nil(&other->replaces_uuid) &&
        uuid_equal(&other->replaces_uuid, &c->uuid) &&
        (!l->world->clock_trusted || is_valid(other, l->world->now)) &&
        (!by || contact_compare(other, by) < 0))
      by = other;
  }
  return (struct replacement){.number = over ? over->number
                                        : by ? by->number
                                             : NULL,
                              .masked = over ? c->masked : by && by->masked,
                              .down = over && down};
}

static void look_at_hours(struct channel *out, struct look *l, const struct contact *c) {
  const struct reach_world *w = l->world;
  if (!*c->hours)
    return;
  if (!w->clock_trusted) {
    out->hours.state = HOURS_NO_CLOCK;
    return;
  }
  if (!l->site_known) {
    l->site = house_site(w->house, l->entry->site);
    l->site_known = true;
  }
  struct hours_place place = {.zone = house_zone(w->house, l->site),
                              .country = l->site ? l->site->country : "",
                              .region = l->site ? l->site->region : "",
                              .calendars = w->house->calendars,
                              .calendar_count = w->house->calendar_count};
  hours_at(&out->hours, c->hours, &place, w->now);
}

/* The last test of a contact point where that failed, as a note of the entry tells; one that worked
 * since, or whoever verified it otherwise, ends it. */
static const struct note *failed_test(const struct look *l, const struct contact *c) {
  const struct reach_world *w = l->world;
  const struct note *last = NULL;
  for (size_t i = 0; i < l->entry->note_count; i++) {
    const struct note *n = &l->entry->notes[i];
    if ((n->test == TEST_SILENT || n->test == TEST_GONE) && uuid_equal(&n->contact, &c->uuid) &&
        n->at > c->verified && (!last || n->at > last->at) &&
        (!w->clock_trusted || ((!n->until || w->now < n->until) &&
                               (n->at <= w->now || w->clock_trusted != MOMENT_ASKED))))
      last = n;
  }
  return last;
}

/* Is there a record of each of them?  One that nobody recorded (misspelt, renamed, not for this
 * terminal) can fail without a word. */
static bool all_recorded(const struct house *house, const char *domains) {
  char code[DOMAIN_CODE];
  bool any = false;
  for (const char *at = domains; *at;) {
    size_t len = strcspn(at, ",");
    if (len >= sizeof code)
      return false;
    memcpy(code, at, len);
    code[len] = '\0';
    if (len && !house_domain(house, code))
      return false;
    any = any || len;
    at += len + (at[len] == ',');
  }
  return any;
}

static enum reach_doubt doubt_of(const struct channel *c, const struct house *house,
                                 const char *domains, bool dated) {
  if (c->outage.level == OUTAGE_UNCONFIRMED)
    return DOUBT_UNCONFIRMED;
  if (c->outage.level == OUTAGE_REPORTED)
    return DOUBT_REPORTED;
  if (c->failed)
    return DOUBT_TEST;
  if (c->hours.state == HOURS_NO_CLOCK || dated)
    return DOUBT_CLOCK;
  if (c->hours.state == HOURS_UNREADABLE || c->hours.state == HOURS_NO_ZONE ||
      c->hours.state == HOURS_NO_HOLIDAY)
    return DOUBT_HOURS;
  bool known = c->outage.level == OUTAGE_NONE && !c->through_other && all_recorded(house, domains);
  return known ? DOUBT_NONE : DOUBT_RIDES_ON;
}

static enum reach_state state_of(const struct channel *c) {
  if (c->outage.level == OUTAGE_DOWN)
    return REACH_DOWN;
  if (c->dial.form == DIAL_NONE)
    return REACH_NOT_FROM_HERE;
  if (c->hours.state == HOURS_CLOSED)
    return REACH_OUTSIDE_HOURS;
  if (c->other_set)
    return REACH_OTHER_SET;
  return c->doubt ? REACH_NOT_KNOWN : REACH_NO_FAULT_KNOWN;
}

enum contact_kind channel_kind(const struct channel *c) {
  const struct override *over = c->stands_in;
  if (over && over->kind != CONTACT_OTHER)
    return over->kind;
  /* A public number that stands in for an extension is none. */
  return over && *over->e164 && c->contact->kind == CONTACT_EXTENSION ? CONTACT_DIRECT_LINE
                                                                      : c->contact->kind;
}

/* What takes the point that another one is reached through, and the one that that one is, takes it.
 */
static void look_through(struct channel *out, struct look *l, const struct contact *c) {
  enum { FAR = 4 }; /* two may name each other */
  for (int i = 0; i < FAR && !uuid_is_nil(&c->via); i++) {
    const struct contact *through = entry_contact(l->entry, &c->via);
    struct way way;
    out->through_other = !through;
    if (!through)
      return;
    if (!i)
      out->through = through;
    way_find(&way, &l->start, through, way_domains(l->world->house, l->entry->site, through));
    if (way.outage.level > out->outage.level) {
      out->outage = way.outage;
      out->direction = way.direction;
    }
    c = through;
  }
}

/* All of a channel but what is pressed (channel_write). */
static void channel_set(struct channel *out, struct look *l, const struct contact *c,
                        const struct override *over) {
  const struct reach_world *w = l->world;
  struct contact dialled;
  struct way way;
  out->contact = c;
  out->stands_in = over;
  out->doubt = DOUBT_NONE;
  out->when = 0;
  out->hours = (struct hours_now){.state = HOURS_ALWAYS, .holiday = ""};
  out->holder = l->holder;
  out->away = l->away;
  out->replaced_by = "";
  out->failed = over ? NULL : failed_test(l, c);
  if (over) {
    dialled = stand_in(over);
    c = &dialled;
  }
  const char *domains = way_domains(w->house, l->entry->site, c);
  way_find(&way, &l->start, c, domains);
  out->dial = way.dial;
  out->outage = way.outage;
  out->direction = way.direction;
  out->set = way.set;
  out->other_set = way.other_set;
  out->last_resort = false;
  out->through = NULL;
  out->through_other = false;
  if (!over && !uuid_is_nil(&c->via))
    look_through(out, l, c);
  struct replacement by = {.number = NULL};
  if (!over)
    by = replacement(l, c);
  out->replaced_masked = by.masked;
  if (!over && w->clock_trusted && c->until && w->now >= c->until) {
    out->state = REACH_EXPIRED;
    out->when = c->until;
  } else if (!over && w->clock_trusted && c->from && w->now < c->from) {
    out->state = REACH_NOT_YET;
    out->when = c->from;
  } else if (by.number) {
    out->state = REACH_REPLACED;
    out->replaced_by = by.number;
    if (by.down) {
      look_at_hours(out, l, c);
      out->doubt = doubt_of(out, w->house, domains, !w->clock_trusted && (c->from || c->until));
    }
    out->last_resort = by.down && out->outage.level != OUTAGE_DOWN && out->dial.form != DIAL_NONE &&
                       out->hours.state != HOURS_CLOSED;
  } else {
    look_at_hours(out, l, c);
    bool dated = c->from || c->until || (over && over->until);
    out->doubt = doubt_of(out, w->house, domains, dated && !w->clock_trusted);
    out->state = state_of(out);
    if (out->state == REACH_OUTSIDE_HOURS)
      out->when = out->hours.until;
  }
}

static void channel_write(struct channel *out, const struct reach_world *w) {
  const struct way_start start = {.house = w->house, .from = w->from};
  struct contact dialled = out->stands_in ? stand_in(out->stands_in) : *out->contact;
  way_write(&out->dial, &start, &dialled, out->dial.form, out->set);
}

/* ---- order -------------------------------------------------------------------------------------
 */

/* The points of an entry one after the other: its contacts, each behind what stands in for it. */
struct points {
  const struct entry *entry;
  const struct reach_world *world;
  size_t contact, override;
};

/* Two said the same of one contact point: it is one number, by the last word. */
static bool is_said_again(const struct points *p, const struct override *o) {
  const struct entry *e = p->entry;
  for (size_t i = 0; i < e->override_count; i++) {
    const struct override *other = &e->overrides[i];
    if (other != o && override_counts(other, p->world) && override_compare(other, o) < 0 &&
        other->kind == o->kind && strcmp(other->number, o->number) == 0 &&
        strcmp(other->plan, o->plan) == 0 && reach_stands_for(e, other) == reach_stands_for(e, o))
      return true;
  }
  return false;
}

static bool next_point(struct points *p, const struct contact **c, const struct override **over) {
  const struct entry *e = p->entry;
  while (p->override < e->override_count) {
    *over = &e->overrides[p->override++];
    *c = reach_stands_for(e, *over);
    if (override_counts(*over, p->world) && !is_said_again(p, *over))
      return true;
  }
  *over = NULL;
  if (p->contact >= e->contact_count)
    return false;
  *c = &e->contacts[p->contact++];
  return true;
}

static size_t count_points(const struct entry *e) {
  return e->contact_count + e->override_count;
}

/* By state; what is tried as a last resort before what is DOWN. */
static int place_of(const struct channel *c) {
  return c->last_resort ? 2 * REACH_DOWN - 1 : 2 * (int)c->state;
}

/* By what is in them, never by where an entry lists them. */
static int channel_compare(const void *a, const void *b) {
  const struct channel *x = a, *y = b;
  if (reach_may_be_tried(x) && reach_may_be_tried(y) && x->away != y->away)
    return x->away ? 1 : -1;
  if (place_of(x) != place_of(y))
    return place_of(x) < place_of(y) ? -1 : 1;
  if (!x->failed != !y->failed)
    return x->failed ? 1 : -1;
  if (x->holder != y->holder)
    return x->holder < y->holder ? -1 : 1;
  int order = contact_compare(x->contact, y->contact);
  if (order)
    return order;
  if (!x->stands_in || !y->stands_in)
    return (x->stands_in == NULL) - (y->stands_in == NULL);
  return override_compare(x->stands_in, y->stands_in);
}

/* The entry's own points (0), then those of each holder. */
static const struct entry *whose_points(const struct entry *entry,
                                        const struct reach_holders *holders, size_t n) {
  return n && holders ? holders->persons[n - 1] : entry;
}

static size_t people_of(const struct reach_holders *holders) {
  return holders ? holders->count : 0;
}

/* All points of an entry: its own, then those of its holders one after the other. */
struct walk {
  const struct entry *entry;
  const struct reach_holders *holders;
  size_t person; /* whose points those at hand are: 0 the entry's own */
  struct look look;
  struct points points;
};

static void walk_to(struct walk *w, const struct reach_world *world, size_t person) {
  const struct entry *whose = whose_points(w->entry, w->holders, person);
  w->person = person;
  w->look = look_at(world, whose, person);
  w->look.away = person > 0 && person + w->holders->away > w->holders->count;
  w->points = (struct points){.entry = whose, .world = world};
}

static struct walk walk_start(const struct entry *entry, const struct reach_holders *holders,
                              const struct reach_world *world) {
  struct walk w = {.entry = entry, .holders = holders};
  walk_to(&w, world, 0);
  return w;
}

static bool walk_next(struct walk *w, const struct contact **c, const struct override **over) {
  while (!next_point(&w->points, c, over)) {
    if (w->person == people_of(w->holders))
      return false;
    walk_to(w, w->points.world, w->person + 1);
  }
  return true;
}

enum answering contact_answers(enum contact_kind kind) {
  switch (kind) {
  case CONTACT_FAX:
  case CONTACT_FAX_SERVER:
  case CONTACT_MAIL:
  case CONTACT_SECURE_MAIL:
    return ANSWER_WRITTEN;
  case CONTACT_PAGER:
  case CONTACT_RADIO:
    return ANSWER_BACK;
  default:
    return ANSWER_VOICE;
  }
}

static bool is_written(enum contact_kind kind) {
  return contact_answers(kind) == ANSWER_WRITTEN;
}

static enum contact_kind kind_of(const struct channel *c) {
  return c->stands_in && c->stands_in->kind != CONTACT_OTHER ? c->stands_in->kind
                                                             : c->contact->kind;
}

bool reach_may_be_tried(const struct channel *c) {
  return c->state < REACH_DOWN || c->last_resort;
}

/* A ward has no radio: nobody is called over one there. */
static bool is_rung(const struct channel *c) {
  return !is_written(kind_of(c)) && kind_of(c) != CONTACT_RADIO;
}

bool reach_rings(const struct channel *c) {
  return reach_may_be_tried(c) && is_rung(c);
}

bool reach_is_spoken(const struct channel *c) {
  return !is_written(kind_of(c));
}

bool reach_is_mute(const struct channel *all, size_t count) {
  bool other = false, rung = false;
  for (size_t i = 0; i < count; i++) {
    if (reach_rings(&all[i]) && !all[i].failed)
      return false;
    other = other || (reach_may_be_tried(&all[i]) && !is_rung(&all[i]));
    rung = rung || is_rung(&all[i]);
  }
  return rung || !other;
}

/* For a row that wants somebody to speak to, the best first. */
enum use {
  USE_SPEAK,
  USE_CALLED_BACK,
  USE_AWAY, /* of whoever is absent */
  USE_CLOSED,
  USE_FAILED,
  USE_LAST_RESORT,
  USE_RADIO,
  USE_WRITE,
  USE_NOT_SPOKEN,
  USE_NOT_WRITTEN
};

static enum use use_of(const struct channel *c) {
  enum contact_kind kind = kind_of(c);
  if (!reach_may_be_tried(c))
    return is_written(kind) || kind == CONTACT_PAGER ? USE_NOT_WRITTEN : USE_NOT_SPOKEN;
  if (is_written(kind))
    return USE_WRITE;
  if (kind == CONTACT_RADIO)
    return USE_RADIO;
  if (c->last_resort)
    return USE_LAST_RESORT;
  if (c->failed)
    return USE_FAILED;
  if (c->state == REACH_OUTSIDE_HOURS)
    return USE_CLOSED;
  if (c->away)
    return USE_AWAY;
  return kind == CONTACT_PAGER ? USE_CALLED_BACK : USE_SPEAK;
}

static bool is_better(const struct channel *a, const struct channel *b) {
  enum use x = use_of(a), y = use_of(b);
  return x != y ? x < y : channel_compare(a, b) < 0;
}

/* Whoever presses 1 wants to speak: what a row would show stands first, the rest as it was. */
static void best_first(struct channel *channels, size_t count) {
  size_t best = 0;
  for (size_t i = 1; i < count; i++)
    if (is_better(&channels[i], &channels[best]))
      best = i;
  if (best) {
    struct channel first = channels[best];
    memmove(channels + 1, channels, best * sizeof *channels);
    channels[0] = first;
  }
}

struct channel *reach_order(const struct entry *entry, const struct reach_holders *holders,
                            const struct reach_world *world, struct arena *arena, size_t *count) {
  size_t most = count_points(entry), people = people_of(holders), n = 0;
  *count = 0;
  for (size_t h = 0; h < people; h++)
    most += count_points(whose_points(entry, holders, h + 1));
  struct channel *channels = most ? arena_zalloc(arena, most, sizeof *channels) : NULL;
  if (!channels)
    return NULL;
  struct walk w = walk_start(entry, holders, world);
  const struct contact *c;
  const struct override *over;
  while (walk_next(&w, &c, &over))
    channel_set(&channels[n++], &w.look, c, over);
  for (size_t i = 0; i < n; i++)
    channel_write(&channels[i], world);
  qsort(channels, n, sizeof *channels, channel_compare);
  best_first(channels, n);
  *count = n;
  return channels;
}

bool reach_in_doubt(const struct channel *c) {
  return reach_may_be_tried(c) && (c->outage.level != OUTAGE_NONE || c->failed || c->last_resort);
}

const struct channel *reach_code_left(const struct channel *own, const struct channel *all,
                                      size_t count) {
  if (own->state == REACH_DOWN)
    return count && reach_may_be_tried(&all[0]) ? &all[0] : NULL;
  for (size_t i = 0; i < count; i++)
    if (&all[i] != own && reach_rings(&all[i]) && !reach_in_doubt(&all[i]))
      return &all[i];
  return NULL;
}

/* The channel of a contact point, or, while it is replaced for now, of what stands in for it. */
static const struct channel *channel_of(const struct contact *contact, const struct channel *all,
                                        size_t count) {
  const struct channel *own = NULL, *over = NULL;
  for (size_t i = 0; i < count; i++) {
    if (all[i].contact != contact)
      continue;
    if (!all[i].stands_in)
      own = &all[i];
    else if (!over || override_compare(all[i].stands_in, over->stands_in) < 0)
      over = &all[i];
  }
  return own && own->state == REACH_REPLACED && over ? over : own;
}

const struct channel *reach_code_down(const struct entry *code, const struct channel *all,
                                      size_t count) {
  const struct contact *first = code->type == ENTRY_CODE ? first_of(code) : NULL;
  const struct channel *own = first ? channel_of(first, all, count) : NULL;
  if (!own || own->dial.form == DIAL_NONE)
    return NULL;
  return own->state == REACH_DOWN || (reach_in_doubt(own) && reach_code_left(own, all, count))
             ? own
             : NULL;
}

/* None of the points that were not looked at yet can come before it. */
static bool is_before_the_rest(const struct points *p, const struct channel *best) {
  const struct entry *e = p->entry;
  if (e->override_count || best->holder > 0)
    return false;
  for (size_t i = p->contact; i < e->contact_count; i++)
    if (contact_compare(&e->contacts[i], best->contact) < 0)
      return false;
  return true;
}

bool reach_best(struct channel *out, const struct entry *entry, const struct reach_holders *holders,
                const struct reach_world *world, enum contact_kind kind) {
  struct walk w = walk_start(entry, holders, world);
  const struct contact *c;
  const struct override *over;
  bool found = false, surely = false;
  while (!surely && walk_next(&w, &c, &over)) {
    struct channel channel;
    enum contact_kind its = over && over->kind != CONTACT_OTHER ? over->kind : c->kind;
    if (kind != CONTACT_OTHER && its != kind)
      continue;
    channel_set(&channel, &w.look, c, over);
    if (!found || is_better(&channel, out))
      *out = channel;
    found = true;
    surely = out->state == REACH_NO_FAULT_KNOWN && use_of(out) == USE_SPEAK &&
             is_before_the_rest(&w.points, out);
  }
  if (found)
    channel_write(out, world);
  return found;
}

size_t reach_live(const struct entry *entry, const struct reach_holders *holders,
                  const struct reach_world *world) {
  struct walk w = walk_start(entry, holders, world);
  const struct contact *c;
  const struct override *over;
  size_t live = 0;
  while (walk_next(&w, &c, &over)) {
    struct channel channel;
    channel_set(&channel, &w.look, c, over);
    live += reach_may_be_tried(&channel);
  }
  return live;
}

/* The contact point of the entry that has that number; NULL: none has. */
static const struct contact *with_number(const struct entry *e, const struct contact *written) {
  for (size_t i = 0; i < e->contact_count; i++) {
    const struct contact *c = &e->contacts[i];
    if (strcmp(c->number, written->number) == 0 ||
        (*c->e164 && strcmp(c->e164, written->e164) == 0))
      return c;
  }
  return NULL;
}

bool reach_check(struct channel *out, const struct entry *entry, const struct contact *fax,
                 const struct reach_world *world, struct arena *arena) {
  struct contact *written = arena_zalloc(arena, 1, sizeof *written);
  struct phone *room = arena_zalloc(arena, 1, sizeof *room);
  size_t count = 0;
  if (!*fax->check_number || !written || !room)
    return false;
  contact_written(written, room, world->house, fax->check_number, fax->plan, entry->site,
                  world->from);
  const struct contact *own = with_number(entry, written);
  struct channel *all = own ? reach_order(entry, NULL, world, arena, &count) : NULL;
  for (size_t i = 0; i < count; i++)
    if (all[i].contact == own && !all[i].stands_in) {
      *out = all[i];
      return true;
    }
  struct entry alone = *entry;
  alone.contacts = written;
  alone.contact_count = 1;
  alone.override_count = 0;
  return reach_best(out, &alone, NULL, world, CONTACT_OTHER);
}

/* Moves what is at i to place `to` before it. */
static void move_up(struct reach_instead *list, size_t i, size_t to) {
  struct reach_instead moved = list[i];
  memmove(&list[to + 1], &list[to], (i - to) * sizeof *list);
  list[to] = moved;
}

size_t reach_instead(struct reach_instead *list, size_t count, const struct reach_world *world) {
  size_t good = 0;
  for (size_t i = 0; i < count; i++) {
    struct reach_instead *s = &list[i];
    enum contact_kind kind = s->label == REACH_ABOVE ? CONTACT_RED_PHONE : CONTACT_OTHER;
    s->found = s->entry && reach_best(&s->best, s->entry, s->holders, world, kind);
    if (!s->found || !reach_rings(&s->best))
      continue;
    s->best.away = s->best.away || s->away;
    size_t to = good; /* what is closed, calls back or failed a test, after what answers now */
    while (to > 0 && use_of(&list[to - 1].best) > use_of(&s->best))
      to--;
    move_up(list, i, to);
    good++;
  }
  return good;
}
