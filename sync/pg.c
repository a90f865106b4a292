#include "sync/pg.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#include <libpq-fe.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "base/utf8.h"

enum { LEAST_RATE = 64 }; /* bytes a second of waiting; a modem of 1200 baud sends twice as many */

const struct pg_patience pg_patience_usual = {.connect_ms = 15000, .answer_ms = 30000};

struct pg {
  PGconn *conn;
  PGresult *row; /* lent by pg_next() */
  bool asked;    /* an answer is not read to its end */
  struct pg_patience patience;
  int64_t rows, bytes;     /* that came */
  int64_t waited_ms, drip; /* since the rate was last judged: waited, and bytes off the wire */
  char source[128];
  char sqlstate[6];
};

/* ---- words -------------------------------------------------------------------------------------
 */

/* The first line of a message, which a server that nobody trusts may have written: nothing in it
 * moves a cursor or turns what stands beside it. */
static void first_line(const char *message, char *out, size_t cap) {
  struct buffer shown = BUFFER_INIT;
  if (!message)
    message = "";
  size_t len = strcspn(message, "\n");
  while (len && (unsigned char)message[len - 1] <= 0x20)
    len--;
  utf8_display(&shown, message, len, false);
  size_t n = 0, next;
  while (n < shown.len && (next = n + utf8_grapheme(shown.data + n, shown.len - n)) < cap)
    n = next;
  if (n)
    memcpy(out, shown.data, n);
  out[n] = '\0';
  if (shown.status == TC_NO_MEMORY) /* a sentence with a gap says nothing */
    snprintf(out, cap, "%s", _("out of memory"));
  buffer_free(&shown);
}

static const char *option_of(const PQconninfoOption *options, const char *name) {
  for (; options && options->keyword; options++)
    if (!strcmp(options->keyword, name))
      return options->val ? options->val : "";
  return "";
}

static bool is_socket(const char *host) {
  return *host == '/' || *host == '@';
}

static void name_source(struct pg *pg) {
  const char *host = PQhost(pg->conn), *port = PQport(pg->conn), *db = PQdb(pg->conn);
  if (!host || !*host || is_socket(host))
    host = "local";
  snprintf(pg->source, sizeof pg->source, "%s:%s/%s", host, port && *port ? port : "5432",
           db ? db : "");
}

/* What a server's SQLSTATE means to us: the first prefix that fits. */
static const struct {
  const char *prefix;
  tc_status status;
  const char *why;
} states[] = {
    {"42501", TC_DENIED, N_("the source does not let this role do that")},
    {"3F000", TC_UNAVAILABLE, N_("the schema tocsin is not there: run tocsin-sync source init")},
    {"42883", TC_UNAVAILABLE,
     N_("the schema tocsin is not there, or is older than this program: "
        "run tocsin-sync source init or upgrade")},
    {"42P01", TC_UNAVAILABLE,
     N_("the schema tocsin is not there, or is older than this program: "
        "run tocsin-sync source init or upgrade")},
    {"40", TC_BUSY, N_("the source was busy with the same thing; try again")},
    {"55P03", TC_BUSY, N_("the source was busy with the same thing; try again")},
    {"55000", TC_BUSY, N_("the source is not ready yet")},
    {"53", TC_UNAVAILABLE, N_("the source has no room for more")},
    {"57014", TC_UNAVAILABLE, N_("the source broke off its answer: try again")},
    {"57", TC_UNAVAILABLE, N_("the source ended the connection")},
    {"08", TC_UNAVAILABLE, N_("the connection to the source broke")},
    {"23503", TC_REFUSED, N_("it names what is not there: import or make that first")},
    {"25006", TC_UNAVAILABLE, N_("this source only reads, as a standby does: name the primary")},
    {"22", TC_REFUSED, N_("the source refuses it")},
    {"", TC_UNAVAILABLE, N_("the source answered with an error")},
};

