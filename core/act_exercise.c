#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/act.h"
#include "core/exercise.h"

struct folding {
  struct exercise *list;
  size_t count;
  struct arena *arena;
};

static struct exercise *find(const struct folding *f, const struct uuid *uuid) {
  for (size_t i = 0; i < f->count; i++)
    if (uuid_equal(&f->list[i].uuid, uuid))
      return &f->list[i];
  return NULL;
}

static const char *kept(struct arena *arena, const char *text) {
  const char *copy = arena_strdup(arena, text);
  return copy ? copy : "";
}

static void begin(struct folding *f, const struct act_held *held) {
  const struct act *act = &held->act;
  if (find(f, &act->uuid))
    return;
  f->list[f->count++] =
      (struct exercise){.uuid = act->uuid,
                        .audience = act->audience,
                        .name = kept(f->arena, act_get(act, "name")),
                        .terminals = exercise_words(act_get(act, "terminals"), f->arena),
                        .domains = exercise_words(act_get(act, "domains"), f->arena),
                        .known = exercise_words(act_get(act, "known"), f->arena),
                        .from = act->at,
                        .until = act_get_int(act, "until"),
                        .by = kept(f->arena, act->initials),
                        .broken = "",
                        .pending = held->state == ACT_PENDING};
}

static void end(struct folding *f, const struct act_held *held) {
  struct uuid uuid = act_get_uuid(&held->act, "exercise");
  struct exercise *x = find(f, &uuid);
  if (!x || held->act.at < x->from || (x->ended && x->ended <= held->act.at))
    return;
  x->ended = held->act.at;
  x->pending = true;
}

static int by_time(const void *a, const void *b) {
  const struct exercise *x = a, *y = b;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return uuid_compare(&x->uuid, &y->uuid);
}

tc_status act_fold_exercises(const struct exercise **out, size_t *out_count,
                             const struct exercise *exercises, size_t count,
                             const struct act_held *acts, size_t act_count, int64_t revision,
                             enum act_tier tier, struct arena *arena, struct tc_error *err) {
  struct folding f = {.arena = arena};
  f.list = arena_zalloc(arena, count + act_count + 1, sizeof *f.list);
  if (!f.list)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (count)
    memcpy(f.list, exercises, count * sizeof *f.list);
  f.count = count;
  for (int ends = 0; ends < 2; ends++) /* an end may come before what it ends */
    for (size_t i = 0; i < act_count; i++) {
      enum act_kind kind = act_kind_of(&acts[i].act);
      if (kind != (ends ? ACT_KIND_EXERCISE_END : ACT_KIND_EXERCISE_BEGIN) ||
          act_is_over(&acts[i], revision) || act_rule(kind)->course[tier] == COURSE_REFUSED)
        continue;
      if (ends)
        end(&f, &acts[i]);
      else
        begin(&f, &acts[i]);
    }
  qsort(f.list, f.count, sizeof *f.list, by_time);
  *out = f.list;
  *out_count = f.count;
  return arena_failed(arena) ? tc_fail(err, TC_NO_MEMORY, _("out of memory")) : TC_OK;
}
