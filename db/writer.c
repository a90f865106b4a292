#include "db/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/adopt.h"
#include "db/aside.h"
#include "db/build.h"
#include "db/change_set.h"
#include "db/debt.h"
#include "db/generation.h"
#include "db/needs.h"
#include "db/residue.h"
#include "db/store.h"
#include "db/tidy.h"
#include "db/words.h"
#include "db_sql.h"

/* From so many changed entries on the index is made anew at the end of a change set. */
enum { FRESH_MOST = 16384 };

struct writer {
  struct store store;
  char scope_dir[GENERATION_PATH];
  struct generation generation;
  int lock;
  bool owes;             /* what was to go before is not all gone (db/debt.h) */
  bool made;             /* the scope folder was not there before this writer */
  struct build *build;   /* NULL: a delta */
  bool aside;            /* a delta of a generation that is not published */
  struct change_set set; /* of a delta; of a build only sums, counts and the arena */
};

static void writer_free(struct writer *w) {
  if (!w)
    return;
  store_close(&w->store);
  if (w->lock >= 0)
    close(w->lock);
  build_free(w->build);
  change_set_free(&w->set);
  free(w);
}

static tc_status writer_new(struct writer **out, const char *scope_dir, struct tc_error *err) {
  struct writer *w = calloc(1, sizeof *w);
  *out = NULL;
  if (!w)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  w->lock = -1;
  w->set.store = &w->store;
  if (strlen(scope_dir) >= sizeof w->scope_dir) {
    free(w);
    return tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long: %s"), scope_dir);
  }
  memcpy(w->scope_dir, scope_dir, strlen(scope_dir) + 1);
  w->made = access(scope_dir, F_OK) != 0;
  tc_status status = generation_lock(&w->lock, scope_dir, err);
  struct generation published;
  struct tc_error why = {.status = TC_OK};
  /* What a newer program made is its own: no generation of this one is put before it. */
  if (status == TC_OK && generation_current(&published, scope_dir, &why) == TC_NEWER)
    status = tc_fail(err, TC_NEWER, "%s", why.text);
  if (status != TC_OK) {
    writer_free(w);
    return status;
  }
  w->owes = debt_settle(scope_dir, NULL) != TC_OK;
  *out = w;
  return TC_OK;
}

tc_status writer_settle(const char *scope_dir, struct tc_error *err) {
  aside_forget(scope_dir);
  return debt_pay(scope_dir, err);
}

tc_status writer_lock(int *fd, const char *scope_dir, struct tc_error *err) {
  return generation_lock(fd, scope_dir, err);
}

/* The folder of the writer's generation. */
static tc_status folder_of(const struct writer *w, char out[GENERATION_PATH],
                           struct tc_error *err) {
  return generation_folder(out, w->scope_dir, &w->generation, err);
}

tc_status writer_build(struct writer **out, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct writer *w;
  tc_status status = writer_new(&w, scope_dir, err);
  *out = NULL;
  if (status != TC_OK)
    return status;
  status = generation_make(&w->generation, scope_dir, err);
  if (status == TC_OK)
    status = folder_of(w, path, err);
  if (status == TC_OK)
    status = build_new(&w->build, path, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_BUILD, err);
  if (status != TC_OK) {
    if (!w->build && w->generation.number)
      generation_remove(scope_dir, &w->generation);
    writer_discard(w);
    return status;
  }
  *out = w;
  return TC_OK;
}

static tc_status read_sums(struct writer *w, struct tc_error *err) {
  struct store *s = &w->store;
  tc_status status = store_meta_blob(s, "digest", w->set.digest.b, sizeof w->set.digest.b, err);
  const struct {
    const char *key;
    int64_t *value;
  } sums[] = {{"records", &w->set.records},          {"entries", &w->set.counts.entries},
              {"contacts", &w->set.counts.contacts}, {"unreadable", &w->set.counts.unreadable},
              {"revision", &w->set.revision},        {"index", &w->set.stamp}};
  for (size_t i = 0; i < sizeof sums / sizeof *sums && status == TC_OK; i++)
    status = store_meta_int(s, sums[i].key, sums[i].value, err);
  w->set.counts.records = w->set.records;
  w->set.revision++;
  return status;
}

