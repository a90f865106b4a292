#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/exercise.h"
#include "core/hours.h"
#include "core/mask.h"
#include "core/texts.h"
#include "tui/dialled.h"
#include "tui/found.h"
#include "tui/on_call.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"
#include "tui/strip.h"
#include "tui/switchboard.h"
#include "tui/top.h"
#include "tui/when.h"
#include "tui/write.h"

const char *or_empty(const char *text) {
  return text ? text : "";
}

const struct exercise *present_played(const struct present *p) {
  return p->setup ? setup_played(p->setup) : NULL;
}

const char *present_mark(const struct present *p) {
  return p->clock || present_played(p) ? setup_mark(p->setup) : "";
}

static const char *starred(struct arena *arena, const char *shown) {
  struct buffer stars = BUFFER_INIT;
  mask_number(&stars, shown);
  const char *out = arena_strdup(arena, buffer_text(&stars));
  buffer_free(&stars);
  return or_empty(out);
}

const char *present_number(const struct present *p, const struct channel *c) {
  const char *shown =
      *c->dial.shown || c->dial.form == DIAL_NONE ? c->dial.shown : c->contact->number;
  return c->contact->masked ? starred(p->arena, shown) : arena_strdup(p->arena, shown);
}

const char *present_joined(const struct present *p, const char *a, const char *b, const char *c) {
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

const char *present_name(const struct present *p, const struct entry *e) {
  const char *name = e->name;
  if (!*name)
    name = *e->purpose ? e->purpose : _("(no name)");
  if (*e->title && e->type == ENTRY_PERSON && strncmp(name, e->title, strlen(e->title)) != 0)
    return arena_printf(p->arena, "%s %s", e->title, name);
  return arena_strdup(p->arena, name);
}

/* Was it this number?  A temporary one and the one that it replaces are of one contact point. */
static bool is_of(const struct attempt *t, const struct channel *c) {
  if (*t->way) /* nobody was called */
    return false;
  const char *number = c->stands_in ? c->stands_in->number : c->contact->number;
  return uuid_equal(&t->contact, &c->contact->uuid) &&
         (!*t->number || strcmp(t->number, number) == 0);
}

static bool is_recent(const struct present *p, const struct attempt *t) {
  return t->at <= p->world.now && t->at + ATTEMPT_SHOWN_S > p->world.now &&
         exercise_has(present_played(p), t);
}

const struct attempt *present_tried_last(const struct present *p, const struct entry *e,
                                         const struct channel *c) {
  const struct attempt *last = NULL;
  for (size_t i = 0; i < e->attempt_count; i++) {
    const struct attempt *t = &e->attempts[i];
    if ((!c || is_of(t, c)) && is_recent(p, t))
      last = t;
  }
  return last;
}

const char *present_tried(const struct present *p, const struct attempt *t, bool who) {
  char when[WHEN_TEXT];
  if (!t)
    return "";
  when_seen(t->at, p->world.now, when);
  const char *mark = t->pending && !who ? "?" : "";
  const char *tried =
      *t->way ? arena_printf(p->arena, _("roll-call%s %s %s"), mark, when, act_way_text(t->way))
              : arena_printf(p->arena, _("tried%s %s %s"), mark, when, act_result_text(t->result));
  const char *by = *t->by ? (who ? t->by : "") : _("unsigned");
  return or_empty(arena_printf(p->arena, "%s%s%s%s%s", or_empty(tried), *by ? ", " : "", by,
                               t->pending && who ? ", " : "",
                               t->pending && who ? act_state_text(ACT_PENDING) : ""));
}

const struct on_call *present_held(const struct present *p, const struct entry *e) {
  struct on_call *o = e->type == ENTRY_ROLE ? arena_zalloc(p->arena, 1, sizeof *o) : NULL;
  return o && on_call_read(o, p->cache, e, &p->world, p->arena, NULL) == TC_OK ? o : NULL;
}

bool present_best(const struct present *p, const struct entry *e, const struct on_call *held,
                  bool found, enum contact_kind wanted, struct channel *c) {
  if (!found && wanted != CONTACT_OTHER)
    found = reach_best(c, e, NULL, &p->world, wanted);
  if (!held)
    held = present_held(p, e);
  const struct reach_holders *holders = held && held->now.count ? &held->holders : NULL;
  if (found && (reach_may_be_tried(c) || !holders))
    return true;
  return reach_best(c, e, holders, &p->world, CONTACT_OTHER) || found;
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
  struct buffer out = {.limit = 2048}, hours = {.limit = 1024};
  hours_text(&hours, c->hours);
  add_part(&out, "", c->label);
  add_purposes(&out, c);
  add_part(&out, _("hours "), buffer_text(&hours));
  buffer_free(&hours);
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

const char *present_state(const struct present *p, const struct channel *c, const char *site) {
  struct buffer text = {.limit = 1024};
  if (*present_mark(p))
    buffer_printf(&text, "%s, ", present_mark(p));
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

static const char *from_text(const struct present *p) {
  const struct standpoint *from = p->world.from;
  return *from->site
             ? arena_printf(p->arena, _("from %s at %s"), set_kind_text(from->set), from->site)
             : arena_printf(p->arena, _("from %s"), set_kind_text(from->set));
}

static void put_tried(const struct present *p, struct card_channel *out, const struct attempt *t) {
  out->tried = present_tried(p, t, true);
  out->tried_brief = present_tried(p, t, false);
}

static void fill_channel(const struct present *p, const struct entry *e, const struct channel *c,
                         struct card_channel *out) {
  const struct contact *k = c->contact;
  out->uuid = dialled_key(c);
  out->contact = k->uuid;
  out->audience = k->audience;
  out->kind = arena_strdup(p->arena, contact_kind_text(channel_kind(c)));
  out->clear = arena_strdup(p->arena, *c->dial.shown || c->dial.form == DIAL_NONE ? c->dial.shown
                                                                                  : k->number);
  out->masked = k->masked;
  out->number = k->masked ? starred(p->arena, or_empty(out->clear)) : out->clear;
  out->via = arena_strdup(p->arena, c->dial.via);
  out->state = present_state(p, c, e->site);
  out->mark = reach_row_text(c, &p->world, p->arena);
  out->shown_state = out->state;
  if (k->masked) {
    out->state = arena_printf(p->arena, _("masked, %s"), out->state);
    out->shown_state =
        arena_printf(p->arena, _("shown, masked again by itself, %s"), or_empty(out->shown_state));
  }
  out->from = from_text(p);
  /* TRANSLATORS: "NOT from ward phone at SAB" */
  if (c->other_set)
    out->from = arena_printf(p->arena, _("NOT %s"), or_empty(out->from));
  out->verified = c->stands_in ? "" : verified_of(p, k);
  out->more = more_of(p, e, k);
  out->how = arena_strdup(p->arena, k->how);
  out->changed = "";
  out->aloud = c->dial.form == DIAL_ADDRESS ? "" : groups_aloud(p->arena, or_empty(out->clear));
  out->is_fax = contact_is_fax(k);
  put_tried(p, out, present_tried_last(p, e, c));
  out->down = c->state == REACH_DOWN;
  out->doubted = reach_in_doubt(c) || c->stands_in;
  out->warn =
      reach_in_doubt(c) || (c->state != REACH_NO_FAULT_KNOWN && c->state != REACH_NOT_KNOWN);
  out->pager = channel_kind(c) == CONTACT_PAGER;
  out->voice = (out->pager || contact_answers(channel_kind(c)) == ANSWER_VOICE) && reach_rings(c) &&
               c->state != REACH_OUTSIDE_HOURS && out->clear && *out->clear;
}

/* Nobody walks to another set while the one in hand gets through: then the next of the chain is
 * called. */
static void keep_in_hand(struct card_channel *shown, const struct channel *channels, size_t count) {
  bool in_hand = false;
  for (size_t i = 0; i < count; i++)
    in_hand = in_hand || (shown[i].voice && !channels[i].other_set);
  for (size_t i = 0; i < count && in_hand; i++)
    shown[i].voice = shown[i].voice && !channels[i].other_set;
}

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

/* One with a number in it, which is not of now or not real where the screen is not. */
static void add_dialled(struct lines *l, const char *label, bool warn, const char *text) {
  const char *mark = present_mark(l->p);
  if (text && *text && *mark)
    text = arena_printf(l->p->arena, "%s, %s", mark, text);
  add_line(l, label, warn, text);
}

/* The lines from there on are read before a number on the smallest screen too. */
static void urge(struct lines *l, size_t from) {
  for (; from < l->count; from++)
    l->items[from].urgent = true;
}

/* First, where it cannot be missed: the source has not heard of it. */
static const char *pending_text(const struct present *p, bool pending) {
  return pending ? or_empty(arena_printf(p->arena, _("%s: %s"), act_state_text(ACT_PENDING), ""))
                 : "";
}

const char *present_absence_words(const struct present *p, const struct absence *a) {
  char when[WHEN_TEXT];
  const char *words = uuid_is_nil(&a->covered_by) ? _("nobody stands in") : present_cover(p, a);
  if (!uuid_is_nil(&a->covered_by))
    words = or_empty(arena_printf(p->arena, _("covered by %s"), words));
  else if (*a->text)
    words = "";
  words = arena_printf(p->arena, "%s%s%s%s", pending_text(p, a->pending), words,
                       *words && *a->text ? ": " : "", a->text);
  if (a->at)
    words = arena_printf(p->arena, "%s (%s %s)", or_empty(words), *a->by ? a->by : _("unsigned"),
                         when_seen(a->at, p->world.now, when));
  return or_empty(words);
}

/* The last word first; where two disagree both are shown. */
static void add_absences(struct lines *l, const struct entry *e) {
  const struct absence *all[ABSENCES_SHOWN];
  size_t count = entry_absences(e, l->p->world.now, l->p->world.clock_trusted, all, ABSENCES_SHOWN),
         from = l->count;
  for (size_t i = 0; i < count; i++)
    add_dialled(l, present_absent(l->p, all[i]), true, present_absence_words(l->p, all[i]));
  urge(l, from);
}

static void add_chain(struct lines *l, const struct entry *e) {
  char label[WAIT_TEXT];
  for (size_t i = 0; i < e->chain_count; i++) {
    const struct chain_step *s = &e->chain[i];
    wait_text(label, s->wait);
    add_dialled(l, label, false, present_other(l->p, &s->entry, s->text));
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
        by_pin && l->p->by_line ? arena_printf(l->p->arena,
                                               NGETTEXT("%d more with the PIN of this terminal: d",
                                                        "%d more with the PIN of this terminal: d",
                                                        (unsigned long)count),
                                               count)
        : by_pin                ? arena_printf(l->p->arena,
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
    add_dialled(l, "", false, text);
  }
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
      add_dialled(l, _("old number"), false, fate.text);
  }
}

const char *present_note(const struct present *p, const struct note *n) {
  char when[WHEN_TEXT], until[WHEN_TEXT];
  bool ends = n->until != 0;
  return or_empty(arena_printf(p->arena, "%s%s (%s%s%s%s%s)", pending_text(p, n->pending), n->text,
                               *n->by ? n->by : _("unsigned"), n->at ? " " : "",
                               n->at ? when_seen(n->at, p->world.now, when) : "",
                               ends ? _(", until ") : "",
                               ends ? when_seen(n->until, p->world.now, until) : ""));
}

static void add_note(struct lines *l, const char *text) {
  size_t at = l->count;
  add_line(l, _("note"), false, text);
  if (l->count > at)
    l->items[at].note = true;
}

static void add_notes(struct lines *l, const struct entry *e) {
  for (size_t i = 0; i < e->note_count; i++)
    if (!e->notes[i].until || e->notes[i].until > l->p->world.now)
      add_note(l, present_note(l->p, &e->notes[i]));
}

/* Who acknowledged a roll-call by fax or mail was not called on any of the numbers above. */
static void add_roll_call(struct lines *l, const struct entry *e) {
  const struct attempt *last = NULL;
  for (size_t i = 0; i < e->attempt_count; i++)
    if (*e->attempts[i].way && is_recent(l->p, &e->attempts[i]))
      last = &e->attempts[i];
  add_line(l, "", false, present_tried(l->p, last, true));
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

const char *present_switchboard(const struct present *p, const char *code) {
  return switchboard_number(p->cache, &p->world, code, p->arena);
}

/* A holder's number says whose it is. */
static const char *of_holder(const struct present *p, const struct on_call *o, size_t n,
                             const char *more) {
  return or_empty(
      arena_printf(p->arena, *more ? _("of %s, %s") : _("of %s"), on_call_name(o, n), more));
}

/* "Now Dr N. Exemple, on site, until 08:30"; a gap first, and whom to call then. */
static void add_rota(struct lines *l, const struct entry *e, const struct on_call *o) {
  size_t from = l->count;
  add_dialled(l, _("on call"), true, present_rota_fault(l->p, e, o));
  urge(l, from);
  for (size_t i = 0; i < o->now.count; i++) {
    bool away = on_call_absence(o, i, l->p->world.now) != NULL;
    from = away ? l->count : LINES_MAX;
    add_dialled(l, l->p->clock ? _("on call then") : _("on call now"), away,
                present_on_call(l->p, e, o, i));
    urge(l, from);
  }
}

static void add_instead(struct lines *l, const struct entry *e) {
  struct instead_line list[INSTEAD_MAX];
  size_t good = present_instead_lines(l->p, e, list);
  for (size_t i = 0; i < good; i++)
    add_line(l, list[i].label, false, list[i].text);
  if (!good)
    add_dialled(l, _("instead"), true,
                _("no other number without a known fault: go there, or a radio"));
}

/* All of it: what a holder brings counts as what the entry has. */
static bool is_public(const struct entry *e, const struct reach_holders *holders,
                      const struct card *card) {
  bool all = e->audience == AUDIENCE_PUBLIC;
  for (size_t i = 0; i < e->contact_count; i++)
    all = all && e->contacts[i].audience == AUDIENCE_PUBLIC;
  for (size_t i = 0; i < holders->count; i++)
    all = all && holders->persons[i]->audience == AUDIENCE_PUBLIC;
  for (size_t i = 0; i < card->channel_count; i++)
    all = all && card->channels[i].audience == AUDIENCE_PUBLIC;
  return all;
}

struct card *present_card(const struct present *p, const struct entry *e) {
  struct card *card = arena_zalloc(p->arena, 1, sizeof *card);
  struct lines *l = arena_zalloc(p->arena, 1, sizeof *l);
  if (!card || !l)
    return NULL;
  const struct site *site = house_site(p->world.house, e->site);
  card->uuid = e->uuid;
  card->name = present_name(p, e);
  if (present_played(p))
    card->name = or_empty(arena_printf(p->arena, "%s %s", present_mark(p), or_empty(card->name)));
  card->type = type_text(e->type);
  card->site = arena_strdup(p->arena, e->site);
  card->site_name = arena_strdup(p->arena, site ? site->name : "");
  card->where = present_joined(p, e->building, e->floor, e->room);
  card->from = from_text(p);

  size_t count = 0;
  struct on_call on_call;
  if (on_call_of(&on_call, p->cache, e, &p->world, p->arena, NULL) != TC_OK)
    return NULL;
  struct channel *channels = reach_order(e, &on_call.holders, &p->world, p->arena, &count);
  struct card_channel *shown = arena_zalloc(p->arena, count + 1, sizeof *shown);
  if (!shown)
    return NULL;
  for (size_t i = 0; channels && i < count; i++) {
    size_t holder = on_call.persons ? channels[i].holder : 0;
    fill_channel(p, holder ? on_call.persons[holder - 1] : e, &channels[i], &shown[i]);
    dialled_keep_channel(&shown[i].called, &channels[i], e, &on_call);
    if (holder && !*shown[i].tried) /* a cascade notes it of the role */
      put_tried(p, &shown[i], present_tried_last(p, e, &channels[i]));
    if (holder)
      shown[i].more = of_holder(p, &on_call, holder - 1, shown[i].more);
  }
  card->nothing = _("no number is listed");
  if (*present_mark(p))
    card->nothing = or_empty(arena_printf(p->arena, "%s, %s", present_mark(p), card->nothing));
  keep_in_hand(shown, channels, channels ? count : 0);
  card->channels = shown;
  card->channel_count = channels ? count : 0;
  card->is_public = is_public(e, &on_call.holders, card);

  l->p = p;
  add_rota(l, e, &on_call);
  add_absences(l, e);
  size_t forbids = l->count;
  add_line(l, _("do NOT call if"), true, e->do_not_call_if);
  urge(l, forbids);
  add_line(l, _("call if"), false, e->call_if);
  card->before = l->count;
  if (reach_is_mute(channels, card->channel_count))
    add_instead(l, e);
  if (e->type == ENTRY_CODE)
    add_line(l, _("for"), false, arena_printf(p->arena, "%s %s", e->purpose, e->area));
  add_roll_call(l, e);
  add_notes(l, e);
  add_beside(l, e);
  add_chain(l, e);
  add_withheld(l, e, or_empty(present_switchboard(p, e->site)));
  add_line(l, _("unit"), false, e->unit);
  add_line(l, _("speciality"), false, e->speciality);
  add_line(l, _("serves"), false, serves_of(p, e));
  add_past(l, e);
  card->lines = l->items;
  card->line_count = l->count;
  return arena_failed(p->arena) ? NULL : card;
}
