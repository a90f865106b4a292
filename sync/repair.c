#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "sync/round.h"
#include "sync/tree.h"

enum { FETCH_STEP = 1000 }; /* parts asked for in one statement */

struct node_list {
  uint32_t *items;
  size_t count, cap;
};

struct repair {
  struct round_state *round;
  struct tree mine;
  struct tree wanted; /* parts to fetch */
  struct tree gone;   /* parts to take out */
  bool rotten;        /* what is stored is not what was */
};

/* ---- what is here ------------------------------------------------------------------------------
 */

static tc_status add_node(struct node_list *l, uint32_t node, struct tc_error *err) {
  if (l->count == l->cap) {
    size_t cap = l->cap ? l->cap * 2 : 64;
    uint32_t *wider = realloc(l->items, cap * sizeof *wider);
    if (!wider)
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    l->items = wider;
    l->cap = cap;
  }
  l->items[l->count++] = node;
  return TC_OK;
}

static bool is_granted(const struct round_state *r, enum audience a) {
  return (r->head.scope & (UINT32_C(1) << a)) != 0;
}

/* Hashes every stored record.  One whose header cannot be read any more is as good as not there. */
static tc_status read_mine(struct repair *p, struct tc_error *err) {
  struct round_state *r = p->round;
  struct record_cursor *cursor = NULL;
  const void *bytes;
  size_t len;
  int64_t records, seen = 0;
  struct digest kept, other = {{0}};
  tc_status status = writer_sum(r->writer, &records, &kept, err);
  if (status == TC_OK)
    status = record_cursor_open(&cursor, r->scope_dir, err);
  while (status == TC_OK && (status = record_cursor_next(cursor, &bytes, &len, err)) == TC_OK) {
    struct record_head head;
    seen++;
    if (record_head(&head, bytes, len, NULL) == TC_OK && is_granted(r, head.audience))
      status = tree_add(&p->mine, &head, bytes, len, err);
    else
      digest_toggle(&other, bytes, len);
  }
  record_cursor_close(cursor);
  if (status != TC_DONE)
    return status;
  for (size_t i = 0; i < sizeof other.b; i++)
    other.b[i] ^= p->mine.digest.b[i];
  p->rotten = seen != records || memcmp(other.b, kept.b, sizeof kept.b) != 0;
  tree_sort(&p->mine);
  for (size_t i = 0; i < p->mine.count; i++)
    r->entries_before +=
        p->mine.items[i].entry &&
        (i == 0 || !uuid_equal(&p->mine.items[i].uuid, &p->mine.items[i - 1].uuid));
  return TC_OK;
}

/* ---- asking ------------------------------------------------------------------------------------
 */

static tc_status ask_nodes(struct repair *p, const char *sql, int depth,
                           const struct node_list *nodes, struct tc_error *err) {
  struct buffer list = BUFFER_INIT;
  char number[12];
  const char *params[2] = {number};
  snprintf(number, sizeof number, "%d", depth);
  for (size_t i = 0; i < nodes->count; i++)
    buffer_printf(&list, "%c%lu", i ? ',' : '{', (unsigned long)nodes->items[i]);
  buffer_add_char(&list, '}');
  tc_status status = buffer_status(&list, err);
  params[1] = buffer_text(&list);
  if (status == TC_OK)
    status = pg_query(p->round->pg, sql, params, 2, err);
  buffer_free(&list);
  return status;
}

/* The row of the next node. */
static tc_status next_row(struct repair *p, const void **bytes, size_t *len, struct tc_error *err) {
  tc_status status = pg_next(p->round->pg, bytes, len, err);
  return status == TC_DONE || (status == TC_OK && !*bytes) ? round_broken(err) : status;
}

