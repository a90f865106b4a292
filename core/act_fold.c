#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/act.h"

struct folding {
  struct entry *entry;
  const struct act_held **acts; /* about the entry and not over, in the order of the fold */
  size_t count;
  const struct act_held *all; /* as handed in */
  size_t all_count;
  int64_t revision;
  enum act_tier tier;
  struct arena *arena;
};

bool act_is_over(const struct act_held *held, int64_t revision) {
  switch (held->state) {
  case ACT_PENDING:
  case ACT_WAITS:
    return false;
  case ACT_APPLIED: /* until the cache is there too */
    return held->revision <= revision && act_kind_of(&held->act) != ACT_KIND_ATTEMPT;
  default:
    return act_kind_of(&held->act) != ACT_KIND_ATTEMPT;
  }
}

/* Ends it, changes it or takes it back: it cannot have been written before it. */
static bool is_of_another(const struct act *act) {
  enum act_kind kind = act_kind_of(act);
  return kind == ACT_KIND_INCIDENT_END || kind == ACT_KIND_INCIDENT_CHANGE ||
         kind == ACT_KIND_WITHDRAWAL;
}

int act_held_compare(const void *a, const void *b) {
  const struct act_held *x = *(const struct act_held *const *)a,
                        *y = *(const struct act_held *const *)b;
  if (x->act.at != y->act.at)
    return x->act.at < y->act.at ? -1 : 1;
  int order = (int)is_of_another(&x->act) - (int)is_of_another(&y->act);
  return order ? order : uuid_compare(&x->act.uuid, &y->act.uuid);
}

bool act_is_withdrawn(const struct act_held *acts, size_t count, const struct uuid *uuid) {
  for (size_t i = 0; i < count; i++) {
    if (act_kind_of(&acts[i].act) != ACT_KIND_WITHDRAWAL || acts[i].state == ACT_REFUSED)
      continue;
    struct uuid of = act_get_uuid(&acts[i].act, "act");
    if (uuid_equal(&of, uuid))
      return true;
  }
  return false;
}

/* Does it change the entry, as far as can be known here? */
static bool takes_effect(const struct folding *f, const struct act_held *held) {
  const struct act_rule *rule = act_rule(act_kind_of(&held->act));
  if (!rule || held->state == ACT_WAITS)
    return false;
  return held->state == ACT_APPLIED || rule->course[f->tier] >= COURSE_OWN;
}

/* Was it written on this machine? */
static bool is_own(const struct folding *f, const struct uuid *uuid) {
  for (size_t i = 0; i < f->all_count; i++)
    if (uuid_equal(&f->all[i].act.uuid, uuid))
      return true;
  return false;
}

static bool has_note(const struct entry *e, const struct uuid *uuid) {
  for (size_t i = 0; i < e->note_count; i++)
    if (uuid_equal(&e->notes[i].uuid, uuid))
      return true;
  return false;
}

static bool has_override(const struct entry *e, const struct uuid *uuid) {
  for (size_t i = 0; i < e->override_count; i++)
    if (uuid_equal(&e->overrides[i].uuid, uuid))
      return true;
  return false;
}

static bool has_absence(const struct entry *e, const struct uuid *uuid) {
  for (size_t i = 0; i < e->absence_count; i++)
    if (uuid_equal(&e->absences[i].uuid, uuid))
      return true;
  return false;
}

static bool has_contact(const struct entry *e, const struct uuid *uuid) {
  for (size_t i = 0; i < e->contact_count; i++)
    if (uuid_equal(&e->contacts[i].uuid, uuid))
      return true;
  return false;
}

/* The withdrawal that takes this one out; NULL for none.  A ward may take back what was written on
 * this machine; the source knows of what terminal the rest is. */
static const struct act_held *withdrawn_by(const struct folding *f, const struct uuid *uuid) {
  for (size_t i = 0; i < f->count; i++) {
    const struct act *act = &f->acts[i]->act;
    if (act_kind_of(act) != ACT_KIND_WITHDRAWAL || !takes_effect(f, f->acts[i]))
      continue;
    struct uuid of = act_get_uuid(act, "act");
    if (uuid_equal(&of, uuid) &&
        (act_rule(ACT_KIND_WITHDRAWAL)->course[f->tier] == COURSE_APPLIED ||
         f->acts[i]->state == ACT_APPLIED || is_own(f, uuid)))
      return f->acts[i];
  }
  return NULL;
}

/* Text of an act in the entry's own memory. */
static const char *kept(struct arena *arena, const char *text) {
  const char *copy = arena_strdup(arena, text);
  return copy ? copy : "";
}

