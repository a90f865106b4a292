#include "sync/put.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

enum { STEP = 2000 }; /* records sent in one statement */

/* A commit publishes, and may take as long as it needs. */
static const struct pg_patience patient = {.connect_ms = 15000, .answer_ms = 0};

tc_status put_begin(struct put *out, const char *conninfo, struct tc_error *err) {
  *out = (struct put){0};
  tc_status status = pg_open(&out->pg, conninfo, &patient, err);
  if (status == TC_OK)
    status = pg_run(out->pg, "BEGIN; SELECT tocsin.put_begin()", err);
  return status;
}

void put_close(struct put *p) {
  pg_close(p->pg);
  for (int i = 0; i < PUT_COLUMNS; i++)
    buffer_free(&p->column[i]);
  *p = (struct put){0};
}

/* ---- arrays as PostgreSQL reads them -----------------------------------------------------------
 */

enum { KINDS, UUIDS, AUDIENCES, WAS, GONE, RECORDS };

static void add_quoted(struct buffer *out, const char *text, size_t len) {
  buffer_add_char(out, '"');
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '"' || text[i] == '\\')
      buffer_add_char(out, '\\');
    buffer_add_char(out, text[i]);
  }
  buffer_add_char(out, '"');
}

static void add_hash(struct buffer *out, const struct digest *was) {
  if (!was) {
    buffer_add_text(out, "NULL");
    return;
  }
  buffer_add_text(out, "\"\\\\x");
  for (size_t i = 0; i < sizeof was->b; i++)
    buffer_printf(out, "%02x", was->b[i]);
  buffer_add_char(out, '"');
}

tc_status put_rest(struct put *p, struct tc_error *err) {
  const char *params[PUT_COLUMNS];
  struct buffer none = BUFFER_INIT;
  tc_status status = TC_OK;
  if (!p->count)
    return TC_OK;
  for (int i = 0; i < PUT_COLUMNS && status == TC_OK; i++) {
    buffer_add_char(&p->column[i], '}');
    status = buffer_status(&p->column[i], err);
    params[i] = buffer_text(&p->column[i]);
  }
  if (status == TC_OK)
    status = pg_value(p->pg, &none,
                      "SELECT tocsin.put_parts($1::text[], $2::uuid[], $3::text[], $4::bytea[], "
                      "$5::boolean[], $6::text[])::text",
                      params, PUT_COLUMNS, err);
  buffer_free(&none);
  for (int i = 0; i < PUT_COLUMNS; i++)
    buffer_clear(&p->column[i]);
  p->count = 0;
  return status;
}

tc_status put_add(struct put *p, const struct put_part *part, struct tc_error *err) {
  char uuid[UUID_TEXT];
  uuid_format(&part->uuid, uuid);
  for (int i = 0; i < PUT_COLUMNS; i++)
    buffer_add_char(&p->column[i], p->count ? ',' : '{');
  buffer_add_text(&p->column[KINDS], part->kind);
  buffer_add_text(&p->column[UUIDS], uuid);
  buffer_add_text(&p->column[AUDIENCES], audience_word(part->audience));
  add_hash(&p->column[WAS], part->was);
  buffer_add_char(&p->column[GONE], part->gone ? 't' : 'f');
  if (part->bytes)
    add_quoted(&p->column[RECORDS], part->bytes, part->len);
  else
    buffer_add_text(&p->column[RECORDS], "NULL");
  return ++p->count < STEP ? TC_OK : put_rest(p, err);
}

tc_status put_plan(struct put *p, const struct import_plan *plan, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < plan->count && status == TC_OK; i++)
    for (size_t j = 0; j < plan->items[i].record_count && status == TC_OK; j++) {
      const struct plan_record *r = &plan->items[i].records[j];
      const struct put_part part = {.kind = record_kind_word(plan->items[i].kind),
                                    .uuid = r->uuid,
                                    .audience = r->audience,
                                    .was = r->known ? &r->was : NULL,
                                    .gone = plan->items[i].act == PLAN_REMOVED,
                                    .bytes = r->bytes,
                                    .len = r->len};
      status = put_add(p, &part, err);
    }
  if (status == TC_OK)
    status = put_rest(p, err);
  return status == TC_OK ? pg_run(p->pg, "SELECT tocsin.put_end()", err) : status;
}

/* What the rows would not give back. */
static tc_status prove(struct put *p, struct tc_error *err) {
  struct buffer lost = BUFFER_INIT;
  tc_status status = pg_value(p->pg, &lost,
                              "SELECT lost || ' (' || first || ')' FROM tocsin.restore_proof()"
                              " WHERE lost > 0",
                              NULL, 0, err);
  if (status == TC_OK && lost.len)
    status =
        tc_fail(err, TC_REFUSED,
                _("records that a source cannot hold as they are, the first of them named: %s"),
                buffer_text(&lost));
  buffer_free(&lost);
  return status == TC_DONE ? TC_OK : status;
}

tc_status put_whole(struct put *p, struct tc_error *err) {
  tc_status status = put_rest(p, err);
  if (status == TC_OK)
    status = pg_run(p->pg, "SELECT tocsin.restore_end()", err);
  return status == TC_OK ? prove(p, err) : status;
}

tc_status put_addition(struct put *p, struct tc_error *err) {
  tc_status status = pg_run(p->pg, "SELECT tocsin.addition_end()", err);
  return status == TC_OK ? prove(p, err) : status;
}

tc_status put_is_empty(struct put *p, bool *empty, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status =
      pg_value(p->pg, &text, "SELECT (NOT EXISTS (SELECT FROM tocsin.feed WHERE live))::int::text",
               NULL, 0, err);
  *empty = strcmp(buffer_text(&text), "1") == 0;
  buffer_free(&text);
  return status;
}

tc_status put_commit(struct put *p, int64_t *revision, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = pg_run(p->pg, "COMMIT", err);
  if (status == TC_OK)
    status = pg_value(p->pg, &text, "SELECT revision::text FROM tocsin.sync_head", NULL, 0, err);
  *revision = strtoll(buffer_text(&text), NULL, 10);
  buffer_free(&text);
  return status;
}
