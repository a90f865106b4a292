#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/journal.h"
#include "tui/app_print.h"
#include "tui/app_state.h"
#include "tui/say_incident.h"

/* -- parts shared by the screens ----------------------------------------------------------------
 */

void app_present(struct app *a, struct present *out, struct arena *arena) {
  *out = (struct present){.cache = a->setup.cache, .setup = &a->setup, .arena = arena};
  setup_world(&a->setup, &out->world);
  out->clock = a->setup.at ? clock_now(&a->setup.clock) : 0;
}

const char *app_fault(const struct app *a, const struct tc_error *err, const char *in_a_kiosk) {
  bool of_the_person = err->status == TC_INVALID || err->status == TC_USAGE ||
                       err->status == TC_REFUSED || err->status == TC_NOT_FOUND;
  return a->setup.kiosk && !of_the_person ? in_a_kiosk : err->text;
}

const char *app_why(const struct app *a, const struct tc_error *err) {
  return app_fault(a, err, _("the directory cannot be read just now: call the switchboard"));
}

const char *app_nothing(const struct app *a, const char *text) {
  return a->setup.cache && cache_whole(a->setup.cache, NULL) != TC_OK
             ? _("Nothing of it can be read here: ask the switchboard.")
             : text;
}

void app_say(struct app *a, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  vsnprintf(a->message, sizeof a->message, fmt, args);
  va_end(args);
  a->unseen = true;
}

enum screen app_screen(const struct app *a) {
  return a->stack[a->depth];
}

void app_push(struct app *a, enum screen screen) {
  if (app_screen(a) == screen)
    return;
  app_place_keep(a, &a->list_at[a->depth]);
  if (a->depth + 1 < STACK_MAX)
    a->depth++;
  a->stack[a->depth] = screen;
}

void app_pop(struct app *a) {
  if (a->depth > 0)
    a->depth--;
}

bool app_on_stack(const struct app *a, enum screen screen) {
  for (int i = 0; i <= a->depth; i++)
    if (a->stack[i] == screen)
      return true;
  return false;
}

/* -- opening ------------------------------------------------------------------------------------
 */

void app_begin(struct app *a) {
  a->fax = NULL;
  a->depth = 0;
  a->stack[0] = a->setup.cache ? SCREEN_SEARCH : SCREEN_EMPTY;
  a->print_what = -1;
  a->frame_made = false;
  if (a->setup.cache)
    search_prove_later(a->setup.cache); /* app_rest() does */
  if (a->setup.cache && setup_tier_closes(&a->setup))
    pin_tries_make(a->setup.config.scope);
  if (a->setup.config.desk)
    memory_read(&a->memory);
}

tc_status app_open(struct app **out, struct setup *setup, const struct options *options,
                   struct tc_error *err) {
  struct app *a = calloc(1, sizeof *a);
  if (!a) {
    setup_close(setup);
    return tc_fail(err, TC_NO_MEMORY, _("no memory"));
  }
  a->setup = *setup;
  setup->cache = NULL;
  if (a->setup.cache) /* its text is borrowed from the setup, which has moved */
    setup_stand(&a->setup, (enum set_kind)a->setup.config.set);
  a->options = options;
  a->last_key = clock_mark(&a->setup.clock);
  a->shown_minute = a->last_key.told / 60;
  app_remember_home(a);
  a->rows = 24;
  a->cols = 80;
  app_language_remember(a);
  app_begin(a);
  app_know_incidents(a, false);
  app_exercise_watch(a);
  app_faults_say(a);
  *out = a;
  return TC_OK;
}

void app_close(struct app *a) {
  if (!a)
    return;
  for (int i = 0; i < 2; i++) {
    arena_free(&a->rows_arena[i]);
    arena_free(&a->card_arena[i]);
  }
  arena_free(&a->detail_arena);
  arena_free(&a->fax_arena);
  arena_free(&a->frame_arena);
  arena_free(&a->list_arena);
  arena_free(&a->round.arena);
  arena_free(&a->chase_arena);
  journal_writer_close(a->journal); /* what it could not save was told */
  setup_close(&a->setup);
  free(a);
}

