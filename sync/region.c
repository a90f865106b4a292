#include "sync/region.h"

#include <string.h>

#include "base/i18n.h"
#include "core/holiday.h"
#include "db/zones.h"
#include "sync/each.h"

struct region_of_calendar {
  struct region_of_calendar *next;
  const char *country, *region;
};

struct region_of_site {
  struct region_of_site *next;
  const char *code, *country, *region, *zone; /* zone: NULL where it is about the region */
  long row, column;
};

enum { KNOWN_MAX = 512 };

static void add_site(struct regions *r, const struct region_of_site *like) {
  struct region_of_site *s = arena_zalloc(&r->arena, 1, sizeof *s);
  if (!s)
    return;
  *s = *like;
  if (r->last)
    r->last->next = s;
  else
    r->sites = s;
  r->last = s;
}

void regions_site(struct regions *r, const struct site *site, const char *country, long row,
                  long column) {
  const char *of = *site->country ? site->country : country;
  if (!*site->region || (holiday_is_computed(of) && holiday_knows_region(of, site->region)))
    return;
  add_site(r, &(struct region_of_site){.code = arena_strdup(&r->arena, site->code),
                                       .country = arena_strdup(&r->arena, of),
                                       .region = arena_strdup(&r->arena, site->region),
                                       .row = row,
                                       .column = column});
}

void regions_zone(struct regions *r, const struct site *site, long row, long column) {
  struct arena arena = ARENA_INIT;
  struct house house = {.sites = site, .site_count = 1};
  bool known = !*site->zone || !zones_read(&house, &arena) || house_zone(&house, site);
  arena_free(&arena);
  if (!known)
    add_site(r, &(struct region_of_site){.code = arena_strdup(&r->arena, site->code),
                                         .zone = arena_strdup(&r->arena, site->zone),
                                         .row = row,
                                         .column = column});
}

static void add_calendar(struct regions *r, const struct calendar *calendar) {
  if (!*calendar->region)
    return;
  struct region_of_calendar *c = arena_zalloc(&r->arena, 1, sizeof *c);
  if (!c)
    return;
  *c = (struct region_of_calendar){.next = r->calendars,
                                   .country = arena_strdup(&r->arena, calendar->country),
                                   .region = arena_strdup(&r->arena, calendar->region)};
  r->calendars = c;
}

/* What cannot be read is told by whoever reads it. */
static void take_record(struct regions *r, const void *bytes, size_t len, bool sites, long row) {
  struct arena arena = ARENA_INIT;
  struct record record;
  struct tc_error ignored = {.status = TC_OK};
  if (record_head(&record.head, bytes, len, &ignored) != TC_OK ||
      (record.head.kind != RECORD_CALENDAR && !(sites && record.head.kind == RECORD_SITE)))
    return;
  if (record_decode(&record, bytes, len, &arena, &ignored) == TC_OK) {
    if (record.head.kind == RECORD_CALENDAR) {
      add_calendar(r, &record.calendar);
    } else {
      regions_site(r, &record.site, "", row, 0);
      regions_zone(r, &record.site, row, 0);
    }
  }
  arena_free(&arena);
}

void regions_record(struct regions *r, const void *bytes, size_t len, long row) {
  take_record(r, bytes, len, true, row);
  unrecorded_record(&r->domains, bytes, len);
}

static tc_status take_held(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct regions *r = context;
  (void)err;
  take_record(r, bytes, len, false, 0);
  unrecorded_held(&r->domains, bytes, len);
  return TC_OK;
}

tc_status regions_held(struct regions *r, struct pg *pg, const char *cache, struct tc_error *err) {
  bool wanted = r->sites || unrecorded_any(&r->domains);
  return wanted ? each_record(pg, cache, take_held, r, err) : TC_OK;
}

static bool is_named(const struct regions *r, const struct region_of_site *s) {
  for (const struct region_of_calendar *c = r->calendars; c; c = c->next)
    if (strcmp(c->country, s->country) == 0 && strcmp(c->region, s->region) == 0)
      return true;
  return false;
}

void regions_tell(const struct regions *r, struct notes *notes) {
  struct buffer known = {.limit = KNOWN_MAX};
  holiday_regions(&known);
  for (const struct region_of_site *s = r->sites; s && !arena_failed(&r->arena); s = s->next) {
    if (s->zone)
      notes_add(notes, NOTE_LINT, s->row, s->column,
                _("site %s: the time zone “%s” is not known on this machine, and neither hours nor "
                  "rotas are told there: write a name as Europe/Paris"),
                s->code, s->zone);
    else if (is_named(r, s))
      continue;
    else if (holiday_is_computed(s->country))
      notes_add(notes, NOTE_LINT, s->row, s->column,
                _("site %s: no public holidays of a region “%s” are known, and hours with ph are "
                  "not told there on days that may be one: write one of %s"),
                s->code, s->region, buffer_text(&known));
    else
      notes_add(notes, NOTE_LINT, s->row, s->column,
                _("site %s: no calendar is of a region “%s” of “%s”, and hours with ph are not "
                  "told there: import one, or write the region as its calendar does"),
                s->code, s->region, s->country);
  }
  unrecorded_tell(&r->domains, notes);
  if (arena_failed(&r->arena))
    notes->failed = true;
  buffer_free(&known);
}

void regions_free(struct regions *r) {
  arena_free(&r->arena);
  unrecorded_free(&r->domains);
  *r = (struct regions){0};
}
