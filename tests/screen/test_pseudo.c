/* A language whose words are 40 % longer (tools/pseudo): whatever gives way, it is no number, no
 * site and no state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "core/reach.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/cut_states.h"
#include "tests/lib/folder.h"
#include "tests/lib/scenes.h"
#include "tests/lib/small_directory.h"
#include "tests/lib/views.h"
#include "tui/app_state.h"

static struct grid g = GRID_INIT;
static struct buffer text = BUFFER_INIT;

static const char *row_text(int row) {
  buffer_clear(&text);
  grid_row_text(&g, row, &text);
  return buffer_text(&text);
}

static bool shows(const char *what) {
  for (int row = 0; row < g.rows; row++)
    if (strstr(row_text(row), what))
      return true;
  return false;
}

static void explain(const char *what, const char *where) {
  fprintf(stderr, "%s, %s %dx%d:\n", what, where, g.cols, g.rows);
  for (int row = 0; row < g.rows; row++)
    fprintf(stderr, "|%s\n", row_text(row));
  fail_msg("%s", what);
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* No digit stands before a sign of something cut, and no state is there in part. */
static void nothing_is_cut(const char *where) {
  for (int row = 0; row < g.rows; row++) {
    const char *line = row_text(row);
    for (const char *p = strstr(line, "…"); p; p = strstr(p + 1, "…")) {
      if (p - line > 2 && is_digit(p[-1]) && (is_digit(p[-2]) || is_digit(p[-3])))
        explain("a number is cut", where);
    }
    if (cut_state(line))
      explain(cut_state(line), where);
  }
}

/* ---- no number is there in part
 * ---------------------------------------------------------------
 * All that somebody read on the widest pinned screens, where each number has room: what begins one
 * of them and is none itself is the rest of one that was cut. */
enum { WHOLE_MAX = 4096, FIGURES = 24, LEAST_FIGURES = 3, NUMBER_FIGURES = 6 };
static char whole[WHOLE_MAX][FIGURES];
static size_t whole_count;

/* The next number of a line, its groups without the blanks between: what stands beside a colon, a
 * point, a stroke or a letter is a time, a date or a word.  NULL: there is none. */
static const char *next_number(const char *p, char out[FIGURES]) {
  static const char beside[] = ":./-,";
  for (; *p; p++) {
    const char *from = p;
    size_t n = 0;
    if (!is_digit(*p))
      continue;
    while (is_digit(*p) || (*p == ' ' && is_digit(p[1]))) {
      if (*p != ' ' && n + 1 < FIGURES)
        out[n++] = *p;
      p++;
    }
    out[n] = '\0';
    bool apart = (*p && strchr(beside, *p) && is_digit(p[1])) || (*p >= 'a' && *p <= 'z');
    if (!apart && !(from[-1] && (strchr(beside, from[-1]) || (from[-1] >= 'a' && from[-1] <= 'z'))))
      return p;
    if (!*p)
      return NULL;
  }
  return NULL;
}

static bool is_whole(const char *number) {
  for (size_t i = 0; i < whole_count; i++)
    if (strcmp(whole[i], number) == 0)
      return true;
  return false;
}

/* Behind the digit that chooses a number of a card. */
static const char *behind_choice(const char *line) {
  return line[0] == ' ' && is_digit(line[1]) && line[2] == ' ' ? line + 2 : line;
}

static void learn(const char *line) {
  char number[FIGURES];
  for (const char *p = next_number(behind_choice(line), number); p; p = next_number(p, number))
    if (!is_whole(number)) {
      assert_true(whole_count < WHOLE_MAX);
      memcpy(whole[whole_count++], number, FIGURES);
    }
}

static void learn_all(void) {
  const char *top = getenv("TOCSIN_TOP");
  for (size_t i = 0; i < scene_count; i++) {
    char path[1024], line[2048] = " ";
    snprintf(path, sizeof path, "%s/tests/screen/golden/%s-%dx%d.txt", top ? top : ".",
             scenes[i].name, scene_sizes[SCENE_SIZES - 1].cols, scene_sizes[SCENE_SIZES - 1].rows);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line + 1, sizeof line - 1, f))
      if (strncmp(line + 1, "cursor ", 7) != 0)
        learn(line + 1);
    fclose(f);
  }
}

static bool begins_a_number(const char *number) {
  size_t len = strlen(number);
  for (size_t i = 0; i < whole_count; i++)
    if (strlen(whole[i]) >= NUMBER_FIGURES && strlen(whole[i]) > len &&
        strncmp(whole[i], number, len) == 0)
      return true;
  return false;
}

static void no_number_is_in_part(const char *where) {
  for (int row = 0; row < g.rows; row++) {
    char line[2048], number[FIGURES];
    snprintf(line, sizeof line, " %s", row_text(row));
    for (const char *p = next_number(behind_choice(line + 1), number); p;
         p = next_number(p, number))
      if (strlen(number) >= LEAST_FIGURES && !is_whole(number) && begins_a_number(number))
        explain(number, where);
  }
}

/* ---- rows keep their sites, numbers their states
 * ---------------------------------------------------------------
 * Asked of what is drawn, not of a sign of something cut, which need not be there. */

