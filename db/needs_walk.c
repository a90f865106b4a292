#include "db/needs_walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/handle.h"
#include "db/needs.h"
#include "db_sql.h"

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static tc_status read_ways(struct needs_walk *w, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&w->c->store, sql_way_all, err);
  tc_status status;
  if (!stmt)
    return w->c->store.unprepared;
  while ((status = store_step(&w->c->store, stmt, err)) == TC_OK) {
    size_t len = (size_t)sqlite3_column_bytes(stmt, 1);
    if (w->way_count == w->way_cap) {
      size_t cap = w->way_cap ? w->way_cap * 2 : 256;
      struct way_bytes *items = arena_zalloc(&w->arena, cap, sizeof *items);
      if (items && w->way_count)
        memcpy(items, w->ways, w->way_count * sizeof *items);
      w->ways = items;
      w->way_cap = cap;
    }
    char *copy = arena_copy(&w->arena, sqlite3_column_blob(stmt, 1), len);
    if (!copy || !w->ways || sqlite3_column_int64(stmt, 0) != (int64_t)w->way_count + 1) {
      sqlite3_reset(stmt);
      return copy && w->ways ? TC_DAMAGED : no_memory(err);
    }
    w->ways[w->way_count++] = (struct way_bytes){copy, len};
  }
  return status == TC_DONE ? TC_OK : status;
}

static int compare_ids(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static tc_status add_moving(struct needs_walk *w, const struct uuid *uuid, struct tc_error *err) {
  int64_t *id = &w->moving[w->moving_count];
  tc_status status = store_identity(&w->c->store, uuid, id, err);
  w->moving_count += status == TC_OK && *id >= 0;
  return status;
}

/* What was written about here, and whose numbers are also those of who holds it now. */
static tc_status read_moving(struct needs_walk *w, struct tc_error *err) {
  const struct written *written = &w->c->written;
  struct uuid *roles;
  size_t role_count;
  tc_status status = cache_roles(w->c, &w->arena, &roles, &role_count, err);
  if (status != TC_OK)
    return status;
  w->moving = arena_zalloc(&w->arena, written->count + role_count + 1, sizeof *w->moving);
  if (!w->moving)
    return no_memory(err);
  for (size_t i = 0; status == TC_OK && i < written->count; i++)
    status = add_moving(w, &written->acts[i].act.subject, err);
  for (size_t i = 0; status == TC_OK && i < role_count; i++)
    status = add_moving(w, &roles[i], err);
  if (w->moving_count)
    qsort(w->moving, w->moving_count, sizeof *w->moving, compare_ids);
  return status;
}

tc_status needs_walk_start(struct needs_walk *w, struct cache *c, bool *there,
                           struct tc_error *err) {
  int64_t version = 0;
  *w = (struct needs_walk){.c = c};
  tc_status status = store_meta_int(&c->store, "needs", &version, err);
  *there = status == TC_OK && version == NEEDS_VERSION;
  if (!*there)
    return status;
  status = read_ways(w, err);
  if (status == TC_DAMAGED) {
    *there = false;
    return TC_OK;
  }
  return status == TC_OK ? read_moving(w, err) : status;
}

static bool is_moving(struct needs_walk *w, int64_t id) {
  while (w->moving_at < w->moving_count && w->moving[w->moving_at] < id)
    w->moving_at++;
  return w->moving_at < w->moving_count && w->moving[w->moving_at] == id;
}

tc_status needs_walk_next(struct needs_walk *w, struct needs_row *row, struct tc_error *err) {
  sqlite3_stmt *stmt = w->stmt ? w->stmt : store_statement(&w->c->store, sql_needs_all, err);
  if (!stmt)
    return w->c->store.unprepared;
  w->stmt = stmt;
  tc_status status = store_step(&w->c->store, stmt, err);
  if (status != TC_OK)
    return status;
  int type = sqlite3_column_int(stmt, 1);
  row->id = sqlite3_column_int64(stmt, 0);
  row->type = type > 0 && type < ENTRY_TYPE_COUNT ? (enum entry_type)type : ENTRY_OTHER;
  row->open = sqlite3_column_type(stmt, 2) == SQLITE_NULL || is_moving(w, row->id);
  row->ways = sqlite3_column_blob(stmt, 2);
  row->len = (size_t)sqlite3_column_bytes(stmt, 2);
  return TC_OK;
}

bool needs_next_way(const struct needs_walk *w, struct needs_row *row, size_t *place) {
  uint64_t id = 0;
  for (int shift = 0; row->len && shift < 63; shift += 7) {
    unsigned char byte = *row->ways++;
    row->len--;
    id |= (uint64_t)(byte & 0x7f) << shift;
    if (byte & 0x80)
      continue;
    row->open = id == 0 || id > w->way_count;
    *place = (size_t)id - 1;
    return !row->open;
  }
  row->open |= id != 0; /* cut short */
  return false;
}

void needs_walk_end(struct needs_walk *w) {
  if (w->stmt)
    sqlite3_reset(w->stmt);
  arena_free(&w->arena);
}