/* Header, and where the cache is on another history the chains of the new one. */
static tc_status ask_head(struct repair *p, struct tc_error *err) {
  struct round_state *r = p->round;
  char protocol[12];
  bool chains = !r->mine.known || r->mine.revision != r->head.revision ||
                memcmp(r->mine.chain, r->head.chain, CHAIN_BYTES) != 0 ||
                !uuid_equal(&r->mine.generation, &r->head.generation);
  const char *params[] = {protocol, chains ? "true" : "false"};
  const void *bytes;
  size_t len;
  uint32_t scope = r->head.scope;
  snprintf(protocol, sizeof protocol, "%d", PULL_PROTOCOL);
  r->next = r->mine;
  if (chains)
    r->next = (struct pull_cursor){.known = false};
  tc_status status = pg_run(r->pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
  if (status == TC_OK)
    status = pg_query(r->pg, "SELECT tocsin.tree_head($1::int, $2::boolean)", params, 2, err);
  if (status == TC_OK)
    status = next_row(p, &bytes, &len, err);
  if (status == TC_OK && (len == 0 || *(const char *)bytes != 'H'))
    status = round_broken(err);
  if (status == TC_OK)
    status = header_read(&r->head, (const char *)bytes + 1, len - 1, err);
  if (status == TC_OK && r->head.scope == 0)
    return round_broken(err);
  if (status == TC_OK && r->head.scope != scope)
    return tc_fail(err, TC_BUSY, _("%s: grants changed meanwhile: try again"), pg_source(r->pg));
  while (status == TC_OK && (status = pg_next(r->pg, &bytes, &len, err)) == TC_OK) {
    if (!bytes || len == 0 || *(const char *)bytes != 'K' || (len - 1) % CHAIN_SHORT != 0)
      return round_broken(err);
    cursor_add_history(&r->next, (const uint8_t *)bytes + 1, (len - 1) / CHAIN_SHORT);
  }
  return status == TC_DONE ? TC_OK : status;
}

/* Children of these nodes whose sums differ, into *out. */
static tc_status compare_nodes(struct repair *p, int depth, const struct node_list *nodes,
                               struct node_list *out, struct tc_error *err) {
  uint8_t sums[TREE_FAN][TREE_SUM];
  tc_status status =
      ask_nodes(p, "SELECT tocsin.tree_digests($1::int, $2::int[])", depth, nodes, err);
  for (size_t i = 0; i < nodes->count && status == TC_OK; i++) {
    const void *bytes;
    size_t len;
    status = next_row(p, &bytes, &len, err);
    if (status == TC_OK && len != sizeof sums)
      status = round_broken(err);
    if (status != TC_OK)
      break;
    tree_sums(&p->mine, depth, nodes->items[i], sums);
    const uint8_t *theirs = bytes;
    for (uint32_t c = 0; c < TREE_FAN && status == TC_OK; c++)
      if (memcmp(theirs + c * TREE_SUM, sums[c], TREE_SUM) != 0)
        status = add_node(out, nodes->items[i] << TREE_STEP | c, err);
  }
  return status;
}

/* ---- leaves ------------------------------------------------------------------------------------
 */

static tc_status keep_item(struct tree *t, const struct tree_item *item, struct tc_error *err) {
  struct tree_item *at;
  size_t count = t->count;
  uint8_t bytes[TREE_LEAF_ITEM];
  memcpy(bytes, item->uuid.b, sizeof item->uuid.b);
  bytes[sizeof item->uuid.b] = item->audience;
  memcpy(bytes + sizeof item->uuid.b + 1, item->hash, TREE_SUM);
  tc_status status = tree_add_leaf(t, bytes, sizeof bytes, err);
  if (status == TC_OK) {
    at = &t->items[count];
    at->entry = item->entry;
  }
  return status;
}

/* One leaf: what the source has and the cache not, and the reverse. */
static tc_status compare_leaf(struct repair *p, const struct tree *theirs, size_t first, size_t end,
                              struct tc_error *err) {
  const struct tree_item *mine = p->mine.items;
  tc_status status = TC_OK;
  size_t j = 0;
  for (size_t i = first; status == TC_OK && (i < end || j < theirs->count);) {
    int order = i == end ? 1 : j == theirs->count ? -1 : tree_compare(&mine[i], &theirs->items[j]);
    if (order < 0)
      status = keep_item(&p->gone, &mine[i], err);
    else if (order > 0 || memcmp(mine[i].hash, theirs->items[j].hash, TREE_SUM) != 0)
      status = keep_item(&p->wanted, &theirs->items[j], err);
    i += order <= 0;
    j += order >= 0;
  }
  /* an entry of which no part is left */
  for (size_t i = first; i < end; i++) {
    if (!mine[i].entry || (i > first && uuid_equal(&mine[i].uuid, &mine[i - 1].uuid)))
      continue;
    bool there = false;
    for (j = 0; j < theirs->count && !there; j++)
      there = uuid_equal(&mine[i].uuid, &theirs->items[j].uuid);
    p->round->gone += !there;
  }
  return status;
}

static tc_status check_leaf(const struct repair *p, int depth, uint32_t node,
                            const struct tree *theirs, struct tc_error *err) {
  for (size_t i = 0; i < theirs->count; i++)
    if (theirs->items[i].place >> (TREE_BITS - TREE_STEP * depth) != node ||
        theirs->items[i].audience >= AUDIENCE_COUNT ||
        !is_granted(p->round, (enum audience)theirs->items[i].audience))
      return round_broken(err);
  return TC_OK;
}

static tc_status compare_leaves(struct repair *p, int depth, const struct node_list *nodes,
                                struct tc_error *err) {
  struct tree theirs = {0};
  tc_status status =
      ask_nodes(p, "SELECT tocsin.tree_leaves($1::int, $2::int[])", depth, nodes, err);
  for (size_t i = 0; i < nodes->count && status == TC_OK; i++) {
    const void *bytes;
    size_t len, first, end;
    theirs.count = 0;
    status = next_row(p, &bytes, &len, err);
    if (status == TC_OK)
      status = tree_add_leaf(&theirs, bytes, len, err);
    if (status == TC_OK)
      status = check_leaf(p, depth, nodes->items[i], &theirs, err);
    if (status != TC_OK)
      break;
    tree_sort(&theirs);
    tree_range(&p->mine, depth, nodes->items[i], &first, &end);
    status = compare_leaf(p, &theirs, first, end, err);
  }
  tree_free(&theirs);
  return status;
}

/* Down the tree.  TC_DONE: more than a quarter of all leaves differ. */
static tc_status walk(struct repair *p, struct tc_error *err) {
  int64_t most = p->round->head.records > (int64_t)p->mine.count ? p->round->head.records
                                                                 : (int64_t)p->mine.count;
  int depth = tree_depth(most);
  struct node_list nodes = {0}, below = {0};
  tc_status status = add_node(&nodes, 0, err);
  for (int d = 0; d < depth && status == TC_OK; d++) {
    below.count = 0;
    status = compare_nodes(p, d, &nodes, &below, err);
    struct node_list swap = nodes;
    nodes = below;
    below = swap;
  }
  if (status == TC_OK && depth > 1 && nodes.count > ((size_t)1 << (TREE_STEP * depth)) / 4)
    status = TC_DONE;
  if (status == TC_OK && nodes.count)
    status = compare_leaves(p, depth, &nodes, err);
  free(nodes.items);
  free(below.items);
  tree_sort(&p->gone);
  tree_sort(&p->wanted);
  return status;
}

/* ---- doing -------------------------------------------------------------------------------------
 */

/* Fetches wanted[first..end) into the writer. */
static tc_status fetch_some(struct repair *p, size_t first, size_t end, struct tc_error *err) {
  struct buffer uuids = BUFFER_INIT, audiences = BUFFER_INIT;
  const void *bytes;
  size_t len;
  for (size_t i = first; i < end; i++) {
    char text[UUID_TEXT];
    uuid_format(&p->wanted.items[i].uuid, text);
    buffer_printf(&uuids, "%c%s", i > first ? ',' : '{', text);
    buffer_printf(&audiences, "%c%d", i > first ? ',' : '{', (int)p->wanted.items[i].audience);
  }
  buffer_add_char(&uuids, '}');
  buffer_add_char(&audiences, '}');
  const char *params[] = {buffer_text(&uuids), buffer_text(&audiences)};
  tc_status status = buffer_status(&uuids, err);
  if (status == TC_OK)
    status = buffer_status(&audiences, err);
  if (status == TC_OK)
    status =
        pg_query(p->round->pg, "SELECT tocsin.tree_records($1::uuid[], $2::int[])", params, 2, err);
  while (status == TC_OK && (status = pg_next(p->round->pg, &bytes, &len, err)) == TC_OK) {
    if (!bytes || len == 0 || *(const char *)bytes != 'R')
      status = round_broken(err);
    else
      status = round_record(p->round, (const char *)bytes + 1, len - 1, err);
  }
  buffer_free(&uuids);
  buffer_free(&audiences);
  return status == TC_DONE ? TC_OK : status;
}

static tc_status fetch(struct repair *p, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t at = 0; at < p->wanted.count && status == TC_OK; at += FETCH_STEP)
    status = fetch_some(p, at,
                        at + FETCH_STEP < p->wanted.count ? at + FETCH_STEP : p->wanted.count, err);
  return status;
}

