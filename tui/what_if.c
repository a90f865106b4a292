#include "tui/what_if.h"

#include <string.h>

#include "base/i18n.h"
#include "core/exercise.h"
#include "db/cut.h"
#include "paper/paper.h"
#include "tui/present_parts.h"
#include "tui/reach_text.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the count"));
}

/* The incidents of now, those that are played here among them, and one more. */
static tc_status more_incidents(struct what_if *out, const struct setup *setup,
                                const struct reach_world *world, const char *domain,
                                uint32_t directions, struct arena *arena, struct tc_error *err) {
  const struct house *house = world->house;
  const struct exercise *played = setup_played(setup);
  const struct incident *list = house->incidents;
  size_t count = house->incident_count;
  if (played)
    list = exercise_incidents(played, house, arena, &count);
  struct incident *all = arena_zalloc(arena, count + 1, sizeof *all);
  if (!all || (count && !list))
    return no_memory(err);
  if (count)
    memcpy(all, list, count * sizeof *all);
  all[count] = (struct incident){.domain = domain,
                                 .directions = directions,
                                 .since = world->now,
                                 .declared = true,
                                 .reason = "",
                                 .by = ""};
  out->outage = outage_make(house, all, count + 1, world->now, world->clock_trusted, arena);
  return out->outage ? TC_OK : no_memory(err);
}

static bool can_be_called(const struct duty_row *row, const struct reach_world *world) {
  struct channel best;
  return reach_best(&best, row->role, &row->on_call->holders, world, CONTACT_OTHER) &&
         reach_rings(&best);
}

static bool has_number(const struct entry *person, const struct reach_world *world) {
  struct channel best;
  return reach_best(&best, person, NULL, world, CONTACT_OTHER) && reach_rings(&best);
}

/* What is left of the role, its own or another holder's, else whom to call instead. */
static const char *next_of(const struct present *p, const struct duty_row *row) {
  struct channel best;
  if (!reach_best(&best, row->role, &row->on_call->holders, &p->world, CONTACT_OTHER) ||
      !reach_rings(&best))
    return present_instead(p, row->role);
  const char *number = present_number(p, &best),
             *state = reach_row_text(&best, &p->world, p->arena);
  const char *next =
      arena_printf(p->arena, "%s %s%s%s", number ? number : "",
                   contact_kind_text(channel_kind(&best)), *state ? ", " : "", state);
  return next ? next : "";
}

/* The holders of one role whose own numbers are lost; where none had one and the role had, the
 * first. */
static void add_cut_off(struct what_if *out, const struct present *p, const struct duty_row *row,
                        const struct reach_world *before) {
  const struct on_call *o = row->on_call;
  size_t from = out->holder_count;
  for (size_t k = 0; k < o->now.count; k++)
    if (has_number(o->persons[k], before) && !has_number(o->persons[k], &p->world))
      out->holders[out->holder_count++] =
          (struct what_if_holder){row->role, on_call_name(o, k), next_of(p, row)};
  if (out->holder_count == from && can_be_called(row, before) && !can_be_called(row, &p->world))
    out->holders[out->holder_count++] =
        (struct what_if_holder){row->role, on_call_name(o, 0), next_of(p, row)};
}

/* Who could be called without it and can be no more. */
static tc_status count_holders(struct what_if *out, struct setup *setup,
                               const struct reach_world *before, const struct reach_world *world,
                               struct arena *arena, struct tc_error *err) {
  struct duty_row *rows;
  size_t count;
  tc_status status =
      duty_read(setup->cache, "", setup->config.site, world, arena, &rows, &count, err);
  if (status != TC_OK)
    return status;
  const struct present p = {.cache = setup->cache, .setup = setup, .world = *world, .arena = arena};
  size_t people = 0;
  for (size_t i = 0; i < count; i++)
    people += rows[i].on_call->now.count;
  out->holders = arena_zalloc(arena, people + 1, sizeof *out->holders);
  if (!out->holders)
    return no_memory(err);
  for (size_t i = 0; i < count; i++)
    if (rows[i].on_call->now.state == ROTA_LISTED)
      add_cut_off(out, &p, &rows[i], before);
  return TC_OK;
}

tc_status what_if_read(struct what_if *out, struct setup *setup, const char *domain,
                       uint32_t directions, struct arena *arena, struct tc_error *err) {
  const struct house *house = cache_house(setup->cache);
  struct reach_world before, after;
  tc_status status = TC_OK;
  memset(out, 0, sizeof *out);
  if (*domain && !house_domain(house, domain))
    return tc_fail(err, TC_NOT_FOUND, _("there is no failure domain %s in this directory"), domain);
  setup_world(setup, &before);
  after = before;
  out->outage = before.outage;
  if (*domain) /* what that domain takes, on top of what is down already */
    status = more_incidents(out, setup, &before, domain, directions, arena, err);
  else
    before.outage = NULL; /* what is down now, on top of nothing */
  out->before = before.outage;
  after.outage = out->outage;
  if (status == TC_OK)
    status = cache_cutoff(setup->cache, &before, &after, &out->cut, arena, err);
  if (status == TC_OK)
    status = count_holders(out, setup, &before, &after, arena, err);
  return status == TC_OK && arena_failed(arena) ? no_memory(err) : status;
}

