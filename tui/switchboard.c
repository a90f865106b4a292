#include "tui/switchboard.h"

#include <string.h>

#include "tui/reach_text.h"

const char *switchboard_number(struct cache *cache, const struct reach_world *world,
                               const char *code, struct arena *arena) {
  const struct site *site = house_site(world->house, code);
  struct entry e;
  struct channel best;
  size_t count = 0;
  if (!site)
    return "";
  const char *own = *world->from->plan && strcmp(world->from->plan, site->plan) == 0
                        ? site->switchboard_number
                        : "";
  if (uuid_is_nil(&site->switchboard) ||
      cache_entry(cache, &site->switchboard, arena, &e, NULL) != TC_OK ||
      !reach_best(&best, &e, NULL, world, CONTACT_OTHER) || best.dial.form == DIAL_NONE ||
      best.contact->masked)
    return own;
  /* The short number stands unless something else of the switchboard is better off. */
  const struct channel *all = *own ? reach_order(&e, NULL, world, arena, &count) : NULL;
  for (size_t i = 0; all && i < count; i++)
    if (strcmp(all[i].contact->number, own) == 0 && all[i].state <= best.state)
      best = all[i];
  if (!reach_is_spoken(
          &best)) { /* its fax answers nobody: the first of its phones, with its mark */
    all = all ? all : reach_order(&e, NULL, world, arena, &count);
    size_t i = 0;
    while (all && i < count &&
           !(reach_is_spoken(&all[i]) && all[i].dial.form != DIAL_NONE && !all[i].contact->masked))
      i++;
    if (!all || i == count)
      return own;
    best = all[i];
  }
  const char *number = *best.dial.shown ? best.dial.shown : best.contact->number;
  const char *state = reach_strip_text(&best, world, arena);
  const char *text = arena_printf(arena, *state ? "%s %s" : "%s", number, state);
  return text ? text : "";
}