static tc_status remove_gone(struct repair *p, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < p->gone.count && status == TC_OK; i++)
    status = writer_delete(p->round->writer, &p->gone.items[i].uuid,
                           (enum audience)p->gone.items[i].audience, err);
  return status;
}

static bool stays(const void *context, const struct record_head *head) {
  const struct repair *p = context;
  return !tree_find(&p->gone, &head->uuid, head->audience) &&
         !tree_find(&p->wanted, &head->uuid, head->audience);
}

/* What stays, into a generation beside the published one. */
static tc_status copy_kept(struct repair *p, struct tc_error *err) {
  writer_discard(p->round->writer);
  p->round->writer = NULL;
  return round_copy(p->round, p->round->head.scope, stays, p, err);
}

static tc_status repair_all(struct repair *p, struct tc_error *err) {
  struct round_state *r = p->round;
  tc_status status = read_mine(p, err);
  if (status == TC_DAMAGED)
    return TC_DONE; /* there is nothing to compare with */
  if (status == TC_OK)
    status = ask_head(p, err);
  if (status == TC_OK)
    status = walk(p, err);
  if (status != TC_OK)
    return status;
  bool lost = r->mine.known && (r->mine.scope & ~r->head.scope) != 0;
  bool much = (int64_t)(p->wanted.count + p->gone.count) > round_most((int64_t)p->mine.count);
  bool aside = p->rotten || lost || much;
  status = aside ? copy_kept(p, err) : remove_gone(p, err);
  r->report->removed = status == TC_OK ? (int64_t)p->gone.count : 0;
  if (status == TC_OK)
    status = fetch(p, err);
  if (status == TC_OK)
    status = pg_run(r->pg, "COMMIT", err);
  return status == TC_OK ? round_publish(r, err) : status;
}

tc_status round_repair(struct round_state *r, struct tc_error *err) {
  struct repair p = {.round = r};
  struct pull_header head = r->head;
  struct tc_error own = {.status = TC_OK};
  r->gone = r->entries_before = 0;
  entry_set_free(&r->before);
  tc_status status = writer_delta(&r->writer, r->scope_dir, &own);
  if (status == TC_DAMAGED || status == TC_NEVER_SYNCED)
    return TC_DONE;
  if (status == TC_OK)
    status = round_unmoved(r, &own);
  if (status == TC_OK)
    status = repair_all(&p, &own);
  tree_free(&p.mine);
  tree_free(&p.wanted);
  tree_free(&p.gone);
  if (status == TC_OK)
    return TC_OK;
  bool too_old = !strcmp(pg_sqlstate(r->pg), "42883");
  round_give_up(r);
  if (status == TC_DONE || too_old) {
    r->head = head;
    status = pg_run(r->pg, "ROLLBACK", err);
    return status == TC_OK ? TC_DONE : status;
  }
  if (own.status != TC_OK && err && err->status == TC_OK)
    *err = own;
  return status;
}
