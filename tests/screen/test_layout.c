/* What must hold of layouts whatever the data: nothing that one dials is parted, hidden or dead. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/views.h"

static struct grid g = GRID_INIT;
static struct buffer text = BUFFER_INIT;

static void size(int rows, int cols) {
  assert_int_equal(grid_resize(&g, rows, cols, NULL), TC_OK);
}

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

static void a_number_is_never_parted_at_the_end_of_a_line(void **state) {
  (void)state;
  const char *said = "confirm arrival: 0 01 99 00 52 31, then the ward";
  for (int width = 16; width < 60; width++) {
    size(12, 80);
    grid_text_wrap(&g, 0, 0, width, 12, LOOK_TEXT, said);
    assert_true(shows("0 01 99 00 52 31"));
  }
}

static void all_codes_of_a_site_show_in_few_words(void **state) {
  (void)state;
  static const struct frame_code codes[] = {
      {"2222", "cardiac arrest, adults", "", "", false, "", "", ""},
      {"18", "fire or smoke", "", "", false, "", "", ""},
      {"3030", "violence, threats", "DOWN", "", false, "", "", ""},
      {"3535", "birth (bleeding)", "", "", false, "", "", ""}};
  struct frame f = view_frame;
  f.codes = codes;
  f.code_count = 4;
  size(24, 80);
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_string_equal(
      row_text(frame_codes_row(&g)),
      " SAB 2222 cardiac | 18 fire | 3030 violence DOWN | 3535 birth | switchboard 9");
  size(24, 120);
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_true(shows("2222 cardiac arrest | 18 fire or smoke | 3030 violence DOWN"));
  size(24, 200);
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_true(shows("2222 cardiac arrest, adults | 18 fire or smoke"));
}

/* Where the PBX is down from here, codes and switchboard are public numbers: 40 columns have no
 * room for two, and one that is cut would be dialled so. */
static void a_number_of_the_strip_is_whole_or_not_there(void **state) {
  (void)state;
  static const struct frame_code codes[] = {
      {"0 01 99 00 36 01", "arrest, adults", "", "", false, "", "", ""},
      {"0 18", "fire", "", "", false, "", "", ""}};
  static const struct frame_code down[] = {
      {"2222", "arrest, adults", "DOWN: red phone 7700", "7700", true, "", "DOWN: 7700", ""}};
  struct frame f = view_frame;
  f.switchboard = "0 01 99 00 36 00";
  for (int cols = 40; cols <= 100; cols++) {
    size(10, cols);
    f.codes = codes;
    f.code_count = 2;
    frame_draw(&g, &f, SCREEN_SEARCH);
    assert_true(shows("SAB 0 01 99 00 36 01 arrest"));
    row_text(frame_codes_row(&g));
    const char *last = strstr(buffer_text(&text), "| switch");
    assert_true(!last || strstr(last, "switchboard 0 01 99 00 36 00"));
    assert_true(last || cols < 64);
    assert_true(strstr(buffer_text(&text), "0 18") || strstr(buffer_text(&text), " +1"));
    size(10, cols);
    f.codes = down;
    f.code_count = 1;
    frame_draw(&g, &f, SCREEN_SEARCH);
    row_text(frame_codes_row(&g));
    assert_non_null(strstr(buffer_text(&text), "7700"));
    last = strstr(buffer_text(&text), "| switch");
    assert_true(!last || strstr(last, "switchboard 0 01 99 00 36 00"));
    size(10, cols);
    f.code_count = 0;
    f.no_codes = "no emergency code is listed for this site";
    frame_draw(&g, &f, SCREEN_SEARCH);
    row_text(frame_codes_row(&g));
    last = strstr(buffer_text(&text), "| switch");
    assert_true(!last || strstr(last, "switchboard 0 01 99 00 36 00"));
  }
}

/* Whatever stands before it, the smallest screen says which domain, how it is and for which calls,
 * and how many more there are. */
