#include "tui/duty.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/fold.h"
#include "paper/paper.h"
#include "tui/present.h"
#include "tui/reach_text.h"

/* A row with what it is sorted by. */
struct sorted {
  struct duty_row row;
  size_t site; /* its place among the sites; 0: the first */
};

bool duty_is_faulty(const struct duty_row *row) {
  const struct rota_now *n = &row->on_call->now;
  return row->away || row->lacking || row->silent || n->state != ROTA_LISTED || n->empty_lines ||
         n->overlap || n->faulty;
}

static int severity(const struct duty_row *row) {
  return row->on_call->now.state == ROTA_LISTED ? duty_is_faulty(row) ? 1 : 2 : 0;
}

static int compare(const void *a, const void *b) {
  const struct sorted *x = a, *y = b;
  int s = severity(&x->row), t = severity(&y->row);
  if (x->site != y->site)
    return x->site < y->site ? -1 : 1;
  if (s != t)
    return s - t;
  int order = fold_compare(x->row.role->name, y->row.role->name);
  return order ? order : uuid_compare(&x->row.role->uuid, &y->row.role->uuid);
}

static size_t site_place(const struct house *house, const char *site, const char *first) {
  if (strcmp(site, first) == 0)
    return 0;
  for (size_t i = 0; i < house->site_count; i++)
    if (strcmp(house->sites[i].code, site) == 0)
      return i + 1;
  return house->site_count + 1;
}

/* Nobody may be told to call a number that is not there: the role's own, then the holder's. */
static bool is_silent(const struct duty_row *row, size_t n, const struct reach_world *world) {
  struct channel best;
  struct reach_holders one = {.persons = &row->on_call->persons[n], .count = 1};
  if (!row->role->contact_count && !row->on_call->persons[n]->contact_count &&
      !row->on_call->persons[n]->override_count)
    return false; /* there is none, which is said of it */
  return !reach_best(&best, row->role, &one, world, CONTACT_OTHER) || !reach_rings(&best);
}

static void look_at_holders(struct duty_row *row, const struct reach_world *world) {
  const struct on_call *o = row->on_call;
  row->away = o->holders.away > 0;
  for (size_t i = 0; i + o->holders.away < o->now.count; i++) {
    row->lacking = row->lacking || on_call_lacks(o, i, row->role);
    if (is_silent(row, i, world))
      row->silent |= UINT32_C(1) << i;
  }
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("no memory for the rotas"));
}

tc_status duty_read(struct cache *cache, const char *site, const char *first,
                    const struct reach_world *world, struct arena *arena, struct duty_row **rows,
                    size_t *count, struct tc_error *err) {
  struct uuid *roles;
  size_t role_count;
  *rows = NULL;
  *count = 0;
  tc_status status = cache_roles(cache, arena, &roles, &role_count, err);
  if (status != TC_OK)
    return status;
  struct sorted *all = arena_zalloc(arena, role_count + 1, sizeof *all);
  struct duty_row *out = arena_zalloc(arena, role_count + 1, sizeof *out);
  if (!all || !out)
    return no_memory(err);
  for (size_t i = 0; i < role_count; i++) {
    struct entry *role = arena_zalloc(arena, 1, sizeof *role);
    struct on_call *on_call = arena_zalloc(arena, 1, sizeof *on_call);
    if (!role || !on_call)
      return no_memory(err);
    if (cache_entry(cache, &roles[i], arena, role, NULL) != TC_OK ||
        (*site && strcmp(role->site, site) != 0))
      continue;
    struct tc_error why = {.status = TC_OK};
    status = on_call_read(on_call, cache, role, world, arena, &why);
    if (status == TC_DAMAGED) /* the others are told; cache_whole() says that they are not all */
      continue;
    if (status != TC_OK)
      return tc_fail(err, status, "%s", why.text);
    if (!on_call_is_told(on_call))
      continue;
    struct sorted *row = &all[(*count)++];
    *row = (struct sorted){.row = {.role = role, .on_call = on_call},
                           .site = site_place(world->house, role->site, first)};
    look_at_holders(&row->row, world);
  }
  if (*count)
    qsort(all, *count, sizeof *all, compare);
  for (size_t i = 0; i < *count; i++)
    out[i] = all[i].row;
  *rows = out;
  return TC_OK;
}

