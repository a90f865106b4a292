#include "tui/write.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "core/dial.h"
#include "core/dial_back.h"
#include "core/exercise.h"
#include "core/mask.h"
#include "core/phone.h"
#include "db/journal.h"
#include "tui/reach_text.h"
#include "tui/reveal.h"
#include "tui/when.h"
#include "tui/write_clock.h"

/* What all kinds have in common. */
static tc_status begin(struct act *out, const struct writing *w, enum act_kind kind,
                       enum audience audience, struct tc_error *err) {
  char account[ACT_NUMBER_MAX + 1];
  /* How long somebody waits for an answer is counted by the clock that goes on here. */
  int64_t now = kind == ACT_KIND_ATTEMPT ? clock_now(&w->setup->clock) : write_now(w->setup);
  int64_t machine = clock_now(NULL);
  *out = (struct act){.type = act_rule(kind)->word,
                      .subject = w->domain ? w->domain->uuid : w->entry->uuid,
                      .audience = w->audience ? w->audience : audience,
                      .initials = w->initials ? w->initials : "",
                      .at = now,
                      .clock = machine == now || w->setup->clock.stopped ? 0 : machine};
  journal_account(account, sizeof account);
  journal_terminal(&out->terminal);
  out->account = arena_strdup(w->arena, account);
  if (!out->account)
    return tc_fail(err, TC_NO_MEMORY, _("no memory"));
  return uuid_random(&out->uuid, err);
}

static tc_status finish(const struct act *act, const struct writing *w, struct tc_error *err) {
  if (arena_failed(w->arena))
    return tc_fail(err, TC_NO_MEMORY, _("no memory"));
  return act_check(act, err);
}

tc_status write_note(struct act *out, const struct writing *w, const char *text,
                     struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_NOTE, w->entry->audience, err);
  if (status != TC_OK)
    return status;
  act_put(out, w->arena, "text", text);
  act_put_int(out, w->arena, "until",
              w->until ? w->until : out->at + WRITE_NOTE_HOURS * INT64_C(3600));
  return finish(out, w, err);
}

/* The number whole: as dialled, its plan or its E.164, together or not at all.  The plan is that of
 * the phone in hand, whatever it is written about: there the same digits are somebody else's. */
static tc_status put_number(struct act *act, const struct writing *w, const char *field,
                            const char *number, struct tc_error *err) {
  struct dialled_back read;
  tc_status status = dial_back(&read, cache_house(w->setup->cache), number, &w->setup->from, err);
  if (status != TC_OK)
    return status;
  act_put(act, w->arena, field, read.phone.digits);
  if (read.phone.form == PHONE_E164_FORM)
    act_put(act, w->arena, "e164", read.phone.e164);
  act_put(act, w->arena, "plan", read.plan);
  return TC_OK;
}

static enum contact_kind kind_of_number(const struct act *act, const struct contact *contact,
                                        const struct house *house) {
  return dial_kind(house, act_get(act, "number"), act_get(act, "plan"), act_get(act, "e164"),
                   contact && contact->kind != CONTACT_EXTENSION ? contact->kind : CONTACT_OTHER);
}

tc_status write_override(struct act *out, const struct writing *w, const struct contact *contact,
                         const char *number, const char *reason, struct tc_error *err) {
  tc_status status =
      begin(out, w, ACT_KIND_OVERRIDE, contact ? contact->audience : w->entry->audience, err);
  if (status != TC_OK)
    return status;
  if (contact)
    act_put_uuid(out, w->arena, "contact", &contact->uuid);
  status = put_number(out, w, "number", number, err);
  if (status != TC_OK)
    return status;
  act_put(out, w->arena, "kind",
          contact_kind_word(kind_of_number(out, contact, cache_house(w->setup->cache))));
  act_put(out, w->arena, "reason", reason);
  act_put_int(out, w->arena, "until", w->until);
  return finish(out, w, err);
}

