/* Each statement of db/sql against the schema it is for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/store.h"
#include "db_sql.h"
#include "tests/lib/folder.h"

static void every_statement_fits_the_schema(void **state) {
  char folder[FOLDER_PATH], path[FOLDER_PATH + 16];
  struct store s;
  struct tc_error err = {.status = TC_OK};
  size_t count = 0;
  (void)state;
  assert_int_equal(folder_make(folder), 0);
  snprintf(path, sizeof path, "%s/directory.db", folder);
  assert_int_equal(store_open(&s, path, STORE_BUILD, &err), TC_OK);
  for (const struct sql_file *f = sql_files; f->name; f++) {
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;
    if (strcmp(f->name, "schema") == 0)
      continue;
    count++;
    if (sqlite3_prepare_v2(s.db, f->text, -1, &stmt, &rest) != SQLITE_OK)
      print_error("%s: %s\n", f->name, sqlite3_errmsg(s.db));
    assert_non_null(stmt);
    assert_string_equal(rest + strspn(rest, " \n"), ""); /* one statement a file */
    sqlite3_finalize(stmt);
  }
  assert_true(count > 20);
  assert_true(count <= STORE_STATEMENTS); /* each is kept prepared */
  store_close(&s);
  folder_remove(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_statement_fits_the_schema)};
  return cmocka_run_group_tests_name("statements", tests, NULL, NULL);
}
