#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "db/journal.h"
#include "tui/app_state.h"
#include "tui/call.h"
#include "tui/chain.h"
#include "tui/dialled.h"
#include "tui/when.h"
#include "tui/write.h"

/* A name in its own room, cut on a whole character. */
static void put_text(char out[CALL_TEXT], const char *text) {
  size_t len = 0, all = strlen(text);
  while (len < all) {
    size_t n = utf8_grapheme(text + len, all - len);
    if (len + n >= CALL_TEXT)
      break;
    len += n;
  }
  memcpy(out, text, len);
  out[len] = '\0';
}

static size_t channel_of(const struct card *card, const struct uuid *contact) {
  for (size_t i = 0; i < card->channel_count; i++)
    if (uuid_equal(&card->channels[i].uuid, contact))
      return i;
  return SIZE_MAX;
}

bool app_call_words(const struct app *a) {
  return call_in_work(&a->call) && uuid_is_nil(&a->call.entry) && !a->card &&
         app_on_stack(a, SCREEN_CARD);
}

/* Is what is open the card of this step? */
static bool at_step(const struct app *a) {
  return app_call_words(a) || (call_in_work(&a->call) && !uuid_is_nil(&a->call.entry) && a->card &&
                               uuid_equal(&a->card->uuid, &a->call.entry));
}

/* The card of a step: of one in words, nobody's, so that no number of somebody else stands there.
 */
static void open_step(struct app *a) {
  if (!uuid_is_nil(&a->call.entry)) {
    app_open_card(a, &a->call.entry);
    return;
  }
  a->card = NULL;
  a->fax = NULL;
  a->channel_seen = false;
  a->revealed_until = 0;
  if (app_screen(a) != SCREEN_CARD)
    app_push(a, SCREEN_CARD);
}

/* Where a page waits for a call back; SIZE_MAX: nowhere on this card. */
static size_t waiting_page(const struct app *a) {
  return at_step(a) && a->card && !uuid_is_nil(&a->call.paged) ? channel_of(a->card, &a->call.paged)
                                                               : SIZE_MAX;
}

/* The first number that somebody may answer and that was not tried, pagers behind all phones, and
 * at last the one whose bearer is to call back; SIZE_MAX: none is left. */
static size_t next_number(const struct app *a) {
  size_t pager = SIZE_MAX;
  for (size_t i = 0; a->card && i < a->card->channel_count; i++) {
    const struct card_channel *c = &a->card->channels[i];
    if (!c->voice || (at_step(a) && uuid_among(&c->uuid, a->call.tried, a->call.tried_count)))
      continue;
    if (!c->pager)
      return i;
    if (pager == SIZE_MAX)
      pager = i;
  }
  return pager == SIZE_MAX ? waiting_page(a) : pager;
}

/* -- the question -------------------------------------------------------------------------------
 */

const char *app_call_whom(struct app *a, struct arena *arena) {
  if (app_call_words(a))
    return arena_strdup(arena, a->call.name);
  if (!a->card)
    return "";
  if (uuid_is_nil(&a->called.key))
    return arena_strdup(arena, a->card->name);
  size_t i = channel_of(a->card, &a->called.key); /* how it is now */
  const char *mark = i == SIZE_MAX ? "" : a->card->channels[i].mark;
  return arena_printf(arena, "%s%s%s, %s", a->called_text, *mark ? ", " : "", mark, a->card->name);
}

/* What was dialled is what is noted, whatever becomes of it while one is asked. */
static void ask_of(struct app *a, size_t channel) {
  a->called = (struct dialled_kept){.masked = false};
  a->called_text[0] = '\0';
  if (app_call_words(a) || !a->card || channel >= a->card->channel_count)
    return;
  const struct card_channel *c = &a->card->channels[channel];
  a->called = c->called;
  snprintf(a->called_text, sizeof a->called_text, "%s %s", c->number, c->kind);
}

void app_call_ask(struct app *a) {
  struct uuid contact = {{0}};
  if (app_screen(a) == SCREEN_SEARCH) {
    if (a->selected >= a->item_count || app_start_action(a) != ACT_NONE) {
      app_say(a, "%s", _("choose whom you called first"));
      return;
    }
    contact = a->items[a->selected].contact;
    app_open_card(a, &a->items[a->selected].uuid);
  }
  if (!a->card && !app_call_words(a))
    return;
  size_t next = next_number(a), matched = a->card ? channel_of(a->card, &contact) : SIZE_MAX;
  ask_of(a, a->channel_seen       ? a->channel
            : matched != SIZE_MAX ? matched
            : next != SIZE_MAX    ? next
                                  : 0);
  app_push(a, SCREEN_CALL);
  app_list_call(a);
}