static void add_instead(struct buffer *out, const struct entry *role, const struct present *p) {
  const char *whom = present_instead(p, role);
  buffer_printf(out, _("; instead: %s"), *whom ? whom : _("nobody"));
}

/* wrong: those who are away or whom no number reaches, else the others. */
static void add_holders(struct buffer *out, const struct duty_row *row, const struct present *p,
                        bool wrong, bool instead) {
  const struct on_call *o = row->on_call;
  for (size_t i = 0; i < o->now.count; i++) {
    bool silent = (row->silent & (UINT32_C(1) << i)) != 0;
    if ((silent || on_call_absence(o, i, p->world.now)) != wrong)
      continue;
    if (out->len)
      buffer_add_text(out, "; ");
    if (silent)
      buffer_printf(out, "%s%s", _("CUT OFF"), _(": "));
    on_call_row(out, o, i, row->role, p);
    if (silent && instead)
      add_instead(out, row->role, p);
  }
}

/* instead: also whom to call where no number reaches somebody. */
static void write_duty(struct buffer *out, const struct duty_row *row, const struct present *p,
                       bool instead) {
  struct buffer text = {.limit = 4096};
  const char *fault = present_rota_fault(p, row->role, row->on_call);
  add_holders(&text, row, p, true, instead);
  buffer_printf(&text, "%s%s", text.len && *fault ? "; " : "", fault);
  add_holders(&text, row, p, false, instead);
  buffer_add_text(out, buffer_text(&text));
  buffer_free(&text);
}

void duty_text(struct buffer *out, const struct duty_row *row, const struct present *p) {
  write_duty(out, row, p, true);
}

/* When the first of them is relieved, or comes: what is on paper is not so any more. */
static int64_t relieved(const struct duty_row *rows, size_t count, int64_t now, int64_t latest) {
  for (size_t i = 0; i < count; i++) {
    const struct rota_now *n = &rows[i].on_call->now;
    if (n->state == ROTA_GAP && n->gap_until > now && n->gap_until < latest)
      latest = n->gap_until;
    for (size_t h = 0; h < n->count; h++)
      if (n->holders[h].until > now && n->holders[h].until < latest)
        latest = n->holders[h].until;
  }
  return latest;
}

tc_status duty_print(struct buffer *out, const struct paper_job *job, const struct duty_row *rows,
                     size_t count, const struct present *p, struct tc_error *err) {
  enum { HOLDS_S = 24 * 3600 };
  const struct reach_world *w = &p->world;
  struct paper_line *lines = arena_zalloc(p->arena, count + 1, sizeof *lines);
  for (size_t i = 0; lines && i < count; i++) {
    const struct entry *role = rows[i].role;
    const struct site *site = house_site(w->house, role->site);
    struct buffer who = BUFFER_INIT;
    if (!rows[i].away)
      buffer_printf(&who, "%s; ", present_first(p, role));
    write_duty(&who, &rows[i], p, false); /* behind its number that is said already */
    if (rows[i].away)                     /* read before it is dialled */
      buffer_printf(&who, "; %s", present_first(p, role));
    lines[i] = (struct paper_line){
        *job->site ? "" : arena_printf(p->arena, "%s %s", role->site, site ? site->name : ""),
        duty_is_faulty(&rows[i]) ? "!" : "", role->name, arena_strdup(p->arena, buffer_text(&who))};
    buffer_free(&who);
  }
  const char *from =
      arena_printf(p->arena, _("numbers: from %s, %s"), set_kind_text(w->from->set), w->from->site);
  if (arena_failed(p->arena))
    return no_memory(err);
  /* Of another time it is as good as that time's. */
  const struct paper_list list = {
      .title = job->not_now ? _("On call then") : _("On call now"),
      .from = from,
      .none = _("No rota is held here: ask the switchboard who is on call."),
      .valid_until =
          job->not_now ? job->printed + HOLDS_S : relieved(rows, count, w->now, w->now + HOLDS_S),
      .lines = lines,
      .count = count};
  return paper_list(out, job, &list, err);
}
