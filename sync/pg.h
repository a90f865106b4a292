/* One connection to a PostgreSQL server.  The only place that knows libpq.
 *
 * Every wait has a deadline of ours, since libpq's connect_timeout ends with the connecting. Errors
 * are one line: what the server or the library said first, without details, values or passwords. */
#ifndef TC_SYNC_PG_H
#define TC_SYNC_PG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

struct pg;

struct pg_patience {
  int connect_ms; /* until the server has let us in, unless conninfo has a connect_timeout */
  /* Without a byte of an answer that we wait for, or with fewer than 64 a second of waiting; 0: no
   * end. */
  int answer_ms;
  /* Called with each row of an answer: what has come since the connection was made.  NULL: none. */
  void (*came)(void *context, int64_t rows, int64_t bytes);
  /* Called before a host is looked for, and while anything is waited for at least every tick_ms (0:
   * it is not called): whoever waits lives. */
  void (*tick)(void *context);
  int tick_ms;
  void *context; /* of both */
  int stop_fd;   /* readable: every wait ends at once with TC_UNAVAILABLE; 0: there is none */
};

extern const struct pg_patience pg_patience_usual;

/* One host to connect to. */
struct pg_target {
  const char *conninfo;
  const char *host, *hostaddr, *port; /* instead of conninfo's own; NULL: as it says */
  /* NULL: a person typed conninfo, and any sslmode in it is their word.  Else hosts, by blanks,
   * that may do without sslmode=verify-full; no other may, but a local socket. */
  const char *plaintext_to;
};

/* Connects.  conninfo is libpq's: name=value pairs or a postgresql:// address.  Without a word
 * about sslmode (or with "prefer", which is none) a host that is no local socket must prove who it
 * is (verify-full).  *out belongs to the caller (pg_close). TC_USAGE: it cannot be read, or holds a
 * password.  TC_UNAVAILABLE: nobody there, or nobody who speaks PostgreSQL, or the server is not
 * ready.  TC_DENIED: the password is wrong or missing. */
TC_MUST_CHECK tc_status pg_open(struct pg **out, const char *conninfo,
                                const struct pg_patience *patience, struct tc_error *err);
/* The same, of one host.  TC_CONFIG: it is neither a local socket nor named in plaintext_to, and
 * conninfo weakens sslmode. */
TC_MUST_CHECK tc_status pg_open_target(struct pg **out, const struct pg_target *target,
                                       const struct pg_patience *patience, struct tc_error *err);
void pg_close(struct pg *pg); /* NULL-safe; an unfinished answer is given up */

/* The hosts of a connection string, one call each in their order; host, hostaddr and port are NULL
 * where the string does not say them.  Each may end it with a status of its own.  TC_USAGE: it
 * cannot be read, or holds a password. */
TC_MUST_CHECK tc_status pg_hosts(const char *conninfo,
                                 tc_status (*each)(void *context, const char *host,
                                                   const char *hostaddr, const char *port,
                                                   struct tc_error *err),
                                 void *context, struct tc_error *err);

/* Whether the connection is still of use: nothing has ended it, as far as can be known without
 * asking. */
bool pg_alive(struct pg *pg);
/* Whether another statement can be asked at once: no transaction is open, no answer half read.
 * A connection that is not is closed after a failure, so that it holds nothing at the source. */
bool pg_settled(const struct pg *pg);

/* "host:port/database", for messages and for the cache.  Borrowed. */
const char *pg_source(const struct pg *pg);

/* Sends one statement with its parameters as text (NULL: SQL NULL); rows follow by pg_next().
 * Errors of the server as pg_next(). */
TC_MUST_CHECK tc_status pg_query(struct pg *pg, const char *sql, const char *const *params,
                                 size_t count, struct tc_error *err);

/* The first column of the next row, as PostgreSQL sends it in binary (text and bytea: the bytes).
 * Borrowed until the next call.  bytes is NULL for SQL NULL.  TC_DONE: there are no more.
 * TC_DENIED, TC_BUSY, TC_UNAVAILABLE, TC_REFUSED: what the server said (pg_sqlstate). */
TC_MUST_CHECK tc_status pg_next(struct pg *pg, const void **bytes, size_t *len,
                                struct tc_error *err);

/* Runs a script of any number of statements whose rows nobody wants. */
TC_MUST_CHECK tc_status pg_run(struct pg *pg, const char *script, struct tc_error *err);

/* One statement's first column of its first row, appended; nothing for no row or NULL. */
TC_MUST_CHECK tc_status pg_value(struct pg *pg, struct buffer *out, const char *sql,
                                 const char *const *params, size_t count, struct tc_error *err);

/* After LISTEN: has a notification come?  pg_alive() first.  Takes those that wait. */
bool pg_was_told(struct pg *pg);
int pg_socket(const struct pg *pg); /* to wait for what comes unasked */

/* What a server may keep of a role's password (SCRAM-SHA-256), so that the password itself is never
 * sent, nor logged there. */
TC_MUST_CHECK tc_status pg_password(struct pg *pg, struct buffer *out, const char *role,
                                    const char *password, struct tc_error *err);

/* Where it leads, for a connection string of somebody else.  Borrowed; "" where libpq does not say.
 */
struct pg_where {
  const char *host, *port, *database;
};
struct pg_where pg_where(const struct pg *pg);

/* SQLSTATE of the last error a server sent, "" for none. */
const char *pg_sqlstate(const struct pg *pg);

#endif
