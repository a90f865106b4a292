#include "tui/round.h"

#include "base/i18n.h"

tc_status round_read(const struct setup *setup, struct arena *arena, struct walk_row **rows,
                     size_t *count, struct tc_error *err) {
  *count = 0;
  *rows = NULL;
  return *setup->from.site ? walk_read(setup->cache, setup->from.site, clock_now(&setup->clock),
                                       WALK_DAYS, arena, rows, count, err)
                           : TC_OK;
}

size_t round_due(const struct walk_row *rows, size_t count) {
  size_t due = 0;
  for (size_t i = 0; i < count; i++)
    due += walk_is_due(&rows[i]);
  return due;
}

struct uuid *round_order(const struct walk_row *rows, size_t count, struct arena *arena) {
  struct uuid *order = arena_zalloc(arena, count + 1, sizeof *order);
  size_t n = 0;
  for (int due = 1; order && due >= 0; due--)
    for (size_t i = 0; i < count; i++)
      if (walk_is_due(&rows[i]) == due)
        order[n++] = rows[i].contact->uuid;
  return order;
}

const struct walk_row *round_row(const struct walk_row *rows, size_t count,
                                 const struct uuid *contact) {
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&rows[i].contact->uuid, contact))
      return &rows[i];
  return NULL;
}

const struct act_held *round_last(const struct setup *setup, const struct uuid *contact) {
  size_t count;
  const struct act_held *acts = cache_written(setup->cache, &count), *last = NULL;
  int64_t since = clock_now(&setup->clock) - ATTEMPT_SHOWN_S;
  for (size_t i = 0; i < count; i++) {
    struct uuid of = act_get_uuid(&acts[i].act, "contact");
    if (act_kind_of(&acts[i].act) == ACT_KIND_TEST && acts[i].act.at > since &&
        uuid_equal(&of, contact) && (!last || acts[i].act.at >= last->act.at) &&
        !act_is_withdrawn(acts, count, &acts[i].act.uuid))
      last = &acts[i];
  }
  return last;
}

tc_status round_act(struct act *out, struct writing *w, struct entry *e, const struct uuid *entry,
                    const struct uuid *contact, enum test_result result, struct tc_error *err) {
  tc_status status = cache_entry(w->setup->cache, entry, w->arena, e, err);
  if (status != TC_OK)
    return status;
  w->entry = e;
  if (!result) {
    const struct act_held *last = round_last(w->setup, contact);
    return last ? write_withdrawal(out, w, &last->act.uuid, "", err)
                : tc_fail(err, TC_NOT_FOUND, _("nothing was noted of it in this shift"));
  }
  const struct contact *c = entry_contact(e, contact);
  return c ? write_test(out, w, c, result, err)
           : tc_fail(err, TC_NOT_FOUND, _("it is no longer in the directory"));
}
