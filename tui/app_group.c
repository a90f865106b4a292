#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/app_state.h"
#include "tui/write.h"

enum { WIDE = 60 }; /* columns from which on there is room for who ticked, and how to call */

void app_group_row(struct list_builder *b) {
  struct arena arena = ARENA_INIT;
  const struct group *groups;
  size_t count = 0;
  if (groups_read(&groups, &count, &b->a->setup, b->a->setup.from.site, &arena, NULL) == TC_OK &&
      count)
    list_add(b, _("to do"), "", _("cascades and crisis cells"),
             arena_printf(&b->a->list_arena, "%zu", count), false,
             (struct target){.kind = TARGET_GROUPS});
  arena_free(&arena);
}

void app_list_groups(struct app *a) {
  struct list_builder b;
  struct arena arena = ARENA_INIT;
  struct present p;
  const struct group *groups = NULL;
  size_t count = 0;
  struct tc_error err = {.status = TC_OK};
  if (groups_read(&groups, &count, &a->setup, a->setup.from.site, &arena, &err) != TC_OK)
    app_say(a, "%s", app_why(a, &err));
  if (!list_start(&b, a, count + 1)) {
    arena_free(&arena);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    struct group_run run;
    struct buffer text = BUFFER_INIT;
    const struct site *site = house_site(cache_house(a->setup.cache), groups[i].site);
    bool mine = strcmp(groups[i].site, a->setup.from.site) == 0;
    app_present(a, &p, &arena);
    if (mine && group_run_read(&run, &p, &groups[i], 0, NULL) == TC_OK)
      group_run_text(&text, &run, &p); /* how far it is; of another site its kind */
    else
      buffer_add_text(&text, group_type_text(&groups[i]));
    list_add(&b, arena_printf(&a->list_arena, "%s %s", groups[i].site, site ? site->name : ""), "",
             arena_strdup(&a->list_arena, groups[i].name),
             arena_strdup(&a->list_arena, buffer_text(&text)), false,
             (struct target){.kind = TARGET_GROUP, .uuid = groups[i].uuid});
    buffer_free(&text);
  }
  list_finish(&b);
  a->list.title = _("Cascades and crisis cells");
  a->list.path = "";
  a->list.hint = _("Enter: whom to call, in order. Esc: back.");
  a->list.nothing = _("No cascade and no crisis cell is held here.");
  arena_free(&arena);
}

/* The group that is open, as it stands; false: it is gone. */
static bool read_run(struct app *a, struct group_run *run, struct present *p) {
  struct tc_error err = {.status = TC_OK};
  app_present(a, p, p->arena);
  if (group_run_find(run, p, &a->group.uuid, a->group.begun, &err) == TC_OK)
    return true;
  app_say(a, "%s", app_why(a, &err));
  return false;
}

static const struct group_shown *shown_of(const struct group_row *row, struct arena *arena) {
  struct group_shown *shown = arena_zalloc(arena, 1, sizeof *shown);
  if (!shown)
    return NULL;
  dialled_keep(&shown->called, row->dialled);
  shown->tick = row->tick ? row->tick->act.uuid : (struct uuid){{0}};
  shown->name = arena_strdup(arena, row->name);
  shown->pager = row->pager;
  return shown;
}

static void add_member(struct list_builder *b, const struct group_run *run,
                       const struct group_row *row, int64_t now) {
  struct arena *arena = &b->a->list_arena;
  struct buffer what = BUFFER_INIT, tick = BUFFER_INIT;
  bool brief = b->a->cols < WIDE;
  const char *result = group_result_text(run, row);
  const char *first = row->tick || !*row->brief ? result : row->brief;
  if (brief && *first) /* before what is cut */
    buffer_printf(&what, "%s%s", first, _(": "));
  bool paged = brief && strcmp(result, act_result_text(ATTEMPT_PAGED)) == 0;
  /* Whom nobody answers for is not dialled as a phone is; and beside a tick the name gives way. */
  bool kind_first = row->unspoken ? !paged : row->warn && row->tick && !brief;
  if (kind_first && *row->kind)
    buffer_printf(&what, "%s%s", row->kind, _(": "));
  buffer_add_text(&what, brief || row->reached ? row->name : row->named);
  if (*row->kind && !kind_first && !row->unspoken && (row->warn || !brief))
    buffer_printf(&what, ", %s", row->kind);
  if (*row->note)
    buffer_printf(&what, ", %s", row->note);
  if (!brief)
    group_tick_text(&tick, run, row, now);
  struct target target = {.kind = TARGET_NOTHING, .text = row->name};
  if (row->entry)
    target = (struct target){.kind = TARGET_ENTRY, .uuid = row->entry->uuid};
  target.shown = shown_of(row, arena);
  list_add(b, "", arena_printf(arena, "%s%s", *row->warning ? brief ? "!" : "! " : "", row->number),
           arena_strdup(arena, buffer_text(&what)), arena_strdup(arena, buffer_text(&tick)),
           row->reached, target);
  buffer_free(&what);
  buffer_free(&tick);
}

/* Is the chosen member paged?  Its results are as F8 has them. */
static bool is_paged(const struct app *a) {
  const struct group_shown *shown = a->list_of == SCREEN_GROUP && a->list.selected < a->list.count
                                        ? a->targets[a->list.selected].shown
                                        : NULL;
  return !a->group.cell && shown && shown->pager;
}

void app_group_hint(struct app *a) {
  a->list.hint =
      a->group.cell ? _("1 by phone  2 by fax  3 by mail  4 no answer  Backspace: taken back")
      : is_paged(a)
          ? _("1 paged  2 no call back  3 called back  4 wrong person  5 not a pager  0 anew")
          : _("1 no answer  2 busy  3 answered  4 wrong person  5 wrong number  0 anew");
}

