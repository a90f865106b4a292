#include "tui/caller.h"

#include <string.h>

bool call_in_work(const struct call *call) {
  return !uuid_is_nil(&call->origin);
}

static void take_out(struct callers *c, size_t i) {
  memmove(&c->items[i], &c->items[i + 1], (--c->count - i) * sizeof *c->items);
}

bool callers_put_aside(struct callers *c, struct call *call, const struct typed *typed,
                       bool looked_away) {
  if (!call_in_work(call))
    return false;
  if (c->count == CALLERS_MAX) {
    size_t lost = 0;
    while (lost < c->count && uuid_is_nil(&c->items[lost].call.exercise))
      lost++;
    take_out(c, lost < c->count ? lost : 0);
  }
  c->items[c->count++] =
      (struct caller){.typed = *typed, .call = *call, .looked_away = looked_away};
  *call = (struct call){.step = 0};
  return true;
}

const struct caller *callers_last(const struct callers *c, const struct uuid *exercise,
                                  int64_t now) {
  for (size_t i = c->count; i-- > 0;)
    if (uuid_equal(&c->items[i].call.exercise, exercise))
      return now - c->items[i].call.last_at < CALL_KEPT_S ? &c->items[i] : NULL;
  return NULL;
}

struct caller callers_take(struct callers *c, const struct caller *caller) {
  struct caller taken = *caller;
  take_out(c, (size_t)(caller - c->items));
  return taken;
}

void callers_forget(struct callers *c, const struct uuid *exercise) {
  for (size_t i = c->count; i-- > 0;)
    if (uuid_equal(&c->items[i].call.exercise, exercise))
      take_out(c, i);
}
