#include "tui/chase.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/act.h"
#include "paper/paper.h"
#include "tui/acts.h"
#include "tui/duty.h"
#include "tui/reach_text.h"
#include "tui/when.h"
#include "tui/write.h"

enum { STRETCHES = 64, STALE_MAX = 64, DAY_S = 86400 };

/* A rota that is over a week old, and of how many roles it is. */
struct stale {
  const struct rota *rota;
  const struct entry *first;
  int roles;
};

struct chase {
  struct setup *setup;
  struct reach_world world;
  struct arena *arena;
  struct chase_row *rows;
  size_t count, room;
  struct stale stale[STALE_MAX];
  size_t stale_count;
};

static const struct {
  const char *word, *text;
} parts[CHASE_PARTS] = {
    [CHASE_COMING] = {"gap", N_("nobody listed, now or in the day to come")},
    [CHASE_PAST] = {"gap-past", N_("nobody was listed in the past night")},
    [CHASE_HOLDER] = {"holder", N_("on call, and no number may be tried")},
    [CHASE_ROTA] = {"rota", N_("rotas to look at")},
    [CHASE_CALL] = {"call", N_("calls that reached nobody, or the wrong one")},
    [CHASE_TEST] = {"test", N_("tests that failed")},
    [CHASE_REPORT] = {"report", N_("reported, not declared")},
    [CHASE_ACT] = {"act", N_("written here, and not taken")},
};

const char *chase_part_word(enum chase_part part) {
  return parts[part].word;
}

const char *chase_part_text(enum chase_part part) {
  return _(parts[part].text);
}

/* what: of the arena; NULL: there was no memory, which the arena remembers. */
static void add(struct chase *c, enum chase_part part, const struct entry *of, const char *what,
                int64_t at) {
  if (c->count == c->room) {
    size_t room = c->room ? c->room * 2 : 64;
    struct chase_row *grown = arena_zalloc(c->arena, room, sizeof *grown);
    if (!grown)
      return;
    if (c->count)
      memcpy(grown, c->rows, c->count * sizeof *grown);
    c->rows = grown;
    c->room = room;
  }
  if (what)
    c->rows[c->count++] = (struct chase_row){part, of->uuid, of->site, of->name, what, at};
}

/* ---- rotas -------------------------------------------------------------------------------------
 */

/* A role, and what is held of it. */
struct role {
  const struct entry *entry;
  const struct rota *const *rotas;
  size_t count;
  const struct zone *zone;
};

static const char *moment(const struct chase *c, const struct role *r, int64_t at,
                          char out[2 * WHEN_TEXT]) {
  return when_there(at, c->world.now, r->zone, r->entry->site, out);
}

static const char *span(const struct chase *c, const struct role *r, int64_t from, int64_t until) {
  char begin[2 * WHEN_TEXT], end[2 * WHEN_TEXT];
  return arena_printf(c->arena, "%s-%s", moment(c, r, from, begin), moment(c, r, until, end));
}

static int64_t since(const struct chase *c) {
  return c->world.now - CHASE_BACK_S;
}

static void add_stretch(struct chase *c, const struct role *r, const struct rota_stretch *s) {
  enum chase_part part = s->until > c->world.now ? CHASE_COMING : CHASE_PAST;
  char edge[2 * WHEN_TEXT];
  bool cut = s->from <= since(c) - DAY_S; /* when it began is not known */
  const char *when = cut ? arena_printf(c->arena, _("until %s"), moment(c, r, s->until, edge))
                         : span(c, r, s->from, s->until);
  if (!when)
    return;
  if (s->state == ROTA_GAP)
    add(c, part, r->entry, arena_printf(c->arena, "%s%s%s", when, _(": "), _("NOBODY LISTED")),
        s->from);
  if (s->state == ROTA_NOT_HELD && part == CHASE_COMING) /* what was not held then is no gap */
    add(c, part, r->entry,
        cut ? arena_strdup(c->arena, _("no rota is held"))
            : arena_printf(c->arena, _("from %s: no rota is held"), moment(c, r, s->from, edge)),
        s->from);
  for (int line = 1; s->state == ROTA_LISTED && line < ROTA_LINES; line++)
    if (s->empty_lines & (UINT32_C(1) << line))
      add(c, part, r->entry,
          arena_printf(c->arena, "%s%s%s", when, _(": "),
                       arena_printf(c->arena, _("line %d: NOBODY LISTED"), line)),
          s->from);
  if (s->overlap)
    add(c, CHASE_ROTA, r->entry,
        arena_printf(c->arena, "%s%s%s", when, _(": "), _("two are listed for one line")), s->from);
}

