#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/app_state.h"
#include "tui/when.h"

enum { LIMIT_MAX = 1000, LINES_MAX = 12 };

/* -- what is found ------------------------------------------------------------------------------
 */

static void forget_detail(struct app *a) {
  a->detail = NULL;
  arena_reset(&a->detail_arena);
}

/* The words of an empty screen, the most useful ones first, in the arena of the rows. */
static void set_lines(struct app *a, struct arena *arena, const char **lines, size_t count) {
  a->lines = arena_alloc(arena, (count + 1) * sizeof *a->lines);
  a->line_count = a->lines ? count : 0;
  for (size_t i = 0; i < a->line_count; i++)
    a->lines[i] = lines[i];
}

static void say_nothing_found(struct app *a, struct arena *arena, const struct search_result *r) {
  const char *lines[LINES_MAX];
  size_t n = 0;
  lines[n++] = arena_printf(arena, _("Nothing found for \"%s\"."), a->typed.text);
  if (r->nearest_count) {
    struct buffer near = {.limit = 512};
    for (size_t i = 0; i < r->nearest_count; i++) {
      buffer_add_text(&near, i ? ", " : "");
      buffer_add_text(&near, r->nearest[i]);
    }
    lines[n++] = arena_printf(arena, _("nearest: %s"), buffer_text(&near));
    buffer_free(&near);
  }
  if (a->scope != SEARCH_ALL)
    lines[n++] = _("Only a part of the sites was searched: F2 searches all.");
  lines[n++] = *a->frame.switchboard
                   ? arena_printf(arena, _("Ask the switchboard: %s"), a->frame.switchboard)
                   : _("Ask the switchboard.");
  if (r->fewer && *r->fewer)
    lines[n++] = r->fewer;
  for (size_t i = 0; i < r->tried_count && n < LINES_MAX; i++)
    lines[n++] = arena_printf(arena, _("tried: %s"), r->tried[i]);
  for (size_t i = 0; i < n; i++)
    if (!lines[i])
      return;
  set_lines(a, arena, lines, n);
}

static void clear_rows(struct app *a) {
  a->rows_now = !a->rows_now;
  arena_reset(&a->rows_arena[a->rows_now]);
  a->items = NULL;
  a->item_count = a->line_count = a->here = a->elsewhere = 0;
  a->more_here = a->more_elsewhere = false;
  a->told = a->note = "";
  forget_detail(a);
}

/* Above the list: nobody dials a dead number that was read off a scrap of paper.  On a small screen
 * the row below it says whose it was. */
static const char *fate_line(const struct app *a, struct arena *arena,
                             const struct search_item *item) {
  if (!*item->fate || (item == a->items && a->cols < 60))
    return item->fate;
  const char *line = arena_printf(arena, "%s %s: %s", item->site, item->name, item->fate);
  return line ? line : "";
}

static void fill_rows(struct app *a, const struct present *p, const struct search_result *r) {
  a->items = arena_zalloc(p->arena, r->count + 3, sizeof *a->items);
  a->item_count = a->items ? present_rows(p, r, r->count + 2, a->items) : 0;
  /* Without rows of my site the rule would say nothing. */
  if (a->items && !r->here && a->scope == SEARCH_ALL && !*a->setup.from.site)
    for (size_t i = 0; i < a->item_count; i++)
      if (!a->items[i].approximate)
        a->items[i].section = "";
  a->wanted = r->kind;
  a->here = r->here;
  a->elsewhere = r->elsewhere;
  a->more_here = r->more_here;
  a->more_elsewhere = r->more_elsewhere;
  a->told = r->note ? r->note : "";
}

/* The sentence above the list, as there is room for it. */
static void set_note(struct app *a) {
  a->note = a->told;
  for (size_t i = 0; a->typed.len && i < a->item_count && !*a->note; i++)
    a->note = fate_line(a, &a->rows_arena[a->rows_now], &a->items[i]);
  if (!a->typed.len && a->item_count && !*a->note)
    a->note = app_start_hint(a);
}

static void look_up(struct app *a) {
  struct present p;
  clear_rows(a);
  struct arena *arena = &a->rows_arena[a->rows_now];
  app_present(a, &p, arena);
  if (!a->typed.len) {
    app_start_rows(a, &p);
    const char *lines[] = {app_start_hint(a)};
    if (!a->item_count && !*a->told)
      set_lines(a, arena, lines, 1);
    return;
  }
  struct search_query q = {.text = a->typed.text,
                           .site = a->setup.from.site,
                           .scope = a->scope,
                           .only = a->only,
                           .country = a->setup.from.country,
                           .from = &a->setup.from,
                           .limit = a->limit};
  struct search_result r = {0};
  struct tc_error err = {0};
  if (search_run(a->setup.cache, &q, arena, &r, &err) != TC_OK) {
    const char *line = arena_strdup(arena, app_why(a, &err));
    if (line)
      set_lines(a, arena, &line, 1);
    return;
  }
  fill_rows(a, &p, &r);
  const char *line = _("no memory");
  if (!a->item_count && r.count)
    set_lines(a, arena, &line, 1);
  else if (!a->item_count)
    say_nothing_found(a, arena, &r);
}

