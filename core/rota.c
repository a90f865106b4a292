#include "core/rota.h"

#include <string.h>

#include "core/civil.h"
#include "core/zone.h"

bool rota_shift_span(const struct shift *s, const struct zone *zone, int64_t *from,
                     int64_t *until) {
  int64_t begin, end, other;
  if (!civil_read_wall(s->from, &begin) || !civil_read_wall(s->until, &end) || end <= begin)
    return false;
  zone_instants(zone, begin, from, &other);
  zone_instants(zone, end, until, &other);
  return true;
}

static int line_of(const struct shift *s) {
  return s->line > 0 && s->line < ROTA_LINES ? (int)s->line : 1;
}

static bool comes_before(const struct rota_holder *a, const struct rota_holder *b) {
  int x = line_of(a->shift), y = line_of(b->shift);
  return x != y ? x < y : a->from < b->from;
}

/* The shift over a week's end stands in the rotas of both weeks, as exports repeat it: it is one,
 * of the rota that was made last. */
static bool is_held_already(struct rota_now *out, const struct rota_holder *h) {
  const struct shift *s = h->shift;
  for (size_t i = 0; i < out->count; i++) {
    struct rota_holder *o = &out->holders[i];
    const struct shift *t = o->shift;
    if (line_of(s) == line_of(t) && h->from == o->from && h->until == o->until &&
        uuid_equal(&s->holder, &t->holder) && uuid_equal(&s->contact, &t->contact) &&
        strcmp(s->number, t->number) == 0 && strcmp(s->plan, t->plan) == 0 &&
        (!uuid_is_nil(&s->holder) || strcmp(s->text, t->text) == 0) && s->at_home == t->at_home) {
      if (h->rota->made > o->rota->made)
        *o = *h;
      return true;
    }
  }
  return false;
}

static void add_holder(struct rota_now *out, struct rota_holder h) {
  size_t i = out->count;
  if (i == ROTA_HOLDERS)
    return;
  for (; i > 0 && comes_before(&h, &out->holders[i - 1]); i--)
    out->holders[i] = out->holders[i - 1];
  out->holders[i] = h;
  out->count++;
}

/* The hole that an instant is in lies between the last shift before it and the first behind it. */
static void widen(int64_t *from, int64_t *until, const struct rota_holder *h, int64_t at) {
  if (h->until <= at && h->until > *from)
    *from = h->until;
  if (h->from > at && (!*until || h->from < *until))
    *until = h->from;
}

void rota_at(struct rota_now *out, const struct rota *const *rotas, size_t count,
             const struct zone *zone, int64_t at, bool clock_trusted) {
  char week[CIVIL_WEEK_TEXT];
  bool held = false;
  uint32_t lines = 0, taken = 0;
  *out = (struct rota_now){.state = ROTA_NOT_HELD};
  if (!count)
    return;
  if (!clock_trusted || !zone) {
    out->state = clock_trusted ? ROTA_NO_ZONE : ROTA_NO_CLOCK;
    return;
  }
  civil_week(civil_day_of(zone_wall(zone, at)), week);
  for (size_t r = 0; r < count; r++) {
    bool this_week = strcmp(rotas[r]->week, week) == 0;
    held = held || this_week;
    for (size_t i = 0; i < rotas[r]->shift_count; i++) {
      const struct shift *s = &rotas[r]->shifts[i];
      struct rota_holder h = {.rota = rotas[r], .shift = s};
      if (!rota_shift_span(s, zone, &h.from, &h.until)) {
        out->faulty++;
        continue;
      }
      if (this_week)
        lines |= 1u << line_of(s);
      widen(&out->gap_from, &out->gap_until, &h, at);
      widen(&out->line_from[line_of(s)], &out->line_until[line_of(s)], &h, at);
      if (h.from > at || at >= h.until || is_held_already(out, &h))
        continue;
      out->overlap = out->overlap || (taken & (1u << line_of(s)));
      taken |= 1u << line_of(s);
      add_holder(out, h);
    }
  }
  out->empty_lines = lines & ~taken;
  if (out->count)
    out->state = ROTA_LISTED;
  else if (held || (out->gap_from && out->gap_until))
    out->state = ROTA_GAP;
  if (out->state == ROTA_NOT_HELD) {
    out->ended = out->gap_from;
    out->begins = out->gap_until;
  }
  if (out->state != ROTA_GAP)
    out->gap_from = out->gap_until = 0;
}

/* The next instant at which something may be otherwise: a shift, or a day, begins or ends. */
static int64_t next_change(const struct rota *const *rotas, size_t count, const struct zone *zone,
                           int64_t at) {
  int64_t next, other, from, until;
  zone_instants(zone, (civil_day_of(zone_wall(zone, at)) + 1) * CIVIL_DAY, &next, &other);
  for (size_t r = 0; r < count; r++)
    for (size_t i = 0; i < rotas[r]->shift_count; i++) {
      if (!rota_shift_span(&rotas[r]->shifts[i], zone, &from, &until))
        continue;
      if (from > at && from < next)
        next = from;
      if (until > at && until < next)
        next = until;
    }
  return next;
}

size_t rota_stretches(struct rota_stretch *out, size_t room, const struct rota *const *rotas,
                      size_t count, const struct zone *zone, int64_t from, int64_t until) {
  size_t found = 0;
  for (int64_t at = from, next; zone && count && at < until; at = next) {
    struct rota_now now;
    next = next_change(rotas, count, zone, at);
    rota_at(&now, rotas, count, zone, at, true);
    struct rota_stretch s = {now.gap_from ? now.gap_from : at, now.gap_until ? now.gap_until : next,
                             now.state, now.empty_lines, now.overlap};
    if (s.state != ROTA_LISTED) /* of which lines nobody says then */
      s.empty_lines = 0;
    struct rota_stretch *last = found ? &out[found - 1] : NULL;
    if (now.state == ROTA_LISTED && !now.empty_lines && !now.overlap)
      continue;
    if (last && last->until >= at && last->state == s.state && last->empty_lines == s.empty_lines &&
        last->overlap == s.overlap)
      last->until = s.until > last->until ? s.until : last->until;
    else if (found < room)
      out[found++] = s;
  }
  return found;
}