/* One rota is of many roles: it is told once, by its name and how old it is. */
static void note_stale(struct chase *c, const struct role *r, const struct rota *rota) {
  if (rota->made && c->world.now - rota->made <= CHASE_STALE_DAYS * INT64_C(86400))
    return;
  for (size_t i = 0; i < c->stale_count; i++)
    if (c->stale[i].rota->made == rota->made &&
        strcmp(c->stale[i].rota->source, rota->source) == 0) {
      c->stale[i].roles++;
      return;
    }
  if (c->stale_count < STALE_MAX)
    c->stale[c->stale_count++] = (struct stale){rota, r->entry, 1};
}

static void add_stale(struct chase *c) {
  for (size_t i = 0; i < c->stale_count; i++) {
    const struct rota *rota = c->stale[i].rota;
    char when[2 * WHEN_TEXT];
    const char *age =
        rota->made ? arena_printf(c->arena, _("rota \"%s\" of %s"), rota->source,
                                  when_date_age(rota->made, c->world.now, when))
                   : arena_printf(c->arena, _("rota \"%s\": not known how old"), rota->source);
    if (age)
      add(c, CHASE_ROTA, c->stale[i].first,
          arena_printf(
              c->arena,
              NGETTEXT("%s, of %d role", "%s, of %d roles", (unsigned long)c->stale[i].roles), age,
              c->stale[i].roles),
          rota->made);
  }
}

/* Nobody may be told to call a number that is not there: the role's own, then the holder's. */
static void add_holder(struct chase *c, const struct role *r, const struct shift *s, int64_t from,
                       int64_t until) {
  struct reach_world then = c->world;
  struct channel best;
  const struct entry *person = on_call_person(c->setup->cache, s, r->entry, c->arena);
  const char *when = span(c, r, from, until);
  if (!person || !when)
    return;
  struct reach_holders holders = {.persons = &person, .count = 1};
  then.now = from > then.now ? from : then.now;
  const char *name = *person->name ? person->name : _("somebody who is not held here");
  bool gone =
      !*s->number && !uuid_is_nil(&s->contact) && !person->contact_count && !person->override_count;
  if (gone) {
    add(c, CHASE_HOLDER, r->entry,
        arena_printf(c->arena, _("%s, %s: their number is not held here"), name, when), from);
    return;
  }
  if (reach_best(&best, r->entry, &holders, &then, CONTACT_OTHER) && reach_rings(&best))
    return;
  add(c, CHASE_HOLDER, r->entry,
      r->entry->contact_count || person->contact_count
          ? arena_printf(c->arena, _("%s, %s: no number may be tried"), name, when)
          : arena_printf(c->arena, _("%s, %s: no number is held"), name, when),
      from);
}

static void look_at_shifts(struct chase *c, const struct role *r) {
  int64_t from, until;
  int faulty = 0;
  for (size_t i = 0; i < r->count; i++) {
    bool in_force = false;
    for (size_t k = 0; k < r->rotas[i]->shift_count; k++) {
      const struct shift *s = &r->rotas[i]->shifts[k];
      if (!rota_shift_span(s, r->zone, &from, &until)) {
        faulty++;
        continue;
      }
      if (until <= c->world.now || from >= c->world.now + CHASE_AHEAD_S)
        continue;
      in_force = true;
      add_holder(c, r, s, from, until);
    }
    if (in_force)
      note_stale(c, r, r->rotas[i]);
  }
  if (faulty)
    add(c, CHASE_ROTA, r->entry,
        arena_printf(
            c->arena,
            NGETTEXT("%d shift cannot be read", "%d shifts cannot be read", (unsigned long)faulty),
            faulty),
        0);
}

static tc_status look_at_role(struct chase *c, const struct entry *entry, struct tc_error *err) {
  struct rota_stretch stretches[STRETCHES];
  const struct house *house = c->world.house;
  struct role r = {.entry = entry, .zone = house_zone(house, house_site(house, entry->site))};
  tc_status status = cache_rotas(c->setup->cache, &entry->uuid, c->arena, &r.rotas, &r.count, err);
  if (status != TC_OK)
    return status;
  if (!r.zone) {
    add(c, CHASE_ROTA, entry,
        _("who is on call is not told: the site's time zone is not known here"), 0);
    return TC_OK;
  }
  size_t count = rota_stretches(stretches, STRETCHES, r.rotas, r.count, r.zone,
                                since(c) - DAY_S, /* what had begun before is told whole */
                                c->world.now + CHASE_AHEAD_S);
  for (size_t i = 0; i < count; i++)
    if (stretches[i].until > since(c))
      add_stretch(c, &r, &stretches[i]);
  look_at_shifts(c, &r);
  return TC_OK;
}

