#include "tui/standing.h"

#include <string.h>

#include "base/i18n.h"
#include "core/mask.h"
#include "tui/dialled.h"
#include "tui/write.h"

tc_status standing_whose(struct entry *e, struct uuid *which, enum act_kind kind,
                         const struct present *p, bool screen, struct tc_error *err) {
  struct dialled *all;
  size_t count;
  tc_status status = dialled_all(&all, &count, p->cache, e, &p->world, p->arena, err);
  if (status != TC_OK)
    return status;
  const struct dialled *d = dialled_with(all, count, which);
  if (!d)
    return tc_fail(err, TC_NOT_FOUND, _("that number is no longer listed"));
  const struct writing w = {.setup = p->setup, .entry = d->entry, .arena = p->arena};
  bool of_the_rota = !d->stands_in && !dialled_is_contact(d);
  if (of_the_rota || (kind == ACT_KIND_SUGGESTION && d->stands_in))
    return tc_fail(err, TC_REFUSED, "%s", write_wrong_text(&w, d, screen));
  *e = *d->entry;
  *which = d->contact->uuid; /* of what a temporary number stands in for, too */
  return TC_OK;
}

/* Does it say all that the directory has? */
static bool is_whole(const struct act_property *property, const struct entry *e,
                     const struct uuid *which, const struct present *p, const char *shown) {
  struct entry clear;
  const char *value = NULL;
  if (cache_entry_clear(p->cache, &e->uuid, p->arena, &clear, NULL) == TC_OK)
    value = act_property_value(property, &clear, which);
  return value && shown && strcmp(value, shown) == 0;
}

const char *standing_value(const struct act_property *property, const struct entry *e,
                           const struct uuid *which, const struct present *p) {
  const char *value = act_property_value(property, e, which);
  bool of_number = strcmp(property->name, "number") == 0;
  bool hidden = of_number ? mask_covers(e, which) : !is_whole(property, e, which, p, value);
  return value && !hidden ? value : "";
}

struct standing *standing_acts(const struct entry *e, const struct setup *setup,
                               struct arena *arena, size_t *count) {
  size_t most = e->override_count + e->absence_count + e->note_count + e->beside_count;
  struct standing *out = arena_zalloc(arena, most + 1, sizeof *out);
  *count = 0;
  if (!out)
    return NULL;
  for (size_t i = 0; i < e->override_count; i++)
    out[(*count)++] = (struct standing){e->overrides[i].uuid, _("temporary number"),
                                        write_override_number(e, &e->overrides[i], setup, arena)};
  for (size_t i = 0; i < e->absence_count; i++)
    if (!uuid_is_nil(&e->absences[i].uuid))
      out[(*count)++] =
          (struct standing){e->absences[i].uuid, _("back again: the absence"),
                            *e->absences[i].text ? e->absences[i].text : e->absences[i].by};
  for (size_t i = 0; i < e->note_count; i++)
    out[(*count)++] = (struct standing){e->notes[i].uuid, e->notes[i].text, e->notes[i].by};
  for (size_t i = 0; i < e->beside_count; i++) {
    const struct act_rule *rule = act_rule(act_kind_of(&e->beside[i]->act));
    if (rule && rule->kind != ACT_KIND_WITHDRAWAL)
      out[(*count)++] = (struct standing){e->beside[i]->act.uuid, _(rule->label),
                                          act_state_text(e->beside[i]->state)};
  }
  return out;
}
