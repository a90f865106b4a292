#include "sync/push.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/journal.h"
#include "db/queue.h"
#include "db/writer.h"
#include "sync/pull_state.h"
#include "sync/push_answer.h"

enum { PROTOCOL = 1, BATCH = 100, BATCH_BYTES = 256 * 1024 };

/* With the queue's lock. */
static tc_status take(const char *scope_dir, struct push_due *out, struct tc_error *err) {
  struct queue q;
  struct queue_taken taken;
  struct tc_error why = {.status = TC_OK};
  tc_status status = queue_read(&q, scope_dir, &why);
  if (status != TC_OK)
    return tc_fail(err, status, "%s", why.text);
  status = queue_take(&q, scope_dir, &taken, err);
  if (status == TC_OK && (taken.acts || taken.gone || q.damaged))
    status = queue_write(&q, scope_dir, err);
  out->damaged = taken.damaged + q.damaged;
  out->full = taken.full;
  for (size_t i = 0; i < q.count; i++)
    if (q.items[i].held.state == ACT_PENDING)
      out->pending++;
    else
      out->kept++;
  queue_free(&q);
  return status;
}

const char *push_full_text(void) {
  return _("written here: there is no room for more until the source has answered; the rest waits "
           "in the journals");
}

tc_status push_take(const char *scope_dir, struct push_due *out, struct tc_error *err) {
  char folder[JOURNAL_PATH];
  struct tc_error why = {.status = TC_OK};
  int lock = -1;
  *out = (struct push_due){.pending = 0};
  tc_status status = journal_folder(folder, scope_dir, &why);
  if (status == TC_NO_INPUT) /* there is no scope folder yet */
    return TC_OK;
  if (status == TC_OK)
    status = queue_lock(&lock, scope_dir, &why);
  if (status != TC_OK)
    return tc_fail(err, status, "%s", why.text);
  status = take(scope_dir, out, err);
  close(lock);
  return status;
}

/* ---- the source's word -------------------------------------------------------------------------
 */

static tc_status unreadable(const struct pg *pg, struct tc_error *err) {
  return tc_fail(err, TC_DAMAGED, _("%s: an answer that cannot be read"), pg_source(pg));
}

static tc_status ask_facts(struct pg *pg, int64_t at, struct push_facts *out,
                           struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  char number[24];
  const char *params[] = {number};
  snprintf(number, sizeof number, "%" PRId64, at);
  tc_status status = pg_value(pg, &text, "SELECT tocsin.push_facts($1::bigint)", params, 1, err);
  if (status == TC_OK && !push_facts_read(out, buffer_text(&text), text.len))
    status = unreadable(pg, err);
  buffer_free(&text);
  return status;
}

/* The answered act of the latest revision: where it still stands, all before it do. */
static const struct queue_item *latest(const struct queue *q) {
  const struct queue_item *best = NULL;
  for (size_t i = 0; i < q->count; i++)
    if (q->items[i].answered && (!best || q->items[i].held.revision > best->held.revision))
      best = &q->items[i];
  return best;
}

/* A source that was restored may have lost what it had answered: then all of it is offered again.
 * What it still has, it answers as before.  A revision that it has forgotten by age says nothing.
 */
static size_t offer_again(struct queue *q, const struct queue_item *known,
                          const struct push_facts *facts) {
  size_t count = 0;
  if (!known || (facts->knows && !memcmp(facts->chain_at, known->chain, QUEUE_CHAIN)) ||
      (!facts->knows && known->held.revision < facts->floor))
    return 0;
  for (size_t i = 0; i < q->count; i++)
    if (q->items[i].answered && q->items[i].held.state != ACT_ASIDE) {
      q->items[i].held.state = ACT_PENDING;
      q->items[i].answered = 0;
      q->items[i].tries = 0;
      count++;
    }
  return count;
}

/* ---- sending -----------------------------------------------------------------------------------
 */

/* One round under way. */
struct pushing {
  struct pg *pg;
  const char *scope_dir;
  struct queue *q;
  int64_t now;
  struct push_report *report;
  size_t batch[BATCH]; /* items of the queue */
  size_t count, bytes;
};

static void add_hex(struct buffer *out, const char *bytes, size_t len) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < len; i++) {
    buffer_add_char(out, digits[(unsigned char)bytes[i] >> 4]);
    buffer_add_char(out, digits[(unsigned char)bytes[i] & 15]);
  }
}

/* A try that failed: after the last one the act is set aside, and the rest goes on. */
static void failed(struct pushing *p, struct queue_item *item, const char *why) {
  item->held.reason = arena_strdup(&p->q->arena, why);
  if (!item->held.reason)
    item->held.reason = "";
  if (++item->tries < QUEUE_TRIES)
    return;
  item->held.state = ACT_ASIDE;
  item->answered = p->now;
  p->report->aside++;
  p->report->changed++;
}

