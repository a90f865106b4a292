#include "sync/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/act.h"
#include "core/record.h"
#include "sync/pg.h"
#include "sync/region.h"
#include "sync_sql.h"

enum { OLDEST_SERVER = 140000 }; /* functions with a body in standard SQL */

/* A script may take as long as it needs; a server that is gone is still noticed by the kernel. */
static const struct pg_patience patient = {.connect_ms = 15000, .answer_ms = 0};

int source_newest(void) {
  int n = 0;
  while (sync_sql_files[n].name)
    n++;
  return n;
}

/* A number the server was asked for; 0 for none. */
static tc_status ask_number(struct pg *pg, const char *sql, int64_t *out, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = pg_value(pg, &text, sql, NULL, 0, err);
  *out = strtoll(buffer_text(&text), NULL, 10);
  buffer_free(&text);
  return status;
}

/* The migrations that are installed must be this program's first ones, by name: another order is of
 * a source tree that was never released, or of somebody else's. */
static tc_status check_names(struct pg *pg, int installed, struct tc_error *err) {
  struct buffer mine = BUFFER_INIT, theirs = BUFFER_INIT;
  for (int i = 0; i < installed; i++)
    buffer_printf(&mine, "%s\n", sync_sql_files[i].name);
  tc_status status = buffer_status(&mine, err);
  if (status == TC_OK)
    status = pg_value(pg, &theirs,
                      "SELECT string_agg(name || E'\\n', '' ORDER BY number) FROM tocsin.migration",
                      NULL, 0, err);
  if (status == TC_OK && strcmp(buffer_text(&mine), buffer_text(&theirs)) != 0)
    status = tc_fail(err, TC_FOREIGN,
                     _("%s: its schema %d is not that of any version: export its records from a "
                       "terminal, and import them into a new database"),
                     pg_source(pg), installed);
  buffer_free(&mine);
  buffer_free(&theirs);
  return status;
}

/* The migration that is installed, 0 for none. */
static tc_status read_schema(struct pg *pg, int *out, struct tc_error *err) {
  int64_t n = 0;
  *out = 0;
  tc_status status =
      ask_number(pg, "SELECT count(*)::text FROM pg_namespace WHERE nspname = 'tocsin'", &n, err);
  if (status != TC_OK || n == 0)
    return status;
  status = ask_number(pg,
                      "SELECT count(*)::text FROM pg_class c JOIN pg_namespace s "
                      "ON s.oid = c.relnamespace WHERE s.nspname = 'tocsin' "
                      "AND c.relname = 'migration'",
                      &n, err);
  if (status == TC_OK && n == 0)
    return tc_fail(err, TC_FOREIGN,
                   _("%s: there is a schema tocsin that is not of this program: rename it, or use "
                     "another database"),
                   pg_source(pg));
  if (status == TC_OK)
    status = ask_number(pg, "SELECT coalesce(max(number), 0)::text FROM tocsin.migration", &n, err);
  *out = (int)n;
  if (status == TC_OK && n > source_newest())
    return tc_fail(err, TC_NEWER,
                   _("%s: schema %d is newer than this program, which knows %d: upgrade "
                     "tocsin-sync"),
                   pg_source(pg), *out, source_newest());
  return status == TC_OK && *out ? check_names(pg, *out, err) : status;
}

/* What a database must be before anything is put into it. */
static tc_status check_server(struct pg *pg, struct tc_error *err) {
  int64_t n;
  tc_status status = ask_number(pg, "SELECT current_setting('server_version_num')", &n, err);
  if (status == TC_OK && n < OLDEST_SERVER)
    return tc_fail(err, TC_REFUSED, _("%s: PostgreSQL %lld is too old: 14 or newer is needed"),
                   pg_source(pg), (long long)(n / 10000));
  if (status == TC_OK)
    status =
        ask_number(pg, "SELECT (current_setting('server_encoding') = 'UTF8')::int::text", &n, err);
  if (status == TC_OK && n == 0)
    return tc_fail(err, TC_REFUSED,
                   _("%s: the database's encoding must be UTF8: make one with "
                     "createdb -E UTF8 -T template0"),
                   pg_source(pg));
  return status;
}