bool app_call_pages(const struct app *a) {
  return !app_call_words(a) && !uuid_is_nil(&a->called.key) && a->called.kind == CONTACT_PAGER;
}

void app_call_other(struct app *a) {
  if (app_call_words(a) || !a->card || !a->card->channel_count)
    return;
  size_t i = channel_of(a->card, &a->called.key);
  ask_of(a, i == SIZE_MAX ? 0 : (i + 1) % a->card->channel_count);
  app_relist_kept(a);
}

/* -- the chain ----------------------------------------------------------------------------------
 */

/* Goes to a step of the chain of the call in work; its card opens.  false: the entry is gone, or
 * err (NULL: whatever it is) says why it cannot be read. */
static bool go_to(struct app *a, size_t step, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct present p;
  struct entry e;
  struct chain_stop *stops = NULL;
  struct call *call = &a->call;
  size_t count = 0;
  app_present(a, &p, &arena);
  if (cache_entry(p.cache, &call->origin, &arena, &e, err) == TC_OK)
    count = chain_stops(&p, &e, a->frame.switchboard, &stops);
  if (step < count) {
    put_text(call->origin_name, stops[0].name);
    put_text(call->name, stops[step].name);
    bool back = step < call->step && step < CALL_BEGUN_MAX; /* one has waited since then */
    call->step = step;
    call->steps = count;
    call->entry = stops[step].entry;
    call->wait = step + 1 < count ? stops[step + 1].wait : 0;
    call->since = back ? call->begun[step] : p.world.now;
    if (step < CALL_BEGUN_MAX)
      call->begun[step] = call->since;
    call->tried_count = 0;
    call->paged = (struct uuid){{0}};
  }
  arena_free(&arena);
  if (step < count)
    open_step(a);
  return step < count;
}

/* The call in work is the one of the open card; else a new one begins there.  false: there is none,
 * and why was said. */
static bool begin_call(struct app *a) {
  struct tc_error err = {.status = TC_OK};
  if (at_step(a))
    return true;
  app_call_put_aside(a);
  a->call = (struct call){.origin = a->card->uuid, .exercise = setup_view(&a->setup)};
  if (go_to(a, 0, &err))
    return true;
  a->call = (struct call){.step = 0};
  app_say(a, _("NOT SAVED: %s"),
          *err.text ? app_why(a, &err) : _("the entry is no longer in the directory"));
  return false;
}

/* What could not be saved is on the screen, and stays there. */
static bool all_saved(const struct app *a) {
  return !a->journal || journal_writer_unsaved(a->journal, NULL) == 0;
}

static void say_next(struct app *a, const struct card_channel *c) {
  const char *mark = *c->mark ? _(": ") : "";
  app_say(a, _("next: %s %s, of the same%s%s"), c->number, c->kind, mark, c->mark);
}

/* The entry's own further numbers first, then the next step; the last one is the switchboard. */
static void go_on(struct app *a) {
  size_t next = app_call_words(a) ? SIZE_MAX : next_number(a);
  a->channel_seen = false;
  if (next != SIZE_MAX && next == waiting_page(a)) { /* this step is not over */
    if (all_saved(a))
      app_say(a, _("page sent: F8 when it is answered, or when nobody calls back"));
  } else if (next != SIZE_MAX) {
    if (all_saved(a))
      say_next(a, &a->card->channels[next]);
  } else if (a->call.step + 1 >= a->call.steps) {
    app_say(a, _("the chain ends here: %s"), a->call.name);
  } else if (!go_to(a, a->call.step + 1, NULL)) {
    a->call = (struct call){.step = 0};
    app_say(a, "%s", _("the entry is no longer in the directory"));
  }
}

bool app_call_back(struct app *a) {
  if (app_screen(a) != SCREEN_CARD || !at_step(a))
    return false;
  size_t step = a->call.step;
  while (step-- > 0)
    if (go_to(a, step, NULL) && !app_call_words(a))
      return true;
  a->call = (struct call){.step = 0}; /* what was noted stays noted */
  return false;
}

/* -- noting -------------------------------------------------------------------------------------
 */

/* Is the number that was called still the one that would be corrected? */
static bool is_listed(const struct app *a, struct arena *arena) {
  struct entry clear;
  const struct contact *c =
      cache_entry_clear(a->setup.cache, &a->called.entry, arena, &clear, NULL) == TC_OK
          ? entry_contact(&clear, &a->called.contact)
          : NULL;
  return c && strcmp(c->number, a->called.number) == 0;
}