tc_status write_suggestion(struct act *out, const struct writing *w,
                           const struct act_property *property, const struct contact *contact,
                           const char *value, const char *text, struct tc_error *err) {
  static const struct uuid none = {{0}};
  tc_status status =
      begin(out, w, ACT_KIND_SUGGESTION, contact ? contact->audience : w->entry->audience, err);
  if (status != TC_OK)
    return status;
  struct entry clear; /* the source compares it with what it holds */
  status = cache_entry_clear(w->setup->cache, &w->entry->uuid, w->arena, &clear, err);
  if (status != TC_OK)
    return status;
  const char *was = act_property_value(property, &clear, contact ? &contact->uuid : &none);
  act_put(out, w->arena, "field", property->name);
  if (contact)
    act_put_uuid(out, w->arena, "contact", &contact->uuid);
  act_put(out, w->arena, "was", was ? was : "");
  if (property->of_contact && strcmp(property->name, "number") == 0 && *value)
    status = put_number(out, w, "now", value, err);
  else
    act_put(out, w->arena, "now", value);
  act_put(out, w->arena, "text", text);
  return status == TC_OK ? finish(out, w, err) : status;
}

/* A try, as calls and ticks begin it. */
static tc_status begin_try(struct act *out, const struct writing *w, const struct dialled *d,
                           enum attempt_result result, const char *text, struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_ATTEMPT, d ? d->audience : w->entry->audience, err);
  if (status != TC_OK)
    return status;
  if (d) {
    act_put_uuid(out, w->arena, "contact", &d->contact->uuid);
    if (!d->contact->masked &&
        strlen(dialled_number(d)) <= ACT_NUMBER_MAX) /* an address may be longer */
      act_put(out, w->arena, "number", dialled_number(d));
  }
  if (setup_played(w->setup))
    act_put_uuid(out, w->arena, "exercise", &setup_played(w->setup)->uuid);
  act_put(out, w->arena, "result", attempt_result_word(result));
  act_put(out, w->arena, "text", text);
  return TC_OK;
}

tc_status write_attempt(struct act *out, const struct writing *w, const struct dialled *dialled,
                        enum attempt_result result, const struct uuid *chain, const char *text,
                        struct tc_error *err) {
  tc_status status = begin_try(out, w, dialled, result, text, err);
  if (status == TC_OK && result == ATTEMPT_PAGED && !dialled_is_pager(dialled))
    status = tc_fail(err, TC_USAGE, _("a page is sent to a pager, and that is none"));
  if (status != TC_OK)
    return status;
  if (!uuid_equal(chain, &w->entry->uuid))
    act_put_uuid(out, w->arena, "chain", chain);
  return finish(out, w, err);
}

tc_status write_tick(struct act *out, const struct writing *w, const struct dialled *dialled,
                     enum attempt_result result, const struct tick *tick, struct tc_error *err) {
  struct act way = {.type = ""};
  act_put(&way, w->arena, "way", tick->way);
  if (!act_is_call(&way)) /* no number was tried */
    dialled = NULL;
  tc_status status = begin_try(out, w, dialled, result, tick->text, err);
  if (status == TC_OK && result == ATTEMPT_PAGED && !dialled_is_pager(dialled))
    status = tc_fail(err, TC_USAGE, _("a page is sent to a pager, and that is none"));
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "group", &tick->group);
  act_put_int(out, w->arena, "run", tick->run);
  act_put(out, w->arena, "way", tick->way);
  return finish(out, w, err);
}

tc_status write_wrong_number(struct act *out, const struct writing *w,
                             const struct contact *contact, struct tc_error *err) {
  return write_suggestion(out, w, act_property("number"), contact, "", _("called: wrong number"),
                          err);
}

tc_status write_test(struct act *out, const struct writing *w, const struct contact *contact,
                     enum test_result result, struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_TEST, contact->audience, err);
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "contact", &contact->uuid);
  act_put(out, w->arena, "result", test_result_word(result));
  if (result == TEST_WORKS) {
    act_put_int(out, w->arena, "was", contact->verified);
  } else {
    act_put(out, w->arena, "text",
            arena_printf(w->arena, _("%s %s: tested: %s"), contact_kind_text(contact->kind),
                         contact->masked ? "" : contact->number, act_test_text(result)));
    act_put_int(out, w->arena, "until", out->at + TEST_NOTED_S);
  }
  return finish(out, w, err);
}

bool write_may_be_absent(const struct entry *entry) {
  return entry->type == ENTRY_PERSON || entry->type == ENTRY_ROLE;
}

