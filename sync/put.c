#include "sync/put.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

enum { STEP = 2000 }; /* records sent in one statement */

/* A commit publishes, and may take as long as it needs. */
static const struct pg_patience patient = {.connect_ms = 15000, .answer_ms = 0};

tc_status put_begin(struct pg **out, const char *conninfo, struct tc_error *err) {
  tc_status status = pg_open(out, conninfo, &patient, err);
  if (status == TC_OK)
    status = pg_run(*out, "BEGIN; SELECT tocsin.put_begin()", err);
  return status;
}

/* ---- arrays as PostgreSQL reads them -----------------------------------------------------------
 */

enum { KINDS, UUIDS, AUDIENCES, WAS, GONE, RECORDS, COLUMNS };

struct batch {
  struct buffer column[COLUMNS];
  size_t count;
};

static void add_quoted(struct buffer *out, const char *text, size_t len) {
  buffer_add_char(out, '"');
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '"' || text[i] == '\\')
      buffer_add_char(out, '\\');
    buffer_add_char(out, text[i]);
  }
  buffer_add_char(out, '"');
}

static void add_hash(struct buffer *out, const struct plan_record *r) {
  if (!r->known) {
    buffer_add_text(out, "NULL");
    return;
  }
  buffer_add_text(out, "\"\\\\x");
  for (size_t i = 0; i < sizeof r->was.b; i++)
    buffer_printf(out, "%02x", r->was.b[i]);
  buffer_add_char(out, '"');
}

static const char *kind_word(enum record_kind kind) {
  switch (kind) {
  case RECORD_SITE:
    return "site";
  case RECORD_PLAN:
    return "plan";
  case RECORD_DOMAIN:
    return "domain";
  case RECORD_RULE:
    return "rule";
  default:
    return "entry";
  }
}

static void add_record(struct batch *b, const struct plan_item *item, const struct plan_record *r) {
  char uuid[UUID_TEXT];
  uuid_format(&r->uuid, uuid);
  for (int i = 0; i < COLUMNS; i++)
    buffer_add_char(&b->column[i], b->count ? ',' : '{');
  buffer_add_text(&b->column[KINDS], kind_word(item->kind));
  buffer_add_text(&b->column[UUIDS], uuid);
  buffer_add_text(&b->column[AUDIENCES], audience_word(r->audience));
  add_hash(&b->column[WAS], r);
  buffer_add_char(&b->column[GONE], item->act == PLAN_REMOVED ? 't' : 'f');
  if (r->bytes)
    add_quoted(&b->column[RECORDS], r->bytes, r->len);
  else
    buffer_add_text(&b->column[RECORDS], "NULL");
  b->count++;
}

static tc_status send(struct pg *pg, struct batch *b, struct tc_error *err) {
  const char *params[COLUMNS];
  struct buffer none = BUFFER_INIT;
  tc_status status = TC_OK;
  if (!b->count)
    return TC_OK;
  for (int i = 0; i < COLUMNS && status == TC_OK; i++) {
    buffer_add_char(&b->column[i], '}');
    status = buffer_status(&b->column[i], err);
    params[i] = buffer_text(&b->column[i]);
  }
  if (status == TC_OK)
    status = pg_value(pg, &none,
                      "SELECT tocsin.put_parts($1::text[], $2::uuid[], $3::text[], $4::bytea[], "
                      "$5::boolean[], $6::text[])::text",
                      params, COLUMNS, err);
  buffer_free(&none);
  for (int i = 0; i < COLUMNS; i++)
    buffer_clear(&b->column[i]);
  b->count = 0;
  return status;
}

tc_status put_plan(struct pg *pg, const struct import_plan *plan, struct tc_error *err) {
  struct batch b = {.count = 0};
  tc_status status = TC_OK;
  for (size_t i = 0; i < plan->count && status == TC_OK; i++) {
    for (size_t j = 0; j < plan->items[i].record_count; j++)
      add_record(&b, &plan->items[i], &plan->items[i].records[j]);
    if (b.count >= STEP)
      status = send(pg, &b, err);
  }
  if (status == TC_OK)
    status = send(pg, &b, err);
  for (int i = 0; i < COLUMNS; i++)
    buffer_free(&b.column[i]);
  return status == TC_OK ? pg_run(pg, "SELECT tocsin.put_end()", err) : status;
}

tc_status put_commit(struct pg *pg, int64_t *revision, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = pg_run(pg, "COMMIT", err);
  if (status == TC_OK)
    status = pg_value(pg, &text, "SELECT revision::text FROM tocsin.sync_head", NULL, 0, err);
  *revision = strtoll(buffer_text(&text), NULL, 10);
  buffer_free(&text);
  return status;
}
