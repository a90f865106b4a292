#include "core/way.h"

#include <string.h>

#include "base/i18n.h"
#include "core/phone.h"
#include "core/rules.h"
#include "core/trunk.h"

/* ---- what it rides on --------------------------------------------------------------------------
 */

/* The plan of a set: the one that it says, else that of the range that holds a DDI; NULL. */
static const struct plan *plan_of(const struct house *house, const struct contact *c) {
  char extension[DIAL_MAX];
  if (*c->plan)
    return house_plan(house, c->plan);
  /* An extension by its public number, as spreadsheets have it, is the DDI that it is. */
  bool public = c->kind == CONTACT_DDI || (c->kind == CONTACT_EXTENSION && *c->e164);
  for (size_t i = 0; public && i < house->plan_count; i++)
    if (dial_extension(extension, &house->plans[i], c->e164))
      return &house->plans[i];
  return NULL;
}

/* The PBX of the plan of a set that cannot but be behind it. */
static const char *plan_domain(const struct house *house, const struct contact *c) {
  if (c->kind != CONTACT_EXTENSION && c->kind != CONTACT_DDI && c->kind != CONTACT_DECT)
    return "";
  const struct plan *plan = plan_of(house, c);
  return plan ? plan->domain : "";
}

const char *way_domains(const struct house *house, const char *site, const struct contact *c) {
  if (c->domains[0])
    return c->domains;
  struct contact set = *c;
  if (c->kind == CONTACT_EXTENSION) /* as a directory says that does not know its cordless phones */
    set.kind = dial_kind(house, c->number, c->plan, c->e164, c->kind);
  const struct rule *rule = rule_find(house, site, &set);
  if (!rule && set.kind != c->kind)
    rule = rule_find(house, site, c);
  return rule ? rule->domains : plan_domain(house, c);
}

/* ---- what one way needs ------------------------------------------------------------------------
 */

enum need_kind {
  NEED_INSIDE,   /* each domain, in that direction; inside calls never use a public trunk */
  NEED_INBOUND,  /* the same */
  NEED_OUTBOUND, /* the same */
  NEED_TIE,      /* each domain, in every direction */
  NEED_TRUNK,    /* any of the public trunks that take calls out of a site, outbound */
  NEED_TRUNK_IN, /* whichever of the public trunks of a plan brings its numbers in */
  NEED_CARRIER   /* whichever of the mobile carriers a mobile at hand is of, outbound */
};

struct need {
  enum need_kind kind;
  const char *what; /* domain codes joined by commas; the site's code; NEED_TRUNK_IN: the plan's */
  size_t len;
  bool far;                /* of the other end */
  const struct plan *plan; /* NEED_TRUNK: of the phone; NULL: the usual one of that site */
};

enum { NEEDS_MOST = 5 };

static void add_need(struct need *needs, size_t *count, enum need_kind kind, const char *what,
                     bool far) {
  if (*what)
    needs[(*count)++] = (struct need){.kind = kind, .what = what, .len = strlen(what), .far = far};
}

/* Whose rules say what brings the numbers of a plan in: the entry's site where that is its plan,
 * else the first that has it. */
static const char *site_of_plan(const struct house *house, const char *plan, const char *site) {
  const struct site *its = house_site(house, site);
  if (its && strcmp(its->plan, plan) == 0)
    return site;
  for (size_t i = 0; i < house->site_count; i++)
    if (strcmp(house->sites[i].plan, plan) == 0)
      return house->sites[i].code;
  return site;
}

/* What brings a public number of a plan to the PBX: a DDI's rule, else the trunks of the plan. A
 * direct line has its own pair; a DDI that says what it rides on, or of which a rule does, has said
 * it all. */
