#include "db/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/cache.h"
#include "db/index.h"
#include "db/patience.h"
#include "db_sql.h"

enum { READER_MS = 200, WRITER_MS = 5000 }; /* how long for a lock */

/* A reader that may not write the log's index met a writer that has emptied it and is about to make
 * it anew. */
static bool is_unmade(int result) {
  return result == SQLITE_READONLY_RECOVERY || result == SQLITE_READONLY_CANTLOCK ||
         result == SQLITE_READONLY_CANTINIT;
}

tc_status store_fail(struct store *s, int result, struct tc_error *err) {
  const char *path = s->path;
  switch (is_unmade(result) ? SQLITE_PROTOCOL : result & 0xff) {
  case SQLITE_NOMEM:
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  case SQLITE_FULL:
    return tc_fail(err, TC_FULL, _("%s: the disk is full; nothing was changed"), path);
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_PROTOCOL: /* the log's index is being made, and not getting on */
    return tc_fail(err, TC_BUSY, _("%s is in use by another program; try again"), path);
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return tc_fail(err, TC_DENIED, _("%s may not be written by this account"), path);
  case SQLITE_NOTADB:
    return tc_fail(err, TC_FOREIGN, _("%s is not a tocsin cache"), path);
  case SQLITE_CORRUPT:
    return tc_fail(err, TC_DAMAGED,
                   _("%s is damaged: tocsin-sync pull loads it anew; without a source, move the "
                     "folder cache away and import again"),
                   path);
  case SQLITE_TOOBIG:
    return tc_fail(err, TC_TOO_LONG, _("%s: a value is too large"), path);
  case SQLITE_CANTOPEN:
    if (access(path, F_OK) != 0 && errno == ENOENT)
      return tc_fail(err, TC_DAMAGED,
                     _("%s is missing: tocsin-sync pull loads it anew; without a source, move the "
                       "folder cache away and import again"),
                     path);
    return tc_fail(err, TC_DENIED, _("%s cannot be opened by this account"), path);
  case SQLITE_IOERR:
    return tc_fail(err, TC_IO, _("%s cannot be read or written: %s"), path,
                   s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(result));
  default:
    return tc_fail(err, TC_DAMAGED, _("%s: %s"), path,
                   s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(result));
  }
}

/* SQLite asks no busy handler then: it is tried again for as long as for a lock. */
static bool is_passing(int result, int64_t *since) {
  return is_unmade(result) && patience_wait(READER_MS, since);
}

static int step(sqlite3_stmt *stmt) {
  int64_t since = 0;
  int result;
  while (is_passing(result = sqlite3_step(stmt), &since))
    sqlite3_reset(stmt);
  return result;
}

static int prepare(struct store *s, const char *sql, unsigned flags, sqlite3_stmt **out) {
  int64_t since = 0;
  int result;
  while (is_passing(result = sqlite3_prepare_v3(s->db, sql, -1, flags, out, NULL), &since))
    ;
  return result;
}

tc_status store_exec(struct store *s, const char *sql, struct tc_error *err) {
  int64_t since = 0;
  int result;
  while (is_passing(result = sqlite3_exec(s->db, sql, NULL, NULL, NULL), &since))
    ;
  return result == SQLITE_OK ? TC_OK : store_fail(s, result, err);
}

sqlite3_stmt *store_statement(struct store *s, const char *sql, struct tc_error *err) {
  for (size_t i = 0; i < s->prepared_count; i++)
    if (s->prepared[i].sql == sql) {
      sqlite3_reset(s->prepared[i].stmt);
      sqlite3_clear_bindings(s->prepared[i].stmt);
      return s->prepared[i].stmt;
    }
  if (s->prepared_count == STORE_STATEMENTS) {
    s->unprepared = tc_fail(err, TC_BUG, _("too many statements"));
    return NULL;
  }
  sqlite3_stmt *stmt = NULL;
  int result = prepare(s, sql, SQLITE_PREPARE_PERSISTENT, &stmt);
  if (result != SQLITE_OK) {
    s->unprepared = store_fail(s, result, err);
    return NULL;
  }
  s->prepared[s->prepared_count].sql = sql;
  s->prepared[s->prepared_count++].stmt = stmt;
  return stmt;
}