tc_status write_absence(struct act *out, const struct writing *w, const struct uuid *cover,
                        int64_t since, const char *text, struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_ABSENCE, w->entry->audience, err);
  if (status != TC_OK)
    return status;
  if (!write_may_be_absent(w->entry))
    return tc_fail(err, TC_INVALID, _("only a person, or whoever holds a role, can be absent"));
  act_put_uuid(out, w->arena, "cover", cover);
  act_put_int(out, w->arena, "since", since);
  act_put(out, w->arena, "text", text);
  act_put_int(out, w->arena, "until", w->until);
  return finish(out, w, err);
}

tc_status write_reveal(struct act *out, const struct writing *w, const struct uuid *contact,
                       enum audience audience, const char *reason, struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_REVEAL, audience ? audience : w->entry->audience, err);
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "contact", contact);
  act_put(out, w->arena, "reason", reason);
  return finish(out, w, err);
}

tc_status write_withdrawal(struct act *out, const struct writing *w, const struct uuid *act,
                           const char *text, struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_WITHDRAWAL, w->entry->audience, err);
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "act", act);
  act_put(out, w->arena, "text", text);
  return finish(out, w, err);
}

tc_status write_incident(struct act *out, const struct writing *w, enum act_kind kind,
                         uint32_t ways, const char *reason, struct tc_error *err) {
  tc_status status = begin(out, w, kind, w->domain->audience, err);
  if (status != TC_OK)
    return status;
  act_put(out, w->arena, "domain", w->domain->code);
  act_put_ways(out, w->arena, "directions", ways);
  act_put(out, w->arena, "reason", reason);
  act_put_int(out, w->arena, "until",
              w->until ? w->until : out->at + WRITE_INCIDENT_HOURS * INT64_C(3600));
  return finish(out, w, err);
}

tc_status write_incident_end(struct act *out, const struct writing *w,
                             const struct incident *incident, const char *reason,
                             struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_INCIDENT_END, w->domain->audience, err);
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "incident", &incident->uuid);
  act_put(out, w->arena, "reason", reason);
  act_put_int(out, w->arena, "was", incident->until);
  return finish(out, w, err);
}

tc_status write_incident_change(struct act *out, const struct writing *w,
                                const struct incident *incident, uint32_t ways, const char *reason,
                                struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_INCIDENT_CHANGE, w->domain->audience, err);
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "incident", &incident->uuid);
  act_put_ways(out, w->arena, "directions", ways);
  act_put(out, w->arena, "reason", reason);
  act_put_int(out, w->arena, "until", w->until);
  return finish(out, w, err);
}

tc_status write_exercise_begin(struct act *out, const struct writing *w,
                               const struct exercise_said *said, struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_EXERCISE_BEGIN, AUDIENCE_SWITCHBOARD, err);
  if (status != TC_OK)
    return status;
  const char *known = exercise_known(cache_house(w->setup->cache), out->at, w->arena);
  if (!known)
    return tc_fail(err, TC_REFUSED, _("too much really fails for an exercise"));
  act_put(out, w->arena, "name", said->name);
  act_put(out, w->arena, "domains", said->domains);
  act_put(out, w->arena, "terminals", said->terminals);
  act_put(out, w->arena, "known", known);
  act_put_int(out, w->arena, "until",
              w->until ? w->until : out->at + WRITE_EXERCISE_HOURS * INT64_C(3600));
  return finish(out, w, err);
}

tc_status write_exercise_end(struct act *out, const struct writing *w,
                             const struct exercise *exercise, const char *reason,
                             struct tc_error *err) {
  tc_status status = begin(out, w, ACT_KIND_EXERCISE_END, exercise->audience, err);
  if (status != TC_OK)
    return status;
  act_put_uuid(out, w->arena, "exercise", &exercise->uuid);
  act_put(out, w->arena, "reason", reason);
  return finish(out, w, err);
}

