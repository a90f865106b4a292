#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/golden.h"
#include "tests/lib/views.h"

/* Each screen as it is drawn by the app, on the sizes that matter, in UTF-8 and in ASCII. */
static void draw_found(struct grid *g, struct area a) {
  search_draw(g, a, &view_found);
}
static void draw_alike(struct grid *g, struct area a) {
  search_draw(g, a, &view_alike);
}
static void draw_nothing(struct grid *g, struct area a) {
  search_draw(g, a, &view_nothing);
}
static void draw_start(struct grid *g, struct area a) {
  search_draw(g, a, &view_start);
}
static void draw_card(struct grid *g, struct area a) {
  card_draw(g, a, &view_card, 0);
}
static void draw_digits(struct grid *g, struct area a) {
  digits_draw(g, a, &view_card, 0, false);
}
static void draw_changed(struct grid *g, struct area a) {
  digits_draw(g, a, &view_card, 2, false);
}
static void draw_masked(struct grid *g, struct area a) {
  digits_draw(g, a, &view_card, 3, false);
}
static void draw_revealed(struct grid *g, struct area a) {
  digits_draw(g, a, &view_card, 3, true);
}
static void draw_fax(struct grid *g, struct area a) {
  (void)fax_draw(g, a, &view_fax, 0, "52", 0);
}
static void draw_fax_alike(struct grid *g, struct area a) {
  (void)fax_draw(g, a, &view_fax, 0, "5204", 0);
}
static void draw_fax_server(struct grid *g, struct area a) {
  (void)fax_draw(g, a, &view_fax, 1, "", 0);
}
static void draw_sites(struct grid *g, struct area a) {
  list_draw(g, a, &view_sites);
}
static void draw_desk(struct grid *g, struct area a) {
  list_draw(g, a, &view_desk);
}
static void draw_form(struct grid *g, struct area a) {
  form_draw(g, a, &view_form);
}
static void draw_help(struct grid *g, struct area a) {
  help_draw(g, a, 0, "Français : =");
}
static void draw_leave(struct grid *g, struct area a) {
  leave_draw(g, a);
}
static void draw_empty(struct grid *g, struct area a) {
  struct empty_view v = {"There is no directory here yet (/var/lib/tocsin/public).",
                         "tocsin-sync import FILE --map MAP --origin NAME --cache "
                         "/var/lib/tocsin/public",
                         "This screen opens by itself as soon as there is one.", "Français : ="};
  empty_draw(g, a, &v);
}

static const struct {
  const char *name;
  enum screen screen;
  void (*draw)(struct grid *g, struct area area);
} screens[] = {
    {"found", SCREEN_SEARCH, draw_found},       {"alike", SCREEN_SEARCH, draw_alike},
    {"nothing", SCREEN_SEARCH, draw_nothing},   {"start", SCREEN_SEARCH, draw_start},
    {"card", SCREEN_CARD, draw_card},           {"digits", SCREEN_DIGITS, draw_digits},
    {"changed", SCREEN_DIGITS, draw_changed},   {"masked", SCREEN_DIGITS, draw_masked},
    {"revealed", SCREEN_DIGITS, draw_revealed}, {"sites", SCREEN_SITES, draw_sites},
    {"help", SCREEN_HELP, draw_help},           {"leave", SCREEN_LEAVE, draw_leave},
    {"empty", SCREEN_EMPTY, draw_empty},        {"fax", SCREEN_FAX, draw_fax},
    {"fax-alike", SCREEN_FAX, draw_fax_alike},  {"fax-server", SCREEN_FAX, draw_fax_server},
    {"desk", SCREEN_DESK, draw_desk},           {"form", SCREEN_FORM, draw_form},
};
enum { SCREENS = sizeof screens / sizeof *screens };

static void draw(struct grid *g, size_t screen) {
  grid_clear(g);
  struct area area = frame_draw(g, &view_frame, screens[screen].screen);
  if (area.rows > 0)
    screens[screen].draw(g, area);
}

