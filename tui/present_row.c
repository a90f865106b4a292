#include <string.h>

#include "base/i18n.h"
#include "tui/found.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"

static bool find_channel(const struct present *p, const struct entry *entry,
                         const struct uuid *contact, struct channel *out) {
  size_t count = 0;
  struct channel *all = reach_order(entry, NULL, &p->world, p->arena, &count);
  for (size_t i = 0; all && i < count; i++)
    if (uuid_equal(&all[i].contact->uuid, contact) && !all[i].stands_in) {
      *out = all[i];
      return true;
    }
  return false;
}

/* The last column of a row: the kind, or how it goes from here, with what must be known of it. */
static const char *kind_of(const struct present *p, const struct channel *c, bool *warn) {
  const char *kind = *c->dial.via ? c->dial.via : contact_kind_text(present_kind(c));
  const char *state = reach_row_text(c);
  *warn = *state != '\0';
  if (c->state > REACH_DOWN || c->state == REACH_OTHER_SET)
    return arena_strdup(p->arena, state);
  if (c->state == REACH_DOWN)
    return arena_printf(p->arena, _("DOWN %s"), kind);
  if (*state)
    return arena_printf(p->arena, "%s, %s", state, kind);
  if (c->contact->masked)
    return arena_printf(p->arena, _("%s, masked"), kind);
  return arena_strdup(p->arena, kind);
}

bool present_item(const struct present *p, const struct entry *e, enum contact_kind wanted,
                  const struct uuid *contact, struct search_item *out) {
  *out = (struct search_item){.uuid = e->uuid, .section = "", .fate = ""};
  if (contact)
    out->contact = *contact;
  out->mark = present_played(p) ? present_mark(p) : "";
  out->site = arena_strdup(p->arena, e->site);
  out->name = present_name(p, e);
  out->place = present_joined(p, e->building, e->floor, e->room);
  if (!out->place || !*out->place)
    out->place =
        arena_strdup(p->arena, e->type == ENTRY_PERSON && *e->speciality ? e->speciality : e->unit);
  const struct attempt *tried = present_tried_last(p, e, NULL);
  const struct absence *away = present_absence(p, e);
  out->mind = away || *e->do_not_call_if;
  out->told = away || tried;
  if (out->told)
    out->place = away ? present_absent(p, away) : present_tried(p, tried, false);
  out->more = arena_printf(p->arena, "%s %s %s", e->unit, e->speciality, e->room);
  struct channel c;
  bool found = contact && !uuid_is_nil(contact) && find_channel(p, e, contact, &c);
  found = present_best(p, e, found, wanted, &c);
  if (found) {
    out->number = present_number(p, &c);
    out->kind = kind_of(p, &c, &out->warn);
    if (*present_mark(p))
      out->kind = arena_printf(p->arena, "%s %s", present_mark(p), or_empty(out->kind));
  } else {
    out->number = "";
    out->kind = arena_strdup(p->arena, _("no number"));
    out->warn = true;
  }
  const char *here = p->world.from ? p->world.from->site : "";
  out->here = strcmp(e->site, here) == 0;
  for (size_t i = 0; i < e->serves.count; i++)
    out->here = out->here || strcmp(e->serves.items[i], here) == 0;
  return !arena_failed(p->arena);
}

bool present_row(const struct present *p, const struct search_row *row, enum contact_kind wanted,
                 struct search_item *out) {
  struct channel c;
  const struct uuid *contact = &row->contact;
  /* Where the number typed cannot be dialled from the set in hand, another way to the same entry
   * can.
   */
  if (search_by_number(row->match) && find_channel(p, &row->entry, contact, &c) &&
      (c.dial.form == DIAL_NONE || c.other_set))
    contact = NULL;
  if (!present_item(p, &row->entry, wanted, contact, out))
    return false;
  out->approximate = match_approximate(row->match);
  if (row->matched && *row->matched && !out->told)
    out->place = found_as(p->arena, &row->entry, row->matched);
  struct former_fate fate;
  if (row->former &&
      found_former(&fate, p->cache, &row->entry, row->former, &p->world, p->arena, NULL) == TC_OK) {
    out->place = fate.brief;
    out->told = out->dead = true;
    out->fate = row->former_whole ? fate.text : "";
  }
  out->here = row->here;
  out->section = found_section(row->match, row->here);
  return !arena_failed(p->arena);
}
