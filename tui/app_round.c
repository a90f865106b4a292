#include "base/i18n.h"
#include "tui/app_state.h"
#include "tui/round.h"
#include "tui/walk_text.h"
#include "tui/when.h"
#include "tui/write.h"

enum { WIDE = 60 }; /* columns from which on there is room for whether it is confirmed */

static bool read_walk(struct app *a, struct arena *arena, struct walk_row **rows, size_t *count) {
  struct tc_error err = {.status = TC_OK};
  return *a->setup.from.site && round_read(&a->setup, arena, rows, count, &err) == TC_OK;
}

void app_round_row(struct list_builder *b) {
  struct arena arena = ARENA_INIT;
  struct walk_row *rows;
  size_t count = 0;
  if (read_walk(b->a, &arena, &rows, &count) && count)
    list_add(b, _("to do"), "", _("test round of red phones and pagers"),
             arena_printf(&b->a->list_arena, _("%zu overdue"), round_due(rows, count)), false,
             (struct target){.kind = TARGET_ROUND});
  arena_free(&arena);
}

/* As it was when the round began: no row moves under the hand that walks through it. */
static void keep_order(struct app *a, const struct walk_row *rows, size_t count) {
  struct round_walk *w = &a->round;
  arena_reset(&w->arena);
  w->due = round_due(rows, count);
  w->order = round_order(rows, count, &w->arena);
  w->count = w->order ? count : 0;
}

static void add_row(struct list_builder *b, const struct walk_row *row, bool due) {
  struct arena *arena = &b->a->list_arena;
  struct buffer what = BUFFER_INIT, age = BUFFER_INIT;
  char when[WHEN_TEXT];
  const struct act_held *test = round_last(&b->a->setup, &row->contact->uuid);
  struct reach_world world;
  setup_world(&b->a->setup, &world);
  const char *mark = walk_mark(row, &world, arena);
  if (*mark)
    buffer_printf(&age, "%s; ", mark);
  walk_place(&what, row, false);
  buffer_printf(&what, ", %s", contact_kind_text(row->contact->kind));
  walk_stands(&what, row);
  if (test && !row->failed)
    buffer_printf(&age, _("works, %s"),
                  when_seen(test->act.at, clock_now(&b->a->setup.clock), when));
  else
    walk_age(&age, row, clock_now(&b->a->setup.clock));
  if (test && test->state == ACT_PENDING && b->a->cols >= WIDE)
    buffer_printf(&age, ", %s", act_state_text(ACT_PENDING));
  list_add(b, due ? _("overdue") : _("tested"), walk_number(row, &world, arena),
           arena_strdup(arena, buffer_text(&what)), arena_strdup(arena, buffer_text(&age)),
           test != NULL,
           (struct target){
               .kind = TARGET_ENTRY, .uuid = row->entry->uuid, .contact = row->contact->uuid});
  if (*mark && b->count) /* whatever of the age has room */
    b->items[b->count - 1].state = mark;
  buffer_free(&what);
  buffer_free(&age);
}

void app_list_round(struct app *a) {
  struct list_builder b;
  struct arena arena = ARENA_INIT;
  struct walk_row *rows = NULL;
  size_t count = 0;
  bool read = read_walk(a, &arena, &rows, &count);
  if (read && !a->round.count)
    keep_order(a, rows, count);
  if (!list_start(&b, a, count + 1)) {
    arena_free(&arena);
    return;
  }
  for (size_t i = 0; i < a->round.count; i++) {
    const struct walk_row *row = round_row(rows, count, &a->round.order[i]);
    if (row)
      add_row(&b, row, i < a->round.due);
  }
  list_finish(&b);
  a->list.title = _("Test round");
  a->list.path = arena_printf(&a->list_arena, _("%s: %zu of %zu overdue"), a->setup.from.site,
                              round_due(rows, count), count);
  a->list.hint = _("1 works  2 silent  3 not there  Backspace: taken back  Enter: its card");
  a->list.nothing = app_nothing(a, _("no red phone and no pager is recorded at this site"));
  if (!a->list.path)
    a->list.path = "";
  arena_free(&arena);
}

void app_round_open(struct app *a) {
  a->round.count = 0;
  app_push(a, SCREEN_ROUND);
  app_list_round(a);
}

/* The row of what was noted, or the one behind it. */
static void select_row(struct app *a) {
  for (size_t i = 0; i < a->list.count; i++)
    if (uuid_equal(&a->targets[i].contact, &a->round.contact))
      a->list.selected = a->round.result && i + 1 < a->list.count ? i + 1 : i;
}

static void note(struct app *a) {
  struct arena arena = ARENA_INIT;
  struct tc_error err = {.status = TC_OK};
  struct act act;
  struct entry e;
  struct writing w = {.setup = &a->setup, .entry = &e, .initials = a->initials, .arena = &arena};
  const struct round_walk *r = &a->round;
  if (round_act(&act, &w, &e, &r->entry, &r->contact, r->result, &err) != TC_OK ||
      app_post(a, &act, &err) != TC_OK)
    app_say(a, "%s", app_why_not_saved(a, &err));
  else
    app_follow(a); /* it stands there at once */
  if (app_screen(a) == SCREEN_ROUND) {
    app_list_round(a);
    select_row(a);
  }
  arena_free(&arena);
}

void app_round_key(struct app *a, enum test_result result) {
  if (a->list.selected >= a->list.count)
    return;
  a->round.result = result;
  a->round.entry = a->targets[a->list.selected].uuid;
  a->round.contact = a->targets[a->list.selected].contact;
  app_ask_initials(a, _("test round"), note);
}
