#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/act.h"

struct folding {
  struct incident *list;
  size_t count;
  const struct act_held **acts; /* of incidents, in the order of the fold */
  size_t act_count;
  const struct act_held *all;
  size_t all_count;
  int64_t revision;
  enum act_tier tier;
  struct arena *arena;
};

static bool is_of_incidents(enum act_kind kind) {
  return kind >= ACT_KIND_INCIDENT_REPORT && kind <= ACT_KIND_INCIDENT_CHANGE;
}

static bool opens(enum act_kind kind) {
  return kind == ACT_KIND_INCIDENT_REPORT || kind == ACT_KIND_INCIDENT_DECLARE;
}

static struct incident *find(const struct folding *f, const struct uuid *uuid) {
  for (size_t i = 0; i < f->count; i++)
    if (uuid_equal(&f->list[i].uuid, uuid))
      return &f->list[i];
  return NULL;
}

static bool is_own(const struct folding *f, const struct uuid *uuid) {
  for (size_t i = 0; i < f->all_count; i++)
    if (uuid_equal(&f->all[i].act.uuid, uuid))
      return true;
  return false;
}

static const char *kept(struct arena *arena, const char *text) {
  const char *copy = arena_strdup(arena, text);
  return copy ? copy : "";
}

/* A report waits at the source until it is declared or refused, and is shown here meanwhile: what
 * the switchboards hold of it does not come back to a ward. */
static void add_reported(struct folding *f, const struct act_held *held) {
  const struct act *act = &held->act;
  enum act_kind kind = act_kind_of(act);
  if (act_is_over(held, f->revision) || find(f, &act->uuid) ||
      act_rule(kind)->course[f->tier] == COURSE_REFUSED)
    return;
  int64_t since = act_get_int(act, "since");
  f->list[f->count++] = (struct incident){.uuid = act->uuid,
                                          .audience = act->audience,
                                          .domain = kept(f->arena, act_get(act, "domain")),
                                          .directions = act_get_ways(act, "directions"),
                                          .since = since ? since : act->at,
                                          .begun = since <= act->at,
                                          .until = act_get_int(act, "until"),
                                          .reason = kept(f->arena, act_get(act, "reason")),
                                          .by = kept(f->arena, act->initials),
                                          .declared = kind == ACT_KIND_INCIDENT_DECLARE,
                                          .pending = held->state == ACT_PENDING};
}

/* What may be done to it here, as far as can be told. */
static struct incident *changeable(struct folding *f, const struct act_held *held) {
  const struct act *act = &held->act;
  struct uuid uuid = act_get_uuid(act, "incident");
  struct incident *i = find(f, &uuid);
  enum act_course course = act_rule(act_kind_of(act))->course[f->tier];
  if (!i || act_is_over(held, f->revision) || held->state == ACT_WAITS)
    return NULL;
  return course == COURSE_APPLIED || (course == COURSE_OWN && is_own(f, &uuid)) ? i : NULL;
}

/* Only where it saw what is: who ends an incident that was extended meanwhile did not know. */
static void end(struct folding *f, const struct act_held *held) {
  struct incident *i = changeable(f, held);
  if (!i || i->ended || (i->declared && strcmp(act_get(&held->act, "only"), "reported") == 0))
    return;
  i->pending = true;
  if (act_get_int(&held->act, "was") == i->until)
    i->ended = held->act.at;
  else
    i->disputed = true;
}

static void change(struct folding *f, const struct act_held *held) {
  const struct act *act = &held->act;
  struct incident *i = changeable(f, held);
  if (!i)
    return;
  i->pending = true;
  if (i->ended) { /* still down, says somebody */
    i->ended = 0;
    i->disputed = true;
  }
  if (*act_get(act, "until"))
    i->until = act_get_int(act, "until");
  if (*act_get(act, "directions"))
    i->directions = act_get_ways(act, "directions");
  if (*act_get(act, "reason"))
    i->reason = kept(f->arena, act_get(act, "reason"));
}

tc_status act_fold_incidents(const struct incident **out, size_t *out_count,
                             const struct incident *incidents, size_t count,
                             const struct act_held *acts, size_t act_count, int64_t revision,
                             enum act_tier tier, struct arena *arena, struct tc_error *err) {
  struct folding f = {
      .all = acts, .all_count = act_count, .revision = revision, .tier = tier, .arena = arena};
  f.list = arena_zalloc(arena, count + act_count + 1, sizeof *f.list);
  f.acts = arena_zalloc(arena, act_count + 1, sizeof *f.acts);
  if (!f.list || !f.acts)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (count)
    memcpy(f.list, incidents, count * sizeof *f.list);
  f.count = count;
  for (size_t i = 0; i < act_count; i++)
    if (is_of_incidents(act_kind_of(&acts[i].act)))
      f.acts[f.act_count++] = &acts[i];
  qsort(f.acts, f.act_count, sizeof *f.acts, act_held_compare);
  /* First all that is said to be down, then what became of it: in one second, or where a clock was
   * set back, an end may stand before its incident. */
  for (size_t i = 0; i < f.act_count; i++)
    if (opens(act_kind_of(&f.acts[i]->act)))
      add_reported(&f, f.acts[i]);
  for (size_t i = 0; i < f.act_count; i++)
    if (act_kind_of(&f.acts[i]->act) == ACT_KIND_INCIDENT_END)
      end(&f, f.acts[i]);
    else if (!opens(act_kind_of(&f.acts[i]->act)))
      change(&f, f.acts[i]);
  *out = f.list;
  *out_count = f.count;
  return arena_failed(arena) ? tc_fail(err, TC_NO_MEMORY, _("out of memory")) : TC_OK;
}
