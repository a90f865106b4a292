/* Lists by line: nine rows at a time, a digit opens one. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "base/width.h"
#include "tui/dialogue.h"

enum { COLUMNS = 80 }; /* of a terminal that does not say */

void rows_begin(struct dialogue *d, void (*list)(struct dialogue *d), const char *looked_for) {
  snprintf(d->looked_for, sizeof d->looked_for, "%s", looked_for);
  d->list = list;
  d->skipped = 0;
  d->open = (struct uuid){{0}};
  d->row_count = 0;
  d->more = false;
  list(d);
}

bool rows_has(const struct dialogue *d, size_t row) {
  return row >= d->skipped && row - d->skipped < DIALOGUE_ROWS;
}

size_t rows_add(struct dialogue *d, const struct uuid *entry) {
  if (d->row_count == DIALOGUE_ROWS)
    return 0;
  d->rows[d->row_count] = (struct dialogue_row){.words = !entry};
  if (entry)
    d->rows[d->row_count].entry = *entry;
  return ++d->row_count;
}

/* A number stands in one piece: where the row has no room for it, on the next line. */
void rows_say(struct dialogue *d, size_t digit, const struct search_item *item) {
  struct buffer who = BUFFER_INIT, what = BUFFER_INIT;
  buffer_printf(&who, "%zu %s %s%s%s%s%s%s%s:", digit, item->site, item->approximate ? "~" : "",
                item->name,
                item->mind    ? " !"
                : item->noted ? " +"
                              : "",
                *item->where ? ", " : "", item->where, *item->place ? ", " : "", item->place);
  buffer_printf(&what, "%s (%s)", *item->number ? item->number : "-", item->kind);
  if (utf8_width(buffer_text(&who), who.len) + utf8_width(buffer_text(&what), what.len) < COLUMNS) {
    dialogue_line(d, "%s %s", buffer_text(&who), buffer_text(&what));
  } else {
    dialogue_line(d, "%s", buffer_text(&who));
    dialogue_line(d, "  %s", buffer_text(&what));
  }
  buffer_free(&who);
  buffer_free(&what);
}

void rows_section(struct dialogue *d, const char **last, const char *section) {
  if (!*last || strcmp(*last, section) != 0)
    dialogue_line(d, "-- %s", section);
  *last = section;
}

void rows_end(struct dialogue *d, size_t all, bool uncounted) {
  size_t last = d->skipped + d->row_count;
  d->more = all > last || (uncounted && d->row_count == DIALOGUE_ROWS);
  if (d->more && d->looked_for[0])
    dialogue_line(d, _("%zu to %zu of %zu%s; type more to narrow, m: the next"), d->skipped + 1,
                  last, all, uncounted ? "+" : "");
  else if (d->more)
    dialogue_line(d, _("%zu to %zu of %zu%s; m: the next"), d->skipped + 1, last, all,
                  uncounted ? "+" : "");
  else if (d->skipped)
    dialogue_line(d, _("%zu to %zu of %zu"), d->skipped + 1, last, all);
}

void rows_open(struct dialogue *d, size_t row) {
  if (row >= d->row_count)
    dialogue_line(d, "%s", _("There is no such row."));
  else if (*d->rows[row].unit)
    plain_browse_unit(d, d->rows[row].unit);
  else if (d->rows[row].words)
    dialogue_line(d, "%s", _("No card belongs to it: all of it was said."));
  else if (uuid_is_nil(&d->rows[row].entry))
    dialogue_line(d, "%s", _("It cannot be read here: ask the switchboard."));
  else
    dialogue_say_card(d, &d->rows[row].entry);
}

void rows_forget(struct dialogue *d) {
  d->list = NULL;
  d->row_count = d->skipped = 0;
  d->more = false;
  d->looked_for[0] = d->browse_site[0] = d->browse_path[0] = d->what_if[0] = '\0';
}

/* The next nine of the last list, numbered from 1 again. */
void plain_more(struct dialogue *d) {
  if (!d->more || !d->list) {
    dialogue_line(d, "%s", _("There are no more rows."));
    return;
  }
  d->skipped += DIALOGUE_ROWS;
  d->open = (struct uuid){{0}};
  d->row_count = 0;
  d->more = false;
  d->list(d);
}

/* The next nine, where there are any. */
static bool turns(const char *typed, size_t *from, size_t here, size_t count) {
  if (strcmp(typed, "m") != 0 || *from + here >= count)
    return false;
  *from += here;
  return true;
}

size_t dialogue_choose(struct dialogue *d, const struct choice *c, char *other) {
  char typed[DIALOGUE_LINE], question[512];
  size_t from = 0, here = 0, said = SIZE_MAX;
  const char *others = other ? c->others : "";
  if (other)
    *other = '\0';
  while (c->count || *others) {
    here = c->count - from < DIALOGUE_ROWS ? c->count - from : DIALOGUE_ROWS;
    for (size_t i = 0; said != from && i < here; i++)
      c->say(d, i + 1, c->of, from + i);
    if (said != from && c->count > DIALOGUE_ROWS)
      dialogue_line(d, _("%zu to %zu of %zu"), from + 1, from + here, c->count);
    said = from;
    snprintf(question, sizeof question,
             !c->count                ? _("What now (%s): ")
             : from + here < c->count ? _("Which one (m: the next; %s): ")
                                      : _("Which one (%s): "),
             c->enter);
    if (!dialogue_ask(d, question, typed, sizeof typed))
      return c->count;
    if (turns(typed, &from, here, c->count))
      continue;
    if (other && *typed && !typed[1] && strchr(others, *typed))
      *other = *typed;
    size_t n = typed[0] >= '1' && typed[0] <= '9' && !typed[1] ? (size_t)(typed[0] - '0') : 0;
    return n && n <= here ? from + n - 1 : c->count;
  }
  return c->count;
}