bool what_if_takes(const struct what_if *w, const struct outage_domain *d) {
  const struct outage_domain *was = outage_domain(w->before, d->code, strlen(d->code));
  for (int i = 0; i < DIRECTION_COUNT; i++)
    if (d->at[i].level > (was ? was->at[i].level : OUTAGE_NONE))
      return true;
  return false;
}

/* ---- in words ----------------------------------------------------------------------------------
 */

const enum entry_type what_if_types[WHAT_IF_TYPES] = {
    ENTRY_CODE, ENTRY_SERVICE, ENTRY_ROLE, ENTRY_OUTSIDE, ENTRY_ROOM, ENTRY_PERSON, ENTRY_OTHER};

static const char *lost_text(enum entry_type type, size_t n, struct arena *arena) {
  switch (type) {
  case ENTRY_CODE:
    return arena_printf(
        arena, NGETTEXT("%zu code has no number left", "%zu codes have no number left", n), n);
  case ENTRY_SERVICE:
    return arena_printf(
        arena, NGETTEXT("%zu service has no number left", "%zu services have no number left", n),
        n);
  case ENTRY_ROLE:
    return arena_printf(
        arena, NGETTEXT("%zu role has no number left", "%zu roles have no number left", n), n);
  case ENTRY_PERSON:
    return arena_printf(
        arena, NGETTEXT("%zu person has no number left", "%zu persons have no number left", n), n);
  case ENTRY_ROOM:
    return arena_printf(
        arena, NGETTEXT("%zu room has no number left", "%zu rooms have no number left", n), n);
  default:
    return arena_printf(
        arena, NGETTEXT("%zu other has no number left", "%zu others have no number left", n), n);
  }
}

const char *what_if_lost(enum entry_type type, size_t n, struct arena *arena) {
  const char *text = lost_text(type, n, arena);
  return text ? text : "";
}

const char *what_if_left(int channels) {
  static const char *const left[CUTOFF_CHANNELS] = {N_("none left"), N_("one left"), N_("two left"),
                                                    N_("three or more left")};
  return _(left[channels]);
}

const char *what_if_title(const char *domain, bool not_now, struct arena *arena) {
  const char *title = *domain   ? arena_printf(arena, _("What if %s were DOWN"), domain)
                      : not_now ? _("Cut off then")
                                : _("Cut off now");
  return title ? title : "";
}

struct lines {
  struct paper_line *items;
  size_t count;
};

static void add(struct lines *l, const char *section, const char *site, const char *who,
                const char *what) {
  l->items[l->count++] =
      (struct paper_line){section, site ? site : "", who ? who : "", what ? what : ""};
}

tc_status what_if_print(struct buffer *out, const struct paper_job *job, const struct what_if *w,
                        const char *domain, const struct setup *setup, struct arena *arena,
                        struct tc_error *err) {
  enum { HOLDS_S = 2 * 3600 };
  const struct standpoint *from = &setup->from;
  size_t most = CUTOFF_CHANNELS + WHAT_IF_TYPES + w->holder_count + w->cut.listed_count + 1;
  size_t more = w->cut.left[0] - w->cut.listed_count;
  struct lines l = {.items = arena_zalloc(arena, most, sizeof *l.items)};
  if (!l.items)
    return no_memory(err);
  for (int i = 0; i < CUTOFF_CHANNELS; i++)
    add(&l, _("entries by the numbers that are left"), i || !w->cut.left[i] ? "" : "!",
        what_if_left(i), arena_printf(arena, "%zu", w->cut.left[i]));
  for (size_t t = 0; t < WHAT_IF_TYPES; t++)
    if (w->cut.lost[what_if_types[t]])
      add(&l, _("without any number"), "!", "",
          what_if_lost(what_if_types[t], w->cut.lost[what_if_types[t]], arena));
  for (size_t i = 0; i < w->holder_count; i++) {
    const struct what_if_holder *h = &w->holders[i];
    add(&l, _("on call and cut off: whom to call instead"), h->role->site,
        arena_printf(arena, "%s: %s", h->role->name, h->name), *h->next ? h->next : _("nobody"));
  }
  for (size_t t = 0; t < WHAT_IF_TYPES; t++)
    for (size_t i = 0; i < w->cut.listed_count; i++)
      if (w->cut.listed[i].type == what_if_types[t])
        add(&l, _("no number left"), w->cut.listed[i].site, "", w->cut.listed[i].name);
  if (more)
    add(&l, _("no number left"), "", "",
        arena_printf(arena, NGETTEXT("and %zu more", "and %zu more", more), more));
  const char *dialled =
      arena_printf(arena, _("numbers: from %s, %s"), set_kind_text(from->set), from->site);
  if (arena_failed(arena))
    return no_memory(err);
  const struct paper_list list = {.title = what_if_title(domain, job->not_now, arena),
                                  .from = dialled,
                                  .none = "",
                                  .valid_until = job->printed + HOLDS_S,
                                  .lines = l.items,
                                  .count = l.count};
  return paper_list(out, job, &list, err);
}
