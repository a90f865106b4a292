/* What was changed since the search index was made goes into a new one. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/document.h"
#include "db/generation.h"
#include "db/place.h"
#include "db/words.h"
#include "db/writer.h"
#include "db_sql.h"

struct tidying {
  struct generation generation;
  char folder[GENERATION_PATH], database[GENERATION_PATH];
  int64_t stamp; /* of what the new index holds */
  char aside[WORDS_PATH + 32];
};

/* One entry after another, as they now stand and in the order that they now have. */
static tc_status add_all(struct store *s, struct words *w, struct index_maker *m,
                         struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct buffer key = BUFFER_INIT, document = BUFFER_INIT;
  struct words_cursor cursor;
  int64_t id;
  tc_status status = TC_OK;
  words_start(w);
  uint64_t *all = words_set(w);
  if (!all)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  words_all(w, all);
  words_begin_at(w, &cursor, all, NULL, false);
  while (status == TC_OK && words_next(w, &cursor, &id)) {
    struct entry e;
    arena_reset(&arena);
    buffer_clear(&key);
    buffer_clear(&document);
    status = place_entry(s, id, &arena, &e, err);
    if (status == TC_OK)
      status = document_write(&document, &e, &arena, err);
    if (status == TC_OK) {
      document_key(&key, document_class(&e), &e);
      status = buffer_status(&key, err);
    }
    if (status == TC_OK)
      status = index_maker_add(m, id, key.data, key.len, buffer_text(&document), err);
  }
  buffer_free(&key);
  buffer_free(&document);
  arena_free(&arena);
  if (status == TC_NOT_FOUND)
    status = tc_fail(err, TC_DAMAGED, _("%s is damaged; run tocsin-sync rebuild, or load it anew"),
                     s->path);
  return status;
}

static tc_status count_fresh(struct store *s, int64_t *count, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_fresh_count, err);
  tc_status status = stmt ? store_step(s, stmt, err) : TC_DAMAGED;
  *count = status == TC_OK ? sqlite3_column_int64(stmt, 0) : 0;
  if (stmt)
    sqlite3_reset(stmt);
  return status;
}

/* Makes the new index aside, of one revision, while others read and write.  TC_DONE: there is too
 * little to do. */
static tc_status make_aside(struct tidying *t, int least, struct tc_error *err) {
  struct store s;
  struct words w;
  struct index_maker *m = NULL;
  int64_t count = 0;
  tc_status status = store_open(&s, t->database, STORE_READ, err);
  if (status != TC_OK)
    return status;
  words_init(&w, t->folder);
  status = store_exec(&s, "BEGIN", err);
  if (status == TC_OK)
    status = count_fresh(&s, &count, err);
  if (status == TC_OK && (count == 0 || count < least))
    status = TC_DONE;
  if (status == TC_OK)
    status = words_follow(&w, &s, err);
  if (status == TC_OK)
    status = index_maker_new(&m, true, err);
  if (status == TC_OK)
    status = add_all(&s, &w, m, err);
  if (status == TC_OK)
    status = index_maker_write(m, t->aside, err);
  t->stamp = w.stamp;
  index_maker_free(m);
  words_free(&w);
  store_close(&s);
  return status;
}

/* What was changed while the new index was being made: where it stood in the old one does not
 * matter any more. */
static tc_status move_fresh(struct store *s, const struct index *x, struct tc_error *err) {
  sqlite3_stmt *rows = store_statement(s, sql_fresh_since, err),
               *put = store_statement(s, sql_fresh_move, err);
  tc_status status = rows && put ? TC_OK : TC_DAMAGED;
  if (status != TC_OK)
    return status;
  sqlite3_bind_int64(rows, 1, 0);
  while ((status = store_step(s, rows, err)) == TC_OK) {
    int64_t id = sqlite3_column_int64(rows, 0);
    size_t was, len = (size_t)sqlite3_column_bytes(rows, 3);
    const char *key = sqlite3_column_blob(rows, 3);
    sqlite3_bind_int64(put, 1, id);
    sqlite3_bind_int64(put, 2, index_place(x, id, &was) ? (int64_t)was : -1);
    sqlite3_bind_int64(put, 3, key ? (int64_t)index_before(x, key, len) : 0);
    status = store_run(s, put, err);
    if (status != TC_OK)
      break;
  }
  sqlite3_reset(rows);
  return status == TC_DONE ? TC_OK : status;
}