tc_status store_step(struct store *s, sqlite3_stmt *stmt, struct tc_error *err) {
  int result = step(stmt);
  if (result == SQLITE_ROW)
    return TC_OK;
  sqlite3_reset(stmt);
  return result == SQLITE_DONE ? TC_DONE : store_fail(s, result, err);
}

tc_status store_run(struct store *s, sqlite3_stmt *stmt, struct tc_error *err) {
  tc_status status;
  while ((status = store_step(s, stmt, err)) == TC_OK)
    ;
  return status == TC_DONE ? TC_OK : status;
}

/* ---- opening -----------------------------------------------------------------------------------
 */

static tc_status pragma_int(struct store *s, const char *pragma, int64_t *out,
                            struct tc_error *err) {
  sqlite3_stmt *stmt = NULL;
  int result = prepare(s, pragma, 0, &stmt);
  if (result != SQLITE_OK)
    return store_fail(s, result, err);
  result = step(stmt);
  *out = result == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
  sqlite3_finalize(stmt);
  return result == SQLITE_ROW || result == SQLITE_DONE ? TC_OK : store_fail(s, result, err);
}

/* Ours, and of a format that this program reads? */
static tc_status check_format(struct store *s, struct tc_error *err) {
  int64_t id = 0, format = 0;
  tc_status status = pragma_int(s, "PRAGMA application_id", &id, err);
  if (status == TC_OK && id != CACHE_APPLICATION_ID)
    status = tc_fail(err, TC_FOREIGN, _("%s is not a tocsin cache"), s->path);
  if (status == TC_OK)
    status = pragma_int(s, "PRAGMA user_version", &format, err);
  if (status == TC_OK && format > CACHE_FORMAT)
    status =
        tc_fail(err, TC_NEWER,
                _("%s was written by a newer tocsin-sync (format %lld; this program reads up to "
                  "%d); install the same version here"),
                s->path, (long long)format, CACHE_FORMAT);
  if (status == TC_OK && format < CACHE_FORMAT_OLDEST)
    status = tc_fail(err, TC_FOREIGN, _("%s has a format (%lld) that was never written"), s->path,
                     (long long)format);
  return status;
}

/* Of 32 bits: more would be the part of a snapshot that nothing compresses. */
int64_t store_sum(const void *bytes, size_t len) {
  return (int64_t)(index_sum(len, bytes, len) >> 32);
}

bool store_is_whole(sqlite3_stmt *stmt, int bytes, int sum) {
  return sqlite3_column_type(stmt, sum) != SQLITE_INTEGER ||
         sqlite3_column_int64(stmt, sum) ==
             store_sum(sqlite3_column_blob(stmt, bytes), (size_t)sqlite3_column_bytes(stmt, bytes));
}

static tc_status set_safe(struct store *s, struct tc_error *err) {
  /* "sum" of a file that has no such column is a word (store_is_whole()) */
  sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 1, (int *)NULL);
  sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
  sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
  sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)NULL);
  sqlite3_extended_result_codes(s->db, 1);
  return store_exec(s, "PRAGMA cell_size_check = 1; PRAGMA temp_store = MEMORY;", err);
}

static tc_status set_mode(struct store *s, enum store_mode mode, struct tc_error *err) {
  char sql[128];
  switch (mode) {
  case STORE_READ:
  case STORE_UNLOCKED:
  case STORE_IMMUTABLE:
    /* Not mapped: a page that is looked at again is not checked again, and a disk that cannot be
     * read is an error instead of a signal. */
    return store_exec(s, "PRAGMA query_only = 1; PRAGMA mmap_size = 0; PRAGMA cache_size = -4096;",
                      err);
  case STORE_WRITE:
    return store_exec(s,
                      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA "
                      "journal_size_limit = 4194304; PRAGMA foreign_keys = 0; PRAGMA "
                      "secure_delete = FAST;",
                      err);
  case STORE_BUILD:
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             CACHE_APPLICATION_ID, CACHE_FORMAT);
    tc_status status = store_exec(s,
                                  "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA "
                                  "locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;",
                                  err);
    if (status == TC_OK)
      status = store_exec(s, sql, err);
    if (status == TC_OK)
      status = store_exec(s, sql_schema, err);
    return status;
  }
  return TC_OK;
}

