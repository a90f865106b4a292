#include "tui/walk_text.h"

#include "base/i18n.h"
#include "core/dial.h"
#include "tui/reach_text.h"
#include "tui/when.h"

void walk_place(struct buffer *out, const struct walk_row *row, bool site) {
  const struct entry *e = row->entry;
  const char *const place[] = {site ? e->site : "", e->building, e->floor, e->room, e->name};
  const char *space = "";
  for (size_t i = 0; i < sizeof place / sizeof *place; i++)
    if (*place[i]) {
      buffer_printf(out, "%s%s", space, place[i]);
      space = " ";
    }
}

const char *walk_number(const struct walk_row *row, const struct reach_world *world,
                        struct arena *arena) {
  const struct contact *c = row->contact;
  struct dial d;
  if (c->masked)
    return _("masked");
  dial_from(&d, world->house, c, world->from);
  if (d.form == DIAL_NONE)
    dial_where_it_stands(&d, world->house, c, row->entry->site, world->from->country);
  const char *shown = d.form != DIAL_NONE && *d.shown ? arena_strdup(arena, d.shown) : c->number;
  return shown ? shown : c->number;
}

const char *walk_mark(const struct walk_row *row, const struct reach_world *world,
                      struct arena *arena) {
  size_t count = 0;
  struct channel *all = reach_order(row->entry, NULL, world, arena, &count);
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&all[i].contact->uuid, &row->contact->uuid) && !all[i].stands_in)
      return reach_outage_text(&all[i], world, arena);
  return "";
}

void walk_stands(struct buffer *out, const struct walk_row *row) {
  if (*row->contact->place)
    buffer_printf(out, ", %s", row->contact->place);
}

static const char *failed_text(const struct walk_row *row) {
  int result = test_result_from_word(act_get(&row->failed->act, "result"));
  return act_test_text(result > 0 ? (enum test_result)result : TEST_OTHER);
}

void walk_tested(struct buffer *out, const struct walk_row *row, int64_t now) {
  char when[2 * WHEN_TEXT];
  if (row->failed) {
    buffer_printf(out, "%s, %s", failed_text(row), when_seen(row->failed->act.at, now, when));
    if (row->failed->state == ACT_PENDING)
      buffer_printf(out, " (%s)", act_state_text(ACT_PENDING));
    return;
  }
  if (row->overdue)
    buffer_printf(out, "%s, ", _("OVERDUE"));
  if (row->contact->verified)
    buffer_printf(out, _("tested %s"), when_date_age(row->contact->verified, now, when));
  else
    buffer_add_text(out, _("never tested"));
}

void walk_line(struct buffer *out, const struct walk_row *row, const struct reach_world *world,
               int64_t now, struct arena *arena) {
  const char *mark = walk_mark(row, world, arena);
  buffer_add_text(out, walk_is_due(row) ? "! " : "  ");
  walk_place(out, row, true);
  buffer_printf(out, "  %s %s", contact_kind_text(row->contact->kind),
                walk_number(row, world, arena));
  walk_stands(out, row);
  buffer_printf(out, "%s%s  ", *mark ? "  " : "", mark);
  walk_tested(out, row, now);
}

void walk_age(struct buffer *out, const struct walk_row *row, int64_t now) {
  char when[WHEN_TEXT];
  if (row->failed)
    buffer_printf(out, "%s, %s", failed_text(row), when_seen(row->failed->act.at, now, when));
  else if (row->contact->verified)
    buffer_add_text(out, when_age(row->contact->verified, now, when));
  else
    buffer_add_text(out, _("never tested"));
}