/* Of "DOWN extension" DOWN is; of "changed 03:12, was 4 5211" it goes as far as the comma. */
static bool has_its_state(const char *line, const struct search_item *item, bool column) {
  char part[256];
  if (!column && item->brief && strstr(line, item->brief)) /* where a name has no room beside it */
    return true;
  if (!column || (item->state && *item->state && strstr(item->kind, item->state)))
    return !item->state || strstr(line, item->state);
  snprintf(part, sizeof part, "%.*s", (int)strcspn(item->kind, ","), item->kind);
  return !(item->warn || item->changed) || strstr(line, part);
}

static void row_is_whole(const struct app *a, int row, const struct search_item *item,
                         const char *where) {
  const char *line = row_text(row);
  size_t site = strlen(item->site);
  bool column = g.cols >= 60 && a->setup.config.layout != CONFIG_LAYOUT_NARROW;
  if (column && item->must && strstr(item->place, _("do NOT call if")) &&
      !strstr(line, _("do NOT call if")))
    explain("the warning of a row is hidden", where);
  if (strncmp(line + 1, item->site, site) != 0 || !strchr(" !~+", line[1 + site]))
    explain("the site of a row is cut", where);
  if (item->left && *item->left ? !strstr(line, item->left_least) && !strstr(line, item->kind)
                                : !has_its_state(line, item, column))
    explain("the state of a row is cut", where);
}

static bool is_rule(int row) {
  return strncmp(row_text(row), "─", strlen("─")) == 0;
}

/* From the chosen row up and down, over the rules between two sections. */
static int rows_are_whole(const struct app *a, const char *where) {
  struct search_view v = {.count = a->item_count,
                          .narrow = a->setup.config.layout == CONFIG_LAYOUT_NARROW};
  int head = app_call_shows(a), bottom = g.rows - 1 - app_rows_below(a), chosen = 0, seen = 0;
  int first = 2 + head + is_rule(2 + head);
  int end = first + 1 + search_page((struct area){1 + head, 0, bottom - head, g.cols}, &v);
  while (chosen < g.rows && row_text(chosen)[0] != '>')
    chosen++;
  for (int by = -1; by <= 1; by += 2)
    for (int row = chosen, i = (int)a->selected;
         row >= first && row < end && i >= 0 && i < (int)a->item_count; row += by) {
      if (is_rule(row))
        continue;
      if (row_text(row)[0] != ' ' && row != chosen) /* the sentence above the list */
        break;
      if (by < 0 && row < chosen &&
          (!*a->items[i].number || !strstr(row_text(row), a->items[i].number)))
        break;
      row_is_whole(a, row, &a->items[i], where);
      i += by;
      seen++;
    }
  return seen;
}

/* What is shown, its lines one behind the other with one blank between words. */
static bool shows_over_lines(const char *what) {
  static struct buffer all = BUFFER_INIT;
  buffer_clear(&all);
  for (int row = 0; row < g.rows; row++)
    for (const char *p = row_text(row); *p; p++)
      if (*p != ' ' || (all.len && all.data[all.len - 1] != ' '))
        buffer_add_char(&all, *p);
  return strstr(buffer_text(&all), what);
}

static void card_is_whole(const struct app *a, const char *where) {
  for (size_t i = 0; i < a->card->channel_count; i++) {
    const struct card_channel *c = &a->card->channels[i];
    const char *state = *c->changed ? c->changed : c->state;
    int row = 0;
    while (row < g.rows && !(*c->number && strstr(row_text(row), c->number)))
      row++;
    if (row + 4 < g.rows - app_rows_below(a) && !shows_over_lines(state))
      explain(state, where);
  }
}

struct step {
  const char *name, *typed;
  struct key key;
  const char *numbers[3];
};

/* What is pressed, and what must then be on a screen of 24 rows. */
static const struct step steps[] = {
    {"start", "", {K_NONE, 0}, {"2222", "18", NULL}},
    {"found", "rea", {K_NONE, 0}, {"0 01 99 00 52 31", "0 06 39 98 12 34", "0 01 99 00 47 31"}},
    {"card", "", {K_ENTER, 0}, {"0 01 99 00 52 31", "0 01 99 00 52 40", NULL}},
    {"digits", "1", {K_NONE, 0}, {"0, 01, 99, 00, 52, 31", NULL, NULL}},
    {"card again", "", {K_ESC, 0}, {"0 01 99 00 52 31", NULL, NULL}},
    {"fax", "", {K_F6, 0}, {NULL, NULL, NULL}},
    {"sites", "", {K_F2, 0}, {NULL, NULL, NULL}},
    {"from", "", {K_F5, 0}, {NULL, NULL, NULL}},
    {"print", "", {K_F7, 0}, {NULL, NULL, NULL}},
    {"status", "", {K_F12, 0}, {NULL, NULL, NULL}},
    {"help", "", {K_F1, 0}, {NULL, NULL, NULL}},
    {"nothing", "zzzzqqqxx", {K_F10, 0}, {NULL, NULL, NULL}},
};

