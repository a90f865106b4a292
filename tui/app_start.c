/* What stands where nothing is typed. */
#include <string.h>

#include "base/i18n.h"
#include "tui/app_state.h"

static bool add_known(struct app *a, const struct present *p, const struct uuid *uuid,
                      const char *section, size_t cap) {
  struct entry e;
  if (a->item_count == cap || cache_entry(p->cache, uuid, p->arena, &e, NULL) != TC_OK)
    return false;
  if (!present_item(p, &e, CONTACT_OTHER, NULL, &a->items[a->item_count]))
    return false;
  a->items[a->item_count++].section = section;
  return true;
}

/* Of one rank those of the site itself stand before those of others that serve it: who takes the
 * first of two that are called alike has one's own. */
static void own_first(const struct entry **services, size_t count, const char *site) {
  for (size_t i = 1; i < count; i++) {
    const struct entry *moved = services[i];
    size_t to = i;
    for (; to && strcmp(moved->site, site) == 0 && services[to - 1]->rank == moved->rank &&
           strcmp(services[to - 1]->site, site) != 0;
         to--)
      services[to] = services[to - 1];
    services[to] = moved;
  }
}

/* The services and roles of the site one stands at, those of the highest rank first. */
static void add_services(struct app *a, const struct present *p, size_t cap) {
  enum { SERVICES = 16 };
  const struct entry *services, *order[SERVICES];
  size_t count;
  tc_status status =
      cache_services(p->cache, a->setup.from.site, SERVICES, p->arena, &services, &count, NULL);
  if (status != TC_OK && status != TC_DAMAGED) /* the top says that it is not all */
    return;
  for (size_t i = 0; i < count; i++)
    order[i] = &services[i];
  own_first(order, count, a->setup.from.site);
  for (size_t i = 0; i < count && a->item_count < cap; i++)
    if (present_item(p, order[i], CONTACT_OTHER, NULL, &a->items[a->item_count]))
      a->items[a->item_count++].section = _("services here");
}

enum action app_start_action(const struct app *a) {
  return app_screen(a) == SCREEN_SEARCH && a->selected < a->item_count ? a->items[a->selected].opens
                                                                       : ACT_NONE;
}

void app_start_row(const struct present *p, const struct app *a, enum action opens,
                   struct search_item *out) {
  char keys[64];
  const struct setup *setup = &a->setup;
  *out = (struct search_item){.opens = opens,
                              .section = _("without a function key"),
                              .site = "",
                              .fate = "",
                              .found = "",
                              .where = "",
                              .left = "",
                              .place = "",
                              .number = "",
                              .more = "",
                              .here = true};
  switch (opens) {
  case ACT_SITES:
    out->name = _("sites: browse, or stand at one");
    break;
  case ACT_FROM:
    out->name = arena_printf(p->arena, _("calling from: %s"), set_kind_text(setup->from.set));
    break;
  case ACT_PRINT:
    out->name = _("print: site list, code board");
    break;
  default:
    out->name = _("help");
    break;
  }
  key_text(action_row(opens)->key, keys, sizeof keys);
  out->kind = arena_strdup(p->arena, keys);
}

/* What everybody may want and has a function key: with one hand, arrows and Enter do. */
static void add_other(struct app *a, const struct present *p, size_t cap) {
  static const enum action others[] = {ACT_SITES, ACT_FROM, ACT_PRINT, ACT_HELP};
  for (size_t i = 0; i < sizeof others / sizeof *others && a->item_count < cap; i++)
    if (others[i] != ACT_PRINT || !a->setup.kiosk || a->setup.print_helper.fd)
      app_start_row(p, a, others[i], &a->items[a->item_count++]);
}

const char *app_start_hint(const struct app *a) {
  return a->cols < 60
             ? _("Type a name or a number. F1: help.")
             : _("Type a name, a service, a site or a number; the list follows. F1 says more.");
}

/* Nothing typed: at a desk its favourites and the last ones, then the codes of the site and its
 * services. */
void app_start_rows(struct app *a, const struct present *p) {
  enum { START_MAX = MEMORY_FAVOURITES + MEMORY_RECENT + 64 };
  a->items = arena_zalloc(p->arena, START_MAX, sizeof *a->items);
  if (!a->items)
    return;
  if (a->setup.config.desk) {
    for (size_t i = 0; i < a->memory.favourite_count; i++)
      add_known(a, p, &a->memory.favourites[i], _("favourites"), START_MAX);
    for (size_t i = 0; i < a->memory.recent_count; i++)
      if (!memory_is_favourite(&a->memory, &a->memory.recent[i]))
        add_known(a, p, &a->memory.recent[i], _("opened last"), START_MAX);
  }
  app_make_frame(a); /* which has read the codes */
  if (a->frame.codes_lost && present_lost(p, 0, true, &a->items[a->item_count])) {
    a->items[a->item_count].name = _("codes that cannot be read");
    a->items[a->item_count++].section = _("emergency codes here");
  }
  for (size_t i = 0; i < a->frame.code_entry_count && a->item_count < START_MAX; i++)
    if (present_item(p, &a->frame.code_entries[i], CONTACT_OTHER, NULL, &a->items[a->item_count]))
      a->items[a->item_count++].section = _("emergency codes here");
  if (*a->setup.from.site)
    add_services(a, p, START_MAX);
  add_other(a, p, START_MAX);
  a->told = app_call_waiting(a, p->arena);
}