/* A file: URI of a path, for immutable=1. */
static char *immutable_uri(const char *path) {
  char *uri = malloc(strlen(path) * 3 + 32), *to = uri;
  if (!uri)
    return NULL;
  memcpy(to, "file:", 5);
  to += 5;
  for (; *path; path++) {
    if (strchr("%?# ", *path))
      to += snprintf(to, 4, "%%%02X", (unsigned char)*path);
    else
      *to++ = *path;
  }
  memcpy(to, "?immutable=1", sizeof "?immutable=1");
  return uri;
}

tc_status store_open(struct store *s, const char *path, enum store_mode mode,
                     struct tc_error *err) {
  memset(s, 0, sizeof *s);
  if ((size_t)snprintf(s->path, sizeof s->path, "%s", path) >= sizeof s->path)
    return tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long"));
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == STORE_BUILD   ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
           : mode == STORE_WRITE ? SQLITE_OPEN_READWRITE
                                 : SQLITE_OPEN_READONLY;
  struct stat st;
  if (mode != STORE_BUILD && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
    return tc_fail(err, TC_FOREIGN, _("%s is not a tocsin cache"), path);
  const char *vfs = mode == STORE_READ       ? patience_vfs()
                    : mode == STORE_UNLOCKED ? "unix-none"
                                             : NULL;
  int result;
  if (mode == STORE_IMMUTABLE) {
    char *uri = immutable_uri(path);
    if (!uri)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    result = sqlite3_open_v2(uri, &s->db, flags | SQLITE_OPEN_URI, NULL);
    free(uri);
  } else {
    result = sqlite3_open_v2(path, &s->db, flags, vfs);
  }
  if (result != SQLITE_OK) {
    tc_status failed = store_fail(s, result, err);
    store_close(s);
    return failed;
  }
  patience_set(s->db, mode == STORE_WRITE ? WRITER_MS : READER_MS);
  int persist = 1; /* also where the file is refused: readers need its -wal and -shm */
  if (mode == STORE_WRITE)
    sqlite3_file_control(s->db, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
  tc_status status = set_safe(s, err);
  if (status == TC_OK && mode == STORE_UNLOCKED) { /* the log's index is in memory then */
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    status = store_exec(s, "PRAGMA locking_mode = EXCLUSIVE", err);
  }
  if (status == TC_OK && mode != STORE_BUILD)
    status = check_format(s, err);
  if (status == TC_OK)
    status = set_mode(s, mode, err);
  if (status != TC_OK)
    store_close(s);
  return status;
}

void store_close(struct store *s) {
  for (size_t i = 0; i < s->prepared_count; i++)
    sqlite3_finalize(s->prepared[i].stmt);
  s->prepared_count = 0;
  sqlite3_close_v2(s->db);
  s->db = NULL;
}

tc_status store_settle(const char *path, struct tc_error *err) {
  static const char *const sides[] = {"", "-wal", "-shm"};
  char side[sizeof((struct store *)NULL)->path + 8];
  struct store s;
  int64_t revision = 0;
  if (chmod(path, 0640) != 0)
    return tc_fail_errno(err, errno, "%s", path);
  tc_status status = store_open(&s, path, STORE_WRITE, err);
  if (status != TC_OK)
    return status;
  status = store_meta_int(&s, "revision", &revision, err);
  if (status == TC_OK)
    status = store_meta_put_int(&s, "revision", revision, err);
  if (status == TC_OK)
    status = store_exec(&s, "PRAGMA wal_checkpoint(TRUNCATE)", err);
  if (status == TC_OK)
    status = store_meta_put_int(&s, "revision", revision, err);
  for (size_t i = 0; i < sizeof sides / sizeof *sides && status == TC_OK; i++) {
    snprintf(side, sizeof side, "%s%s", path, sides[i]);
    status = file_sync(side, err);
  }
  if (status == TC_OK)
    status = file_sync_folder_of(path, err);
  store_close(&s);
  return status;
}

/* ---- meta --------------------------------------------------------------------------------------
 */

/* Steps to the value; TC_DONE: there is none. */
static tc_status meta_find(struct store *s, const char *key, sqlite3_stmt **stmt,
                           struct tc_error *err) {
  *stmt = store_statement(s, sql_meta_get, err);
  if (!*stmt)
    return s->unprepared;
  sqlite3_bind_text(*stmt, 1, key, -1, SQLITE_STATIC);
  return store_step(s, *stmt, err);
}

tc_status store_meta_int(struct store *s, const char *key, int64_t *out, struct tc_error *err) {
  sqlite3_stmt *stmt;
  tc_status status = meta_find(s, key, &stmt, err);
  *out = status == TC_OK ? sqlite3_column_int64(stmt, 0) : 0;
  if (status == TC_OK)
    sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

tc_status store_meta_text(struct store *s, const char *key, char *out, size_t cap,
                          struct tc_error *err) {
  sqlite3_stmt *stmt;
  tc_status status = meta_find(s, key, &stmt, err);
  const char *text = status == TC_OK ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
  snprintf(out, cap, "%s", text ? text : "");
  if (status == TC_OK)
    sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

tc_status store_meta_append(struct store *s, const char *key, struct buffer *out,
                            struct tc_error *err) {
  sqlite3_stmt *stmt;
  tc_status status = meta_find(s, key, &stmt, err);
  if (status == TC_OK) {
    const void *text = sqlite3_column_text(stmt, 0);
    buffer_add(out, text ? text : "", (size_t)sqlite3_column_bytes(stmt, 0));
    sqlite3_reset(stmt);
    status = buffer_status(out, err);
  }
  return status == TC_DONE ? TC_OK : status;
}

tc_status store_meta_blob(struct store *s, const char *key, void *out, size_t len,
                          struct tc_error *err) {
  sqlite3_stmt *stmt;
  tc_status status = meta_find(s, key, &stmt, err);
  if (status == TC_OK && (size_t)sqlite3_column_bytes(stmt, 0) == len)
    memcpy(out, sqlite3_column_blob(stmt, 0), len);
  else if (status == TC_OK || status == TC_DONE)
    status = tc_fail(err, TC_DAMAGED, _("%s is damaged: it does not say its %s"), s->path, key);
  if (stmt)
    sqlite3_reset(stmt);
  return status;
}

static sqlite3_stmt *meta_set(struct store *s, const char *key, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_meta_put, err);
  if (stmt)
    sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
  return stmt;
}

tc_status store_meta_put_int(struct store *s, const char *key, int64_t value,
                             struct tc_error *err) {
  sqlite3_stmt *stmt = meta_set(s, key, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 2, value);
  return store_run(s, stmt, err);
}

tc_status store_meta_put_text(struct store *s, const char *key, const char *value,
                              struct tc_error *err) {
  sqlite3_stmt *stmt = meta_set(s, key, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_text(stmt, 2, value, -1, SQLITE_STATIC);
  return store_run(s, stmt, err);
}

tc_status store_meta_put_blob(struct store *s, const char *key, const void *value, size_t len,
                              struct tc_error *err) {
  sqlite3_stmt *stmt = meta_set(s, key, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_blob(stmt, 2, value, (int)len, SQLITE_STATIC);
  return store_run(s, stmt, err);
}

tc_status store_identity(struct store *s, const struct uuid *uuid, int64_t *id,
                         struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_identity_get, err);
  *id = -1;
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_blob(stmt, 1, uuid->b, sizeof uuid->b, SQLITE_STATIC);
  tc_status status = store_step(s, stmt, err);
  if (status == TC_OK) {
    *id = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
  }
  return status == TC_DONE ? TC_OK : status;
}