/* Opens what a delta is derived against.  TC_NEWER where that was made by another version of this
 * program, or is not whole: it is made anew first. */
static tc_status open_derived(struct writer *w, struct tc_error *err) {
  char folder[GENERATION_PATH], path[WORDS_PATH];
  int64_t derived = 0;
  tc_status status = store_meta_int(&w->store, "derived", &derived, err);
  if (status == TC_OK)
    status = store_meta_int(&w->store, "index", &w->set.stamp, err);
  if (status == TC_OK)
    status = folder_of(w, folder, err);
  if (status != TC_OK)
    return status;
  if (derived != adopt_derived())
    return TC_NEWER;
  words_path(path, folder, stamp_number(w->set.stamp));
  status = index_open(&w->set.index, path, NULL);
  return status == TC_DAMAGED || status == TC_NO_INPUT ? TC_NEWER : status;
}

static tc_status begin_step(struct writer *w, struct tc_error *err) {
  tc_status status = store_exec(&w->store, "BEGIN IMMEDIATE", err);
  return status == TC_OK ? read_sums(w, err) : status;
}

tc_status writer_delta(struct writer **out, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct writer *w;
  tc_status status = writer_new(&w, scope_dir, err);
  *out = NULL;
  if (status != TC_OK)
    return status;
  status = generation_current(&w->generation, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_WRITE, err);
  if (status == TC_OK) {
    status = open_derived(w, err);
    if (status == TC_NEWER) {
      writer_free(w);
      status = writer_rebuild(scope_dir, NULL, NULL, err);
      return status == TC_OK ? writer_delta(out, scope_dir, err) : status;
    }
  }
  if (status == TC_OK)
    status = begin_step(w, err);
  if (status != TC_OK) {
    writer_discard(w);
    return status;
  }
  *out = w;
  return TC_OK;
}

void writer_discard(struct writer *w) {
  if (!w)
    return;
  if (w->build || w->aside) {
    store_close(&w->store);
    if (w->generation.number)
      generation_remove(w->scope_dir, &w->generation);
  }
  if (generation_stamp(w->scope_dir) == 0)
    generation_leave(w->scope_dir, w->made);
  writer_free(w); /* closing rolls a delta back */
}

tc_status writer_put(struct writer *w, const void *bytes, size_t len, struct tc_error *err) {
  struct record_head head;
  tc_status status = record_head(&head, bytes, len, err);
  if (status != TC_OK)
    return status;
  if (len > RECORD_MAX)
    return tc_fail(err, TC_TOO_LONG, _("record: over %d bytes"), RECORD_MAX);
  if (w->build)
    return build_put(w->build, &head, bytes, len, err);
  status = change_set_put(&w->set, &head, bytes, len, err);
  arena_reset(&w->set.arena);
  return status;
}

tc_status writer_delete(struct writer *w, const struct uuid *uuid, enum audience audience,
                        struct tc_error *err) {
  if (w->build)
    return build_delete(w->build, uuid, audience, err);
  tc_status status = change_set_delete(&w->set, uuid, audience, err);
  arena_reset(&w->set.arena);
  return status;
}

/* ---- sums and commit ---------------------------------------------------------------------------
 */

tc_status writer_sum(struct writer *w, int64_t *records, struct digest *digest,
                     struct tc_error *err) {
  (void)err;
  if (w->build)
    build_sum(w->build, &w->set.records, &w->set.digest);
  *records = w->set.records;
  *digest = w->set.digest;
  return TC_OK;
}

struct meta_number {
  const char *key;
  int64_t value;
};