static struct note note_of(const struct act *act, struct arena *arena) {
  bool tested = act_kind_of(act) == ACT_KIND_TEST;
  int result = tested ? test_result_from_word(act_get(act, "result")) : TEST_OTHER;
  return (struct note){.uuid = act->uuid,
                       .at = act->at,
                       .until = act_get_int(act, "until"),
                       .by = kept(arena, act->initials),
                       .text = kept(arena, act_get(act, "text")),
                       .contact = tested ? act_get_uuid(act, "contact") : (struct uuid){{0}},
                       .test = result > 0 ? (enum test_result)result : TEST_OTHER,
                       .pending = true};
}

static struct override override_of(const struct act *act, struct arena *arena) {
  int kind = contact_kind_from_word(act_get(act, "kind"));
  return (struct override){.uuid = act->uuid,
                           .contact = act_get_uuid(act, "contact"),
                           .number = kept(arena, act_get(act, "number")),
                           .plan = kept(arena, act_get(act, "plan")),
                           .e164 = kept(arena, act_get(act, "e164")),
                           .kind = kind > 0 ? (enum contact_kind)kind : CONTACT_OTHER,
                           .at = act->at,
                           .until = act_get_int(act, "until"),
                           .by = kept(arena, act->initials),
                           .reason = kept(arena, act_get(act, "reason")),
                           .pending = true};
}

static struct absence absence_of(const struct act *act, struct arena *arena) {
  int64_t since = act_get_int(act, "since");
  return (struct absence){.uuid = act->uuid,
                          .at = act->at,
                          .from = since ? since : act->at,
                          .until = act_get_int(act, "until"),
                          .covered_by = act_get_uuid(act, "cover"),
                          .by = kept(arena, act->initials),
                          .text = kept(arena, act_get(act, "text")),
                          .pending = true};
}

static bool stands_in(const struct folding *f, const struct act *act) {
  struct uuid contact = act_get_uuid(act, "contact");
  return uuid_is_nil(&contact) || has_contact(f->entry, &contact);
}

static bool has_failed(const struct act *act) {
  return act_kind_of(act) == ACT_KIND_TEST &&
         test_result_from_word(act_get(act, "result")) != TEST_WORKS;
}

/* Was the same contact point found to work later? */
static bool works_since(const struct folding *f, const struct act *failed) {
  struct uuid contact = act_get_uuid(failed, "contact");
  for (size_t i = 0; i < f->entry->contact_count; i++)
    if (uuid_equal(&f->entry->contacts[i].uuid, &contact))
      return f->entry->contacts[i].verified >= failed->at;
  return false;
}

static bool is_noted(const struct folding *f, const struct act_held *held) {
  return act_kind_of(&held->act) == ACT_KIND_NOTE ||
         (has_failed(&held->act) && stands_in(f, &held->act) && !works_since(f, &held->act));
}

static void set_verified(struct folding *f, size_t n, int64_t at, const char *by, const char *how) {
  struct entry *e = f->entry;
  struct contact *all = arena_zalloc(f->arena, e->contact_count, sizeof *all);
  if (!all)
    return;
  memcpy(all, e->contacts, e->contact_count * sizeof *all);
  all[n].verified = at;
  all[n].verified_by = by;
  all[n].verified_how = how;
  e->contacts = all;
}

/* What works is verified, whoever it was that tried. */
static void verify(struct folding *f, const struct act *act) {
  struct entry *e = f->entry;
  struct uuid contact = act_get_uuid(act, "contact");
  for (size_t i = 0; i < e->contact_count; i++)
    if (uuid_equal(&e->contacts[i].uuid, &contact) && e->contacts[i].verified < act->at)
      set_verified(f, i, act->at, kept(f->arena, act->initials), act_rule(ACT_KIND_TEST)->word);
}

/* A test that the directory holds already and that is taken back: as it was before. */
static void take_back_test(struct folding *f, const struct uuid *uuid) {
  struct entry *e = f->entry;
  for (size_t i = 0; i < f->all_count; i++) {
    const struct act *test = &f->all[i].act;
    if (!uuid_equal(&test->uuid, uuid) || act_kind_of(test) != ACT_KIND_TEST || has_failed(test))
      continue;
    struct uuid contact = act_get_uuid(test, "contact");
    for (size_t n = 0; n < e->contact_count; n++)
      if (uuid_equal(&e->contacts[n].uuid, &contact) && e->contacts[n].verified == test->at)
        set_verified(f, n, act_get_int(test, "was"), "", "");
  }
}

