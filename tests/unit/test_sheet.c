/* Sheets: pages with a head, blocks kept whole, nothing cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/width.h"
#include "paper/font.h"
#include "paper/sheet.h"

static struct sheet *open_sheet(int columns, int lines, enum translit target) {
  struct tc_error err = {.status = TC_OK};
  struct sheet *s = NULL;
  struct sheet_head head = {.title = "Directory of the site",
                            .place = "SAB Saint-Aubin",
                            .from = "numbers: from a ward phone of SAB, and from outside",
                            .revision = 4711,
                            .source_time = 1795317120, /* 2026-11-22 03:12 UTC */
                            .printed = 1795520400,     /* 2026-11-24 11:40 UTC */
                            .valid_until = 1796125200};
  struct sheet_page page = {.columns = columns, .lines = lines, .target = target};
  assert_int_equal(sheet_open(&s, &head, &page, &err), TC_OK);
  sheet_audience(s, AUDIENCE_PUBLIC);
  return s;
}

static void finish(struct sheet *s, struct buffer *out) {
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(sheet_finish(s, out, &err), TC_OK);
  sheet_close(s);
}

/* Counts pages, and fails on a line that is too wide or a page that is too long. */
static int check_pages(const struct buffer *out, int columns, int lines) {
  int pages = 1, line = 0;
  for (const char *at = buffer_text(out); *at;) {
    size_t n = strcspn(at, "\n");
    if (*at == '\f') {
      pages++;
      line = 0;
      at++;
      n--;
    }
    line++;
    if (line > lines)
      fail_msg("page %d has more than %d lines", pages, lines);
    if ((int)utf8_width(at, n) > columns)
      fail_msg("a line is wider than %d: %.*s", columns, (int)n, at);
    at += n;
    assert_int_equal(*at, '\n');
    at++;
  }
  return pages;
}

static int count_of(const struct buffer *out, const char *what) {
  int count = 0;
  for (const char *at = buffer_text(out); (at = strstr(at, what)); at += strlen(what))
    count++;
  return count;
}

static void every_page_says_what_when_and_until(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(80, 60, TRANSLIT_NONE);
  sheet_audience(s, AUDIENCE_SWITCHBOARD);
  sheet_audience(s, AUDIENCE_CLINICAL);
  for (int i = 0; i < 150; i++) {
    sheet_block(s);
    sheet_line(s, 0, "one entry");
  }
  finish(s, &out);
  assert_int_equal(check_pages(&out, 80, 60), 3);
  assert_int_equal(count_of(&out, "one entry"), 150);
  static const char *const said[] = {"SAB Saint-Aubin   Directory of the site",
                                     "revision 4711",
                                     "data of 2026-11-22 03:12",
                                     "printed 2026-11-24 11:40",
                                     "VALID UNTIL 2026-12-01 11:40",
                                     "audience: switchboard"};
  for (size_t i = 0; i < sizeof said / sizeof *said; i++)
    assert_int_equal(count_of(&out, said[i]), 3);
  assert_int_equal(count_of(&out, "page 1/3"), 1);
  assert_int_equal(count_of(&out, "page 3/3"), 1);
  buffer_free(&out);
}

static void a_block_stays_on_one_page(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(80, 20, TRANSLIT_NONE);
  for (int i = 0; i < 40; i++) {
    sheet_block(s);
    for (int line = 0; line < 5; line++) {
      char text[32];
      snprintf(text, sizeof text, "entry %d line %d", i, line);
      sheet_line(s, 0, text);
    }
  }
  finish(s, &out);
  check_pages(&out, 80, 20);
  for (int i = 0; i < 40; i++) {
    char first[32], last[32];
    snprintf(first, sizeof first, "entry %d line 0\n", i);
    snprintf(last, sizeof last, "entry %d line 4\n", i);
    const char *from = strstr(buffer_text(&out), first), *to = strstr(buffer_text(&out), last);
    assert_non_null(from);
    assert_non_null(to);
    assert_null(memchr(from, '\f', (size_t)(to - from)));
  }
  buffer_free(&out);
}

static void a_block_longer_than_a_page_goes_on_overleaf(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(80, 20, TRANSLIT_NONE);
  sheet_heading(s, "Pôle A / Réanimation");
  sheet_block(s);
  for (int line = 0; line < 100; line++)
    sheet_line(s, 0, "a line of it");
  finish(s, &out);
  int pages = check_pages(&out, 80, 20);
  assert_true(pages > 5);
  assert_int_equal(count_of(&out, "a line of it"), 100);
  assert_int_equal(count_of(&out, "Pôle A / Réanimation (continued)"), pages - 1);
  buffer_free(&out);
}