static tc_status write_numbers(struct writer *w, const struct meta_number *numbers, size_t count,
                               struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < count && status == TC_OK; i++)
    status = store_meta_put_int(&w->store, numbers[i].key, numbers[i].value, err);
  return status;
}

/* What is there now. */
static tc_status write_sums(struct writer *w, struct tc_error *err) {
  const struct meta_number numbers[] = {
      {"records", w->set.records},
      {"entries", w->set.counts.entries},
      {"contacts", w->set.counts.contacts},
      {"unreadable", w->set.counts.unreadable},
  };
  tc_status status =
      store_meta_put_blob(&w->store, "digest", w->set.digest.b, sizeof w->set.digest.b, err);
  return status == TC_OK ? write_numbers(w, numbers, sizeof numbers / sizeof *numbers, err)
                         : status;
}

static tc_status write_meta(struct writer *w, const struct writer_head *head,
                            struct tc_error *err) {
  struct store *s = &w->store;
  const struct meta_number numbers[] = {
      {"revision", head->revision},
      {"source_time", head->source_time},
      {"audience", (int64_t)head->audience},
      {"derived", adopt_derived()},
      {"needs", NEEDS_VERSION},
  };
  tc_status status =
      store_meta_put_blob(s, "generation", head->generation.b, sizeof head->generation.b, err);
  if (status == TC_OK)
    status = write_sums(w, err);
  if (status == TC_OK)
    status = store_meta_put_text(s, "source", head->source ? head->source : "", err);
  if (status == TC_OK)
    status = store_meta_put_text(s, "cursor", head->cursor ? head->cursor : "", err);
  if (status == TC_OK)
    status = write_numbers(w, numbers, sizeof numbers / sizeof *numbers, err);
  /* Said where there is something to remove: what is built for a snapshot is not written again. */
  struct generation before;
  if (status == TC_OK && (w->build || w->aside) && (head->forget || w->owes) &&
      generation_previous(&before, w->scope_dir, &w->generation))
    status = debt_note(s, err);
  return status;
}

/* Closes the store as readers will find it. */
static tc_status settle(struct writer *w, struct tc_error *err) {
  char path[GENERATION_PATH];
  store_close(&w->store);
  tc_status status = generation_path(path, w->scope_dir, &w->generation, err);
  return status == TC_OK ? store_settle(path, err) : status;
}

/* Derives everything from what was given. */
static tc_status build_settle(struct writer *w, const struct writer_head *head,
                              struct tc_error *err) {
  char folder[GENERATION_PATH], path[WORDS_PATH];
  tc_status status = folder_of(w, folder, err);
  if (status != TC_OK)
    return status;
  words_path(path, folder, 1);
  build_sum(w->build, &w->set.records, &w->set.digest);
  status = build_fill(w->build, &w->store, path, head->revision, &w->set.counts, err);
  if (status == TC_OK)
    status = store_meta_put_int(&w->store, "index", words_stamp(1, 0), err);
  if (status == TC_OK)
    status = write_meta(w, head, err);
  return status == TC_OK ? settle(w, err) : status;
}

/* Switches to a settled generation. */
static tc_status switch_to(struct writer *w, const struct writer_head *head, struct tc_error *err) {
  tc_status status = generation_publish(w->scope_dir, &w->generation, err);
  if (status != TC_OK)
    return status;
  generation_tidy(w->scope_dir, &w->generation);
  residue_drop_old(w->scope_dir, &w->generation, head->source_time);
  tc_status settled = debt_settle(w->scope_dir, NULL);
  (void)settled; /* it stands in meta, and whoever forgets asks (writer_settle()) */
  return TC_OK;
}

/* Are there so many changed entries beside the index that every reader would be slow to begin? */
static bool is_overgrown(struct writer *w) {
  sqlite3_stmt *stmt = store_statement(&w->store, sql_fresh_count, NULL);
  bool over = stmt && store_step(&w->store, stmt, NULL) == TC_OK &&
              sqlite3_column_int64(stmt, 0) >= FRESH_MOST;
  if (stmt)
    sqlite3_reset(stmt);
  return over;
}