static void fold_tests(struct folding *f) {
  for (size_t i = 0; i < f->count; i++) {
    struct uuid of = act_get_uuid(&f->acts[i]->act, "act");
    if (withdrawn_by(f, &of))
      take_back_test(f, &of);
  }
  for (size_t i = 0; i < f->count; i++) {
    const struct act *act = &f->acts[i]->act;
    if (act_kind_of(act) == ACT_KIND_TEST && !has_failed(act) && takes_effect(f, f->acts[i]) &&
        !withdrawn_by(f, &act->uuid))
      verify(f, act);
  }
}

/* Those of the record that nothing takes out, then the ones that are not confirmed. */
static void fold_notes(struct folding *f) {
  struct entry *e = f->entry;
  struct note *all = arena_zalloc(f->arena, e->note_count + f->count + 1, sizeof *all);
  size_t count = 0;
  if (!all)
    return;
  for (size_t i = 0; i < e->note_count; i++)
    if (!withdrawn_by(f, &e->notes[i].uuid))
      all[count++] = e->notes[i];
  for (size_t i = 0; i < f->count; i++) {
    const struct act *act = &f->acts[i]->act;
    if (is_noted(f, f->acts[i]) && takes_effect(f, f->acts[i]) && !has_note(e, &act->uuid) &&
        !withdrawn_by(f, &act->uuid))
      all[count++] = note_of(act, f->arena);
  }
  e->notes = all;
  e->note_count = count;
}

static void fold_overrides(struct folding *f) {
  struct entry *e = f->entry;
  struct override *all = arena_zalloc(f->arena, e->override_count + f->count + 1, sizeof *all);
  size_t count = 0;
  if (!all)
    return;
  for (size_t i = 0; i < e->override_count; i++)
    if (!withdrawn_by(f, &e->overrides[i].uuid))
      all[count++] = e->overrides[i];
  for (size_t i = 0; i < f->count; i++) {
    const struct act *act = &f->acts[i]->act;
    if (act_kind_of(act) == ACT_KIND_OVERRIDE && takes_effect(f, f->acts[i]) && stands_in(f, act) &&
        !has_override(e, &act->uuid) && !withdrawn_by(f, &act->uuid))
      all[count++] = override_of(act, f->arena);
  }
  e->overrides = all;
  e->override_count = count;
}

static void fold_absences(struct folding *f) {
  struct entry *e = f->entry;
  struct absence *all = arena_zalloc(f->arena, e->absence_count + f->count + 1, sizeof *all);
  size_t count = 0;
  if (!all)
    return;
  for (size_t i = 0; i < e->absence_count; i++)
    if (uuid_is_nil(&e->absences[i].uuid) || !withdrawn_by(f, &e->absences[i].uuid))
      all[count++] = e->absences[i];
  for (size_t i = 0; i < f->count; i++) {
    const struct act *act = &f->acts[i]->act;
    if (act_kind_of(act) == ACT_KIND_ABSENCE && takes_effect(f, f->acts[i]) &&
        !has_absence(e, &act->uuid) && !withdrawn_by(f, &act->uuid))
      all[count++] = absence_of(act, f->arena);
  }
  e->absences = all;
  e->absence_count = count;
}

/* A try is in no record that its withdrawal could be over for: what the source took, and what it
 * had nothing to do for, takes it out all the same. */
static bool is_taken_back(const struct folding *f, const struct uuid *uuid) {
  for (size_t i = 0; i < f->all_count; i++) {
    const struct act_held *held = &f->all[i];
    if (act_kind_of(&held->act) == ACT_KIND_ATTEMPT && uuid_equal(&held->act.uuid, uuid) &&
        *act_get(&held->act, "withdrawn"))
      return true;
    if (act_kind_of(&held->act) != ACT_KIND_WITHDRAWAL)
      continue;
    struct uuid of = act_get_uuid(&held->act, "act");
    bool answered = held->state == ACT_APPLIED || held->state == ACT_DONE;
    bool may = act_rule(ACT_KIND_WITHDRAWAL)->course[f->tier] == COURSE_APPLIED || is_own(f, uuid);
    if (uuid_equal(&of, uuid) && (answered || (held->state == ACT_PENDING && may)))
      return true;
  }
  return false;
}