tc_status write_allowed(const struct setup *setup, const struct act *act, struct tc_error *err) {
  if (!setup_played(setup))
    return TC_OK;
  switch (act_kind_of(act)) {
  case ACT_KIND_ATTEMPT: /* marked as of the exercise */
  case ACT_KIND_REVEAL:  /* who looks at a number has really seen it */
  case ACT_KIND_INCIDENT_REPORT:
  case ACT_KIND_INCIDENT_DECLARE:
  case ACT_KIND_INCIDENT_END:
  case ACT_KIND_INCIDENT_CHANGE:
  case ACT_KIND_EXERCISE_BEGIN:
  case ACT_KIND_EXERCISE_END:
    return TC_OK;
  default:
    return tc_fail(err, TC_REFUSED,
                   _("EXERCISE: nothing is written but how calls ended; ask for the real answer "
                     "first (F3, --real)"));
  }
}

enum act_course write_course(const struct setup *setup, const struct act *act) {
  const struct act_rule *rule = act_rule(act_kind_of(act));
  return rule ? rule->course[act_tier_of(setup_audience(setup))] : COURSE_REFUSED;
}

static bool is_declared(const struct setup *setup, const struct uuid *incident) {
  const struct house *house = cache_house(setup->cache);
  for (size_t i = 0; house && i < house->incident_count; i++)
    if (uuid_equal(&house->incidents[i].uuid, incident))
      return house->incidents[i].declared;
  return false;
}

bool write_kind_needs_pin(const struct setup *setup, enum act_kind kind, const struct uuid *of) {
  const struct act_rule *rule = act_rule(kind);
  if (!setup->closed || !rule ||
      rule->course[act_tier_of(setup_audience(setup))] == rule->course[TIER_CLINICAL])
    return false;
  switch (kind) { /* what a clinical terminal does with what is its own */
  case ACT_KIND_ATTEMPT:
    return false;
  case ACT_KIND_WITHDRAWAL:
    return !own_has(&setup->own, of);
  case ACT_KIND_INCIDENT_CHANGE:
  case ACT_KIND_INCIDENT_END:
    return !own_has(&setup->own, of) || is_declared(setup, of);
  default:
    return true;
  }
}

bool write_needs_pin(const struct setup *setup, const struct act *act) {
  enum act_kind kind = act_kind_of(act);
  struct uuid of = act_get_uuid(act, kind == ACT_KIND_WITHDRAWAL ? "act" : "incident");
  return write_kind_needs_pin(setup, kind, &of);
}

/* ---- in words ----------------------------------------------------------------------------------
 */

bool write_masks(const struct act *act, const struct setup *setup, struct arena *arena) {
  struct uuid contact = act_get_uuid(act, "contact");
  enum act_kind kind = act_kind_of(act);
  struct entry e;
  if (kind != ACT_KIND_OVERRIDE && kind != ACT_KIND_SUGGESTION && kind != ACT_KIND_ATTEMPT)
    return false;
  if (kind == ACT_KIND_SUGGESTION && strcmp(act_get(act, "field"), "number") != 0)
    return false;
  return cache_entry(setup->cache, &act->subject, arena, &e, NULL) != TC_OK ||
         mask_covers(&e, &contact);
}

/* Words about what an act is about, without a masked number. */
static const char *starred(const struct act *act, const char *words, const struct setup *setup,
                           struct arena *arena) {
  const struct domain *domain = house_domain(cache_house(setup->cache), act_get(act, "domain"));
  const char *site = domain ? domain->site : "";
  struct entry e;
  if (!mask_may_be_in(words))
    return words;
  /* also what was written here in place of one */
  if (!uuid_is_nil(&act->subject) &&
      cache_entry(setup->cache, &act->subject, arena, &e, NULL) == TC_OK)
    words = mask_in_text(&e, words, arena);
  if (words && cache_mask(setup->cache, &act->subject, site, &words, arena, NULL) != TC_OK)
    words = NULL;
  return words ? words : "";
}

const char *write_words(const struct act *act, const char *field, const struct setup *setup,
                        struct arena *arena) {
  return starred(act, act_get(act, field), setup, arena);
}

const char *write_answer(const struct act_held *held, const struct setup *setup,
                         struct arena *arena) {
  return starred(&held->act, held->reason, setup, arena);
}

/* What the source answers of itself (sync/sql), and not a person there: said in the language of the
 * terminal. */
