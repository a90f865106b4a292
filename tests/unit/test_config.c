/* tocsin.conf: one table of options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/file.h"
#include "sync/settings.h"
#include "tests/lib/folder.h"

static char folder[FOLDER_PATH];

static int setup(void **state) {
  (void)state;
  return folder_make(folder);
}

static int teardown(void **state) {
  (void)state;
  return folder_remove(folder);
}

static const char *write_conf(const char *name, const char *text) {
  static char path[256];
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  assert_int_equal(file_replace(path, text, strlen(text), 0600, &err), TC_OK);
  return path;
}

static void every_option_is_read(void **state) {
  (void)state;
  struct config c;
  struct tc_error err = {.status = TC_OK};
  const char *path =
      write_conf("all.conf", "[terminal]\nsite = SAB\nplan = PBX-SAB\nset = red\n"
                             "scope = /srv/tocsin/desk\ndesk = Yes\ncountry = be\n"
                             "[screen]\ntheme = light\nlayout = narrow\nmouse = on\nplain = yes\n"
                             "language = fr\nidle_minutes = 0\n"
                             "[print]\nprinter = garde\nlines = 66\ncolumns = 132\n");
  assert_int_equal(config_read(&c, path, &err), TC_OK);
  assert_string_equal(c.file, path);
  assert_string_equal(c.site, "SAB");
  assert_string_equal(c.plan, "PBX-SAB");
  assert_int_equal(c.set, CONFIG_RED);
  assert_string_equal(c.scope, "/srv/tocsin/desk");
  assert_true(c.desk);
  assert_string_equal(c.country, "BE");
  assert_int_equal(c.theme, CONFIG_THEME_LIGHT);
  assert_int_equal(c.layout, CONFIG_LAYOUT_NARROW);
  assert_true(c.mouse && c.plain);
  assert_string_equal(c.language, "fr");
  assert_int_equal(c.idle_minutes, 0);
  assert_string_equal(c.printer, "garde");
  char name[CONFIG_WORD];
  assert_true(config_printer(&c, 0, name) && strcmp(name, "garde") == 0);
  assert_false(config_printer(&c, 1, name) || *name);
  struct config several = {.printer = " ward-7,bloc_2 , desk\t"};
  assert_true(config_printer(&several, 1, name) && strcmp(name, "bloc_2") == 0);
  assert_true(config_printer(&several, 2, name) && strcmp(name, "desk") == 0);
  assert_false(config_printer(&several, 3, name));
  assert_int_equal(c.lines, 66);
  assert_int_equal(c.columns, 132);
  assert_int_equal(c.warning_count, 0);
}

static void an_empty_file_is_as_built_in(void **state) {
  (void)state;
  struct config c;
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(config_read(&c, write_conf("empty.conf", ""), &err), TC_OK);
  assert_string_equal(c.site, "");
  assert_int_equal(c.set, CONFIG_WARD);
  assert_string_equal(c.scope, "/var/lib/tocsin/public");
  assert_false(c.desk || c.mouse || c.plain);
  assert_string_equal(c.country, "FR");
  assert_int_equal(c.theme, CONFIG_THEME_AUTO);
  assert_int_equal(c.layout, CONFIG_LAYOUT_AUTO);
  assert_int_equal(c.columns, 80);
}

static void wrong_values_name_file_line_and_what_is_right(void **state) {
  (void)state;
  static const struct {
    const char *text;
    long row;
    const char *says;
  } cases[] = {
      {"[terminal]\nset = pink\n", 2, "ward|red|mobile|outside"},
      {"[terminal]\n\ndesk = maybe\n", 3, "yes or no"},
      {"[terminal]\nscope = here\n", 2, "/var/lib/tocsin/public"},
      {"[terminal]\ncountry = France\n", 2, "ISO 3166"},
      {"[screen]\nidle_minutes = five\n", 2, "0 to 1440"},
      {"[screen]\nidle_minutes = 5x\n", 2, "0 to 1440"},
      {"[print]\nlines = 99999999999999999999\n", 2, "20 to 200"},
      {"[print]\ncolumns = -1\n", 2, "40 to 250"},
      {"[terminal]\nsite = S\x1B[2J\n", 2, "control"},
      {"[terminal]\nsite = "
       "0123456789012345678901234567890123456789012345678901234567890123456789\n",
       2, "63 bytes"},
      {"[terminal]\nsite = A\nsite = B\n", 3, "twice"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct config c;
    struct tc_error err = {.status = TC_OK};
    const char *path = write_conf("wrong.conf", cases[i].text);
    assert_int_equal(config_read(&c, path, &err), TC_CONFIG);
    assert_string_equal(err.file, path);
    assert_int_equal(err.row, cases[i].row);
    if (!strstr(err.text, cases[i].says))
      fail_msg("\"%s\" does not say \"%s\"", err.text, cases[i].says);
  }
}

static void what_a_newer_version_says_is_warned_about_and_left_out(void **state) {
  (void)state;
  struct config c;
  struct tc_error err = {.status = TC_OK};
  const char *path = write_conf("newer.conf", "[screen]\nhologram = yes\ntheme = dark\n"
                                              "[future]\nx = 1\n"
                                              "[source main]\nconninfo = host=db\n");
  assert_int_equal(config_read(&c, path, &err), TC_OK);
  assert_int_equal(c.theme, CONFIG_THEME_DARK);
  assert_int_equal(c.warning_count, 2);
  assert_non_null(strstr(c.warnings[0], "newer.conf:2: "));
  assert_non_null(strstr(c.warnings[0], "hologram"));
  assert_non_null(strstr(c.warnings[1], "[future] x"));
}

static void more_warnings_than_fit_are_counted(void **state) {
  (void)state;
  struct buffer text = BUFFER_INIT;
  struct config c;
  struct tc_error err = {.status = TC_OK};
  buffer_add_text(&text, "[future]\n");
  for (int i = 0; i < 40; i++)
    buffer_printf(&text, "k%d = 1\n", i);
  assert_int_equal(config_read(&c, write_conf("many.conf", buffer_text(&text)), &err), TC_OK);
  assert_int_equal(c.warning_count, 40);
  buffer_free(&text);
}

static void the_own_file_comes_before_the_machines(void **state) {
  (void)state;
  struct config c;
  struct tc_error err = {.status = TC_OK};
  char path[256];
  snprintf(path, sizeof path, "%s/xdg/tocsin", folder);
  assert_int_equal(file_make_folders(path, 0700, &err), TC_OK);
  write_conf("xdg/tocsin/tocsin.conf", "[terminal]\nsite = XDG\n");
  snprintf(path, sizeof path, "%s/.config/tocsin", folder);
  assert_int_equal(file_make_folders(path, 0700, &err), TC_OK);
  write_conf(".config/tocsin/tocsin.conf", "[terminal]\nsite = HOME\n");

  snprintf(path, sizeof path, "%s/xdg", folder);
  setenv("XDG_CONFIG_HOME", path, 1);
  setenv("HOME", folder, 1);
  assert_int_equal(config_read(&c, NULL, &err), TC_OK);
  assert_string_equal(c.site, "XDG");
  unsetenv("XDG_CONFIG_HOME");
  assert_int_equal(config_read(&c, NULL, &err), TC_OK);
  assert_string_equal(c.site, "HOME");
  assert_int_equal(config_read(&c, "/nonexistent.conf", &err), TC_NO_INPUT);
}

static void the_sample_is_read_and_changes_nothing(void **state) {
  (void)state;
  struct buffer sample = BUFFER_INIT, live = BUFFER_INIT;
  struct config c, built_in;
  struct tc_error err = {.status = TC_OK};
  config_sample(&sample);
  settings_sample(&sample);
  assert_int_equal(config_read(&built_in, write_conf("e.conf", ""), &err), TC_OK);
  /* With its options switched on it says what is built in. */
  for (const char *s = buffer_text(&sample); *s; s++)
    if (!(*s == '#' && s[1] != ' '))
      buffer_add_char(&live, *s);
  assert_int_equal(config_read(&c, write_conf("live.conf", buffer_text(&live)), &err), TC_OK);
  assert_int_equal(c.warning_count, 0);
  memset(c.file, 0, sizeof c.file);
  memset(built_in.file, 0, sizeof built_in.file);
  assert_memory_equal(&c, &built_in, sizeof c);
  buffer_free(&sample);
  buffer_free(&live);
}

