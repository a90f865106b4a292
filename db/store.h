/* One SQLite connection as this room uses it: safe settings, named statements prepared once, errors
 * in one place.  Private to db/. */
#ifndef TC_DB_STORE_H
#define TC_DB_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/uuid.h"

enum {
  STORE_STATEMENTS = 40,
  STORE_VERSION = 2 /* raised when schema.sql derives more from the same records */
};

struct store {
  sqlite3 *db;
  char path[512];
  struct {
    const char *sql; /* which of db_sql.h, by address */
    sqlite3_stmt *stmt;
  } prepared[STORE_STATEMENTS];
  size_t prepared_count;
  tc_status unprepared; /* why store_statement() gave none the last time */
};

enum store_mode {
  STORE_READ,      /* read-only, WAL */
  STORE_UNLOCKED,  /* read-only, the log read for itself alone: no lock, no -shm */
  STORE_IMMUTABLE, /* read-only, as if nobody could change the file; what is in the log is not seen
                    */
  STORE_WRITE,     /* WAL, synchronous=FULL */
  STORE_BUILD      /* a new file that nobody sees yet: no journal */
};

/* Opens and checks that it is a cache of a format that this program reads.  TC_FOREIGN, TC_NEWER,
 * TC_DAMAGED, TC_DENIED, TC_NO_INPUT.  STORE_BUILD makes the file and its schema. */
TC_MUST_CHECK tc_status store_open(struct store *s, const char *path, enum store_mode mode,
                                   struct tc_error *err);
void store_close(struct store *s);

/* Opens a file that was built (0640 from now on) once as readers will, so that -wal and -shm are
 * there for accounts that cannot make them, and syncs all three and their folder. */
TC_MUST_CHECK tc_status store_settle(const char *path, struct tc_error *err);

/* The prepared statement of a text of db_sql.h, reset and without bindings; NULL with err set. */
sqlite3_stmt *store_statement(struct store *s, const char *sql, struct tc_error *err);

/* Runs a statement to its end (no rows wanted) and resets it. */
TC_MUST_CHECK tc_status store_run(struct store *s, sqlite3_stmt *stmt, struct tc_error *err);

/* Steps: TC_OK a row, TC_DONE the end (reset). */
TC_MUST_CHECK tc_status store_step(struct store *s, sqlite3_stmt *stmt, struct tc_error *err);

/* What is kept beside a record to tell rot, and whether the columns of a row still agree; true
 * where a file of an earlier version keeps none. */
int64_t store_sum(const void *bytes, size_t len);
bool store_is_whole(sqlite3_stmt *stmt, int bytes, int sum);

/* Runs SQL text without parameters. */
TC_MUST_CHECK tc_status store_exec(struct store *s, const char *sql, struct tc_error *err);

/* Sets the message of the last failure: what SQLite's result means to a person. */
tc_status store_fail(struct store *s, int result, struct tc_error *err);

/* Values of meta.  A missing one is 0, or TC_DAMAGED for a blob. */
TC_MUST_CHECK tc_status store_meta_int(struct store *s, const char *key, int64_t *out,
                                       struct tc_error *err);
TC_MUST_CHECK tc_status store_meta_text(struct store *s, const char *key, char *out, size_t cap,
                                        struct tc_error *err);
TC_MUST_CHECK tc_status store_meta_append(struct store *s, const char *key, struct buffer *out,
                                          struct tc_error *err); /* text of any length */
TC_MUST_CHECK tc_status store_meta_blob(struct store *s, const char *key, void *out, size_t len,
                                        struct tc_error *err);
TC_MUST_CHECK tc_status store_meta_put_int(struct store *s, const char *key, int64_t value,
                                           struct tc_error *err);
TC_MUST_CHECK tc_status store_meta_put_text(struct store *s, const char *key, const char *value,
                                            struct tc_error *err);
TC_MUST_CHECK tc_status store_meta_put_blob(struct store *s, const char *key, const void *value,
                                            size_t len, struct tc_error *err);

/* The id of a UUID, or -1. */
TC_MUST_CHECK tc_status store_identity(struct store *s, const struct uuid *uuid, int64_t *id,
                                       struct tc_error *err);

#endif
