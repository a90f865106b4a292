#include <string.h>

#include "base/i18n.h"
#include "tui/found.h"
#include "tui/on_call.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"
#include "tui/when.h"

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
  const char *kind = *c->dial.via ? c->dial.via : contact_kind_text(channel_kind(c));
  const char *state = reach_row_text(c, &p->world, p->arena);
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

/* ---- what is to be read before the number
 * --------------------------------------------------------
 */

static void add_word(struct buffer *out, const char *text) {
  if (out->len)
    buffer_add_text(out, "; ");
  buffer_add_text(out, text);
}

/* "absent until 30 Nov, covered by Dr B. Fictif": its number is on the card, which opens there;
 * "?" behind the date: the source has not heard of it.  holder: it is of who holds a role, by name
 * where several do; NULL: of the entry itself. */
static void add_away(struct buffer *out, const struct present *p, const struct absence *a,
                     const char *holder) {
  struct entry other;
  if (holder && *holder)
    buffer_printf(out, "%s %s", holder, present_absent(p, a));
  else if (holder)
    buffer_printf(out, _("holder %s"), present_absent(p, a));
  else
    add_word(out, present_absent(p, a));
  if (a->pending)
    buffer_add_char(out, '?');
  if (uuid_is_nil(&a->covered_by))
    return;
  bool held = cache_entry(p->cache, &a->covered_by, p->arena, &other, NULL) == TC_OK && *other.name;
  buffer_add_text(out, ", ");
  buffer_printf(out, _("covered by %s"),
                held       ? or_empty(present_name(p, &other))
                : *a->text ? a->text
                           : _("(not held here)"));
  const struct absence *theirs = held ? present_absence(p, &other) : NULL;
  if (theirs)
    buffer_printf(out, " (%s)", present_absent(p, theirs));
}

/* "note 03:12 dm: rings at the desk" of the last one; "note?": the source has not heard of it. */
static void add_note(struct buffer *out, const struct present *p, const struct note *n) {
  char when[WHEN_TEXT];
  add_word(out, _("note"));
  if (n->pending)
    buffer_add_char(out, '?');
  if (n->at)
    buffer_printf(out, " %s", when_seen(n->at, p->world.now, when));
  buffer_printf(out, "%s%s: %s", *n->by ? " " : "", n->by, n->text);
}

static const struct note *last_note(const struct present *p, const struct entry *e) {
  const struct note *last = NULL;
  for (size_t i = 0; i < e->note_count; i++) {
    const struct note *n = &e->notes[i];
    if ((!n->until || n->until > p->world.now) && (!last || n->at > last->at))
      last = n;
  }
  return last;
}

/* The last try of an entry, or of who holds it now: of that its card speaks as well. */
static const struct attempt *tried_last(const struct present *p, const struct entry *e,
                                        const struct on_call *held) {
  const struct attempt *last = present_tried_last(p, e, NULL);
  for (size_t i = 0; held && i < held->now.count; i++) {
    const struct attempt *theirs = present_tried_last(p, held->persons[i], NULL);
    if (theirs && (!last || theirs->at > last->at))
      last = theirs;
  }
  return last;
}

/* The first who holds it now and is away; who: the name where others hold it too, else "". */
static const struct absence *holder_away(const struct present *p, const struct on_call *held,
                                         const char **who) {
  for (size_t i = 0; held && i < held->now.count; i++) {
    const struct absence *away = on_call_absence(held, i, p->world.now);
    *who = away && held->now.count > 1 ? on_call_name(held, i) : "";
    if (away)
      return away;
  }
  return NULL;
}

/* One more state of a row, in the fewest words; so far, its text must be read. */
static void say_least(struct search_item *out, const struct buffer *text, struct buffer *least,
                      const char *state) {
  const char *at = strstr(buffer_text(text) + out->must, state);
  out->must = at ? (size_t)(at - buffer_text(text)) + strlen(state) : text->len;
  add_word(least, state);
  out->least_must = least->len;
}

/* What is wrong with who holds it, in the fewest words. */
static const char *fault_least(const struct on_call *o, const struct buffer *fault) {
  if (on_call_is_open(o))
    return _("NOBODY LISTED");
  if (o->now.state == ROTA_NO_CLOCK || o->now.state == ROTA_NO_ZONE)
    return _("on call not told");
  return o->now.overlap && !o->now.empty_lines ? _("two listed") : buffer_text(fault);
}

