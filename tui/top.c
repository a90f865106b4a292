#include "tui/top.h"

#include <string.h>

#include "base/i18n.h"
#include "tui/when.h"

/* What is true, and the words for it: the first row that fits. */
enum standing {
  CLOCK_WRONG,
  DAMAGED,
  LOST,
  FROZEN,
  BLIND,
  HELD,
  NEVER_CONFIRMED,
  STALE,
  RESTORED,
  CONFIRMED,
  IMPORTED
};

static enum standing standing_of(const struct top_facts *f) {
  const struct sync_state *s = f->state;
  if (!f->clock_trusted || (s && s->confirmed > f->now + 60))
    return CLOCK_WRONG;
  if (f->damaged)
    return DAMAGED;
  if (f->lost)
    return LOST;
  if (f->info->frozen)
    return FROZEN;
  if (f->blind || (!s && f->info->pulled))
    return BLIND;
  if (!s)
    return IMPORTED;
  if (s->held > 0)
    return HELD;
  if (s->confirmed <= 0)
    return NEVER_CONFIRMED;
  if (f->now - s->confirmed > TOP_STALE_MINUTES * INT64_C(60))
    return STALE;
  return strcmp(s->result, "restored") == 0 ? RESTORED : CONFIRMED;
}

void top_words(struct top_words *out, const struct top_facts *f, struct arena *arena) {
  const struct sync_state *s = f->state;
  bool sourced = s && s->confirmed > 0;
  int64_t at = sourced ? s->confirmed : f->info->source_time;
  char seen[WHEN_TEXT], age[WHEN_TEXT];
  const char *text = NULL;
  when_seen(at, f->now, seen);
  when_age(at, f->now, age);
  enum standing standing = standing_of(f);
  out->warns = standing < CONFIRMED;
  switch (standing) {
  case CLOCK_WRONG:
    out->full = out->usual = _("CLOCK WRONG: before the data's own");
    out->brief = _("CLOCK WRONG");
    return;
  case DAMAGED:
    out->full = _("DAMAGED: some of this directory cannot be read");
    out->usual = _("DAMAGED: not all can be read");
    out->brief = _("DAMAGED");
    return;
  case LOST:
    out->full = _("DAMAGED: some of what was written here cannot be read");
    out->usual = _("DAMAGED: some acts are unreadable");
    out->brief = _("ACTS DAMAGED");
    return;
  case FROZEN:
    text = arena_printf(arena, _("FROZEN as of %s (%s): changes are not followed"), seen, age);
    out->usual = arena_printf(arena, _("FROZEN as of %s"), seen);
    out->brief = arena_printf(arena, _("FROZEN %s"), age);
    break;
  case BLIND:
    text = arena_printf(arena, _("STALE: nobody can tell when it was confirmed, written %s (%s)"),
                        seen, age);
    out->usual = arena_printf(arena, _("STALE, written %s (%s)"), seen, age);
    out->brief = _("STALE");
    break;
  case HELD:
    text = arena_printf(arena, _("HELD: source offers %lld of %lld, confirmed %s"),
                        (long long)s->offered, (long long)s->held, seen);
    out->usual = arena_printf(arena, _("HELD: source offers %lld of %lld"), (long long)s->offered,
                              (long long)s->held);
    out->brief = _("HELD back");
    break;
  case NEVER_CONFIRMED:
    text = arena_printf(arena, _("NEVER CONFIRMED by a source, written %s (%s)"), seen, age);
    out->usual = arena_printf(arena, _("NEVER CONFIRMED, %s old"), age);
    out->brief = _("UNCONFIRMED");
    break;
  case STALE:
    text = arena_printf(arena, _("STALE: not confirmed since %s (%s)"), seen, age);
    out->usual = arena_printf(arena, _("STALE since %s (%s)"), seen, age);
    out->brief = arena_printf(arena, _("STALE %s"), age);
    break;
  case RESTORED:
    text = arena_printf(arena, _("SOURCE RESTORED from a backup, confirmed %s"), seen);
    out->usual = arena_printf(arena, _("SOURCE RESTORED, confirmed %s"), seen);
    out->brief = _("RESTORED");
    break;
  case CONFIRMED:
    text =
        arena_printf(arena, _("revision %lld, confirmed %s"), (long long)f->info->revision, seen);
    out->usual = arena_printf(arena, _("confirmed %s"), seen);
    out->brief = arena_printf(arena, _("conf. %s"), seen);
    break;
  case IMPORTED:
    text = arena_printf(arena, _("revision %lld, imported %s (%s)"), (long long)f->info->revision,
                        seen, age);
    out->usual = arena_printf(arena, _("imported %s (%s)"), seen, age);
    out->brief = f->now - at < 60 ? _("imported now") : arena_printf(arena, _("%s old"), age);
    break;
  }
  out->full = text;
}
