#include <jansson.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "core/act.h"
#include "core/exercise.h"
#include "core/mask.h"
#include "core/phone.h"
#include "tui/answer.h"
#include "tui/played.h"

/* jansson's setters take a NULL value as a failure of their own, so one check at the end of each
 * object is enough: *ok stays false once it is. */
static void put(json_t *to, const char *key, json_t *value, bool *ok) {
  if (json_object_set_new(to, key, value) != 0)
    *ok = false;
}

static void put_text(json_t *to, const char *key, const char *text, bool *ok) {
  put(to, key, json_string(text), ok);
}

/* Left out where there is nothing to say. */
static void put_some(json_t *to, const char *key, const char *text, bool *ok) {
  if (text && *text)
    put_text(to, key, text, ok);
}

static void put_time(json_t *to, const char *key, int64_t at, bool *ok) {
  if (at)
    put(to, key, json_integer(at), ok);
}

static void put_uuid(json_t *to, const char *key, const struct uuid *uuid, bool *ok) {
  char text[UUID_TEXT];
  if (uuid_is_nil(uuid))
    return;
  uuid_format(uuid, text);
  put_text(to, key, text, ok);
}

static void put_texts(json_t *to, const char *key, const char *const *items, size_t count,
                      bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++)
    if (json_array_append_new(list, json_string(items[i])) != 0)
      *ok = false;
  put(to, key, list, ok);
}

/* What lies behind the state: the doubt, the incident, the hours, another set, a replacement. */
static void put_reach(json_t *o, const struct channel *c, bool *ok) {
  static const char *const doubts[] = {[DOUBT_NONE] = "",
                                       [DOUBT_RIDES_ON] = "rides-on",
                                       [DOUBT_REPORTED] = "reported",
                                       [DOUBT_UNCONFIRMED] = "unconfirmed",
                                       [DOUBT_HOURS] = "hours",
                                       [DOUBT_TEST] = "test",
                                       [DOUBT_CLOCK] = "clock"};
  static const char *const hours[] = {
      [HOURS_ALWAYS] = "",          [HOURS_OPEN] = "open",
      [HOURS_CLOSED] = "closed",    [HOURS_UNREADABLE] = "unreadable",
      [HOURS_NO_ZONE] = "no-zone",  [HOURS_NO_HOLIDAY] = "no-holidays",
      [HOURS_NO_CLOCK] = "no-clock"};
  put_some(o, "doubt", doubts[c->doubt], ok);
  if (c->outage.incident) {
    put_text(o, "incident_domain", c->outage.incident->domain, ok);
    put_text(o, "incident_direction", direction_word(c->direction), ok);
    put_time(o, "incident_since", c->outage.incident->since, ok);
  }
  if (c->failed) {
    put_text(o, "test", test_result_word(c->failed->test), ok);
    put_time(o, "tested", c->failed->at, ok);
    put_some(o, "tested_by", c->failed->by, ok);
  }
  put_some(o, "hours_state", hours[c->hours.state], ok);
  put_time(o, "hours_until", c->hours.until, ok);
  put_some(o, "holiday", c->hours.holiday, ok);
  if (c->other_set)
    put_text(o, "other_set", set_kind_word(c->set), ok);
  put_some(o, "replaced_by", c->replaced_masked ? "" : c->replaced_by, ok);
  if (c->last_resort)
    put(o, "last_resort", json_true(), ok);
  if (c->stands_in)
    put_time(o, "override_until", c->stands_in->until, ok);
}

/* A number that is said beside it; "" where it is one that is masked. */
static const char *beside(const struct answer_channel *c, const char *number) {
  struct arena arena = ARENA_INIT;
  const char *shown = mask_beside(c->entry, number, &arena);
  bool masked = !shown || strcmp(shown, number) != 0;
  arena_free(&arena);
  return masked ? "" : number;
}

