#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/app_state.h"
#include "tui/chase.h"
#include "tui/duty.h"

enum { ROWS_MAX = 4000 };

/* -- on call now --------------------------------------------------------------------------------
 */

void app_list_on_call(struct app *a) {
  struct list_builder b;
  struct present p;
  struct duty_row *rows = NULL;
  size_t count = 0;
  struct tc_error err = {0};
  if (!list_start(&b, a, ROWS_MAX))
    return;
  app_present(a, &p, &a->list_arena);
  b.mark = setup_mark(&a->setup);
  if (duty_read(p.cache, "", a->setup.from.site, &p.world, p.arena, &rows, &count, &err) != TC_OK)
    app_say(a, "%s", app_why(a, &err));
  for (size_t i = 0; i < count && i < ROWS_MAX; i++) {
    struct buffer who = {.limit = 512};
    const struct entry *role = rows[i].role;
    const struct site *site = house_site(p.world.house, role->site);
    duty_text(&who, &rows[i], &p);
    list_add(&b, arena_printf(p.arena, "%s %s", role->site, site ? site->name : ""),
             duty_is_faulty(&rows[i]) ? "!" : " ", role->name,
             arena_strdup(p.arena, buffer_text(&who)), false,
             (struct target){.kind = TARGET_ENTRY, .uuid = role->uuid});
    const char *const never_cut[] = {_("NOBODY LISTED"), _("ABSENT"), _("CUT OFF")};
    for (size_t k = 0; b.count && k < sizeof never_cut / sizeof *never_cut; k++)
      if (strncmp(buffer_text(&who), never_cut[k], strlen(never_cut[k])) == 0)
        b.items[b.count - 1].state = never_cut[k];
    buffer_free(&who);
  }
  list_finish(&b);
  a->list.title = app_not_now(a) ? _("On call then") : _("On call now");
  a->list.path = setup_mark(&a->setup);
  a->list.hint =
      _("F9: the chase list. NOBODY LISTED first, my site before the others. Esc: back.");
  a->list.nothing = app_nothing(a, _("No rota is held here: ask the switchboard who is on call."));
}

void app_list_chase(struct app *a) {
  struct list_builder b;
  struct chase_row *rows = NULL;
  size_t count = 0;
  struct tc_error err = {0};
  arena_reset(&a->chase_arena);
  if (chase_read(&a->setup, a->setup.from.site, a->setup.from.site, &a->chase_arena, &rows, &count,
                 &err) != TC_OK)
    app_say(a, "%s", app_why(a, &err));
  if (!list_start(&b, a, count + 1))
    return;
  b.mark = setup_mark(&a->setup);
  for (size_t i = 0; i < count; i++) {
    struct target target = {
        .kind = TARGET_ENTRY, .number = (int)rows[i].part, .uuid = rows[i].entry};
    if (uuid_is_nil(&rows[i].entry))
      target.kind = TARGET_NOTHING;
    list_add(&b, chase_part_text(rows[i].part), rows[i].site, rows[i].who, rows[i].what, false,
             target);
  }
  list_finish(&b);
  a->list.title = _("Chase list");
  a->list.path = *setup_mark(&a->setup) ? setup_mark(&a->setup) : a->setup.from.site;
  a->list.hint = _("F7 prints it. Enter: the card. F9: who is on call. Esc: back.");
  a->list.nothing = app_nothing(
      a, _("Nothing to chase: the day to come is covered, and the night left nothing."));
}

/* -- as at --------------------------------------------------------------------------------------
 */

bool app_not_now(const struct app *a) {
  return a->setup.at != 0;
}

/* All that is on the screen is of another time now. */
static void turn(struct app *a, int64_t at) {
  a->setup.at = at;
  a->frame_made = false;
  a->depth = 0;
  a->card = NULL;
  app_search(a);
}

/* A call in work waits as if another caller came in between. */
static void look_at(struct app *a, int64_t at) {
  app_sign(a); /* what was to be noted is */
  app_call_look_away(a);
  turn(a, at);
  const char *waits = app_call_elsewhere(a, &a->list_arena);
  if (*waits)
    app_say(a, _("NOT NOW; F3: back to the call that waits, %s"), waits);
}

void app_as_at_end(struct app *a) {
  turn(a, 0);
  app_say(a, "%s",
          app_call_look_back(a, true) ? _("back to now, and to the call that waited")
                                      : _("back to now"));
}

void app_as_at_open(struct app *a) {
  if (app_not_now(a)) {
    app_as_at_end(a);
    return;
  }
  a->as_at[0] = a->as_at_fault[0] = '\0';
  app_push(a, SCREEN_AS_AT);
}

bool app_as_at_key(struct app *a, enum action action, struct key key) {
  size_t len = strlen(a->as_at);
  struct tc_error err = {0};
  int64_t at;
  if (app_screen(a) != SCREEN_AS_AT)
    return false;
  switch (action) {
  case ACT_OPEN:
    if (setup_at(&a->setup, a->as_at, &at, &err) == TC_OK)
      look_at(a, at);
    else
      snprintf(a->as_at_fault, sizeof a->as_at_fault, "%.*s", (int)sizeof a->as_at_fault - 1,
               err.text);
    return true;
  case ACT_ERASE:
    while (len && ((unsigned char)a->as_at[--len] & 0xC0) == 0x80) {
    }
    a->as_at[len] = '\0';
    return true;
  case ACT_ERASE_ALL:
    a->as_at[0] = '\0';
    return true;
  case ACT_NONE:
    if ((key.name == K_TEXT || key.name == K_PASTE) && len + UTF8_MAX < sizeof a->as_at)
      a->as_at[len + utf8_put(a->as_at + len, key.point)] = '\0';
    return true;
  default:
    return false;
  }
}

void as_at_draw(const struct app *a, struct grid *g, struct area area) {
  int col = area.col + 1, cols = area.cols - 2, row = area.row;
  grid_text_cut(g, row, col, cols, LOOK_TITLE, _("The directory as it is at another time"));
  int wide = grid_text(g, row + 2, col, cols, LOOK_TEXT, _("At: "));
  int used = grid_text_cut(g, row + 2, col + wide, cols - wide, LOOK_TITLE, a->as_at);
  if (*a->as_at_fault)
    grid_text_wrap(g, row + 3, col, cols, 2, LOOK_WARN, a->as_at_fault);
  else
    grid_text_wrap(g, row + 3, col, cols, 2, LOOK_QUIET,
                   _("sun 03:00 (the next to come), 03:00, tomorrow 7h, 2026-11-29 03:00. Enter "
                     "looks, Esc goes back; F3 again comes back to now."));
  if (app_exercise_hidden(a) && area.rows > 6)
    grid_text_wrap(g, row + 6, col, cols, 2, LOOK_QUIET, _("F3 now: back to the exercise."));
  grid_cursor(g, row + 2, col + wide + used);
}