static void a_strip_of_forty_columns_has_state_directions_name_and_count(void **state) {
  (void)state;
  static const struct {
    struct strip_brief brief;
    const char *said;
  } cases[] = {
      {{{"DOWN inside+inbound: ", "DOWN ins.+inb.: ", "DOWN ins.+inb. ", "DOWN ins.+inb. "},
        "PBX Saint-Aubin",
        "pbx-sab",
        "03:04",
        2},
       " ! DOWN inside+inbound: PBX Sain… +2 F4"},
      {{{"EXERCISE: DOWN inside+inbound: ", "EXERCISE: DOWN ins.+inb.: ",
         "EXERCISE DOWN ins.+inb. ", "EXER. DOWN ins.+inb. "},
        "PBX Saint-Aubin",
        "pbx-saint-aubin",
        "03:04",
        12},
       " ! EXER. DOWN ins.+inb. PBX Sai… +12 F4"},
      {{{"EXERCISE: DOWN inside+inbound: ", "EXERCISE: DOWN ins.+inb.: ",
         "EXERCISE DOWN ins.+inb. ", "EXER. DOWN ins.+inb. "},
        "PBX Saint-Aubin",
        "pbx-sab",
        "03:04",
        2},
       " ! EXERCISE DOWN ins.+inb. PBX S… +2 F4"},
      {{{"NOT NOW: reported: DOWN inside+inbound: ", "NOT NOW: reported: DOWN ins.+inb.: ",
         "NOT NOW reported DOWN ins.+inb. ", "THEN DOWN? ins.+inb. "},
        "PBX Saint-Aubin",
        "pbx-sab",
        "03:04",
        2},
       " ! THEN DOWN? ins.+inb. PBX Sain… +2 F4"},
  };
  struct frame f = view_frame;
  f.strip = "3 incidents: Calls inside and INTO Saint-Aubin fail since Sat 11:14";
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    f.brief = cases[i].brief;
    size(10, 40);
    frame_draw(&g, &f, SCREEN_SEARCH);
    assert_string_equal(row_text(7), cases[i].said);
  }
}

/* In an outage with a card open: what has no room is counted. */
static void codes_without_room_are_counted(void **state) {
  (void)state;
  static const struct frame_code down[] = {
      {"2222", "arrest", "DOWN: red phone 7021", "7021", true, "", "DOWN: 7021", ""},
      {"18", "fire", "DOWN", "", true, "", "", ""},
      {"3030", "violence", "DOWN", "", true, "", "", ""}};
  struct frame f = view_frame;
  f.codes = down;
  f.code_count = 3;
  f.switchboard = "0 01 99 00 36 00 on red phone";
  for (int cols = 40; cols <= 120; cols++) {
    size(24, cols);
    frame_draw(&g, &f, SCREEN_SEARCH);
    row_text(frame_codes_row(&g));
    const char *line = buffer_text(&text);
    assert_non_null(strstr(line, "7021"));
    assert_true(strstr(line, " +2") || (strstr(line, "18 DOWN") && strstr(line, " +1")) ||
                strstr(line, "3030"));
  }
  size(24, 80);
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_true(shows("2222 DOWN: red phone 7021 +2 | switchboard 0 01 99 00 36 00 on red phone"));
}

/* One report, and what is left is a number of ten figures: it is whole, and the state is there by a
 * word or by its sign, however long the words of the language are. */
static void a_code_in_doubt_keeps_what_is_left_on_forty_columns(void **state) {
  (void)state;
  static const char *const states[] = {"in doubt: 0 01 99 00 36 01", "en doute : 0 01 99 00 36 01",
                                       "[in doubt~~~]: 0 01 99 00 36 01"};
  static const struct search_item doubted = {.section = "",
                                             .site = "SAB",
                                             .name = "Arrêt cardiaque",
                                             .place = "",
                                             .found = "",
                                             .fate = "",
                                             .number = "2222",
                                             .left = "0 01 99 00 36 01",
                                             .left_kind = "",
                                             .left_least = "0 01 99 00 36 01",
                                             .left_sign = "? 0 01 99 00 36 01",
                                             .kind = "reported DOWN: line 0 01 99 00 36 01",
                                             .more = "",
                                             .least = "",
                                             .where = "",
                                             .here = true,
                                             .warn = true};
  for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
    struct frame_code codes[5];
    for (size_t k = 0; k < 5; k++)
      codes[k] = (struct frame_code){"2222",
                                     "arrêt",
                                     "reported DOWN: line 0 01 99 00 36 01",
                                     "0 01 99 00 36 01",
                                     true,
                                     "",
                                     states[i],
                                     "? 0 01 99 00 36 01"};
    struct frame f = view_frame;
    struct search_item item = doubted;
    struct search_view v = view_found;
    item.left_brief = states[i];
    v.items = &item;
    v.count = 1;
    v.selected = 0;
    f.codes = codes;
    f.code_count = 5;
    size(10, 40);
    search_draw(&g, frame_draw(&g, &f, SCREEN_SEARCH), &v);
    const char *line = row_text(frame_codes_row(&g));
    if (!strstr(line, "0 01 99 00 36 01 +4") ||
        !(strstr(line, states[i]) || strstr(line, "2222 ? ")))
      fail_msg("|%s", line);
    if (!shows("SAB!2222 ? 0 01 99 00 36 01 Arrêt"))
      fail_msg("|%s", row_text(2));
  }
}

