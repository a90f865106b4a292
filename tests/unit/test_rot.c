/* A record whose bytes are not what was written is not shown, one of a file that keeps no sums is,
 * and nothing takes rot for what was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"
#include "core/dial.h"
#include "db/search.h"
#include "db/writer.h"
#include "tests/lib/downtime.h"
#include "tests/lib/folder.h"
#include "tests/lib/small_directory.h"

static void database(const char *folder, char path[FOLDER_PATH + 40]) {
  snprintf(path, FOLDER_PATH + 40, "%s/cache/%d/1/directory.db", folder, CACHE_FORMAT);
}

static void make(char folder[FOLDER_PATH]) {
  struct tc_error err = {0};
  folder_make(folder);
  assert_int_equal(small_directory(folder, 1, &err), TC_OK);
}

/* One text for another of the same length, wherever it stands in the file. */
static void change(const char *folder, const char *from, const char *to) {
  struct buffer b = BUFFER_INIT;
  char path[FOLDER_PATH + 40];
  size_t len = strlen(from), hits = 0;
  database(folder, path);
  assert_int_equal(file_read(&b, path, 1 << 22, NULL), TC_OK);
  for (char *at = b.data; (at = memmem(at, (size_t)(b.data + b.len - at), from, len)); at += len) {
    memcpy(at, to, len);
    hits++;
  }
  assert_true(hits > 0);
  assert_int_equal(file_replace(path, b.data, b.len, 0640, NULL), TC_OK);
  buffer_free(&b);
}

static struct search_result find(struct cache *c, const char *text, struct arena *arena) {
  struct search_result r = {0};
  struct search_query q = {.text = text, .site = "SAB", .only = "", .country = "FR", .limit = 20};
  assert_int_equal(search_run(c, &q, arena, &r, NULL), TC_OK);
  return r;
}

static void a_flipped_digit_is_not_shown_as_a_number(void **state) {
  (void)state;
  char folder[FOLDER_PATH];
  struct arena arena = ARENA_INIT;
  struct cache *c;
  const struct entry *codes;
  size_t count = 9;
  make(folder);
  change(folder, "2222", "2223");
  assert_int_equal(cache_open(&c, folder, NULL), TC_OK);
  struct search_result r = find(c, "2222", &arena);
  assert_int_equal(r.count, 0);
  assert_int_equal(r.lost_here.count, 1);
  assert_int_equal(cache_codes(c, "SAB", &arena, &codes, &count, NULL), TC_DAMAGED);
  assert_int_equal(count, 1);
  assert_string_equal(codes[0].name, "Incendie");
  assert_int_equal(cache_whole(c, NULL), TC_DAMAGED);
  r = find(c, "pneumo", &arena); /* the others are as they were */
  assert_true(r.count > 0);
  assert_int_equal(r.lost_here.count + r.lost_elsewhere.count, 0);
  cache_close(c);
  arena_free(&arena);
  folder_remove(folder);
}

static void nothing_is_made_again_from_rot(void **state) {
  (void)state;
  char folder[FOLDER_PATH];
  make(folder);
  change(folder, "2222", "2223");
  assert_int_equal(writer_rebuild(folder, NULL, NULL, NULL), TC_DAMAGED);
  change(folder, "2223", "2222");
  assert_int_equal(writer_rebuild(folder, NULL, NULL, NULL), TC_OK);
  folder_remove(folder);
}

static void a_site_that_changed_stays_and_is_told(void **state) {
  (void)state;
  char folder[FOLDER_PATH];
  struct cache *c;
  make(folder);
  change(folder, "Saint-Aubin", "Saint-Aubix");
  assert_int_equal(cache_open(&c, folder, NULL), TC_OK);
  assert_non_null(house_site(cache_house(c), "SAB"));
  assert_int_equal(cache_whole(c, NULL), TC_DAMAGED);
  cache_close(c);
  folder_remove(folder);
}

/* The night with its PBX, of which one text has changed; what is dialled at SAB from a ward phone.
 */
