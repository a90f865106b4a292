#include "tui/on_call.h"

#include "base/i18n.h"
#include "tui/when.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the rotas"));
}

/* The person with the contact points of the shift: its own number, the one it names, else all. */
static const struct entry *shift_person(const struct shift *s, const struct entry *person,
                                        struct arena *arena) {
  struct entry *entry = arena_zalloc(arena, 1, sizeof *entry);
  struct contact *one = arena_zalloc(arena, 1, sizeof *one);
  if (!entry || !one)
    return NULL;
  *entry = *person;
  if (!*entry->name)
    entry->name = s->text;
  for (size_t i = 0; i < person->contact_count; i++)
    if (!uuid_is_nil(&s->contact) && uuid_equal(&person->contacts[i].uuid, &s->contact)) {
      entry->contacts = &person->contacts[i];
      entry->contact_count = 1;
    }
  if (*s->number) {
    *one = contact_empty;
    one->number = s->number;
    one->plan = s->plan;
    one->e164 = s->e164;
    one->kind = *s->plan ? CONTACT_EXTENSION : CONTACT_OTHER;
    entry->contacts = one;
    entry->contact_count = 1;
    entry->override_count = 0;
  }
  return entry;
}

const struct entry *on_call_person(struct cache *cache, const struct shift *s,
                                   const struct entry *role, struct arena *arena) {
  static const struct entry nobody = {.name = "", .site = "", .unit = "", .title = ""};
  struct entry person = nobody;
  person.site = role->site;
  if (uuid_is_nil(&s->holder) || cache_entry(cache, &s->holder, arena, &person, NULL) != TC_OK) {
    person = nobody;
    person.site = role->site;
  }
  return shift_person(s, &person, arena);
}

tc_status on_call_read(struct on_call *out, struct cache *cache, const struct entry *role,
                       const struct reach_world *world, struct arena *arena, struct tc_error *err) {
  const struct rota *const *rotas;
  size_t count;
  *out = (struct on_call){.now = {.state = ROTA_NOT_HELD}};
  tc_status status = cache_rotas(cache, &role->uuid, arena, &rotas, &count, err);
  if (status != TC_OK)
    return status;
  rota_at(&out->now, rotas, count, house_zone(world->house, house_site(world->house, role->site)),
          world->now, world->clock_trusted);
  const struct entry **persons = arena_zalloc(arena, out->now.count + 1, sizeof *persons);
  for (size_t i = 0; persons && i < out->now.count; i++)
    if ((persons[i] = on_call_person(cache, out->now.holders[i].shift, role, arena)) == NULL)
      return no_memory(err);
  if (!persons || arena_failed(arena))
    return no_memory(err);
  out->persons = persons;
  out->holders = (struct reach_holders){persons, out->now.count};
  return TC_OK;
}

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
  for (size_t i = 0; i < o->persons[n]->absence_count; i++) {
    const struct absence *a = &o->persons[n]->absences[i];
    if (a->from > w->now || (a->until && a->until <= w->now))
      continue;
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
