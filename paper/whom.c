#include "base/i18n.h"
#include "db/on_call.h"
#include "paper/view.h"

static bool add_absence(struct buffer *out, struct view *v, const struct entry *e,
                        const char *name) {
  const struct absence *last;
  if (!entry_absences(e, v->job->now, v->job->clock_trusted, &last, 1))
    return false;
  buffer_separate(out, "; ");
  buffer_printf(out, "%s%s%s%s", name, *name ? " " : "", _("absent: "), view_absence(v, last));
  return true;
}

/* A sheet has a role's own numbers alone: who holds it when it is printed counts where nobody is
 * listed, or all are away. */
static void add_holders(struct buffer *out, struct view *v, const struct entry *role) {
  struct on_call o;
  struct reach_world world = {.house = v->house,
                              .from = *v->ward.plan ? &v->ward : &v->outside,
                              .now = v->job->now,
                              .clock_trusted = v->job->clock_trusted,
                              .outage = v->job->outage};
  if (on_call_read(&o, v->job->cache, role, &world, &v->arena, NULL) != TC_OK)
    return;
  if (o.now.state == ROTA_GAP || (o.now.state == ROTA_NOT_HELD && (o.now.ended || o.now.begins))) {
    buffer_separate(out, "; ");
    buffer_add_text(out,
                    v->job->not_now ? _("NOBODY LISTED then") : _("NOBODY LISTED when printed"));
  }
  for (size_t i = 0; o.now.count == o.holders.away && i < o.now.count; i++) {
    sheet_audience(v->sheet, o.now.holders[i].rota->audience);
    add_absence(out, v, o.persons[i], o.persons[i]->name);
  }
}

const char *view_warning(struct view *v, const struct entry *e, bool absence) {
  struct buffer out = BUFFER_INIT;
  bool away = absence && add_absence(&out, v, e, "");
  if (!away && e->type == ENTRY_ROLE)
    add_holders(&out, v, e);
  if (*e->do_not_call_if) {
    buffer_separate(&out, "; ");
    buffer_printf(&out, "%s%s", _("do not call if: "), e->do_not_call_if);
  }
  const char *text = arena_strdup(&v->arena, buffer_text(&out));
  buffer_free(&out);
  return text ? text : "";
}
