/* UTF-8 and Windows-1252. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/charset.h"
#include "base/utf8.h"

static void code_points_are_read_and_written(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    uint32_t point;
    size_t took;
  } cases[] = {
      {"A", 'A', 1},
      {"\xC2\x80", 0x80, 2},
      {"\xC3\xA9", 0xE9, 2},
      {"\xDF\xBF", 0x7FF, 2},
      {"\xE0\xA0\x80", 0x800, 3},
      {"\xED\x9F\xBF", 0xD7FF, 3},
      {"\xEF\xBF\xBF", 0xFFFF, 3},
      {"\xF0\x90\x80\x80", 0x10000, 4},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
      /* not UTF-8 */
      {"\x80", UTF8_INVALID, 1},
      {"\xC0\x80", UTF8_INVALID, 1},
      {"\xC1\xBF", UTF8_INVALID, 1},
      {"\xC3", UTF8_INVALID, 1},
      {"\xC3(", UTF8_INVALID, 1},
      {"\xE0\x9F\x80", UTF8_INVALID, 1},
      {"\xE2\x82", UTF8_INVALID, 2},
      {"\xE2\x82(", UTF8_INVALID, 2},
      {"\xED\xA0\x80", UTF8_INVALID, 1},
      {"\xF0\x8F\x80\x80", UTF8_INVALID, 1},
      {"\xF0\x9F\x98", UTF8_INVALID, 3},
      {"\xF4\x90\x80\x80", UTF8_INVALID, 1},
      {"\xF5\x80", UTF8_INVALID, 1},
      {"\xFF", UTF8_INVALID, 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    uint32_t point;
    size_t len = strlen(cases[i].bytes);
    assert_int_equal(utf8_next(cases[i].bytes, len, &point), cases[i].took);
    assert_int_equal(point, cases[i].point);
    assert_int_equal(utf8_valid(cases[i].bytes, len), point != UTF8_INVALID);
    char out[UTF8_MAX];
    if (point != UTF8_INVALID) {
      assert_int_equal(utf8_put(out, point), len);
      assert_memory_equal(out, cases[i].bytes, len);
    }
  }
  char out[UTF8_MAX];
  assert_int_equal(utf8_put(out, 0xD800), 3);
  assert_memory_equal(out, "\xEF\xBF\xBD", 3);
}

static void long_ascii_is_valid_up_to_its_last_byte(void **state) {
  (void)state;
  char text[40];
  for (size_t bad = 0; bad < sizeof text; bad++) {
    memset(text, 'x', sizeof text);
    assert_true(utf8_valid(text, sizeof text));
    text[bad] = '\xFE';
    assert_false(utf8_valid(text, sizeof text));
  }
}

static void invalid_sequences_are_replaced_and_counted(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  assert_int_equal(utf8_sanitize(&out,
                                 "a\xFF"
                                 "b\xE2\x82"
                                 "c\xC3\xA9\xC3",
                                 9),
                   3);
  assert_string_equal(buffer_text(&out), "a\xEF\xBF\xBD"
                                         "b\xEF\xBF\xBD"
                                         "cé\xEF\xBF\xBD");
  assert_int_equal(utf8_count(buffer_text(&out), out.len), 7);
  buffer_free(&out);
}

