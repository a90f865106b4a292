/* Where is searched, looking into a site unit by unit, and what it offers. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "tui/dialogue.h"

static const struct site *ask_site(struct dialogue *d) {
  const struct house *house = cache_house(d->setup->cache);
  char typed[DIALOGUE_LINE];
  for (size_t i = 0; i < house->site_count; i++)
    dialogue_line(d, "%s  %s", house->sites[i].code, house->sites[i].name);
  if (!dialogue_ask(d, _("The code of the site (Enter: back): "), typed, sizeof typed) || !*typed)
    return NULL;
  for (size_t i = 0; i < house->site_count; i++)
    if (strcasecmp(house->sites[i].code, typed) == 0)
      return &house->sites[i];
  dialogue_line(d, _("There is no site %s."), typed);
  return NULL;
}

static void search_in(struct dialogue *d, enum search_scope scope, const char *only) {
  d->scope = scope;
  snprintf(d->only, sizeof d->only, "%s", only);
}

static void say_entry(struct dialogue *d, const struct present *p, const struct entry *e) {
  struct search_item item;
  if (!present_item(p, e, CONTACT_OTHER, NULL, &item))
    return;
  rows_say(d, rows_add(d, &item.uuid), &item);
  if (*item.fate)
    dialogue_line(d, "  ! %s", item.fate);
}

static void say_place(struct dialogue *d) {
  struct present p;
  struct browse_place place;
  const char *section = NULL;
  dialogue_present(d, &p);
  browse_read(&place, p.cache, d->browse_site, d->browse_path, &d->arena);
  size_t all = place.unit_count + place.entry_count;
  dialogue_line(d, "%s%s%s", d->browse_site, *d->browse_path ? " > " : "", d->browse_path);
  for (size_t i = 0; i < all; i++) {
    bool unit = i < place.unit_count;
    if (!rows_has(d, i))
      continue;
    rows_section(d, &section, unit ? _("units") : _("entries"));
    if (!unit) {
      say_entry(d, &p, place.entries[i - place.unit_count]);
      continue;
    }
    const struct unit_row *u = &place.units[i];
    size_t digit = rows_add(d, NULL);
    snprintf(d->rows[digit - 1].unit, sizeof d->rows->unit, "%s", u->path);
    dialogue_line(d, "%zu %s: %lld", digit, u->path, (long long)u->entries);
  }
  rows_end(d, all, false);
  if (!all)
    dialogue_line(d, "%s", dialogue_nothing(d, _("Nothing is listed here.")));
  dialogue_line(d, "%s", _("A digit opens; <: one level up."));
}

void plain_browse_unit(struct dialogue *d, const char *path) {
  char to[BROWSE_PATH];
  snprintf(to, sizeof to, "%s", path);
  memcpy(d->browse_path, to, sizeof to);
  rows_begin(d, say_place, "");
}

void plain_up(struct dialogue *d) {
  if (d->list != say_place)
    dialogue_line(d, "%s", _("No site is browsed: e, then 6."));
  else if (!uuid_is_nil(&d->open) || browse_up(d->browse_path))
    rows_begin(d, say_place, "");
  else
    plain_sites(d);
}

static void browse(struct dialogue *d, const struct site *site) {
  snprintf(d->browse_site, sizeof d->browse_site, "%s", site->code);
  d->browse_path[0] = '\0';
  rows_begin(d, say_place, "");
}

static void stand_at(struct setup *s, const struct site *site) {
  snprintf(s->config.site, sizeof s->config.site, "%s", site->code);
  s->config.plan[0] = '\0'; /* it was of the other site */
  setup_stand(s, s->from.set);
}

void plain_sites(struct dialogue *d) {
  struct setup *s = d->setup;
  const struct site *mine = house_site(cache_house(s->cache), s->config.site), *site;
  dialogue_line(d, "1 %s", _("all sites, mine first"));
  dialogue_line(d, _("2 my site: %s"), s->config.site);
  dialogue_line(d, _("3 my group: %s"), mine ? mine->group : "");
  dialogue_line(d, "4 %s", _("one other site"));
  dialogue_line(d, "5 %s", _("I am at another site: numbers as dialled from there"));
  dialogue_line(d, "6 %s", _("browse a site: its units, then their entries"));
  switch (dialogue_pick(d, _("Search in, or browse (Enter: as it is): "), 6)) {
  case 1:
    search_in(d, SEARCH_ALL, "");
    break;
  case 2:
    if (mine)
      search_in(d, SEARCH_MINE, mine->code);
    break;
  case 3:
    if (mine && *mine->group)
      search_in(d, SEARCH_GROUP, mine->group);
    break;
  case 4:
    if ((site = ask_site(d)) != NULL)
      search_in(d, SEARCH_ONE, site->code);
    break;
  case 5:
    if ((site = ask_site(d)) != NULL)
      stand_at(s, site);
    break;
  case 6:
    if ((site = ask_site(d)) != NULL)
      browse(d, site);
    return;
  default:
    break;
  }
  dialogue_line(d, _("You are at %s; searched: %s"), *s->config.site ? s->config.site : "?",
                d->scope == SEARCH_ALL ? _("all sites") : d->only);
}

static void say_services(struct dialogue *d) {
  enum { SERVICES = 64 };
  struct present p;
  const struct entry *services = NULL;
  const char *section = NULL;
  size_t count = 0;
  struct tc_error err = {0};
  dialogue_present(d, &p);
  tc_status status =
      cache_services(p.cache, d->setup->from.site, SERVICES, &d->arena, &services, &count, &err);
  if (status != TC_OK && status != TC_DAMAGED)
    dialogue_fault(d, &err);
  for (size_t i = 0; services && i < count; i++) {
    if (!rows_has(d, i))
      continue;
    rows_section(d, &section, _("services here"));
    say_entry(d, &p, &services[i]);
  }
  rows_end(d, count, count == SERVICES);
  if (count == SERVICES && !d->more)
    dialogue_line(d, "%s", _("The others are found by their names, or browsing: e, then 6."));
  if (!count && (status == TC_OK || status == TC_DAMAGED))
    dialogue_line(d, "%s", dialogue_nothing(d, _("Nothing is listed here.")));
}

void plain_services(struct dialogue *d) {
  rows_begin(d, say_services, "");
}
