#include "base/date.h"
#include "base/i18n.h"
#include "core/act.h"
#include "paper/view.h"

const char *view_signed(struct view *v, const char *by, int64_t at, bool pending) {
  char when[DATE_TEXT];
  const char *text = arena_printf(&v->arena, "%s%s%s%s%s", *by ? by : _("unsigned"), at ? " " : "",
                                  at ? date_text(at, when) : "", pending ? ", " : "",
                                  pending ? act_state_text(ACT_PENDING) : "");
  return text ? text : by;
}

const char *view_absence(struct view *v, const struct absence *a) {
  char from[DATE_TEXT], until[DATE_TEXT];
  struct entry other = {.name = ""};
  if (a->until && a->until <= v->job->now)
    return "";
  bool covered = !uuid_is_nil(&a->covered_by);
  bool held =
      covered && cache_entry(v->job->cache, &a->covered_by, &v->arena, &other, NULL) == TC_OK;
  const char *who = !covered ? "" : held && *other.name ? other.name : _("(not held here)");
  struct buffer line = BUFFER_INIT;
  if (a->until)
    buffer_printf(&line, _("from %s until %s"), date_text(a->from, from),
                  date_text(a->until, until));
  else
    buffer_printf(&line, _("starting %s"), date_text(a->from, from));
  if (*who)
    buffer_printf(&line, _(", covered by %s"), who);
  else if (!*a->text)
    buffer_printf(&line, ", %s", _("nobody stands in"));
  buffer_printf(&line, "%s%s", *a->text ? ": " : "", a->text);
  if (a->at || *a->by || a->pending)
    buffer_printf(&line, " (%s)", view_signed(v, a->by, a->at, a->pending));
  const char *text = arena_strdup(&v->arena, buffer_text(&line));
  buffer_free(&line);
  return text ? text : "";
}