static void nothing_that_steers_a_terminal_is_passed_on(void **state) {
  (void)state;
  static const struct {
    const char *text, *shown, *ascii;
    size_t replaced;
  } cases[] = {
      {"Réa 2", "Réa 2", "Réa 2", 0},
      {"a\x1B[31mb", "a␛[31mb", "a^[[31mb", 1},
      {"a\nb\tc\rd", "a␊b␉c␍d", "a^Jb^Ic^Md", 3},
      {"\x7F", "␡", "^?", 1},
      {"\xC2\x9B"
       "31m",
       "␦31m", "?31m", 1},                 /* C1 CSI */
      {"x\xE2\x80\xAEy", "x␦y", "x?y", 1}, /* right-to-left override */
      {"x\xE2\x81\xA6y\xE2\x81\xA9", "x␦y␦", "x?y?", 2},
      {"\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C", "␦␦␦", "???", 3},
      {"a\xE2\x80\xA8"
       "b",
       "a␤b", "a?b", 1},
      {"R\xE2\x80\x8B\xC3\xA9\xC2\xAD"
       "a\xEF\xBB\xBF\xF3\xA0\x81\x81",
       "R␦é␦a␦␦", "R?é?a??", 4}, /* zero-width space, soft hyphen, BOM, tag */
      {"n\xE2\x80\x8Dm\xE2\x80\x8C", "n\xE2\x80\x8Dm\xE2\x80\x8C", "n\xE2\x80\x8Dm\xE2\x80\x8C", 0},
      {"\xFF", "\xEF\xBF\xBD", "?", 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct buffer out = BUFFER_INIT;
    const char *t = cases[i].text;
    assert_int_equal(utf8_display(&out, t, strlen(t), false), cases[i].replaced);
    assert_string_equal(buffer_text(&out), cases[i].shown);
    buffer_clear(&out);
    assert_int_equal(utf8_display(&out, t, strlen(t), true), cases[i].replaced);
    assert_string_equal(buffer_text(&out), cases[i].ascii);
    buffer_free(&out);
  }
}

static void digits_of_every_script_have_a_value(void **state) {
  (void)state;
  assert_int_equal(utf8_digit('0'), 0);
  assert_int_equal(utf8_digit('9'), 9);
  assert_int_equal(utf8_digit('a'), -1);
  assert_int_equal(utf8_digit(0x0664), 4);  /* Arabic-Indic */
  assert_int_equal(utf8_digit(0x06F9), 9);  /* Persian */
  assert_int_equal(utf8_digit(0x096D), 7);  /* Devanagari */
  assert_int_equal(utf8_digit(0xFF12), 2);  /* full width */
  assert_int_equal(utf8_digit(0x1D7FF), 9); /* mathematical */
  assert_int_equal(utf8_digit(0x00B2), -1); /* superscript: not a decimal digit */
  assert_int_equal(utf8_digit(0x0660 - 1), -1);
  assert_int_equal(utf8_digit(0x0669 + 1), -1);
  assert_int_equal(utf8_digit(UTF8_INVALID), -1);
}

static void what_is_seen_as_one_character_stays_together(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t bytes;
  } cases[] = {
      {"ab", 1},    {"éa", 2},           {"e\xCC\x81x", 3},
      {"\r\nx", 2}, {"각x", 3},          {"👩\xE2\x80\x8D⚕x", 10},
      {"🇫🇷x", 8},   {"\xFF\xCC\x81", 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    assert_int_equal(utf8_grapheme(cases[i].text, strlen(cases[i].text)), cases[i].bytes);
}

static void kinds_of_harmful_points_are_told(void **state) {
  (void)state;
  assert_true(utf8_is_control(0x1B) && utf8_is_control(0x9B) && utf8_is_control(0x2028));
  assert_false(utf8_is_control(0xA0) || utf8_is_control('a'));
  assert_true(utf8_is_bidi(0x202E) && utf8_is_bidi(0x2069) && utf8_is_bidi(0x61C));
  assert_false(utf8_is_bidi(0x2065) || utf8_is_bidi(0x05D0));
  assert_true(utf8_is_zero_width(0x200B) && utf8_is_zero_width(0x301) && utf8_is_zero_width(0xAD));
  assert_false(utf8_is_zero_width('a') || utf8_is_zero_width(0x4E00));
}

static void windows_1252_is_known_by_not_being_utf8(void **state) {
  (void)state;
  assert_int_equal(charset_detect("caf\xC3\xA9", 5), CHARSET_UTF8);
  assert_int_equal(charset_detect("caf\xE9", 4), CHARSET_WINDOWS_1252);
  assert_int_equal(charset_detect("", 0), CHARSET_UTF8);
  assert_int_equal(charset_detect("\xFF\xFE"
                                  "a\0",
                                  4),
                   CHARSET_UTF16);
  assert_int_equal(charset_bom("\xEF\xBB\xBFx", 4), 3);
  assert_int_equal(charset_bom("x", 1), 0);
}

static void windows_1252_becomes_utf8(void **state) {
  (void)state;
  struct buffer out = BUFFER_INIT;
  size_t first = 0;
  assert_int_equal(charset_from_1252(&out, "\x80 c\x9Cur \x93x\x94 l\x92\xE9t\xE9", 16, &first), 0);
  assert_string_equal(buffer_text(&out), "€ cœur “x” l’été");
  buffer_clear(&out);
  assert_int_equal(charset_from_1252(&out, "a\x81\x8D\x8F\x90\x9D", 6, &first), 5);
  assert_int_equal(first, 1);
  assert_int_equal(out.len, 1 + 5 * 3);
  buffer_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(code_points_are_read_and_written),
      cmocka_unit_test(long_ascii_is_valid_up_to_its_last_byte),
      cmocka_unit_test(invalid_sequences_are_replaced_and_counted),
      cmocka_unit_test(nothing_that_steers_a_terminal_is_passed_on),
      cmocka_unit_test(digits_of_every_script_have_a_value),
      cmocka_unit_test(what_is_seen_as_one_character_stays_together),
      cmocka_unit_test(kinds_of_harmful_points_are_told),
      cmocka_unit_test(windows_1252_is_known_by_not_being_utf8),
      cmocka_unit_test(windows_1252_becomes_utf8),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