static tc_status fail_as_said(struct pg *pg, const PGresult *result, struct tc_error *err) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  char said[400];
  first_line(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), said, sizeof said);
  snprintf(pg->sqlstate, sizeof pg->sqlstate, "%s", state ? state : "");
  if (!*said) { /* the library's own: the connection is gone */
    first_line(PQresultErrorMessage(result), said, sizeof said);
    return tc_fail(err, TC_UNAVAILABLE, _("%s: the connection to the source broke: %s"), pg->source,
                   said);
  }
  const char *standby = PQparameterStatus(pg->conn, "in_hot_standby");
  if (!strcmp(pg->sqlstate, "40001") && standby && !strcmp(standby, "on"))
    /* a hot standby that had to go on with what its primary sent */
    return tc_fail(err, TC_UNAVAILABLE, _("%s: %s (%s)"), pg->source,
                   _("the source broke off its answer: try again"), said);
  size_t i = 0;
  while (strncmp(pg->sqlstate, states[i].prefix, strlen(states[i].prefix)) != 0)
    i++;
  return tc_fail(err, states[i].status, _("%s: %s (%s)"), pg->source, _(states[i].why), said);
}

/* ---- waiting -----------------------------------------------------------------------------------
 */

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void tick(const struct pg_patience *patience) {
  if (patience->tick && patience->tick_ms > 0)
    patience->tick(patience->context);
}

/* Waits for the socket until a time of now_ms() (0: for ever).  0: the time has come, or stop_fd
 * says so. */
static int wait_socket(const struct pg *pg, short events, int64_t until) {
  for (;;) {
    int64_t left = until ? until - now_ms() : -1;
    if (until && left <= 0)
      return 0;
    tick(&pg->patience);
    bool slice = pg->patience.tick_ms > 0 && (left < 0 || left > pg->patience.tick_ms);
    struct pollfd p[] = {{.fd = PQsocket(pg->conn), .events = events},
                         {.fd = pg->patience.stop_fd, .events = POLLIN}};
    int n = poll(p, pg->patience.stop_fd ? 2 : 1, slice ? pg->patience.tick_ms : (int)left);
    if (n > 0 && p[1].revents)
      return 0;
    if (n > 0)
      return n;
    if (n < 0 && errno != EINTR)
      return -1; /* else another slice, or the time has come */
  }
}

static tc_status fail_stalled(const struct pg *pg, struct tc_error *err) {
  return tc_fail(err, TC_UNAVAILABLE, _("%s: the source has sent nothing for %d seconds"),
                 pg->source, pg->patience.answer_ms / 1000);
}

/* A source that sends a byte now and then is no better than one that sends none: over each stretch
 * of waiting as long as our patience it must keep up a least rate. */
static tc_status judge_rate(struct pg *pg, int64_t began, int ready, struct tc_error *err) {
  pg->waited_ms += now_ms() - began;
  pg->drip += ready;
  if (!pg->patience.answer_ms || pg->waited_ms < pg->patience.answer_ms)
    return TC_OK;
  int64_t least = pg->waited_ms * LEAST_RATE / 1000, came = pg->drip;
  int seconds = (int)(pg->waited_ms / 1000);
  pg->waited_ms = pg->drip = 0;
  if (came >= least)
    return TC_OK;
  return tc_fail(err, TC_UNAVAILABLE, _("%s: the source is too slow: %lld bytes in %d seconds"),
                 pg->source, (long long)came, seconds);
}

/* Until libpq has a whole result or a row to give. */
static tc_status wait_answer(struct pg *pg, struct tc_error *err) {
  while (PQisBusy(pg->conn)) {
    int64_t began = now_ms();
    int n = wait_socket(pg, POLLIN, pg->patience.answer_ms ? began + pg->patience.answer_ms : 0);
    int ready = 0;
    if (n == 0)
      return fail_stalled(pg, err);
    if (n > 0)
      ioctl(PQsocket(pg->conn), FIONREAD, &ready);
    if (n < 0 || !PQconsumeInput(pg->conn)) {
      char said[400];
      first_line(PQerrorMessage(pg->conn), said, sizeof said);
      return tc_fail(err, TC_UNAVAILABLE, _("%s: the connection to the source broke: %s"),
                     pg->source, said);
    }
    tc_status status = judge_rate(pg, began, ready, err);
    if (status != TC_OK)
      return status;
  }
  return TC_OK;
}

