#include "sync/gauge.h"

static enum gauge_word count_answer(struct gauge *g, int answers, int64_t now) {
  g->fails = 0;
  if (g->answers < answers)
    g->answers++;
  if (g->answers < answers || g->up)
    return GAUGE_NOTHING;
  if (g->down)
    g->quiet_until = now + GAUGE_HOLD_S;
  g->up = true;
  g->down = false;
  return GAUGE_TAKE_BACK;
}

static enum gauge_word count_failure(struct gauge *g, int fails, bool alone, int64_t now) {
  g->answers = 0;
  if (g->fails < fails)
    g->fails++;
  if (g->fails < fails || alone || now < g->quiet_until)
    return GAUGE_NOTHING;
  if (g->down && now - g->said_at < GAUGE_AGAIN_S)
    return GAUGE_NOTHING;
  g->down = true;
  g->up = false;
  g->said_at = now;
  return GAUGE_REPORT;
}

enum gauge_word gauge_count(struct gauge *g, int fails, int answers, bool answered, bool alone,
                            int64_t now) {
  return answered ? count_answer(g, answers, now) : count_failure(g, fails, alone, now);
}

void gauge_unsay(struct gauge *g) {
  g->down = false;
  g->up = false;
  g->quiet_until = 0;
}