tc_status writer_commit(struct writer *w, const struct writer_head *head, struct tc_error *err) {
  char scope_dir[GENERATION_PATH];
  tc_status status;
  bool overgrown = false;
  memcpy(scope_dir, w->scope_dir, sizeof scope_dir);
  if (w->build) {
    status = build_settle(w, head, err);
  } else {
    status = change_set_settle(&w->set, err);
    if (status == TC_OK)
      status = write_meta(w, head, err);
    if (status == TC_OK && w->aside)
      status = store_exec(&w->store, "DELETE FROM meta WHERE key = 'aside'", err);
    if (status == TC_OK && w->set.residue)
      status = residue_note(&w->store, err);
    if (status == TC_OK)
      status = store_exec(&w->store, "COMMIT", err);
    if (status == TC_OK)
      overgrown = is_overgrown(w);
    if (status == TC_OK)
      residue_clear(&w->store, scope_dir, &w->generation, head->source_time);
    if (status == TC_OK && w->aside)
      status = settle(w, err);
  }
  if (status == TC_OK && (w->build || w->aside))
    status = switch_to(w, head, err);
  if (status == TC_OK && w->aside)
    aside_done(w->scope_dir, &w->generation);
  if (status != TC_OK) {
    writer_discard(w);
    return status;
  }
  writer_free(w);
  /* What was committed stands, whatever comes of it. */
  tc_status tidied = overgrown ? tidy_all(scope_dir, FRESH_MOST, NULL) : TC_OK;
  (void)tidied;
  return TC_OK;
}

/* ---- aside, in small commits -------------------------------------------------------------------
 */

/* An empty generation. */
static tc_status seed(struct writer *w, struct tc_error *err) {
  char path[GENERATION_PATH];
  tc_status status = folder_of(w, path, err);
  if (status == TC_OK)
    status = build_new(&w->build, path, err);
  if (status == TC_OK)
    status = generation_path(path, w->scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_BUILD, err);
  if (status == TC_OK)
    status = build_settle(w, &(struct writer_head){.revision = 0}, err);
  build_free(w->build);
  w->build = NULL;
  return status;
}

tc_status writer_aside(struct writer **out, const char *scope_dir, const char *key, bool empty,
                       int64_t *done, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct writer *w;
  bool ready = false;
  tc_status status = writer_new(&w, scope_dir, err);
  *out = NULL;
  if (status != TC_OK)
    return status;
  status = aside_begin(&w->generation, scope_dir, key, empty, &ready, err);
  w->aside = status == TC_OK;
  if (status == TC_OK && !ready)
    status = empty ? seed(w, err) : aside_copy(scope_dir, &w->generation, err);
  if (status == TC_OK && !ready)
    status = aside_ready(scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &w->generation, err);
  if (status == TC_OK)
    status = store_open(&w->store, path, STORE_WRITE, err);
  if (status == TC_OK)
    status = open_derived(w, err);
  if (status == TC_OK)
    status = begin_step(w, err);
  if (status == TC_OK)
    status = store_meta_int(&w->store, "aside", done, err);
  if (status != TC_OK) {
    writer_discard(w);
    return status;
  }
  *out = w;
  return TC_OK;
}

tc_status writer_keep(struct writer *w, int64_t done, struct tc_error *err) {
  tc_status status = change_set_settle(&w->set, err);
  if (status == TC_OK)
    status = write_sums(w, err);
  if (status == TC_OK && w->set.residue)
    status = residue_note(&w->store, err);
  if (status == TC_OK)
    status = store_meta_put_int(&w->store, "aside", done, err);
  if (status == TC_OK)
    status = store_exec(&w->store, "COMMIT", err);
  if (status != TC_OK)
    return status;
  touched_free(&w->set.touched);
  return begin_step(w, err);
}