static struct cache *open_changed(char folder[FOLDER_PATH], const char *from, const char *to) {
  struct tc_error err = {0};
  struct cache *c;
  folder_make(folder);
  if (downtime_directory(folder, "incident", &err) != TC_OK)
    fail_msg("%s (row %ld)", err.text, err.row);
  change(folder, from, to);
  assert_int_equal(cache_open(&c, folder, NULL), TC_OK);
  assert_int_equal(cache_whole(c, NULL), TC_DAMAGED);
  return c;
}

static enum dial_form pressed(struct cache *c, const char *plan, const char *number,
                              const char *e164, struct dial *out) {
  const struct site *site = house_site(cache_house(c), "SAB");
  struct contact contact = contact_empty;
  const struct standpoint from = {
      .set = SET_WARD, .plan = site->plan, .site = "SAB", .country = "FR"};
  contact.plan = plan;
  contact.number = number;
  contact.e164 = e164;
  contact.kind = *e164 ? CONTACT_DIRECT_LINE : CONTACT_EXTENSION;
  dial_from(out, cache_house(c), &contact, &from);
  return out->form;
}

/* A 0 that became a 9 was pressed before every number of the town. */
static void a_plan_that_changed_decides_no_prefix(void **state) {
  (void)state;
  char folder[FOLDER_PATH];
  struct dial d;
  struct cache *c = open_changed(folder, "out\t0", "out\t9");
  assert_int_equal(pressed(c, "", "0199007001", "+33199007001", &d), DIAL_NONE);
  assert_string_equal(d.press, "");
  assert_non_null(strstr(d.reason, "damaged"));
  assert_int_equal(pressed(c, "", "18", "", &d), DIAL_NONE);
  assert_int_equal(pressed(c, "RIV", "5101", "", &d), DIAL_NONE); /* nor a range or a tie */
  assert_int_equal(pressed(c, "SAB", "4731", "", &d), DIAL_BARE); /* it is of the entry */
  assert_string_equal(d.press, "4731");
  cache_close(c);
  folder_remove(folder);
}

/* Its switchboard's short number is not told; the plan of its own PBX is its plan. */
static void a_site_that_changed_decides_no_number(void **state) {
  (void)state;
  char folder[FOLDER_PATH];
  struct dial d;
  struct cache *c = open_changed(folder, "swbno\t9", "swbno\t8");
  assert_string_equal(house_site(cache_house(c), "SAB")->switchboard_number, "");
  assert_int_equal(pressed(c, "", "0199007001", "+33199007001", &d), DIAL_OUTSIDE);
  assert_string_equal(d.press, "00199007001");
  cache_close(c);
  folder_remove(folder);
  c = open_changed(folder, "plan\tSAB\nrank", "plan\tRIV\nrank");
  assert_int_equal(pressed(c, "RIV", "5101", "", &d), DIAL_NONE); /* it would be bare */
  cache_close(c);
  folder_remove(folder);
}

static void what_an_earlier_version_wrote_is_read_as_it_is(void **state) {
  (void)state;
  char folder[FOLDER_PATH], path[FOLDER_PATH + 40];
  struct arena arena = ARENA_INIT;
  struct cache *c;
  sqlite3 *db;
  make(folder);
  database(folder, path);
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db,
                                "DROP INDEX record_house; ALTER TABLE record DROP COLUMN sum;"
                                "CREATE INDEX record_house ON record (kind, bytes)"
                                " WHERE kind <> 1 AND kind <> 7",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  sqlite3_close(db);
  assert_int_equal(cache_open(&c, folder, NULL), TC_OK);
  struct search_result r = find(c, "2222", &arena);
  assert_int_equal(r.count, 1);
  assert_string_equal(r.rows[0].entry.site, "SAB");
  assert_int_equal(cache_whole(c, NULL), TC_OK);
  cache_close(c);
  assert_int_equal(writer_rebuild(folder, NULL, NULL, NULL), TC_OK);
  arena_free(&arena);
  folder_remove(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_flipped_digit_is_not_shown_as_a_number),
      cmocka_unit_test(nothing_is_made_again_from_rot),
      cmocka_unit_test(a_site_that_changed_stays_and_is_told),
      cmocka_unit_test(a_plan_that_changed_decides_no_prefix),
      cmocka_unit_test(a_site_that_changed_decides_no_number),
      cmocka_unit_test(what_an_earlier_version_wrote_is_read_as_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
