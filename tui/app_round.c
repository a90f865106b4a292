#include "base/i18n.h"
#include "db/walk.h"
#include "tui/app_state.h"
#include "tui/walk_text.h"
#include "tui/when.h"
#include "tui/write.h"

enum { WIDE = 60 }; /* columns from which on there is room for whether it is confirmed */

static bool read_walk(struct app *a, struct arena *arena, struct walk_row **rows, size_t *count) {
  struct tc_error err = {.status = TC_OK};
  return *a->setup.from.site &&
         walk_read(a->setup.cache, a->setup.from.site, clock_now(&a->setup.clock), WALK_DAYS, arena,
                   rows, count, &err) == TC_OK;
}

static size_t due_of(const struct walk_row *rows, size_t count) {
  size_t due = 0;
  for (size_t i = 0; i < count; i++)
    due += walk_is_due(&rows[i]);
  return due;
}

void app_round_row(struct list_builder *b) {
  struct arena arena = ARENA_INIT;
  struct walk_row *rows;
  size_t count = 0;
  if (read_walk(b->a, &arena, &rows, &count) && count)
    list_add(b, _("to do"), "", _("test round of red phones and pagers"),
             arena_printf(&b->a->list_arena, _("%zu overdue"), due_of(rows, count)), false,
             (struct target){.kind = TARGET_ROUND});
  arena_free(&arena);
}

/* The last test of it in this shift that nobody took back; NULL: there is none. */
static const struct act_held *last_test(const struct app *a, const struct uuid *contact) {
  size_t count;
  const struct act_held *acts = cache_written(a->setup.cache, &count), *last = NULL;
  int64_t since = clock_now(&a->setup.clock) - ATTEMPT_SHOWN_S;
  for (size_t i = 0; i < count; i++) {
    struct uuid of = act_get_uuid(&acts[i].act, "contact");
    if (act_kind_of(&acts[i].act) == ACT_KIND_TEST && acts[i].act.at > since &&
        uuid_equal(&of, contact) && (!last || acts[i].act.at >= last->act.at) &&
        !act_is_withdrawn(acts, count, &acts[i].act.uuid))
      last = &acts[i];
  }
  return last;
}

/* As it was when the round began: no row moves under the hand that walks through it. */
static void keep_order(struct app *a, const struct walk_row *rows, size_t count) {
  struct round_walk *w = &a->round;
  arena_reset(&w->arena);
  w->count = 0;
  w->due = due_of(rows, count);
  w->order = arena_zalloc(&w->arena, count, sizeof *w->order);
  for (int due = 1; w->order && due >= 0; due--)
    for (size_t i = 0; i < count; i++)
      if (walk_is_due(&rows[i]) == due)
        w->order[w->count++] = rows[i].contact->uuid;
}

static const struct walk_row *row_of(const struct walk_row *rows, size_t count,
                                     const struct uuid *contact) {
  for (size_t i = 0; i < count; i++)
    if (uuid_equal(&rows[i].contact->uuid, contact))
      return &rows[i];
  return NULL;
}

static void add_row(struct list_builder *b, const struct walk_row *row, bool due) {
  struct arena *arena = &b->a->list_arena;
  struct buffer what = BUFFER_INIT, age = BUFFER_INIT;
  char when[WHEN_TEXT];
  const struct act_held *test = last_test(b->a, &row->contact->uuid);
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
  list_add(b, due ? _("overdue") : _("tested"), arena_strdup(arena, walk_number(row)),
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
    const struct walk_row *row = row_of(rows, count, &a->round.order[i]);
    if (row)
      add_row(&b, row, i < a->round.due);
  }
  list_finish(&b);
  a->list.title = _("Test round");
  a->list.path = arena_printf(&a->list_arena, _("%s: %zu of %zu overdue"), a->setup.from.site,
                              due_of(rows, count), count);
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

/* The result, or that the last one is taken back. */
static tc_status make_act(struct app *a, struct act *out, struct writing *w, struct entry *e,
                          struct tc_error *err) {
  const struct round_walk *r = &a->round;
  tc_status status = cache_entry(a->setup.cache, &r->entry, w->arena, e, err);
  if (status != TC_OK)
    return status;
  if (!r->result) {
    const struct act_held *last = last_test(a, &r->contact);
    return last ? write_withdrawal(out, w, &last->act.uuid, "", err)
                : tc_fail(err, TC_NOT_FOUND, _("nothing was noted of it in this shift"));
  }
  for (size_t i = 0; i < e->contact_count; i++)
    if (uuid_equal(&e->contacts[i].uuid, &r->contact))
      return write_test(out, w, &e->contacts[i], r->result, err);
  return tc_fail(err, TC_NOT_FOUND, _("it is no longer in the directory"));
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
  if (make_act(a, &act, &w, &e, &err) != TC_OK || app_post(a, &act, &err) != TC_OK)
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
