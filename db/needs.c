#include "db/needs.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/rules.h"
#include "core/way.h"
#include "db/document.h"
#include "db/index.h"
#include "db/place.h"
#include "db_sql.h"

struct met { /* a way that was met, and its id */
  const char *bytes;
  size_t len;
  int64_t id;
};

struct needs {
  struct store *s;
  struct house house;
  struct arena arena; /* of the house and of the ways that were met */
  struct met *slots;  /* open hash table by bytes; id 0: free */
  size_t slot_count, met_count;
  struct buffer bytes; /* of one point */
};

static const enum record_kind kinds[] = {RECORD_SITE, RECORD_PLAN, RECORD_RULE};
enum { KINDS = sizeof kinds / sizeof *kinds };

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

bool needs_depend_on(enum record_kind kind) {
  for (size_t i = 0; i < KINDS; i++)
    if (kinds[i] == kind)
      return true;
  return false;
}

tc_status needs_new(struct needs **out, struct store *s, struct tc_error *err) {
  struct needs *n = calloc(1, sizeof *n);
  *out = n;
  if (!n)
    return no_memory(err);
  n->s = s;
  return TC_OK;
}

void needs_free(struct needs *n) {
  if (!n)
    return;
  arena_free(&n->arena);
  buffer_free(&n->bytes);
  free(n->slots);
  free(n);
}

tc_status needs_house(struct needs *n, enum record_kind kind, const struct cache_record *rows,
                      size_t count, struct tc_error *err) {
  return house_take(&n->house, kind, rows, count, &n->arena, err);
}

tc_status needs_ready(struct needs *n, struct tc_error *err) {
  n->house.rule_index = rule_index_make(&n->house, &n->arena);
  return n->house.rule_index ? TC_OK : no_memory(err);
}

tc_status needs_house_of_store(struct needs *n, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < KINDS && status == TC_OK; i++) {
    struct cache_record *rows;
    size_t count;
    status = house_records(n->s, kinds[i], &n->arena, &rows, &count, err);
    if (status == TC_OK)
      status = needs_house(n, kinds[i], rows, count, err);
  }
  return status == TC_OK ? needs_ready(n, err) : status;
}

/* ---- the id of a way ---------------------------------------------------------------------------
 */

static tc_status stored_id(struct needs *n, int64_t *id, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(n->s, sql_way_get, err);
  if (!stmt)
    return n->s->unprepared;
  sqlite3_bind_blob64(stmt, 1, n->bytes.len ? n->bytes.data : "", n->bytes.len, SQLITE_STATIC);
  tc_status status = store_step(n->s, stmt, err);
  if (status == TC_OK) {
    *id = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return TC_OK;
  }
  if (status != TC_DONE || (stmt = store_statement(n->s, sql_way_put, err)) == NULL)
    return status == TC_DONE ? n->s->unprepared : status;
  sqlite3_bind_blob64(stmt, 1, n->bytes.len ? n->bytes.data : "", n->bytes.len, SQLITE_STATIC);
  status = store_run(n->s, stmt, err);
  *id = sqlite3_last_insert_rowid(n->s->db);
  return status;
}

static struct met *slot_of(const struct needs *n, const char *bytes, size_t len) {
  size_t at = (size_t)index_sum(len, bytes, len) & (n->slot_count - 1);
  while (n->slots[at].id &&
         (n->slots[at].len != len || memcmp(n->slots[at].bytes, bytes, len) != 0))
    at = (at + 1) & (n->slot_count - 1);
  return &n->slots[at];
}

static bool make_room(struct needs *n) {
  enum { FIRST = 1024 };
  if ((n->met_count + 1) * 2 <= n->slot_count)
    return true;
  struct met *before = n->slots;
  size_t had = n->slot_count, wider = had ? had * 2 : FIRST;
  struct met *slots = calloc(wider, sizeof *slots);
  if (!slots)
    return false;
  n->slots = slots;
  n->slot_count = wider;
  for (size_t i = 0; i < had; i++)
    if (before[i].id)
      *slot_of(n, before[i].bytes, before[i].len) = before[i];
  free(before);
  return true;
}