static void answered(struct pushing *p, struct queue_item *item, const struct push_answer *answer) {
  p->report->sent++;
  if (answer->said == PUSH_LATER)
    return;
  if (answer->said == PUSH_FAILED) {
    failed(p, item, answer->reason);
    return;
  }
  if (item->held.state != answer->state || !item->answered)
    p->report->changed++;
  item->held.state = answer->state;
  item->held.reason = arena_strdup(&p->q->arena, answer->reason);
  if (!item->held.reason)
    item->held.reason = "";
  item->answered = p->now;
}

/* Sends items [from, from + count) of the batch in one statement, which is one transaction. */
static tc_status send_some(struct pushing *p, size_t from, size_t count, struct tc_error *err) {
  struct buffer list = {.limit = 4 * BATCH_BYTES + 4 * 1024 * 1024};
  char protocol[12];
  const char *params[] = {protocol, NULL};
  struct push_answer *answers = calloc(count, sizeof *answers);
  const void *bytes;
  size_t len, got = 0;
  if (!answers)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  buffer_add_char(&list, '{');
  for (size_t i = 0; i < count; i++) {
    const struct queue_item *item = &p->q->items[p->batch[from + i]];
    buffer_add_text(&list, i ? ",\"\\\\x" : "\"\\\\x");
    add_hex(&list, item->bytes, item->len);
    buffer_add_char(&list, '"');
  }
  buffer_add_char(&list, '}');
  snprintf(protocol, sizeof protocol, "%d", PROTOCOL);
  params[1] = buffer_text(&list);
  tc_status status = buffer_status(&list, err);
  if (status == TC_OK)
    status =
        pg_query(p->pg, "SELECT * FROM tocsin.push_acts($1::int, $2::bytea[])", params, 2, err);
  while (status == TC_OK && (status = pg_next(p->pg, &bytes, &len, err)) == TC_OK)
    if (got < count)
      push_answer_read(&answers[got++], bytes, len);
  if (status == TC_DONE) /* only now is it committed */
    status = got == count ? TC_OK : unreadable(p->pg, err);
  for (size_t i = 0; status == TC_OK && i < count; i++)
    answered(p, &p->q->items[p->batch[from + i]], &answers[i]);
  free(answers);
  buffer_free(&list);
  return status;
}

/* The source's own trouble, or that of the way there. */
static bool is_no_acts_fault(tc_status status, const struct pg *pg) {
  const char *state = pg_sqlstate(pg);
  return status == TC_NO_MEMORY || status == TC_DENIED || status == TC_BUSY || !*state ||
         !strncmp(state, "42", 2) || !strncmp(state, "25", 2) || !strncmp(state, "3F", 2) ||
         !strncmp(state, "53", 2) || !strncmp(state, "57", 2) || !strncmp(state, "08", 2) ||
         !strncmp(state, "40", 2) || !strncmp(state, "55", 2);
}

/* A batch that is refused whole is sent act by act: only what is at fault stays behind. */
static tc_status send_batch(struct pushing *p, struct tc_error *err) {
  struct tc_error why = {.status = TC_OK};
  tc_status status = p->count ? send_some(p, 0, p->count, &why) : TC_OK;
  if (status != TC_OK && is_no_acts_fault(status, p->pg))
    return tc_fail(err, status, "%s", why.text);
  for (size_t i = 0; status != TC_OK && i < p->count; i++) {
    tc_error_clear(&why);
    tc_status one = send_some(p, i, 1, &why);
    if (one != TC_OK && is_no_acts_fault(one, p->pg))
      return tc_fail(err, one, "%s", why.text);
    if (one != TC_OK)
      failed(p, &p->q->items[p->batch[i]], why.text);
  }
  p->count = p->bytes = 0;
  return TC_OK;
}

static int by_time(const void *a, const void *b) {
  const struct act_held *x = &((const struct queue_item *)a)->held,
                        *y = &((const struct queue_item *)b)->held;
  return act_held_compare(&x, &y);
}

static tc_status send_all(struct pushing *p, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < p->q->count && status == TC_OK; i++) {
    const struct queue_item *item = &p->q->items[i];
    if (item->held.state > ACT_WAITS)
      continue;
    if (p->count == BATCH || (p->count && p->bytes + item->len > BATCH_BYTES))
      status = send_batch(p, err);
    if (status == TC_OK) {
      p->batch[p->count++] = i;
      p->bytes += item->len;
    }
  }
  return status == TC_OK ? send_batch(p, err) : status;
}

