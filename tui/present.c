#include "tui/present.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/exercise.h"
#include "core/mask.h"
#include "core/texts.h"
#include "tui/found.h"
#include "tui/on_call.h"
#include "tui/reach_text.h"
#include "tui/strip.h"
#include "tui/switchboard.h"
#include "tui/top.h"
#include "tui/when.h"
#include "tui/write.h"

/* Nothing is NULL on a screen. */
static const char *or_empty(const char *text) {
  return text ? text : "";
}

/* The exercise that this is of; NULL: it is real. */
static const struct exercise *played_of(const struct present *p) {
  return p->setup ? setup_played(p->setup) : NULL;
}

static const char *mark_of(const struct present *p) {
  return p->clock || played_of(p) ? setup_mark(p->setup) : "";
}

static const char *starred(struct arena *arena, const char *shown) {
  struct buffer stars = BUFFER_INIT;
  mask_number(&stars, shown);
  const char *out = arena_strdup(arena, buffer_text(&stars));
  buffer_free(&stars);
  return or_empty(out);
}

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

static const char *number_of(const struct present *p, const struct channel *c) {
  const char *shown =
      *c->dial.shown || c->dial.form == DIAL_NONE ? c->dial.shown : c->contact->number;
  return c->contact->masked ? starred(p->arena, shown) : arena_strdup(p->arena, shown);
}

/* The kind of what is dialled: of the replacement where there is one. */
static enum contact_kind kind_dialled(const struct channel *c) {
  return c->stands_in && c->stands_in->kind != CONTACT_OTHER ? c->stands_in->kind
                                                             : c->contact->kind;
}