/* DOWN has a word that is short: it stays, and what the code is for shows behind the number. */
static void a_code_that_is_down_keeps_its_name_on_forty_columns(void **state) {
  (void)state;
  struct search_item item = {.section = "",
                             .site = "SAB",
                             .name = "Agression",
                             .place = "",
                             .found = "",
                             .fate = "",
                             .number = "3030",
                             .left = "0 01 99 00 36 03",
                             .left_kind = "",
                             .left_least = "0 01 99 00 36 03",
                             .left_brief = "PANNE : 0 01 99 00 36 03",
                             .left_sign = "",
                             .kind = "PANNE : ligne directe 0 01 99 00 36 03",
                             .more = "",
                             .least = "",
                             .where = "",
                             .here = true,
                             .warn = true};
  struct search_view v = view_found;
  v.items = &item;
  v.count = 1;
  v.selected = 0;
  size(10, 40);
  search_draw(&g, frame_draw(&g, &view_frame, SCREEN_SEARCH), &v);
  assert_true(shows("SAB!3030 PANNE : 0 01 99 00 36 03 Agr"));
}

/* Of what does not fit the way out stands whole, after as much of the rest as has room. */
static void the_way_out_of_a_message_is_whole(void **state) {
  (void)state;
  static const char *const said[] = {
      "un autre moment est regardé : rien ne peut être écrit ; F3 revient à maintenant",
      "EXERCICE : seul le résultat des appels est noté ; F3 montre la réponse réelle",
      "effacé dans 15 s ; une touche le garde", "Entrée ou son chiffre. Échap : retour."};
  static const char *const ways[] = {"F3 revient à maintenant", "F3 montre la réponse réelle",
                                     "une touche le garde", "Échap : retour."};
  struct frame f = view_frame;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    f.message = said[i];
    for (int cols = 40; cols <= 100; cols++)
      for (int rows = 10; rows <= 24; rows += 14) {
        size(rows, cols);
        frame_draw(&g, &f, SCREEN_SEARCH);
        if (!shows(ways[i]))
          fail_msg("%dx%d: %s", cols, rows, said[i]);
      }
  }
  size(10, 40);
  frame_draw(&g, &f, SCREEN_SEARCH);
  f.message = said[0];
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_string_equal(row_text(9), " un autre mom… ; F3 revient à maintenant");
}

static void the_bar_has_no_dead_key(void **state) {
  (void)state;
  struct frame f = view_frame;
  size(24, 80);
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_true(shows("Esc Back") && shows("Enter Open"));
  f.dead = FRAME_DEAD(ACT_BACK) | FRAME_DEAD(ACT_OPEN);
  size(24, 80);
  frame_draw(&g, &f, SCREEN_SEARCH);
  assert_false(shows("Esc Back") || shows("Enter Open"));
}

static void a_card_scrolls_row_by_row_to_its_last_line(void **state) {
  (void)state;
  static const struct card_line lines[] = {
      {"call if", "a patient gets worse and nobody of the ward can be reached in two minutes",
       false, false, false},
      {"note", "since Monday the second lift is out of order: take the stairs of building C", true,
       false, false},
      {"also called", "the last line", false, false, false}};
  struct card card = view_card;
  card.lines = lines;
  card.line_count = 3;
  struct area area = {1, 0, 7, 40};
  size(10, 40);
  int rows = card_draw(&g, area, &card, 0);
  char seen[64][128];
  for (int top = 0; top + area.rows - 1 <= rows; top++) {
    size(10, 40);
    grid_text(&g, 0, 0, 40, LOOK_TOP, "the line on top");
    assert_int_equal(card_draw(&g, area, &card, top), rows);
    assert_string_equal(row_text(0), "the line on top");
    assert_string_equal(row_text(8), "");
    if (top > 0)
      assert_string_equal(row_text(2), seen[top]); /* what was below is now first */
    snprintf(seen[top + 1], sizeof seen[0], "%s", row_text(3));
  }
  assert_true(shows("the last line"));
}

static void big_digits_are_wider_where_they_still_stand_on_one_line(void **state) {
  (void)state;
  size(24, 80);
  assert_int_equal(digits_draw_number(&g, 0, 0, 76, 24, "7731"), 7);
  assert_string_equal(row_text(0), "████████  ████████  ██████        ██");
  size(24, 40);
  assert_int_equal(digits_draw_number(&g, 0, 0, 36, 24, "7731"), 7);
  assert_string_equal(row_text(0), "████ ████ ███    █");
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_number_is_never_parted_at_the_end_of_a_line),
      cmocka_unit_test(all_codes_of_a_site_show_in_few_words),
      cmocka_unit_test(a_number_of_the_strip_is_whole_or_not_there),
      cmocka_unit_test(a_strip_of_forty_columns_has_state_directions_name_and_count),
      cmocka_unit_test(codes_without_room_are_counted),
      cmocka_unit_test(a_code_in_doubt_keeps_what_is_left_on_forty_columns),
      cmocka_unit_test(a_code_that_is_down_keeps_its_name_on_forty_columns),
      cmocka_unit_test(the_way_out_of_a_message_is_whole),
      cmocka_unit_test(the_bar_has_no_dead_key),
      cmocka_unit_test(a_card_scrolls_row_by_row_to_its_last_line),
      cmocka_unit_test(big_digits_are_wider_where_they_still_stand_on_one_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
