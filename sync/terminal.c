#include "sync/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "sync/pg.h"
#include "sync/pull_state.h"

enum { NAME_LONGEST = 48, SECRET_BYTES = 24 };

/* A role's name goes into pg_hba.conf, .pgpass and certificates: nothing there needs a quote. */
static tc_status check_name(const char *name, struct tc_error *err) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  size_t len = strlen(name);
  if (len == 0 || len > NAME_LONGEST || strspn(name, letters) != len || !strncmp(name, "pg_", 3) ||
      !strncmp(name, "tocsin_", 7))
    return tc_fail(err, TC_USAGE,
                   _("a terminal's name is up to %d of a to z, 0 to 9, - and _, and does not begin "
                     "with pg_ or tocsin_; not “%s”"),
                   NAME_LONGEST, name);
  return TC_OK;
}

static tc_status make_password(char *out, size_t cap, struct tc_error *err) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  uint8_t secret[SECRET_BYTES];
  if (getrandom(secret, sizeof secret, 0) != (ssize_t)sizeof secret)
    return tc_fail_errno(err, errno, "getrandom");
  size_t n = 0;
  for (; n < sizeof secret && n + 1 < cap; n++)
    out[n] = letters[secret[n] & 63];
  out[n] = '\0';
  return TC_OK;
}

/* Runs what the server itself quotes: sql returns a script. */
static tc_status run_made(struct pg *pg, const char *sql, const char *const *params, size_t count,
                          struct tc_error *err) {
  struct buffer script = BUFFER_INIT;
  tc_status status = pg_value(pg, &script, sql, params, count, err);
  if (status == TC_OK)
    status = pg_run(pg, buffer_text(&script), err);
  buffer_free(&script);
  return status;
}

/* "t" where the query says so. */
static tc_status ask_truth(struct pg *pg, const char *sql, const char *name, bool *out,
                           struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = pg_value(pg, &text, sql, &name, 1, err);
  *out = !strcmp(buffer_text(&text), "true");
  buffer_free(&text);
  return status;
}

/* The role: made, or one that a revoked terminal left. */
static tc_status make_role(struct pg *pg, const char *name, const char *verifier,
                           struct tc_error *err) {
  bool left, there;
  tc_status status = ask_truth(
      pg,
      "SELECT EXISTS (SELECT FROM tocsin.terminal WHERE role = $1 AND revoked IS NOT NULL)::text",
      name, &left, err);
  if (status == TC_OK)
    status = ask_truth(pg, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)::text", name,
                       &there, err);
  if (status != TC_OK)
    return status;
  if (there && !left)
    return tc_fail(
        err, TC_REFUSED,
        _("%s: there is a role “%s” already: revoke that terminal, or take another name"),
        pg_source(pg), name);
  const char *params[] = {name, *verifier ? verifier : NULL, there ? "ALTER" : "CREATE"};
  return run_made(pg,
                  "SELECT format('%s ROLE %I LOGIN NOCREATEDB NOCREATEROLE PASSWORD %L', $3::text, "
                  "$1::text, $2::text)",
                  params, 3, err);
}

static tc_status grant(struct pg *pg, const char *name, uint32_t scope, struct tc_error *err) {
  tc_status status = TC_OK;
  for (int a = AUDIENCE_PUBLIC; a < AUDIENCE_COUNT && status == TC_OK; a++) {
    const char *params[] = {name, audience_word((enum audience)a)};
    if (scope & (UINT32_C(1) << a))
      status = run_made(pg, "SELECT format('GRANT %I TO %I', 'tocsin_' || $2::text, $1::text)",
                        params, 2, err);
  }
  return status;
}

static tc_status open_and_begin(struct pg **pg, const char *conninfo, struct tc_error *err) {
  tc_status status = pg_open(pg, conninfo, &pg_patience_usual, err);
  if (status == TC_OK)
    status = pg_run(*pg, "BEGIN; SELECT pg_advisory_xact_lock(hashtext('tocsin terminal'))", err);
  return status;
}