/* RFC 3966, for what else dials. */
static void put_uri(json_t *o, const struct answer_channel *c, bool *ok) {
  struct buffer uri = BUFFER_INIT;
  const struct override *over = c->reach->stands_in;
  if (!c->contact->masked && over)
    phone_uri(&uri, over->number, over->e164, over->plan, "");
  else if (!c->contact->masked)
    phone_uri(&uri, c->contact->number, c->e164, c->contact->plan, "");
  put_some(o, "tel", uri.len ? buffer_text(&uri) : "", ok);
  buffer_free(&uri);
}

static json_t *channel_json(const struct answer_channel *c, bool *ok) {
  const struct contact *k = c->contact;
  json_t *o = json_object();
  put_uuid(o, "uuid", &k->uuid, ok);
  put_text(o, "kind", contact_kind_word(channel_kind(c->reach)), ok);
  if (k->masked)
    put(o, "masked", json_true(), ok);
  else
    put_text(o, "number", k->number, ok);
  put_text(o, "shown", c->number, ok);
  put_some(o, "press", c->press, ok);
  put_some(o, "e164", c->e164, ok);
  put_uri(o, c, ok);
  put_some(o, "plan", k->plan, ok);
  put_text(o, "state", reach_word(c->state), ok);
  put_time(o, "state_time", c->when, ok);
  put_text(o, "state_text", c->said, ok);
  put_reach(o, c->reach, ok);
  put_some(o, "holder", c->holder, ok);
  put_some(o, "via", c->via, ok);
  put_some(o, "reason", c->reason, ok);
  if (c->matched)
    put(o, "matched", json_true(), ok);
  if (k->purposes) {
    json_t *list = json_array();
    for (int p = 0; p < PURPOSE_COUNT; p++)
      if (k->purposes & (UINT32_C(1) << p) &&
          json_array_append_new(list, json_string(purpose_word((enum purpose)p))) != 0)
        *ok = false;
    put(o, "purposes", list, ok);
  }
  put_some(o, "label", k->label, ok);
  put_some(o, "hours", k->hours, ok);
  put_some(o, "place", k->place, ok);
  put_some(o, "how", k->how, ok);
  put_some(o, "unreadable", k->masked ? "" : k->reason, ok);
  if (!k->masked)
    put_some(o, "replaces", beside(c, k->replaces), ok);
  put_time(o, "verified", c->reach->stands_in ? 0 : k->verified, ok);
  put_time(o, "from", k->from, ok);
  put_time(o, "until", k->until, ok);
  put_some(o, "check_number", beside(c, k->check_number), ok);
  put_text(o, "audience", audience_word(k->audience), ok);
  return o;
}