static tc_status send_all(struct pg *pg, struct tc_error *err) {
  int left;
  while ((left = PQflush(pg->conn)) == 1) {
    int64_t until = pg->patience.answer_ms ? now_ms() + pg->patience.answer_ms : 0;
    int n = wait_socket(pg, POLLIN | POLLOUT, until);
    if (n == 0)
      return fail_stalled(pg, err);
    if (n < 0 || !PQconsumeInput(pg->conn))
      left = -1;
    if (left < 0)
      break;
  }
  if (left == 0)
    return TC_OK;
  char said[400];
  first_line(PQerrorMessage(pg->conn), said, sizeof said);
  return tc_fail(err, TC_UNAVAILABLE, _("%s: the connection to the source broke: %s"), pg->source,
                 said);
}

/* ---- connecting --------------------------------------------------------------------------------
 */

static void forget_notice(void *arg, const PGresult *result) {
  (void)arg;
  (void)result;
}

/* libpq's own messages about a malformed string quote it, and with it a password. */
static tc_status check_conninfo(const char *conninfo, struct tc_error *err) {
  char *said = NULL; /* stays NULL where there was no memory to say it */
  PQconninfoOption *options = PQconninfoParse(conninfo, &said);
  if (!options) { /* or there was memory for the words alone: then the second time says which */
    PQfreemem(said);
    said = NULL;
    options = PQconninfoParse(conninfo, &said);
  }
  bool read = said;
  PQfreemem(said);
  if (!options && !read)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (!options)
    return tc_fail(err, TC_USAGE,
                   _("the connection string cannot be read: it is name=value pairs or a "
                     "postgresql:// address, see tocsin-sync(1)"));
  bool secret = *option_of(options, "password") || *option_of(options, "sslpassword");
  PQconninfoFree(options);
  if (secret)
    return tc_fail(err, TC_USAGE,
                   _("a password in a connection string can be read by everybody on this machine: "
                     "put it into ~/.pgpass or a service file"));
  return TC_OK;
}

/* Is word one of the blank-separated words of list? */
static bool names_host(const char *list, const char *word) {
  size_t len = strlen(word);
  while (list && *list) {
    size_t n = strcspn(list, " \t");
    if (n && n == len && !strncmp(list, word, n))
      return true;
    list += n + strspn(list + n, " \t");
  }
  return false;
}

enum proof { PROOF_AS_SAID, PROOF_DEMANDED, PROOF_MISSING };

/* A host that is no local socket must prove who it is, unless somebody said otherwise. */
static enum proof proof_of(const PQconninfoOption *options, const char *plaintext_to) {
  const char *mode = option_of(options, "sslmode"), *host = option_of(options, "host");
  const char *address = option_of(options, "hostaddr");
  bool local = (!*host || is_socket(host)) && !*address;
  bool silent = !*mode || !strcmp(mode, "prefer");
  if (local || !strcmp(mode, "verify-full") ||
      (plaintext_to && names_host(plaintext_to, *host ? host : address)))
    return PROOF_AS_SAID;
  return silent ? PROOF_DEMANDED : plaintext_to ? PROOF_MISSING : PROOF_AS_SAID;
}

/* libpq leaves its own connect_timeout to whoever connects without blocking: to us. */
static int connect_deadline(PGconn *conn, int usual_ms) {
  PQconninfoOption *options = PQconninfo(conn);
  long seconds = strtol(option_of(options, "connect_timeout"), NULL, 10);
  PQconninfoFree(options);
  return seconds > 0 && seconds < 3600 ? (int)seconds * 1000 : usual_ms;
}

