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

/* Whole or not at all. */
static void keep_text(char out[ACT_NUMBER_MAX + 1], const char *text) {
  size_t len = text ? strlen(text) : 0;
  len = len > ACT_NUMBER_MAX ? 0 : len;
  memcpy(out, len ? text : "", len);
  out[len] = '\0';
}

void dialled_keep(struct dialled_kept *out, const struct dialled *d) {
  *out = (struct dialled_kept){.masked = false};
  if (!d)
    return;
  const struct override *over = d->stands_in;
  out->key = d->key;
  out->entry = d->entry->uuid;
  out->contact = d->contact->uuid;
  out->kind = over && over->kind != CONTACT_OTHER ? over->kind : d->contact->kind;
  out->audience = d->audience;
  out->masked = d->contact->masked;
  out->stands_in = over != NULL;
  keep_text(out->number, dialled_number(d));
  keep_text(out->plan, over ? over->plan : d->contact->plan);
  keep_text(out->e164, over ? over->e164 : d->contact->e164);
}

void dialled_keep_channel(struct dialled_kept *out, const struct channel *c,
                          const struct entry *entry, const struct on_call *o) {
  const struct dialled d = make(c, entry, o);
  dialled_keep(out, &d);
}

const struct dialled *dialled_again(const struct dialled_kept *kept, struct arena *arena) {
  if (uuid_is_nil(&kept->key))
    return NULL;
  struct entry *e = arena_zalloc(arena, 1, sizeof *e);
  struct contact *c = arena_zalloc(arena, 1, sizeof *c);
  struct override *over = arena_zalloc(arena, 1, sizeof *over);
  struct dialled *d = arena_zalloc(arena, 1, sizeof *d);
  if (!e || !c || !over || !d)
    return NULL;
  *e = (struct entry){.uuid = kept->entry, .site = "", .name = "", .audience = kept->audience};
  *c = contact_empty;
  c->uuid = kept->contact;
  c->number = arena_strdup(arena, kept->number);
  c->plan = arena_strdup(arena, kept->plan);
  c->e164 = arena_strdup(arena, kept->e164);
  c->kind = kept->kind;
  c->audience = kept->audience;
  c->masked = kept->masked;
  *over = (struct override){.uuid = kept->key,
                            .contact = kept->contact,
                            .number = c->number,
                            .plan = c->plan,
                            .e164 = c->e164,
                            .kind = kept->kind,
                            .by = "",
                            .reason = ""};
  *d = (struct dialled){.key = kept->key,
                        .entry = e,
                        .contact = c,
                        .stands_in = kept->stands_in ? over : NULL,
                        .audience = kept->audience};
  return arena_failed(arena) ? NULL : d;
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