static tc_status migrate(struct pg *pg, int from, struct tc_error *err) {
  struct buffer script = BUFFER_INIT;
  tc_status status = TC_OK;
  for (int i = from; sync_sql_files[i].name && status == TC_OK; i++) {
    const struct sql_file *file = &sync_sql_files[i];
    buffer_clear(&script);
    buffer_printf(&script, "%sSET LOCAL search_path = tocsin, pg_temp;\n",
                  i == 0 ? "CREATE SCHEMA tocsin;\n" : "");
    buffer_add_text(&script, file->text);
    buffer_printf(&script, "INSERT INTO tocsin.migration (number, name) VALUES (%d, '%s');\n",
                  i + 1, file->name);
    status = buffer_status(&script, err);
    if (status == TC_OK)
      status = pg_run(pg, buffer_text(&script), err);
  }
  buffer_free(&script);
  return status;
}

/* The table of acts is core/act.c's: it is put here anew each time. */
static tc_status put_act_table(struct pg *pg, struct tc_error *err) {
  struct buffer script = BUFFER_INIT;
  size_t rules, properties;
  const struct act_rule *rule = act_table(&rules);
  const struct act_property *property = act_property_table(&properties);
  buffer_add_text(&script, "DELETE FROM tocsin.act_rule; DELETE FROM tocsin.act_property;\n");
  for (size_t i = 0; i < rules; i++)
    for (int tier = 0; tier < TIER_COUNT; tier++)
      buffer_printf(&script, "INSERT INTO tocsin.act_rule VALUES ('%s', '%s', '%s');\n",
                    rule[i].word, act_tier_word((enum act_tier)tier),
                    act_course_word(rule[i].course[tier]));
  for (size_t i = 0; i < properties; i++)
    buffer_printf(&script, "INSERT INTO tocsin.act_property VALUES ('%s', %s);\n", property[i].name,
                  property[i].of_contact ? "true" : "false");
  tc_status status = buffer_status(&script, err);
  if (status == TC_OK)
    status = pg_run(pg, buffer_text(&script), err);
  buffer_free(&script);
  return status;
}

/* Both commands: one transaction, one at a time. */
static tc_status bring_up(const char *conninfo, bool upgrade, bool subscriber, int *was,
                          struct tc_error *err) {
  struct pg *pg;
  *was = 0;
  tc_status status = pg_open(&pg, conninfo, &patient, err);
  if (status != TC_OK)
    return status;
  status = pg_run(pg, "BEGIN; SELECT pg_advisory_xact_lock(hashtext('tocsin source'))", err);
  if (status == TC_OK)
    status = check_server(pg, err);
  if (status == TC_OK)
    status = read_schema(pg, was, err);
  if (status == TC_OK && upgrade && *was == 0)
    status = tc_fail(err, TC_REFUSED,
                     _("%s: there is nothing to upgrade: run tocsin-sync source "
                       "init"),
                     pg_source(pg));
  if (status == TC_OK && !upgrade && *was != 0 && *was < source_newest())
    status = tc_fail(err, TC_REFUSED, _("%s: schema %d is there: run tocsin-sync source upgrade"),
                     pg_source(pg), *was);
  if (status == TC_OK)
    status = migrate(pg, *was, err);
  if (status == TC_OK && subscriber && *was == 0)
    status = pg_run(pg, "DELETE FROM tocsin.sync_head; DELETE FROM tocsin.revision", err);
  if (status == TC_OK)
    status = put_act_table(pg, err);
  if (status == TC_OK)
    status = pg_run(pg, "COMMIT", err);
  pg_close(pg); /* without its COMMIT nothing has happened */
  return status;
}

tc_status source_init(const char *conninfo, bool subscriber, int *was, struct tc_error *err) {
  return bring_up(conninfo, false, subscriber, was, err);
}

tc_status source_upgrade(const char *conninfo, int *was, struct tc_error *err) {
  return bring_up(conninfo, true, false, was, err);
}

/* ---- check -------------------------------------------------------------------------------------
 */

