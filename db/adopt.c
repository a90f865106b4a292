#include "db/adopt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "core/record.h"
#include "db/cache.h"
#include "db/generation.h"
#include "db/words.h"
#include "db_sql.h"

struct adoption {
  char scope_dir[GENERATION_PATH];
  struct generation generation;
  int lock, fd[ADOPT_FILES];
  struct store store;
};

/* The files of a generation's folder: a build's index is always the first. */
static tc_status paths_of(char out[ADOPT_FILES][WORDS_PATH], const char *scope_dir,
                          const struct generation *g, struct tc_error *err) {
  char folder[GENERATION_PATH];
  tc_status status = generation_path(out[ADOPT_DATABASE], scope_dir, g, err);
  if (status == TC_OK)
    status = generation_folder(folder, scope_dir, g, err);
  if (status == TC_OK)
    words_path(out[ADOPT_INDEX], folder, 1);
  return status;
}

/* ---- out of here -------------------------------------------------------------------------------
 */

/* Is it as a build left it? */
static tc_status check_untouched(const char *path, struct tc_error *err) {
  struct store s;
  int64_t stamp = 0;
  tc_status status = store_open(&s, path, STORE_READ, err);
  if (status != TC_OK)
    return status;
  status = store_meta_int(&s, "index", &stamp, err);
  store_close(&s);
  if (status == TC_OK && stamp != words_stamp(1, 0))
    status = tc_fail(err, TC_REFUSED, _("%s has been changed since it was built"), path);
  return status;
}

tc_status adopt_source_open(struct adopt_source *out, const char *scope_dir, struct tc_error *err) {
  char paths[ADOPT_FILES][WORDS_PATH];
  struct generation g;
  *out = (struct adopt_source){.fd = {-1, -1}};
  tc_status status = generation_current(&g, scope_dir, err);
  if (status == TC_OK)
    status = paths_of(paths, scope_dir, &g, err);
  if (status == TC_OK)
    status = check_untouched(paths[ADOPT_DATABASE], err);
  for (int i = 0; i < ADOPT_FILES && status == TC_OK; i++) {
    struct stat st;
    out->fd[i] = open(paths[i], O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (out->fd[i] < 0 || fstat(out->fd[i], &st) != 0)
      status = tc_fail_errno(err, errno, "%s", paths[i]);
    else
      out->size[i] = (int64_t)st.st_size;
  }
  if (status != TC_OK)
    adopt_source_close(out);
  return status;
}

void adopt_source_close(struct adopt_source *s) {
  for (int i = 0; i < ADOPT_FILES; i++)
    if (s->fd[i] >= 0)
      close(s->fd[i]);
  *s = (struct adopt_source){.fd = {-1, -1}};
}

void adopt_source_remove(const char *scope_dir) {
  struct generation g = {CACHE_FORMAT, INT64_MAX};
  static const char *const left[] = {"cache/current", "cache/lock"};
  char path[GENERATION_PATH + 32];
  while (generation_previous(&g, scope_dir, &g))
    generation_remove(scope_dir, &g);
  for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
    snprintf(path, sizeof path, "%s/%s", scope_dir, left[i]);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/cache/%d", scope_dir, CACHE_FORMAT);
  rmdir(path);
  snprintf(path, sizeof path, "%s/cache", scope_dir);
  rmdir(path);
  rmdir(scope_dir);
}

/* ---- into here ---------------------------------------------------------------------------------
 */

static tc_status open_files(struct adoption *a, struct tc_error *err) {
  char paths[ADOPT_FILES][WORDS_PATH];
  tc_status status = paths_of(paths, a->scope_dir, &a->generation, err);
  for (int i = 0; i < ADOPT_FILES && status == TC_OK; i++) {
    a->fd[i] = open(paths[i], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (a->fd[i] < 0)
      status = tc_fail_errno(err, errno, "%s", paths[i]);
  }
  return status;
}

tc_status adoption_begin(struct adoption **out, const char *scope_dir, struct tc_error *err) {
  struct generation there;
  struct adoption *a = calloc(1, sizeof *a);
  *out = NULL;
  if (!a)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  a->lock = a->fd[ADOPT_DATABASE] = a->fd[ADOPT_INDEX] = -1;
  tc_status status = TC_OK;
  if (strlen(scope_dir) >= sizeof a->scope_dir)
    status = tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long: %s"), scope_dir);
  else
    memcpy(a->scope_dir, scope_dir, strlen(scope_dir) + 1);
  if (status == TC_OK)
    status = generation_lock(&a->lock, scope_dir, err);
  if (status == TC_OK && generation_current(&there, scope_dir, NULL) != TC_NEVER_SYNCED)
    status = tc_fail(err, TC_BUSY, _("another writer has changed the cache meanwhile: try again"));
  if (status == TC_OK)
    status = generation_make(&a->generation, scope_dir, err);
  if (status == TC_OK)
    status = open_files(a, err);
  if (status != TC_OK) {
    adoption_discard(a);
    return status;
  }
  *out = a;
  return TC_OK;
}

tc_status adoption_write(struct adoption *a, enum adopt_file file, const void *bytes, size_t len,
                         struct tc_error *err) {
  return file_write(a->fd[file], a->scope_dir, bytes, len, err);
}

static tc_status not_that(const char *path, struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("%s does not hold what the source says of it"), path);
}

/* Hashes every record. */
static tc_status check_records(struct store *s, const struct adoption_facts *facts,
                               struct tc_error *err) {
  struct digest found = {{0}};
  int64_t records = 0;
  sqlite3_stmt *stmt = store_statement(s, sql_record_hash, err);
  tc_status status = stmt ? TC_OK : s->unprepared;
  while (status == TC_OK && (status = store_step(s, stmt, err)) == TC_OK) {
    digest_toggle(&found, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0));
    records++;
  }
  if (status != TC_DONE)
    return status;
  return records == facts->records && !memcmp(found.b, facts->digest.b, sizeof found.b)
             ? TC_OK
             : not_that(s->path, err);
}

