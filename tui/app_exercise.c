/* An exercise at this terminal: into it and out of it, what says so, beginning and ending one. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/exercise.h"
#include "tui/app_state.h"
#include "tui/played.h"
#include "tui/say_exercise.h"
#include "tui/say_incident.h"
#include "tui/write.h"

bool app_played(const struct app *a) {
  return setup_played(&a->setup) != NULL;
}

/* Is an exercise on here, and the real answer looked at? */
static bool looks_at_real(const struct app *a) {
  return a->setup.real && !app_not_now(a) && setup_exercise(&a->setup);
}

/* The number that is read in big digits stays the same one. */
static void remake_card(struct app *a) {
  struct uuid channel = {{0}};
  if (!a->card)
    return;
  if (a->channel < a->card->channel_count)
    channel = a->card->channels[a->channel].uuid;
  app_remake_card(a);
  for (size_t i = 0; a->card && i < a->card->channel_count; i++)
    if (uuid_equal(&a->card->channels[i].uuid, &channel))
      a->channel = i;
  app_refresh_fax(a);
}

/* All that is on the screen, in the view that is looked at now.  A question how a call ended was of
 * the other one; a call in work waits there, and one that waits here goes on.  false: none did. */
static bool look_again(struct app *a) {
  size_t row = a->selected;
  a->frame_made = false;
  app_call_look_away(a);
  while (app_on_stack(a, SCREEN_CALL) || (a->signed_then && app_on_stack(a, SCREEN_FORM)))
    app_pop(a);
  a->signed_then = NULL;
  app_search(a);
  app_select(a, row);
  remake_card(a);
  app_relist_kept(a);
  return app_call_look_back(a, false);
}

static void say_played(struct app *a, const struct exercise *x) {
  struct arena arena = ARENA_INIT;
  const char *waits = app_call_elsewhere(a, &arena);
  if (*waits)
    app_say(a, _("EXERCISE; F3: the real answer, and the call that waits, %s"), waits);
  else
    app_say(a, _("EXERCISE: %s; F3 shows the real answer"), x->name);
  arena_free(&arena);
}

static void say_real(struct app *a, bool call_is_back) {
  struct arena arena = ARENA_INIT;
  const char *waits = app_call_elsewhere(a, &arena);
  if (call_is_back)
    app_say(a, "%s", _("REAL, and the call that waited. F3 twice: the exercise"));
  else if (*waits)
    app_say(a, _("REAL. F10 on an empty Find: the call that waits, %s"), waits);
  else
    app_say(a, "%s", _("REAL: what is so now. F3 twice, or Esc on an empty Find: the exercise"));
  arena_free(&arena);
}

/* The view is the same one, and whoever works in it is not disturbed: only what the frame and a
 * list say of the exercise changes. */
static void look_on(struct app *a) {
  a->frame_made = false;
  app_relist_kept(a);
}

bool app_exercise_turn(struct app *a) {
  if (app_played(a)) {
    app_sign(a); /* what was to be noted is, of the exercise */
    a->setup.real = true;
    say_real(a, look_again(a));
    return true;
  }
  if (looks_at_real(a) && app_screen(a) == SCREEN_AS_AT) {
    app_pop(a);
    return app_exercise_back(a);
  }
  return false;
}

bool app_exercise_back(struct app *a) {
  const struct exercise *x = setup_exercise(&a->setup); /* its time may be over at any moment */
  if (!x || !looks_at_real(a))
    return false;
  app_sign(a); /* what was to be noted is, of what is real */
  a->setup.real = false;
  look_again(a);
  say_played(a, x);
  return true;
}

bool app_exercise_hidden(const struct app *a) {
  return looks_at_real(a);
}

/* ---- it begins, it ends ------------------------------------------------------------------------
 */

static const struct exercise *find(const struct app *a, const struct uuid *uuid) {
  const struct house *house = cache_house(a->setup.cache);
  for (size_t i = 0; i < house->exercise_count; i++)
    if (uuid_equal(&house->exercises[i].uuid, uuid))
      return &house->exercises[i];
  return NULL;
}

