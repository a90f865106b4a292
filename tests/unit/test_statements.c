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

/* What a card and every start ask for is found by an index that names them, not by reading all. */
static void records_are_found_by_their_index(void **state) {
  static const struct {
    const char *statement, *index;
  } found[] = {{sql_rota_of, "USING INDEX record_rota (<expr>=?"},
               {sql_rota_roles, "USING INDEX record_rota"},
               {sql_record_kind, "USING COVERING INDEX record_house (kind=?"}};
  char folder[FOLDER_PATH], path[FOLDER_PATH + 16], sql[1024];
  struct store s;
  struct tc_error err = {.status = TC_OK};
  (void)state;
  assert_int_equal(folder_make(folder), 0);
  snprintf(path, sizeof path, "%s/directory.db", folder);
  assert_int_equal(store_open(&s, path, STORE_BUILD, &err), TC_OK);
  for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
    sqlite3_stmt *stmt = NULL;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", found[i].statement);
    assert_int_equal(sqlite3_prepare_v2(s.db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *plan = (const char *)sqlite3_column_text(stmt, 3);
    if (!plan || !strstr(plan, found[i].index))
      print_error("%s: %s\n", found[i].statement, plan ? plan : "");
    assert_true(plan && strstr(plan, found[i].index));
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
  }
  store_close(&s);
  folder_remove(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_statement_fits_the_schema),
                                     cmocka_unit_test(records_are_found_by_their_index)};
  return cmocka_run_group_tests_name("statements", tests, NULL, NULL);
}