static const char *const answers[] = {
    N_("an absence is for whoever may see the entry"),
    N_("another absence has this UUID"),
    N_("another incident has this UUID"),
    N_("another terminal wrote it"),
    N_("it has ended"),
    N_("it is no report any more: a person ends it"),
    N_("it was changed since"),
    N_("it was extended since: down wins"),
    N_("it was over"),
    N_("it worked since"),
    N_("not an audience of this terminal"),
    N_("not at a terminal of this kind"),
    N_("taken back"),
    N_("the contact point is gone"),
    N_("the entry is gone"),
    N_("the entry that stands in is gone"),
    N_("the exercise is gone"),
    N_("the failure domain is gone"),
    N_("the incident is gone"),
    N_("the numbering plan is gone"),
    N_("there is no such field"),
    N_("what is right is not said"),
};

static const char *answer_shown(const char *answer) {
  for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
    if (strcmp(answer, answers[i]) == 0)
      return _(answers[i]);
  return answer;
}

/* An extension says whose it is: "RIV 5033". */
static const char *number_text(const char *number, const char *plan, const char *e164, bool masked,
                               const struct setup *setup, struct arena *arena) {
  struct buffer plain = BUFFER_INIT, stars = BUFFER_INIT;
  phone_format_number(&plain, number, e164, setup->from.country);
  if (masked)
    mask_number(&stars, buffer_text(&plain));
  const char *of = *plan ? dial_plan_name(cache_house(setup->cache), plan) : "";
  const char *text =
      arena_printf(arena, "%s%s%s", of, *of ? " " : "", buffer_text(masked ? &stars : &plain));
  buffer_free(&plain);
  buffer_free(&stars);
  return text ? text : "";
}

const char *write_override_number(const struct entry *e, const struct override *o,
                                  const struct setup *setup, struct arena *arena) {
  return number_text(o->number, o->plan, o->e164, mask_covers(e, &o->contact), setup, arena);
}

const char *write_wrong_text(const struct writing *w, const struct dialled *d, bool screen) {
  char entry[UUID_TEXT], act[UUID_TEXT];
  const char *number = number_text(dialled_number(d), d->stands_in ? d->stands_in->plan : "",
                                   d->stands_in ? d->stands_in->e164 : d->contact->e164,
                                   d->contact->masked, w->setup, w->arena),
             *text;
  if (!d->stands_in) {
    text = arena_printf(w->arena, _("the number %s is the rota's: tell whoever keeps it"), number);
  } else if (screen) {
    text = arena_printf(w->arena,
                        _("the temporary number %s is wrong: + on its card takes it back"), number);
  } else {
    uuid_format(&d->entry->uuid, entry);
    uuid_format(&d->stands_in->uuid, act);
    text = arena_printf(
        w->arena, _("the temporary number %s is wrong; to take it back: tocsin withdraw %s %s"),
        number, entry, act);
  }
  return text ? text : "";
}

static const char *number_shown(const struct act *act, const struct setup *setup,
                                struct arena *arena) {
  return number_text(act_get(act, "number"), act_get(act, "plan"), act_get(act, "e164"),
                     write_masks(act, setup, arena), setup, arena);
}

/* What a field said or should say; starred where it is a number that is masked. */
static const char *value_shown(const struct act *act, const char *field, const struct setup *setup,
                               struct arena *arena) {
  const char *value = act_get(act, field);
  if (!*value)
    return _("(nothing)");
  bool now = strcmp(field, "now") == 0; /* the plan is that of what was typed */
  if (now && *act_get(act, "plan"))
    return number_text(value, act_get(act, "plan"), "", write_masks(act, setup, arena), setup,
                       arena);
  return write_masks(act, setup, arena) ? number_text(value, "", "", true, setup, arena)
                                        : write_words(act, field, setup, arena);
}

const char *write_number_read(const struct act *act, const struct setup *setup,
                              struct arena *arena) {
  const char *number = act_get(act, act_kind_of(act) == ACT_KIND_SUGGESTION ? "now" : "number");
  enum act_kind kind = act_kind_of(act);
  if (kind != ACT_KIND_OVERRIDE &&
      (kind != ACT_KIND_SUGGESTION || strcmp(act_get(act, "field"), "number") != 0 || !*number))
    return "";
  return number_text(number, act_get(act, "plan"), act_get(act, "e164"),
                     write_masks(act, setup, arena), setup, arena);
}