/* In the place of where it is, the gravest first: what there is no room for is on the card, and a
 * sign says that there is something. */
static void tell(const struct present *p, const struct entry *e, const struct on_call *held,
                 struct search_item *out) {
  struct buffer text = {.limit = 1024}, least = {.limit = 1024};
  const struct attempt *tried = tried_last(p, e, held);
  const struct absence *away = present_absence(p, e);
  const struct note *note = last_note(p, e);
  const char *who = NULL;
  const struct absence *holder = away ? NULL : holder_away(p, held, &who);
  out->mind = away || holder || *e->do_not_call_if;
  out->noted = note != NULL;
  if (held)
    on_call_fault(&text, held, e, &p->world);
  if (held)
    on_call_lacking(&text, held, e);
  bool open = text.len > 0;
  if (open)
    say_least(out, &text, &least, fault_least(held, &text));
  if (away || holder) {
    add_away(&text, p, away ? away : holder, away ? NULL : who);
    say_least(out, &text, &least, _("absent"));
  }
  if (tried) {
    add_word(&text, present_tried(p, tried, false));
    say_least(out, &text, &least, present_tried(p, tried, false));
  }
  if (*e->do_not_call_if) {
    out->warning = least.len ? least.len + strlen("; ") : 0;
    /* TRANSLATORS: a row of 40 columns; the card says in which case. */
    out->curt = _("do NOT call?");
    out->curtest = _("NO call?");
    add_word(&text, _("do NOT call if"));
    say_least(out, &text, &least, _("do NOT call if"));
    buffer_printf(&text, " %s", e->do_not_call_if);
    buffer_printf(&least, " %s", e->do_not_call_if);
  }
  if (!*or_empty(out->curt) && (open || away || holder))
    out->curt = out->curtest = open && on_call_is_open(held) ? _("NOBODY LISTED")
                               : open                        ? ""
                                                             : _("absent");
  if (note)
    add_note(&text, p, note);
  if (*e->call_if) {
    add_word(&text, _("call if"));
    buffer_printf(&text, " %s", e->call_if);
  }
  out->told = open || away || holder || tried;
  out->mind = out->mind || open;
  out->worded = text.len > 0;
  if (out->worded) {
    out->where = or_empty(out->place);
    out->more = or_empty(arena_printf(p->arena, "%s %s", out->where, or_empty(out->more)));
    out->place = or_empty(arena_strdup(p->arena, buffer_text(&text)));
    out->least = or_empty(arena_strdup(p->arena, buffer_text(&least)));
  }
  buffer_free(&text);
  buffer_free(&least);
}

/* Is nobody to be spoken to, though the best there is may be tried? */
static bool is_mute(const struct present *p, const struct entry *e, const struct on_call *held,
                    const struct channel *best) {
  size_t count = 0;
  if (!reach_may_be_tried(best) || (reach_rings(best) && !best->failed))
    return false;
  struct channel *all = reach_order(e, held ? &held->holders : NULL, &p->world, p->arena, &count);
  return all && reach_is_mute(all, count);
}

const char *present_first(const struct present *p, const struct entry *e) {
  struct channel c;
  bool warn;
  if (!present_best(p, e, NULL, false, CONTACT_OTHER, &c))
    return "-";
  const char *text = or_empty(arena_printf(p->arena, "%s %s", or_empty(present_number(p, &c)),
                                           or_empty(kind_of(p, &c, &warn))));
  if (reach_may_be_tried(&c) && !is_mute(p, e, present_held(p, e), &c))
    return text;
  const char *instead = present_instead(p, e);
  return or_empty(arena_printf(p->arena, _("%s; instead: %s"), text,
                               instead && *instead ? instead : _("nobody")));
}

/* A code whose own number is DOWN or in doubt keeps it, beside what is left: whoever types 2222
 * reads "2222 DOWN: red phone 7700", as on the strip.  c: what the row would show; another way to
 * the code that was looked for itself stays alone. */