static void add_bringer(struct need *needs, size_t *count, const struct house *house,
                        const char *site, const struct contact *c) {
  char e164[PHONE_E164];
  if (c->kind == CONTACT_DIRECT_LINE || (c->kind == CONTACT_DDI && *c->domains))
    return;
  if (c->kind == CONTACT_DDI && rule_find(house, site, c))
    return;
  const struct plan *plan = plan_of(house, c);
  if (!plan)
    return;
  if (c->kind != CONTACT_DDI) {
    struct contact ddi = *c;
    ddi.kind = CONTACT_DDI;
    if (!*ddi.e164 && dial_ddi(e164, plan, c->number))
      ddi.e164 = e164;
    const struct rule *rule = rule_find(house, site_of_plan(house, plan->code, site), &ddi);
    if (rule) {
      add_need(needs, count, NEED_INBOUND, rule->domains, true);
      return;
    }
  }
  add_need(needs, count, NEED_TRUNK_IN, plan->code, true);
}

/* Of a way of that form to a contact point of an entry at that site, dialled there. */
static size_t list_needs(struct need needs[NEEDS_MOST], const struct house *house,
                         const struct standpoint *from, const struct dial *dial, const char *site,
                         const struct contact *c, const char *domains) {
  size_t count = 0;
  const struct plan *own = *from->plan ? house_plan(house, from->plan) : NULL;
  const char *pbx = own ? own->domain : "";
  bool through = dial->form == DIAL_OUTSIDE || dial->form == DIAL_PUBLIC;
  if (dial->form == DIAL_ADDRESS)
    through = from->set == SET_OUTSIDE;
  add_need(needs, &count, through ? NEED_INBOUND : NEED_INSIDE, domains, true);
  if (through && dial->form != DIAL_ADDRESS)
    add_bringer(needs, &count, house, site, c);
  if (dial->form == DIAL_TIE)
    add_need(needs, &count, NEED_TIE, dial->domain, false);
  if (dial->form == DIAL_TIE || dial->form == DIAL_BARE)
    add_need(needs, &count, NEED_INSIDE, pbx, false);
  if (dial->form == DIAL_OUTSIDE) {
    add_need(needs, &count, NEED_OUTBOUND, pbx, false);
    if (own && !own->red && *from->site) {
      add_need(needs, &count, NEED_TRUNK, from->site, false);
      needs[count - 1].plan = own;
    }
  }
  if (from->set == SET_MOBILE && dial->form != DIAL_ADDRESS)
    add_need(needs, &count, NEED_CARRIER, "mobile", false);
  return count;
}

/* ---- what an outage does to it -----------------------------------------------------------------
 */

/* The worst of what was needed. */
struct worst {
  struct outage_state outage;
  enum direction direction;
};

static void worsen(struct worst *worst, const struct outage_state *by, enum direction direction) {
  if (outage_worse(&worst->outage, by) == by)
    *worst = (struct worst){*by, direction};
}

static void worsen_domain(struct worst *worst, const struct outage_domain *d, enum need_kind kind) {
  static const enum direction directions[] = {[NEED_INSIDE] = DIRECTION_INSIDE,
                                              [NEED_INBOUND] = DIRECTION_INBOUND,
                                              [NEED_OUTBOUND] = DIRECTION_OUTBOUND};
  if (kind == NEED_TIE)
    for (int i = 0; i < DIRECTION_COUNT; i++)
      worsen(worst, &d->at[i], DIRECTION_INSIDE);
  else if (!(kind == NEED_INSIDE && d->kind == DOMAIN_TRUNK))
    worsen(worst, &d->at[directions[kind]], directions[kind]);
}

static const struct domain *pbx_of(const struct house *house, const struct plan *plan) {
  return plan && *plan->domain ? house_domain(house, plan->domain) : NULL;
}

static const struct outage_state *trunk_state(const struct way_start *start, size_t i,
                                              enum direction direction) {
  const char *code = start->outage->trunks[i].domain->code;
  return outage_of(start->outage, code, strlen(code), direction);
}