/* -- the frame ----------------------------------------------------------------------------------
 */

void app_make_frame(struct app *a) {
  int64_t minute = clock_now(&a->setup.clock) / 60;
  bool damaged = a->setup.cache && cache_whole(a->setup.cache, NULL) != TC_OK;
  if (a->frame_made && minute == a->frame_minute && damaged == a->frame_damaged)
    return;
  arena_reset(&a->frame_arena);
  if (a->setup.cache) {
    struct present p;
    app_present(a, &p, &a->frame_arena);
    if (!present_frame(&p, &a->frame))
      app_say(a, "%s", _("no memory"));
  } else {
    a->frame = (struct frame){.site = a->setup.config.site,
                              .site_name = "",
                              .set = set_kind_text((enum set_kind)a->setup.config.set),
                              .data_full = _("no directory yet"),
                              .data = _("no directory yet"),
                              .data_short = _("no directory"),
                              .now = "",
                              .now_short = "",
                              .no_codes = "",
                              .strip = "",
                              .brief = {.name = ""},
                              .switchboard = ""};
  }
  a->frame_made = true;
  a->frame_damaged = a->setup.cache && cache_whole(a->setup.cache, NULL) != TC_OK;
  a->frame_minute = minute;
}

/* -- keys ---------------------------------------------------------------------------------------
 */

int app_rows_below(const struct app *a) {
  return frame_rows_below(a->rows, &a->frame);
}

static struct area middle(const struct app *a) {
  struct area area = {1, 0, a->rows - 1 - app_rows_below(a), a->cols};
  return area;
}

void app_set_typed(struct app *a, const struct typed *typed) {
  a->typed = *typed;
  a->part = PART_FIND;
  app_search(a);
}

/* Nobody's search. */
static void clear(struct app *a) {
  static const struct typed nothing;
  app_begin(a);
  a->setup.at = 0;
  a->card = NULL;
  a->browse_site[0] = a->browse_path[0] = '\0';
  a->scope = SEARCH_ALL;
  app_set_typed(a, &nothing);
}

static void bring_back(struct app *a) {
  if (app_call_bring_back(a))
    return;
  if (!a->put_aside.len && uuid_is_nil(&a->put_aside_card)) {
    app_say(a, "%s", _("there was no caller before"));
  } else {
    app_set_typed(a, &a->put_aside);
    if (!uuid_is_nil(&a->put_aside_card))
      app_open_card(a, &a->put_aside_card);
    app_say(a, "%s", _("back: the caller before; F10: a new caller"));
  }
}

static void new_caller(struct app *a) {
  app_sign(a); /* what was to be noted is */
  if (app_new_person(a))
    return;
  if (app_screen(a) == SCREEN_SEARCH && !a->typed.len && a->scope == SEARCH_ALL &&
      !app_not_now(a)) {
    bring_back(a);
    return;
  }
  if (!app_call_put_aside(a)) {
    a->put_aside = a->typed;
    a->put_aside_card = a->card && app_on_stack(a, SCREEN_CARD) ? a->card->uuid : (struct uuid){0};
  }
  clear(a);
}

/* The screens that are a list, and what fills it. */
static void (*const lists[SCREEN_COUNT])(struct app *a) = {
    [SCREEN_SITES] = app_list_sites,         [SCREEN_FROM] = app_list_from,
    [SCREEN_PRINT] = app_list_print,         [SCREEN_WRITE] = app_list_write,
    [SCREEN_DESK] = app_list_desk,           [SCREEN_ROUND] = app_list_round,
    [SCREEN_GROUPS] = app_list_groups,       [SCREEN_GROUP] = app_list_group,
    [SCREEN_ON_CALL] = app_list_on_call,     [SCREEN_CHASE] = app_list_chase,
    [SCREEN_INCIDENTS] = app_list_incidents, [SCREEN_CALL] = app_list_call,
    [SCREEN_REVEAL] = app_list_reveal,
};

static bool is_list(const struct app *a) {
  return lists[app_screen(a)] != NULL;
}

void app_relist(struct app *a) {
  if (is_list(a))
    lists[app_screen(a)](a);
}