static bool both_of_code(const struct present *p, const struct entry *e, const struct channel *c,
                         struct search_item *out) {
  size_t count = 0;
  struct channel *all =
      e->type == ENTRY_CODE ? reach_order(e, NULL, &p->world, p->arena, &count) : NULL;
  const struct channel *own = all ? reach_code_down(e, all, count) : NULL;
  const struct channel *left = own ? reach_code_left(own, all, count) : NULL;
  if (!left || (c->contact != own->contact &&
                (c->contact != left->contact || c->stands_in != left->stands_in)))
    return false;
  bool red = left->other_set && left->set == SET_RED; /* which the words before it say */
  const char *state = red ? reach_brief_text(left) : reach_strip_text(left, &p->world, p->arena);
  out->number = present_number(p, own);
  out->left = or_empty(present_number(p, left));
  out->left_kind = kind_of(p, left, &out->warn);
  out->left_least = or_empty(arena_printf(p->arena, *state ? "%s %s" : "%s", out->left, state));
  out->kind = code_left_text(own, left, out->left, &p->world, p->arena);
  out->left_brief =
      or_empty(own->state == REACH_DOWN ? arena_printf(p->arena, _("DOWN: %s"), out->left_least)
                                        : arena_printf(p->arena, "%s%s%s", reach_brief_text(own),
                                                       _(": "), out->left_least));
  out->left_sign = reach_sign_text(own, out->left_least, p->arena);
  out->warn = true;
  return true;
}

/* Whoever types a number that is replaced for now reads what is dialled in its place beside it:
 * "2222 replaced: 0 06 39 98 12 77 for now". */
static bool both_of_replaced(const struct present *p, const struct entry *e,
                             const struct channel *own, struct search_item *out) {
  size_t count = 0;
  struct channel *all = reach_order(e, NULL, &p->world, p->arena, &count);
  const struct channel *by = NULL;
  for (size_t i = 0; all && own->state == REACH_REPLACED && i < count && !by; i++)
    if (all[i].contact == own->contact && all[i].stands_in && all[i].state != REACH_EXPIRED)
      by = &all[i];
  if (!by)
    return false;
  const char *state = reach_row_text(by, &p->world, p->arena);
  out->number = present_number(p, own);
  out->left = or_empty(present_number(p, by));
  out->left_kind = kind_of(p, by, &out->warn);
  out->left_least = or_empty(arena_printf(p->arena, *state ? "%s %s" : "%s", out->left, state));
  out->kind = or_empty(
      arena_printf(p->arena, _("replaced: %s %s"), out->left, *state ? state : _("for now")));
  out->state = reach_row_text(own, &p->world, p->arena);
  out->warn = true;
  return true;
}

/* Nobody can be spoken to over what the row shows: before what it is, which may be cut. */
static void warn_mute(const struct present *p, const struct channel *c, struct search_item *out) {
  out->warn = true;
  if (reach_rings(c))
    return;
  out->kind = or_empty(arena_printf(p->arena, _("no phone left, %s"), or_empty(out->kind)));
  if (!*or_empty(out->state)) {
    out->state = _("no phone left");
    out->brief = _("no phone");
  }
}