/* The usual plan of a site (len bytes of code); NULL. */
static const struct plan *usual_plan(const struct house *house, const char *site, size_t len) {
  for (size_t i = 0; i < house->site_count; i++) {
    const struct site *s = &house->sites[i];
    if (strncmp(s->code, site, len) == 0 && !s->code[len])
      return *s->plan ? house_plan(house, s->plan) : NULL;
  }
  return NULL;
}

/* Calls out of a site go over any of the public trunks recorded for it; where it has none (an annex
 * on the PBX of another site), over those of the plan: all must fail. */
static struct outage_state trunks_out(const struct way_start *start, const struct need *need) {
  const struct outage *outage = start->outage;
  const struct plan *plan =
      need->plan ? need->plan : usual_plan(start->house, need->what, need->len);
  const struct domain *pbx = pbx_of(start->house, plan);
  struct outage_state least = {.level = OUTAGE_NONE};
  bool own = false;
  for (size_t i = 0; i < outage->trunk_count && !own; i++)
    own = trunk_is_of(&outage->trunks[i], need->what, need->len, plan);
  for (size_t i = 0; i < outage->trunk_count; i++) {
    const struct trunk *t = &outage->trunks[i];
    if (own ? !trunk_is_of(t, need->what, need->len, plan) : !plan || !trunk_carries(t, plan, pbx))
      continue;
    const struct outage_state *s = trunk_state(start, i, DIRECTION_OUTBOUND);
    if (s->level == OUTAGE_NONE)
      return *s;
    if (!least.incident || s->level < least.level)
      least = *s;
  }
  return least;
}

/* A plan of which len bytes of code are at hand; NULL. */
static const struct plan *plan_at(const struct house *house, const char *code, size_t len) {
  for (size_t i = 0; i < house->plan_count; i++)
    if (strncmp(house->plans[i].code, code, len) == 0 && !house->plans[i].code[len])
      return &house->plans[i];
  return NULL;
}

/* A number that no rule gives to a trunk comes in over one of those of its plan: it is lost where
 * all are, and where only some are nobody can say. */
static struct outage_state trunks_in(const struct way_start *start, const char *code, size_t len) {
  struct outage_state least = {.level = OUTAGE_NONE}, most = least;
  const struct plan *plan = plan_at(start->house, code, len);
  const struct domain *pbx = pbx_of(start->house, plan);
  bool any = false;
  for (size_t i = 0; plan && i < start->outage->trunk_count; i++) {
    if (!trunk_carries(&start->outage->trunks[i], plan, pbx))
      continue;
    const struct outage_state *s = trunk_state(start, i, DIRECTION_INBOUND);
    if (!any || s->level < least.level)
      least = *s;
    most = *outage_worse(&most, s);
    any = true;
  }
  if (least.level == OUTAGE_NONE && most.level != OUTAGE_NONE)
    return (struct outage_state){OUTAGE_PERHAPS, most.incident};
  return least;
}

/* A mobile calls out over its own carrier, and nobody here knows which that is; whoever has it in
 * hand does. */
static struct outage_state carriers_out(const struct way_start *start) {
  struct outage_state least = {.level = OUTAGE_NONE}, most = least;
  bool any = false;
  for (size_t i = 0; i < start->house->domain_count; i++) {
    const struct domain *d = &start->house->domains[i];
    if (d->kind != DOMAIN_CARRIER)
      continue;
    const struct outage_state *s =
        outage_of(start->outage, d->code, strlen(d->code), DIRECTION_OUTBOUND);
    if (!any || s->level < least.level)
      least = *s;
    most = *outage_worse(&most, s);
    any = true;
  }
  bool in_hand = start->from && start->from->set == SET_MOBILE;
  if (least.level == OUTAGE_NONE && most.level != OUTAGE_NONE && !in_hand)
    return (struct outage_state){OUTAGE_PERHAPS, most.incident};
  return least;
}