/* What the database says of itself. */
static tc_status check_meta(struct store *s, const struct adoption_facts *facts,
                            struct tc_error *err) {
  struct uuid generation;
  struct digest digest;
  int64_t revision, records, derived, stamp = 0;
  tc_status status = store_meta_blob(s, "generation", generation.b, sizeof generation.b, err);
  if (status == TC_OK)
    status = store_meta_blob(s, "digest", digest.b, sizeof digest.b, err);
  if (status == TC_OK)
    status = store_meta_int(s, "revision", &revision, err);
  if (status == TC_OK)
    status = store_meta_int(s, "records", &records, err);
  if (status == TC_OK)
    status = store_meta_int(s, "derived", &derived, err);
  if (status == TC_OK)
    status = store_meta_int(s, "index", &stamp, err);
  if (status != TC_OK)
    return status;
  bool is_that = uuid_equal(&generation, &facts->generation) && revision == facts->revision &&
                 records == facts->records && derived == adopt_derived() &&
                 stamp == words_stamp(1, 0) && !memcmp(digest.b, facts->digest.b, sizeof digest.b);
  return is_that ? TC_OK : not_that(s->path, err);
}

tc_status adoption_check(struct adoption *a, const struct adoption_facts *facts,
                         struct buffer *cursor, struct tc_error *err) {
  char paths[ADOPT_FILES][WORDS_PATH];
  struct index *index = NULL;
  tc_status status = paths_of(paths, a->scope_dir, &a->generation, err);
  for (int i = 0; i < ADOPT_FILES && status == TC_OK; i++) {
    if (close(a->fd[i]) != 0)
      status = tc_fail_errno(err, errno, "%s", paths[i]);
    a->fd[i] = -1;
  }
  if (status == TC_OK)
    status = index_open(&index, paths[ADOPT_INDEX], err);
  index_close(index);
  if (status == TC_OK)
    status = store_open(&a->store, paths[ADOPT_DATABASE], STORE_WRITE, err);
  if (status == TC_OK)
    status = check_meta(&a->store, facts, err);
  if (status == TC_OK)
    status = check_records(&a->store, facts, err);
  return status == TC_OK ? store_meta_append(&a->store, "cursor", cursor, err) : status;
}

tc_status adoption_commit(struct adoption *a, const char *source, struct tc_error *err) {
  char paths[ADOPT_FILES][WORDS_PATH];
  tc_status status = store_meta_put_text(&a->store, "source", source, err);
  store_close(&a->store);
  if (status == TC_OK)
    status = paths_of(paths, a->scope_dir, &a->generation, err);
  if (status == TC_OK)
    status = file_sync(paths[ADOPT_INDEX], err);
  if (status == TC_OK)
    status = store_settle(paths[ADOPT_DATABASE], err);
  if (status == TC_OK)
    status = generation_publish(a->scope_dir, &a->generation, err);
  if (status == TC_OK)
    a->generation.number = 0; /* it is no longer ours to remove */
  adoption_discard(a);
  return status;
}

void adoption_discard(struct adoption *a) {
  if (!a)
    return;
  store_close(&a->store);
  for (int i = 0; i < ADOPT_FILES; i++)
    if (a->fd[i] >= 0)
      close(a->fd[i]);
  if (a->generation.number)
    generation_remove(a->scope_dir, &a->generation);
  if (a->lock >= 0)
    close(a->lock);
  free(a);
}
