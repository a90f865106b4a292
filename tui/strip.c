#include "tui/strip.h"

#include <string.h>

#include "base/i18n.h"
#include "tui/calls.h"
#include "tui/harm.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"
#include "tui/when.h"

enum { SETS = 1 << DIRECTION_COUNT };

/* The calls of a site, by sets of directions; what is said of them follows. */
static const char *const calls[SETS] = {
    [1 << DIRECTION_INSIDE] = N_("Calls inside %s"),
    [1 << DIRECTION_INBOUND] = N_("Calls INTO %s"),
    [1 << DIRECTION_OUTBOUND] = N_("Calls out of %s"),
    [1 << DIRECTION_INSIDE | 1 << DIRECTION_INBOUND] = N_("Calls inside and INTO %s"),
    [1 << DIRECTION_INSIDE | 1 << DIRECTION_OUTBOUND] = N_("Calls inside and out of %s"),
    [1 << DIRECTION_INBOUND | 1 << DIRECTION_OUTBOUND] = N_("Calls INTO and out of %s"),
    [SETS - 1] = N_("All calls of %s"),
};

/* What is not touched, by sets of directions. */
static const char *const works[SETS] = {
    [1 << DIRECTION_INSIDE] = N_("; inside works"),
    [1 << DIRECTION_INBOUND] = N_("; incoming works"),
    [1 << DIRECTION_OUTBOUND] = N_("; outgoing works"),
    [1 << DIRECTION_INSIDE | 1 << DIRECTION_INBOUND] = N_("; inside and incoming work"),
    [1 << DIRECTION_INSIDE | 1 << DIRECTION_OUTBOUND] = N_("; inside and outgoing work"),
    [1 << DIRECTION_INBOUND | 1 << DIRECTION_OUTBOUND] = N_("; incoming and outgoing work"),
};

/* "; outgoing calls DOWN", of each direction that is meant. */
static void add_fate(struct buffer *out, const char *form, uint32_t directions) {
  static const char *const names[DIRECTION_COUNT] = {[DIRECTION_INSIDE] = N_("inside calls"),
                                                     [DIRECTION_INBOUND] = N_("incoming calls"),
                                                     [DIRECTION_OUTBOUND] = N_("outgoing calls")};
  for (int n = 0; n < DIRECTION_COUNT; n++)
    if (directions & (1u << n))
      buffer_printf(out, form, _(names[n]));
}

/* The PBX of the phone one stands at; "": not known. */
static const char *own_pbx(const struct reach_world *w) {
  const struct plan *plan = w->from->plan ? house_plan(w->house, w->from->plan) : NULL;
  return plan && !plan->red ? plan->domain : "";
}

static const char *site_name(const struct house *house, const char *code) {
  const struct site *site = *code ? house_site(house, code) : NULL;
  return !site ? "" : *site->name ? site->name : site->code;
}

/* Whose calls they are: a site's, with the one that one stands at where that is on the same PBX; or
 * of a PBX, by its name. */
static void add_place(struct buffer *out, const struct calls *its, const struct domain *of,
                      const struct reach_world *w) {
  const char *site = site_name(w->house, its->site), *own = site_name(w->house, w->from->site);
  bool annex = its->pbx && strcmp(own_pbx(w), its->pbx->code) == 0 && *own &&
               strcmp(w->from->site, its->site) != 0;
  if (!*site)
    buffer_add_text(out, domain_name(w->house, its->pbx ? its->pbx->code : of->code));
  else if (annex)
    buffer_printf(out, _("%s and %s"), own, site);
  else
    buffer_add_text(out, site);
}

/* What fails at a site by one incident of its PBX or its trunk (own), or is to; what else works
 * there, or does not, by all. */