/* The last column of a row: the kind, or how it goes from here, with what must be known of it. */
static const char *kind_of(const struct present *p, const struct channel *c, bool *warn) {
  const char *kind = *c->dial.via ? c->dial.via : contact_kind_text(kind_dialled(c));
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

static const char *joined(const struct present *p, const char *a, const char *b, const char *c) {
  const char *parts[3] = {a, b, c};
  struct buffer out = {.limit = 1024};
  for (int i = 0; i < 3; i++) {
    if (!*parts[i])
      continue;
    if (out.len)
      buffer_add_char(&out, ' ');
    buffer_add_text(&out, parts[i]);
  }
  const char *text = arena_strdup(p->arena, buffer_text(&out));
  buffer_free(&out);
  return text;
}

static const char *name_of(const struct present *p, const struct entry *e) {
  const char *name = e->name;
  if (!*name)
    name = *e->purpose ? e->purpose : _("(no name)");
  if (*e->title && e->type == ENTRY_PERSON && strncmp(name, e->title, strlen(e->title)) != 0)
    return arena_printf(p->arena, "%s %s", e->title, name);
  return arena_strdup(p->arena, name);
}

/* The last try within the shift; of one contact point, or of the entry (nil).  NULL: none. */
static const struct attempt *last_try(const struct present *p, const struct entry *e,
                                      const struct uuid *contact) {
  const struct attempt *last = NULL;
  for (size_t i = 0; i < e->attempt_count; i++) {
    const struct attempt *t = &e->attempts[i];
    if ((!contact || uuid_equal(&t->contact, contact)) && t->at <= p->world.now &&
        t->at + ATTEMPT_SHOWN_S > p->world.now && exercise_has(played_of(p), t))
      last = t;
  }
  return last;
}

/* In a row there is no room for who it was. */
static const char *tried_of(const struct present *p, const struct attempt *t, bool who) {
  char when[WHEN_TEXT];
  if (t && who && *t->by)
    return arena_printf(p->arena, _("tried %s %s, %s"), when_seen(t->at, p->world.now, when),
                        act_result_text(t->result), t->by);
  return t ? arena_printf(p->arena, _("tried %s %s"), when_seen(t->at, p->world.now, when),
                          act_result_text(t->result))
           : "";
}

/* Away now, as far as the directory was told; NULL: not. */
static const struct absence *absence_now(const struct present *p, const struct entry *e) {
  for (size_t i = 0; i < e->absence_count; i++) {
    const struct absence *a = &e->absences[i];
    if (a->from <= p->world.now && (!a->until || a->until > p->world.now))
      return a;
  }
  return NULL;
}

static const char *absent_until(const struct present *p, const struct absence *a) {
  char when[WHEN_TEXT];
  return or_empty(a->until ? arena_printf(p->arena, _("absent until %s"),
                                          when_seen(a->until, p->world.now, when))
                           : arena_strdup(p->arena, _("absent")));
}

/* The best channel of an entry, unless one was found already.  Its holder's numbers count where a
 * role's own do not do: the rota is read only then. */
static bool best_of(const struct present *p, const struct entry *e, bool found,
                    enum contact_kind wanted, struct channel *c) {
  struct on_call on_call;
  if (!found)
    found = reach_best(c, e, NULL, &p->world, wanted) ||
            (wanted != CONTACT_OTHER && reach_best(c, e, NULL, &p->world, CONTACT_OTHER));
  if (e->type == ENTRY_ROLE && (!found || !reach_may_be_tried(c)) &&
      on_call_read(&on_call, p->cache, e, &p->world, p->arena, NULL) == TC_OK && on_call.now.count)
    found = reach_best(c, e, &on_call.holders, &p->world, CONTACT_OTHER);
  return found;
}

bool present_item(const struct present *p, const struct entry *e, enum contact_kind wanted,
                  const struct uuid *contact, struct search_item *out) {
  *out = (struct search_item){.uuid = e->uuid, .section = "", .fate = ""};
  if (contact)
    out->contact = *contact;
  out->mark = played_of(p) ? mark_of(p) : "";
  out->site = arena_strdup(p->arena, e->site);
  out->name = name_of(p, e);
  out->place = joined(p, e->building, e->floor, e->room);
  if (!out->place || !*out->place)
    out->place =
        arena_strdup(p->arena, e->type == ENTRY_PERSON && *e->speciality ? e->speciality : e->unit);
  const struct attempt *tried = last_try(p, e, NULL);
  const struct absence *away = absence_now(p, e);
  out->mind = away || *e->do_not_call_if;
  out->told = away || tried;
  if (out->told)
    out->place = away ? absent_until(p, away) : tried_of(p, tried, false);
  out->more = arena_printf(p->arena, "%s %s %s", e->unit, e->speciality, e->room);
  struct channel c;
  bool found = contact && !uuid_is_nil(contact) && find_channel(p, e, contact, &c);
  found = best_of(p, e, found, wanted, &c);
  if (found) {
    out->number = number_of(p, &c);
    out->kind = kind_of(p, &c, &out->warn);
    if (*mark_of(p))
      out->kind = arena_printf(p->arena, "%s %s", mark_of(p), or_empty(out->kind));
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

/* -- the card -----------------------------------------------------------------------------------
 */

static const char *type_text(enum entry_type type) {
  static const char *const names[ENTRY_TYPE_COUNT] = {
      [ENTRY_CODE] = N_("emergency code"), [ENTRY_SERVICE] = N_("service"),
      [ENTRY_ROLE] = N_("role"),           [ENTRY_PERSON] = N_("person"),
      [ENTRY_ROOM] = N_("room"),           [ENTRY_OUTSIDE] = N_("outside")};
  return names[type] ? _(names[type]) : "";
}

static void add_part(struct buffer *out, const char *label, const char *text) {
  if (!text || !*text)
    return;
  if (out->len)
    buffer_add_text(out, ", ");
  buffer_add_text(out, label);
  buffer_add_text(out, text);
}

static void add_purposes(struct buffer *out, const struct contact *c) {
  for (int i = PURPOSE_URGENT; i < PURPOSE_COUNT; i++)
    if (c->purposes & (1u << i))
      add_part(out, "", purpose_text((enum purpose)i));
}

const char *present_purposes(const struct present *p, const struct contact *c) {
  struct buffer out = {.limit = 512};
  add_purposes(&out, c);
  const char *text =
      arena_strdup(p->arena, out.len ? buffer_text(&out) : purpose_text(PURPOSE_ANY));
  buffer_free(&out);
  return or_empty(text);
}

const char *present_check(const struct present *p, const struct entry *e,
                          const struct contact *fax) {
  return or_empty(check_text(e, fax, &p->world, p->arena));
}

static const char *more_of(const struct present *p, const struct entry *e,
                           const struct contact *c) {
  struct buffer out = {.limit = 2048};
  add_part(&out, "", c->label);
  add_purposes(&out, c);
  add_part(&out, _("hours "), c->hours);
  add_part(&out, _("stands in "), c->place);
  add_part(&out, "", c->how);
  add_part(&out, _("confirm arrival: "), present_check(p, e, c));
  if (!c->masked)
    add_part(&out, _("replaces "), mask_beside(e, c->replaces, p->arena));
  if (*c->reason)
    add_part(&out, _("as written, not read as a number: "), c->reason);
  const char *text = arena_strdup(p->arena, buffer_text(&out));
  buffer_free(&out);
  return or_empty(text);
}

static const char *verified_of(const struct present *p, const struct contact *c) {
  char when[2 * WHEN_TEXT];
  if (!c->verified)
    return arena_strdup(p->arena, _("never verified"));
  return arena_printf(p->arena, _("verified %s"),
                      when_date_age(c->verified, p->clock ? p->clock : p->world.now, when));
}

static const char *state_of(const struct present *p, const struct channel *c, const char *site) {
  struct buffer text = {.limit = 1024};
  if (*mark_of(p))
    buffer_printf(&text, "%s, ", mark_of(p));
  reach_text(&text, c, &p->world, site);
  const char *state = arena_strdup(p->arena, buffer_text(&text));
  buffer_free(&text);
  return or_empty(state);
}

/* The groups with a pause between them: "0, 06, 39, 98, 12, 34". */
static const char *groups_aloud(struct arena *arena, const char *shown) {
  struct buffer out = {.limit = 512};
  for (const char *p = shown; *p; p++)
    buffer_add_text(&out, *p == ' ' ? ", " : (char[]){*p, '\0'});
  const char *text = arena_strdup(arena, buffer_text(&out));
  buffer_free(&out);
  return or_empty(text);
}

/* A person may answer it. */
static bool is_voice(enum contact_kind kind) {
  switch (kind) {
  case CONTACT_PAGER:
  case CONTACT_RADIO:
  case CONTACT_FAX:
  case CONTACT_FAX_SERVER:
  case CONTACT_SECURE_MAIL:
  case CONTACT_MAIL:
    return false;
  default:
    return true;
  }
}

static void fill_channel(const struct present *p, const struct entry *e, const struct channel *c,
                         struct card_channel *out) {
  const struct contact *k = c->contact;
  out->uuid = c->stands_in ? c->stands_in->uuid : k->uuid;
  out->contact = k->uuid;
  out->audience = k->audience;
  out->kind = arena_strdup(p->arena, contact_kind_text(kind_dialled(c)));
  out->clear = arena_strdup(p->arena, *c->dial.shown || c->dial.form == DIAL_NONE ? c->dial.shown
                                                                                  : k->number);
  out->masked = k->masked;
  out->number = k->masked ? starred(p->arena, or_empty(out->clear)) : out->clear;
  out->via = arena_strdup(p->arena, c->dial.via);
  out->state = state_of(p, c, e->site);
  if (k->masked)
    out->state = arena_printf(p->arena, _("masked, %s"), out->state);
  out->verified = verified_of(p, k);
  out->more = more_of(p, e, k);
  out->how = arena_strdup(p->arena, k->how);
  out->changed = "";
  out->aloud = c->dial.form == DIAL_ADDRESS ? "" : groups_aloud(p->arena, or_empty(out->clear));
  out->is_fax = contact_is_fax(k);
  out->tried = tried_of(p, last_try(p, e, &k->uuid), true);
  out->down = c->state == REACH_DOWN;
  out->warn = c->state != REACH_NO_FAULT_KNOWN && c->state != REACH_NOT_KNOWN;
  out->voice = is_voice(k->kind) && !out->warn && out->clear && *out->clear;
}

static const char *switchboard_of(const struct present *p, const char *code);

enum { LINES_MAX = 64 };

struct lines {
  const struct present *p;
  struct card_line items[LINES_MAX];
  size_t count;
};

static void add_line(struct lines *l, const char *label, bool warn, const char *text) {
  if (!text || !*text || l->count == LINES_MAX)
    return;
  l->items[l->count++] = (struct card_line){.label = arena_strdup(l->p->arena, label),
                                            .text = arena_strdup(l->p->arena, text),
                                            .warn = warn};
}

const char *present_other(const struct present *p, const struct uuid *uuid, const char *text) {
  struct entry other;
  struct channel c;
  if (uuid_is_nil(uuid))
    return text;
  bool held = cache_entry(p->cache, uuid, p->arena, &other, NULL) == TC_OK && *other.name;
  if (!held)
    return *text ? text : _("(not held here)");
  const char *name = name_of(p, &other);
  if (!best_of(p, &other, false, CONTACT_OTHER, &c))
    return or_empty(name);
  const char *state = reach_row_text(&c);
  return or_empty(arena_printf(p->arena, "%s  %s%s%s", or_empty(name), or_empty(number_of(p, &c)),
                               *state ? " " : "", state));
}

static void add_absence(struct lines *l, const struct entry *e) {
  const struct absence *a = absence_now(l->p, e);
  if (!a)
    return;
  if (uuid_is_nil(&a->covered_by))
    add_line(l, absent_until(l->p, a), true, *a->text ? a->text : _("nobody stands in"));
  else
    add_line(l, absent_until(l->p, a), true,
             arena_printf(l->p->arena, _("covered by %s"),
                          present_other(l->p, &a->covered_by, a->text)));
}

static void add_chain(struct lines *l, const struct entry *e) {
  char label[WAIT_TEXT];
  for (size_t i = 0; i < e->chain_count; i++) {
    const struct chain_step *s = &e->chain[i];
    wait_text(label, s->wait);
    add_line(l, label, false, present_other(l->p, &s->entry, s->text));
  }
}

static void add_withheld(struct lines *l, const struct entry *e, const char *switchboard) {
  for (size_t i = 0; i < e->withheld_count; i++) {
    int64_t held = e->withheld[i].count;
    int count = held > 0 && held < 100000 ? (int)held : 0;
    if (!count)
      continue;
    bool by_pin = l->p->setup && l->p->setup->closed &&
                  e->withheld[i].audience <= cache_info(l->p->cache)->audience;
    const char *text =
        by_pin ? arena_printf(l->p->arena,
                              NGETTEXT("%d more with the PIN of this terminal: F11",
                                       "%d more with the PIN of this terminal: F11",
                                       (unsigned long)count),
                              count)
        : *switchboard
            ? arena_printf(l->p->arena,
                           NGETTEXT("%d more at the switchboard: %s",
                                    "%d more at the switchboard: %s", (unsigned long)count),
                           count, switchboard)
            : arena_printf(l->p->arena,
                           NGETTEXT("%d more at the switchboard", "%d more at the switchboard",
                                    (unsigned long)count),
                           count);
    add_line(l, "", false, text);
  }
}

/* First, where it cannot be missed: the source has not heard of it. */
static const char *pending_text(const struct present *p, bool pending) {
  return pending ? or_empty(arena_printf(p->arena, _("%s: %s"), act_state_text(ACT_PENDING), ""))
                 : "";
}

static void add_past(struct lines *l, const struct entry *e) {
  char when[WHEN_TEXT];
  int64_t now = l->p->world.now;
  for (size_t i = 0; i < e->aliases.count; i++)
    add_line(l, _("also called"), false, e->aliases.items[i]);
  for (size_t i = 0; i < e->former_name_count; i++)
    add_line(l, _("formerly"), false,
             e->former_names[i].until
                 ? arena_printf(l->p->arena, _("%s, until %s"), e->former_names[i].text,
                                when_date(e->former_names[i].until, now, when))
                 : e->former_names[i].text);
  for (size_t i = 0; i < e->former_number_count; i++) {
    struct former_fate fate;
    if (found_former(&fate, l->p->cache, e, &e->former_numbers[i], &l->p->world, l->p->arena,
                     NULL) == TC_OK)
      add_line(l, _("old number"), false, fate.text);
  }
}

static void add_notes(struct lines *l, const struct entry *e) {
  char when[WHEN_TEXT];
  for (size_t i = 0; i < e->note_count; i++) {
    const struct note *n = &e->notes[i];
    if (n->until && n->until <= l->p->world.now)
      continue;
    add_line(l, _("note"), false,
             arena_printf(l->p->arena, "%s%s (%s %s)", pending_text(l->p, n->pending), n->text,
                          *n->by ? n->by : _("unsigned"),
                          n->at ? when_seen(n->at, l->p->world.now, when) : ""));
  }
}

/* Suggestions and the like: they change nothing, and whoever wrote one wants to see it. */
static void add_beside(struct lines *l, const struct entry *e) {
  const struct setup *setup = l->p->setup;
  for (size_t i = 0; setup && i < e->beside_count; i++) {
    const struct act_held *held = e->beside[i];
    const struct act_rule *rule = act_rule(act_kind_of(&held->act));
    add_line(l, rule ? _(rule->label) : "", false,
             arena_printf(l->p->arena, "%s: %s (%s)", write_state(held, setup, l->p->arena),
                          write_sentence(&held->act, setup, l->p->world.now, l->p->arena),
                          *held->act.initials ? held->act.initials : _("unsigned")));
  }
}

static const char *serves_of(const struct present *p, const struct entry *e) {
  struct buffer out = {.limit = 1024};
  for (size_t i = 0; i < e->serves.count; i++)
    add_part(&out, "", e->serves.items[i]);
  const char *text = arena_strdup(p->arena, buffer_text(&out));
  buffer_free(&out);
  return text;
}

/* What to press for a site's switchboard from here; "" where it is not known. */
static const char *switchboard_of(const struct present *p, const char *code) {
  return switchboard_number(p->cache, &p->world, code, p->arena);
}

static const char *from_text(const struct present *p) {
  const struct standpoint *from = p->world.from;
  return *from->site
             ? arena_printf(p->arena, _("from %s at %s"), set_kind_text(from->set), from->site)
             : arena_printf(p->arena, _("from %s"), set_kind_text(from->set));
}

/* A holder's number says whose it is. */
static const char *of_holder(const struct present *p, const struct on_call *o, size_t n,
                             const char *more) {
  return or_empty(
      arena_printf(p->arena, *more ? _("of %s, %s") : _("of %s"), on_call_name(o, n), more));
}

/* Whom to call where nobody is listed: the first of the chain that may be tried, else the
 * switchboard, with its mark where that is DOWN too. */
static const char *then_call(const struct lines *l, const struct entry *e) {
  const struct present *p = l->p;
  struct entry other;
  struct channel c;
  for (size_t i = 0; i < e->chain_count; i++)
    if (!uuid_is_nil(&e->chain[i].entry) &&
        cache_entry(p->cache, &e->chain[i].entry, p->arena, &other, NULL) == TC_OK &&
        best_of(p, &other, false, CONTACT_OTHER, &c) && reach_may_be_tried(&c))
      return or_empty(arena_printf(p->arena, "%s %s", or_empty(name_of(p, &other)),
                                   or_empty(number_of(p, &c))));
  return or_empty(
      arena_printf(p->arena, _("switchboard %s"), or_empty(switchboard_of(p, e->site))));
}

/* "Now Dr N. Exemple, on site, until 08:30"; a gap first, and whom to call then. */
static void add_rota(struct lines *l, const struct entry *e, const struct on_call *o) {
  struct buffer text = {.limit = 1024};
  on_call_fault(&text, o, e, &l->p->world);
  if (text.len && o->now.state == ROTA_GAP)
    buffer_printf(&text, _(": the role's own numbers, then %s"), then_call(l, e));
  add_line(l, _("on call"), true, buffer_text(&text));
  for (size_t i = 0; i < o->now.count; i++) {
    buffer_clear(&text);
    on_call_text(&text, o, i, e, &l->p->world);
    add_line(l, _("on call now"), false, buffer_text(&text));
  }
  buffer_free(&text);
}

/* The red phone of the nearest entry above in the unit path, at the same site. */
static const struct entry *red_phone_above(const struct present *p, const struct entry *e) {
  enum { LOOKED_AT = 40 };
  char *path = arena_strdup(p->arena, e->unit);
  while (path && *path) {
    struct browse_row *rows;
    size_t count;
    int64_t next;
    if (cache_browse(p->cache, e->site, path, 0, LOOKED_AT, p->arena, &rows, &count, &next, NULL) !=
        TC_OK)
      return NULL;
    for (size_t i = 0; i < count; i++) {
      const struct entry *other = &rows[i].entry;
      if (strcmp(other->unit, path) != 0 || uuid_equal(&other->uuid, &e->uuid))
        continue;
      for (size_t k = 0; k < other->contact_count; k++)
        if (other->contacts[k].kind == CONTACT_RED_PHONE)
          return other;
    }
    char *up = path; /* cut the last part off */
    for (char *at = strstr(path, " / "); at; at = strstr(at + 1, " / "))
      up = at;
    *up = '\0';
  }
  return NULL;
}

enum { INSTEAD_MAX = 12 };

/* The chain, the switchboard, the red phone above: all that there is when the entry's own numbers
 * are DOWN. */
static size_t read_instead(const struct present *p, const struct entry *e,
                           struct reach_instead list[INSTEAD_MAX]) {
  size_t n = 0;
  const struct site *site = house_site(p->world.house, e->site);
  struct entry *others = arena_zalloc(p->arena, INSTEAD_MAX, sizeof *others);
  if (!others)
    return 0;
  for (size_t i = 0; i < e->chain_count && n + 2 < INSTEAD_MAX; i++) {
    list[n] = (struct reach_instead){.label = REACH_CHAIN, .text = e->chain[i].text};
    if (!uuid_is_nil(&e->chain[i].entry) &&
        cache_entry(p->cache, &e->chain[i].entry, p->arena, &others[n], NULL) == TC_OK)
      list[n].entry = &others[n];
    n++;
  }
  if (site && !uuid_is_nil(&site->switchboard) && !uuid_equal(&site->switchboard, &e->uuid) &&
      cache_entry(p->cache, &site->switchboard, p->arena, &others[n], NULL) == TC_OK) {
    list[n] = (struct reach_instead){.label = REACH_SWITCHBOARD, .entry = &others[n], .text = ""};
    n++;
  }
  const struct entry *above = red_phone_above(p, e);
  if (above)
    list[n++] = (struct reach_instead){.label = REACH_ABOVE, .entry = above, .text = ""};
  return n;
}

static void add_instead(struct lines *l, const struct entry *e) {
  const struct present *p = l->p;
  struct reach_instead list[INSTEAD_MAX];
  size_t count = read_instead(p, e, list);
  size_t good = reach_instead(list, count, &p->world);
  for (size_t i = 0; i < good; i++) {
    const struct reach_instead *s = &list[i];
    const char *label = s->label == REACH_CHAIN         ? _("instead")
                        : s->label == REACH_SWITCHBOARD ? _("instead, switchboard")
                                                        : _("instead, red phone above");
    add_line(l, label, false,
             arena_printf(p->arena, "%s  %s, %s", or_empty(number_of(p, &s->best)),
                          or_empty(name_of(p, s->entry)),
                          or_empty(state_of(p, &s->best, s->entry->site))));
  }
  if (!good)
    add_line(l, _("instead"), true,
             _("no other number without a known fault: go there, or a radio"));
}

const char *present_instead(const struct present *p, const struct entry *e) {
  struct reach_instead list[INSTEAD_MAX];
  size_t count = read_instead(p, e, list);
  if (!reach_instead(list, count, &p->world))
    return "";
  const char *number = number_of(p, &list[0].best);
  return or_empty(
      arena_printf(p->arena, "%s %s", or_empty(name_of(p, list[0].entry)), or_empty(number)));
}

struct card *present_card(const struct present *p, const struct entry *e) {
  struct card *card = arena_zalloc(p->arena, 1, sizeof *card);
  struct lines *l = arena_zalloc(p->arena, 1, sizeof *l);
  if (!card || !l)
    return NULL;
  const struct site *site = house_site(p->world.house, e->site);
  card->uuid = e->uuid;
  card->name = name_of(p, e);
  if (played_of(p))
    card->name = or_empty(arena_printf(p->arena, "%s %s", mark_of(p), or_empty(card->name)));
  card->type = type_text(e->type);
  card->site = arena_strdup(p->arena, e->site);
  card->site_name = arena_strdup(p->arena, site ? site->name : "");
  card->where = joined(p, e->building, e->floor, e->room);
  card->from = from_text(p);

  size_t count = 0;
  struct on_call on_call = {.now = {.state = ROTA_NOT_HELD}};
  if (e->type == ENTRY_ROLE &&
      on_call_read(&on_call, p->cache, e, &p->world, p->arena, NULL) != TC_OK)
    return NULL;
  struct channel *channels = reach_order(e, &on_call.holders, &p->world, p->arena, &count);
  struct card_channel *shown = arena_zalloc(p->arena, count + 1, sizeof *shown);
  if (!shown)
    return NULL;
  for (size_t i = 0; channels && i < count; i++) {
    size_t holder = on_call.persons ? channels[i].holder : 0;
    fill_channel(p, holder ? on_call.persons[holder - 1] : e, &channels[i], &shown[i]);
    if (holder)
      shown[i].more = of_holder(p, &on_call, holder - 1, shown[i].more);
  }
  card->channels = shown;
  card->channel_count = channels ? count : 0;
  card->is_public = e->audience == AUDIENCE_PUBLIC;
  for (size_t i = 0; i < e->contact_count; i++)
    card->is_public = card->is_public && e->contacts[i].audience == AUDIENCE_PUBLIC;

  l->p = p;
  add_rota(l, e, &on_call);
  add_absence(l, e);
  add_line(l, _("do NOT call if"), true, e->do_not_call_if);
  add_line(l, _("call if"), false, e->call_if);
  card->before = l->count;
  if (!count || !reach_may_be_tried(&channels[0]))
    add_instead(l, e);
  if (e->type == ENTRY_CODE)
    add_line(l, _("for"), false, arena_printf(p->arena, "%s %s", e->purpose, e->area));
  add_notes(l, e);
  add_beside(l, e);
  add_chain(l, e);
  add_withheld(l, e, or_empty(switchboard_of(p, e->site)));
  add_line(l, _("unit"), false, e->unit);
  add_line(l, _("speciality"), false, e->speciality);
  add_line(l, _("serves"), false, serves_of(p, e));
  add_past(l, e);
  card->lines = l->items;
  card->line_count = l->count;
  return arena_failed(p->arena) ? NULL : card;
}

/* -- the frame ----------------------------------------------------------------------------------
 */

/* A code whose own number is DOWN keeps it, and says what is left: "2222 DOWN: red phone 7700". */
static bool fill_down_code(const struct present *p, const struct entry *code,
                           const struct channel *best, struct frame_code *out) {
  size_t count = 0;
  struct channel *all = reach_order(code, NULL, &p->world, p->arena, &count);
  const struct channel *own = NULL;
  for (size_t i = 0; all && i < count; i++)
    if (all[i].contact == code->contacts && !all[i].stands_in)
      own = &all[i];
  if (!own || own->state != REACH_DOWN || own->dial.form == DIAL_NONE)
    return false;
  out->number = number_of(p, own);
  out->state = _("DOWN");
  if (reach_may_be_tried(best))
    out->instead = number_of(p, best);
  if (reach_may_be_tried(best))
    out->state = or_empty(arena_printf(p->arena, _("DOWN: %s %s"),
                                       contact_kind_text(kind_dialled(best)), number_of(p, best)));
  return true;
}

static void fill_codes(const struct present *p, struct frame *out) {
  const struct entry *codes;
  size_t count;
  const char *site = p->world.from->site;
  if (!*site || cache_codes(p->cache, site, p->arena, &codes, &count, NULL) != TC_OK)
    return;
  out->code_entries = codes;
  out->code_entry_count = count;
  struct frame_code *shown = arena_zalloc(p->arena, count + 1, sizeof *shown);
  for (size_t i = 0; shown && i < count; i++) {
    struct channel c;
    if (!reach_best(&c, &codes[i], NULL, &p->world, CONTACT_OTHER) || c.dial.form == DIAL_NONE)
      continue;
    struct frame_code *f = &shown[out->code_count++];
    f->instead = "";
    f->purpose = arena_strdup(p->arena, *codes[i].purpose ? codes[i].purpose : codes[i].name);
    if (p->world.outage && fill_down_code(p, &codes[i], &c, f))
      continue;
    f->number = number_of(p, &c);
    f->state = c.state == REACH_DOWN        ? _("DOWN")
               : c.state == REACH_OTHER_SET ? reach_row_text(&c)
                                            : "";
  }
  out->codes = shown;
}

bool present_frame(const struct present *p, struct frame *out) {
  int64_t now = p->clock ? p->clock : p->world.now;
  char text[WHEN_TEXT];
  *out = (struct frame){.site = "",
                        .message = "",
                        .switchboard = "",
                        .site_name = "",
                        .strip = "",
                        .strip_short = ""};
  const struct site *site = house_site(p->world.house, p->world.from->site);
  if (site) {
    out->site = arena_strdup(p->arena, site->code);
    out->site_name = arena_strdup(p->arena, site->name);
  }
  out->set = set_kind_text(p->world.from->set);
  out->no_codes = site ? _("no emergency codes are listed for this site")
                       : _("the codes of your site stand here once it is set: F2");
  struct sync_state state;
  struct top_words words;
  const struct top_facts facts = {
      .info = cache_info(p->cache),
      .state = state_read(&state, cache_scope(p->cache), NULL) == TC_OK ? &state : NULL,
      .now = now,
      .clock_trusted = p->world.clock_trusted};
  top_words(&words, &facts, p->arena);
  out->data_full = words.full;
  out->data = words.usual;
  out->data_short = words.brief;
  out->now = arena_strdup(p->arena, when_now(p->world.now, text));
  out->now_short = arena_strdup(p->arena, when_clock(p->world.now, text));
  if (*mark_of(p)) {
    const char *marked = p->clock ? _("NOT NOW: %s") : _("EXERCISE: %s");
    out->now = arena_printf(p->arena, marked, or_empty(out->now));
    out->now_short = arena_printf(p->arena, marked, or_empty(out->now_short));
  }
  out->mark = played_of(p) ? mark_of(p) : "";
  fill_codes(p, out);
  out->strip = strip_text(p, false);
  out->strip_short = strip_text(p, true);
  out->switchboard = arena_strdup(p->arena, or_empty(switchboard_of(p, out->site)));
  return !arena_failed(p->arena);
}
