/* Text as poorer screens show it, columns, the clock and the log. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/translit.h"
#include "base/utf8.h"
#include "base/width.h"

static void poorer_character_sets_get_the_nearest_thing(void **state) {
  (void)state;
  static const struct {
    const char *text, *latin1, *ascii;
    size_t lost; /* in ASCII */
  } cases[] = {
      {"Réanimation", "Réanimation", "Reanimation", 0},
      {"Cœur ÉTÉ", "Coeur ÉTÉ", "Coeur ETE", 0},
      {"l’hôpital “x”", "l'hôpital \"x\"", "l'hopital \"x\"", 0},
      {"──┬──│═", "--+--|=", "--+--|=", 0},
      {"Łukasz Đặng ş", "Lukasz Dang s", "Lukasz Dang s", 0},
      {"n° 5 – 10 €", "n° 5 - 10 EUR", "no 5 - 10 EUR", 0},
      {"a\xC2\xA0z…", "a\xC2\xA0z...", "a z...", 0},
      {"ﬁn ２", "fin 2", "fin 2", 0},
      {"e\xCC\x81", "e", "e", 0},
      {"北京", "??", "??", 2},
      {"\xFF", "?", "?", 1},
      {"Straße", "Straße", "Strasse", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct buffer out = BUFFER_INIT;
    const char *t = cases[i].text;
    translit_text(&out, t, strlen(t), TRANSLIT_LATIN1);
    assert_string_equal(buffer_text(&out), cases[i].latin1);
    buffer_clear(&out);
    assert_int_equal(translit_text(&out, t, strlen(t), TRANSLIT_ASCII), cases[i].lost);
    assert_string_equal(buffer_text(&out), cases[i].ascii);
    buffer_free(&out);
  }
  struct buffer out = BUFFER_INIT;
  translit_text(&out, "œ € ¼", strlen("œ € ¼"), TRANSLIT_LATIN9);
  assert_string_equal(buffer_text(&out), "œ € 1/4");
  buffer_clear(&out);
  translit_text(&out, "œ─北", strlen("œ─北"), TRANSLIT_NONE);
  assert_string_equal(buffer_text(&out), "œ─北");
  buffer_free(&out);
}

static void every_likeness_fits_its_character_set(void **state) {
  (void)state;
  for (uint32_t point = 0x80; point < 0x20000; point++) {
    char bytes[UTF8_MAX];
    size_t n = utf8_put(bytes, point);
    for (int target = TRANSLIT_LATIN1; target <= TRANSLIT_ASCII; target++) {
      struct buffer out = BUFFER_INIT;
      translit_text(&out, bytes, n, (enum translit)target);
      const char *t = buffer_text(&out);
      for (size_t i = 0; i < out.len;) {
        uint32_t got;
        i += utf8_next(t + i, out.len - i, &got);
        bool latin9 = target == TRANSLIT_LATIN9 &&
                      (got == 0x20AC || got == 0x152 || got == 0x153 || got == 0x160 ||
                       got == 0x161 || got == 0x178 || got == 0x17D || got == 0x17E);
        if (!latin9 && got > (target == TRANSLIT_ASCII ? 0x7Fu : 0xFFu))
          fail_msg("U+%04X gives U+%04X", point, got);
      }
      buffer_free(&out);
    }
  }
}

static void locales_say_what_they_can_show(void **state) {
  (void)state;
  assert_int_equal(translit_for("UTF-8"), TRANSLIT_NONE);
  assert_int_equal(translit_for("ISO-8859-1"), TRANSLIT_LATIN1);
  assert_int_equal(translit_for("ISO-8859-15"), TRANSLIT_LATIN9);
  assert_int_equal(translit_for("ANSI_X3.4-1968"), TRANSLIT_ASCII);
}

static void columns_are_counted_and_cut_between_characters(void **state) {
  (void)state;
  assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
  static const struct {
    const char *text;
    size_t width, columns, bytes, used;
  } cases[] = {
      {"abc", 3, 2, 2, 2}, {"é", 1, 1, 2, 1},  {"e\xCC\x81x", 2, 1, 3, 1}, {"北京", 4, 3, 3, 2},
      {"", 0, 5, 0, 0},    {"ab", 2, 0, 0, 0}, {"a\xFF", 2, 9, 2, 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    size_t used = 99, len = strlen(cases[i].text);
    assert_int_equal(utf8_width(cases[i].text, len), cases[i].width);
    assert_int_equal(utf8_fit(cases[i].text, len, cases[i].columns, &used), cases[i].bytes);
    assert_int_equal(used, cases[i].used);
  }
}

static void a_clock_can_be_stopped_or_set_off(void **state) {
  (void)state;
  struct clock stopped = {.stopped = true, .at = 1763000000};
  assert_int_equal(clock_now(&stopped), 1763000000);
  struct clock ahead = {.offset = 100000};
  int64_t now = clock_now(NULL), then = clock_now(&ahead);
  assert_in_range(then - now, 100000, 100005);
  int64_t a = clock_monotonic_us(), b = clock_monotonic_us();
  assert_true(b >= a);
}

static void a_log_line_is_one_line(void **state) {
  (void)state;
  char *text = NULL;
  size_t len = 0;
  FILE *out = open_memstream(&text, &len);
  assert_non_null(out);
  struct log log = {.out = out, .program = "tocsin-sync", .level = LOG_NOTICE_LEVEL};
  log_line(&log, LOG_WARNING_LEVEL, "row %d: \x1B[2J\nnext", 7);
  log_line(&log, LOG_DEBUG_LEVEL, "not wanted");
  struct tc_error err = {.status = TC_OK};
  tc_fail_at(&err, TC_INVALID, "a.csv", 3, 2, "bad");
  log.journal = true;
  log_error(&log, &err);
  log_line(NULL, LOG_ERROR_LEVEL, "nowhere");
  fclose(out);
  assert_string_equal(text, "tocsin-sync: row 7: ␛[2J␊next\n<3>a.csv:3:2: bad\n");
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(poorer_character_sets_get_the_nearest_thing),
      cmocka_unit_test(every_likeness_fits_its_character_set),
      cmocka_unit_test(locales_say_what_they_can_show),
      cmocka_unit_test(columns_are_counted_and_cut_between_characters),
      cmocka_unit_test(a_clock_can_be_stopped_or_set_off),
      cmocka_unit_test(a_log_line_is_one_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
