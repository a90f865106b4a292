#include "tui/exercise_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/cut.h"
#include "tui/acts.h"
#include "tui/played.h"
#include "tui/reach_text.h"
#include "tui/when.h"
#include "tui/write.h"

const struct exercise *exercise_last(const struct setup *setup) {
  const struct house *house = setup->cache ? cache_house(setup->cache) : NULL;
  for (size_t i = house ? house->exercise_count : 0; i-- > 0;)
    if (exercise_names(&house->exercises[i], setup->name))
      return &house->exercises[i];
  return NULL;
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the report"));
}

/* As it was when the exercise began: hours closed then are closed. */
static tc_status read_cut(struct exercise_report *r, struct setup *setup, struct arena *arena,
                          struct tc_error *err) {
  const struct house *house = cache_house(setup->cache);
  struct reach_world before, after;
  size_t count;
  const struct incident *all = exercise_incidents(r->exercise, house, arena, &count);
  if (!all)
    return no_memory(err);
  setup_world(setup, &before);
  before.now = r->exercise->from;
  before.clock_trusted = true;
  before.outage =
      outage_make(house, house->incidents, house->incident_count, before.now, true, arena);
  after = before;
  after.outage = outage_make(house, all, count, before.now, true, arena);
  return cache_cutoff(setup->cache, &before, &after, &r->cut, arena, err);
}

static void add_tried(struct exercise_report *r, const struct act_held *acts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (acts_tried_in_exercise(&acts[i].act, &r->exercise->uuid))
      r->tried[r->tried_count++] = &acts[i];
}

tc_status exercise_report_read(struct exercise_report *out, struct setup *setup,
                               const struct exercise *x, struct arena *arena,
                               struct tc_error *err) {
  size_t own, others;
  const struct act_held *mine = cache_written(setup->cache, &own),
                        *theirs = cache_tried(setup->cache, &others);
  memset(out, 0, sizeof *out);
  out->exercise = x;
  out->look = exercise_look(x, cache_house(setup->cache), clock_now(&setup->clock));
  out->tried = arena_zalloc(arena, own + others + 1, sizeof *out->tried);
  if (!out->tried)
    return no_memory(err);
  add_tried(out, mine, own);
  add_tried(out, theirs, others);
  qsort(out->tried, out->tried_count, sizeof *out->tried, act_held_compare);
  return read_cut(out, setup, arena, err);
}

const char *exercise_report_title(const struct exercise *x, struct arena *arena) {
  const char *title = arena_printf(arena, _("Exercise: %s"), x->name);
  return title ? title : x->name;
}

static const char *joined(const struct text_list *list, const struct house *names,
                          struct arena *arena) {
  const char *text = "";
  for (size_t i = 0; i < list->count && text; i++)
    text = arena_printf(arena, "%s%s%s%s%s", text, i ? ", " : "", list->items[i], names ? " " : "",
                        names ? domain_name(names, list->items[i]) : "");
  return text ? text : "";
}

const struct paper_log_line *exercise_report_lines(const struct exercise_report *r,
                                                   const struct setup *setup, struct arena *arena,
                                                   size_t *count) {
  enum { FACTS = 7 };
  const struct exercise *x = r->exercise;
  const struct house *house = cache_house(setup->cache);
  struct paper_log_line *lines = arena_zalloc(arena, FACTS + r->tried_count + 1, sizeof *lines);
  struct buffer fate = {.limit = 512};
  char when[WHEN_TEXT];
  size_t n = 0;
  if (!lines)
    return NULL;
  played_fate(&fate, x, house, clock_now(&setup->clock));
  const char *by = *x->by ? x->by : _("unsigned");
  lines[n++] =
      (struct paper_log_line){_("begun"), by, arena_strdup(arena, when_now(x->from, when))};
  lines[n++] = (struct paper_log_line){
      r->look.state == EXERCISE_RUNS ? _("is on") : _("stopped"), "",
      arena_printf(arena, "%s: %s", when_now(r->look.until, when), buffer_text(&fate))};
  buffer_free(&fate);
  lines[n++] = (struct paper_log_line){_("took part"), "", joined(&x->terminals, NULL, arena)};
  lines[n++] = (struct paper_log_line){_("played DOWN"), "", joined(&x->domains, house, arena)};
  lines[n++] = (struct paper_log_line){
      _("cut off"), "",
      arena_printf(arena, _("of %zu entries, numbers left: none %zu, one %zu, two %zu, more %zu"),
                   r->cut.entries, r->cut.left[0], r->cut.left[1], r->cut.left[2], r->cut.left[3])};
  lines[n++] = (struct paper_log_line){
      "", "",
      arena_printf(arena, _("without any number: %zu codes, %zu services, %zu roles, %zu persons"),
                   r->cut.lost[ENTRY_CODE], r->cut.lost[ENTRY_SERVICE], r->cut.lost[ENTRY_ROLE],
                   r->cut.lost[ENTRY_PERSON])};
  lines[n++] = (struct paper_log_line){
      _("tried"), "",
      arena_printf(arena, NGETTEXT("%zu call", "%zu calls", r->tried_count), r->tried_count)};
  for (size_t i = 0; i < r->tried_count; i++) {
    const struct act *act = &r->tried[i]->act;
    lines[n++] = (struct paper_log_line){acts_when(r->tried[i], arena), acts_who(r->tried[i]),
                                         arena_printf(arena, "%s: %s",
                                                      acts_subject(setup->cache, act, arena),
                                                      write_sentence(act, setup, act->at, arena))};
  }
  *count = n;
  return arena_failed(arena) ? NULL : lines;
}