/* Somebody who is in the middle of something is not moved into an exercise under their hands. */
static bool is_busy(const struct app *a) {
  return a->depth > 0 || a->typed.len > 0 || call_in_work(&a->call) || a->callers.count > 0;
}

static void say_begun(struct app *a, const struct exercise *x) {
  a->setup.real = is_busy(a) && !a->begins;
  if (a->setup.real)
    app_say(a, _("An exercise begins: %s. This stays the real answer; F11 takes part"), x->name);
  else
    say_played(a, x);
}

static void say_ended(struct app *a, const struct uuid *which) {
  struct buffer text = {.limit = sizeof a->message};
  const struct exercise *x = find(a, which);
  a->setup.real = option_given(a->options, OPT_REAL);
  if (x)
    played_fate(&text, x, cache_house(a->setup.cache), clock_now(&a->setup.clock));
  app_say(a, "%s", text.len ? buffer_text(&text) : _("Exercise ended"));
  buffer_free(&text);
}

bool app_exercise_watch(struct app *a) {
  const struct exercise *x = a->setup.cache ? setup_exercise(&a->setup) : NULL;
  struct uuid now = x ? x->uuid : (struct uuid){{0}}, was = a->exercise, before = {{0}}, after;
  if (uuid_equal(&now, &was))
    return false;
  if (!a->setup.real && !app_not_now(a))
    before = was;
  if (!uuid_is_nil(&was))
    app_call_forget(a, &was);
  a->exercise = now;
  if (x)
    say_begun(a, x);
  else
    say_ended(a, &was);
  a->begins = false;
  after = setup_view(&a->setup);
  if (uuid_equal(&before, &after))
    look_on(a);
  else
    look_again(a);
  if (x) /* look_again() goes on saying what it finds */
    app_make_frame(a);
  if (x && app_played(a))
    say_played(a, x); /* and whose call has begun to wait */
  return true;
}

/* ---- the desk ----------------------------------------------------------------------------------
 */

void app_exercise_rows(struct list_builder *b) {
  struct app *a = b->a;
  const struct exercise *x = setup_exercise(&a->setup);
  const char *section = _("exercise");
  if (!x) {
    if (may_say(&a->setup, ACT_KIND_EXERCISE_BEGIN) && cache_house(a->setup.cache)->domain_count)
      list_add(b, section, "", _("begin one: what fails is played, on the terminals you name"), "",
               false, (struct target){.kind = TARGET_SAY, .number = ACT_KIND_EXERCISE_BEGIN});
    return;
  }
  list_add(b, section, "",
           arena_printf(&a->list_arena,
                        a->setup.real ? _("take part: %s") : _("the real answer, out of: %s"),
                        x->name),
           "F3", false, (struct target){.kind = TARGET_EXERCISE});
  if (may_say(&a->setup, ACT_KIND_EXERCISE_END))
    list_add(b, section, "", arena_printf(&a->list_arena, _("end it: %s"), x->name), "", false,
             (struct target){.kind = TARGET_SAY, .number = ACT_KIND_EXERCISE_END});
}

/* ---- saying it ---------------------------------------------------------------------------------
 */

static void open_form(struct app *a) {
  const struct exercise *x = setup_exercise(&a->setup);
  app_open_exercise_form(a, a->say, x);
}

void app_exercise_say(struct app *a, enum act_kind kind) {
  a->say = kind;
  app_ask_pin(a, open_form);
}

tc_status app_exercise_act(struct app *a, struct act *out, struct writing *w,
                           const struct exercise_said *said, const char *reason,
                           struct tc_error *err) {
  return a->form.kind == ACT_KIND_EXERCISE_BEGIN
             ? say_exercise_begin(out, w, said, err)
             : say_exercise_end(out, w, find(a, &a->form.which), reason, err);
}

void app_exercise_written(struct app *a) {
  if (a->form.kind == ACT_KIND_EXERCISE_BEGIN) {
    a->begins = true;
    a->depth = 0;
    a->card = NULL;
  }
}