static void run(struct app *a) {
  look_up(a);
  set_note(a);
}

void app_search_resized(struct app *a) {
  if (a->items)
    set_note(a);
}

void app_search(struct app *a) {
  a->limit = (size_t)(a->rows > 24 ? a->rows : 24);
  a->selected = 0;
  run(a);
}

void app_search_again(struct app *a) {
  struct uuid at = a->selected < a->item_count ? a->items[a->selected].uuid : (struct uuid){0};
  enum action opens = app_start_action(a);
  run(a);
  size_t i = 0;
  while (i < a->item_count && (a->items[i].opens != opens || !uuid_equal(&a->items[i].uuid, &at)))
    i++;
  a->selected = i < a->item_count ? i : 0;
}

void app_select(struct app *a, size_t item) {
  if (item >= a->item_count && a->typed.len && a->item_count >= a->limit && a->limit < LIMIT_MAX) {
    a->limit *= 2;
    run(a);
  }
  if (item >= a->item_count)
    item = a->item_count ? a->item_count - 1 : 0;
  if (item != a->selected)
    forget_detail(a);
  a->selected = item;
}

void app_make_detail(struct app *a) {
  if (a->detail || a->selected >= a->item_count)
    return;
  struct present p;
  struct entry e;
  app_present(a, &p, &a->detail_arena);
  if (cache_entry(p.cache, &a->items[a->selected].uuid, p.arena, &e, NULL) == TC_OK)
    a->detail = present_card(&p, &e);
}

/* Rows keep their places: what changed is said in them. */
static void renew_row(const struct present *p, const struct search_item *old,
                      enum contact_kind wanted, struct search_item *out) {
  struct entry e;
  char clock[WHEN_TEXT];
  const char *at = when_clock(p->world.now, clock);
  tc_status status = old->lost ? TC_DAMAGED : cache_entry(p->cache, &old->uuid, p->arena, &e, NULL);
  if (status != TC_OK || !present_item(p, &e, wanted, &old->contact, out)) {
    *out =
        (struct search_item){.uuid = old->uuid, .here = old->here, .warn = true, .changed = true};
    out->lost = old->lost;
    out->changed = !old->lost;
    out->site = arena_strdup(p->arena, old->site);
    out->name = arena_strdup(p->arena, old->name);
    out->place = arena_strdup(p->arena, old->place);
    out->number = arena_strdup(p->arena, old->number);
    out->more = out->left = "";
    if (old->lost)
      out->kind = arena_strdup(p->arena, old->kind);
    else if (status == TC_NOT_FOUND)
      out->kind = arena_printf(p->arena, _("removed %s"), at);
    else /* it is not known to be gone, nor to be as it was */
      out->kind = arena_printf(p->arena, _("cannot be read since %s"), at);
  } else if (*out->left && !*old->left) { /* both are said: it needs no other word */
    out->changed = false;
  } else if (strcmp(out->number, old->number) != 0) {
    const char *state = out->state ? out->state : "";
    const char *changed = arena_printf(p->arena, _("changed %s, was %s"), at, old->number);
    out->changed = true; /* the state of the new one first: the rest may have no room */
    out->kind = *state && changed ? arena_printf(p->arena, "%s, %s", state, changed) : changed;
  } else if (out->warn != old->warn && !(old->changed && old->warn)) {
    out->changed = true;
    out->kind = arena_printf(p->arena, _("now %s"), out->kind);
  } else if (old->changed) {
    out->changed = true;
    out->kind = arena_strdup(p->arena, old->kind);
  }
  if (out->changed && out->mark && *out->mark && out->kind && !strstr(out->kind, out->mark))
    out->kind = arena_printf(p->arena, "%s %s", out->mark, out->kind);
  out->section = old->section; /* a message of the catalogue */
  out->here = old->here;
  out->approximate = old->approximate;
  out->fate = old->fate ? arena_strdup(p->arena, old->fate) : "";
  out->dead = old->dead;
  out->told = out->told || old->dead;
  if (old->dead)
    out->place = arena_strdup(p->arena, old->place);
  else if (old->found && *old->found)
    present_found(p, out, old->found);
}

