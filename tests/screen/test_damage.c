/* A page of records that is not what was written: what stood on it is said to be missing wherever
 * somebody would look for it, and nothing else takes its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "tests/lib/bench.h"
#include "tests/lib/small_directory.h"
#include "tests/lib/views.h"
#include "tui/app_state.h"

static unsigned two_bytes(const char *at) {
  return (unsigned)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

/* The cells of the pages that hold a text are found no more. */
static void blank(const struct bench *b, const char *text) {
  struct buffer bytes = BUFFER_INIT;
  char path[FOLDER_PATH + 32];
  size_t hit = 0;
  snprintf(path, sizeof path, "%s/cache/1/1/directory.db", b->scope);
  assert_int_equal(file_read(&bytes, path, 1 << 22, NULL), TC_OK);
  size_t page = two_bytes(bytes.data + 16);
  for (size_t at = page; at + page <= bytes.len; at += page) {
    char *p = bytes.data + at;
    if (p[0] != 0x0D || !memmem(p, page, text, strlen(text)))
      continue;
    memset(p + 8, 0, 2 * (size_t)two_bytes(p + 3));
    hit++;
  }
  assert_true(hit > 0);
  assert_int_equal(file_replace(path, bytes.data, bytes.len, 0640, NULL), TC_OK);
  buffer_free(&bytes);
}

static void begin(struct bench *b, const char *text) {
  struct tc_error err = {0};
  prepare(b, false);
  assert_int_equal(small_directory(b->scope, 1, &err), TC_OK);
  blank(b, text);
  open_app(b);
}

static void a_code_that_cannot_be_read_is_said_on_every_screen(void **state) {
  (void)state;
  struct bench b;
  begin(&b, "Arrêt cardiaque");
  expect(&b, "DAMAGED: not all can be read");
  expect(&b, ">SAB!codes that cannot be r");
  expect(&b, "9  DAMAGED: ask the switchboard");
  expect_not(&b, "codes are listed");
  expect(&b, "switchboard 9");
  later(&b, 600); /* the plain screen with the codes */
  expect(&b, "codes cannot be read: call the switchboard");
  stop(&b);
}

static void what_is_found_and_cannot_be_read_is_a_row_before_another_hospitals(void **state) {
  (void)state;
  struct bench b;
  begin(&b, "Arrêt cardiaque");
  type(&b, "2222");
  expect(&b, ">SAB!1 entry cannot be read");
  expect_not(&b, "Nothing found");
  press(&b, K_ENTER);
  expect(&b, "It cannot be read here: ask the switchboard.");
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  type(&b, "1"); /* nothing is dialled by a digit either */
  assert_int_equal(app_screen(b.app), SCREEN_SEARCH);
  stop(&b);
}

static void the_switchboard_stays_on_a_narrow_strip_that_is_not_all(void **state) {
  (void)state;
  struct bench b;
  begin(&b, "Arrêt cardiaque");
  app_size(b.app, 10, 40);
  assert_int_equal(grid_resize(&b.grid, 10, 40, NULL), TC_OK);
  expect(&b, "DAMAGED");
  expect(&b, "switchboard 9");
  stop(&b);
}

static void codes_that_are_not_all_say_so_and_who_knows_the_others(void **state) {
  (void)state;
  static const int sizes[][2] = {{24, 80}, {10, 40}};
  struct frame f = view_frame;
  f.codes_lost = true;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    struct grid g = GRID_INIT;
    struct buffer text = BUFFER_INIT;
    assert_int_equal(grid_resize(&g, sizes[i][0], sizes[i][1], NULL), TC_OK);
    frame_draw(&g, &f, SCREEN_SEARCH);
    grid_row_text(&g, frame_codes_row(&g), &text);
    assert_non_null(strstr(buffer_text(&text), "NOT ALL"));
    assert_non_null(strstr(buffer_text(&text), f.codes[0].number));
    assert_non_null(strstr(buffer_text(&text), "switchboard 9"));
    grid_free(&g);
    buffer_free(&text);
  }
}

/* A prefix that is not what was written is pressed before no number: another set has none. */
static void a_plan_that_changed_puts_its_prefix_before_no_number(void **state) {
  (void)state;
  struct bench b;
  struct buffer bytes = BUFFER_INIT;
  struct tc_error err = {0};
  char path[FOLDER_PATH + 32], *at;
  prepare(&b, false);
  assert_int_equal(small_directory(b.scope, 1, &err), TC_OK);
  snprintf(path, sizeof path, "%s/cache/1/1/directory.db", b.scope);
  assert_int_equal(file_read(&bytes, path, 1 << 22, NULL), TC_OK);
  while ((at = memmem(bytes.data, bytes.len, "\nout\t0\n", 7)) != NULL)
    at[5] = '9';
  assert_int_equal(file_replace(path, bytes.data, bytes.len, 0640, NULL), TC_OK);
  buffer_free(&bytes);
  open_app(&b);
  type(&b, "rea chir");
  expect(&b, "DAMAGED");
  expect(&b, "01 99 00 52 31  on a mobile");
  expect_not(&b, "9 01 99 00 52 31");
  expect_not(&b, "0 01 99 00 52 31");
  stop(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plan_that_changed_puts_its_prefix_before_no_number),
      cmocka_unit_test(a_code_that_cannot_be_read_is_said_on_every_screen),
      cmocka_unit_test(what_is_found_and_cannot_be_read_is_a_row_before_another_hospitals),
      cmocka_unit_test(codes_that_are_not_all_say_so_and_who_knows_the_others),
      cmocka_unit_test(the_switchboard_stays_on_a_narrow_strip_that_is_not_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
