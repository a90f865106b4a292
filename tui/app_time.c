#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/journal.h"
#include "tui/app_state.h"

void app_remember_home(struct app *a) {
  memcpy(a->home_site, a->setup.config.site, sizeof a->home_site);
  memcpy(a->home_plan, a->setup.config.plan, sizeof a->home_plan);
}

bool app_shared(const struct app *a) {
  return a->setup.kiosk && !a->setup.config.desk;
}

static bool as_a_new_caller_finds_it(const struct app *a) {
  return !a->depth && !a->typed.len && a->scope == SEARCH_ALL && !a->put_aside.len &&
         uuid_is_nil(&a->put_aside_card) && !a->callers.count && !call_in_work(&a->call) &&
         a->setup.from.set == (enum set_kind)a->setup.config.set &&
         strcmp(a->setup.config.site, a->home_site) == 0 && !app_not_now(a) &&
         !app_exercise_hidden(a) && !tier_opened(a) && !app_language_away(a);
}

/* Nothing of the last caller stays, and the terminal stands where it stands. */
void app_go_home(struct app *a) {
  static const struct typed nothing;
  app_close_tier(a);
  app_language_home(a);
  app_begin(a);
  a->card = NULL;
  a->scope = SEARCH_ALL;
  a->put_aside = nothing;
  a->put_aside_card = (struct uuid){0};
  a->call = (struct call){.step = 0};
  a->callers.count = 0;
  a->setup.at = 0;
  a->setup.real = option_given(a->options, OPT_REAL);
  a->browse_site[0] = a->browse_path[0] = a->message[0] = '\0';
  memcpy(a->setup.config.site, a->home_site, sizeof a->home_site);
  memcpy(a->setup.config.plan, a->home_plan, sizeof a->home_plan);
  setup_stand(&a->setup, (enum set_kind)a->setup.config.set);
  app_set_typed(a, &nothing);
}

bool app_new_person(struct app *a) {
  if (!app_shared(a))
    return false;
  app_forget_initials(a);
  app_go_home(a);
  return true;
}

/* Also where nothing else is ever cleared. */
static bool look_at_tier(struct app *a) {
  if (!tier_opened(a) || clock_since(&a->setup.clock, &a->last_key) < PIN_OPEN_S)
    return false;
  app_go_home(a);
  return true;
}

/* How long nobody has been here, by which limits, and whether somebody may be reading. */
static int64_t idle_for(const struct app *a, struct idle_limits *limits, bool *reading) {
  const struct config *c = &a->setup.config;
  enum screen screen = app_screen(a);
  int64_t now = clock_now(&a->setup.clock);
  *limits = (struct idle_limits){c->idle_minutes, c->idle_card_minutes, c->idle_rest_minutes};
  *reading = (screen == SCREEN_CARD || screen == SCREEN_DIGITS) && a->card && a->card->is_public &&
             !a->revealed_until;
  /* The phone that a chain waits for rings: that is not idle.  A clock that was set back since has
   * no end of it to wait for. */
  bool waits = a->call.last_at && a->call.since <= now;
  int64_t idle = clock_since(&a->setup.clock, &a->last_key);
  int64_t late = waits ? now - (a->call.since + a->call.wait) : idle;
  return late < 0 ? 0 : late < idle ? late : idle;
}

static enum idle_stage stage_of(const struct app *a) {
  struct idle_limits limits;
  bool reading;
  int64_t idle = idle_for(a, &limits, &reading);
  return idle_stage(&limits, idle, reading);
}

static bool look_idle(struct app *a) {
  int64_t now = clock_now(&a->setup.clock);
  if (now < a->last_key.told) /* the clock was set back: nobody is punished for it */
    a->last_key.told = now;
  enum idle_stage stage = stage_of(a);
  if (stage == a->idle)
    return false;
  a->idle = stage;
  if (stage == IDLE_WARN) {
    if (as_a_new_caller_finds_it(a))
      return false;
    app_say(a, _("Cleared in %d s (nobody here?); any key keeps it."), IDLE_WARN_SECONDS);
    return true;
  }
  if (stage >= IDLE_HOME) {
    app_sign(a); /* what was to be noted is */
    app_forget_initials(a);
  }
  bool other = stage >= IDLE_HOME && !as_a_new_caller_finds_it(a);
  bool pin = app_on_stack(a, SCREEN_PIN);
  if (other)
    app_go_home(a);
  if (other && pin)
    app_pin_left_say(a);
  else if (stage == IDLE_REST)
    a->pin_left = false;
  if (stage == IDLE_REST)
    app_push(a, SCREEN_REST);
  return other || stage == IDLE_REST;
}

void app_left_alone(struct app *a) {
  if (!a->setup.cache)
    return;
  app_mask_again(a);
  if (stage_of(a) >= IDLE_HOME)
    look_idle(a);
  look_at_tier(a);
}