static void worsen_need(struct worst *worst, const struct need *need, struct way_start *start) {
  const char *at = need->what, *end = need->what + need->len;
  if (need->kind == NEED_TRUNK_IN) {
    const struct outage_state trunks = trunks_in(start, need->what, need->len);
    worsen(worst, &trunks, DIRECTION_INBOUND);
    return;
  }
  if (need->kind == NEED_CARRIER) {
    if (!start->carriers_known)
      start->carriers = carriers_out(start);
    start->carriers_known = true;
    worsen(worst, &start->carriers, DIRECTION_OUTBOUND);
    return;
  }
  if (need->kind == NEED_TRUNK) {
    if (!start->trunks_known || start->trunks_plan != need->plan) {
      start->trunks = trunks_out(start, need);
      start->trunks_plan = need->plan;
      start->trunks_known = true;
    }
    worsen(worst, &start->trunks, DIRECTION_OUTBOUND);
    return;
  }
  while (at < end) {
    const char *comma = memchr(at, ',', (size_t)(end - at));
    size_t len = (size_t)((comma ? comma : end) - at);
    const struct outage_domain *d = len ? outage_domain(start->outage, at, len) : NULL;
    if (d)
      worsen_domain(worst, d, need->kind);
    at += len + 1;
  }
}

static void judge(struct way *way, struct way_start *start, const struct standpoint *from,
                  const struct contact *c, const char *domains) {
  struct need needs[NEEDS_MOST];
  struct worst far = {{.level = OUTAGE_NONE}, DIRECTION_INSIDE}, near = far;
  if (start->outage && way->dial.form != DIAL_NONE) {
    size_t count = list_needs(needs, start->house, from, &way->dial, start->site, c, domains);
    for (size_t i = 0; i < count; i++)
      worsen_need(needs[i].far ? &far : &near, &needs[i], start);
  }
  /* What fails at the other end is named: it fails from wherever one calls. */
  const struct worst *named = near.outage.level > far.outage.level ? &near : &far;
  way->outage = named->outage;
  way->direction = named->direction;
}

/* ---- which ways there are ----------------------------------------------------------------------
 */

/* A point of a plan as the public network reaches it; false where it does not.  ddi holds its
 * number. */
static bool as_public(struct contact *open, char ddi[PHONE_E164], const struct house *house,
                      const struct contact *c) {
  const struct plan *its = house_plan(house, c->plan);
  *open = *c;
  open->plan = "";
  if (*c->e164)
    return true;
  open->e164 = ddi;
  return its && dial_ddi(ddi, its, c->number);
}

/* A DDI that its record has as a public number alone, as the extension behind it; false where no
 * range of a plan has it.  number holds it. */
static bool as_extension(struct contact *inner, char number[DIAL_MAX], const struct house *house,
                         const struct contact *c) {
  const struct plan *its = c->kind == CONTACT_DDI && !*c->plan ? plan_of(house, c) : NULL;
  if (!its || !dial_extension(number, its, c->e164))
    return false;
  *inner = *c;
  inner->plan = its->code;
  inner->number = number;
  return true;
}

/* Inside the house instead of out and in again; false where there is no such way. */
static bool inside_form(struct dial *out, const struct house *house, const struct contact *c,
                        const struct standpoint *from) {
  char number[DIAL_MAX];
  struct contact inner;
  if (!as_extension(&inner, number, house, c))
    return false;
  dial_form(out, house, &inner, from);
  return out->form == DIAL_BARE || out->form == DIAL_TIE;
}

/* Over the public network instead of a tie line; false where there is no such way. */
static bool public_form(struct dial *out, const struct house *house, const struct contact *c,
                        const struct standpoint *from) {
  char ddi[PHONE_E164];
  struct contact open;
  if (!as_public(&open, ddi, house, c))
    return false;
  dial_form(out, house, &open, from);
  out->via = _("via DDI");
  return out->form != DIAL_NONE;
}