/* In one transaction the database goes over to the new index. */
static tc_status switch_over(const struct tidying *t, struct store *s, struct tc_error *err) {
  char path[WORDS_PATH];
  struct index *x = NULL;
  int64_t stamp;
  tc_status status = store_exec(s, "BEGIN IMMEDIATE", err);
  if (status == TC_OK)
    status = store_meta_int(s, "index", &stamp, err);
  if (status != TC_OK)
    return status;
  if (stamp_number(stamp) != stamp_number(t->stamp)) /* another was quicker */
    return tc_fail(err, TC_BUSY, _("%s is in use by another program; try again"), s->path);
  words_path(path, t->folder, stamp_number(stamp) + 1);
  if (rename(t->aside, path) != 0)
    return tc_fail_errno(err, errno, "%s", path);
  status = file_sync_folder_of(path, err);
  if (status == TC_OK)
    status = index_open(&x, path, err);
  sqlite3_stmt *drop = status == TC_OK ? store_statement(s, sql_fresh_drop, err) : NULL;
  if (drop) {
    sqlite3_bind_int64(drop, 1, stamp_change(t->stamp));
    status = store_run(s, drop, err);
    if (status == TC_OK)
      status = move_fresh(s, x, err);
  } else if (status == TC_OK) {
    status = TC_DAMAGED;
  }
  index_close(x);
  if (status == TC_OK)
    status = store_meta_put_int(s, "index",
                                words_stamp(stamp_number(stamp) + 1, stamp_change(stamp)), err);
  return status == TC_OK ? store_exec(s, "COMMIT", err) : status;
}

/* Removes the files of older indexes, and what was made aside and not finished.  One that an
 * account may still need that reads the database without its log stays until that is in the file.
 */
static void remove_old(const struct tidying *t, struct store *s) {
  int64_t stamp;
  int in_log = 0, moved = 0;
  if (store_meta_int(s, "index", &stamp, NULL) != TC_OK)
    return;
  bool settled = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log,
                                           &moved) == SQLITE_OK &&
                 in_log == moved;
  DIR *dir = opendir(t->folder);
  if (!dir)
    return;
  for (const struct dirent *e; (e = readdir(dir));) {
    char path[GENERATION_PATH + 300];
    if (strncmp(e->d_name, "words.", 6) != 0)
      continue;
    char *end;
    long long number = strtoll(e->d_name + 6, &end, 10);
    if (!*end && (number >= stamp_number(stamp) || (number + 1 == stamp_number(stamp) && !settled)))
      continue;
    snprintf(path, sizeof path, "%s/%s", t->folder, e->d_name);
    unlink(path);
  }
  closedir(dir);
}

/* With the writer's lock, for a moment. */
static tc_status take_over(const struct tidying *t, const char *scope_dir, struct tc_error *err) {
  struct generation now;
  struct store s;
  int lock;
  tc_status status = generation_lock(&lock, scope_dir, err);
  if (status != TC_OK)
    return status;
  status = generation_current(&now, scope_dir, err);
  if (status == TC_OK && (now.number != t->generation.number || now.format != t->generation.format))
    status = tc_fail(err, TC_BUSY, _("%s is in use by another program; try again"), t->database);
  if (status == TC_OK && (status = store_open(&s, t->database, STORE_WRITE, err)) == TC_OK) {
    status = switch_over(t, &s, err);
    if (status == TC_OK)
      remove_old(t, &s);
    store_close(&s);
  }
  close(lock);
  return status;
}

tc_status writer_tidy(const char *scope_dir, int least, bool *more, struct tc_error *err) {
  struct tidying t;
  *more = false;
  tc_status status = generation_current(&t.generation, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(t.database, scope_dir, &t.generation, err);
  if (status == TC_OK)
    status = generation_folder(t.folder, scope_dir, &t.generation, err);
  if (status != TC_OK)
    return status;
  snprintf(t.aside, sizeof t.aside, "%s/words.new-%ld", t.folder, (long)getpid());
  status = make_aside(&t, least, err);
  if (status != TC_OK)
    return status == TC_DONE ? TC_OK : status;
  status = take_over(&t, scope_dir, err);
  if (status != TC_OK)
    unlink(t.aside);
  return status;
}