void app_relist_kept(struct app *a) {
  struct list_place place;
  if (!is_list(a))
    return;
  app_place_keep(a, &place);
  if (a->list_of != app_screen(a)) /* another one stood over it */
    place = a->list_at[a->depth];
  app_relist(a);
  app_place_choose(a, &place);
}

void app_size(struct app *a, int rows, int cols) {
  a->rows = rows;
  a->cols = cols;
  app_language_offer(a);
  app_relist_kept(a);
  if (a->setup.cache && !a->item_count && !a->line_count) {
    app_make_frame(a); /* its switchboard is named where nothing is found */
    app_search(a);
  }
  app_search_resized(a);
}

static void open_list(struct app *a, enum screen screen) {
  app_push(a, screen);
  a->print_what = -1;
  app_relist(a);
}

static void open_digits(struct app *a, int digit) {
  if (!a->card || (size_t)digit > a->card->channel_count) {
    app_say(a, _("there is no number %d here"), digit);
    return;
  }
  a->channel = (size_t)digit - 1;
  a->channel_seen = true;
  a->revealed_until = 0;
  app_push(a, SCREEN_DIGITS);
}

static void toggle_favourite(struct app *a) {
  struct tc_error err = {0};
  if (!a->card || !a->setup.config.desk)
    return;
  if (memory_toggle(&a->memory, &a->card->uuid, &err) != TC_OK)
    app_say(a, "%s", app_why(a, &err));
  a->card->favourite = memory_is_favourite(&a->memory, &a->card->uuid);
}

/* A letter starts a new Find, wherever one is. */
static void new_find(struct app *a, struct key key) {
  static const struct typed nothing;
  app_sign(a); /* what was to be noted is */
  app_call_put_aside(a);
  a->depth = 0;
  a->card = NULL;
  a->fax = NULL;
  a->print_what = -1;
  a->typed = nothing;
  app_edit(a, ACT_NONE, key);
}

static void text_key(struct app *a, struct key key) {
  enum screen screen = app_screen(a);
  int digit = key.name == K_TEXT ? key_digit(key.point) : -1;
  bool card = screen == SCREEN_CARD || screen == SCREEN_DIGITS;
  if (screen == SCREEN_EMPTY || screen == SCREEN_LEAVE)
    return;
  if (screen == SCREEN_FORM) {
    app_form_edit(a, ACT_NONE, key);
    return;
  }
  if (screen == SCREEN_FAX && digit >= 0) {
    app_fax_digit(a, digit);
  } else if (screen == SCREEN_GROUP && digit >= 0) {
    app_group_key(a, digit);
  } else if (screen == SCREEN_ROUND && digit > 0) {
    if (digit < TEST_RESULT_COUNT)
      app_round_key(a, (enum test_result)digit);
  } else if (card && digit > 0) {
    open_digits(a, digit);
  } else if (card && key.point == '*') {
    toggle_favourite(a);
  } else if (screen == SCREEN_CARD && key.point == '+') {
    if (app_not_now(a))
      app_say(a, "%s",
              _("another time is looked at: nothing can be written; F3 comes back to now"));
    else if (app_played(a))
      app_say(a, "%s", _("EXERCISE: only how calls ended is written; F3 shows the real answer"));
    else if (app_call_words(a))
      app_say(a, "%s", _("no number is held here of this step"));
    else
      open_list(a, SCREEN_WRITE);
  } else if (screen == SCREEN_INCIDENTS && key.point == '+') {
    app_incident_plus(a);
  } else if ((screen == SCREEN_FROM || screen == SCREEN_PRINT || screen == SCREEN_WRITE ||
              screen == SCREEN_CALL || screen == SCREEN_REVEAL ||
              (screen == SCREEN_INCIDENTS && !a->cut_off && !uuid_is_nil(&a->incident))) &&
             digit > 0) {
    if ((size_t)digit <= a->list.count) {
      a->list.selected = (size_t)digit - 1;
      app_list_choose(a);
    }
  } else if (screen == SCREEN_SEARCH) {
    app_edit(a, ACT_NONE, key);
  } else if (!app_pin_begins(a, key) && key.point != '0' && key.point != ' ' && key.point != '+') {
    new_find(a, key);
  }
}