bool present_item(const struct present *p, const struct entry *e, enum contact_kind wanted,
                  const struct uuid *contact, struct search_item *out) {
  *out = (struct search_item){.uuid = e->uuid,
                              .section = "",
                              .fate = "",
                              .found = "",
                              .where = "",
                              .least = "",
                              .left = "",
                              .left_kind = "",
                              .left_least = "",
                              .left_brief = "",
                              .left_sign = ""};
  if (contact)
    out->contact = *contact;
  out->mark = present_mark(p);
  out->site = arena_strdup(p->arena, e->site);
  out->name = present_name(p, e);
  out->place = present_joined(p, e->building, e->floor, e->room);
  if (!out->place || !*out->place)
    out->place =
        arena_strdup(p->arena, e->type == ENTRY_PERSON && *e->speciality ? e->speciality : e->unit);
  out->more = arena_printf(p->arena, "%s %s %s", e->unit, e->speciality, e->room);
  const struct on_call *held = present_held(p, e);
  tell(p, e, held, out);
  struct channel c;
  bool found = contact && !uuid_is_nil(contact) && find_channel(p, e, contact, &c);
  found = present_best(p, e, held, found, wanted, &c);
  if (found) {
    if (!both_of_replaced(p, e, &c, out) &&
        (wanted != CONTACT_OTHER || !both_of_code(p, e, &c, out))) {
      out->number = present_number(p, &c);
      out->kind = kind_of(p, &c, &out->warn);
      out->state = reach_row_text(&c, &p->world, p->arena);
      if (c.outage.level == OUTAGE_UNCONFIRMED && reach_in_doubt(&c))
        out->brief = _("not confirmed");
      else if (reach_in_doubt(&c) && c.outage.level != OUTAGE_NONE)
        out->brief = reach_brief_text(&c);
      bool asked = contact && !uuid_is_nil(contact); /* a number that was typed is shown as it is */
      if (!asked && wanted == CONTACT_OTHER && is_mute(p, e, held, &c))
        warn_mute(p, &c, out);
    }
  } else {
    out->number = "";
    out->kind = out->state = arena_strdup(p->arena, _("no number"));
    if (held && on_call_is_open(held)) /* which is why there is none */
      out->state = _("NOBODY LISTED");
    out->warn = true;
  }
  if (*present_mark(p)) {
    out->kind = arena_printf(p->arena, "%s %s", present_mark(p), or_empty(out->kind));
    out->left_kind = arena_printf(p->arena, "%s %s", present_mark(p), or_empty(out->left_kind));
  }
  const char *here = p->world.from ? p->world.from->site : "";
  out->here = strcmp(e->site, here) == 0;
  for (size_t i = 0; i < e->serves.count; i++)
    out->here = out->here || strcmp(e->serves.items[i], here) == 0;
  return !arena_failed(p->arena);
}

void present_found(const struct present *p, struct search_item *out, const char *as) {
  out->found = or_empty(arena_strdup(p->arena, as));
  bool grave = out->mind || out->told;
  if (out->worded)
    as = or_empty(grave ? arena_printf(p->arena, "%s; %s", out->place, as)
                        : arena_printf(p->arena, "%s; %s", as, out->place));
  out->place = or_empty(arena_strdup(p->arena, as));
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
  if (row->matched && *row->matched)
    present_found(p, out, or_empty(found_as(p->arena, &row->entry, row->matched)));
  struct former_fate fate;
  if (row->former &&
      found_former(&fate, p->cache, &row->entry, row->former, &p->world, p->arena, NULL) == TC_OK) {
    out->place = fate.brief;
    out->must = 0;
    out->told = out->dead = true;
    out->fate = row->former_whole ? fate.text : "";
  }
  out->here = row->here;
  out->section = found_section(row->match, row->here);
  return !arena_failed(p->arena);
}

bool present_lost(const struct present *p, size_t count, bool here, struct search_item *out) {
  const char *site = p->world.from ? p->world.from->site : "";
  *out = (struct search_item){.site = here ? arena_strdup(p->arena, site) : "",
                              .section = here ? "" : _("other sites"),
                              .place = "",
                              .fate = "",
                              .found = "",
                              .where = "",
                              .left = "",
                              .left_kind = "",
                              .left_least = "",
                              .more = "",
                              .here = here,
                              .lost = true,
                              .warn = true};
  out->name = arena_printf(
      p->arena,
      NGETTEXT("%zu entry cannot be read", "%zu entries cannot be read", (unsigned long)count),
      count);
  out->number = arena_strdup(p->arena, or_empty(present_switchboard(p, site)));
  out->kind = _("DAMAGED: ask the switchboard");
  out->state = _("DAMAGED");
  return !arena_failed(p->arena);
}

size_t present_rows(const struct present *p, const struct search_result *r, size_t most,
                    struct search_item *items) {
  size_t count = 0;
  for (size_t i = 0; i <= r->count && count < most; i++) {
    if (r->lost_here.count && r->lost_here.at == i &&
        present_lost(p, r->lost_here.count, true, &items[count]))
      count++;
    if (r->lost_elsewhere.count && r->lost_elsewhere.at == i &&
        present_lost(p, r->lost_elsewhere.count, false, &items[count]))
      count++;
    if (i < r->count && count < most && present_row(p, &r->rows[i], r->kind, &items[count]))
      count++;
  }
  return count;
}