static void add_calls(struct buffer *out, uint32_t own, const struct domain *of, const char *since,
                      bool ahead, const struct reach_world *w) {
  uint32_t others = (SETS - 1) & ~own;
  const struct calls its = calls_of(w->house, of);
  struct fate fate = calls_fate(&its, w);
  struct buffer subject = BUFFER_INIT, place = BUFFER_INIT;
  add_place(&place, &its, of, w);
  buffer_printf(&subject, _(calls[own]), buffer_text(&place));
  buffer_free(&place);
  /* TRANSLATORS: "Calls INTO Saint-Aubin fail since 11:14" */
  buffer_printf(out, ahead ? _("%s are to fail from %s") : _("%s fail since %s"),
                buffer_text(&subject), since);
  buffer_free(&subject);
  if (ahead)
    return;
  add_fate(out, _("; %s DOWN"), fate.down & others);
  add_fate(out, _("; %s in doubt"), fate.doubted & others);
  uint32_t left = others & ~fate.down & ~fate.doubted;
  if (left)
    buffer_add_text(out, _(works[left]));
}

static const char *since_text(const struct incident *i, int64_t now, char out[WHEN_TEXT]) {
  return i->since ? when_seen(i->since, now, out) : "?";
}

/* What else an incident takes: the first domains that need its own, and how many more. */
static void add_taken(struct buffer *out, const struct incident *i, const struct reach_world *w) {
  enum { NAMED = 2 };
  size_t taken = 0;
  for (size_t k = 0; w->outage && k < w->outage->count; k++) {
    const struct outage_domain *d = &w->outage->domains[k];
    bool by_it = false;
    for (int n = 0; n < DIRECTION_COUNT; n++)
      by_it = by_it || d->at[n].incident == i;
    if (!by_it || strcmp(d->code, i->domain) == 0)
      continue;
    if (taken++ < NAMED)
      buffer_printf(out, "%s%s", taken == 1 ? _("; with it ") : ", ",
                    domain_name(w->house, d->code));
  }
  if (taken > NAMED)
    buffer_printf(out, ", +%zu", taken - NAMED);
}

/* Is it over its time, so that nobody knows whether it still fails? */
static bool is_past(const struct incident *i, const struct reach_world *w) {
  return incident_level(i, w->now, w->clock_trusted) == OUTAGE_UNCONFIRMED;
}

void incident_text(struct buffer *out, const struct incident *i, const struct reach_world *w) {
  char when[WHEN_TEXT], until[WHEN_TEXT];
  const struct domain *d = house_domain(w->house, i->domain);
  const char *since = since_text(i, w->now, when);
  enum outage_level level = incident_level(i, w->now, w->clock_trusted);
  bool ahead = incident_is_ahead(i, w->now, w->clock_trusted);
  if (level == OUTAGE_UNCONFIRMED && !i->declared)
    buffer_printf(out, _("Reported, not confirmed since %s, said then: "),
                  when_seen(i->until, w->now, until));
  else if (level == OUTAGE_REPORTED || (ahead && !i->declared))
    buffer_add_text(out, _("Reported, not declared: "));
  else if (level == OUTAGE_UNCONFIRMED)
    buffer_printf(out, _("Not confirmed since %s, said then: "),
                  when_seen(i->until, w->now, until));
  uint32_t own = !d                                  ? 0
                 : d->kind == DOMAIN_PBX             ? incident_directions(i)
                 : d->kind == DOMAIN_TRUNK && !ahead ? calls_lost_with(d, i, w)
                                                     : 0;
  if (own) {
    add_calls(out, own, d, since, ahead, w);
    return;
  }
  buffer_printf(out, ahead ? _("%s is to be DOWN from %s") : _("%s is DOWN since %s"),
                domain_name(w->house, i->domain), since);
  if (incident_directions(i) != SETS - 1) {
    buffer_add_text(out, " (");
    directions_text(out, incident_directions(i));
    buffer_add_text(out, ")");
  }
  add_taken(out, i, w);
}

const char *incident_disputed_text(const struct incident *i, const struct reach_world *w) {
  return is_past(i, w) ? _("one says that it has ended, one that it has not: not known")
                       : _("one says that it has ended, one that it has not: it counts as DOWN");
}

/* Is a domain of that site and code one's own: of the site one stands at, or the PBX of the phone
 * there, which may stand at another site? */
