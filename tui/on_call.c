#include "tui/on_call.h"

#include "base/i18n.h"
#include "tui/when.h"

const char *on_call_name(const struct on_call *o, size_t n) {
  const char *name = o->persons[n]->name;
  return *name ? name : _("somebody who is not held here");
}

void on_call_text(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                  const struct reach_world *w) {
  char when[2 * WHEN_TEXT];
  const struct rota_holder *h = &o->now.holders[n];
  const struct zone *zone = house_zone(w->house, house_site(w->house, role->site));
  const char *title = o->persons[n]->title;
  if (*title)
    buffer_printf(out, "%s ", title);
  buffer_printf(out, "%s, %s", on_call_name(o, n), h->shift->at_home ? _("at home") : _("on site"));
  if (h->shift->travel)
    buffer_printf(out, _(", %d min to come"), (int)h->shift->travel);
  if (h->shift->line > 1)
    buffer_printf(out, _(", line %d"), (int)h->shift->line);
  buffer_printf(out, _(", until %s"), when_there(h->until, w->now, zone, role->site, when));
  if (h->rota->made)
    buffer_printf(out, _(" (rota of %s)"), when_seen(h->rota->made, w->now, when));
  const struct absence *a;
  if (entry_absences(o->persons[n], w->now, &a, 1)) {
    buffer_add_text(out, _("; listed as ABSENT"));
    if (a->until)
      buffer_printf(out, _(" until %s"), when_seen(a->until, w->now, when));
    if (*a->text)
      buffer_printf(out, ": %s", a->text);
  }
}

static void separate(struct buffer *out) {
  if (out->len)
    buffer_add_text(out, "; ");
}

static void gap_text(struct buffer *out, const struct rota_now *n, const struct entry *role,
                     const struct reach_world *w) {
  char from[2 * WHEN_TEXT], until[2 * WHEN_TEXT];
  const struct zone *zone = house_zone(w->house, house_site(w->house, role->site));
  buffer_add_text(out, _("NOBODY LISTED"));
  if (n->gap_from && n->gap_until)
    buffer_printf(out, " %s-%s", when_there(n->gap_from, w->now, zone, role->site, from),
                  when_there(n->gap_until, w->now, zone, role->site, until));
  else if (n->gap_until)
    buffer_printf(out, _(" until %s"), when_there(n->gap_until, w->now, zone, role->site, until));
  else if (n->gap_from)
    buffer_printf(out, _(" since %s"), when_there(n->gap_from, w->now, zone, role->site, from));
}

void on_call_fault(struct buffer *out, const struct on_call *o, const struct entry *role,
                   const struct reach_world *w) {
  const struct rota_now *n = &o->now;
  if (n->state == ROTA_NO_CLOCK)
    buffer_add_text(out, _("who is on call is not told: this clock is wrong"));
  if (n->state == ROTA_NO_ZONE)
    buffer_add_text(out, _("who is on call is not told: the site's time zone is not known here"));
  if (n->state == ROTA_GAP)
    gap_text(out, n, role, w);
  for (int line = 1; n->state == ROTA_LISTED && line < ROTA_LINES; line++)
    if (n->empty_lines & (1u << line)) {
      separate(out);
      buffer_printf(out, _("line %d: NOBODY LISTED"), line);
    }
  if (n->overlap) {
    separate(out);
    buffer_add_text(out, _("two are listed for one line"));
  }
  if (n->faulty) {
    separate(out);
    buffer_printf(
        out,
        NGETTEXT("%d shift cannot be read", "%d shifts cannot be read", (unsigned long)n->faulty),
        (int)n->faulty);
  }
}