/* The other sets of a house that are at hand where one stands. */
static bool other_standpoint(struct standpoint *out, const struct way_start *start,
                             enum set_kind set) {
  const struct standpoint *from = start->from;
  if (set == from->set || from->set == SET_OUTSIDE)
    return false;
  *out = (struct standpoint){.set = set, .plan = "", .site = from->site, .country = from->country};
  if (set == SET_WARD) {
    const struct site *site = house_site(start->house, from->site);
    out->plan = site ? site->plan : "";
  } else if (set == SET_RED) {
    const struct plan *red = house_red_plan(start->house, from->site);
    out->plan = red ? red->code : "";
  }
  return set == SET_MOBILE || *out->plan;
}

static const enum set_kind other_sets[] = {SET_WARD, SET_RED, SET_MOBILE};
enum { OTHER_SETS = 3 };

/* Is a way worth naming from a set that is not in hand? */
static bool serves_from_other(const struct dial *dial) {
  return dial->form != DIAL_NONE && dial->form != DIAL_ADDRESS;
}

/* The other way of the same set, where there is one. */
static bool other_form(struct dial *out, const struct dial *taken, const struct house *house,
                       const struct contact *c, const struct standpoint *from) {
  if (taken->form == DIAL_TIE || taken->form == DIAL_BARE)
    return public_form(out, house, c, from);
  return taken->form == DIAL_OUTSIDE && inside_form(out, house, c, from);
}

static void way_from(struct way *way, struct way_start *start, const struct standpoint *from,
                     const struct contact *c, const char *domains) {
  struct way other;
  dial_form(&way->dial, start->house, c, from);
  judge(way, start, from, c, domains);
  if (way->outage.level == OUTAGE_NONE ||
      !other_form(&other.dial, &way->dial, start->house, c, from))
    return;
  judge(&other, start, from, c, domains);
  if (other.outage.level < way->outage.level)
    *way = other;
}

/* A fax is sent from a fax machine or a server: there is no other set to send it from. */
static bool has_other_set(const struct contact *c) {
  return c->kind != CONTACT_FAX && c->kind != CONTACT_FAX_SERVER;
}

/* Where the set in hand does not get through: a ward phone, a red phone, a mobile. */
static void way_from_other(struct way *way, struct way_start *start, const struct contact *c,
                           const char *domains) {
  struct standpoint there;
  bool marked = false; /* another one was taken */
  for (size_t i = 0; i < OTHER_SETS; i++) {
    struct way other;
    if (!other_standpoint(&there, start, other_sets[i]))
      continue;
    way_from(&other, start, &there, c, domains);
    if (!serves_from_other(&other.dial))
      continue;
    if ((marked || way->dial.form != DIAL_NONE) && other.outage.level >= way->outage.level)
      continue; /* of the good ones, and of those in equal doubt, the first */
    *way = other;
    way->set = other_sets[i];
    way->other_set = marked = true;
    if (other.outage.level == OUTAGE_NONE)
      return;
  }
}

void way_find(struct way *out, struct way_start *start, const struct contact *c,
              const char *domains) {
  way_from(out, start, start->from, c, domains);
  out->set = start->from->set;
  out->other_set = false;
  if (has_other_set(c) && (out->dial.form == DIAL_NONE || out->outage.level == OUTAGE_DOWN))
    way_from_other(out, start, c, domains);
}

void way_write(struct dial *out, const struct way_start *start, const struct contact *c,
               enum dial_form form, enum set_kind set) {
  struct standpoint from = *start->from;
  char ddi[PHONE_E164], number[DIAL_MAX];
  struct contact open;
  if (set != from.set)
    other_standpoint(&from, start, set);
  dial_from(out, start->house, c, &from);
  if (form == out->form)
    return;
  if (form == DIAL_BARE || form == DIAL_TIE) { /* what brings the DDI in fails */
    if (!as_extension(&open, number, start->house, c))
      return;
    dial_from(out, start->house, &open, &from);
    if (form == DIAL_BARE)
      out->via = _("by its extension");
    return;
  }
  if (!as_public(&open, ddi, start->house, c))
    return;
  dial_from(out, start->house, &open, &from); /* a tie line that fails */
  out->via = _("via DDI");
}