void app_list_group(struct app *a) {
  struct list_builder b;
  struct arena arena = ARENA_INIT;
  struct present p = {.arena = &arena};
  struct group_run run = {.count = 0};
  struct buffer path = BUFFER_INIT;
  bool held = read_run(a, &run, &p);
  if (!list_start(&b, a, run.count + 1)) {
    arena_free(&arena);
    return;
  }
  b.mark = setup_mark(&a->setup);
  for (size_t i = 0; held && i < run.count; i++)
    add_member(&b, &run, &run.rows[i], p.world.now);
  list_finish(&b);
  if (held)
    buffer_printf(&path, "%s%s", run.group->site, *run.group->site ? _(": ") : "");
  if (held)
    group_run_text(&path, &run, &p);
  a->group.cell = held && run.cell;
  a->group.until = held ? run.until : 0;
  const char *name = held ? arena_strdup(&a->list_arena, run.group->name) : NULL;
  const char *text = arena_strdup(&a->list_arena, buffer_text(&path));
  a->list.title = name ? name : "";
  a->list.path = text ? text : "";
  app_group_hint(a);
  a->list.nothing = _("Nobody is listed in it.");
  buffer_free(&path);
  arena_free(&arena);
}

void app_group_open(struct app *a, const struct uuid *group) {
  a->group = (struct group_work){.uuid = *group};
  app_push(a, SCREEN_GROUP);
  app_list_group(a);
}

/* ---- ticks -------------------------------------------------------------------------------------
 */

/* The row of the member that the key was pressed for, as it was then; false: it is not there any
 * more, or was ticked anew, and that was said. */
static bool find_member(struct app *a, struct group_run *run, size_t *at, struct arena *arena) {
  static const struct uuid none;
  const struct group_work *g = &a->group;
  const struct target *t = &g->member.target;
  size_t nth = g->member.nth, found = SIZE_MAX;
  for (size_t i = 0; i < run->count && found == SIZE_MAX; i++) {
    const struct group_row *row = &run->rows[i];
    bool same = row->entry ? t->kind == TARGET_ENTRY && uuid_equal(&row->entry->uuid, &t->uuid)
                           : t->kind == TARGET_NOTHING && strcmp(row->name, g->member.text) == 0;
    if (same && !nth--)
      found = i;
  }
  if (found == SIZE_MAX) {
    app_say(a, _("%s is no longer in it: nothing was noted"), g->name);
    return false;
  }
  struct group_row *row = &run->rows[found];
  if (g->takes_back && !uuid_equal(row->tick ? &row->tick->act.uuid : &none, &g->shown.tick)) {
    app_say(a, _("%s was ticked anew meanwhile: nothing was taken back"), g->name);
    return false;
  }
  row->dialled = dialled_again(&g->shown.called, arena);
  *at = found;
  return true;
}

/* It stands there at once; the next member is chosen. */
static void show_tick(struct app *a) {
  app_list_group(a);
  size_t at = app_place_find(a, &a->group.member);
  if (at == SIZE_MAX)
    return;
  size_t next = at + (a->group.takes_back ? 0 : 1);
  a->list.selected = next < a->list.count ? next : at;
}

static void note(struct app *a) {
  struct arena arena = ARENA_INIT;
  struct present p = {.arena = &arena};
  struct tc_error err = {.status = TC_OK};
  struct group_run run;
  struct act act;
  struct entry group;
  size_t at;
  const struct group_result *result = a->group.takes_back ? NULL : &a->group.result;
  struct writing w = {.setup = &a->setup, .initials = a->initials, .arena = &arena};
  if (app_screen(a) == SCREEN_GROUP)
    app_relist_kept(a);
  if (!read_run(a, &run, &p) || !find_member(a, &run, &at, &arena)) {
    arena_free(&arena);
    return;
  }
  if (group_act(&act, &w, &group, &run, at, result, &err) != TC_OK ||
      app_post(a, &act, &err) != TC_OK)
    app_say(a, "%s", app_why_not_saved(a, &err));
  else
    app_follow(a);
  if (app_screen(a) == SCREEN_GROUP)
    show_tick(a);
  arena_free(&arena);
}

/* A new run: nothing is written before its first tick, so that a slip costs nothing. */
static void begin_anew(struct app *a) {
  if (a->group.cell)
    return; /* its periods begin by themselves */
  a->group.begun = clock_now(&a->setup.clock);
  app_list_group(a);
  app_say(a, "%s", _("a new run begins with the first tick; Esc goes back to the last one"));
}

void app_group_key(struct app *a, int digit) {
  struct group_work *g = &a->group;
  const struct group_run kind = {.cell = g->cell};
  if (app_not_now(a)) {
    app_say(a, "%s", _("another time is looked at: nothing can be written; F3 comes back to now"));
    return;
  }
  if (digit == 0) {
    begin_anew(a);
    return;
  }
  if (a->list.selected >= a->list.count ||
      (digit > 0 && !group_digit(&kind, digit, is_paged(a), &g->result)))
    return;
  const struct group_shown *shown = a->targets[a->list.selected].shown;
  if (!shown)
    return;
  app_place_keep(a, &g->member);
  g->shown = *shown;
  snprintf(g->name, sizeof g->name, "%s", shown->name ? shown->name : "");
  g->shown.name = g->name;
  g->takes_back = digit < 0;
  app_ask_initials(a, a->list.title, note);
}

bool app_group_look(struct app *a) {
  if (app_screen(a) != SCREEN_GROUP || !a->group.until ||
      clock_now(&a->setup.clock) < a->group.until)
    return false;
  app_relist_kept(a);
  return true;
}