static size_t moved(size_t at, long by, size_t count) {
  if (!count)
    return 0;
  long to = (long)at + by;
  return to < 0 ? 0 : (size_t)to >= count ? count - 1 : (size_t)to;
}

static long step_of(const struct app *a, enum action action) {
  long page = 1;
  if (app_screen(a) == SCREEN_SEARCH) {
    struct search_view v = {.items = a->items,
                            .count = a->item_count,
                            .note = "",
                            .narrow = a->setup.config.layout == CONFIG_LAYOUT_NARROW};
    page = search_page(middle(a), &v);
  } else {
    page = list_page(middle(a));
  }
  switch (action) {
  case ACT_UP:
    return -1;
  case ACT_DOWN:
    return 1;
  case ACT_PAGE_UP:
    return -page;
  case ACT_PAGE_DOWN:
    return page;
  case ACT_FIRST:
    return -100000;
  case ACT_LAST:
    return 100000;
  default:
    return 0;
  }
}

static void move_in_search(struct app *a, enum action action) {
  if (a->part == PART_FIND && (action == ACT_FIRST || action == ACT_LAST)) {
    a->typed.caret = action == ACT_FIRST ? 0 : a->typed.len;
    return;
  }
  /* With arrows alone what stands last is one key away. */
  bool over = action == ACT_UP && a->part == PART_FIND && !a->typed.len && !a->selected;
  a->part = PART_LIST;
  if (over)
    app_select(a, a->item_count ? a->item_count - 1 : 0);
  else if (action == ACT_DOWN || action == ACT_PAGE_DOWN)
    app_select(a, a->selected + (size_t)step_of(a, action));
  else
    app_select(a, moved(a->selected, step_of(a, action), a->item_count));
}

static void move(struct app *a, enum action action) {
  long step = step_of(a, action);
  int top;
  switch (app_screen(a)) {
  case SCREEN_SEARCH:
    move_in_search(a, action);
    break;
  case SCREEN_CARD:
    top = a->card_top + (int)step;
    a->card_top = top < 0 ? 0 : top; /* drawing stops it at the end */
    break;
  case SCREEN_FAX:
    app_fax_move(a, step);
    break;
  case SCREEN_STATUS:
    top = a->status_top + (int)step;
    a->status_top = top < 0 ? 0 : top;
    break;
  case SCREEN_HELP:
    top = a->help_top + (int)step;
    a->help_top = top < 0 ? 0 : top;
    break;
  default:
    if (is_list(a))
      a->list.selected = moved(a->list.selected, step, a->list.count);
    break;
  }
}

static void act(struct app *a, enum action action, struct key key);

static void enter(struct app *a) {
  switch (app_screen(a)) {
  case SCREEN_SEARCH:
    if (app_start_action(a) != ACT_NONE)
      act(a, app_start_action(a), (struct key){K_NONE, 0});
    else if (a->selected < a->item_count)
      app_open_card(a, &a->items[a->selected].uuid);
    break;
  case SCREEN_DIGITS:
    if (app_masked(a))
      open_list(a, SCREEN_REVEAL);
    else if (app_fax_at_hand(a))
      app_open_fax(a);
    break;
  case SCREEN_FORM:
    app_form_next(a);
    break;
  default:
    if (is_list(a))
      app_list_choose(a);
    break;
  }
}

/* One step back: question, big digits, card, filter, query, then nothing. */
static void back(struct app *a) {
  static const struct typed nothing;
  if (app_list_up(a) || app_call_back(a))
    return;
  if (a->depth > 0) {
    if (app_screen(a) == SCREEN_CARD)
      a->card = NULL;
    if (app_screen(a) == SCREEN_FAX)
      a->fax = NULL;
    if (app_screen(a) == SCREEN_FORM)
      a->signed_then = NULL; /* not to be noted */
    app_pop(a);
    app_relist(a);
    if (is_list(a))
      app_place_choose(a, &a->list_at[a->depth]);
  } else if (a->part != PART_FIND) {
    a->part = PART_FIND;
    if (!a->typed.len)
      app_select(a, 0);
  } else if (a->scope != SEARCH_ALL) {
    a->scope = SEARCH_ALL;
    app_search(a);
  } else if (a->typed.len) {
    a->put_aside = a->typed;
    app_set_typed(a, &nothing);
  } else if (app_not_now(a)) {
    app_as_at_end(a);
  } else {
    app_exercise_back(a);
  }
}

