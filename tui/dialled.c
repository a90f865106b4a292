#include "tui/dialled.h"

#include <string.h>

#include "base/i18n.h"
#include "db/on_call.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory"));
}

struct uuid dialled_key(const struct channel *c) {
  static const struct uuid space;
  if (c->stands_in)
    return c->stands_in->uuid;
  if (!uuid_is_nil(&c->contact->uuid))
    return c->contact->uuid;
  return uuid_from_name(&space, c->contact->number, strlen(c->contact->number));
}

static enum audience audience_of(const struct dialled *d, const struct on_call *o, size_t holder) {
  if (d->contact->audience)
    return d->contact->audience;
  return holder ? o->now.holders[holder - 1].rota->audience : d->entry->audience;
}

static struct dialled make(const struct channel *c, const struct entry *entry,
                           const struct on_call *o) {
  const struct entry *person = c->holder ? o->persons[c->holder - 1] : NULL;
  struct dialled d = {.key = dialled_key(c),
                      .entry = person && !uuid_is_nil(&person->uuid) ? person : entry,
                      .contact = c->contact,
                      .stands_in = c->stands_in};
  d.audience = audience_of(&d, o, c->holder);
  return d;
}

tc_status dialled_all(struct dialled **out, size_t *count, struct cache *cache,
                      const struct entry *entry, const struct reach_world *world,
                      struct arena *arena, struct tc_error *err) {
  struct on_call o;
  *count = 0;
  tc_status status = on_call_of(&o, cache, entry, world, arena, err);
  if (status != TC_OK)
    return status;
  size_t all = 0;
  struct channel *channels = reach_order(entry, &o.holders, world, arena, &all);
  *out = arena_zalloc(arena, all + 1, sizeof **out);
  if (!*out || arena_failed(arena))
    return no_memory(err);
  for (size_t i = 0; channels && i < all; i++)
    (*out)[(*count)++] = make(&channels[i], entry, &o);
  return TC_OK;
}

const struct dialled *dialled_with(const struct dialled *all, size_t count,
                                   const struct uuid *key) {
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&all[i].key, key))
      return &all[i];
  return NULL;
}

tc_status dialled_first(const struct dialled **out, struct cache *cache, const struct entry *entry,
                        const struct reach_world *world, struct arena *arena,
                        struct tc_error *err) {
  struct on_call o;
  struct channel best;
  *out = NULL;
  tc_status status = on_call_of(&o, cache, entry, world, arena, err);
  if (status != TC_OK)
    return status;
  if (!reach_best(&best, entry, &o.holders, world, CONTACT_OTHER))
    return TC_OK;
  struct dialled *d = arena_zalloc(arena, 1, sizeof *d);
  if (!d)
    return no_memory(err);
  *d = make(&best, entry, &o);
  *out = d;
  return TC_OK;
}

const char *dialled_number(const struct dialled *d) {
  return d->stands_in ? d->stands_in->number : d->contact->number;
}

enum contact_kind dialled_kind(const struct dialled *d) {
  const struct override *over = d->stands_in;
  return over && over->kind != CONTACT_OTHER ? over->kind : d->contact->kind;
}

bool dialled_is_pager(const struct dialled *d) {
  return d && dialled_kind(d) == CONTACT_PAGER;
}

bool dialled_is_contact(const struct dialled *d) {
  return !d->stands_in && !uuid_is_nil(&d->contact->uuid) && *d->contact->number;
}