/* A suggestion, or in *wrong what is to be said because there can be none. */
static void note_wrong(struct app *a, const struct writing *w, const struct dialled *dialled,
                       const char **wrong) {
  struct act act;
  struct tc_error err = {0};
  if (!dialled_is_contact(dialled))
    *wrong = write_wrong_text(w, dialled, true);
  else if (!is_listed(a, w->arena))
    *wrong = _("that number is no longer listed");
  else if (write_wrong_number(&act, w, dialled->contact, &err) != TC_OK ||
           app_post(a, &act, &err) != TC_OK)
    app_say(a, "%s", app_why_not_saved(a, &err));
}

/* Writes the try; false: nothing could be written. */
static bool note_try(struct app *a, struct arena *arena, const char **wrong) {
  struct act act;
  struct entry e;
  struct tc_error err = {0};
  const struct uuid *subject = app_call_words(a) ? &a->call.origin : &a->card->uuid;
  const struct uuid *key = uuid_is_nil(&a->called.key) ? NULL : &a->called.key;
  const struct dialled *dialled = dialled_again(&a->called, arena);
  if (cache_entry(a->setup.cache, subject, arena, &e, &err) != TC_OK) {
    app_say(a, "%s", app_why(a, &err));
    return false;
  }
  struct writing w = {.setup = &a->setup,
                      .entry = dialled ? dialled->entry : &e,
                      .initials = a->initials,
                      .arena = arena};
  if (write_attempt(&act, &w, dialled, a->call_result, &a->call.origin,
                    app_call_words(a) ? a->call.name : "", &err) != TC_OK ||
      app_post(a, &act, &err) != TC_OK) {
    app_say(a, "%s", app_why_not_saved(a, &err));
    return false;
  }
  a->call.last = a->call_result;
  a->call.last_at = act.at;
  put_text(a->call.after, a->call.name);
  if (key && a->call.tried_count < CALL_TRIED_MAX)
    a->call.tried[a->call.tried_count++] = *key;
  if (key && a->call_result == ATTEMPT_PAGED)
    a->call.paged = *key;
  else if (key && uuid_equal(key, &a->call.paged))
    a->call.paged = (struct uuid){{0}};
  if (a->call_result == ATTEMPT_WRONG_NUMBER && dialled && !app_played(a))
    note_wrong(a, &w, dialled, wrong);
  app_follow(a); /* it stands there at once */
  return true;
}

static void note(struct app *a) {
  struct arena arena = ARENA_INIT;
  char clock[WHEN_TEXT];
  const char *wrong = "";
  bool words = uuid_is_nil(&a->call_card);
  if (words)
    open_step(a);
  else if (!a->card || !uuid_equal(&a->card->uuid, &a->call_card))
    app_open_card(a, &a->call_card);
  if (words ? !app_call_words(a) : !a->card)
    return;
  if (begin_call(a) && note_try(a, &arena, &wrong)) {
    if (all_saved(a))
      app_say(a, _("noted %s: %s"), when_clock(a->call.last_at, clock),
              act_result_text(a->call_result));
    if (a->call_result == ATTEMPT_ANSWERED)
      a->call = (struct call){.step = 0};
    else
      go_on(a);
    if (*wrong && all_saved(a)) /* and not which is next: that is on the card */
      app_say(a, "%s", wrong);
  }
  arena_free(&arena);
}

void app_call_noted(struct app *a, enum attempt_result result) {
  bool words = app_call_words(a);
  if (!a->card && !words)
    return;
  a->call_result = result;
  a->call_card = (struct uuid){{0}};
  if (!words)
    a->call_card = a->card->uuid;
  while (app_screen(a) != SCREEN_CARD && app_screen(a) != SCREEN_SEARCH)
    app_pop(a);
  const char *of = words ? arena_strdup(&a->list_arena, a->call.name)
                         : arena_printf(&a->list_arena, "%s %s", a->card->site, a->card->name);
  app_ask_initials(a, of ? of : "", note);
}

/* -- another caller in between ------------------------------------------------------------------
 */

bool app_call_put_aside(struct app *a) {
  if (app_shared(a)) { /* the next person would bring it back */
    bool worked = call_in_work(&a->call);
    a->call = (struct call){.step = 0};
    return worked;
  }
  return callers_put_aside(&a->callers, &a->call, &a->typed, false);
}

bool app_call_look_away(struct app *a) {
  bool words = app_call_words(a), away = callers_put_aside(&a->callers, &a->call, &a->typed, true);
  while (words && app_on_stack(a, SCREEN_CARD)) /* nobody's card is left there */
    app_pop(a);
  return away;
}

static const struct caller *last_caller(const struct app *a) {
  struct uuid view = setup_view(&a->setup);
  return callers_last(&a->callers, &view, clock_now(&a->setup.clock));
}