/* The keys that mean something else in a form. */
static bool act_in_form(struct app *a, enum action action, struct key key) {
  switch (action) {
  case ACT_UP:
  case ACT_DOWN:
    app_form_choose(a, action == ACT_UP ? -1 : 1);
    return true;
  case ACT_PREVIOUS_PART:
    app_form_move(a, -1);
    return true;
  case ACT_NEXT_PART:
    app_form_move(a, 1);
    return true;
  default:
    return app_form_edit(a, action, key);
  }
}

static void act(struct app *a, enum action action, struct key key) {
  if (a->setup.kiosk && (action == ACT_LEAVE || action == ACT_STATUS ||
                         (action == ACT_PRINT && !a->setup.print_helper.fd))) {
    app_say(a, "%s", _("not on this terminal"));
    return;
  }
  if (app_screen(a) == SCREEN_FORM && act_in_form(a, action, key))
    return;
  switch (action) {
  case ACT_HELP:
    a->help_top = 0;
    app_push(a, SCREEN_HELP);
    break;
  case ACT_SITES:
    a->browse_site[0] = a->browse_path[0] = '\0';
    open_list(a, SCREEN_SITES);
    break;
  case ACT_FROM:
    open_list(a, SCREEN_FROM);
    break;
  case ACT_ON_CALL:
    open_list(a, app_screen(a) == SCREEN_ON_CALL ? SCREEN_CHASE : SCREEN_ON_CALL);
    break;
  case ACT_INCIDENTS:
    a->cut_off = false;
    a->incident = (struct uuid){{0}};
    open_list(a, SCREEN_INCIDENTS);
    break;
  case ACT_AS_AT:
    if (!app_exercise_turn(a) && app_screen(a) != SCREEN_AS_AT)
      app_as_at_open(a);
    break;
  case ACT_FAX:
    app_open_fax(a);
    break;
  case ACT_PRINT:
    open_list(a, SCREEN_PRINT);
    break;
  case ACT_DESK:
    if (app_not_now(a))
      app_say(a, "%s",
              _("another time is looked at: nothing can be written; F3 comes back to now"));
    else
      open_list(a, SCREEN_DESK);
    break;
  case ACT_STATUS:
    a->status_top = 0;
    app_push(a, SCREEN_STATUS);
    break;
  case ACT_NO_ANSWER:
    if (app_not_now(a))
      app_say(a, "%s",
              _("another time is looked at: nothing can be written; F3 comes back to now"));
    else
      app_call_ask(a);
    break;
  case ACT_NEW_CALLER:
    new_caller(a);
    break;
  case ACT_LEAVE:
    app_push(a, SCREEN_LEAVE);
    break;
  case ACT_LANGUAGE:
    app_language_turn(a);
    break;
  case ACT_REDRAW: /* the terminal's affair */
    break;
  case ACT_OPEN:
    enter(a);
    break;
  case ACT_BACK:
    back(a);
    break;
  case ACT_NEXT_PART:
    if (app_screen(a) == SCREEN_CALL) {
      app_call_other(a);
      break;
    }
    a->part = (enum search_part)((a->part + 1) % PART_COUNT);
    break;
  case ACT_PREVIOUS_PART:
    a->part = (enum search_part)((a->part + PART_COUNT - 1) % PART_COUNT);
    break;
  case ACT_LEFT:
  case ACT_RIGHT:
    if (app_screen(a) == SCREEN_SEARCH)
      app_edit(a, action, key);
    else if (app_screen(a) == SCREEN_CARD)
      act(a, ACT_PRINT, key); /* with one hand: F7 is for two */
    else if (action == ACT_RIGHT)
      app_list_choose(a);
    else
      app_list_up(a);
    break;
  case ACT_ERASE:
    if (app_screen(a) == SCREEN_FAX)
      app_fax_erase(a);
    else if (app_screen(a) == SCREEN_ROUND)
      app_round_key(a, TEST_OTHER);
    else if (app_screen(a) == SCREEN_GROUP)
      app_group_key(a, -1);
    else
      app_edit(a, action, key);
    break;
  case ACT_ERASE_NEXT:
  case ACT_ERASE_WORD:
  case ACT_ERASE_ALL:
    app_edit(a, action, key);
    break;
  default:
    move(a, action);
    break;
  }
}

