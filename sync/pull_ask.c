#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/round.h"

tc_status round_broken(struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("the source's answer cannot be read"));
}

int64_t round_most(int64_t records) {
  return records / 12 > 1000 ? records / 12 : 1000;
}

/* The cursor as parameters of a statement; NULL where there is none. */
struct question {
  char protocol[12], generation[UUID_TEXT], revision[24], chain[2 * CHAIN_BYTES + 3];
  struct buffer scope;
  const char *params[6];
};

static tc_status question_make(struct question *q, const struct pull_cursor *mine,
                               struct tc_error *err) {
  *q = (struct question){.chain = "\\x"};
  snprintf(q->protocol, sizeof q->protocol, "%d", PULL_PROTOCOL);
  q->params[0] = q->protocol;
  if (!mine->known)
    return TC_OK;
  uuid_format(&mine->generation, q->generation);
  snprintf(q->revision, sizeof q->revision, "%lld", (long long)mine->revision);
  for (size_t i = 0; i < CHAIN_BYTES; i++)
    snprintf(q->chain + 2 + 2 * i, 3, "%02x", mine->chain[i]);
  scope_write(mine->scope, &q->scope);
  q->params[1] = q->generation;
  q->params[2] = q->revision;
  q->params[3] = q->chain;
  q->params[4] = buffer_text(&q->scope);
  return buffer_status(&q->scope, err);
}

static tc_status ask(struct round_state *r, struct tc_error *err) {
  struct question q;
  char most[24];
  tc_status status = question_make(&q, &r->mine, err);
  snprintf(most, sizeof most, "%lld", (long long)round_most(r->mine.known ? r->records : 0));
  q.params[5] = most;
  if (r->forced) /* the header, whatever is new */
    q.params[1] = NULL;
  if (status == TC_OK)
    status = pg_query(r->pg,
                      "SELECT tocsin.pull($1::int, $2::uuid, $3::bigint, $4::bytea, $5::text, "
                      "$6::bigint)",
                      q.params, 6, err);
  buffer_free(&q.scope);
  return status;
}

/* The row that says nothing is new: S and the source's time. */
static bool read_same(const void *bytes, size_t len, int64_t *source_now) {
  char number[24] = "";
  const char *text = bytes;
  if (len == 0 || text[0] != 'S' || len - 1 >= sizeof number)
    return false;
  memcpy(number, text + 1, len - 1);
  *source_now = strtoll(number, NULL, 10);
  return true;
}

tc_status pull_probe(struct pg *pg, const struct pull_cursor *mine, bool *same, int64_t *source_now,
                     struct tc_error *err) {
  struct question q;
  const void *bytes;
  size_t len;
  *same = false;
  tc_status status = question_make(&q, mine, err);
  if (status == TC_OK)
    status = pg_query(pg, "SELECT tocsin.poll($1::int, $2::uuid, $3::bigint, $4::bytea, $5::text)",
                      q.params, 5, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    const uint8_t *b = bytes;
    *same = b && len == 8;
    *source_now = 0;
    for (size_t i = 0; *same && i < len; i++)
      *source_now = *source_now * 256 + b[i];
  }
  buffer_free(&q.scope);
  return status == TC_DONE ? TC_OK : status;
}

/* Takes the first row: nothing new, or the header. */
static tc_status take_first(struct round_state *r, const struct pull_rule **rule,
                            struct tc_error *err) {
  static const struct pull_rule same = {PULL_SAME, TC_OK, "same", N_("nothing new")};
  const void *bytes;
  size_t len;
  tc_status status = pg_next(r->pg, &bytes, &len, err);
  if (status == TC_DONE || (status == TC_OK && (!bytes || len == 0)))
    return round_broken(err);
  if (status != TC_OK)
    return status;
  const char *text = bytes;
  if (r->mine.known && read_same(bytes, len, &r->report->source_now)) {
    *rule = &same;
    return TC_OK;
  }
  if (text[0] != 'H')
    return round_broken(err);
  buffer_clear(&r->head_text);
  buffer_add(&r->head_text, text + 1, len - 1);
  status = buffer_status(&r->head_text, err);
  if (status == TC_OK)
    status = header_read(&r->head, text + 1, len - 1, err);
  if (status == TC_OK) {
    r->report->source_now = r->head.now;
    r->report->expected = r->head.send == SEND_ALL ? r->head.records : 0;
    *rule = pull_decide(&r->mine, &r->head);
  }
  return status;
}

tc_status round_ask(struct round_state *r, const struct pull_rule **rule, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  tc_status status = ask(r, &own);
  if (status == TC_OK)
    status = take_first(r, rule, &own);
  if (status != TC_OK && !strcmp(pg_sqlstate(r->pg), "42501")) {
    *rule = pull_rule_no_grant();
    return TC_OK;
  }
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

tc_status round_ask_all(struct round_state *r, struct tc_error *err) {
  char protocol[12];
  const char *params[] = {r->of_scope ? r->of_scope : protocol};
  const char *sql = r->of_scope ? "SELECT tocsin.snapshot_all(string_to_array($1::text, ','))"
                                : "SELECT tocsin.pull_all($1::int)";
  const struct pull_rule *rule = pull_rule_damaged();
  snprintf(protocol, sizeof protocol, "%d", PULL_PROTOCOL);
  struct pull_cursor mine = r->mine;
  r->mine.known = false;
  tc_status status = pg_query(r->pg, sql, params, 1, err);
  if (status == TC_OK)
    status = take_first(r, &rule, err);
  r->mine = mine;
  if (status == TC_OK && (rule->action != PULL_ALL || r->head.send != SEND_ALL))
    status = tc_fail(err, rule->status == TC_OK ? TC_BUSY : rule->status, _("%s: %s"),
                     pg_source(r->pg), _(rule->reason));
  return status;
}