/* Encryption of another kind (GSSAPI) would go before TLS and prove nothing. */
static PGconn *start(const struct pg_target *t, bool verify) {
  const char *names[10] = {"dbname", "fallback_application_name", "client_encoding"};
  const char *values[10] = {t->conninfo, "tocsin-sync", "UTF8"};
  const struct {
    const char *name, *value;
  } more[] = {{"host", t->host},
              {"hostaddr", t->hostaddr},
              {"port", t->port},
              {"sslmode", verify ? "verify-full" : NULL},
              {"gssencmode", verify ? "disable" : NULL}};
  size_t n = 3;
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    if (more[i].value) {
      names[n] = more[i].name;
      values[n++] = more[i].value;
    }
  PGconn *conn = PQconnectStartParams(names, values, 1);
  if (conn)
    PQsetErrorVerbosity(conn, PQERRORS_VERBOSE); /* for take_sqlstate() */
  return conn;
}

/* Why a server that speaks PostgreSQL lets nobody in: the first prefix of its SQLSTATE that fits.
 * With a password that is right, too, it may be full, or want a grant. */
static const struct {
  const char *prefix;
  tc_status status;
  const char *why, *look;
} doors[] = {
    {"28P01", TC_DENIED, N_("the source does not accept the password"),
     N_("put the right one into ~/.pgpass, or enrol the terminal anew (tocsin-sync source enrol)")},
    {"28", TC_DENIED, N_("the source does not let this role in"),
     N_("look at user in its connection string, and there at the role (LOGIN) and pg_hba.conf, or "
        "enrol the terminal anew (tocsin-sync source enrol)")},
    {"42501", TC_DENIED, N_("the source does not let this role in"),
     N_("the role wants CONNECT on that database: GRANT CONNECT there")},
    {"53", TC_UNAVAILABLE, N_("the source has no connection left for us"),
     N_("nothing is wrong here: there look at max_connections and at the limits of the role and "
        "the database, or put pgbouncer in front")},
    {"57", TC_UNAVAILABLE, N_("the source is not ready"),
     N_("it is starting or ending: try again in a moment")},
    {"", TC_UNAVAILABLE, N_("the source does not let us in"),
     N_("look at user and dbname in its connection string, and there at the role and "
        "pg_hba.conf")},
};

/* Takes the SQLSTATE out of "...:  28P01: ...", as the library writes it where it is to say all.
 * Words are the server's language, and the library has no other way to tell. */
static bool take_sqlstate(char *said, char state[6]) {
  for (char *at = said; (at = strstr(at, ":  ")); at++) {
    char *code = at + 3;
    if (strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 && !strncmp(code + 5, ": ", 2)) {
      memcpy(state, code, 5);
      state[5] = '\0';
      memmove(code, code + 7, strlen(code + 7) + 1);
      return true;
    }
  }
  state[0] = '\0';
  return false;
}

/* Somebody took the connection and then said nothing that PostgreSQL says. */
static tc_status fail_connect(PGconn *conn, bool answered, bool late, int ms,
                              struct tc_error *err) {
  char said[400], state[6];
  first_line(PQerrorMessage(conn), said, sizeof said);
  if (PQconnectionNeedsPassword(conn))
    return tc_fail(
        err, TC_DENIED,
        _("the source asks for a password and there is none: put it into ~/.pgpass (%s)"), said);
  size_t door = 0;
  if (take_sqlstate(said, state) || strstr(said, "FATAL") || strstr(said, "ERROR")) {
    while (strncmp(state, doors[door].prefix, strlen(doors[door].prefix)) != 0)
      door++;
    return tc_fail(err, doors[door].status, _("%s: %s; %s"), _(doors[door].why), said,
                   _(doors[door].look));
  }
  if (late)
    return tc_fail(err, TC_UNAVAILABLE,
                   answered ? _("the source took the connection and did not answer within %d "
                                "seconds: is it PostgreSQL?")
                            : _("the source cannot be reached within %d seconds: look at host "
                                "and port in its connection string, and at the network"),
                   ms / 1000);
  if (answered)
    return tc_fail(err, TC_UNAVAILABLE,
                   _("what answers there is no PostgreSQL we can talk to: %s; look at host, port "
                     "and sslmode in "
                     "its connection string"),
                   said);
  return tc_fail(
      err, TC_UNAVAILABLE,
      _("the source cannot be reached: %s; look at host and port in its connection string, "
        "and whether PostgreSQL runs there"),
      said);
}