bool app_key(struct app *a, struct key key) {
  if (key.name == K_NONE || key.name == K_RESIZE)
    return true;
  app_left_alone(a); /* a machine that slept has this key before it looked */
  a->last_key = clock_mark(&a->setup.clock);
  a->idle = IDLE_NO;
  app_faults_key(a, key);           /* what was said is read */
  if (app_screen(a) == SCREEN_REST) /* the key that wakes it is typed too */
    app_pop(a);
  enum action action = action_of_key(app_screen(a), key);
  if (app_as_at_key(a, action, key) || app_pin_key(a, action, key))
    return true;
  if (app_screen(a) == SCREEN_LEAVE && action == ACT_OPEN)
    return false;
  if (app_place_lost(a, action, key) || app_pin_left(a, action, key))
    return true;
  if (action != ACT_NONE)
    act(a, action, key);
  else if (key.name == K_TEXT || key.name == K_PASTE)
    text_key(a, key);
  app_mask_again(a);
  return true;
}

bool app_follow(struct app *a) {
  struct tc_error err = {0};
  if (!cache_changed(a->setup.cache))
    return false;
  if (cache_refresh(a->setup.cache, &err) != TC_OK) {
    app_say(a, _("still the directory as it was: %s"), app_why(a, &err));
    return true;
  }
  setup_stand(&a->setup, a->setup.from.set);
  a->damaged = a->frame_made = false;
  app_know_incidents(a, true);
  if (!app_exercise_watch(a))
    app_refresh(a);
  return true;
}

/* -- drawing ------------------------------------------------------------------------------------
 */

static void draw_search(struct app *a, struct grid *g, struct area area) {
  struct arena arena = ARENA_INIT;
  struct search_view view;
  app_make_detail(a);
  app_view(a, &view, &arena);
  search_draw(g, area, &view);
  arena_free(&arena);
}

static void draw_card(struct app *a, struct grid *g, struct area area) {
  if (app_call_words(a))
    app_call_draw_words(a, g, area);
  if (!a->card)
    return;
  int lines = card_draw(g, area, a->card, a->card_top);
  int most = lines > area.rows - 1 ? lines - (area.rows - 1) : 0;
  if (a->card_top > most) { /* scrolled over the end: draw the end */
    a->card_top = most;
    for (int row = area.row; row < area.row + area.rows; row++)
      for (int col = 0; col < area.cols; col++)
        grid_text(g, row, col, 1, LOOK_TEXT, " ");
    card_draw(g, area, a->card, most);
  }
  grid_cursor(g, area.row + 2 < area.row + area.rows ? area.row + 2 : area.row, 1);
}

