/* How often what changes by itself is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/pace.h"

enum { MS = 1000, ROWS = 10, COLS = 40, BELOW = 2 };

static struct grid grid = {.cursor_row = -1, .cursor_col = -1};
static struct pace pace;

static const char *row_text(int row) {
  static struct buffer text;
  buffer_clear(&text);
  grid_row_text(&grid, row, &text);
  return buffer_text(&text);
}

/* A line on top, one of the middle and one below are to be shown at that moment; what is. */
static void shows(const char *top, const char *middle, const char *bottom, bool by_itself,
                  int64_t at) {
  assert_int_equal(grid_resize(&grid, ROWS, COLS, NULL), TC_OK);
  grid_text(&grid, 0, 0, COLS, LOOK_TEXT, top);
  grid_text(&grid, 4, 0, COLS, LOOK_TEXT, middle);
  grid_text(&grid, ROWS - BELOW, 0, COLS, LOOK_TEXT, bottom);
  pace_frame(&pace, &grid, BELOW, by_itself, at * MS);
}

static bool is(const char *top, const char *middle, const char *bottom) {
  char had[3][COLS + 1];
  snprintf(had[0], sizeof had[0], "%s", row_text(0));
  snprintf(had[1], sizeof had[1], "%s", row_text(4));
  snprintf(had[2], sizeof had[2], "%s", row_text(ROWS - BELOW));
  return !strncmp(had[0], top, strlen(top)) && !strncmp(had[1], middle, strlen(middle)) &&
         !strncmp(had[2], bottom, strlen(bottom));
}

static int begin(void **state) {
  (void)state;
  pace = PACE_INIT;
  pace_looked(&pace, 50000 * MS);
  shows("revision 1", "2901", "2222 arrest", false, 50000);
  return 0;
}

static int end(void **state) {
  (void)state;
  pace_free(&pace);
  grid_free(&grid);
  return 0;
}

static void it_is_looked_ten_times_a_second(void **state) {
  (void)state;
  assert_int_equal(pace_left_ms(&pace, 60000 * MS), 0); /* of one that was quiet */
  pace_looked(&pace, 60000 * MS);
  assert_int_equal(pace_left_ms(&pace, 60040 * MS), 60);
  assert_int_equal(pace_left_ms(&pace, 60100 * MS), 0);
}

static void rows_change_at_once_and_the_frame_once_a_second(void **state) {
  (void)state;
  shows("revision 2", "2902", "2222 arrest", true, 60000);
  assert_true(is("revision 2", "2902", "2222 arrest"));
  assert_int_equal(pace_held_ms(&pace, 60000 * MS), -1);
  shows("revision 3", "2903", "2222 DOWN", true, 60200);
  assert_true(is("revision 2", "2903", "2222 arrest"));
  assert_int_equal(pace_held_ms(&pace, 60200 * MS), 800);
  shows("revision 4", "2904", "2222 DOWN", true, 60900);
  assert_true(is("revision 2", "2904", "2222 arrest"));
  assert_int_equal(pace_held_ms(&pace, 61000 * MS), 0);
  shows("revision 4", "2904", "2222 DOWN", true, 61000);
  assert_true(is("revision 4", "2904", "2222 DOWN"));
  shows("revision 5", "2904", "2222 DOWN", true, 61999);
  assert_true(is("revision 4", "2904", "2222 DOWN"));
}

static void a_key_shows_all_there_is(void **state) {
  (void)state;
  shows("revision 2", "2902", "2222 arrest", true, 60000);
  shows("revision 3", "card", "1 call", false, 60100);
  assert_true(is("revision 3", "card", "1 call"));
  assert_int_equal(pace_held_ms(&pace, 60100 * MS), -1);
}

static void a_frame_that_grows_is_shown(void **state) {
  (void)state;
  shows("revision 2", "2902", "2222 arrest", true, 60000);
  assert_int_equal(grid_resize(&grid, ROWS, COLS, NULL), TC_OK);
  grid_text(&grid, ROWS - BELOW - 1, 0, COLS, LOOK_TEXT, "! PBX DOWN");
  pace_frame(&pace, &grid, BELOW + 1, true, 60100 * MS);
  assert_int_equal(strncmp(row_text(ROWS - BELOW - 1), "! PBX DOWN", 10), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(it_is_looked_ten_times_a_second, begin, end),
      cmocka_unit_test_setup_teardown(rows_change_at_once_and_the_frame_once_a_second, begin, end),
      cmocka_unit_test_setup_teardown(a_key_shows_all_there_is, begin, end),
      cmocka_unit_test_setup_teardown(a_frame_that_grows_is_shown, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
