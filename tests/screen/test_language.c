/* The key for the other language: all that is on the screen is in it at once, and the terminal
 * speaks its own again when it is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/folder.h"
#include "tests/lib/small_directory.h"
#include "tui/app_state.h"

static char scope[FOLDER_PATH], config[FOLDER_PATH + 16];
static struct options options;
static struct app *app;
static struct grid g = GRID_INIT;
static struct buffer text = BUFFER_INIT;

static void start(bool kiosk, const char *language, const char *settings) {
  struct setup setup;
  struct tc_error err = {0};
  i18n_language(language);
  assert_int_equal(folder_make(scope), 0);
  assert_int_equal(small_directory(scope, 1, &err), TC_OK);
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  FILE *f = fopen(config, "w");
  assert_non_null(f);
  fprintf(f, "[terminal]\nset = ward\ncountry = FR\nscope = %s\n%s", scope, settings);
  assert_int_equal(fclose(f), 0);
  options = (struct options){.set = -1, .forgiving = true};
  options.value[OPT_CONFIG] = config;
  assert_int_equal(setup_open(&setup, &options, &err), TC_OK);
  setup.clock = (struct clock){.stopped = true, .at = SMALL_TIME + 864120};
  setup.kiosk = kiosk;
  assert_int_equal(app_open(&app, &setup, &options, &err), TC_OK);
  assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
  app_size(app, 24, 80);
}

static void stop(void) {
  app_close(app);
  folder_remove(scope);
  i18n_language("en");
}

static bool shows(const char *what) {
  app_draw(app, &g);
  buffer_clear(&text);
  for (int row = 0; row < g.rows; row++) {
    grid_row_text(&g, row, &text);
    buffer_add_char(&text, '\n');
  }
  return strstr(buffer_text(&text), what);
}

static void type(const char *keys) {
  for (; *keys; keys++)
    app_key(app, (struct key){K_TEXT, (uint32_t)*keys});
}

static void press(enum key_name key) {
  app_key(app, (struct key){key, 0});
}

static void the_home_screen_says_the_key_in_the_other_language(void **state) {
  (void)state;
  start(true, "en", "site = SAB\n");
  assert_true(shows("Français : =") && shows("Find:") && shows("emergency codes here"));
  type("=");
  assert_true(shows("English: =") && shows("Chercher :") && shows("codes d'urgence ici"));
  assert_true(shows("poste interne") && shows("Taper un nom"));
  assert_false(shows("ward phone") || shows("Find:") || shows("emergency") || shows("Help"));
  press(K_F1);
  assert_true(shows("English: =") && shows("cette aide"));
  type("=");
  assert_true(shows("Français : =") && shows("this help"));
  stop();
}

static void every_screen_is_in_it_at_once(void **state) {
  (void)state;
  static const struct {
    enum key_name opens;
    const char *typed, *english, *french;
  } screens[] = {
      {K_F2, "", "Sites", "Sites"},
      {K_F4, "", "Esc: back", "Échap"},
      {K_F5, "", "Calling from", "Vous appelez depuis"},
      {K_F9, "", "On call now", "De garde"},
      {K_F3, "xx", "a time is written as", "un moment s'écrit"},
  };
  start(false, "en", "site = SAB\ndesk = yes\n");
  for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
    press(screens[i].opens);
    type(screens[i].typed);
    if (*screens[i].typed)
      press(K_ENTER);
    bool english = shows(screens[i].english);
    type("=");
    if (!english || !shows(screens[i].french))
      fail_msg("%s: %s", screens[i].english, buffer_text(&text));
    type("=");
    assert_true(shows(screens[i].english));
    press(K_ESC);
    press(K_ESC);
  }
  stop();
}

static void a_card_stays_where_it_is(void **state) {
  (void)state;
  start(false, "en", "site = SAB\n");
  type("rea");
  press(K_DOWN);
  size_t row = app->selected;
  assert_true(row == 1 && shows("Find: rea"));
  type("=");
  assert_true(app->selected == row && shows("Chercher : rea"));
  press(K_ENTER);
  type("1");
  assert_true(shows("lire :") || shows("lu :"));
  struct uuid uuid = app->card->channels[app->channel].uuid;
  app_key(app, (struct key){K_CTRL, '_'});
  assert_true(shows("read: ") && app_screen(app) == SCREEN_DIGITS);
  if (!shows("not known what it rides on"))
    fail_msg("%s", buffer_text(&text));
  assert_true(uuid_equal(&uuid, &app->card->channels[app->channel].uuid));
  stop();
}

static void where_text_is_written_it_is_a_sign_and_control_is_the_key(void **state) {
  (void)state;
  start(false, "en", "site = SAB\ndesk = yes\n");
  type("rea");
  press(K_ENTER);
  type("+1");
  assert_int_equal(app_screen(app), SCREEN_FORM);
  type("T=38");
  assert_true(shows("T=38") && shows("Find:") == false && shows("initials"));
  app_key(app, (struct key){K_CTRL, '_'});
  assert_true(shows("T=38") && shows("initiales"));
  stop();
}

static void left_alone_it_speaks_its_own_again(void **state) {
  (void)state;
  start(true, "fr", "site = SAB\n[screen]\nidle_minutes = 2\n");
  assert_true(shows("Chercher :") && shows("English: ="));
  type("=");
  assert_true(shows("Find:"));
  app->setup.clock.at += 106;
  assert_true(app_tick(app));
  assert_true(shows("nobody here?"));
  app->setup.clock.at += 15;
  assert_true(app_tick(app));
  assert_true(shows("Chercher :") && shows("English: =") && !shows("Find:"));
  app->setup.clock.at += 600;
  app_tick(app);
  assert_true(app_screen(app) == SCREEN_REST && shows("English: ="));
  type("=");
  assert_true(app_screen(app) == SCREEN_SEARCH && shows("Find:"));
  stop();
}

static void what_the_configuration_has_wrong_is_said_in_it(void **state) {
  (void)state;
  start(true, "fr", "site = NOWHERE\n");
  assert_true(shows("il n'y a pas de site NOWHERE") && !shows(scope));
  assert_true(shows("Chercher :"));
  stop();
  start(false, "en", "site = NOWHERE\n");
  press(K_F12);
  if (!shows("configuration") || !shows("no site"))
    fail_msg("%s", buffer_text(&text));
  type("=");
  assert_true(shows("pas de site") && !shows("no site"));
  stop();
}

/* A kiosk that began before its first pull, configured for a site that the directory turns out not
 * to have. */
