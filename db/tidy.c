#include "db/tidy.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/document.h"
#include "db/generation.h"
#include "db/place.h"
#include "db/words.h"
#include "db_sql.h"

enum { LOOK_EVERY = 64 }; /* entries between two looks at the clock */

enum phase { PHASE_BEGIN, PHASE_ADD, PHASE_WRITE, PHASE_SWITCH, PHASE_REMOVE };

struct tidy {
  char scope_dir[GENERATION_PATH];
  struct generation generation;
  char folder[GENERATION_PATH], database[GENERATION_PATH];
  char aside[WORDS_PATH + 32];
  struct store store; /* one snapshot, for all steps */
  struct words words;
  struct words_cursor cursor;
  struct index_maker *maker;
  struct arena arena;
  struct buffer key, document;
  size_t seen;
  enum phase phase;
  /* What cannot be cut into steps is done by a thread, while nobody else touches any of this. */
  tc_status (*task)(struct tidy *t, struct tc_error *err);
  pthread_t thread;
  bool running;
  atomic_bool ended;
  tc_status outcome;
  struct tc_error why;
};

static void *run_task(void *data) {
  struct tidy *t = data;
  t->outcome = t->task(t, &t->why);
  atomic_store(&t->ended, true);
  return NULL;
}

/* Runs a task aside; *more: it has not ended.  At once where the budget has no end. */
static tc_status run_aside(struct tidy *t, tc_status (*task)(struct tidy *t, struct tc_error *err),
                           int budget_ms, bool *more, struct tc_error *err) {
  if (!t->running) {
    t->task = task;
    atomic_store(&t->ended, false);
    t->running = budget_ms && pthread_create(&t->thread, NULL, run_task, t) == 0;
    if (!t->running)
      run_task(t);
  }
  *more = budget_ms && !atomic_load(&t->ended);
  if (*more)
    return TC_OK;
  if (t->running) /* without an end of the budget one waits for what an earlier step began */
    pthread_join(t->thread, NULL);
  t->running = false;
  return t->outcome == TC_OK ? TC_OK : tc_fail(err, t->outcome, "%s", t->why.text);
}

static tc_status count_fresh(struct store *s, int64_t *count, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_fresh_count, err);
  tc_status status = stmt ? store_step(s, stmt, err) : s->unprepared;
  *count = status == TC_OK ? sqlite3_column_int64(stmt, 0) : 0;
  if (stmt)
    sqlite3_reset(stmt);
  return status;
}