/* Whatever the source says of them: they were made. */
static void fold_attempts(struct folding *f) {
  struct entry *e = f->entry;
  struct attempt *all = arena_zalloc(f->arena, f->count + 1, sizeof *all);
  size_t count = 0;
  if (!all)
    return;
  for (size_t i = 0; i < f->count; i++) {
    const struct act *act = &f->acts[i]->act;
    if (act_kind_of(act) != ACT_KIND_ATTEMPT || is_taken_back(f, &act->uuid))
      continue;
    int result = attempt_result_from_word(act_get(act, "result"));
    all[count++] =
        (struct attempt){.uuid = act->uuid,
                         .contact = act_get_uuid(act, "contact"),
                         .number = kept(f->arena, act_get(act, "number")),
                         .result = result > 0 ? (enum attempt_result)result : ATTEMPT_OTHER,
                         .at = act->at,
                         .by = kept(f->arena, act->initials),
                         .way = act_is_call(act) ? "" : kept(f->arena, act_get(act, "way")),
                         .exercise = act_get_uuid(act, "exercise"),
                         .pending = f->acts[i]->state == ACT_PENDING};
  }
  e->attempts = all;
  e->attempt_count = count;
}

/* A suggestion whose field says so already has been heard. */
static bool is_heard(const struct folding *f, const struct act *act) {
  const struct act_property *property = act_property(act_get(act, "field"));
  struct uuid contact = act_get_uuid(act, "contact");
  const char *value = property ? act_property_value(property, f->entry, &contact) : NULL;
  return value && strcmp(value, act_get(act, "now")) == 0;
}

/* Is it shown beside the entry?  What changed it is seen in it. */
static bool is_beside(const struct folding *f, const struct act_held *held,
                      const struct entry *before) {
  const struct act *act = &held->act;
  struct uuid of;
  switch (act_kind_of(act)) {
  case ACT_KIND_NOTE:
  case ACT_KIND_OVERRIDE:
  case ACT_KIND_ABSENCE:
    if (withdrawn_by(f, &act->uuid) || has_note(f->entry, &act->uuid) ||
        has_override(f->entry, &act->uuid) || has_absence(f->entry, &act->uuid))
      return false;
    return !takes_effect(f, held) || act_kind_of(act) == ACT_KIND_OVERRIDE;
  case ACT_KIND_SUGGESTION:
    return !is_heard(f, act) && !withdrawn_by(f, &act->uuid);
  case ACT_KIND_WITHDRAWAL: /* of something that everybody else still sees */
    of = act_get_uuid(act, "act");
    return has_note(before, &of) || has_override(before, &of) || has_absence(before, &of);
  default:
    return false;
  }
}

static const struct act_held *kept_whole(struct arena *arena, const struct act_held *held) {
  struct act_held *copy = arena_alloc(arena, sizeof *copy);
  size_t count = held->act.payload.count;
  const char **payload = arena_zalloc(arena, count + 1, sizeof *payload);
  if (!copy || !payload)
    return NULL;
  *copy = *held;
  copy->reason = kept(arena, held->reason);
  copy->act.type = kept(arena, held->act.type);
  copy->act.account = kept(arena, held->act.account);
  copy->act.initials = kept(arena, held->act.initials);
  for (size_t i = 0; i < count; i++)
    payload[i] = kept(arena, held->act.payload.items[i]);
  copy->act.payload = (struct text_list){payload, count};
  copy->act.unknown = NULL; /* nobody writes this copy back */
  copy->act.unknown_count = 0;
  return copy;
}

static void fold_beside(struct folding *f, const struct entry *before) {
  const struct act_held **beside = arena_zalloc(f->arena, f->count + 1, sizeof *beside);
  size_t count = 0;
  for (size_t i = 0; beside && i < f->count; i++)
    if (is_beside(f, f->acts[i], before))
      beside[count++] = kept_whole(f->arena, f->acts[i]);
  f->entry->beside = beside;
  f->entry->beside_count = beside ? count : 0;
}

tc_status act_fold(struct entry *entry, const struct act_held *acts, size_t count, int64_t revision,
                   enum act_tier tier, struct arena *arena, struct tc_error *err) {
  struct folding f = {.entry = entry,
                      .all = acts,
                      .all_count = count,
                      .revision = revision,
                      .tier = tier,
                      .arena = arena};
  struct entry before = *entry;
  entry->beside = NULL;
  entry->beside_count = 0;
  entry->attempts = NULL;
  entry->attempt_count = 0;
  if (!count)
    return TC_OK;
  f.acts = arena_zalloc(arena, count, sizeof *f.acts);
  if (!f.acts)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&acts[i].act.subject, &entry->uuid) && !act_is_over(&acts[i], revision))
      f.acts[f.count++] = &acts[i];
  if (!f.count)
    return TC_OK;
  qsort(f.acts, f.count, sizeof *f.acts, act_held_compare);
  fold_tests(&f);
  fold_notes(&f);
  fold_overrides(&f);
  fold_absences(&f);
  fold_attempts(&f);
  fold_beside(&f, &before);
  return arena_failed(arena) ? tc_fail(err, TC_NO_MEMORY, _("out of memory")) : TC_OK;
}