/* Of the bytes at hand. */
static tc_status way_id(struct needs *n, int64_t *id, struct tc_error *err) {
  if (!make_room(n))
    return no_memory(err);
  struct met *slot = slot_of(n, buffer_text(&n->bytes), n->bytes.len);
  if (!slot->id) {
    tc_status status = stored_id(n, &slot->id, err);
    slot->len = n->bytes.len;
    slot->bytes = arena_copy(&n->arena, buffer_text(&n->bytes), n->bytes.len);
    if (status != TC_OK || !slot->bytes) {
      slot->id = 0;
      return status == TC_OK ? no_memory(err) : status;
    }
    n->met_count++;
  }
  *id = slot->id;
  return TC_OK;
}

/* ---- entries -----------------------------------------------------------------------------------
 */

/* Time or another point decides whether it counts. */
static bool is_open(const struct contact *c) {
  return c->from || c->until || !uuid_is_nil(&c->replaces_uuid) || !uuid_is_nil(&c->via);
}

tc_status needs_of(struct needs *n, const struct entry *entry, struct buffer *ways, bool *open,
                   struct tc_error *err) {
  const struct standpoint ward = way_ward(&n->house, entry->site);
  buffer_clear(ways);
  *open = entry->override_count > 0;
  for (size_t i = 0; i < entry->contact_count && !*open; i++) {
    const struct contact *c = &entry->contacts[i];
    int64_t id = 0;
    buffer_clear(&n->bytes);
    way_needs(&n->bytes, &n->house, &ward, entry->site, c);
    *open = is_open(c) || n->bytes.status == TC_TOO_LONG;
    tc_status status = *open ? TC_OK : buffer_status(&n->bytes, err);
    if (status == TC_OK && !*open)
      status = way_id(n, &id, err);
    if (status != TC_OK)
      return status;
    for (; id >= 0x80; id >>= 7)
      buffer_add_char(ways, (char)(0x80 | (id & 0x7f)));
    buffer_add_char(ways, (char)id);
  }
  return buffer_status(ways, err);
}

tc_status needs_put(struct store *s, int64_t id, enum entry_type type, const struct buffer *ways,
                    struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_needs_put, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  sqlite3_bind_int(stmt, 2, (int)type);
  if (ways)
    sqlite3_bind_blob64(stmt, 3, buffer_text(ways), ways->len, SQLITE_STATIC);
  return store_run(s, stmt, err);
}

tc_status needs_delete(struct store *s, int64_t id, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_needs_delete, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  return store_run(s, stmt, err);
}

/* ---- all of them -------------------------------------------------------------------------------
 */

static tc_status run(struct store *s, const char *sql, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql, err);
  return stmt ? store_run(s, stmt, err) : s->unprepared;
}

/* The ids of entries, each once. */
static tc_status list_ids(struct store *s, struct buffer *out, struct tc_error *err) {
  int64_t last = -1;
  sqlite3_stmt *stmt = store_statement(s, sql_record_ids, err);
  if (!stmt)
    return s->unprepared;
  tc_status status;
  sqlite3_bind_int64(stmt, 1, CLASS_ID(CLASS_HOUSE));
  while ((status = store_step(s, stmt, err)) == TC_OK) {
    int64_t id = sqlite3_column_int64(stmt, 0);
    if (id != last)
      buffer_add(out, &id, sizeof id);
    last = id;
  }
  return status == TC_DONE ? buffer_status(out, err) : status;
}

tc_status needs_make_all(struct needs *n, struct tc_error *err) {
  struct buffer ids = {.limit = SIZE_MAX}, ways = BUFFER_INIT;
  struct arena arena = ARENA_INIT;
  tc_status status = run(n->s, sql_needs_clear, err);
  if (status == TC_OK)
    status = run(n->s, sql_way_clear, err);
  if (status == TC_OK)
    status = list_ids(n->s, &ids, err);
  for (size_t at = 0; at < ids.len && status == TC_OK; at += sizeof(int64_t)) {
    struct entry entry;
    int64_t id;
    bool open = false;
    memcpy(&id, ids.data + at, sizeof id);
    status = place_entry(n->s, id, AUDIENCE_NONE, &arena, &entry, err);
    if (status == TC_OK)
      status = needs_of(n, &entry, &ways, &open, err);
    if (status == TC_OK)
      status = needs_put(n->s, id, entry.type, open ? NULL : &ways, err);
    if (status == TC_NOT_FOUND) /* no part of it can be read */
      status = TC_OK;
    arena_reset(&arena);
  }
  arena_free(&arena);
  buffer_free(&ids);
  buffer_free(&ways);
  return status;
}