static json_t *chain_json(const struct entry *e, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->chain_count; i++) {
    json_t *o = json_object();
    put(o, "wait", json_integer(e->chain[i].wait), ok);
    put_uuid(o, "entry", &e->chain[i].entry, ok);
    put_some(o, "text", e->chain[i].text, ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

static json_t *withheld_json(const struct entry *e, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->withheld_count; i++) {
    json_t *o = json_object();
    put_text(o, "audience", audience_word(e->withheld[i].audience), ok);
    put(o, "count", json_integer(e->withheld[i].count), ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

static json_t *holders_json(const struct answer_row *row, const struct answer *a, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < row->holder_count; i++) {
    const struct answer_holder *h = &row->holders[i];
    json_t *o = json_object(), *channels = json_array();
    put_text(o, "name", h->name, ok);
    put(o, "line", json_integer(h->line), ok);
    put_text(o, "until", h->until, ok);
    put(o, "at_home", json_boolean(h->at_home), ok);
    if (h->travel)
      put(o, "travel", json_integer(h->travel), ok);
    put_time(o, "made", h->made, ok);
    put_some(o, "source", h->source, ok);
    if (h->away)
      put(o, "absent", json_true(), ok);
    put_text(o, "text", h->said, ok);
    for (size_t c = 0; c < h->channel_count; c++)
      if (json_array_append_new(channels, channel_json(&h->channels[c], ok)) != 0)
        *ok = false;
    if (a->rota)
      put(o, "channels", channels, ok);
    else
      json_decref(channels);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

static json_t *notes_json(const struct entry *e, int64_t now, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->note_count; i++) {
    const struct note *n = &e->notes[i];
    if (n->until && n->until <= now)
      continue;
    json_t *o = json_object();
    put_text(o, "text", n->text, ok);
    put_some(o, "by", n->by, ok);
    put_time(o, "at", n->at, ok);
    put_time(o, "until", n->until, ok);
    put(o, "confirmed", json_boolean(!n->pending), ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

static json_t *attempts_json(const struct entry *e, const struct answer *a, bool *ok) {
  const struct exercise *played = setup_played(a->setup);
  json_t *list = json_array();
  for (size_t i = 0; i < e->attempt_count; i++) {
    const struct attempt *t = &e->attempts[i];
    if (t->at + ATTEMPT_SHOWN_S <= a->now || !exercise_has(played, t))
      continue;
    json_t *o = json_object();
    put_uuid(o, "contact", &t->contact, ok);
    put_text(o, "result", attempt_result_word(t->result), ok);
    put_some(o, "way", t->way, ok);
    put_some(o, "by", t->by, ok);
    put_time(o, "at", t->at, ok);
    put(o, "confirmed", json_boolean(!t->pending), ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

/* Those that are not over. */
static json_t *absences_json(const struct entry *e, int64_t now, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->absence_count; i++) {
    const struct absence *b = &e->absences[i];
    if (b->until && b->until <= now)
      continue;
    json_t *o = json_object();
    if (!uuid_is_nil(&b->uuid))
      put_uuid(o, "act", &b->uuid, ok);
    if (!uuid_is_nil(&b->covered_by))
      put_uuid(o, "covered_by", &b->covered_by, ok);
    put_some(o, "text", b->text, ok);
    put_some(o, "by", b->by, ok);
    put_time(o, "at", b->at, ok);
    put_time(o, "from", b->from, ok);
    put_time(o, "until", b->until, ok);
    put(o, "confirmed", json_boolean(!b->pending), ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

static json_t *overrides_json(const struct entry *e, int64_t now, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->override_count; i++) {
    const struct override *v = &e->overrides[i];
    if (v->until && v->until <= now)
      continue;
    json_t *o = json_object();
    put_uuid(o, "contact", &v->contact, ok);
    if (mask_covers(e, &v->contact)) {
      put(o, "masked", json_true(), ok);
    } else {
      put_text(o, "number", v->number, ok);
      put_some(o, "e164", v->e164, ok);
    }
    put_some(o, "plan", v->plan, ok);
    put_some(o, "kind", contact_kind_word(v->kind), ok);
    put_some(o, "by", v->by, ok);
    put_some(o, "reason", v->reason, ok);
    put_time(o, "at", v->at, ok);
    put_time(o, "until", v->until, ok);
    put(o, "confirmed", json_boolean(!v->pending), ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

/* What was written here and has changed nothing yet; tocsin acts --json says all of it. */
static json_t *beside_json(const struct entry *e, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->beside_count; i++) {
    json_t *o = json_object();
    put_uuid(o, "act", &e->beside[i]->act.uuid, ok);
    put_text(o, "type", e->beside[i]->act.type, ok);
    put_text(o, "state", act_state_word(e->beside[i]->state), ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

/* What an entry says of itself beside its name. */
static void put_entry(json_t *o, const struct entry *e, bool *ok) {
  put_some(o, "title", e->title, ok);
  put_some(o, "speciality", e->speciality, ok);
  put_some(o, "purpose", e->purpose, ok);
  put_some(o, "area", e->area, ok);
  put_some(o, "call_if", e->call_if, ok);
  put_some(o, "do_not_call_if", e->do_not_call_if, ok);
  if (e->aliases.count)
    put_texts(o, "aliases", e->aliases.items, e->aliases.count, ok);
  if (e->serves.count)
    put_texts(o, "serves", e->serves.items, e->serves.count, ok);
  if (e->critical)
    put(o, "critical", json_true(), ok);
}

/* A number that was the entry's own and is what was asked for. */
static json_t *former_json(const struct answer_row *row, bool *ok) {
  const struct former_number *was = row->former;
  const struct former_fate *fate = &row->fate;
  json_t *o = json_object();
  if (fate->masked) {
    put(o, "masked", json_true(), ok);
  } else {
    put_text(o, "number", was->number, ok);
    put_some(o, "now", was->now, ok);
  }
  put_some(o, "plan", was->plan, ok);
  put_time(o, "dead_since", was->until, ok);
  if (fate->heir.count) {
    json_t *heir = json_object();
    put_uuid(heir, "uuid", &fate->heir.uuid, ok);
    put_text(heir, "site", fate->heir.site, ok);
    put_text(heir, "name", fate->heir.name, ok);
    put(heir, "count", json_integer((json_int_t)fate->heir.count), ok);
    put(o, "given_to", heir, ok);
  }
  put_text(o, "text", fate->text, ok);
  return o;
}

/* Whom to call where none of its numbers may be tried; empty: nobody is known. */
static json_t *instead_json(const struct answer_row *row, bool *ok) {
  json_t *list = json_array();
  for (size_t i = 0; i < row->instead_count; i++) {
    const struct instead_line *s = &row->instead[i];
    json_t *o = json_object();
    put_text(o, "as", s->word, ok);
    put_uuid(o, "uuid", &s->entry->uuid, ok);
    put_text(o, "name", s->entry->name, ok);
    put_text(o, "kind", contact_kind_word(s->kind), ok);
    put_some(o, "warning", s->warning, ok);
    put_text(o, "shown", s->number, ok);
    put_text(o, "text", s->text, ok);
    if (json_array_append_new(list, o) != 0)
      *ok = false;
  }
  return list;
}

static json_t *row_json(const struct answer_row *row, const struct answer *a, bool *ok) {
  const struct entry *e = row->entry;
  json_t *o = json_object(), *channels = json_array();
  put_uuid(o, "uuid", &e->uuid, ok);
  if (setup_played(a->setup))
    put(o, "exercise", json_true(), ok);
  put_text(o, "type", entry_type_word(e->type), ok);
  put_text(o, "site", e->site, ok);
  put_text(o, "site_name", row->site_name, ok);
  put_text(o, "name", e->name, ok);
  put_text(o, "place", row->place, ok);
  put_some(o, "unit", e->unit, ok);
  put(o, "here", json_boolean(row->here), ok);
  if (row->match < MATCH_COUNT) {
    put_text(o, "match", match_word(row->match), ok);
    put(o, "approximate", json_boolean(match_approximate(row->match)), ok);
  }
  put_some(o, "matched", row->matched, ok);
  if (row->former)
    put(o, "former_number", former_json(row, ok), ok);
  put_entry(o, e, ok);
  if (row->channel_count)
    put(o, "best", json_integer((json_int_t)row->best), ok);
  for (size_t i = 0; i < row->channel_count; i++)
    if (json_array_append_new(channels, channel_json(&row->channels[i], ok)) != 0)
      *ok = false;
  put(o, "channels", channels, ok);
  if (row->stuck)
    put(o, "instead", instead_json(row, ok), ok);
  if (e->chain_count)
    put(o, "chain", chain_json(e, ok), ok);
  if (row->rota != ROTA_NOT_ASKED) {
    put_text(o, "rota", rota_word(row->rota), ok);
    put_some(o, "rota_fault", row->rota_fault, ok);
    put(o, "holders", holders_json(row, a, ok), ok);
  }
  if (e->absence_count)
    put(o, "absences", absences_json(e, a->now, ok), ok);
  if (e->note_count)
    put(o, "notes", notes_json(e, a->now, ok), ok);
  if (e->attempt_count)
    put(o, "attempts", attempts_json(e, a, ok), ok);
  if (e->override_count)
    put(o, "overrides", overrides_json(e, a->now, ok), ok);
  if (e->beside_count)
    put(o, "beside", beside_json(e, ok), ok);
  if (e->withheld_count)
    put(o, "withheld", withheld_json(e, ok), ok);
  put_text(o, "audience", audience_word(e->audience), ok);
  return o;
}

static json_t *from_json(const struct setup *s, bool *ok) {
  json_t *o = json_object();
  put_text(o, "set", set_kind_word(s->from.set), ok);
  put_text(o, "site", s->from.site, ok);
  put_text(o, "plan", s->from.plan, ok);
  return o;
}

static json_t *directory_json(const struct setup *s, bool *ok) {
  const struct cache_info *info = cache_info(s->cache);
  json_t *o = json_object();
  put(o, "revision", json_integer(info->revision), ok);
  put(o, "source_time", json_integer(info->source_time), ok);
  put_text(o, "source", info->source, ok);
  put_uuid(o, "generation", &info->generation, ok);
  put_text(o, "audience", audience_word(info->audience), ok);
  return o;
}

static json_t *answer_object(const struct answer *a, bool *ok) {
  json_t *o = json_object(), *rows = json_array();
  put(o, "tocsin", json_integer(ANSWER_JSON_VERSION), ok);
  put_text(o, "command", a->command, ok);
  put_text(o, "asked", a->asked, ok);
  put(o, "now", json_integer(a->now), ok);
  if (a->setup->at)
    put(o, "not_now", json_true(), ok);
  if (setup_played(a->setup))
    put(o, "exercise", played_json(a->setup), ok);
  put(o, "directory", directory_json(a->setup, ok), ok);
  put(o, "from", from_json(a->setup, ok), ok);
  put(o, "here", json_integer((json_int_t)a->here), ok);
  put(o, "elsewhere", json_integer((json_int_t)a->elsewhere), ok);
  put(o, "more", json_boolean(a->more_here || a->more_elsewhere), ok);
  put_some(o, "note", a->note, ok);
  if (a->tried_count)
    put_texts(o, "tried", a->tried, a->tried_count, ok);
  if (a->nearest_count)
    put_texts(o, "nearest", a->nearest, a->nearest_count, ok);
  put_some(o, "fewer", a->fewer, ok);
  for (size_t i = 0; i < a->count; i++)
    if (json_array_append_new(rows, row_json(&a->rows[i], a, ok)) != 0)
      *ok = false;
  put(o, "rows", rows, ok);
  return o;
}

/* Appends JSON with what a terminal could obey beyond ASCII (C1 controls, directions), and what
 * nobody sees, escaped. Outside of strings JSON is ASCII, so each such character is in one. */
static void add_harmless(struct buffer *out, const char *text, size_t len) {
  for (size_t i = 0, n; i < len; i += n) {
    uint32_t point;
    n = utf8_next(text + i, len - i, &point);
    bool hides = point != UTF8_INVALID && (utf8_is_control(point) || utf8_is_unseen(point));
    if (hides && point > 0xFFFF)
      buffer_printf(out, "\\u%04x\\u%04x", 0xD7C0 + (unsigned)(point >> 10),
                    0xDC00 + (unsigned)(point & 0x3FF));
    else if (hides && point >= 0x7F)
      buffer_printf(out, "\\u%04x", (unsigned)point);
    else
      buffer_add(out, text + i, n);
  }
}

tc_status answer_json(struct buffer *out, const struct answer *a, struct tc_error *err) {
  bool ok = true;
  json_t *o = answer_object(a, &ok);
  char *text = o && ok ? json_dumps(o, JSON_INDENT(2)) : NULL;
  if (text) {
    add_harmless(out, text, strlen(text));
    buffer_add_char(out, '\n');
  }
  free(text);
  json_decref(o);
  return text ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("no memory for the answer"));
}