/* What would do nothing on this screen as it is. */
static uint64_t dead_actions(const struct app *a) {
  enum screen screen = app_screen(a);
  bool rows = screen == SCREEN_SEARCH ? a->selected < a->item_count : a->list.count > 0;
  uint64_t dead = 0;
  if (a->setup.kiosk)
    dead |= FRAME_DEAD(ACT_LEAVE) | FRAME_DEAD(ACT_STATUS) |
            (a->setup.print_helper.fd ? 0 : FRAME_DEAD(ACT_PRINT));
  if (!a->setup.config.desk)
    dead |= FRAME_DEAD(ACT_FAVOURITE) | FRAME_DEAD(ACT_NO_ANSWER);
  bool list = screen == SCREEN_SEARCH || screen == SCREEN_SITES || screen == SCREEN_FROM ||
              screen == SCREEN_PRINT;
  if (screen == SCREEN_DIGITS ? !app_masked(a) && !app_fax_at_hand(a) : list && !rows)
    dead |= FRAME_DEAD(ACT_OPEN);
  if (screen == SCREEN_ON_CALL) /* its hint says what it does there */
    dead |= FRAME_DEAD(ACT_ON_CALL);
  if (screen == SCREEN_SEARCH && (!rows || app_start_action(a) != ACT_NONE))
    dead |= FRAME_DEAD(ACT_FAX) | FRAME_DEAD(ACT_NO_ANSWER);
  if (screen == SCREEN_CARD && (!a->card || !a->card->channel_count))
    dead |= FRAME_DEAD(ACT_DIGIT);
  if (app_call_words(a))
    dead |= FRAME_DEAD(ACT_FAX) | FRAME_DEAD(ACT_WRITE) | FRAME_DEAD(ACT_FAVOURITE);
  bool empty = screen == SCREEN_SEARCH && !a->typed.len && a->scope == SEARCH_ALL;
  if (empty && a->part == PART_FIND && !app_exercise_hidden(a))
    dead |= FRAME_DEAD(ACT_BACK);
  if (app_not_now(a) || (screen == SCREEN_CARD && app_played(a)))
    dead |= FRAME_DEAD(ACT_WRITE);
  if (app_not_now(a))
    dead |= FRAME_DEAD(ACT_NO_ANSWER);
  if (screen == SCREEN_AS_AT && !app_exercise_hidden(a))
    dead |= FRAME_DEAD(ACT_AS_AT);
  return dead;
}

void app_cut_off(struct app *a) {
  a->unseen = *a->message != '\0';
}

void app_draw(struct app *a, struct grid *g) {
  grid_clear(g);
  a->unseen = false;
  app_make_frame(a);
  a->frame.dead = dead_actions(a);
  /* the way out of an exercise; in a call that which goes on */
  a->frame.urgent = app_played(a) ? ACT_AS_AT : app_call_shows(a) ? ACT_NO_ANSWER : ACT_NONE;
  a->frame.urgent_label = app_played(a) ? _("REAL") : NULL;
  a->frame.open_label = app_fax_at_hand(a) ? _("Fax") : NULL;
  a->frame.message = a->message;
  a->frame.declares = a->setup.cache && app_plus_declares(a);
  a->frame.other = a->other_language;
  struct area area = frame_draw(g, &a->frame, app_screen(a));
  if (area.rows < 1)
    return;
  a->drawn_second = clock_now(&a->setup.clock);
  if (app_call_shows(a)) {
    int rows = app_call_draw_head(a, g, area);
    area.row += rows;
    area.rows -= rows;
  }
  switch (app_screen(a)) {
  case SCREEN_SEARCH:
    draw_search(a, g, area);
    break;
  case SCREEN_CARD:
    draw_card(a, g, area);
    break;
  case SCREEN_DIGITS:
    if (a->card)
      digits_draw(g, area, a->card, a->channel, a->revealed_until != 0);
    break;
  case SCREEN_FAX:
    if (a->fax)
      a->fax_more = fax_draw(g, area, a->fax, a->fax_selected, a->fax_typed, a->fax_top);
    break;
  case SCREEN_FORM:
    app_draw_form(a, g, area);
    break;
  case SCREEN_STATUS:
    app_draw_status(a, g, area);
    break;
  case SCREEN_HELP:
    app_draw_help(a, g, area);
    break;
  case SCREEN_AS_AT:
    as_at_draw(a, g, area);
    break;
  case SCREEN_PIN:
    app_pin_draw(a, g, area);
    break;
  case SCREEN_LEAVE:
    leave_draw(g, area);
    break;
  case SCREEN_REST:
    rest_draw(g, area, &a->frame);
    break;
  case SCREEN_EMPTY:
    app_draw_empty(a, g, area);
    break;
  default:
    if (app_screen(a) == SCREEN_GROUP)
      app_group_hint(a);
    list_draw(g, area, &a->list);
    break;
  }
}