/* How the source is doing is on the top line: said as soon as tocsin-sync has said it. */
static bool look_at_state(struct app *a) {
  char path[CONFIG_PATH + 8];
  snprintf(path, sizeof path, "%s/state", a->setup.config.scope);
  uint64_t stamp = file_stamp(path);
  if (stamp == a->state_stamp)
    return false;
  a->state_stamp = stamp;
  a->frame_made = false;
  return true;
}

static bool look_for_directory(struct app *a) {
  struct setup setup;
  struct tc_error err = {0};
  char language[I18N_CODE];
  i18n_current(language);
  tc_status status = setup_open(&setup, a->options, &err);
  i18n_language(language); /* not the configuration's again, where another was asked for */
  if (status != TC_OK)
    return false;
  setup.clock = a->setup.clock;
  setup.print_helper = a->setup.print_helper;
  a->setup = setup;
  setup_stand(&a->setup, (enum set_kind)a->setup.config.set);
  app_remember_home(a);
  app_begin(a);
  app_know_incidents(a, false);
  app_exercise_watch(a);
  app_make_frame(a);
  app_search(a);
  app_faults_say(a);
  return true;
}

void app_refresh(struct app *a) {
  app_refresh_rows(a);
  app_refresh_card(a);
  app_relist_kept(a);
  a->shown_minute = clock_now(&a->setup.clock) / 60;
}

/* What is shown holds for a time: hours, shifts, temporary numbers, and what was announced. */
static bool pass_minute(struct app *a) {
  if (clock_now(&a->setup.clock) / 60 == a->shown_minute)
    return false;
  app_know_incidents(a, true);
  app_refresh(a);
  return true;
}

bool app_tick(struct app *a) {
  if (!a->setup.cache)
    return look_for_directory(a);
  bool changed = app_follow(a);
  changed = pass_minute(a) || changed;
  changed = app_exercise_watch(a) || changed;
  changed = app_group_look(a) || changed;
  changed = app_mask_again(a) || changed;
  changed = look_idle(a) || changed;
  changed = look_at_tier(a) || changed;
  changed = app_watch_journal(a) || changed;
  changed = look_at_state(a) || changed;
  int64_t now = clock_now(&a->setup.clock);
  return changed || now / 60 != a->frame_minute ||
         ((app_call_shows(a) || app_pin_waits(a)) && now != a->drawn_second);
}

int app_pace_ms(const struct app *a) {
  return app_call_shows(a) || app_pin_waits(a) ? 1000 : 2000;
}

/* The sooner of a moment and one that was found before; -1: none was. */
static int64_t sooner(int64_t seconds, int64_t found) {
  seconds = seconds < 1 ? 1 : seconds;
  return found < 0 || seconds < found ? seconds : found;
}

int app_wait_ms(const struct app *a) {
  struct idle_limits limits;
  bool reading;
  int64_t now = clock_now(&a->setup.clock), wait = -1;
  if (!a->setup.cache || app_call_shows(a) || app_pin_waits(a) || a->unsaved > 0 ||
      (a->journal && journal_writer_unsaved(a->journal, NULL) > 0))
    return app_pace_ms(a);
  int64_t idle = idle_for(a, &limits, &reading), stage = idle_next(&limits, idle, reading);
  const struct exercise *played = setup_exercise(&a->setup);
  if (stage >= 0)
    wait = sooner(stage, wait);
  if (a->revealed_until)
    wait = sooner(a->revealed_until - now, wait);
  if (tier_opened(a))
    wait = sooner(PIN_OPEN_S - clock_since(&a->setup.clock, &a->last_key), wait);
  if (played)
    wait = sooner(played->until - now, wait);
  return wait < 0 ? -1 : wait > 86400 ? 86400000 : (int)wait * 1000;
}

int64_t app_minute_left_s(const struct app *a) {
  return 60 - clock_now(&a->setup.clock) % 60;
}

size_t app_folders(struct app *a, const char *out[APP_FOLDERS]) {
  static const char *const below[] = {"", "/cache", "/journal"};
  size_t count = 0;
  for (size_t i = 0; i < sizeof below / sizeof *below; i++, count++) {
    snprintf(a->folders[count], sizeof a->folders[count], "%s%s", a->setup.config.scope, below[i]);
    out[count] = a->folders[count];
  }
  if (a->setup.cache && cache_folder(a->setup.cache, a->folders[count]))
    out[count] = a->folders[count], count++;
  return count;
}

bool app_rest(struct app *a, bool *changed) {
  bool more = false;
  if (!a->setup.cache || a->damaged)
    return false;
  if (a->typed.len == 0)
    search_warm(a->setup.cache);
  a->damaged = search_prove(a->setup.cache, &more, NULL) == TC_DAMAGED;
  if (a->damaged) { /* every query says so from now on, that of the list first */
    a->frame_made = false;
    app_search(a);
    *changed = true;
  }
  return more;
}
