#include "base/i18n.h"
#include "tui/on_call.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"

/* May one of the role's own numbers be tried, though nobody is listed: one that is closed answers
 * as little. */
static bool own_rings(const struct present *p, const struct entry *e) {
  struct channel c;
  return reach_best(&c, e, NULL, &p->world, CONTACT_OTHER) && reach_rings(&c) &&
         c.state != REACH_OUTSIDE_HOURS;
}

/* Where a line is empty who is listed on another is called, the first who is there. */
static void add_listed(struct buffer *out, const struct present *p, const struct on_call *o) {
  struct channel c;
  for (size_t i = 0; i < o->now.count; i++) {
    if (on_call_absence(o, i, p->world.now) ||
        !present_best(p, o->persons[i], NULL, false, CONTACT_OTHER, &c) || !reach_rings(&c))
      continue;
    const char *state = reach_row_text(&c, &p->world, p->arena);
    const char *warning = present_warning(p, o->persons[i], NULL);
    buffer_printf(out, _(": call %s"), on_call_name(o, i));
    if (*warning)
      buffer_printf(out, " (%s)", warning);
    buffer_printf(out, " %s%s%s", present_called(p, &c), *state ? " " : "", state);
    return;
  }
}

/* Whom to ask for a number that is not held here. */
static const char *ask_text(const struct present *p, const struct entry *e) {
  return or_empty(
      arena_printf(p->arena, _("switchboard %s"), or_empty(present_switchboard(p, e->site))));
}

const char *present_rota_fault(const struct present *p, const struct entry *e,
                               const struct on_call *o) {
  struct buffer text = {.limit = 1024};
  on_call_fault(&text, o, e, &p->world);
  if (text.len && on_call_is_open(o))
    buffer_printf(&text, own_rings(p, e) ? _(": the role's own numbers, then %s") : _(": call %s"),
                  present_then_call(p, e));
  else if (o->now.state == ROTA_LISTED && o->now.empty_lines)
    add_listed(&text, p, o);
  size_t whole = text.len;
  on_call_lacking(&text, o, e);
  if (text.len > whole)
    buffer_printf(&text, "%s%s", _(": "), ask_text(p, e));
  const char *fault = arena_strdup(p->arena, buffer_text(&text));
  buffer_free(&text);
  return or_empty(fault);
}

const char *present_on_call(const struct present *p, const struct entry *e, const struct on_call *o,
                            size_t n) {
  struct buffer text = {.limit = 1024};
  on_call_text(&text, o, n, e, p);
  const char *said = arena_strdup(p->arena, buffer_text(&text));
  buffer_free(&text);
  return or_empty(said);
}
