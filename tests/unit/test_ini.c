/* INI files: one dialect, one clear line for each fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/ini.h"

static tc_status note(void *context, const char *section, const char *name, const char *value,
                      long line, struct tc_error *err) {
  (void)err;
  buffer_printf(context, "%ld[%s]%s=%s|", line, section, name, value);
  return TC_OK;
}

static tc_status refuse(void *context, const char *section, const char *name, const char *value,
                        long line, struct tc_error *err) {
  (void)context;
  (void)section;
  (void)value;
  (void)line;
  return strcmp(name, "bad") == 0 ? tc_fail(err, TC_CONFIG, "bad is bad") : TC_OK;
}

static void settings_come_in_order_with_their_line(void **state) {
  (void)state;
  static const struct {
    const char *text, *got;
  } cases[] = {
      {"", ""},
      {"a = 1", "1[]a=1|"},
      {"\xEF\xBB\xBF[s]\n a: 1 \n", "2[s]a=1|"},
      {"# c\n; c\n\n[s]\r\nx = y ; z # t\r\n", "5[s]x=y ; z # t|"},
      {"[s]\rx=1\ry=2", "2[s]x=1|3[s]y=2|"},
      {"[a]\nd = ;\n[b]\nd =\n", "2[a]d=;|4[b]d=|"},
      {"[s]\nx = 1\n  y = 2\n", "2[s]x=1|3[s]y=2|"},
      {"[s]\nville = Ch\xE2teau\n", "2[s]ville=Château|"}, /* Windows-1252 */
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct buffer got = BUFFER_INIT;
    struct tc_error err = {.status = TC_OK};
    tc_status status = ini_read_text("f", cases[i].text, strlen(cases[i].text), note, &got, &err);
    if (status != TC_OK || strcmp(buffer_text(&got), cases[i].got) != 0)
      fail_msg("%s: %s, %s", cases[i].text, buffer_text(&got), err.text);
    buffer_free(&got);
  }
}

static void faults_name_file_and_line(void **state) {
  (void)state;
  char deep[100] = "\n[";
  memset(deep + 2, 'x', 60);
  memcpy(deep + 62, "]\n", 3);
  char *wide = malloc(INI_LINE_LONGEST + 10);
  assert_non_null(wide);
  memset(wide, 'x', INI_LINE_LONGEST + 9);
  wide[1] = '=';
  wide[INI_LINE_LONGEST + 9] = '\0';
  const struct {
    const char *text, *line;
  } cases[] = {
      {"[s]\nnonsense\n", "f:2: neither [section] nor name = value"},
      {"[s\nx=1\n", "f:1: a section's name has no ] at its end"},
      {"[s]\nx=1\ny=2\nx=3\n", "f:4: x is given twice in [s], first in line 2"},
      {"[s]\nbad = 1\n", "f:2: bad is bad"},
      {"\n = 1\n", "f:2: there is no name before the ="},
      {deep, "f:2: the section's name is too long"},
      {wide, "f:1: the line is too long"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct tc_error err = {.status = TC_OK};
    char line[2048];
    tc_status status = ini_read_text("f", cases[i].text, strlen(cases[i].text), refuse, NULL, &err);
    assert_int_equal(status, TC_CONFIG);
    assert_string_equal(tc_error_line(&err, line, sizeof line), cases[i].line);
  }
  free(wide);

  struct tc_error err = {.status = TC_OK};
  assert_int_equal(ini_read_text("f", "a=1\nb=\0\n", 9, refuse, NULL, &err), TC_CONFIG);
  assert_int_equal(err.row, 2);
  tc_error_clear(&err);
  assert_int_equal(ini_read_text("f", "\xFF\xFE[\0", 4, refuse, NULL, &err), TC_CONFIG);
}

static void too_many_settings_are_refused(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT, got = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  for (int i = 0; i <= INI_SETTINGS_MAX; i++)
    buffer_printf(&text, "k%d=1\n", i);
  assert_int_equal(ini_read_text("f", buffer_text(&text), text.len, note, &got, &err), TC_CONFIG);
  assert_int_equal(err.row, INI_SETTINGS_MAX + 1);
  buffer_free(&text);
  buffer_free(&got);
}

static void a_missing_file_or_a_folder_is_said(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(ini_read_file("/nonexistent/x.conf", refuse, NULL, &err), TC_NO_INPUT);
  assert_non_null(strstr(err.text, "/nonexistent/x.conf"));
  tc_error_clear(&err);
  assert_int_equal(ini_read_file("/", refuse, NULL, &err), TC_NO_INPUT);
  assert_non_null(strstr(err.text, "folder"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(settings_come_in_order_with_their_line),
      cmocka_unit_test(faults_name_file_and_line),
      cmocka_unit_test(too_many_settings_are_refused),
      cmocka_unit_test(a_missing_file_or_a_folder_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