static bool is_own(const char *site, const char *code, const struct reach_world *w) {
  return *w->from->site && (strcmp(site, w->from->site) == 0 || strcmp(code, own_pbx(w)) == 0);
}

/* Does it touch the site one stands at? */
static bool touches(const struct incident *i, const struct reach_world *w) {
  for (size_t k = 0; k < w->outage->count; k++) {
    const struct outage_domain *d = &w->outage->domains[k];
    for (int n = 0; n < DIRECTION_COUNT; n++)
      if (d->at[n].incident == i && is_own(d->site, d->code, w))
        return true;
  }
  return false;
}

/* A domain of one's own site before what only touches it; then what takes telephony, where it is
 * said to fail now, before mail, faxes and all else; then the worse. */
static int rank(const struct incident *i, const struct reach_world *w) {
  const struct domain *d = house_domain(w->house, i->domain);
  bool own = d && is_own(d->site, d->code, w);
  bool by_hand = own && strcmp(d->code, own_pbx(w)) == 0; /* of two PBX there that of the phone */
  enum outage_level level = incident_level(i, w->now, w->clock_trusted);
  bool grave = level >= OUTAGE_REPORTED && harm_to_telephony(i, w) > 0;
  return (own ? 64 : 0) + (touches(i, w) ? 32 : 0) + (grave ? 16 : 0) + 2 * (int)level + by_hand;
}

/* May this terminal confirm what nobody has? */
static bool asks(const struct present *p) {
  return p->setup && setup_tier_held(p->setup);
}

/* What was said to fail, also by a report alone, and nobody has confirmed since: neither failing
 * nor working.  Whoever may declare is asked whether it still is; whoever may not, is told whom to
 * ask. */
static void add_unknown(struct buffer *out, const struct present *p, const struct incident *i) {
  const struct reach_world *w = &p->world;
  const char *name = domain_name(w->house, i->domain);
  char when[WHEN_TEXT];
  struct asked asked = {.number = ""};
  when_seen(i->until, w->now, when);
  if (asks(p)) {
    buffer_printf(out, _("%s UNKNOWN, not confirmed since %s: still so?"), name, when);
    return;
  }
  if (p->cache)
    asked = present_ask(p, w->from->site);
  const char *number = asked.number;
  if (asked.other || asked.doubted)
    buffer_printf(out, _("%s UNKNOWN, not confirmed since %s: ask %s"), name, when, number);
  else
    buffer_printf(out, _("%s UNKNOWN, not confirmed since %s: ask the switchboard%s%s"), name, when,
                  *number ? " " : "", number);
  if (asked.doubted)
    buffer_add_text(out, _("; or go there"));
}

/* Is the first to be told rather?  The same on every terminal: at last by the code of its domain.
 */
static bool is_graver(const struct incident *a, const struct incident *b,
                      const struct reach_world *w) {
  int more = rank(a, w) - rank(b, w);
  if (more)
    return more > 0;
  size_t mine = harm_to_telephony(a, w), other = harm_to_telephony(b, w);
  return mine != other ? mine > other : strcmp(a->domain, b->domain) < 0;
}

/* The incident that is told; NULL: none. */
static const struct incident *told_first(const struct reach_world *w) {
  const struct incident *first = NULL;
  for (size_t k = 0; w->outage && k < w->outage->incident_count; k++)
    if (!first || is_graver(w->outage->incidents[k], first, w))
      first = w->outage->incidents[k];
  return first;
}

static const char *kept(const struct present *p, struct buffer *text) {
  const char *out = arena_strdup(p->arena, buffer_text(text));
  buffer_free(text);
  return out ? out : "";
}