/* The record as this program would write it, against the record as the source wrote it. */
static bool reads_back(const void *bytes, size_t len, struct arena *arena, struct buffer *again,
                       struct tc_error *why) {
  struct record record;
  buffer_clear(again);
  arena_reset(arena);
  if (record_decode(&record, bytes, len, arena, why) != TC_OK ||
      record_encode(&record, again, why) != TC_OK)
    return false;
  if (again->len == len && !memcmp(again->data, bytes, len))
    return true;
  tc_fail(why, TC_INVALID, _("it would be written in another way"));
  return false;
}

static void complain(struct buffer *complaints, const void *bytes, size_t len,
                     const struct tc_error *why) {
  struct record_head head;
  char uuid[UUID_TEXT] = "?", line[1200];
  if (record_head(&head, bytes, len, NULL) == TC_OK)
    uuid_format(&head.uuid, uuid);
  buffer_printf(complaints, _("record %s cannot be read: %s\n"), uuid,
                tc_error_line(why, line, sizeof line));
}

static tc_status check_records(struct pg *pg, struct source_state *out, struct buffer *complaints,
                               struct regions *regions, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  struct buffer again = BUFFER_INIT;
  const void *bytes;
  size_t len;
  tc_status status = pg_query(pg, "SELECT record FROM tocsin.feed WHERE live", NULL, 0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    struct tc_error why = {.status = TC_OK};
    out->records++;
    if (reads_back(bytes ? bytes : "", len, &arena, &again, &why)) {
      regions_record(regions, bytes ? bytes : "", len, 0);
      continue;
    }
    if (why.status == TC_NO_MEMORY) {
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
      break;
    }
    if (out->unreadable++ < 20)
      complain(complaints, bytes ? bytes : "", len, &why);
  }
  arena_free(&arena);
  buffer_free(&again);
  return status == TC_DONE ? TC_OK : status;
}

static tc_status check_feed(struct pg *pg, struct buffer *complaints, struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status = pg_query(pg, "SELECT * FROM tocsin.complaints()", NULL, 0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    buffer_add(complaints, bytes, len);
    buffer_add_char(complaints, '\n');
  }
  return status == TC_DONE ? TC_OK : status;
}

tc_status source_check(const char *conninfo, struct source_state *out, struct buffer *complaints,
                       struct regions *regions, struct tc_error *err) {
  struct pg *pg;
  *out = (struct source_state){0};
  tc_status status = pg_open(&pg, conninfo, &patient, err);
  if (status != TC_OK)
    return status;
  status = pg_run(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
  if (status == TC_OK)
    status = read_schema(pg, &out->schema, err);
  if (status == TC_OK && out->schema == 0)
    status = tc_fail(err, TC_UNAVAILABLE,
                     _("%s: the schema tocsin is not there: run tocsin-sync source init"),
                     pg_source(pg));
  if (status == TC_OK && out->schema < source_newest())
    status = tc_fail(err, TC_REFUSED,
                     _("%s: schema %d is older than this program: run tocsin-sync source upgrade"),
                     pg_source(pg), out->schema);
  if (status == TC_OK)
    status = ask_number(pg, "SELECT revision::text FROM tocsin.sync_head", &out->revision, err);
  if (status == TC_OK)
    status = check_feed(pg, complaints, err);
  if (status == TC_OK)
    status = check_records(pg, out, complaints, regions, err);
  if (status == TC_OK)
    status = buffer_status(complaints, err);
  if (status == TC_OK && complaints->len)
    status = tc_fail(err, TC_DAMAGED, _("%s: the feed is not what the tables say"), pg_source(pg));
  pg_close(pg);
  return status;
}

tc_status source_approve(const char *conninfo, const char *revision, struct tc_error *err) {
  struct buffer out = BUFFER_INIT;
  struct pg *pg;
  const char *params[] = {revision};
  if (strspn(revision, "0123456789") != strlen(revision) || !*revision || strlen(revision) > 18)
    return tc_fail(err, TC_USAGE, _("a revision is a number, not “%s”"), revision);
  tc_status status = pg_open(&pg, conninfo, &pg_patience_usual, err);
  if (status != TC_OK)
    return status;
  status = pg_value(pg, &out, "SELECT tocsin.approve($1::bigint)::text", params, 1, err);
  pg_close(pg);
  buffer_free(&out);
  return status;
}
