#include "tui/run.h"

#include <langinfo.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/translit.h"
#include "tui/app.h"
#include "tui/line.h"
#include "tui/lock.h"
#include "tui/pace.h"
#include "tui/pin_tries.h"
#include "tui/plain.h"
#include "tui/print_helper.h"
#include "tui/term.h"
#include "tui/watch.h"

enum { DUE_MS = 1 };

static enum theme_name theme_of(const struct config *config) {
  const char *no_color = getenv("NO_COLOR");
  if (no_color && *no_color)
    return THEME_MONO;
  switch (config->theme) {
  case CONFIG_THEME_LIGHT:
    return THEME_LIGHT;
  case CONFIG_THEME_MONO:
    return THEME_MONO;
  case CONFIG_THEME_DARK:
    return THEME_DARK;
  default:
    break;
  }
  /* "15;0", "0;default;15": some terminals tell their ink and paper. */
  const char *told = getenv("COLORFGBG"), *paper = told ? strrchr(told, ';') : NULL;
  return paper && (strcmp(paper, ";15") == 0 || strcmp(paper, ";7") == 0) ? THEME_LIGHT
                                                                          : THEME_DARK;
}

/* *due: not all of it is on the screen, a key came in between. */
static tc_status show(struct app *a, struct grid *g, struct pace *pace, bool by_itself, bool *due,
                      struct tc_error *err) {
  int rows, cols;
  term_size(&rows, &cols);
  if (rows != g->rows || cols != g->cols) {
    tc_status status = grid_resize(g, rows, cols, err);
    if (status != TC_OK)
      return status;
    app_size(a, g->rows, g->cols);
  }
  app_draw(a, g);
  pace_frame(pace, g, app_rows_below(a), by_itself, clock_monotonic_us());
  *due = !term_show(g);
  if (*due)
    app_cut_off(a);
  return TC_OK;
}

/* How long no key may come before somebody looks. */
static int patience(const struct app *a, const struct watch *w, int held_ms) {
  int wait = watch_sees(w) ? app_wait_ms(a) : app_pace_ms(a);
  return held_ms >= 0 && (wait < 0 || held_ms < wait) ? held_ms : wait;
}

/* Another generation may be the one that is read now.  true: it is. */
static bool watch_again(struct app *a, struct watch *w) {
  const char *folders[APP_FOLDERS];
  size_t count = app_folders(a, folders);
  return watch_folders(w, folders, count);
}

static tc_status loop(struct app *a, struct tc_error *err) {
  struct grid grid = GRID_INIT;
  struct watch watch;
  grid.letters = translit_for(nl_langinfo(CODESET));
  watch_open(&watch);
  bool written = watch_again(a, &watch);
  watch_minute(&watch, app_minute_left_s(a));
  struct pace pace = PACE_INIT;
  pace_looked(&pace, clock_monotonic_us());
  bool stay = true, draw = false, minute = false, rest = true;
  tc_status status = show(a, &grid, &pace, false, &draw, err);
  while (stay && status == TC_OK) {
    struct key key;
    int ready;
    /* What waits may be no key after all (the end of a paste): then the screen is due at once. */
    int64_t now = clock_monotonic_us();
    int held = pace_held_ms(&pace, now), left = pace_left_ms(&pace, now);
    if (rest && !draw && !term_key_waits())
      rest = app_rest(a, &draw);
    bool waits = !draw && !rest && !written;
    tc_status got = term_key(&key, watch.fds, WATCH_FDS, &ready,
                             draw || rest ? DUE_MS
                             : written    ? (left ? left : DUE_MS)
                                          : patience(a, &watch, held));
    if (got != TC_OK)
      break; /* the terminal is gone */
    bool by_itself = key.name == K_NONE;
    draw = draw || !by_itself;
    bool over = waits && ready < 0 && key.name == K_NONE;
    if (ready >= 0 && watch_woke(&watch, ready))
      written = true;
    else if (ready >= 0)
      minute = true;
    now = clock_monotonic_us();
    draw = draw || pace_held_ms(&pace, now) == 0;
    if (minute || over || (written && !pace_left_ms(&pace, now)) ||
        now - pace.looked >= (int64_t)app_pace_ms(a) * 1000) {
      draw = app_tick(a) || draw;
      if (app_rings(a))
        term_ring();
      written = written && watch_again(a, &watch);
      watch_minute(&watch, app_minute_left_s(a));
      pace_looked(&pace, clock_monotonic_us());
      minute = false;
    }
    if (key.name == K_CTRL && key.point == 'L')
      term_redraw();
    stay = app_key(a, key);
    /* Keys that came together are shown together. */
    if (draw && stay && (key.name == K_NONE || !term_key_waits())) {
      status = show(a, &grid, &pace, by_itself, &draw, err);
      rest = true;
    }
  }
  watch_close(&watch);
  grid_free(&grid);
  pace_free(&pace);
  return status;
}