static tc_status look_at_rotas(struct chase *c, const char *site, const char *first,
                               struct tc_error *err) {
  struct duty_row *roles;
  size_t count;
  if (!c->world.clock_trusted) {
    static const struct entry nobody = {.name = "", .site = ""};
    add(c, CHASE_ROTA, &nobody, _("who is on call is not told: this clock is wrong"), 0);
    return TC_OK;
  }
  tc_status status =
      duty_read(c->setup->cache, site, first, &c->world, c->arena, &roles, &count, err);
  for (size_t i = 0; status == TC_OK && i < count; i++)
    status = look_at_role(c, roles[i].role, err);
  add_stale(c);
  return status;
}

/* ---- what was written --------------------------------------------------------------------------
 */

static void add_act(struct chase *c, enum chase_part part, const struct act_held *held,
                    const char *what) {
  struct entry e = {.uuid = held->act.subject, .site = ""};
  e.name = acts_subject(c->setup->cache, &held->act, c->arena);
  if (!what)
    return;
  char when[WHEN_TEXT];
  add(c, part, &e,
      arena_printf(c->arena, "%s, %s, %s", what, when_seen(held->act.at, c->world.now, when),
                   acts_who(held)),
      held->act.at);
}

static struct uuid origin_of(const struct act *act) {
  struct uuid chain = act_get_uuid(act, "chain");
  return uuid_is_nil(&chain) ? act->subject : chain;
}

static bool is_attempt(const struct act_held *held, const struct uuid *origin, int result) {
  struct uuid of = origin_of(&held->act);
  return act_kind_of(&held->act) == ACT_KIND_ATTEMPT && uuid_equal(&of, origin) &&
         (!result || attempt_result_from_word(act_get(&held->act, "result")) == result);
}

/* The last try of a call that nobody answered, with how many there were.  A call ends where
 * somebody answers; what is tried after that is another one. */
static void look_at_call(struct chase *c, const struct act_held **acts, size_t count, size_t n) {
  struct uuid origin = origin_of(&acts[n]->act);
  int tries = 0, result = attempt_result_from_word(act_get(&acts[n]->act, "result"));
  if (result != ATTEMPT_NO_ANSWER && result != ATTEMPT_BUSY && result != ATTEMPT_PAGED)
    return;
  int64_t answered = INT64_MIN; /* what is of its second is of that call: they stand in any order */
  for (size_t i = 0; i < count; i++) {
    if (i > n && is_attempt(acts[i], &origin, 0))
      return;
    if (is_attempt(acts[i], &origin, ATTEMPT_ANSWERED))
      answered = acts[i]->act.at;
  }
  if (answered >= acts[n]->act.at)
    return;
  for (size_t i = 0; i <= n; i++)
    tries += is_attempt(acts[i], &origin, 0) && acts[i]->act.at > answered;
  struct act_held last = *acts[n];
  last.act.subject = origin;
  add_act(c, CHASE_CALL, &last,
          arena_printf(
              c->arena,
              NGETTEXT("never answered, %d try", "never answered, %d tries", (unsigned long)tries),
              tries));
}

/* Was the same contact point found to work later? */
static bool works_since(const struct act_held **acts, size_t count, size_t n) {
  struct uuid contact = act_get_uuid(&acts[n]->act, "contact");
  for (size_t i = n + 1; i < count; i++) {
    struct uuid of = act_get_uuid(&acts[i]->act, "contact");
    if (act_kind_of(&acts[i]->act) == ACT_KIND_TEST && uuid_equal(&of, &contact))
      return true; /* or failed again: that one is told */
  }
  return false;
}

static const char *sentence(const struct chase *c, const struct act_held *held) {
  return write_sentence(&held->act, c->setup, c->world.now, c->arena);
}

/* Acts of the night, the first first. */
static void look_at_night(struct chase *c, const struct act_held **acts, size_t count) {
  for (size_t i = 0; i < count; i++) {
    int result = attempt_result_from_word(act_get(&acts[i]->act, "result"));
    if (act_kind_of(&acts[i]->act) != ACT_KIND_ATTEMPT)
      continue;
    if (result == ATTEMPT_WRONG_PERSON || result == ATTEMPT_WRONG_NUMBER)
      add_act(c, CHASE_CALL, acts[i], sentence(c, acts[i]));
    look_at_call(c, acts, count, i);
  }
  for (size_t i = 0; i < count; i++)
    if (act_kind_of(&acts[i]->act) == ACT_KIND_TEST && acts[i]->state != ACT_REFUSED &&
        test_result_from_word(act_get(&acts[i]->act, "result")) != TEST_WORKS &&
        !works_since(acts, count, i))
      add_act(c, CHASE_TEST, acts[i], sentence(c, acts[i]));
}

