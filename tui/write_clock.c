#include "tui/write_clock.h"

#include "base/i18n.h"
#include "db/state.h"
#include "tui/until.h"
#include "tui/when.h"

enum { CLOCK_NEAR = 60 }; /* seconds that two clocks may differ by, as the top line has it */

/* What nobody's clock here had to say: the directory's time and the source's.  It is read anew:
 * a round may have ended since. */
static int64_t known_time(const struct setup *s, int64_t *confirmed) {
  struct sync_state state;
  int64_t known = cache_info(s->cache)->source_time;
  *confirmed = state_read(&state, cache_scope(s->cache), NULL) == TC_OK ? state.confirmed : 0;
  return *confirmed > known ? *confirmed : known;
}

static bool is_wrong(const struct setup *s, int64_t now, int64_t confirmed) {
  return now < cache_info(s->cache)->source_time || confirmed > now + CLOCK_NEAR;
}

bool write_clock_wrong(const struct setup *s) {
  int64_t confirmed;
  (void)known_time(s, &confirmed);
  return is_wrong(s, clock_now(&s->clock), confirmed);
}

int64_t write_now(const struct setup *s) {
  int64_t confirmed, known = known_time(s, &confirmed), newest = known;
  int64_t now = clock_now(&s->clock), last = known + (int64_t)UNTIL_MOST_DAYS * 24 * 3600;
  size_t count;
  if (!is_wrong(s, now, confirmed))
    return now;
  const struct act_held *written = cache_written(s->cache, &count);
  for (size_t i = 0; i < count; i++)
    if (written[i].act.at > newest && written[i].act.at <= last)
      newest = written[i].act.at;
  return newest;
}

/* Its end; 0: it has none, or the clock is right. */
static bool counted(const struct act *act, const struct setup *s, int64_t *until) {
  *until = act_get_int(act, "until");
  return act_kind_of(act) != ACT_KIND_ATTEMPT && write_clock_wrong(s);
}

const char *write_clock_text(const struct act *act, const struct setup *s, struct arena *arena) {
  char from[WHEN_TEXT], to[WHEN_TEXT];
  int64_t until;
  if (!counted(act, s, &until))
    return "";
  const char *text =
      until ? arena_printf(arena,
                           _("CLOCK WRONG on this machine: it holds until %s, counted from %s, the "
                             "newest time known here; have it said at another terminal too"),
                           when_now(until, to), when_now(act->at, from))
            : arena_printf(arena,
                           _("CLOCK WRONG on this machine: written as of %s, the newest time known "
                             "here"),
                           when_now(act->at, from));
  return text ? text : "";
}

const char *write_clock_brief(const struct act *act, const struct setup *s, struct arena *arena) {
  char when[WHEN_TEXT];
  int64_t until;
  if (!counted(act, s, &until))
    return "";
  const char *text = until
                         ? arena_printf(arena, _("CLOCK WRONG: until %s"), when_now(until, when))
                         : arena_printf(arena, _("CLOCK WRONG: as of %s"), when_now(act->at, when));
  return text ? text : "";
}