/* What the terminal cannot do is said, and done without.  A kiosk has no dialogue unless it is
 * asked for (what was said in one cannot be taken back everywhere): there every terminal is one
 * that obeys the usual sequences. */
static bool use_plain(const struct options *options, struct setup *setup, enum term_kind kind) {
  const char *name = getenv("TERM");
  if (setup->config.plain)
    return true;
  if (option_given(options, OPT_PLAIN) || kind == TERM_NONE || kind == TERM_SCREEN)
    return kind != TERM_SCREEN || option_given(options, OPT_PLAIN);
  bool plain = kind == TERM_LINES && !option_given(options, OPT_KIOSK);
  setup_add_fault(setup, plain ? SETUP_LINES : SETUP_TERMINAL, name ? name : "");
  return plain;
}

/* The helper is made first: nobody can be made afterwards. */
static tc_status start_helper(struct setup *setup, struct tc_error *err) {
  return setup->kiosk && config_printer(&setup->config, 0, (char[CONFIG_WORD]){0})
             ? print_helper_start(&setup->print_helper, &setup->config, err)
             : TC_OK;
}

static tc_status run_plain(struct setup *setup, struct tc_error *err) {
  tc_status status = start_helper(setup, err);
  if (setup->cache && setup_tier_closes(setup))
    pin_tries_make(setup->config.scope);
  if (status == TC_OK && setup->kiosk)
    status = line_start(err);
  if (status == TC_OK && setup->kiosk)
    status = lock_in(setup->config.scope, err);
  if (status == TC_OK)
    status = plain_run(setup, stdin, stdout, err);
  if (setup->kiosk)
    line_stop();
  return status;
}

tc_status run_screens(const struct options *options, struct tc_error *err) {
  struct setup setup;
  struct app *app = NULL;
  enum term_kind kind = term_kind();
  if (kind == TERM_NONE && option_given(options, OPT_KIOSK))
    return tc_fail(err, TC_UNAVAILABLE, _("a kiosk needs a terminal"));
  struct options forgiving = *options;
  forgiving.forgiving = true;
  tc_status status = setup_open(&setup, &forgiving, err);
  bool plain = (status == TC_OK || status == TC_NEVER_SYNCED) && use_plain(options, &setup, kind);
  if (status != TC_OK && (status != TC_NEVER_SYNCED || plain))
    return status;
  bind_textdomain_codeset("tocsin", "UTF-8"); /* the screen has its own likenesses for the rest */
  if (plain) {
    status = run_plain(&setup, err);
    setup_close(&setup);
    return status;
  }
  struct term_options look = {
      .theme = theme_of(&setup.config), .mouse = setup.config.mouse, .locked = setup.kiosk};
  char scope[CONFIG_PATH];
  snprintf(scope, sizeof scope, "%s", setup.config.scope);
  bool kiosk = setup.kiosk;
  status = start_helper(&setup, err);
  if (status == TC_OK)
    status = app_open(&app, &setup, &forgiving, err);
  if (status == TC_OK) {
    tc_error_clear(err);
    status = term_start(&look, err);
  }
  if (status == TC_OK && kiosk)
    status = lock_in(scope, err);
  if (status == TC_OK)
    status = loop(app, err);
  term_stop();
  app_close(app);
  return status;
}
