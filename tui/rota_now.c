#include "tui/rota_now.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "core/record.h"

enum { LOCAL_TEXT = 24, HOLDERS_MAX = 16 };

struct moment {
  char at[LOCAL_TEXT];   /* "2026-11-24T03:14" */
  char week[LOCAL_TEXT]; /* "2026-W48" */
};

/* The local time of a zone.  The zone of the process is as it was afterwards. */
static void local_moment(struct moment *out, int64_t at, const char *zone) {
  const char *now = getenv("TZ");
  char *before = now ? strdup(now) : NULL;
  time_t instant = (time_t)at;
  struct tm tm = {0};
  if (zone[0]) {
    setenv("TZ", zone, 1);
    tzset();
  }
  if (!localtime_r(&instant, &tm) || !strftime(out->at, sizeof out->at, "%Y-%m-%dT%H:%M", &tm) ||
      !strftime(out->week, sizeof out->week, "%G-W%V", &tm))
    *out = (struct moment){{0}, {0}};
  if (zone[0]) {
    if (before)
      setenv("TZ", before, 1);
    else
      unsetenv("TZ");
    tzset();
  }
  free(before);
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the rotas"));
}

/* The contact points for a shift: its own number, the named contact point, else all of the
 * person's. */
static tc_status shift_channels(const struct answer *a, const struct shift *s,
                                const struct entry *person, struct answer_holder *to,
                                struct arena *arena, struct tc_error *err) {
  struct entry *entry = arena_zalloc(arena, 1, sizeof *entry);
  struct contact *one = arena_zalloc(arena, 1, sizeof *one);
  if (!entry || !one)
    return no_memory(err);
  *entry = *person;
  for (size_t i = 0; i < person->contact_count; i++)
    if (!uuid_is_nil(&s->contact) && uuid_equal(&person->contacts[i].uuid, &s->contact)) {
      entry->contacts = &person->contacts[i];
      entry->contact_count = 1;
    }
  if (s->number[0]) {
    *one = contact_empty;
    one->number = s->number;
    one->plan = s->plan;
    one->e164 = s->e164;
    entry->contacts = one;
    entry->contact_count = 1;
  }
  return answer_channels(a, entry, arena, &to->channels, &to->channel_count, err);
}

static tc_status add_holder(const struct answer *a, const struct rota *rota, const struct shift *s,
                            struct answer_row *row, struct answer_holder *holders,
                            struct arena *arena, struct tc_error *err) {
  static const struct entry nobody = {.name = "", .site = ""};
  struct entry *person = arena_zalloc(arena, 1, sizeof *person);
  struct answer_holder *to = &holders[row->holder_count];
  tc_status status = TC_NOT_FOUND;
  if (!person)
    return no_memory(err);
  if (!uuid_is_nil(&s->holder))
    status = cache_entry(a->setup->cache, &s->holder, arena, person, NULL);
  if (status != TC_OK)
    *person = nobody;
  const char *name = person->name[0] ? person->name : s->text;
  *to = (struct answer_holder){.name = name[0] ? name : _("somebody who is not held here"),
                               .line = s->line,
                               .at_home = s->at_home,
                               .travel = s->travel,
                               .made = rota->made};
  char *until = arena_strdup(arena, s->until);
  if (!until)
    return no_memory(err);
  if (strlen(until) > 10 && until[10] == 'T')
    until[10] = ' ';
  to->until = until;
  row->holder_count++;
  return shift_channels(a, s, person, to, arena, err);
}

static tc_status take_rota(const struct answer *a, const struct rota *rota, struct answer_row *row,
                           struct arena *arena, struct tc_error *err) {
  struct moment now;
  const struct site *site = house_site(cache_house(a->setup->cache), row->entry->site);
  struct answer_holder *holders = row->holders;
  local_moment(&now, a->now, site ? site->zone : "");
  bool this_week = strcmp(rota->week, now.week) == 0;
  if (this_week && row->rota == ROTA_NOT_HELD)
    row->rota = ROTA_GAP;
  for (size_t i = 0; i < rota->shift_count && row->holder_count < HOLDERS_MAX; i++) {
    const struct shift *s = &rota->shifts[i];
    if (strncmp(s->from, now.at, 16) > 0 || strncmp(now.at, s->until, 16) >= 0)
      continue;
    if (!holders) {
      row->holders = holders = arena_zalloc(arena, HOLDERS_MAX, sizeof *holders);
      if (!holders)
        return no_memory(err);
    }
    row->rota = ROTA_LISTED;
    tc_status status = add_holder(a, rota, s, row, holders, arena, err);
    if (status != TC_OK)
      return status;
  }
  return TC_OK;
}

tc_status rota_now(const struct answer *a, struct answer_row *rows, size_t count,
                   struct arena *arena, struct tc_error *err) {
  struct cache_record *records = NULL;
  size_t record_count = 0;
  bool clock = a->now >= cache_info(a->setup->cache)->source_time;
  for (size_t i = 0; i < count; i++)
    rows[i].rota = clock ? ROTA_NOT_HELD : ROTA_NO_CLOCK;
  if (!clock)
    return TC_OK;
  tc_status status =
      cache_records(a->setup->cache, RECORD_ROTA, arena, &records, &record_count, err);
  for (size_t r = 0; status == TC_OK && r < record_count; r++) {
    struct record record;
    /* One that cannot be read is counted by the cache, and is no reason to hide the others. */
    if (record_decode(&record, records[r].bytes, records[r].len, arena, NULL) != TC_OK)
      continue;
    for (size_t i = 0; status == TC_OK && i < count; i++)
      if (uuid_equal(&record.rota.role, &rows[i].entry->uuid))
        status = take_rota(a, &record.rota, &rows[i], arena, err);
  }
  return status;
}