static void look_at_reports(struct chase *c) {
  const struct house *house = c->world.house;
  for (size_t i = 0; i < house->incident_count; i++) {
    const struct incident *n = &house->incidents[i];
    char when[WHEN_TEXT];
    if (n->declared || n->ended || incident_is_ahead(n, c->world.now, c->world.clock_trusted))
      continue;
    const struct entry of = {.site = "", .name = domain_name(house, n->domain)};
    add(c, CHASE_REPORT, &of,
        arena_printf(c->arena, _("reported %s%s%s%s%s"), when_seen(n->since, c->world.now, when),
                     *n->by ? ", " : "", n->by, *n->reason ? ": " : "", n->reason),
        n->since);
  }
}

/* What waits is told however old it is; what was refused, of the last day. */
static void look_at_fates(struct chase *c, const struct act_held **acts, size_t count) {
  int pending = 0;
  for (size_t i = 0; i < count; i++) {
    const struct act_rule *rule = act_rule(act_kind_of(&acts[i]->act));
    bool recent = acts[i]->act.at > c->world.now - CHASE_AHEAD_S;
    pending += acts[i]->state == ACT_PENDING;
    if (acts[i]->state == ACT_WAITS ||
        (recent && (acts[i]->state == ACT_REFUSED || acts[i]->state == ACT_ASIDE)))
      add_act(c, CHASE_ACT, acts[i],
              arena_printf(c->arena, "%s: %s (%s)", rule ? _(rule->label) : acts[i]->act.type,
                           sentence(c, acts[i]), write_state(acts[i], c->setup, c->arena)));
  }
  const struct entry nobody = {.site = "", .name = ""};
  if (pending)
    add(c, CHASE_ACT, &nobody,
        arena_printf(c->arena,
                     NGETTEXT("%d is not confirmed by a source", "%d are not confirmed by a source",
                              (unsigned long)pending),
                     pending),
        0);
}

static tc_status look_at_acts(struct chase *c, struct tc_error *err) {
  const struct act_held **acts;
  size_t all, count = 0;
  const struct act_held *written = cache_written(c->setup->cache, &all);
  tc_status status = acts_since(&acts, &all, 0, c->setup->cache, c->arena, err);
  if (status != TC_OK)
    return status;
  for (size_t i = 0; i < all; i++) /* what was taken back was not so */
    if (!act_is_withdrawn(written, all, &acts[i]->act.uuid))
      acts[count++] = acts[i];
  size_t night = 0;
  while (night < count && acts[night]->act.at <= since(c))
    night++;
  look_at_night(c, acts + night, count - night);
  look_at_fates(c, acts, count);
  return TC_OK;
}

static int by_part(const void *a, const void *b) {
  const struct chase_row *x = *(const struct chase_row *const *)a,
                         *y = *(const struct chase_row *const *)b;
  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  return x < y ? -1 : x > y; /* as they were found */
}

static bool sort(struct chase *c) {
  const struct chase_row **order = arena_zalloc(c->arena, c->count + 1, sizeof *order);
  struct chase_row *rows = arena_zalloc(c->arena, c->count + 1, sizeof *rows);
  if (!order || !rows)
    return false;
  for (size_t i = 0; i < c->count; i++)
    order[i] = &c->rows[i];
  if (c->count)
    qsort(order, c->count, sizeof *order, by_part);
  for (size_t i = 0; i < c->count; i++)
    rows[i] = *order[i];
  c->rows = rows;
  return true;
}

tc_status chase_read(struct setup *setup, const char *site, const char *first, struct arena *arena,
                     struct chase_row **rows, size_t *count, struct tc_error *err) {
  struct chase c = {.setup = setup, .arena = arena};
  setup_world(setup, &c.world);
  tc_status status = look_at_rotas(&c, site, first, err);
  if (status == TC_OK)
    status = look_at_acts(&c, err);
  if (status == TC_OK)
    look_at_reports(&c);
  if (status == TC_OK && (!sort(&c) || arena_failed(arena)))
    status = tc_fail(err, TC_NO_MEMORY, _("no memory for the list"));
  *rows = c.rows;
  *count = status == TC_OK ? c.count : 0;
  return status;
}

tc_status chase_print(struct buffer *out, const struct paper_job *job, const struct chase_row *rows,
                      size_t count, struct arena *arena, struct tc_error *err) {
  struct paper_line *lines = arena_zalloc(arena, count + 1, sizeof *lines);
  if (!lines)
    return tc_fail(err, TC_NO_MEMORY, _("no memory for the sheet"));
  for (size_t i = 0; i < count; i++)
    lines[i] =
        (struct paper_line){chase_part_text(rows[i].part), rows[i].site, rows[i].who, rows[i].what};
  const struct paper_list list = {.title = _("Chase list"),
                                  .from = "",
                                  .none = _("there is nothing to chase"),
                                  .boxes = true,
                                  .valid_until = job->printed + CHASE_AHEAD_S,
                                  .lines = lines,
                                  .count = count};
  return paper_list(out, job, &list, err);
}