static void each_screen_looks_as_it_was_found_good(void **state) {
  (void)state;
  static const struct { int rows, cols; } sizes[] = {{24, 80}, {10, 40}, {60, 200}};
  for (size_t s = 0; s < SCREENS; s++)
    for (size_t i = 0; i < 3; i++)
      for (int ascii = 0; ascii < 2; ascii++) {
        if (ascii && i == 2)
          continue;
        struct grid g = GRID_INIT;
        char name[96];
        assert_int_equal(grid_resize(&g, sizes[i].rows, sizes[i].cols, NULL), TC_OK);
        g.letters = ascii ? TRANSLIT_ASCII : TRANSLIT_NONE;
        draw(&g, s);
        snprintf(name, sizeof name, "%s-%dx%d%s", screens[s].name, sizes[i].cols, sizes[i].rows,
                 ascii ? "-ascii" : "");
        golden_check(&g, name);
        grid_free(&g);
      }
}

/* It is dialled otherwise since an incident, and is DOWN there too. */
static void a_number_that_changed_says_that_it_is_down(void **state) {
  (void)state;
  static const struct { int rows, cols; } sizes[] = {{24, 80}, {10, 40}};
  static struct card_channel channel;
  struct card card = view_card;
  channel = view_card.channels[0];
  channel.change = CARD_NUMBER;
  channel.changed = "changed 21:40, was 4521";
  channel.state = "DOWN: PBX Saint-Aubin";
  channel.warn = channel.down = true;
  card.channels = &channel;
  card.channel_count = 1;
  for (size_t i = 0; i < 2; i++) {
    struct grid g = GRID_INIT;
    struct buffer text = BUFFER_INIT;
    assert_int_equal(grid_resize(&g, sizes[i].rows, sizes[i].cols, NULL), TC_OK);
    grid_clear(&g);
    card_draw(&g, (struct area){0, 0, sizes[i].rows, sizes[i].cols}, &card, 0);
    for (int row = 0; row < sizes[i].rows; row++) {
      grid_row_text(&g, row, &text);
      buffer_add_char(&text, '\n');
    }
    assert_non_null(strstr(buffer_text(&text), "! DOWN: PBX Saint-Aubin"));
    assert_non_null(strstr(buffer_text(&text), "was 4521"));
    buffer_free(&text);
    grid_free(&g);
  }
}

/* Two names that are cut where one goes on: which is the secretariat is said, whatever their
 * numbers. */
static void a_cut_name_says_where_it_differs(void **state) {
  (void)state;
  static const struct search_item items[] = {
      {.site = "SAB",
       .name = "Salle de surveillance post-interventionnelle",
       .place = "Pav. Cassin 1e",
       .number = "4 3615",
       .kind = "extension",
       .more = "",
       .section = "",
       .fate = ""},
      {.site = "SAB",
       .name = "Salle de surveillance post-interventionnelle, secrétariat",
       .place = "Bât. des Consultations 2e",
       .number = "4 3689",
       .kind = "extension",
       .more = "",
       .section = "",
       .fate = ""}};
  const struct search_view view = {
      .query = "sspi", .caret = 4, .items = items, .count = 2, .counts = "", .note = ""};
  struct grid g = GRID_INIT;
  struct buffer text = BUFFER_INIT;
  assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
  search_draw(&g, (struct area){0, 0, 24, 80}, &view);
  for (int row = 0; row < 24; row++) {
    buffer_clear(&text);
    grid_row_text(&g, row, &text);
    if (strstr(buffer_text(&text), "4 3689"))
      break;
  }
  if (!strstr(buffer_text(&text), "secrétariat"))
    fail_msg("not said: secrétariat: %s", buffer_text(&text));
  assert_non_null(strstr(buffer_text(&text), "4 3689"));
  buffer_free(&text);
  grid_free(&g);
}