static void resume(struct app *a, const struct caller *last) {
  struct caller back = callers_take(&a->callers, last);
  app_set_typed(a, &back.typed);
  a->call = back.call;
  open_step(a);
}

bool app_call_bring_back(struct app *a) {
  const struct caller *last = last_caller(a);
  if (last)
    resume(a, last);
  return last != NULL;
}

bool app_call_look_back(struct app *a, bool at_once) {
  const struct caller *last = last_caller(a);
  if (!last || !last->looked_away)
    return false;
  if (a->card && app_on_stack(a, SCREEN_CARD) && uuid_equal(&a->card->uuid, &last->call.entry)) {
    a->call = callers_take(&a->callers, last).call; /* where one is, in big digits too */
    return true;
  }
  if (!at_once && (a->depth > 0 || (a->typed.len && strcmp(a->typed.text, last->typed.text) != 0)))
    return false;
  resume(a, last);
  return true;
}

void app_call_forget(struct app *a, const struct uuid *exercise) {
  callers_forget(&a->callers, exercise);
  if (uuid_equal(&a->call.exercise, exercise))
    a->call = (struct call){.step = 0};
}

const char *app_call_elsewhere(const struct app *a, struct arena *arena) {
  static const struct uuid real;
  const struct caller *last = callers_last(&a->callers, &real, clock_now(&a->setup.clock));
  const char *text = last && last->looked_away
                         ? arena_printf(arena, _("step %zu of %zu: %s"), last->call.step + 1,
                                        last->call.steps, last->call.origin_name)
                         : "";
  return text ? text : "";
}

const char *app_call_waiting(const struct app *a, struct arena *arena) {
  const struct caller *last = last_caller(a);
  char clock[WHEN_TEXT];
  const char *text =
      last ? arena_printf(arena, _("F10 brings back: %s, step %zu of %zu (%s %s)"),
                          last->call.origin_name, last->call.step + 1, last->call.steps,
                          act_result_text(last->call.last), when_clock(last->call.last_at, clock))
           : "";
  return text ? text : "";
}

/* -- a step in words ----------------------------------------------------------------------------
 */

/* Who ends the chain: with a number, always. */
static const char *last_of_chain(struct app *a, struct arena *arena) {
  struct present p;
  struct entry e;
  struct chain_stop *stops;
  app_present(a, &p, arena);
  size_t count = cache_entry(p.cache, &a->call.origin, arena, &e, NULL) == TC_OK
                     ? chain_stops(&p, &e, a->frame.switchboard, &stops)
                     : 0;
  const char *text = count ? present_other(&p, &stops[count - 1].entry, stops[count - 1].name) : "";
  return text ? text : "";
}

void app_call_draw_words(struct app *a, struct grid *g, struct area area) {
  struct arena arena = ARENA_INIT;
  const char *last = last_of_chain(a, &arena);
  int row = area.row, end = area.row + area.rows, cols = area.cols - 2;
  row += grid_text_wrap(g, row, area.col + 1, cols, end - row, LOOK_TITLE, a->call.name);
  row += grid_text_wrap(g, row, area.col + 1, cols, end - row, LOOK_WARN,
                        _("no number is held here of this step")) +
         (area.rows > 8);
  const char *text = *last ? arena_printf(&arena, _("in doubt: %s"), last) : "";
  if (row < end && text)
    grid_text_wrap(g, row, area.col + 1, cols, end - row, LOOK_NUMBER, text);
  grid_cursor(g, area.row, area.col + 1);
  arena_free(&arena);
}

/* -- the head -----------------------------------------------------------------------------------
 */

bool app_call_shows(const struct app *a) {
  return (app_screen(a) == SCREEN_CARD || app_screen(a) == SCREEN_DIGITS) && a->call.last_at &&
         at_step(a);
}

int app_call_draw_head(struct app *a, struct grid *g, struct area area) {
  const struct call *c = &a->call;
  char last[WHEN_TEXT + 64], clock[WHEN_TEXT];
  snprintf(last, sizeof last, "%s %s", act_result_text(c->last), when_clock(c->last_at, clock));
  bool same = strcmp(c->after, c->name) == 0, first = strcmp(c->after, c->origin_name) == 0;
  struct call_view v = {.mark = app_played(a) ? setup_mark(&a->setup) : "",
                        .step = c->step + 1,
                        .steps = c->steps,
                        .name = c->name,
                        .after = same ? "" : c->after,
                        .last = last,
                        .origin = first || c->step == 0 ? "" : c->origin_name,
                        .waited = clock_now(&a->setup.clock) - c->since,
                        .wait = c->wait};
  return call_draw_head(g, area, &v);
}