void app_refresh_rows(struct app *a) {
  struct present p;
  int before = a->rows_now;
  struct arena *arena = &a->rows_arena[!before];
  arena_reset(arena);
  app_present(a, &p, arena);
  forget_detail(a);
  struct search_item *items = arena_zalloc(arena, a->item_count + 1, sizeof *items);
  if (!items)
    return;
  for (size_t i = 0; i < a->item_count; i++)
    if (a->items[i].opens != ACT_NONE)
      app_start_row(&p, a, a->items[i].opens, &items[i]);
    else
      renew_row(&p, &a->items[i], a->wanted, &items[i]);
  const char **lines = a->lines;
  size_t count = a->line_count;
  for (size_t i = 0; i < count; i++)
    lines[i] = arena_strdup(arena, lines[i]);
  set_lines(a, arena, lines, count);
  a->told = arena_strdup(arena, a->told);
  a->note = arena_strdup(arena, a->note);
  if (arena_failed(arena))
    return;
  a->items = items;
  a->rows_now = !before;
}

/* -- typing -------------------------------------------------------------------------------------
 */

static size_t before_caret(const struct typed *t) {
  size_t at = 0, last = 0;
  while (at < t->caret) {
    last = at;
    at += utf8_grapheme(t->text + at, t->len - at);
  }
  return last;
}

static void cut(struct typed *t, size_t from, size_t to) {
  memmove(t->text + from, t->text + to, t->len - to + 1);
  t->len -= to - from;
  t->caret = from;
}

static void insert(struct typed *t, uint32_t point) {
  char put[UTF8_MAX];
  size_t n = utf8_put(put, point);
  if (t->len + n >= sizeof t->text)
    return;
  memmove(t->text + t->caret + n, t->text + t->caret, t->len - t->caret + 1);
  memcpy(t->text + t->caret, put, n);
  t->len += n;
  t->caret += n;
}

static void erase_word(struct typed *t) {
  size_t from = t->caret;
  while (from > 0 && t->text[from - 1] == ' ')
    from--;
  while (from > 0 && t->text[from - 1] != ' ')
    from--;
  cut(t, from, t->caret);
}

bool typed_edit(struct typed *t, enum action action, struct key key) {
  switch (action) {
  case ACT_ERASE:
    cut(t, before_caret(t), t->caret);
    break;
  case ACT_ERASE_NEXT:
    if (t->caret < t->len)
      cut(t, t->caret, t->caret + utf8_grapheme(t->text + t->caret, t->len - t->caret));
    break;
  case ACT_ERASE_WORD:
    erase_word(t);
    break;
  case ACT_ERASE_ALL:
    cut(t, 0, t->len);
    break;
  case ACT_LEFT:
    t->caret = before_caret(t);
    break;
  case ACT_RIGHT:
    if (t->caret < t->len)
      t->caret += utf8_grapheme(t->text + t->caret, t->len - t->caret);
    break;
  case ACT_FIRST:
    t->caret = 0;
    break;
  case ACT_LAST:
    t->caret = t->len;
    break;
  case ACT_NONE:
    if (key.name != K_TEXT && key.name != K_PASTE)
      return false;
    insert(t, key.point);
    break;
  default:
    return false;
  }
  return true;
}

bool app_edit(struct app *a, enum action action, struct key key) {
  struct typed was = a->typed;
  if (!typed_edit(&a->typed, action, key))
    return false;
  a->part = PART_FIND;
  if (strcmp(was.text, a->typed.text) != 0)
    app_search(a);
  return true;
}

/* -- what is drawn ------------------------------------------------------------------------------
 */

static const char *counts_text(const struct app *a, struct arena *arena) {
  if (!a->typed.len)
    return a->scope == SEARCH_ALL ? a->other_language : _("F2: not all sites");
  const char *part = a->scope == SEARCH_ALL    ? ""
                     : a->scope == SEARCH_MINE ? _("my site: ")
                                               : arena_printf(arena, "%s: ", a->only);
  const char *here = a->more_here ? "+" : "", *elsewhere = a->more_elsewhere ? "+" : "";
  const char *text = a->scope == SEARCH_ALL && *a->setup.from.site
                         ? arena_printf(arena, _("%zu%s here, %zu%s elsewhere"), a->here, here,
                                        a->elsewhere, elsewhere)
                         : arena_printf(arena, _("%s%zu%s found"), part ? part : "",
                                        a->here + a->elsewhere, *here ? here : elsewhere);
  return text ? text : "";
}

void app_view(const struct app *a, struct search_view *out, struct arena *arena) {
  *out = (struct search_view){.query = a->typed.text,
                              .caret = a->typed.caret,
                              .items = a->items,
                              .count = a->item_count,
                              .selected = a->selected,
                              .counts = counts_text(a, arena),
                              .note = a->note ? a->note : "",
                              .lines = a->lines,
                              .line_count = a->line_count,
                              .card = a->detail,
                              .part = a->part,
                              .home = a->part == PART_FIND && !a->typed.len && !a->selected &&
                                      a->scope == SEARCH_ALL,
                              .narrow = a->setup.config.layout == CONFIG_LAYOUT_NARROW};
}
