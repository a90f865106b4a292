#include "tui/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/civil.h"
#include "core/exercise.h"
#include "core/record.h"
#include "core/zone.h"
#include "paper/paper.h"
#include "tui/acts.h"
#include "tui/call.h"
#include "tui/when.h"
#include "tui/write.h"

static bool is_cell(const struct group *g) {
  return strcmp(g->type, "crisis cell") == 0;
}

const char *group_type_text(const struct group *group) {
  return is_cell(group) ? _("crisis cell") : _("cascade");
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the group"));
}

/* ---- which there are ---------------------------------------------------------------------------
 */

static int by_site(const void *a, const void *b) {
  const struct group *x = a, *y = b;
  int order = strcmp(x->site, y->site);
  if (!order)
    order = strcmp(x->name, y->name);
  return order ? order : uuid_compare(&x->uuid, &y->uuid);
}

static int by_order(const void *a, const void *b) {
  const struct member *x = a, *y = b;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Members in their order: a record has its lines as their bytes sort. */
static bool put_in_order(struct group *g, struct arena *arena) {
  struct member *members = arena_zalloc(arena, g->member_count + 1, sizeof *members);
  if (!members)
    return false;
  if (g->member_count) {
    memcpy(members, g->members, g->member_count * sizeof *members);
    qsort(members, g->member_count, sizeof *members, by_order);
  }
  g->members = members;
  return true;
}

static bool is_hidden(const struct cache *cache, enum audience of) {
  enum audience hidden = cache_hidden(cache);
  return hidden != AUDIENCE_NONE && of >= hidden;
}

tc_status groups_read(const struct group **out, size_t *count, const struct setup *setup,
                      const char *first, struct arena *arena, struct tc_error *err) {
  struct cache_record *records;
  size_t all, n = 0;
  *out = NULL;
  *count = 0;
  tc_status status = cache_records(setup->cache, RECORD_GROUP, arena, &records, &all, err);
  if (status != TC_OK)
    return status;
  struct group *groups = arena_zalloc(arena, all + 1, sizeof *groups);
  struct group *sorted = arena_zalloc(arena, all + 1, sizeof *sorted);
  for (size_t i = 0; groups && i < all; i++) {
    struct record r;
    if (record_decode(&r, records[i].bytes, records[i].len, arena, NULL) != TC_OK)
      continue;
    if (is_hidden(setup->cache, r.head.audience))
      continue;
    groups[n] = r.group;
    groups[n].uuid = r.head.uuid;
    groups[n].audience = r.head.audience;
    status =
        cache_mask(setup->cache, &(struct uuid){{0}}, groups[n].site, &groups[n].name, arena, err);
    if (status != TC_OK)
      return status;
    if (put_in_order(&groups[n], arena))
      n++;
  }
  if (!groups || !sorted || arena_failed(arena))
    return no_memory(err);
  qsort(groups, n, sizeof *groups, by_site);
  for (int mine = 1; mine >= 0; mine--)
    for (size_t i = 0; i < n; i++)
      if ((strcmp(groups[i].site, first) == 0) == mine)
        sorted[(*count)++] = groups[i];
  *out = sorted;
  return TC_OK;
}

/* ---- a run -------------------------------------------------------------------------------------
 */

/* Tries of this machine, then those of other switchboards: the n-th, NULL behind the last. */
static const struct act_held *try_at(const struct cache *cache, size_t n) {
  size_t own, others;
  const struct act_held *written = cache_written(cache, &own);
  const struct act_held *tried = cache_tried(cache, &others);
  return n < own ? &written[n] : n - own < others ? &tried[n - own] : NULL;
}

/* Is it a tick of this group, real or of the exercise that is played, that nobody took back? */
static bool is_tick(const struct present *p, const struct act_held *held,
                    const struct group *group) {
  size_t count;
  const struct act_held *acts = cache_written(p->cache, &count);
  const struct exercise *played = p->setup ? setup_played(p->setup) : NULL;
  struct uuid of = act_get_uuid(&held->act, "group");
  return act_kind_of(&held->act) == ACT_KIND_ATTEMPT && held->state != ACT_REFUSED &&
         uuid_equal(&of, &group->uuid) &&
         (played ? acts_tried_in_exercise(&held->act, &played->uuid)
                 : !acts_tried_in_exercise(&held->act, NULL)) &&
         !act_is_withdrawn(acts, count, &held->act.uuid);
}

/* The round of the directory that says how often its roll is called. */
static void read_round(const struct present *p, const struct group *group, int64_t *from,
                       int64_t *every) {
  struct cache_record *records;
  size_t count = 0;
  if (cache_records(p->cache, RECORD_ROUND, p->arena, &records, &count, NULL) != TC_OK)
    return;
  for (size_t i = 0; i < count; i++) {
    struct record r;
    if (record_decode(&r, records[i].bytes, records[i].len, p->arena, NULL) == TC_OK &&
        !is_hidden(p->cache, r.head.audience) && uuid_equal(&r.round.group, &group->uuid) &&
        r.round.every > 0 && r.round.from <= p->world.now &&
        (!r.round.until || r.round.until > p->world.now)) {
      *from = r.round.from;
      *every = r.round.every;
    }
  }
  *every = *every < GROUP_EVERY_LEAST_S  ? GROUP_EVERY_LEAST_S
           : *every > GROUP_EVERY_MOST_S ? GROUP_EVERY_MOST_S
                                         : *every;
}

/* The period of now: from the beginning of the round, else from midnight at the site. */
static void find_period(struct group_run *run, const struct present *p) {
  const struct zone *zone =
      house_zone(p->world.house, house_site(p->world.house, run->group->site));
  int64_t from = 0, last;
  run->every = GROUP_EVERY_S;
  read_round(p, run->group, &from, &run->every);
  if (!from && zone)
    zone_instants(zone, civil_day_of(zone_wall(zone, p->world.now)) * CIVIL_DAY, &from, &last);
  run->since = from + (p->world.now - from) / run->every * run->every;
  run->until = run->since + run->every;
}

/* The last one that was begun, here or at another switchboard. */
static void find_run(struct group_run *run, const struct present *p, int64_t begun) {
  const struct act_held *held;
  run->since = begun;
  for (size_t i = 0; (held = try_at(p->cache, i)) != NULL; i++) {
    int64_t of = act_get_int(&held->act, "run");
    if (of > run->since && is_tick(p, held, run->group))
      run->since = of;
  }
}

static const struct act_held *tick_of(const struct group_run *run, const struct present *p,
                                      const struct group_row *row) {
  const struct act_held *held, *last = NULL;
  const struct uuid *subject = row->entry ? &row->entry->uuid : &run->group->uuid;
  for (size_t i = 0; run->since && (held = try_at(p->cache, i)) != NULL; i++)
    if (held->act.at >= run->since && uuid_equal(&held->act.subject, subject) &&
        (row->entry || strcmp(act_get(&held->act, "text"), row->name) == 0) &&
        is_tick(p, held, run->group) && (!last || held->act.at >= last->act.at))
      last = held;
  return last;
}

/* The member as it is reached from here; false: no memory. */
static bool fill_row(struct group_row *row, const struct present *p, const char *site,
                     const struct member *m) {
  struct search_item item;
  struct entry *e = arena_zalloc(p->arena, 1, sizeof *e);
  *row = (struct group_row){.name = *m->text ? m->text : _("(not held here)"),
                            .note = "",
                            .number = "",
                            .kind = "",
                            .warning = "",
                            .brief = ""};
  if (!e || cache_mask(p->cache, &m->entry, site, &row->name, p->arena, NULL) != TC_OK)
    return false;
  row->named = row->name;
  if (uuid_is_nil(&m->entry) || cache_entry(p->cache, &m->entry, p->arena, e, NULL) != TC_OK)
    return true;
  row->entry = e;
  row->name = e->name;
  row->note = m->text;
  if (cache_mask(p->cache, &m->entry, site, &row->note, p->arena, NULL) != TC_OK ||
      dialled_first(&row->dialled, p->cache, e, &p->world, p->arena, NULL) != TC_OK ||
      !present_item(p, e, CONTACT_OTHER, NULL, &item))
    return false;
  row->number = *item.left ? item.left : item.number;
  row->kind = *item.left ? item.left_kind : item.kind;
  row->warn = item.warn;
  row->pager = dialled_is_pager(row->dialled);
  row->unspoken = row->dialled && contact_answers(dialled_kind(row->dialled)) != ANSWER_VOICE;
  present_warned(p, e, &row->warning, &row->brief);
  row->named =
      *row->warning ? arena_printf(p->arena, "%s (%s)", row->name, row->warning) : row->name;
  return row->named != NULL;
}

tc_status group_run_read(struct group_run *out, const struct present *p, const struct group *group,
                         int64_t begun, struct tc_error *err) {
  *out = (struct group_run){.group = group, .cell = is_cell(group)};
  out->rows = arena_zalloc(p->arena, group->member_count + 1, sizeof *out->rows);
  if (!out->rows)
    return no_memory(err);
  if (out->cell)
    find_period(out, p);
  else
    find_run(out, p, begun);
  for (size_t i = 0; i < group->member_count; i++) {
    struct group_row *row = &out->rows[i];
    if (!fill_row(row, p, group->site, &group->members[i]))
      return no_memory(err);
    row->tick = tick_of(out, p, row);
    row->reached = row->tick &&
                   attempt_result_from_word(act_get(&row->tick->act, "result")) == ATTEMPT_ANSWERED;
    out->count++;
    out->reached += row->reached;
  }
  return TC_OK;
}

/* ---- in words ----------------------------------------------------------------------------------
 */

tc_status group_run_find(struct group_run *out, const struct present *p, const struct uuid *group,
                         int64_t begun, struct tc_error *err) {
  const struct group *groups;
  size_t count = 0;
  tc_status status = groups_read(&groups, &count, p->setup, p->setup->from.site, p->arena, err);
  for (size_t i = 0; status == TC_OK && i < count; i++)
    if (uuid_equal(&groups[i].uuid, group))
      return group_run_read(out, p, &groups[i], begun, err);
  return status != TC_OK ? status
                         : tc_fail(err, TC_NOT_FOUND, _("it is no longer in the directory"));
}

void group_run_text(struct buffer *out, const struct group_run *run, const struct present *p) {
  char from[2 * WHEN_TEXT], until[2 * WHEN_TEXT];
  const struct zone *zone =
      house_zone(p->world.house, house_site(p->world.house, run->group->site));
  const char *site = run->group->site;
  int count = (int)run->count, left = count - (int)run->reached;
  if (run->cell) {
    buffer_printf(out, _("%d missing of %d"), left, count);
    buffer_printf(out, ", %s-%s, ", when_there(run->since, p->world.now, zone, site, from),
                  when_there(run->until, p->world.now, zone, site, until));
    if (run->every % 3600 == 0)
      buffer_printf(out, _("every %d h"), (int)(run->every / 3600));
    else
      buffer_printf(out, _("every %d min"), (int)(run->every / 60));
  } else if (!run->since) {
    buffer_printf(out, _("%d to call, not begun"), count);
  } else {
    buffer_printf(out, _("%d left of %d, run of %s"), left, count,
                  when_there(run->since, p->world.now, zone, site, from));
  }
}

const char *group_result_text(const struct group_run *run, const struct group_row *row) {
  if (!row->tick)
    return run->cell ? _("missing") : "";
  int result = attempt_result_from_word(act_get(&row->tick->act, "result"));
  const char *way = act_way_text(act_get(&row->tick->act, "way"));
  return *way && row->reached
             ? way
             : act_result_text(result > 0 ? (enum attempt_result)result : ATTEMPT_OTHER);
}

void group_tick_text(struct buffer *out, const struct group_run *run, const struct group_row *row,
                     int64_t now) {
  char when[WHEN_TEXT];
  buffer_add_text(out, group_result_text(run, row));
  if (!row->tick)
    return;
  buffer_printf(out, " %s, %s", when_seen(row->tick->act.at, now, when), acts_who(row->tick));
  if (row->tick->state == ACT_PENDING)
    buffer_printf(out, ", %s", act_state_text(ACT_PENDING));
}

/* ---- ticks -------------------------------------------------------------------------------------
 */

bool group_digit(const struct group_run *run, int digit, bool paged, struct group_result *out) {
  static const char *const ways[] = {"", "phone", "fax", "mail"};
  if (digit < 1 || digit > (run->cell ? 4 : CALL_RESULTS))
    return false;
  out->way = run->cell && digit < 4 ? ways[digit] : "";
  out->result = !run->cell   ? call_results(paged)[digit - 1].result
                : digit == 4 ? ATTEMPT_NO_ANSWER
                             : ATTEMPT_ANSWERED;
  return true;
}

tc_status group_act(struct act *out, struct writing *w, struct entry *group,
                    const struct group_run *run, size_t at, const struct group_result *result,
                    struct tc_error *err) {
  const struct group_row *row = &run->rows[at];
  *group = (struct entry){.site = "", .uuid = run->group->uuid, .audience = run->group->audience};
  const struct tick tick = {.group = run->group->uuid,
                            .run = run->since ? run->since : clock_now(&w->setup->clock),
                            .way = result ? result->way : "",
                            .text = row->entry ? "" : row->name};
  w->entry = row->entry ? row->entry : group;
  if (result)
    return write_tick(out, w, row->dialled, result->result, &tick, err);
  return row->tick ? write_withdrawal(out, w, &row->tick->act.uuid, "", err)
                   : tc_fail(err, TC_NOT_FOUND, _("nothing was noted of it in this run"));
}

tc_status group_run_print(struct buffer *out, const struct paper_job *job,
                          const struct group_run *run, const struct present *p,
                          struct tc_error *err) {
  struct buffer state = BUFFER_INIT;
  struct paper_group_line *lines = arena_zalloc(p->arena, run->count + 1, sizeof *lines);
  struct paper_job at = *job;
  at.site = house_site(p->world.house, run->group->site) ? run->group->site : "";
  group_run_text(&state, run, p);
  for (size_t i = 0; lines && i < run->count; i++) {
    const struct group_row *row = &run->rows[i];
    struct buffer tick = BUFFER_INIT;
    if (row->tick)
      group_tick_text(&tick, run, row, p->world.now);
    lines[i] = (struct paper_group_line){
        .done = row->reached,
        .audience = row->dialled ? row->dialled->audience : AUDIENCE_PUBLIC,
        .number = *row->warning ? arena_printf(p->arena, "! %s", row->number) : row->number,
        .name = *row->note ? arena_printf(p->arena, "%s, %s", row->named, row->note) : row->named,
        .kind = row->kind,
        .tick = arena_strdup(p->arena, buffer_text(&tick))};
    buffer_free(&tick);
  }
  const char *text = arena_strdup(p->arena, buffer_text(&state));
  const char *from = arena_printf(p->arena, _("numbers: from %s, %s"),
                                  set_kind_text(p->world.from->set), p->world.from->site);
  buffer_free(&state);
  if (!lines || arena_failed(p->arena))
    return no_memory(err);
  const struct paper_group group = {.name = run->group->name,
                                    .state = text,
                                    .from = from,
                                    .audience = run->group->audience,
                                    .lines = lines,
                                    .count = run->count};
  return paper_group(out, &at, &group, err);
}
