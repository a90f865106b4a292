/* What is cut off, or would be, by line: the counts, then whom to call instead and who has no
 * number left, rows whose digit opens the card. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/dialogue.h"
#include "tui/reach_text.h"
#include "tui/what_if.h"

static void say_touched(struct dialogue *d, const struct what_if *w, bool takes,
                        const char *heading) {
  struct buffer line = BUFFER_INIT;
  for (size_t i = 0; w->outage && i < w->outage->count; i++)
    if (what_if_takes(w, &w->outage->domains[i]) == takes)
      buffer_printf(&line, " %s", w->outage->domains[i].code);
  if (line.len)
    dialogue_line(d, "%s%s", heading, buffer_text(&line));
  buffer_free(&line);
}

static void say_counts(struct dialogue *d, const struct what_if *w) {
  if (*d->what_if) {
    dialogue_line(d, "%s", _("nothing is declared by asking"));
    say_touched(d, w, true, _("it would take:"));
    say_touched(d, w, false, _("touched already, of another cause:"));
  }
  dialogue_line(d, _("of %zu entries, numbers left: none %zu, one %zu, two %zu, more %zu"),
                w->cut.entries, w->cut.left[0], w->cut.left[1], w->cut.left[2], w->cut.left[3]);
  for (size_t t = 0; t < WHAT_IF_TYPES; t++)
    if (w->cut.lost[what_if_types[t]])
      dialogue_line(d, "! %s",
                    what_if_lost(what_if_types[t], w->cut.lost[what_if_types[t]], &d->arena));
}

static size_t say_holders(struct dialogue *d, const struct what_if *w, const char **section) {
  for (size_t i = 0; i < w->holder_count; i++) {
    const struct what_if_holder *h = &w->holders[i];
    if (!rows_has(d, i))
      continue;
    rows_section(d, section, _("on call and cut off: whom to call instead"));
    dialogue_line(d, "%zu %s %s: %s; %s", rows_add(d, &h->role->uuid), h->role->site, h->role->name,
                  h->name, *h->next ? h->next : _("nobody"));
  }
  return w->holder_count;
}

/* Those that matter most first. */
static void say_lost(struct dialogue *d, const struct what_if *w, size_t row,
                     const char **section) {
  for (size_t t = 0; t < WHAT_IF_TYPES; t++)
    for (size_t i = 0; i < w->cut.listed_count; i++) {
      const struct cutoff_entry *e = &w->cut.listed[i];
      if (e->type != what_if_types[t] || !rows_has(d, row++))
        continue;
      rows_section(d, section, _("no number left"));
      dialogue_line(d, "%zu %s %s", rows_add(d, &e->uuid), e->site, e->name);
    }
}

static void say_cut_off(struct dialogue *d) {
  struct tc_error err = {0};
  const char *section = NULL, *mark = setup_mark(d->setup);
  struct what_if *w = arena_zalloc(&d->arena, 1, sizeof *w);
  if (!w || what_if_read(w, d->setup, d->what_if, 0, &d->arena, &err) != TC_OK) {
    dialogue_line(d, "%s", w ? dialogue_why(d, &err) : _("no memory"));
    return;
  }
  dialogue_line(d, "%s%s%s", mark, *mark ? " " : "",
                what_if_title(d->what_if, d->setup->at != 0, &d->arena));
  if (!d->skipped)
    say_counts(d, w);
  size_t all = say_holders(d, w, &section) + w->cut.listed_count;
  say_lost(d, w, w->holder_count, &section);
  rows_end(d, all, false);
  size_t more = w->cut.left[0] - w->cut.listed_count;
  if (!d->more && more)
    dialogue_line(d, NGETTEXT("and %zu more", "and %zu more", more), more);
}

void plain_cut_off(struct dialogue *d, const char *domain) {
  snprintf(d->what_if, sizeof d->what_if, "%s", domain);
  rows_begin(d, say_cut_off, "");
}