static const char *until_shown(const struct act *act, int64_t now, struct arena *arena) {
  char when[WHEN_TEXT];
  int64_t until = act_get_int(act, "until");
  return until ? arena_printf(arena, _(" until %s"), when_seen(until, now, when)) : "";
}

/* " from Mon 08:00 until Fri 18:00, covered by Dr B. Fictif: leave" */
static const char *absence_shown(const struct act *act, const struct setup *setup, int64_t now,
                                 struct arena *arena) {
  char when[WHEN_TEXT];
  struct entry other;
  struct uuid cover = act_get_uuid(act, "cover");
  int64_t since = act_get_int(act, "since");
  const char *from = "", *who = "", *text = write_words(act, "text", setup, arena);
  if (since)
    from = arena_printf(arena, _("starting %s"), when_seen(since, now, when));
  if (!uuid_is_nil(&cover))
    who = cache_entry(setup->cache, &cover, arena, &other, NULL) == TC_OK && *other.name
              ? other.name
              : _("(not held here)");
  if (*who)
    who = arena_printf(arena, _(", covered by %s"), who);
  const char *shown =
      arena_printf(arena, "%s%s%s%s%s", from ? from : "", until_shown(act, now, arena),
                   who ? who : "", *text ? ": " : "", text);
  return shown && *shown == ' ' ? shown + 1 : shown;
}

/* "EXERCISE 06 39 98 12 34: no answer", "roll-call by fax" */
static const char *attempt_shown(const struct act *act, const char *words,
                                 const struct setup *setup, struct arena *arena) {
  bool played = *act_get(act, "exercise") != '\0', called = act_is_call(act);
  const char *number = !called || write_masks(act, setup, arena) ? "" : act_get(act, "number");
  int result = attempt_result_from_word(act_get(act, "result"));
  const char *how = act_result_text(result > 0 ? (enum attempt_result)result : ATTEMPT_OTHER);
  if (!called)
    how = arena_printf(arena, _("roll-call %s"), act_way_text(act_get(act, "way")));
  return arena_printf(arena, "%s%s%s%s%s", played ? _("EXERCISE") : "", played ? " " : "",
                      *number ? number : words, *number || *words ? ": " : "", how ? how : "");
}

static const char *test_shown(const struct act *act, const char *text) {
  int result = test_result_from_word(act_get(act, "result"));
  return *text ? text : act_test_text(result > 0 ? (enum test_result)result : TEST_OTHER);
}

/* The calls that an incident is of, in words: "inside+inbound"; "" where none are named. */
static const char *directions_shown(const struct act *act, struct arena *arena) {
  struct buffer text = BUFFER_INIT;
  directions_text(&text, direction_set_from_words(act_get(act, "directions")));
  const char *shown = arena_strdup(arena, buffer_text(&text));
  buffer_free(&text);
  return shown ? shown : "";
}

/* "pbx-sab inbound until 23:14: trunks dark"; of a change only what it changes. */
static const char *incident_shown(const struct act *act, const char *reason, int64_t now,
                                  struct arena *arena) {
  const char *domain = act_get(act, "domain"), *ways = directions_shown(act, arena);
  const char *until = until_shown(act, now, arena);
  bool bare = !*domain && !*ways;
  if (bare && until && *until == ' ')
    until++;
  return arena_printf(arena, "%s%s%s%s%s%s", domain, *domain && *ways ? " " : "", ways,
                      until ? until : "", *reason && !(bare && !(until && *until)) ? ": " : "",
                      reason);
}

/* "taken back: ring twice until 08:30": why, and what, where it was written here. */
static const char *withdrawn_shown(const struct act *act, const char *why,
                                   const struct setup *setup, int64_t now, struct arena *arena) {
  size_t count;
  struct uuid of = act_get_uuid(act, "act");
  const struct act_held *written = cache_written(setup->cache, &count);
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&written[i].act.uuid, &of) &&
        act_kind_of(&written[i].act) != ACT_KIND_WITHDRAWAL)
      return arena_printf(arena, "%s%s%s", why, _(": "),
                          write_sentence(&written[i].act, setup, now, arena));
  return arena_strdup(arena, why);
}

