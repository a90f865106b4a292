#include "tui/chain.h"

#include "base/i18n.h"
#include "tui/switchboard.h"

static struct chain_stop stop_at(const struct present *p, const struct uuid *uuid,
                                 const char *words, int64_t wait) {
  struct entry e;
  struct chain_stop stop = {.name = words, .wait = wait};
  if (!uuid_is_nil(uuid) && cache_entry(p->cache, uuid, p->arena, &e, NULL) == TC_OK && *e.name) {
    stop.entry = *uuid;
    stop.name = e.name;
  } else if (!*words) {
    stop.name = _("(not held here)");
  }
  return stop;
}

static struct chain_stop last_stop(const struct present *p, const struct site *site,
                                   const char *switchboard) {
  static const struct uuid none;
  if (site && !uuid_is_nil(&site->switchboard)) {
    struct chain_stop stop = stop_at(p, &site->switchboard, "", 0);
    if (!uuid_is_nil(&stop.entry)) {
      stop.name = arena_printf(p->arena, _("switchboard of %s"), site->code);
      return stop;
    }
  }
  const char *number =
      site ? switchboard_number(p->cache, &p->world, site->code, p->arena) : switchboard;
  const char *words = site && *number
                          ? arena_printf(p->arena, _("switchboard of %s: %s"), site->code, number)
                      : site    ? arena_printf(p->arena, _("switchboard of %s"), site->code)
                      : *number ? arena_printf(p->arena, _("switchboard: %s"), number)
                                : _("the switchboard");
  return stop_at(p, &none, words ? words : "", 0);
}

size_t chain_stops(const struct present *p, const struct entry *e, const char *switchboard,
                   struct chain_stop **out) {
  const struct site *site = house_site(p->world.house, e->site);
  struct chain_stop *stops = arena_zalloc(p->arena, e->chain_count + 2, sizeof *stops);
  size_t count = 0;
  *out = stops;
  if (!stops)
    return 0;
  stops[count++] = stop_at(p, &e->uuid, e->name, 0);
  for (size_t i = 0; i < e->chain_count; i++)
    stops[count++] = stop_at(p, &e->chain[i].entry, e->chain[i].text, e->chain[i].wait);
  struct chain_stop last = last_stop(p, site, switchboard);
  if (uuid_is_nil(&last.entry) || !uuid_equal(&last.entry, &stops[count - 1].entry))
    stops[count++] = last;
  else if (count > 1) /* said as what it is */
    stops[count - 1].name = last.name;
  for (size_t i = 0; i < count; i++)
    if (!stops[i].name)
      return 0;
  return arena_failed(p->arena) ? 0 : count;
}