/* The line of the list that has it, on the smallest screen. */
static const char *row_with(const struct search_item *items, size_t count, const char *number,
                            struct buffer *text) {
  const struct search_view view = {
      .query = "rea", .caret = 3, .items = items, .count = count, .counts = "", .note = ""};
  struct grid g = GRID_INIT;
  assert_int_equal(grid_resize(&g, 10, 40, NULL), TC_OK);
  search_draw(&g, (struct area){0, 0, 10, 40}, &view);
  for (int row = 0; row < 10; row++) {
    buffer_clear(text);
    grid_row_text(&g, row, text);
    if (strstr(buffer_text(text), number))
      break;
  }
  grid_free(&g);
  return buffer_text(text);
}

/* Whoever reads the row and not the card dials: a sign alone says nothing. */
static void whom_not_to_call_is_said_on_forty_columns(void **state) {
  (void)state;
  static const struct {
    const char *number, *state, *row;
  } cases[] = {
      {"4244", "", ">SAB!4244 do NOT call if… Neurosurgery …"},
      {"0 06 39 98 12 34", "", ">SAB!0 06 39 98 12 34 NO call? Neurosur…"},
      {"4244", "reported DOWN", ">SAB!4244 reported DOWN NO call? Neuros…"},
      {"01 99 00 36 01", "DOWN", ">SAB!01 99 00 36 01 DOWN NO call? Neuro…"},
  };
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *told = "do NOT call if no scan has been read";
    struct search_item item = {.site = "SAB",
                               .name = "Neurosurgery senior",
                               .place = told,
                               .least = told,
                               .must = strlen("do NOT call if"),
                               .least_must = strlen("do NOT call if"),
                               .curt = "do NOT call?",
                               .curtest = "NO call?",
                               .number = cases[i].number,
                               .state = cases[i].state,
                               .kind = "extension",
                               .warn = *cases[i].state,
                               .mind = true,
                               .more = "",
                               .section = "",
                               .fate = ""};
    const char *row = row_with(&item, 1, cases[i].number, &text);
    if (strncmp(row, cases[i].row, strlen(cases[i].row)) != 0)
      fail_msg("\"%s\", not \"%s\"", row, cases[i].row);
  }
  buffer_free(&text);
}

/* What stands before the name takes columns from it: the rest is the same for both. */
static void names_that_a_state_cuts_differ_all_the_same(void **state) {
  (void)state;
  const struct search_item items[] = {{.site = "SAB",
                                       .name = "Surgical intern on call",
                                       .place = "",
                                       .least = "",
                                       .number = "4244",
                                       .state = "reported DOWN",
                                       .kind = "",
                                       .warn = true,
                                       .more = "",
                                       .section = "",
                                       .fate = ""},
                                      {.site = "SAB",
                                       .name = "Surgical intern of the day",
                                       .place = "",
                                       .least = "",
                                       .number = "4245",
                                       .state = "reported DOWN",
                                       .kind = "",
                                       .warn = true,
                                       .more = "",
                                       .section = "",
                                       .fate = ""},
                                      {.site = "SAB",
                                       .name = "Day hospital",
                                       .place = "Oncology",
                                       .least = "",
                                       .number = "4246",
                                       .state = "",
                                       .kind = "",
                                       .more = "Oncology",
                                       .section = "",
                                       .fate = ""},
                                      {.site = "SAB",
                                       .name = "Day hospital",
                                       .place = "Geriatrics",
                                       .least = "",
                                       .number = "4247",
                                       .state = "",
                                       .kind = "",
                                       .more = "Geriatrics",
                                       .section = "",
                                       .fate = ""}};
  static const char *const said[][2] = {
      {"4244", "on call"}, {"4245", "of the day"}, {"4246", "Oncology"}, {"4247", "Geriatrics"}};
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    const char *row = row_with(items, 4, said[i][0], &text);
    if (!strstr(row, said[i][1]))
      fail_msg("not said: %s: %s", said[i][1], row);
  }
  buffer_free(&text);
}