/* TOCSIN_REGENERATE=1 writes the file anew. */
static void the_shipped_sample_is_the_tables(void **state) {
  (void)state;
  const char *top = getenv("TOCSIN_TOP");
  char path[4096];
  struct buffer sample = BUFFER_INIT, shipped = BUFFER_INIT;
  struct tc_error err = {.status = TC_OK};
  snprintf(path, sizeof path, "%s/dist/tocsin.conf", top ? top : ".");
  config_sample(&sample);
  settings_sample(&sample);
  if (getenv("TOCSIN_REGENERATE"))
    assert_int_equal(file_replace(path, buffer_text(&sample), sample.len, 0644, &err), TC_OK);
  assert_int_equal(file_read(&shipped, path, 100000, &err), TC_OK);
  assert_string_equal(buffer_text(&shipped), buffer_text(&sample));
  buffer_free(&sample);
  buffer_free(&shipped);
}

static void the_manual_names_every_option(void **state) {
  (void)state;
  static const char *const names[] = {"site",
                                      "plan",
                                      "set",
                                      "scope",
                                      "audience",
                                      "desk",
                                      "theme",
                                      "layout",
                                      "plain",
                                      "mouse",
                                      "bell",
                                      "language",
                                      "idle_minutes",
                                      "idle_card_minutes",
                                      "idle_rest_minutes",
                                      "lines",
                                      "columns",
                                      "printer",
                                      "country"};
  struct buffer man = BUFFER_INIT;
  config_describe(&man);
  settings_describe(&man);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    char line[64];
    snprintf(line, sizeof line, ".TP\n.BR %s \" = ", names[i]);
    if (!strstr(buffer_text(&man), line))
      fail_msg("%s is missing", names[i]);
  }
  buffer_free(&man);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_option_is_read),
      cmocka_unit_test(an_empty_file_is_as_built_in),
      cmocka_unit_test(wrong_values_name_file_line_and_what_is_right),
      cmocka_unit_test(what_a_newer_version_says_is_warned_about_and_left_out),
      cmocka_unit_test(more_warnings_than_fit_are_counted),
      cmocka_unit_test(the_own_file_comes_before_the_machines),
      cmocka_unit_test(the_sample_is_read_and_changes_nothing),
      cmocka_unit_test(the_shipped_sample_is_the_tables),
      cmocka_unit_test(the_manual_names_every_option),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