const char *strip_text(const struct present *p) {
  const struct reach_world *w = &p->world;
  struct buffer text = {.limit = 1024};
  const char *mark = present_mark(p);
  const struct incident *first = told_first(&p->world);
  if (!first)
    return p->setup && setup_played(p->setup) ? mark : "";
  if (*mark)
    buffer_printf(&text, "%s%s", mark, _(": "));
  if (w->outage->incident_count > 1)
    buffer_printf(&text, _("%zu incidents: "), w->outage->incident_count);
  if (is_past(first, w))
    add_unknown(&text, p, first);
  else
    incident_text(&text, first, w);
  return kept(p, &text);
}

/* "inside+inbound", or "ins.+inb.". */
static void add_directions(struct buffer *out, uint32_t directions, bool brief) {
  static const char *const briefly[DIRECTION_COUNT] = {[DIRECTION_INSIDE] = N_("ins."),
                                                       [DIRECTION_INBOUND] = N_("inb."),
                                                       [DIRECTION_OUTBOUND] = N_("outb.")};
  bool first = true;
  if (!brief || directions == SETS - 1) {
    directions_text(out, directions);
    return;
  }
  for (int n = 0; n < DIRECTION_COUNT; n++) {
    if (!(directions & (1u << n)))
      continue;
    buffer_printf(out, "%s%s", first ? "" : "+", _(briefly[n]));
    first = false;
  }
}

/* The mark where there is no room for it: whole it stands in the frame and on each row. */
static const char *short_mark(const struct present *p) {
  const char *mark = present_mark(p);
  return !*mark ? "" : p->setup && p->setup->at ? _("THEN") : _("EXER.");
}

/* What of it is read before its name: form 0 in whole words, 1 with briefer directions, 2 without
 * the signs between them, 3 in the fewest. */
static const char *head_of(const struct present *p, const struct incident *i, int form) {
  const struct reach_world *w = &p->world;
  struct buffer text = {.limit = 1024}, directions = BUFFER_INIT;
  const char *mark = form == STRIP_HEADS - 1 ? short_mark(p) : present_mark(p);
  if (*mark)
    buffer_printf(&text, "%s%s", mark, form < 2 ? _(": ") : " ");
  if (is_past(i, w) && asks(p) && form < STRIP_HEADS - 1) {
    buffer_add_text(&text, _("UNKNOWN, still so? "));
  } else if (is_past(i, w) && form == STRIP_HEADS - 1) { /* whom to ask stands beside the codes */
    buffer_add_text(&text, _("UNKNOWN: "));
  } else if (is_past(i, w)) {
    struct asked asked = p->cache ? present_ask(p, w->from->site) : (struct asked){.number = ""};
    buffer_printf(&text, _("UNKNOWN, ask %s: "),
                  *asked.number ? asked.number : _("the switchboard"));
  } else {
    bool reported = incident_level(i, w->now, w->clock_trusted) == OUTAGE_REPORTED;
    add_directions(&directions, incident_directions(i), form > 0);
    if (reported && form < 2)
      buffer_add_text(&text, _("reported: "));
    /* TRANSLATORS: "DOWN inside+inbound: PBX Saint-Aubin" */
    buffer_printf(&text,
                  form < 2                              ? _("DOWN %s: ")
                  : reported && form == STRIP_HEADS - 1 ? _("DOWN? %s ")
                  : reported                            ? _("reported DOWN %s ")
                                                        : _("DOWN %s "),
                  buffer_text(&directions));
  }
  buffer_free(&directions);
  return kept(p, &text);
}

void strip_brief(const struct present *p, struct strip_brief *out) {
  const struct reach_world *w = &p->world;
  const struct incident *first = told_first(&p->world);
  char when[WHEN_TEXT];
  const char *all = strip_text(p);
  *out = (struct strip_brief){.heads = {all, all, all, all}, .name = "", .code = "", .since = ""};
  if (!first)
    return;
  for (int i = 0; i < STRIP_HEADS; i++)
    out->heads[i] = head_of(p, first, i);
  out->name = domain_name(w->house, first->domain);
  out->code = first->domain;
  out->others = w->outage->incident_count - 1;
  if (!is_past(first, w))
    out->since = arena_strdup(p->arena, since_text(first, w->now, when));
  if (!out->since)
    out->since = "";
}