static void a_directory_that_comes_later_is_shown_in_it(void **state) {
  (void)state;
  struct setup setup;
  struct tc_error err = {0};
  char path[FOLDER_PATH + 32];
  assert_int_equal(folder_make(scope), 0);
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  snprintf(path, sizeof path, "%s/later", scope);
  FILE *f = fopen(config, "w");
  assert_non_null(f);
  fprintf(f, "[terminal]\nsite = NOWHERE\nscope = %s\n[screen]\nlanguage = en\n", path);
  assert_int_equal(fclose(f), 0);
  options = (struct options){.set = -1, .forgiving = true};
  options.value[OPT_CONFIG] = config;
  assert_int_equal(setup_open(&setup, &options, &err), TC_NEVER_SYNCED);
  setup.kiosk = true;
  assert_int_equal(app_open(&app, &setup, &options, &err), TC_OK);
  assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
  app_size(app, 24, 80);
  assert_true(shows("There is no directory on this terminal yet") && shows("Français : ="));
  type("=");
  assert_true(shows("English: =") && !shows("There is no directory"));
  app_tick(app); /* it looks for one, and reads the configuration anew */
  assert_true(shows("English: ="));
  tc_error_clear(&err);
  assert_int_equal(small_directory(path, 1, &err), TC_OK);
  assert_true(app_tick(app));
  assert_true(shows("Chercher :") && shows("il n'y a pas de site NOWHERE"));
  stop();
}

static void a_small_window_is_told_in_it(void **state) {
  (void)state;
  static const struct { int rows, cols; } sizes[] = {{1, 1}, {1, 80}, {9, 39}, {24, 1}, {9, 80}};
  start(true, "en", "site = SAB\n");
  for (int french = 0; french < 2; french++) {
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
      assert_int_equal(grid_resize(&g, sizes[i].rows, sizes[i].cols, NULL), TC_OK);
      app_size(app, sizes[i].rows, sizes[i].cols);
      app_draw(app, &g);
      if (sizes[i].rows > 2 && sizes[i].cols > 30)
        assert_true(shows(french ? "trop petit" : "too small"));
    }
    type("=");
  }
  assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
  app_size(app, 24, 80);
  assert_true(shows("Find:"));
  stop();
}

/* English, Spanish, French: who reads one of them finds the keys of it on each. */
static void each_other_language_is_offered_and_english_before_all(void **state) {
  (void)state;
  static const struct {
    const char *keys, *wide, *narrow, *speaks;
  } turns[] = {{"", "Español: =  Français : ==", "Español: =  Français : ==", "Find:"},
               {"=", "English: ==  Français : =", "English: ==", "es Chercher :"},
               {"==", "Español: =  Français : ==", "Español: =  Français : ==", "Find:"},
               {"==", "English: =  Español: ==", "English: =  Español: ==", "Chercher :"},
               {"=", "Español: =  Français : ==", "Español: =  Français : ==", "Find:"}};
  catalogue_use("three");
  start(true, "en", "site = SAB\n");
  for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
    type(turns[i].keys);
    if (!shows(turns[i].wide) || !shows(turns[i].speaks))
      fail_msg("%s: %s", turns[i].wide, buffer_text(&text));
    assert_int_equal(grid_resize(&g, 10, 40, NULL), TC_OK);
    app_size(app, 10, 40);
    if (!shows(turns[i].narrow) ||
        shows("Français") != (strstr(turns[i].narrow, "Français") != NULL))
      fail_msg("40x10, %s: %s", turns[i].narrow, buffer_text(&text));
    press(K_F1);
    assert_true(shows(turns[i].narrow));
    press(K_ESC);
    assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
    app_size(app, 24, 80);
  }
  app->setup.clock.at += 10000;
  app_tick(app);
  assert_true(app_screen(app) == SCREEN_REST && shows("Español: =  Français : =="));
  stop();
  catalogue_use("two");
}

int main(void) {
  catalogue_use("two");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_home_screen_says_the_key_in_the_other_language),
      cmocka_unit_test(every_screen_is_in_it_at_once),
      cmocka_unit_test(a_card_stays_where_it_is),
      cmocka_unit_test(where_text_is_written_it_is_a_sign_and_control_is_the_key),
      cmocka_unit_test(left_alone_it_speaks_its_own_again),
      cmocka_unit_test(what_the_configuration_has_wrong_is_said_in_it),
      cmocka_unit_test(a_directory_that_comes_later_is_shown_in_it),
      cmocka_unit_test(a_small_window_is_told_in_it),
      cmocka_unit_test(each_other_language_is_offered_and_english_before_all),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  grid_free(&g);
  buffer_free(&text);
  return failed;
}