/* Cells are the grid's own: what must hold is that each holds one character of its width. */
static void check_grid(const struct grid *g) {
  for (int row = 0; row < g->rows; row++)
    for (int col = 0; col < g->cols; col++) {
      const struct cell *c = grid_cell(g, row, col);
      assert_true(c->width <= 2);
      if (c->width == 2) {
        assert_true(col + 1 < g->cols);
        assert_int_equal(grid_cell(g, row, col + 1)->width, 0);
      }
      if (c->width == 0) {
        assert_true(col > 0);
        assert_int_equal(grid_cell(g, row, col - 1)->width, 2);
      }
      for (const char *p = c->text; *p; p++)
        assert_true((unsigned char)*p >= 0x20 && *p != 0x7F);
      if (g->letters == TRANSLIT_ASCII)
        for (const char *p = c->text; *p; p++)
          assert_true((unsigned char)*p < 0x7F);
    }
  assert_true(g->cursor_row < g->rows && g->cursor_col < g->cols);
}

static void no_screen_leaves_the_grid_at_any_size(void **state) {
  (void)state;
  for (size_t s = 0; s < SCREENS; s++)
    for (int rows = 1; rows <= 70; rows += rows < 30 ? 1 : 8)
      for (int cols = 1; cols <= 220; cols += cols < 90 ? 3 : 17) {
        struct grid g = GRID_INIT;
        assert_int_equal(grid_resize(&g, rows, cols, NULL), TC_OK);
        g.letters = (rows + cols) % 2 ? TRANSLIT_ASCII : TRANSLIT_NONE;
        draw(&g, s);
        check_grid(&g);
        grid_free(&g);
      }
}

/* The number of the chosen row and its site can be read whole at every size that is served. */
static void number_and_site_are_never_cut(void **state) {
  (void)state;
  for (int rows = FRAME_ROWS_MIN; rows <= 60; rows += 5)
    for (int cols = FRAME_COLS_MIN; cols <= 200; cols += 7) {
      struct grid g = GRID_INIT;
      struct buffer text = BUFFER_INIT;
      bool seen = false;
      assert_int_equal(grid_resize(&g, rows, cols, NULL), TC_OK);
      draw(&g, 0);
      for (int row = 0; row < rows; row++) {
        buffer_clear(&text);
        grid_row_text(&g, row, &text);
        const char *line = buffer_text(&text);
        seen = seen || (strncmp(line, ">SAB", 4) == 0 && strstr(line, "0 06 39 98 12 34"));
      }
      assert_true(seen);
      buffer_free(&text);
      grid_free(&g);
    }
}

static void cursor_is_at_the_end_of_find_while_typing(void **state) {
  (void)state;
  struct grid g = GRID_INIT;
  assert_int_equal(grid_resize(&g, 24, 80, NULL), TC_OK);
  draw(&g, 0);
  assert_int_equal(g.cursor_row, 1);
  assert_int_equal(g.cursor_col, 1 + (int)strlen("Find: rea chi"));
  struct search_view v = view_found;
  grid_clear(&g);
  v.part = PART_LIST;
  search_draw(&g, frame_draw(&g, &view_frame, SCREEN_SEARCH), &v);
  assert_string_equal(grid_cell(&g, g.cursor_row, 0)->text, ">");
  v.part = PART_CODES;
  search_draw(&g, frame_draw(&g, &view_frame, SCREEN_SEARCH), &v);
  assert_int_equal(g.cursor_row, 22);
  grid_free(&g);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_screen_looks_as_it_was_found_good),
      cmocka_unit_test(a_number_that_changed_says_that_it_is_down),
      cmocka_unit_test(a_cut_name_says_where_it_differs),
      cmocka_unit_test(whom_not_to_call_is_said_on_forty_columns),
      cmocka_unit_test(names_that_a_state_cuts_differ_all_the_same),
      cmocka_unit_test(no_screen_leaves_the_grid_at_any_size),
      cmocka_unit_test(number_and_site_are_never_cut),
      cmocka_unit_test(cursor_is_at_the_end_of_find_while_typing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