static tc_status connect_by(struct pg *pg, int ms, struct tc_error *err) {
  int64_t until = now_ms() + ms;
  bool answered = false, late = false;
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED &&
         PQstatus(pg->conn) != CONNECTION_BAD) {
    ConnStatusType at = PQstatus(pg->conn);
    answered = at != CONNECTION_STARTED && at != CONNECTION_NEEDED;
    short events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (wait_socket(pg, events, until) <= 0) {
      late = true;
      break;
    }
    state = PQconnectPoll(pg->conn);
  }
  if (state == PGRES_POLLING_OK && PQstatus(pg->conn) == CONNECTION_OK) {
    PQsetErrorVerbosity(pg->conn, PQERRORS_DEFAULT);
    return TC_OK;
  }
  return fail_connect(pg->conn, answered, late, ms, err);
}

static tc_status open_proven(struct pg *pg, const struct pg_target *target, struct tc_error *err) {
  pg->conn = start(target, false);
  if (!pg->conn)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  PQconninfoOption *options = PQconninfo(pg->conn);
  enum proof proof = proof_of(options, target->plaintext_to);
  char host[200], mode[20];
  snprintf(mode, sizeof mode, "%s", option_of(options, "sslmode"));
  snprintf(host, sizeof host, "%s", option_of(options, "host"));
  if (!*host)
    snprintf(host, sizeof host, "%s", option_of(options, "hostaddr"));
  PQconninfoFree(options);
  if (proof == PROOF_MISSING)
    return tc_fail(err, TC_CONFIG,
                   _("with sslmode=%s the host %s need not prove who it is: take that word out, or "
                     "write insecure_plaintext_to = %s if that is really meant"),
                   mode, host, host);
  if (proof == PROOF_DEMANDED) {
    PQfinish(pg->conn);
    pg->conn = start(target, true);
    if (!pg->conn)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  return connect_by(pg, connect_deadline(pg->conn, pg->patience.connect_ms), err);
}

tc_status pg_open_target(struct pg **out, const struct pg_target *target,
                         const struct pg_patience *patience, struct tc_error *err) {
  *out = NULL;
  tick(patience);
  tc_status status = check_conninfo(target->conninfo, err);
  if (status != TC_OK)
    return status;
  struct pg *pg = calloc(1, sizeof *pg);
  if (!pg)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  pg->patience = *patience;
  status = open_proven(pg, target, err);
  if (status != TC_OK)
    goto out;
  name_source(pg);
  PQsetNoticeReceiver(pg->conn, forget_notice, NULL);
  if (PQsetnonblocking(pg->conn, 1) != 0)
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
out:
  if (status != TC_OK) {
    pg_close(pg);
    pg = NULL;
  }
  *out = pg;
  return status;
}

tc_status pg_open(struct pg **out, const char *conninfo, const struct pg_patience *patience,
                  struct tc_error *err) {
  const struct pg_target target = {.conninfo = conninfo};
  return pg_open_target(out, &target, patience, err);
}

/* The at-th of a list separated by commas, as a new string; NULL: the list is empty.  A list of one
 * stands for all, as libpq has it for ports. */
static char *list_item(const char *list, size_t at, bool one_for_all) {
  if (!*list)
    return NULL;
  if (one_for_all && !strchr(list, ','))
    at = 0;
  for (; at; at--) {
    const char *comma = strchr(list, ',');
    if (!comma)
      return NULL;
    list = comma + 1;
  }
  return strndup(list, strcspn(list, ","));
}

static size_t list_count(const char *list) {
  size_t n = *list ? 1 : 0;
  for (; *list; list++)
    n += *list == ',';
  return n;
}

/* The options of a string; those of a service file are known only to a connection that begins. */
static PQconninfoOption *options_read(const char *conninfo) {
  PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
  if (!options || !*option_of(options, "service"))
    return options;
  const struct pg_target target = {.conninfo = conninfo};
  PGconn *conn = start(&target, false);
  PQconninfoOption *resolved = conn ? PQconninfo(conn) : NULL;
  PQfinish(conn);
  if (!resolved)
    return options;
  PQconninfoFree(options);
  return resolved;
}

tc_status pg_hosts(const char *conninfo,
                   tc_status (*each)(void *context, const char *host, const char *hostaddr,
                                     const char *port, struct tc_error *err),
                   void *context, struct tc_error *err) {
  tc_status status = check_conninfo(conninfo, err);
  if (status != TC_OK)
    return status;
  PQconninfoOption *options = options_read(conninfo);
  if (!options)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  const char *hosts = option_of(options, "host"), *addresses = option_of(options, "hostaddr");
  size_t count = list_count(*addresses ? addresses : hosts);
  if (count <= 1) /* as the string says */
    status = each(context, NULL, NULL, NULL, err);
  for (size_t i = 0; i < count && count > 1 && status == TC_OK; i++) {
    char *host = list_item(hosts, i, false), *address = list_item(addresses, i, false);
    char *port = list_item(option_of(options, "port"), i, true);
    status = each(context, host, address, port, err);
    free(host);
    free(address);
    free(port);
  }
  PQconninfoFree(options);
  return status;
}

void pg_close(struct pg *pg) {
  if (!pg)
    return;
  PQclear(pg->row);
  PQfinish(pg->conn);
  free(pg);
}

const char *pg_source(const struct pg *pg) {
  return pg->source;
}

const char *pg_sqlstate(const struct pg *pg) {
  return pg->sqlstate;
}

/* ---- statements --------------------------------------------------------------------------------
 */

/* Reads what is left of an answer, so that another statement can be sent. */
static tc_status drop_answer(struct pg *pg, struct tc_error *err) {
  PQclear(pg->row);
  pg->row = NULL;
  while (pg->asked) {
    tc_status status = wait_answer(pg, err);
    if (status != TC_OK)
      return status;
    PGresult *result = PQgetResult(pg->conn);
    if (!result)
      pg->asked = false;
    PQclear(result);
  }
  return TC_OK;
}

static tc_status sent(struct pg *pg, int ok, struct tc_error *err) {
  if (!ok) {
    char said[400];
    first_line(PQerrorMessage(pg->conn), said, sizeof said);
    return tc_fail(err, TC_UNAVAILABLE, _("%s: the connection to the source broke: %s"), pg->source,
                   said);
  }
  pg->asked = true;
  pg->waited_ms = pg->drip = 0;
  return send_all(pg, err);
}

tc_status pg_query(struct pg *pg, const char *sql, const char *const *params, size_t count,
                   struct tc_error *err) {
  tc_status status = drop_answer(pg, err);
  if (status != TC_OK)
    return status;
  status = sent(pg, PQsendQueryParams(pg->conn, sql, (int)count, NULL, params, NULL, NULL, 1), err);
  if (status == TC_OK && !PQsetSingleRowMode(pg->conn))
    status = tc_fail(err, TC_BUG, _("%s: the answer cannot be read row by row"), pg->source);
  return status;
}

tc_status pg_next(struct pg *pg, const void **bytes, size_t *len, struct tc_error *err) {
  tc_status status = TC_OK;
  *bytes = NULL;
  *len = 0;
  PQclear(pg->row);
  pg->row = NULL;
  while (pg->asked && status == TC_OK) {
    status = wait_answer(pg, err);
    if (status != TC_OK)
      break;
    PGresult *result = PQgetResult(pg->conn);
    if (!result) {
      pg->asked = false;
      break;
    }
    ExecStatusType what = PQresultStatus(result);
    if (what == PGRES_SINGLE_TUPLE && PQnfields(result) > 0) {
      pg->row = result;
      if (!PQgetisnull(result, 0, 0)) {
        *bytes = PQgetvalue(result, 0, 0);
        *len = (size_t)PQgetlength(result, 0, 0);
      }
      pg->rows++;
      pg->bytes += (int64_t)*len;
      if (pg->patience.came)
        pg->patience.came(pg->patience.context, pg->rows, pg->bytes);
      return TC_OK;
    }
    bool failed = what != PGRES_TUPLES_OK && what != PGRES_COMMAND_OK;
    if (failed)
      status = fail_as_said(pg, result, err);
    PQclear(result);
    if (failed) /* nothing but the end of it comes behind an error */
      (void)drop_answer(pg, NULL);
  }
  return status == TC_OK ? TC_DONE : status;
}

tc_status pg_run(struct pg *pg, const char *script, struct tc_error *err) {
  tc_status status = drop_answer(pg, err), first = TC_OK;
  if (status != TC_OK)
    return status;
  status = sent(pg, PQsendQuery(pg->conn, script), err);
  while (status == TC_OK && pg->asked) {
    status = wait_answer(pg, err);
    if (status != TC_OK)
      break;
    PGresult *result = PQgetResult(pg->conn);
    ExecStatusType what = result ? PQresultStatus(result) : PGRES_COMMAND_OK;
    if (!result)
      pg->asked = false;
    else if (first == TC_OK && what != PGRES_COMMAND_OK && what != PGRES_TUPLES_OK &&
             what != PGRES_EMPTY_QUERY)
      first = fail_as_said(pg, result, err);
    PQclear(result);
  }
  return status != TC_OK ? status : first;
}

tc_status pg_value(struct pg *pg, struct buffer *out, const char *sql, const char *const *params,
                   size_t count, struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status = pg_query(pg, sql, params, count, err);
  if (status == TC_OK)
    status = pg_next(pg, &bytes, &len, err);
  if (status == TC_OK) {
    buffer_add(out, bytes ? bytes : "", len);
    status = buffer_status(out, err);
    if (status == TC_OK)
      status = drop_answer(pg, err);
  }
  return status == TC_DONE ? TC_OK : status;
}

bool pg_alive(struct pg *pg) {
  return PQconsumeInput(pg->conn) && PQstatus(pg->conn) == CONNECTION_OK;
}

bool pg_settled(const struct pg *pg) {
  return !pg->asked && PQtransactionStatus(pg->conn) == PQTRANS_IDLE;
}

bool pg_was_told(struct pg *pg) {
  bool told = false;
  PGnotify *notify;
  while ((notify = PQnotifies(pg->conn))) {
    told = true;
    PQfreemem(notify);
  }
  return told;
}

int pg_socket(const struct pg *pg) {
  return PQsocket(pg->conn);
}

tc_status pg_password(struct pg *pg, struct buffer *out, const char *role, const char *password,
                      struct tc_error *err) {
  char *verifier = PQencryptPasswordConn(pg->conn, password, role, "scram-sha-256");
  if (!verifier)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  buffer_add_text(out, verifier);
  PQfreemem(verifier);
  return buffer_status(out, err);
}

struct pg_where pg_where(const struct pg *pg) {
  const char *host = PQhost(pg->conn), *port = PQport(pg->conn), *db = PQdb(pg->conn);
  return (struct pg_where){host ? host : "", port ? port : "", db ? db : ""};
}