const char *write_sentence(const struct act *act, const struct setup *setup, int64_t now,
                           struct arena *arena) {
  const struct act_property *property;
  const char *text = "", *words = write_words(act, "text", setup, arena),
             *reason = write_words(act, "reason", setup, arena);
  switch (act_kind_of(act)) {
  case ACT_KIND_NOTE:
    text = arena_printf(arena, "%s%s", words, until_shown(act, now, arena));
    break;
  case ACT_KIND_OVERRIDE:
    text = arena_printf(arena, "%s%s%s%s", number_shown(act, setup, arena),
                        until_shown(act, now, arena), *reason ? ": " : "", reason);
    break;
  case ACT_KIND_SUGGESTION:
    property = act_property(act_get(act, "field"));
    text = arena_printf(arena, _("%s: %s instead of %s%s%s"), property ? _(property->label) : "",
                        value_shown(act, "now", setup, arena),
                        value_shown(act, "was", setup, arena), *words ? ", " : "", words);
    break;
  case ACT_KIND_INCIDENT_REPORT:
  case ACT_KIND_INCIDENT_DECLARE:
  case ACT_KIND_INCIDENT_CHANGE:
    text = incident_shown(act, reason, now, arena);
    break;
  case ACT_KIND_EXERCISE_BEGIN:
    text = arena_printf(arena, "%s%s: %s; %s", act_get(act, "name"), until_shown(act, now, arena),
                        act_get(act, "domains"), act_get(act, "terminals"));
    break;
  case ACT_KIND_INCIDENT_END:
    text = arena_strdup(arena, *reason ? reason : _("no reason given"));
    break;
  case ACT_KIND_EXERCISE_END:
    text = arena_strdup(arena, *reason ? reason : _("it is over"));
    break;
  case ACT_KIND_ATTEMPT:
    text = attempt_shown(act, words, setup, arena);
    break;
  case ACT_KIND_ABSENCE:
    text = absence_shown(act, setup, now, arena);
    break;
  case ACT_KIND_TEST:
    text = arena_strdup(arena, test_shown(act, words));
    break;
  case ACT_KIND_REVEAL:
    text = arena_strdup(arena, reveal_reason_text(act_get(act, "reason")));
    break;
  case ACT_KIND_WITHDRAWAL:
    text = withdrawn_shown(act, *words ? words : _("taken back"), setup, now, arena);
    break;
  default:
    break;
  }
  return text ? text : "";
}

/* What the source answers of something whose time was over, in a sentence that says what to do; or
 * NULL. */
static const char *over_text(const struct act_held *held) {
  enum act_kind kind = act_kind_of(&held->act);
  bool over = held->state == ACT_DONE && strcmp(held->reason, "it was over") == 0;
  bool gone = held->state == ACT_ASIDE && strcmp(held->reason, "the incident is gone") == 0;
  if (over && kind == ACT_KIND_INCIDENT_REPORT)
    return _("too late, its time was over: report it again if it still fails");
  if (over)
    return _("too late, its time was over: nobody else was shown it");
  if (gone && (kind == ACT_KIND_INCIDENT_END || kind == ACT_KIND_INCIDENT_CHANGE))
    return _("too late: its time was over, or a switchboard had ended it");
  if (kind == ACT_KIND_INCIDENT_END && held->state == ACT_DONE && !*held->reason)
    return _("somebody else had ended it");
  if (kind == ACT_KIND_INCIDENT_REPORT && held->state == ACT_DONE &&
      strcmp(held->reason, "it has ended") == 0)
    return _("it has ended");
  return NULL;
}

const char *write_state(const struct act_held *held, const struct setup *setup,
                        struct arena *arena) {
  const char *state = over_text(held);
  if (state)
    return state;
  state = act_state_text(held->state);
  const char *text = state;
  if (held->state == ACT_PENDING && write_course(setup, &held->act) == COURSE_SUGGESTED)
    text = arena_printf(arena, _("suggested, %s"), state);
  else if (held->state == ACT_APPLIED && held->revision > cache_info(setup->cache)->revision)
    text = arena_strdup(arena, _("confirmed, on its way here"));
  else if (held->state == ACT_APPLIED)
    text = arena_strdup(arena, _("confirmed"));
  else if (*held->reason)
    text = arena_printf(arena, "%s%s%s", state, _(": "),
                        answer_shown(write_answer(held, setup, arena)));
  return text ? text : "";
}