static void a_heading_is_never_the_last_line_of_a_page(void **state) {
  (void)state;
  for (int before = 0; before < 20; before++) {
    struct buffer out = BUFFER_INIT;
    struct sheet *s = open_sheet(80, 20, TRANSLIT_NONE);
    for (int i = 0; i < before; i++) {
      sheet_block(s);
      sheet_line(s, 0, "before");
    }
    sheet_heading(s, "Radiologie");
    sheet_block(s);
    sheet_line(s, 0, "first");
    sheet_line(s, 0, "second");
    finish(s, &out);
    const char *from = strstr(buffer_text(&out), "Radiologie");
    const char *to = strstr(buffer_text(&out), "second");
    assert_null(memchr(from, '\f', (size_t)(to - from)));
    buffer_free(&out);
  }
}

static void names_wrap_and_numbers_stay_whole(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(40, 60, TRANSLIT_NONE);
  const struct sheet_cell cells[] = {
      {"Réanimation chirurgicale et soins intensifs de cardiologie", 20, false},
      {"+44 20 7946 0018 0018", 10, true}};
  sheet_block(s);
  sheet_row(s, cells, 2);
  finish(s, &out);
  check_pages(&out, 40, 60);
  assert_int_equal(count_of(&out, "+44 20 7946 0018 0018\n"), 1);
  static const char *const words[] = {"Réanimation", "chirurgicale", "soins", "intensifs",
                                      "cardiologie"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    assert_int_equal(count_of(&out, words[i]), 1);
  buffer_free(&out);
}

static void no_break_spaces_do_not_break(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(40, 60, TRANSLIT_NONE);
  sheet_block(s);
  sheet_line(s, 0, "demander le service de garde entre 18\u00a0h\u00a030 et huit heures");
  finish(s, &out);
  assert_int_equal(count_of(&out, "18\u00a0h\u00a030"), 1);
  buffer_free(&out);
}

static void a_poorer_printer_gets_likenesses_in_straight_columns(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(80, 60, TRANSLIT_ASCII);
  const struct sheet_cell cells[] = {{"Cœur et Œsophage…", 30, false}, {"7731", 10, true}};
  sheet_block(s);
  sheet_row(s, cells, 2);
  finish(s, &out);
  for (size_t i = 0; i < out.len; i++)
    assert_true((unsigned char)out.data[i] < 0x80);
  assert_int_equal(count_of(&out, "\nCoeur et OEsophage...           7731\n"), 1);
  buffer_free(&out);
}

static void controls_in_data_reach_no_printer(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  struct sheet *s = open_sheet(80, 60, TRANSLIT_NONE);
  sheet_block(s);
  sheet_line(s, 0, "one\033[2J\ftwo\r\n\u202ethree");
  finish(s, &out);
  assert_int_equal(check_pages(&out, 80, 60), 1);
  assert_null(strchr(buffer_text(&out), '\033'));
  assert_null(strchr(buffer_text(&out), '\f'));
  assert_null(strchr(buffer_text(&out), '\r'));
  assert_null(strstr(buffer_text(&out), "\u202e"));
  buffer_free(&out);
}

static void big_letters_have_the_width_they_say(void **state) {
  (void)state;
  static const char *const texts[] = {"2222", "ARRÊT", "Incendie", "0 18", "*#5", "WM-N'"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (int scale = 1; scale <= 2; scale++)
      for (int row = 0; row < FONT_ROWS; row++) {
        struct buffer out = BUFFER_INIT;
        font_row(&out, texts[i], row, scale);
        assert_int_equal(out.len, (size_t)font_width(texts[i], scale));
        buffer_free(&out);
      }
  assert_int_equal(font_width("心", 1), -1);
}

int main(void) {
  setenv("TZ", "UTC", 1);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_page_says_what_when_and_until),
      cmocka_unit_test(a_block_stays_on_one_page),
      cmocka_unit_test(a_block_longer_than_a_page_goes_on_overleaf),
      cmocka_unit_test(a_heading_is_never_the_last_line_of_a_page),
      cmocka_unit_test(names_wrap_and_numbers_stay_whole),
      cmocka_unit_test(no_break_spaces_do_not_break),
      cmocka_unit_test(a_poorer_printer_gets_likenesses_in_straight_columns),
      cmocka_unit_test(controls_in_data_reach_no_printer),
      cmocka_unit_test(big_letters_have_the_width_they_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