tc_status terminal_enrol(const char *conninfo, const char *name, const char *audiences,
                         bool certificate, struct enrolment *out, struct tc_error *err) {
  struct pg *pg = NULL;
  struct buffer verifier = BUFFER_INIT, uuid = BUFFER_INIT;
  uint32_t scope;
  *out = (struct enrolment){.password = ""};
  tc_status status = scope_from_person(audiences, &scope, err);
  if (status == TC_OK)
    status = check_name(name, err);
  if (status == TC_OK)
    status = open_and_begin(&pg, conninfo, err);
  if (status == TC_OK && !certificate)
    status = make_password(out->password, sizeof out->password, err);
  if (status == TC_OK && !certificate)
    status = pg_password(pg, &verifier, name, out->password, err);
  if (status == TC_OK)
    status = make_role(pg, name, buffer_text(&verifier), err);
  if (status == TC_OK)
    status = grant(pg, name, (uint32_t)scope, err);
  const char *params[] = {name, audiences};
  if (status == TC_OK)
    status = pg_value(pg, &uuid,
                      "INSERT INTO tocsin.terminal (role, audiences) "
                      "VALUES ($1, string_to_array($2, ',')) ON CONFLICT (role) DO UPDATE "
                      "SET uuid = gen_random_uuid(), audiences = EXCLUDED.audiences, "
                      "enrolled = now(), revoked = NULL, seen = NULL, revision = NULL, "
                      "version = NULL, queue = NULL RETURNING uuid::text",
                      params, 2, err);
  if (status == TC_OK && !uuid_parse(&out->terminal, buffer_text(&uuid), uuid.len))
    status = tc_fail(err, TC_BUG, _("the source's answer cannot be read"));
  if (status == TC_OK)
    status = pg_run(pg, "COMMIT", err);
  if (status == TC_OK) {
    struct pg_where where = pg_where(pg);
    snprintf(out->host, sizeof out->host, "%s", where.host);
    snprintf(out->port, sizeof out->port, "%s", where.port);
    snprintf(out->database, sizeof out->database, "%s", where.database);
  }
  pg_close(pg);
  buffer_free(&verifier);
  buffer_free(&uuid);
  return status;
}

tc_status terminal_revoke(const char *conninfo, const char *name, struct tc_error *err) {
  struct pg *pg = NULL;
  struct buffer uuid = BUFFER_INIT;
  const char *params[] = {name};
  tc_status status = open_and_begin(&pg, conninfo, err);
  if (status == TC_OK)
    status = pg_value(pg, &uuid,
                      "UPDATE tocsin.terminal SET revoked = now() WHERE role = $1 "
                      "AND revoked IS NULL RETURNING uuid::text",
                      params, 1, err);
  if (status == TC_OK && uuid.len == 0)
    status = tc_fail(err, TC_NOT_FOUND, _("%s: no terminal is called “%s”"), pg_source(pg), name);
  if (status == TC_OK)
    status = run_made(pg,
                      "SELECT format('REVOKE tocsin_public, tocsin_clinical, tocsin_switchboard, "
                      "tocsin_restricted FROM %I; ALTER ROLE %I NOLOGIN PASSWORD NULL', $1::text, "
                      "$1::text)",
                      params, 1, err);
  if (status == TC_OK)
    status = pg_run(pg, "COMMIT", err);
  pg_close(pg);
  buffer_free(&uuid);
  return status;
}

/* What a terminal says of itself, and the names of roles, move no cursor and begin no line. */
static void add_line(struct buffer *out, const char *bytes, size_t len) {
  bool ascii = emit_target() != TRANSLIT_NONE;
  const char *tab;
  while ((tab = memchr(bytes, '\t', len))) {
    size_t n = (size_t)(tab - bytes);
    utf8_display(out, bytes, n, ascii);
    buffer_add_char(out, '\t');
    bytes += n + 1;
    len -= n + 1;
  }
  utf8_display(out, bytes, len, ascii);
  buffer_add_char(out, '\n');
}

tc_status terminal_fleet(const char *conninfo, struct buffer *out, struct tc_error *err) {
  struct pg *pg;
  const void *bytes;
  size_t len;
  tc_status status = pg_open(&pg, conninfo, &pg_patience_usual, err);
  if (status != TC_OK)
    return status;
  status = pg_query(pg,
                    "SELECT concat(translate(role, E'\\t', ' '), E'\\t', uuid, E'\\t', revision, "
                    "E'\\t', behind, E'\\t', translate(version, E'\\t', ' '), E'\\t', queue, "
                    "E'\\t', age, E'\\t', audiences, E'\\t', state) "
                    "FROM tocsin.fleet ORDER BY role",
                    NULL, 0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK)
    add_line(out, bytes, len);
  pg_close(pg);
  return status == TC_DONE ? buffer_status(out, err) : status;
}
