#include "core/rota.h"

#include <string.h>

#include "core/civil.h"
#include "core/zone.h"

static bool shift_span(const struct shift *s, const struct zone *zone, int64_t *from,
                       int64_t *until) {
  int64_t begin, end, other;
  if (!civil_read_wall(s->from, &begin) || !civil_read_wall(s->until, &end) || end <= begin)
    return false;
  zone_instants(zone, begin, from, &other);
  zone_instants(zone, end, &other, until);
  return true;
}

static int line_of(const struct shift *s) {
  return s->line > 0 && s->line < ROTA_LINES ? (int)s->line : 1;
}

static bool comes_before(const struct rota_holder *a, const struct rota_holder *b) {
  int x = line_of(a->shift), y = line_of(b->shift);
  return x != y ? x < y : a->from < b->from;
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
      if (!shift_span(s, zone, &h.from, &h.until)) {
        out->faulty++;
        continue;
      }
      if (this_week)
        lines |= 1u << line_of(s);
      if (h.until <= at && h.until > out->gap_from)
        out->gap_from = h.until;
      if (h.from > at && (!out->gap_until || h.from < out->gap_until))
        out->gap_until = h.from;
      if (h.from > at || at >= h.until)
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
  if (out->state != ROTA_GAP)
    out->gap_from = out->gap_until = 0;
}
