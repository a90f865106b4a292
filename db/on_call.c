#include "db/on_call.h"

#include <string.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/mask.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the rotas"));
}

/* What is left of a person for a shift that names one contact point: that one (NULL: it is not held
 * here, and no other is taken for it) and what stands in for it.  false: no memory. */
static bool keep_point(struct entry *entry, const struct entry *person, const struct contact *point,
                       struct arena *arena) {
  struct override *kept = arena_zalloc(arena, person->override_count + 1, sizeof *kept);
  size_t count = 0;
  for (size_t i = 0; kept && point && i < person->override_count; i++)
    if (reach_stands_for(person, &person->overrides[i]) == point) {
      kept[count] = person->overrides[i];
      kept[count++].contact = point->uuid;
    }
  entry->contacts = point;
  entry->contact_count = point != NULL;
  entry->overrides = kept;
  entry->override_count = count;
  return kept != NULL;
}

static const struct contact *point_of(const struct entry *person, const struct uuid *uuid) {
  for (size_t i = 0; i < person->contact_count; i++)
    if (uuid_equal(&person->contacts[i].uuid, uuid))
      return &person->contacts[i];
  return NULL;
}

/* Is the number of a shift one that is masked, of whoever holds it or of anybody? */
static bool is_masked(struct cache *cache, const struct shift *s, const struct entry *person,
                      struct arena *arena) {
  const char *number = s->number;
  return mask_hides(person, number) ||
         cache_mask(cache, &s->holder, person->site, &number, arena, NULL) != TC_OK ||
         number != s->number;
}

/* The person with the contact points of the shift: its own number, the one it names, else all. */
static const struct entry *shift_person(struct cache *cache, const struct shift *s,
                                        const struct entry *person, struct arena *arena) {
  struct entry *entry = arena_zalloc(arena, 1, sizeof *entry);
  struct contact *one = arena_zalloc(arena, 1, sizeof *one);
  if (!entry || !one)
    return NULL;
  *entry = *person;
  if (!*entry->name)
    entry->name = s->text;
  if (*s->number) {
    *one = contact_empty;
    one->number = s->number;
    one->plan = s->plan;
    one->e164 = s->e164;
    one->masked = is_masked(cache, s, person, arena);
    one->kind = dial_kind(cache_house(cache), s->number, s->plan, s->e164, CONTACT_OTHER);
    entry->contacts = one;
    entry->contact_count = 1;
    entry->override_count = 0;
  } else if (!uuid_is_nil(&s->contact) &&
             !keep_point(entry, person, point_of(person, &s->contact), arena)) {
    return NULL;
  }
  return entry;
}

const struct entry *on_call_person(struct cache *cache, const struct shift *s,
                                   const struct entry *role, struct arena *arena) {
  static const struct entry nobody = {.name = "", .site = "", .unit = "", .title = ""};
  struct entry person = nobody;
  person.site = role->site;
  if (uuid_is_nil(&s->holder) || cache_entry(cache, &s->holder, arena, &person, NULL) != TC_OK) {
    person = nobody;
    person.site = role->site;
  }
  return shift_person(cache, s, &person, arena);
}

/* Whoever is absent, as the directory was told, stands behind those who are there. */
static void put_away_last(struct on_call *o, const struct entry **persons, int64_t now) {
  struct rota_holder held[ROTA_HOLDERS] = {{.rota = NULL}};
  const struct entry *who[ROTA_HOLDERS] = {NULL};
  size_t n = 0;
  for (int away = 0; away < 2; away++)
    for (size_t i = 0; i < o->now.count; i++) {
      const struct absence *last;
      bool is = entry_absences(persons[i], now, true, &last, 1) > 0; /* the clock is trusted */
      if (is != (away != 0))
        continue;
      held[n] = o->now.holders[i];
      who[n++] = persons[i];
      o->holders.away += is;
    }
  for (size_t i = 0; i < n; i++) {
    o->now.holders[i] = held[i];
    persons[i] = who[i];
  }
}

tc_status on_call_read(struct on_call *out, struct cache *cache, const struct entry *role,
                       const struct reach_world *world, struct arena *arena, struct tc_error *err) {
  const struct rota *const *rotas;
  size_t count;
  *out = (struct on_call){.now = {.state = ROTA_NOT_HELD}};
  tc_status status = cache_rotas(cache, &role->uuid, arena, &rotas, &count, err);
  if (status != TC_OK)
    return status;
  rota_at(&out->now, rotas, count, house_zone(world->house, house_site(world->house, role->site)),
          world->now, world->clock_trusted);
  const struct entry **persons = arena_zalloc(arena, out->now.count + 1, sizeof *persons);
  for (size_t i = 0; persons && i < out->now.count; i++)
    if ((persons[i] = on_call_person(cache, out->now.holders[i].shift, role, arena)) == NULL)
      return no_memory(err);
  if (!persons || arena_failed(arena))
    return no_memory(err);
  put_away_last(out, persons, world->now);
  out->persons = persons;
  out->holders = (struct reach_holders){persons, out->now.count, out->holders.away};
  return TC_OK;
}

tc_status on_call_of(struct on_call *out, struct cache *cache, const struct entry *entry,
                     const struct reach_world *world, struct arena *arena, struct tc_error *err) {
  if (entry->type == ENTRY_ROLE)
    return on_call_read(out, cache, entry, world, arena, err);
  *out = (struct on_call){.now = {.state = ROTA_NOT_HELD}};
  return TC_OK;
}