/* Finds the published generation, and where the new index is made. */
static tc_status find_paths(struct tidy *t, const char *scope_dir, struct tc_error *err) {
  snprintf(t->scope_dir, sizeof t->scope_dir, "%s", scope_dir);
  tc_status status = generation_current(&t->generation, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(t->database, scope_dir, &t->generation, err);
  if (status == TC_OK)
    status = generation_folder(t->folder, scope_dir, &t->generation, err);
  snprintf(t->aside, sizeof t->aside, "%s/words.new-%ld", t->folder, (long)getpid());
  return status;
}

/* All entries, as they now stand and in the order that they now have. */
static tc_status begin_entries(struct tidy *t, struct tc_error *err) {
  tc_status status = words_follow(&t->words, &t->store, WORDS_ALL, err);
  if (status == TC_OK)
    status = index_maker_new(&t->maker, true, err);
  if (status != TC_OK)
    return status;
  words_start(&t->words);
  uint64_t *all = words_set(&t->words);
  if (!all)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  words_all(&t->words, all);
  words_begin_at(&t->words, &t->cursor, all, NULL, false);
  return TC_OK;
}

tc_status tidy_open(struct tidy **out, const char *scope_dir, int least, struct tc_error *err) {
  struct tidy *t = calloc(1, sizeof *t);
  int64_t count = 0, stamp = 0;
  *out = NULL;
  if (!t)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = find_paths(t, scope_dir, err);
  words_init(&t->words, t->folder);
  if (status == TC_OK)
    status = store_open(&t->store, t->database, STORE_READ, err);
  if (status == TC_OK)
    status = store_exec(&t->store, "BEGIN", err);
  if (status == TC_OK)
    status = count_fresh(&t->store, &count, err);
  if (status == TC_OK && (count == 0 || count < least))
    status = TC_DONE;
  if (status == TC_OK)
    status = store_meta_int(&t->store, "index", &stamp, err);
  if (status == TC_OK) /* here, since a thread shares the list of what is mapped */
    status = words_open(&t->words, stamp, err);
  if (status != TC_OK) {
    tidy_close(t);
    return status;
  }
  *out = t;
  return TC_OK;
}

void tidy_close(struct tidy *t) {
  if (!t)
    return;
  if (t->running)
    pthread_join(t->thread, NULL);
  if (t->phase >= PHASE_WRITE) /* it has another name where it took over */
    unlink(t->aside);
  index_maker_free(t->maker);
  words_free(&t->words);
  if (t->store.db)
    store_close(&t->store);
  arena_free(&t->arena);
  buffer_free(&t->key);
  buffer_free(&t->document);
  free(t);
}

static tc_status add_entry(struct tidy *t, int64_t id, struct tc_error *err) {
  struct entry e;
  arena_reset(&t->arena);
  buffer_clear(&t->key);
  buffer_clear(&t->document);
  tc_status status = place_entry(&t->store, id, AUDIENCE_NONE, &t->arena, &e, err);
  if (status == TC_NOT_FOUND)
    return tc_fail(err, TC_DAMAGED, _("%s is damaged; tocsin-sync rebuild makes it again"),
                   t->store.path);
  if (status == TC_OK)
    status = document_write(&t->document, &e, &t->arena, err);
  if (status != TC_OK)
    return status;
  document_key(&t->key, document_class(&e), &e);
  status = buffer_status(&t->key, err);
  return status == TC_OK ? index_maker_add(t->maker, id, t->key.data, t->key.len,
                                           buffer_text(&t->document), err)
                         : status;
}

/* A change that came while the new index was being made. */
struct late {
  struct late *next;
  int64_t id, change;
  const char *key, *document; /* NULL: it is gone */
  size_t key_len, document_len;
};

/* Those behind the change that the new index holds, in their order; NULL for none. */
static tc_status read_late(struct store *s, int64_t behind, struct arena *arena, struct late **out,
                           struct tc_error *err) {
  sqlite3_stmt *rows = store_statement(s, sql_fresh_since, err);
  struct late **end = out;
  tc_status status = rows ? TC_OK : s->unprepared;
  *out = NULL;
  if (rows)
    sqlite3_bind_int64(rows, 1, behind);
  while (status == TC_OK && (status = store_step(s, rows, err)) == TC_OK) {
    struct late *l = arena_zalloc(arena, 1, sizeof *l);
    const void *key = sqlite3_column_blob(rows, 3), *document = sqlite3_column_text(rows, 4);
    if (l) {
      l->id = sqlite3_column_int64(rows, 0);
      l->key_len = (size_t)sqlite3_column_bytes(rows, 3);
      l->document_len = (size_t)sqlite3_column_bytes(rows, 4);
      l->key = arena_copy(arena, key ? key : "", l->key_len);
      l->document = document ? arena_copy(arena, document, l->document_len) : NULL;
      l->change = sqlite3_column_int64(rows, 5);
      *end = l;
      end = &l->next;
    }
    if (arena_failed(arena))
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  if (rows)
    sqlite3_reset(rows);
  return status == TC_DONE ? TC_OK : status;
}

/* Puts them back, as they stand in the new index: where they stood in the old one does not matter
 * any more. */
static tc_status put_late(struct store *s, const struct late *l, const struct index *x,
                          struct tc_error *err) {
  tc_status status = TC_OK;
  for (; l && status == TC_OK; l = l->next) {
    size_t was;
    sqlite3_stmt *put = store_statement(s, sql_fresh_put, err);
    if (!put)
      return s->unprepared;
    sqlite3_bind_int64(put, 1, l->id);
    sqlite3_bind_int64(put, 2, l->change);
    sqlite3_bind_int64(put, 3, index_place(x, l->id, &was) ? (int64_t)was : -1);
    sqlite3_bind_int64(put, 4, l->key_len ? (int64_t)index_before(x, l->key, l->key_len) : 0);
    sqlite3_bind_blob(put, 5, l->key, (int)l->key_len, SQLITE_STATIC);
    if (l->document)
      sqlite3_bind_text(put, 6, l->document, (int)l->document_len, SQLITE_STATIC);
    status = store_run(s, put, err);
  }
  return status;
}

/* Leaves those alone that the new index does not hold.  All rows go at once, which costs as little
 * for ten thousand as for one, and these come back. */
static tc_status move_fresh(const struct tidy *t, struct store *s, const struct index *x,
                            struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct late *late;
  tc_status status = read_late(s, stamp_change(t->words.stamp), &arena, &late, err);
  sqlite3_stmt *drop = status == TC_OK ? store_statement(s, sql_fresh_drop, err) : NULL;
  if (status == TC_OK)
    status = drop ? store_run(s, drop, err) : s->unprepared;
  if (status == TC_OK)
    status = put_late(s, late, x, err);
  arena_free(&arena);
  return status;
}

/* In one transaction the database goes over to the new index. */
static tc_status switch_over(const struct tidy *t, struct store *s, struct tc_error *err) {
  char path[WORDS_PATH];
  struct index *x = NULL;
  int64_t stamp;
  tc_status status = store_exec(s, "BEGIN IMMEDIATE", err);
  if (status == TC_OK)
    status = store_meta_int(s, "index", &stamp, err);
  if (status != TC_OK)
    return status;
  if (stamp_number(stamp) != stamp_number(t->words.stamp)) /* another was quicker */
    return tc_fail(err, TC_BUSY, _("%s is in use by another program; try again"), s->path);
  words_path(path, t->folder, stamp_number(stamp) + 1);
  if (rename(t->aside, path) != 0)
    return tc_fail_errno(err, errno, "%s", path);
  status = file_sync_folder_of(path, err);
  if (status == TC_OK)
    status = index_open(&x, path, err);
  if (status == TC_OK)
    status = move_fresh(t, s, x, err);
  index_close(x);
  if (status == TC_OK)
    status = store_meta_put_int(s, "index",
                                words_stamp(stamp_number(stamp) + 1, stamp_change(stamp)), err);
  return status == TC_OK ? store_exec(s, "COMMIT", err) : status;
}

/* Removes the files of older indexes, and what was made aside and not finished.  One that an
 * account may still need that reads the database without its log stays until that is in the file.
 */
static void remove_old(const struct tidy *t, struct store *s) {
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

/* With the writer's lock, for a moment: goes over to the new index, or removes what is of older
 * ones.
 */
static tc_status take_over(const struct tidy *t, bool removes, struct tc_error *err) {
  struct generation now;
  struct store s;
  int lock;
  tc_status status = generation_lock(&lock, t->scope_dir, err);
  if (status != TC_OK)
    return status;
  status = generation_current(&now, t->scope_dir, err);
  if (status == TC_OK && (now.number != t->generation.number || now.format != t->generation.format))
    status = tc_fail(err, TC_BUSY, _("%s is in use by another program; try again"), t->database);
  if (status == TC_OK && (status = store_open(&s, t->database, STORE_WRITE, err)) == TC_OK) {
    if (removes)
      remove_old(t, &s);
    else
      status = switch_over(t, &s, err);
    store_close(&s);
  }
  close(lock);
  return status;
}

/* The new one stands, whatever comes of it: what stays is removed behind the next one. */
static void remove_behind(const struct tidy *t) {
  tc_status status = take_over(t, true, NULL);
  (void)status;
}

static int64_t now_ms(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* Every entry into the maker; *more: not all of them yet. */
static tc_status add_entries(struct tidy *t, int budget_ms, bool *more, struct tc_error *err) {
  int64_t until = now_ms() + budget_ms, id;
  tc_status status = TC_OK;
  /* Who is not in the old index would not be in the new one: no rot is carried on. */
  while (status == TC_OK && !t->words.proved) {
    bool rest;
    status = words_prove(&t->words, &rest, err);
    if (status == TC_OK && budget_ms && now_ms() >= until) {
      *more = true;
      return TC_OK;
    }
  }
  while (status == TC_OK && words_next(&t->words, &t->cursor, &id)) {
    status = add_entry(t, id, err);
    if (status == TC_OK && budget_ms && ++t->seen % LOOK_EVERY == 0 && now_ms() >= until) {
      *more = true;
      return TC_OK;
    }
  }
  return status == TC_OK ? words_check(&t->words, err) : status;
}

static tc_status write_aside(struct tidy *t, struct tc_error *err) {
  tc_status status = index_maker_write(t->maker, t->aside, err);
  index_maker_free(t->maker);
  t->maker = NULL;
  return status;
}

tc_status tidy_step(struct tidy *t, int budget_ms, bool *more, struct tc_error *err) {
  tc_status status = TC_OK;
  do {
    *more = false;
    switch (t->phase) {
    case PHASE_BEGIN:
      status = run_aside(t, begin_entries, budget_ms, more, err);
      break;
    case PHASE_ADD:
      status = add_entries(t, budget_ms, more, err);
      if (status == TC_OK && !*more)
        store_close(&t->store); /* its snapshot would hold the log */
      break;
    case PHASE_WRITE:
      status = run_aside(t, write_aside, budget_ms, more, err);
      break;
    case PHASE_SWITCH:
      status = take_over(t, false, err);
      break;
    case PHASE_REMOVE:
      remove_behind(t);
      return TC_OK;
    }
    if (status != TC_OK || *more)
      return status;
    t->phase++;
    *more = true;
  } while (!budget_ms);
  return TC_OK;
}

tc_status tidy_all(const char *scope_dir, int least, struct tc_error *err) {
  struct tidy *t;
  bool more;
  tc_status status = tidy_open(&t, scope_dir, least, err);
  if (status == TC_OK)
    status = tidy_step(t, 0, &more, err);
  tidy_close(t);
  return status == TC_DONE ? TC_OK : status;
}