static void walk(int rows, int cols) {
  char scope[FOLDER_PATH], config[FOLDER_PATH + 16];
  struct options options = {.set = -1};
  struct tc_error err = {0};
  struct setup setup;
  struct app *app = NULL;
  assert_int_equal(folder_make(scope), 0);
  assert_int_equal(small_directory(scope, 1, &err), TC_OK);
  snprintf(config, sizeof config, "%s/tocsin.conf", scope);
  FILE *f = fopen(config, "w");
  assert_non_null(f);
  fprintf(f, "[terminal]\nsite = SAB\nset = ward\ncountry = FR\nscope = %s\n", scope);
  assert_int_equal(fclose(f), 0);
  options.value[OPT_CONFIG] = config;
  assert_int_equal(setup_open(&setup, &options, &err), TC_OK);
  setup.clock = (struct clock){.stopped = true, .at = SMALL_TIME + 864120};
  assert_int_equal(app_open(&app, &setup, &options, &err), TC_OK);
  assert_int_equal(grid_resize(&g, rows, cols, NULL), TC_OK);
  app_size(app, rows, cols);
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    const struct step *s = &steps[i];
    if (s->key.name)
      app_key(app, s->key);
    for (const char *p = s->typed; *p; p++)
      app_key(app, (struct key){K_TEXT, (uint32_t)*p});
    app_draw(app, &g);
    nothing_is_cut(s->name);
    if (!strstr(row_text(0), "SAB"))
      explain("the site is not on top", s->name);
    for (size_t k = 0; rows >= 24 && k < 3 && s->numbers[k]; k++)
      if (!shows(s->numbers[k]))
        explain(s->numbers[k], s->name);
    if (!shows("2222"))
      explain("the crash code is gone", s->name);
  }
  app_close(app);
  folder_remove(scope);
}

static void every_screen_keeps_numbers_sites_and_states(void **state) {
  (void)state;
  static const struct { int rows, cols; } sizes[] = {{24, 80}, {10, 40}, {60, 200}, {16, 60}};
  assert_true(strlen(_("switchboard")) >= strlen("switchboard") * 7 / 5);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    walk(sizes[i].rows, sizes[i].cols);
}

/* The hand-made views hold what the small directory has not: states, changes, masks. */
static void cards_keep_their_states(void **state) {
  (void)state;
  static struct card_channel channels[REACH_STATE_COUNT];
  struct card card = view_card;
  for (int s = 0; s < REACH_STATE_COUNT; s++) {
    channels[s] = view_card.channels[0];
    channels[s].kind = contact_kind_text(CONTACT_FAX_SERVER);
    channels[s].state = reach_state_text((enum reach_state)s);
    channels[s].shown_state = channels[s].state;
    channels[s].warn = s != REACH_NO_FAULT_KNOWN;
    channels[s].more = "";
  }
  card.channels = channels;
  card.channel_count = REACH_STATE_COUNT;
  for (int cols = 40; cols <= 200; cols += 20) {
    assert_int_equal(grid_resize(&g, 60, cols, NULL), TC_OK);
    card_draw(&g, frame_draw(&g, &view_frame, SCREEN_CARD), &card, 0);
    nothing_is_cut("card");
    for (int s = 0; s < REACH_STATE_COUNT && cols >= 60; s++)
      if (!shows(reach_state_text((enum reach_state)s)))
        explain(reach_state_text((enum reach_state)s), "card");
  }
}

/* Every screen that is pinned, in that language. */
static void every_pinned_screen_keeps_them_too(void **state) {
  (void)state;
  int rows = 0;
  learn_all();
  for (size_t i = 0; i < scene_count; i++) {
    struct bench b;
    scene_open(&b, scenes[i].place, &scene_sizes[0]);
    keys(&b, scenes[i].keys);
    for (size_t s = 0; s < SCENE_SIZES; s++) {
      assert_int_equal(grid_resize(&g, scene_sizes[s].rows, scene_sizes[s].cols, NULL), TC_OK);
      scene_resize(&b, &scene_sizes[s]);
      app_draw(b.app, &g);
      if (app_screen(b.app) != SCREEN_FORM || scene_sizes[s].cols >= 80)
        nothing_is_cut(scenes[i].name); /* the help of a form may end in an example */
      no_number_is_in_part(scenes[i].name);
      if (cut_way_out(&g, b.app->message))
        explain(cut_way_out(&g, b.app->message), scenes[i].name);
      if (cut_hint(&g, app_screen(b.app), &b.app->list))
        explain(cut_hint(&g, app_screen(b.app), &b.app->list), scenes[i].name);
      if (app_screen(b.app) == SCREEN_SEARCH && b.app->item_count)
        rows += rows_are_whole(b.app, scenes[i].name);
      if (app_screen(b.app) == SCREEN_CARD && b.app->card)
        card_is_whole(b.app, scenes[i].name);
    }
    stop(&b);
  }
  if (rows < 300)
    fail_msg("%d rows were looked at", rows);
}

int main(void) {
  catalogue_use("pseudo");
  i18n_language("qps");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_screen_keeps_numbers_sites_and_states),
      cmocka_unit_test(cards_keep_their_states),
      cmocka_unit_test(every_pinned_screen_keeps_them_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
