#include "tui/on_call.h"

#include "base/i18n.h"
#include "tui/when.h"

const char *on_call_name(const struct on_call *o, size_t n) {
  const char *name = o->persons[n]->name;
  return *name ? name : _("somebody who is not held here");
}

const struct absence *on_call_absence(const struct on_call *o, size_t n, int64_t now) {
  const struct absence *last;
  /* nobody holds a role where the clock is not trusted */
  return entry_absences(o->persons[n], now, true, &last, 1) ? last : NULL;
}

bool on_call_lacks(const struct on_call *o, size_t n, const struct entry *role) {
  const struct shift *s = o->now.holders[n].shift;
  const struct entry *person = o->persons[n];
  if (person->contact_count || person->override_count || n + o->holders.away >= o->now.count)
    return false;
  return !role->contact_count || !uuid_is_nil(&s->contact);
}

void on_call_lacking(struct buffer *out, const struct on_call *o, const struct entry *role) {
  for (size_t i = 0; i < o->now.count; i++)
    if (on_call_lacks(o, i, role)) {
      buffer_separate(out, "; ");
      buffer_printf(out, _("%s: their number is not held here"), on_call_name(o, i));
    }
}

/* Before all else: what stands behind it may be cut, or be read when the number was dialled. */
static void away_text(struct buffer *out, const struct absence *a, const struct present *p) {
  char when[WHEN_TEXT];
  buffer_add_text(out, _("ABSENT"));
  if (a->until)
    buffer_printf(out, _(" until %s"), when_seen(a->until, p->world.now, when));
  buffer_printf(out, _(": %s"), present_absence_words(p, a));
  buffer_add_text(out, _("; listed: "));
}

static void holder_text(struct buffer *out, const struct on_call *o, size_t n,
                        const struct entry *role, const struct present *p, bool until_first) {
  const struct reach_world *w = &p->world;
  const struct absence *away = on_call_absence(o, n, w->now);
  char when[2 * WHEN_TEXT];
  if (away)
    away_text(out, away, p);
  const struct rota_holder *h = &o->now.holders[n];
  const struct zone *zone = house_zone(w->house, house_site(w->house, role->site));
  const char *title = o->persons[n]->title;
  if (*title)
    buffer_printf(out, "%s ", title);
  buffer_add_text(out, on_call_name(o, n));
  if (until_first)
    buffer_printf(out, _(", until %s"), when_there(h->until, w->now, zone, role->site, when));
  buffer_printf(out, ", %s", h->shift->at_home ? _("at home") : _("on site"));
  if (h->shift->travel)
    buffer_printf(out, _(", %d min to come"), (int)h->shift->travel);
  if (h->shift->line > 1)
    buffer_printf(out, _(", line %d"), (int)h->shift->line);
  if (!until_first)
    buffer_printf(out, _(", until %s"), when_there(h->until, w->now, zone, role->site, when));
  if (h->rota->made)
    buffer_printf(out, _(" (rota of %s%s%s)"), when_seen(h->rota->made, w->now, when),
                  *h->rota->source ? ", " : "", h->rota->source);
}

void on_call_text(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                  const struct present *p) {
  holder_text(out, o, n, role, p, false);
}

void on_call_row(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                 const struct present *p) {
  holder_text(out, o, n, role, p, true);
}

/* Between when nobody is listed; 0: nothing is held on that side. */
static void gap_text(struct buffer *out, int64_t from, int64_t until, const struct entry *role,
                     const struct reach_world *w) {
  char begin[2 * WHEN_TEXT], end[2 * WHEN_TEXT];
  const struct zone *zone = house_zone(w->house, house_site(w->house, role->site));
  if (from && until)
    buffer_printf(out, " %s-%s", when_there(from, w->now, zone, role->site, begin),
                  when_there(until, from, zone, role->site, end)); /* with its day, if another */
  else if (until)
    buffer_printf(out, _(" until %s"), when_there(until, w->now, zone, role->site, end));
  else if (from)
    buffer_printf(out, _(" since %s"), when_there(from, w->now, zone, role->site, begin));
}

/* A rota that has run out, or begins later: whoever held the role before is no answer. */
static void not_held_text(struct buffer *out, const struct rota_now *n, const struct entry *role,
                          const struct reach_world *w) {
  char when[2 * WHEN_TEXT];
  const struct zone *zone = house_zone(w->house, house_site(w->house, role->site));
  if (n->ended)
    buffer_printf(out, _("NOBODY LISTED: the rota held here ended %s"),
                  when_there(n->ended, w->now, zone, role->site, when));
  else if (n->begins)
    buffer_printf(out, _("NOBODY LISTED: the rota held here begins %s"),
                  when_there(n->begins, w->now, zone, role->site, when));
}

bool on_call_is_open(const struct on_call *o) {
  const struct rota_now *n = &o->now;
  return n->state == ROTA_GAP || (n->state == ROTA_NOT_HELD && (n->ended || n->begins));
}

bool on_call_is_told(const struct on_call *o) {
  return o->now.state != ROTA_NOT_HELD || on_call_is_open(o);
}

void on_call_fault(struct buffer *out, const struct on_call *o, const struct entry *role,
                   const struct reach_world *w) {
  const struct rota_now *n = &o->now;
  if (n->state == ROTA_NOT_HELD)
    not_held_text(out, n, role, w);
  if (n->state == ROTA_NO_CLOCK)
    buffer_add_text(out, _("who is on call is not told: this clock is wrong"));
  if (n->state == ROTA_NO_ZONE)
    buffer_add_text(out, _("who is on call is not told: the site's time zone is not known here"));
  if (n->state == ROTA_GAP) {
    buffer_add_text(out, _("NOBODY LISTED"));
    gap_text(out, n->gap_from, n->gap_until, role, w);
  }
  for (int line = 1; n->state == ROTA_LISTED && line < ROTA_LINES; line++)
    if (n->empty_lines & (1u << line)) {
      buffer_separate(out, "; ");
      buffer_printf(out, _("line %d: NOBODY LISTED"), line);
      gap_text(out, n->line_from[line], n->line_until[line], role, w);
    }
  if (n->overlap) {
    buffer_separate(out, "; ");
    buffer_add_text(out, _("two are listed for one line"));
  }
  if (n->faulty) {
    buffer_separate(out, "; ");
    buffer_printf(
        out,
        NGETTEXT("%d shift cannot be read", "%d shifts cannot be read", (unsigned long)n->faulty),
        (int)n->faulty);
  }
}
