/* A cache of another version of this program: what an older one derived is made anew before it is
 * changed, and what a newer one wrote is refused and left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "db/adopt.h"
#include "db/cache.h"
#include "db/generation.h"
#include "db/search.h"
#include "db/store.h"
#include "db/writer.h"
#include "tests/lib/folder.h"

static const char site[] = "tocsin1\tsite\tpublic\tBAAAAAAAAAAAAAAAAAAAAQ\ncode\tSAB\nname\tX\n";
static const char alpha[] =
    "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAAAQ\nname\tAlpha\nsite\tSAB\ntype\tservice\n";
static const char beta[] =
    "tocsin1\tentry\tpublic\tAAAAAAAAAAAAAAAAAAAABQ\nname\tBeta\nsite\tSAB\ntype\tservice\n";

static struct writer_head head_at(int64_t revision) {
  return (struct writer_head){.generation = {{7}},
                              .revision = revision,
                              .source_time = 1795680840,
                              .source = "test",
                              .cursor = "where it is",
                              .audience = AUDIENCE_PUBLIC};
}

static void put(struct writer *w, const char *record, int64_t revision) {
  struct writer_head head = head_at(revision);
  assert_int_equal(writer_put(w, record, strlen(record), NULL), TC_OK);
  assert_int_equal(writer_commit(w, &head, NULL), TC_OK);
}

static size_t found(const char *folder, const char *query) {
  struct cache *cache;
  struct arena arena = ARENA_INIT;
  struct search_result result;
  assert_int_equal(cache_open(&cache, folder, NULL), TC_OK);
  struct search_query q = {.text = query, .site = "", .country = "", .limit = 10};
  assert_int_equal(search_run(cache, &q, &arena, &result, NULL), TC_OK);
  size_t count = result.count;
  cache_close(cache);
  arena_free(&arena);
  return count;
}

static void open_published(struct store *s, struct generation *g, const char *folder) {
  char path[GENERATION_PATH];
  assert_int_equal(generation_current(g, folder, NULL), TC_OK);
  assert_int_equal(generation_path(path, folder, g, NULL), TC_OK);
  assert_int_equal(store_open(s, path, STORE_WRITE, NULL), TC_OK);
}

static int64_t derived(const char *folder) {
  struct generation g;
  struct store s;
  int64_t value;
  open_published(&s, &g, folder);
  assert_int_equal(store_meta_int(&s, "derived", &value, NULL), TC_OK);
  store_close(&s);
  return value;
}

static void what_an_older_one_derived_is_made_anew(void **state) {
  const char *folder = *state;
  struct generation before, after;
  struct buffer cursor = BUFFER_INIT;
  struct writer *w;
  struct store s;
  open_published(&s, &before, folder);
  assert_int_equal(store_meta_put_int(&s, "derived", adopt_derived() - 1, NULL), TC_OK);
  store_close(&s);
  assert_int_equal(found(folder, "alpha"), 1); /* served until then */
  assert_int_equal(writer_cursor(&cursor, folder, NULL), TC_OK);
  assert_string_equal(buffer_text(&cursor), "where it is"); /* a pull goes on from there */
  buffer_free(&cursor);
  assert_int_equal(writer_delta(&w, folder, NULL), TC_OK);
  put(w, beta, 2);
  assert_int_equal(generation_current(&after, folder, NULL), TC_OK);
  assert_true(after.number > before.number);
  assert_true(derived(folder) == adopt_derived());
  assert_int_equal(found(folder, "alpha"), 1);
  assert_int_equal(found(folder, "beta"), 1);
}

/* Every way in says so, and nothing has changed. */
static void refuse(const char *folder, const char *named) {
  struct tc_error err = {.status = TC_OK};
  struct cache *cache;
  struct writer *w;
  struct buffer cursor = BUFFER_INIT;
  int64_t done;
  const struct {
    tc_status status;
    const char *what;
  } ways[] = {
      {cache_open(&cache, folder, &err), "cache_open"},
      {writer_delta(&w, folder, NULL), "writer_delta"},
      {writer_build(&w, folder, NULL), "writer_build"},
      {writer_rebuild(folder, NULL, NULL, NULL), "writer_rebuild"},
      {writer_cursor(&cursor, folder, NULL), "writer_cursor"},
      {writer_aside(&w, folder, "k", false, &done, NULL), "writer_aside"},
  };
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    if (ways[i].status != TC_NEWER)
      fail_msg("%s: %d for %s", ways[i].what, (int)ways[i].status, named);
  assert_non_null(strstr(err.text, "newer tocsin-sync (format"));
  assert_null(strchr(err.text, '\n'));
  buffer_free(&cursor);
}

static void what_a_newer_one_wrote_is_left(void **state) {
  const char *folder = *state;
  char path[FOLDER_PATH + 64], pointer[16];
  struct buffer was = BUFFER_INIT, is = BUFFER_INIT;
  struct generation g;
  struct store s;
  /* the pointer leads to a folder of its format */
  snprintf(path, sizeof path, "%s/cache/current", folder);
  assert_int_equal(file_read(&was, path, 64, NULL), TC_OK);
  snprintf(pointer, sizeof pointer, "%d/1\n", CACHE_FORMAT + 1);
  assert_int_equal(file_replace(path, pointer, strlen(pointer), 0640, NULL), TC_OK);
  refuse(folder, "the pointer");
  assert_int_equal(file_read(&is, path, 64, NULL), TC_OK);
  assert_string_equal(buffer_text(&is), pointer);
  assert_int_equal(file_replace(path, was.data, was.len, 0640, NULL), TC_OK);
  assert_int_equal(found(folder, "alpha"), 1); /* who made it serves it */
  /* the file itself says it */
  open_published(&s, &g, folder);
  snprintf(pointer, sizeof pointer, "%d", CACHE_FORMAT + 1);
  char sql[64];
  snprintf(sql, sizeof sql, "PRAGMA user_version = %d", CACHE_FORMAT + 1);
  assert_int_equal(store_exec(&s, sql, NULL), TC_OK);
  struct cache *cache;
  struct writer *w;
  struct tc_error err = {.status = TC_OK};
  assert_int_equal(cache_open(&cache, folder, &err), TC_NEWER);
  assert_non_null(strstr(err.text, "newer tocsin-sync (format"));
  assert_int_equal(writer_delta(&w, folder, NULL), TC_NEWER);
  snprintf(sql, sizeof sql, "PRAGMA user_version = %d", CACHE_FORMAT);
  assert_int_equal(store_exec(&s, sql, NULL), TC_OK);
  store_close(&s);
  assert_int_equal(found(folder, "alpha"), 1);
  buffer_free(&was);
  buffer_free(&is);
}

static int start(void **state) {
  static char folder[FOLDER_PATH];
  struct writer *w;
  if (folder_make(folder) != 0 || writer_build(&w, folder, NULL) != TC_OK ||
      writer_put(w, site, strlen(site), NULL) != TC_OK)
    return -1;
  put(w, alpha, 1);
  *state = folder;
  return 0;
}

static int stop(void **state) {
  return folder_remove(*state);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
  const struct CMUnitTest tests[] = {T(what_an_older_one_derived_is_made_anew),
                                     T(what_a_newer_one_wrote_is_left)};
  return cmocka_run_group_tests_name("older", tests, NULL, NULL);
}