struct standpoint way_ward(const struct house *house, const char *site) {
  const struct site *its = house_site(house, site);
  return (struct standpoint){.set = SET_WARD,
                             .plan = its ? its->plan : "",
                             .site = site,
                             .country = its ? its->country : ""};
}

/* ---- needs as bytes ----------------------------------------------------------------------------
 *
 * A way: the number of its needs, then of each its kind, the length of what it names (two bytes,
 * the low one first) and that. */

static void write_way(struct buffer *out, const struct way_start *start,
                      const struct standpoint *from, const struct dial *dial,
                      const struct contact *c, const char *domains) {
  struct need needs[NEEDS_MOST];
  size_t count = list_needs(needs, start->house, from, dial, start->site, c, domains);
  buffer_add_char(out, (char)count);
  for (size_t i = 0; i < count; i++) {
    if (needs[i].len > UINT16_MAX) {
      out->status = TC_TOO_LONG;
      return;
    }
    buffer_add_char(out, (char)needs[i].kind);
    buffer_add_char(out, (char)(needs[i].len & 0xff));
    buffer_add_char(out, (char)(needs[i].len >> 8));
    buffer_add(out, needs[i].what, needs[i].len);
  }
}

static void write_ways_from(struct buffer *out, const struct way_start *start,
                            const struct standpoint *from, const struct contact *c,
                            const char *domains, bool other_set) {
  const struct house *house = start->house;
  struct dial dial, other;
  dial_form(&dial, house, c, from);
  if (dial.form == DIAL_NONE || (other_set && !serves_from_other(&dial)))
    return;
  write_way(out, start, from, &dial, c, domains);
  if (other_form(&other, &dial, house, c, from))
    write_way(out, start, from, &other, c, domains);
}

void way_needs(struct buffer *out, const struct house *house, const struct standpoint *from,
               const char *site, const struct contact *c) {
  const struct way_start start = {.house = house, .from = from, .site = site};
  const char *domains = way_domains(house, site, c);
  struct standpoint there;
  write_ways_from(out, &start, from, c, domains, false);
  for (size_t i = 0; i < OTHER_SETS && has_other_set(c); i++)
    if (other_standpoint(&there, &start, other_sets[i]))
      write_ways_from(out, &start, &there, c, domains, true);
}

/* One way of the bytes: how many it takes, 0 where they are none. */
static size_t read_way(const unsigned char *bytes, size_t len, struct way_start *start,
                       struct worst *worst) {
  size_t at = 1;
  for (unsigned char i = 0; len && i < bytes[0]; i++) {
    if (len - at < 3 || bytes[at] > NEED_CARRIER)
      return 0;
    struct need need = {.kind = (enum need_kind)bytes[at],
                        .what = (const char *)bytes + at + 3,
                        .len = (size_t)bytes[at + 1] | (size_t)bytes[at + 2] << 8};
    if (len - at - 3 < need.len)
      return 0;
    if (start->outage)
      worsen_need(worst, &need, start);
    at += 3 + need.len;
  }
  return len ? at : 0;
}

bool way_needs_met(const void *bytes, size_t len, struct way_start *start) {
  const unsigned char *at = bytes;
  while (len) {
    struct worst worst = {{.level = OUTAGE_NONE}, DIRECTION_INSIDE};
    size_t took = read_way(at, len, start, &worst);
    if (!took)
      return false;
    if (worst.outage.level < OUTAGE_DOWN)
      return true;
    at += took;
    len -= took;
  }
  return false;
}