/* Is the cache on the history of the source?  Else it cannot tell by a revision whether it has what
 * the source took.  facts: with the chain at the cache's own revision. */
static bool is_of_cache(const struct pull_cursor *mine, const struct push_facts *facts) {
  if (!mine->known)
    return true;
  return facts->knows ? memcmp(facts->chain_at, mine->chain, QUEUE_CHAIN) == 0
                      : facts->revision > mine->revision;
}

/* An answer holds for the revision that the source is at after it: the act is over when the cache
 * is there.  What a restored source took is not: it stays in force here, and is sent again, which
 * is once by its UUID, until the cache was repaired. */
static void stamp(struct pushing *p, const struct push_facts *facts, bool of_cache) {
  for (size_t i = 0; i < p->q->count; i++) {
    struct queue_item *item = &p->q->items[i];
    if (item->answered != p->now)
      continue;
    item->held.revision = facts->revision;
    memcpy(item->chain, facts->chain, QUEUE_CHAIN);
    if (of_cache || item->held.state != ACT_APPLIED)
      continue;
    item->held.state = ACT_PENDING; /* as if the answer had not come */
    item->answered = 0;
    p->report->sent--;
    p->report->changed--;
  }
}

/* Where the published cache is; not known where that cannot be read. */
static void read_cursor(struct pull_cursor *out, const char *scope_dir) {
  struct buffer text = BUFFER_INIT;
  *out = (struct pull_cursor){.known = false};
  if (writer_cursor(&text, scope_dir, NULL) != TC_OK ||
      cursor_read(out, buffer_text(&text), text.len, NULL) != TC_OK)
    out->known = false;
  buffer_free(&text);
}

/* What was answered long ago is in every backup that anybody would restore; what is about something
 * that is no longer granted waits for its answer alone. */
static size_t forget(struct queue *q, int64_t now) {
  size_t kept = 0, before = q->count;
  for (size_t i = 0; i < q->count; i++) {
    const struct queue_item *item = &q->items[i];
    if (item->forget ? !queue_is_answered(item)
                     : item->held.state <= ACT_WAITS || now - item->answered < QUEUE_KEPT_S)
      q->items[kept++] = *item;
  }
  q->count = kept;
  return before - kept;
}

static tc_status push_queue(struct pushing *p, struct tc_error *err) {
  struct push_facts facts;
  const struct queue_item *known = latest(p->q);
  tc_status status = ask_facts(p->pg, known ? known->held.revision : -1, &facts, err);
  if (status != TC_OK)
    return status;
  p->report->again = offer_again(p->q, known, &facts);
  status = send_all(p, err);
  if (p->report->sent) {
    struct tc_error why = {.status = TC_OK};
    struct pull_cursor mine;
    read_cursor(&mine, p->scope_dir);
    tc_status asked = ask_facts(p->pg, mine.known ? mine.revision : -1, &facts, &why);
    if (asked == TC_OK)
      stamp(p, &facts, is_of_cache(&mine, &facts));
    else if (status == TC_OK)
      status = tc_fail(err, asked, "%s", why.text);
  }
  return status;
}

/* With the queue's lock, while the source is asked too. */
static tc_status push_held(struct pg *pg, const char *scope_dir, int64_t now,
                           struct push_report *report, struct tc_error *err) {
  struct queue q;
  tc_status status = queue_read(&q, scope_dir, err);
  if (status != TC_OK)
    return status;
  struct pushing *p = calloc(1, sizeof *p);
  if (!p) {
    queue_free(&q);
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  *p = (struct pushing){.pg = pg, .q = &q, .scope_dir = scope_dir, .now = now, .report = report};
  if (q.count > 1)
    qsort(q.items, q.count, sizeof *q.items, by_time);
  status = q.count ? push_queue(p, err) : TC_OK;
  size_t gone = forget(&q, now);
  if (report->sent || report->again || report->aside || gone) {
    tc_status kept = queue_write(&q, scope_dir, status == TC_OK ? err : NULL);
    status = status == TC_OK ? kept : status;
  }
  free(p);
  queue_free(&q);
  return status;
}

tc_status push_round(struct pg *pg, const char *scope_dir, int64_t now, struct push_report *report,
                     struct tc_error *err) {
  int lock;
  struct tc_error why = {.status = TC_OK};
  *report = (struct push_report){.sent = 0};
  tc_status status = queue_lock(&lock, scope_dir, &why);
  if (status == TC_BUSY)
    return TC_OK;
  if (status != TC_OK)
    return tc_fail(err, status, "%s", why.text);
  status = push_held(pg, scope_dir, now, report, err);
  close(lock);
  return status;
}
