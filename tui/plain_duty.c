/* Who is on call, and the chase list for the morning, by line: rows whose digit opens the card. */
#include <stdio.h>

#include "base/i18n.h"
#include "tui/chase.h"
#include "tui/dialogue.h"
#include "tui/duty.h"

static void say_role(struct dialogue *d, const struct present *p, const struct duty_row *row) {
  struct buffer who = {.limit = 1024};
  const char *mark = setup_mark(d->setup);
  duty_text(&who, row, p);
  dialogue_line(d, "%zu %s%s %s: %s%s%s", rows_add(d, &row->role->uuid),
                duty_is_faulty(row) ? "! " : "", row->role->site, row->role->name,
                buffer_text(&who), *mark ? ", " : "", mark);
  buffer_free(&who);
}

static void say_on_call(struct dialogue *d) {
  struct present p;
  struct duty_row *rows = NULL;
  struct tc_error err = {0};
  size_t count = 0;
  const char *section = NULL;
  dialogue_present(d, &p);
  if (duty_read(p.cache, "", d->setup->from.site, &p.world, &d->arena, &rows, &count, &err) !=
      TC_OK) {
    dialogue_fault(d, &err);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    if (!rows_has(d, i))
      continue;
    const struct site *site = house_site(p.world.house, rows[i].role->site);
    rows_section(d, &section, site ? site->name : rows[i].role->site);
    say_role(d, &p, &rows[i]);
  }
  if (!count)
    dialogue_line(
        d, "%s",
        dialogue_nothing(d, _("No rota is held here: ask the switchboard who is on call.")));
  rows_end(d, count, false);
  dialogue_line(d, "%s", _("o again: the chase list for the morning."));
}

static void say_chase(struct dialogue *d) {
  struct chase_row *rows = NULL;
  struct tc_error err = {0};
  size_t count = 0;
  const char *section = NULL, *mark = setup_mark(d->setup), *site = d->setup->from.site;
  if (chase_read(d->setup, site, site, &d->arena, &rows, &count, &err) != TC_OK) {
    dialogue_fault(d, &err);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    if (!rows_has(d, i))
      continue;
    rows_section(d, &section, chase_part_text(rows[i].part));
    dialogue_line(d, "%zu %s%s%s%s%s%s%s",
                  rows_add(d, uuid_is_nil(&rows[i].entry) ? NULL : &rows[i].entry), mark,
                  *mark ? " " : "", rows[i].site, *rows[i].site ? " " : "", rows[i].who,
                  *rows[i].who ? ": " : "", rows[i].what);
  }
  if (!count)
    dialogue_line(
        d, "%s",
        dialogue_nothing(
            d, _("Nothing to chase: the day to come is covered, and the night left nothing.")));
  rows_end(d, count, false);
  dialogue_line(d, "%s", _("o again: who is on call."));
}

void plain_on_call(struct dialogue *d) {
  bool read = d->list == say_on_call && uuid_is_nil(&d->open); /* no card of it */
  rows_begin(d, read ? say_chase : say_on_call, "");
}
