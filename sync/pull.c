#include "sync/pull.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "core/record.h"
#include "core/texts.h"
#include "db/cache.h"
#include "sync/round.h"
#include "sync/snapshot.h"

enum {
  ASIDE_UNCLEAN = 2, /* unclean ends after which a change set is applied aside */
  ASIDE_STEP = 64    /* rows of a small commit: some 10 ms */
};

/* ---- where the cache is ------------------------------------------------------------------------
 */

/* A cache that is not there, or is damaged, holds nothing: it is loaded anew. */
tc_status round_read_cache(struct round_state *r, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  struct cache *cache;
  tc_status status = cache_open(&cache, r->scope_dir, &own);
  r->damaged = status == TC_DAMAGED;
  r->never = status == TC_NEVER_SYNCED;
  r->records = 0;
  if (r->never || r->damaged)
    return TC_OK;
  if (status == TC_OK) {
    r->records = cache_info(cache)->records;
    r->entries_before = cache_info(cache)->entries;
    r->source_time = cache_info(cache)->source_time;
    r->report->revision = cache_info(cache)->revision;
    r->report->unreadable = cache_info(cache)->unreadable;
    cache_close(cache);
    status = writer_cursor(&r->mine_text, r->scope_dir, &own);
  }
  if (status == TC_DAMAGED) { /* not even where it is */
    r->damaged = true;
    buffer_clear(&r->mine_text);
    return TC_OK;
  }
  if (status == TC_OK && cursor_read(&r->mine, buffer_text(&r->mine_text), r->mine_text.len, NULL))
    r->mine.known = false;
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

tc_status round_unmoved(struct round_state *r, struct tc_error *err) {
  struct buffer now = BUFFER_INIT;
  struct tc_error own = {.status = TC_OK};
  tc_status status = writer_cursor(&now, r->scope_dir, &own);
  bool same = now.len == r->mine_text.len &&
              (now.len == 0 || !memcmp(now.data, r->mine_text.data, now.len));
  buffer_free(&now);
  if (status != TC_OK && status != TC_NEVER_SYNCED && status != TC_DAMAGED) {
    if (err)
      *err = own;
    return status;
  }
  return same ? TC_OK
              : tc_fail(err, TC_BUSY,
                        _("another writer has changed the cache meanwhile: try again"));
}

/* ---- taking what comes -------------------------------------------------------------------------
 */

tc_status round_record(struct round_state *r, const void *bytes, size_t len, struct tc_error *err) {
  struct record_head head;
  if (record_head(&head, bytes, len, NULL) != TC_OK ||
      !(r->head.scope & (UINT32_C(1) << head.audience)))
    return round_broken(err); /* what was not granted is not stored, whoever sent it */
  if (r->loading && head.kind == RECORD_ENTRY)
    entry_set_see(&r->before, &head.uuid);
  r->report->put++;
  return r->again ? TC_OK : writer_put(r->writer, bytes, len, err);
}

static tc_status take_tombstone(struct round_state *r, const uint8_t *bytes, size_t len,
                                struct tc_error *err) {
  struct uuid uuid;
  if (len != sizeof uuid.b + 2 || bytes[sizeof uuid.b] == 0 ||
      bytes[sizeof uuid.b] >= AUDIENCE_COUNT)
    return round_broken(err);
  memcpy(uuid.b, bytes, sizeof uuid.b);
  tc_status status = TC_OK;
  if (!r->again)
    status = writer_delete(r->writer, &uuid, (enum audience)bytes[sizeof uuid.b], err);
  if (status == TC_NOT_FOUND) /* made and removed since we last looked */
    return TC_OK;
  r->report->removed += status == TC_OK;
  if (status == TC_OK && bytes[sizeof uuid.b + 1])
    status = entry_set_add(&r->before, &uuid, err); /* here: those that are gone */
  return status;
}

/* The next row from the source, kept in the inbox, or of what lies there. */
static tc_status next_row(struct round_state *r, const void **bytes, size_t *len,
                          struct tc_error *err) {
  if (r->rows)
    return r->rows(r->rows_context, bytes, len, err);
  if (!r->pg)
    return inbox_next(r->inbox, bytes, len, err);
  tc_status status = pg_next(r->pg, bytes, len, err);
  if (r->inbox && status == TC_OK && *bytes)
    status = inbox_add(r->inbox, *bytes, *len, err);
  if (r->inbox && status == TC_DONE) {
    tc_status sealed = inbox_seal(r->inbox, err);
    status = sealed == TC_OK ? TC_DONE : sealed;
  }
  return status;
}

static tc_status open_inbox(struct round_state *r, bool all, struct tc_error *err) {
  const struct inbox_facts facts = {.base = buffer_text(&r->mine_text),
                                    .base_len = r->mine_text.len,
                                    .source = r->source,
                                    .head = buffer_text(&r->head_text),
                                    .head_len = r->head_text.len,
                                    .all = all};
  return inbox_new(&r->inbox, r->scope_dir, &facts, err);
}

static tc_status take_row(struct round_state *r, const uint8_t *row, size_t len, bool all,
                          struct tc_error *err) {
  if (!row || len == 0)
    return round_broken(err);
  if (row[0] == 'R')
    return round_record(r, row + 1, len - 1, err);
  if (row[0] == 'D' && !all)
    return take_tombstone(r, row + 1, len - 1, err);
  if (row[0] != 'K' || (len - 1) % CHAIN_SHORT != 0)
    return round_broken(err);
  cursor_add_history(&r->next, row + 1, (len - 1) / CHAIN_SHORT);
  return TC_OK;
}

/* The rows behind the header, into the writer; aside, what is done lasts after each step. */
static tc_status take_rows(struct round_state *r, bool all, struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status;
  for (int64_t row = 1; (status = next_row(r, &bytes, &len, err)) == TC_OK; row++) {
    r->again = row <= r->done;
    status = take_row(r, bytes, len, all, err);
    if (status == TC_OK && r->aside && !r->again && row % ASIDE_STEP == 0)
      status = writer_keep(r->writer, row, err);
    if (status != TC_OK)
      return status;
  }
  return status == TC_DONE ? TC_OK : status;
}

/* ---- ending ------------------------------------------------------------------------------------
 */

/* More than a fifth and more than 50 entries gone is more often a fault than a wish. */
static tc_status check_removals(struct round_state *r, struct tc_error *err) {
  /* A delta says of each whether it was approved.  Of a load or a repair what was goes through as
   * well, whatever changed since, where who approved it saw what is later than the cache: a backup
   * brings an old approval along.  Times are whole seconds: within one, the revision says it. */
  bool later = r->head.approved_at > r->source_time ||
               (r->head.approved_at == r->source_time && r->head.approved > r->mine.revision);
  if (r->head.unapproved >= 0 && later && uuid_equal(&r->mine.generation, &r->head.generation) &&
      r->gone > r->head.unapproved)
    r->gone = r->head.unapproved;
  if (!pull_is_mad(r->gone, r->entries_before) || r->head.approved >= r->head.revision)
    return TC_OK;
  r->report->word = "held";
  r->report->held = r->entries_before;
  r->report->offered = r->entries_before - r->gone;
  return tc_fail(err, TC_REFUSED,
                 _("held: the source offers %lld of %lld entries at revision %lld; the cache is "
                   "kept.  If that is meant: tocsin-sync source approve %lld --source CONNINFO"),
                 (long long)r->report->offered, (long long)r->report->held,
                 (long long)r->head.revision, (long long)r->head.revision);
}

/* TC_DAMAGED without a message: count or digest do not agree. */
static tc_status check_sum(struct round_state *r, struct tc_error *err) {
  int64_t records;
  struct digest digest;
  tc_status status = writer_sum(r->writer, &records, &digest, err);
  if (status == TC_OK &&
      (records != r->head.records || memcmp(digest.b, r->head.digest.b, sizeof digest.b)))
    return TC_DAMAGED;
  return status;
}

void round_drop_inbox(const struct round_state *r) {
  int lock = -1;
  if (!inbox_is_there(r->scope_dir) && !inbox_is_part(r->scope_dir))
    return;
  if (r->writer || writer_lock(&lock, r->scope_dir, NULL) == TC_OK)
    inbox_remove(r->scope_dir);
  if (lock >= 0)
    close(lock);
}

static tc_status publish(struct round_state *r, struct tc_error *err) {
  struct buffer cursor = BUFFER_INIT;
  r->next.known = true;
  r->next.generation = r->head.generation;
  r->next.revision = r->head.revision;
  memcpy(r->next.chain, r->head.chain, CHAIN_BYTES);
  r->next.scope = r->head.scope;
  cursor_write(&r->next, &cursor);
  tc_status status = buffer_status(&cursor, err);
  struct writer_head head = {
      .generation = r->head.generation,
      .revision = r->head.revision,
      .source_time = r->head.at,
      .source = r->source,
      .audience = scope_narrowest(r->head.scope),
      .cursor = buffer_text(&cursor),
      /* What an unreadable cache, or an imported one, was granted nobody knows. */
      .forget = !r->never && (!r->mine.known || (r->mine.scope & ~r->head.scope) != 0),
  };
  if (status == TC_OK) {
    status = writer_commit(r->writer, &head, err);
    r->writer = NULL; /* freed either way */
  }
  if (status == TC_OK) {
    r->report->revision = head.revision;
    round_drop_inbox(r); /* also another's, that would not fit any more */
  }
  buffer_free(&cursor);
  return status;
}

/* What may not be on this machine is not stored, whoever granted it. */
tc_status round_check_grant(const struct round_state *r, struct tc_error *err) {
  uint32_t scope = r->head.scope ? r->head.scope : r->mine.scope;
  enum audience granted = scope_narrowest(scope);
  if (r->most == AUDIENCE_NONE || granted <= r->most)
    return TC_OK;
  return tc_fail(err, TC_CONFIG,
                 _("%s grants parts for %s, and tocsin.conf allows %s on this machine: nothing is "
                   "taken"),
                 r->source, audience_text(granted), audience_text(r->most));
}

tc_status round_publish(struct round_state *r, struct tc_error *err) {
  tc_status status = round_check_grant(r, err); /* what is received may be of another header */
  if (status == TC_OK)
    status = check_sum(r, err);
  if (status == TC_OK)
    status = check_removals(r, err);
  return status == TC_OK ? publish(r, err) : status;
}

void round_give_up(struct round_state *r) {
  writer_discard(r->writer);
  r->writer = NULL;
  entry_set_free(&r->before);
  r->report->put = r->report->removed = 0;
}

/* Nothing was published, or a fault is told; either way the inbox has served. */
static void give_up(struct round_state *r) {
  if (r->inbox)
    round_drop_inbox(r);
  inbox_free(r->inbox);
  r->inbox = NULL;
  round_give_up(r);
}

/* TC_DAMAGED without a message: what came does not add up. */
static tc_status finish_delta(struct round_state *r, struct tc_error *err) {
  r->next = r->mine;
  tc_status status = take_rows(r, false, err);
  if (status != TC_OK)
    return status;
  entry_set_sort(&r->before);
  r->gone = (int64_t)r->before.count;
  return round_publish(r, err);
}

static tc_status apply_delta(struct round_state *r, struct tc_error *err) {
  tc_status status = writer_delta(&r->writer, r->scope_dir, err);
  if (status == TC_OK)
    status = round_unmoved(r, err);
  if (status == TC_OK)
    status = open_inbox(r, false, err);
  if (status == TC_OK)
    status = finish_delta(r, err);
  if (status != TC_OK)
    give_up(r);
  return status;
}

/* What the cache holds of audiences that are still granted. */
static tc_status read_before(struct round_state *r, struct tc_error *err) {
  struct record_cursor *cur = NULL;
  struct record_head head;
  const void *bytes;
  size_t len;
  struct tc_error own = {.status = TC_OK};
  tc_status status = record_cursor_open(&cur, r->scope_dir, &own);
  while (status == TC_OK && (status = record_cursor_next(cur, &bytes, &len, &own)) == TC_OK)
    if (record_head(&head, bytes, len, NULL) == TC_OK && head.kind == RECORD_ENTRY &&
        r->head.scope & (UINT32_C(1) << head.audience))
      status = entry_set_add(&r->before, &head.uuid, &own);
  record_cursor_close(cur);
  entry_set_sort(&r->before);
  if (status == TC_DONE || status == TC_NEVER_SYNCED || status == TC_DAMAGED)
    return TC_OK; /* of a damaged one, what could be read */
  if (err && err->status == TC_OK)
    *err = own;
  return status;
}

/* What comes, against what was there, into a generation that is being built. */
static tc_status finish_all(struct round_state *r, struct tc_error *err) {
  r->loading = true;
  r->next = (struct pull_cursor){.known = false};
  tc_status status = read_before(r, err);
  if (status == TC_OK)
    status = take_rows(r, true, err);
  if (status != TC_OK)
    return status;
  r->entries_before = (int64_t)r->before.count;
  r->gone = entry_set_unseen(&r->before);
  struct tc_error own = {.status = TC_OK};
  status = round_publish(r, &own);
  if (status == TC_DAMAGED && own.status == TC_OK)
    tc_fail(&own, TC_DAMAGED,
            _("%s: what came is not what the source says it sent; the cache is kept"), r->source);
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

static tc_status load_all(struct round_state *r, struct tc_error *err) {
  tc_status status = round_ask_all(r, err);
  if (status == TC_OK)
    status = writer_build(&r->writer, r->scope_dir, err);
  if (status == TC_OK)
    status = round_unmoved(r, err);
  if (status == TC_OK && !r->of_scope) /* what is made for others is made again */
    status = open_inbox(r, true, err);
  if (status == TC_OK)
    status = finish_all(r, err);
  if (status != TC_OK)
    give_up(r);
  return status;
}

/* ---- a round -----------------------------------------------------------------------------------
 */

/* A change set or a repair that did not add up says so without a message. */
static bool is_unequal(tc_status status, const struct tc_error *own) {
  return status == TC_DAMAGED && own->status == TC_OK;
}

static void tell(struct round_state *r, const struct pull_rule *rule) {
  r->report->word = rule->word;
  r->report->reason = _(rule->reason);
}

/* Compares and fetches what differs; where that cannot be done, loads everything. */
static tc_status repair(struct round_state *r, const struct pull_rule *rule, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  tc_status status = r->damaged ? TC_DONE : round_repair(r, &own);
  bool unequal = is_unequal(status, &own);
  if (status == TC_DONE || unequal) {
    if (r->damaged || unequal || rule == pull_rule_unequal())
      tell(r, pull_rule_damaged());
    return load_all(r, err);
  }
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

static tc_status act(struct round_state *r, const struct pull_rule *rule, struct tc_error *err);

/* Faults of the snapshot: then everything is loaded as if there were none. */
static bool is_of_the_snapshot(tc_status status) {
  return status != TC_FULL && status != TC_IO && status != TC_BUSY && status != TC_NO_MEMORY;
}

/* A first load out of a snapshot, then what has changed since.  TC_DONE: there was none of use, and
 * nothing was done. */
static tc_status load_snapshot(struct round_state *r, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  struct pull_header head;
  const struct pull_rule *rule = pull_rule_unequal();
  tc_status status =
      snapshot_adopt(r->pg, r->scope_dir, r->file, &head, &r->report->expected_bytes, &own);
  r->report->expected_bytes = 0;
  if (status != TC_OK && is_of_the_snapshot(status) && pg_alive(r->pg)) {
    snprintf(r->report->note, sizeof r->report->note, "%s", own.text);
    return TC_DONE;
  }
  if (status == TC_OK)
    status = round_read_cache(r, &own);
  if (status == TC_OK)
    status = round_ask(r, &rule, &own);
  if (status == TC_OK)
    status = act(r, rule, &own);
  if (status == TC_OK && rule->status == TC_OK) {
    r->report->put += head.records;
    r->report->word = "first";
    r->report->reason = _("loaded for the first time from this source, out of its snapshot");
  }
  if (status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}

static tc_status act(struct round_state *r, const struct pull_rule *rule, struct tc_error *err) {
  tc_status status = TC_OK;
  tell(r, rule);
  if (rule->action == PULL_KEEP)
    return tc_fail(err, rule->status, _("%s: %s; the cache is kept"), pg_source(r->pg),
                   _(rule->reason));
  if (rule->action == PULL_DELTA) {
    struct tc_error own = {.status = TC_OK};
    status = apply_delta(r, &own);
    if (is_unequal(status, &own))
      return act(r, pull_rule_unequal(), err);
    if (status != TC_OK && err && err->status == TC_OK)
      *err = own;
  } else if (rule->action == PULL_REPAIR || r->damaged) {
    status = repair(r, rule, err);
  } else if (rule->action == PULL_ALL) {
    status = r->never ? load_snapshot(r, err) : TC_DONE;
    if (status == TC_DONE)
      status = load_all(r, err);
  }
  return status;
}

/* A repair that was asked for takes the place of whatever would bring a cache on. */
static const struct pull_rule *rule_of(const struct round_state *r, const struct pull_rule *rule) {
  bool brings_on = rule->action == PULL_SAME || rule->action == PULL_DELTA ||
                   (rule->action == PULL_ALL && r->mine.known);
  return r->forced && brings_on ? pull_rule_unequal() : rule;
}

void pull_report_begin(struct pull_report *report) {
  *report = (struct pull_report){.word = "failed", .reason = ""};
}

void round_free(struct round_state *r) {
  inbox_free(r->inbox);
  entry_set_free(&r->before);
  buffer_free(&r->mine_text);
  buffer_free(&r->head_text);
  free(r);
}

/* What the source grants now; 0: it cannot be told, or nothing is.  A source that is behind the
 * cache on its own history may be so with its grants too; one that no longer speaks with this
 * program is not for that less right about them. */
static uint32_t granted_now(const struct round_state *r, const struct pull_rule *rule) {
  bool behind =
      uuid_equal(&r->mine.generation, &r->head.generation) && r->head.revision < r->mine.revision;
  return rule->action != PULL_KEEP || (rule->status == TC_NEWER && !behind) ? r->head.scope : 0;
}

/* A removal that is owed waits for nobody; where it could not be made the round has not succeeded,
 * whatever else it did.  Another writer makes it itself. */
static tc_status settle(const char *scope_dir, tc_status status, struct tc_error *err) {
  struct tc_error why = {.status = TC_OK};
  tc_status settled = writer_settle(scope_dir, &why);
  if (status != TC_OK || settled == TC_OK || settled == TC_BUSY)
    return status;
  return tc_fail(err, settled, "%s", why.text);
}

static tc_status round_with(const struct round_state *orders, struct tc_error *err) {
  struct pull_report *report = orders->report;
  const char *scope_dir = orders->scope_dir;
  struct round_state *r = malloc(sizeof *r);
  const struct pull_rule *rule = pull_rule_unequal();
  pull_report_begin(report);
  if (!r)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *r = *orders;
  r->source = pg_source(r->pg);
  snprintf(report->source, sizeof report->source, "%s", pg_source(r->pg));
  tc_status status = round_read_cache(r, err);
  if (status == TC_OK && r->file && !r->never)
    snprintf(report->note, sizeof report->note, _("there is a directory in %s already"), scope_dir);
  if (status == TC_OK)
    status = round_ask(r, &rule, err);
  uint32_t granted = status == TC_OK ? granted_now(r, rule) : 0;
  if (status == TC_OK)
    status = round_check_grant(r, err);
  if (status == TC_OK)
    status = act(r, rule_of(r, rule), err);
  if (status != TC_OK && granted && !r->damaged)
    report->narrowed =
        round_narrow(r, granted, NULL) == TC_OK && writer_settle(scope_dir, NULL) == TC_OK;
  struct cache *cache;
  if (status == TC_OK && cache_open(&cache, scope_dir, NULL) == TC_OK) {
    report->unreadable = cache_info(cache)->unreadable;
    cache_close(cache);
  }
  round_free(r);
  return settle(scope_dir, status, err);
}

tc_status pull_round(struct pg *pg, const struct pull_orders *orders, struct pull_report *report,
                     struct tc_error *err) {
  return round_with(&(struct round_state){.pg = pg,
                                          .scope_dir = orders->scope_dir,
                                          .most = orders->most,
                                          .file = orders->snapshot,
                                          .forced = orders->compare,
                                          .report = report},
                    err);
}

/* ---- what an earlier program left behind -------------------------------------------------------
 */

/* Is it for this cache? */
static tc_status open_left(struct round_state *r, struct tc_error *err) {
  tc_status status = inbox_open(&r->inbox, r->scope_dir, err);
  if (status != TC_OK)
    return status;
  const struct inbox_facts *facts = inbox_facts(r->inbox);
  r->source = facts->source;
  if (facts->base_len != r->mine_text.len ||
      memcmp(facts->base, buffer_text(&r->mine_text), facts->base_len) != 0)
    return tc_fail(err, TC_DAMAGED, _("what was received is not for this cache"));
  return header_read(&r->head, facts->head, facts->head_len, err);
}

/* After two unclean ends: in small commits, each of which lasts, on a copy that is switched in when
 * count and digest agree. */
static tc_status open_writer(struct round_state *r, bool all, struct tc_error *err) {
  const struct inbox_facts *facts = inbox_facts(r->inbox);
  r->aside = inbox_unclean(r->inbox) >= ASIDE_UNCLEAN;
  if (r->aside)
    return writer_aside(&r->writer, r->scope_dir, facts->head, all, &r->done, err);
  return all ? writer_build(&r->writer, r->scope_dir, err)
             : writer_delta(&r->writer, r->scope_dir, err);
}

static tc_status take_up(struct round_state *r, struct tc_error *err) {
  tc_status status = open_left(r, err);
  bool all = status == TC_OK && inbox_facts(r->inbox)->all;
  if (status == TC_OK)
    status = open_writer(r, all, err);
  if (status == TC_OK)
    status = round_unmoved(r, err);
  if (status == TC_OK)
    status = inbox_begin(r->inbox, err);
  if (status == TC_OK)
    status = all ? finish_all(r, err) : finish_delta(r, err);
  if (status == TC_OK)
    return TC_OK;
  if (status != TC_BUSY) /* the writer's, or the source's: it will serve later */
    round_drop_inbox(r);
  round_give_up(r);
  return status;
}

tc_status pull_resume(const struct pull_orders *orders, struct pull_report *report,
                      struct tc_error *err) {
  pull_report_begin(report);
  tc_status settled = writer_settle(orders->scope_dir, NULL);
  (void)settled; /* asked again at the end of a round */
  if (!inbox_is_there(orders->scope_dir)) {
    round_drop_inbox(&(struct round_state){.scope_dir = orders->scope_dir});
    return TC_NOT_FOUND;
  }
  struct round_state *r = calloc(1, sizeof *r);
  if (!r)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  r->scope_dir = orders->scope_dir;
  r->most = orders->most;
  r->report = report;
  tc_status status = round_read_cache(r, err);
  if (status == TC_OK && r->damaged)
    status = tc_fail(err, TC_DAMAGED, _("what was received is not for this cache"));
  else if (status == TC_OK)
    status = take_up(r, err);
  round_free(r);
  return status;
}

tc_status round_given(struct round_state *r, bool all, struct tc_error *err) {
  struct tc_error own = {.status = TC_OK};
  tc_status status = round_check_grant(r, &own);
  if (status == TC_OK)
    status = all ? writer_build(&r->writer, r->scope_dir, &own)
                 : writer_delta(&r->writer, r->scope_dir, &own);
  if (status == TC_OK)
    status = round_unmoved(r, &own);
  if (status == TC_OK)
    status = all ? finish_all(r, &own) : finish_delta(r, &own);
  if (status != TC_OK)
    round_give_up(r);
  if (is_unequal(status, &own))
    tc_fail(&own, TC_DAMAGED, _("%s: what came does not make up what it says; the cache is kept"),
            r->source);
  return settle(r->scope_dir, status == TC_OK ? TC_OK : tc_fail(err, own.status, "%s", own.text),
                err);
}

tc_status pull_scope(struct pg *pg, const char *scope_dir, const char *of_scope,
                     struct pull_report *report, struct pull_header *head, struct tc_error *err) {
  struct round_state *r = malloc(sizeof *r);
  pull_report_begin(report);
  if (!r)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *r = (struct round_state){.pg = pg,
                            .source = pg_source(pg),
                            .scope_dir = scope_dir,
                            .report = report,
                            .of_scope = of_scope};
  tc_status status = load_all(r, err);
  *head = r->head;
  round_free(r);
  return status;
}
