/* What went from a cache is in none of its files, also where somebody was reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "db/cache.h"
#include "db/residue.h"
#include "db/writer.h"
#include "tests/lib/folder.h"

enum { TRIES = 400, NOW = 1795680840 };

static const char entry[] = "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\nname\tService\n";
static const struct uuid terminal = {{9}};

/* The n-th try of that entry. */
static struct uuid try_uuid(int n) {
  return (struct uuid){{8, (uint8_t)(n >> 8), (uint8_t)n}};
}

static void put_try(struct writer *w, int n) {
  char act[UUID_SHORT], from[UUID_SHORT], record[300];
  struct uuid uuid = try_uuid(n);
  uuid_format_short(&uuid, act);
  uuid_format_short(&terminal, from);
  snprintf(record, sizeof record,
           "tocsin1\tact\tswitchboard\t%s\nat\t%d\ninitials\tXYZ%d\np\tresult=no-answer\nsubject\t"
           "AAAAAAAAAAAAAAAAAAAAAQ\nterminal\t%s\ntype\tattempt\n",
           act, NOW - 60, n, from);
  assert_int_equal(writer_put(w, record, strlen(record), NULL), TC_OK);
}

static struct writer_head head_at(int64_t revision) {
  return (struct writer_head){.generation = {{7}},
                              .revision = revision,
                              .source_time = NOW,
                              .source = "test",
                              .audience = AUDIENCE_SWITCHBOARD};
}

/* Do the files of the published generation hold it? */
static bool holds(const char *folder, const char *text) {
  static const char *const sides[] = {"", "-wal", "-shm"};
  bool found = false;
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
    char path[FOLDER_PATH + 64];
    struct buffer b = BUFFER_INIT;
    snprintf(path, sizeof path, "%s/cache/%d/1/directory.db%s", folder, CACHE_FORMAT, sides[i]);
    assert_int_equal(file_read(&b, path, 64 * 1024 * 1024, NULL), TC_OK);
    found = found || (b.len && memmem(b.data, b.len, text, strlen(text)));
    buffer_free(&b);
  }
  return found;
}

static void fill(const char *folder) {
  struct writer_head head = head_at(1);
  struct writer *w;
  assert_int_equal(writer_build(&w, folder, NULL), TC_OK);
  assert_int_equal(writer_put(w, entry, strlen(entry), NULL), TC_OK);
  assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
  for (int n = 0; n < TRIES; n++) { /* as they come, in no order that a page would like */
    head.revision++;
    if (n % 40 == 0)
      assert_int_equal(writer_delta(&w, folder, NULL), TC_OK);
    put_try(w, n * 7 % TRIES);
    if (n % 40 == 39)
      assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
  }
}

static void take_out(const char *folder, int from, int64_t revision) {
  struct writer_head head = head_at(revision);
  struct writer *w;
  assert_int_equal(writer_delta(&w, folder, NULL), TC_OK);
  for (int n = from; n < TRIES; n++) {
    struct uuid uuid = try_uuid(n);
    assert_int_equal(writer_delete(w, &uuid, AUDIENCE_SWITCHBOARD, NULL), TC_OK);
  }
  assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
}

static void nothing_stays(void **state) {
  const char *folder = *state;
  fill(folder);
  assert_true(holds(folder, "XYZ399"));
  take_out(folder, 1, 500);
  for (int n = 1; n < TRIES; n++) {
    char text[16];
    snprintf(text, sizeof text, "XYZ%d\np", n);
    assert_false(holds(folder, text));
  }
  assert_true(holds(folder, "XYZ0\np"));
}

static void a_reader_is_waited_for(void **state) {
  const char *folder = *state;
  struct record_cursor *reader;
  const void *bytes;
  size_t len;
  fill(folder);
  assert_int_equal(record_cursor_open(&reader, folder, NULL), TC_OK);
  assert_int_equal(record_cursor_next(reader, &bytes, &len, NULL), TC_OK);
  take_out(folder, 0, 500);
  assert_true(holds(folder, "XYZ")); /* it may still be read */
  residue_try(folder);
  assert_true(holds(folder, "XYZ"));
  while (record_cursor_next(reader, &bytes, &len, NULL) == TC_OK)
    ;
  record_cursor_close(reader);
  residue_try(folder);
  assert_false(holds(folder, "XYZ"));
  residue_try(folder); /* nothing is left to do */
  struct cache *cache;
  assert_int_equal(cache_open(&cache, folder, NULL), TC_OK);
  assert_int_equal(cache_info(cache)->revision, 500);
  cache_close(cache);
}

static int start(void **state) {
  static char folder[FOLDER_PATH];
  *state = folder;
  return folder_make(folder);
}

static int stop(void **state) {
  return folder_remove(*state);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
  const struct CMUnitTest tests[] = {T(nothing_stays), T(a_reader_is_waited_for)};
  return cmocka_run_group_tests_name("residue", tests, NULL, NULL);
}
