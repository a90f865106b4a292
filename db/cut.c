#include "db/cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/way.h"
#include "db/handle.h"
#include "db/needs.h"
#include "db_sql.h"

/* The tables are read from 1 on without a hole; what is not so is not believed. */
struct ways {
  struct way_bytes {
    const void *bytes;
    size_t len;
  } * items; /* of id n at n - 1 */
  size_t count, cap;
};

/* One entry: the ids of the ways of its points, or open. */
struct needs_row {
  int64_t id;
  enum entry_type type;
  const unsigned char *ways;
  size_t len;
  bool open;
};

struct walk {
  struct cache *c;
  struct arena arena; /* of the ways */
  struct ways ways;
  int64_t *written; /* ids of the entries that something was written about here, ascending */
  size_t written_count, written_at;
};

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

static tc_status read_ways(struct walk *w, struct tc_error *err) {
  struct ways *ways = &w->ways;
  sqlite3_stmt *stmt = store_statement(&w->c->store, sql_way_all, err);
  tc_status status;
  if (!stmt)
    return TC_DAMAGED;
  while ((status = store_step(&w->c->store, stmt, err)) == TC_OK) {
    size_t len = (size_t)sqlite3_column_bytes(stmt, 1);
    if (ways->count == ways->cap) {
      size_t cap = ways->cap ? ways->cap * 2 : 256;
      struct way_bytes *items = arena_zalloc(&w->arena, cap, sizeof *items);
      if (items && ways->count)
        memcpy(items, ways->items, ways->count * sizeof *items);
      ways->items = items;
      ways->cap = cap;
    }
    char *copy = arena_copy(&w->arena, sqlite3_column_blob(stmt, 1), len);
    if (!copy || !ways->items || sqlite3_column_int64(stmt, 0) != (int64_t)ways->count + 1) {
      sqlite3_reset(stmt);
      return copy && ways->items ? TC_DAMAGED : no_memory(err);
    }
    ways->items[ways->count++] = (struct way_bytes){copy, len};
  }
  return status == TC_DONE ? TC_OK : status;
}

static int compare_ids(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static tc_status read_written(struct walk *w, struct tc_error *err) {
  const struct written *written = &w->c->written;
  w->written = arena_zalloc(&w->arena, written->count + 1, sizeof *w->written);
  if (!w->written)
    return no_memory(err);
  for (size_t i = 0; i < written->count; i++) {
    int64_t *id = &w->written[w->written_count];
    tc_status status = store_identity(&w->c->store, &written->acts[i].act.subject, id, err);
    if (status != TC_OK)
      return status;
    w->written_count += *id >= 0;
  }
  if (w->written_count)
    qsort(w->written, w->written_count, sizeof *w->written, compare_ids);
  return TC_OK;
}

/* Are the tables there, of this version and whole?  Else every entry is looked at. */
static tc_status walk_start(struct walk *w, struct cache *c, bool *there, struct tc_error *err) {
  int64_t version = 0;
  *w = (struct walk){.c = c};
  tc_status status = store_meta_int(&c->store, "needs", &version, err);
  *there = status == TC_OK && version == NEEDS_VERSION;
  if (!*there)
    return status;
  status = read_ways(w, err);
  if (status == TC_DAMAGED) {
    *there = false;
    return TC_OK;
  }
  return status == TC_OK ? read_written(w, err) : status;
}

static bool was_written_about(struct walk *w, int64_t id) {
  while (w->written_at < w->written_count && w->written[w->written_at] < id)
    w->written_at++;
  return w->written_at < w->written_count && w->written[w->written_at] == id;
}

/* The next entry; TC_DONE at the end. */
static tc_status walk_next(struct walk *w, sqlite3_stmt *stmt, struct needs_row *row,
                           struct tc_error *err) {
  tc_status status = store_step(&w->c->store, stmt, err);
  if (status != TC_OK)
    return status;
  int type = sqlite3_column_int(stmt, 1);
  row->id = sqlite3_column_int64(stmt, 0);
  row->type = type > 0 && type < ENTRY_TYPE_COUNT ? (enum entry_type)type : ENTRY_OTHER;
  row->open = sqlite3_column_type(stmt, 2) == SQLITE_NULL || was_written_about(w, row->id);
  row->ways = sqlite3_column_blob(stmt, 2);
  row->len = (size_t)sqlite3_column_bytes(stmt, 2);
  return TC_OK;
}

/* Takes the next way of a row: its place in the ways; false at the end, where row->open says
 * whether it is because a byte is wrong. */
static bool next_way(const struct walk *w, struct needs_row *row, size_t *place) {
  uint64_t id = 0;
  for (int shift = 0; row->len && shift < 63; shift += 7) {
    unsigned char byte = *row->ways++;
    row->len--;
    id |= (uint64_t)(byte & 0x7f) << shift;
    if (byte & 0x80)
      continue;
    row->open = id == 0 || id > w->ways.count;
    *place = (size_t)id - 1;
    return !row->open;
  }
  row->open |= id != 0; /* cut short */
  return false;
}

/* ---- what is cut off ---------------------------------------------------------------------------
 */

struct cut {
  struct walk w;
  const struct reach_world *before, *after;
  struct cutoff *out;
  struct arena *arena;
  struct arena entry; /* of the one that is looked at */
  struct met {
    bool before, after;
  } * met; /* of each way: does it get through */
};

static bool met_now(const struct reach_world *world, const struct way_bytes *way) {
  struct way_start start = {.house = world->house, .outage = world->outage};
  return way_needs_met(way->bytes, way->len, &start);
}

static tc_status look_at(struct cut *cut, int64_t id, struct tc_error *err) {
  struct entry entry;
  tc_status status = cache_place(cut->w.c, id, &cut->entry, &entry, err);
  if (status == TC_OK)
    cutoff_add(cut->out, &entry, cut->before, cut->after, cut->arena);
  arena_reset(&cut->entry);
  return status == TC_NOT_FOUND ? TC_OK : status;
}

static tc_status add_row(struct cut *cut, const struct needs_row *row, struct tc_error *err) {
  struct needs_row left = *row;
  struct cutoff *out = cut->out;
  size_t has = 0, had = 0, place;
  while (!left.open && next_way(&cut->w, &left, &place)) {
    has += cut->met[place].after;
    had += cut->met[place].before;
  }
  if (left.open || (!has && had && out->listed_count < CUTOFF_LISTED)) /* it is to be named */
    return look_at(cut, row->id, err);
  if (!has && !had)
    return TC_OK;
  out->entries++;
  out->left[has < CUTOFF_CHANNELS ? has : CUTOFF_CHANNELS - 1]++;
  if (!has)
    out->lost[row->type]++;
  return TC_OK;
}

static tc_status cut_by_needs(struct cut *cut, struct tc_error *err) {
  struct walk *w = &cut->w;
  struct needs_row row;
  cut->met = arena_zalloc(&w->arena, w->ways.count + 1, sizeof *cut->met);
  if (!cut->met)
    return no_memory(err);
  for (size_t i = 0; i < w->ways.count; i++)
    cut->met[i] = (struct met){met_now(cut->before, &w->ways.items[i]),
                               met_now(cut->after, &w->ways.items[i])};
  sqlite3_stmt *stmt = store_statement(&w->c->store, sql_needs_all, err);
  tc_status status = stmt ? TC_OK : TC_DAMAGED;
  while (status == TC_OK && (status = walk_next(w, stmt, &row, err)) == TC_OK)
    status = add_row(cut, &row, err);
  if (stmt)
    sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

static bool add_entry(const struct entry *entry, void *data) {
  struct cut *cut = data;
  cutoff_add(cut->out, entry, cut->before, cut->after, cut->arena);
  return true;
}

tc_status cache_cutoff(struct cache *c, const struct reach_world *before,
                       const struct reach_world *after, struct cutoff *out, struct arena *arena,
                       struct tc_error *err) {
  struct cut cut = {.before = before, .after = after, .out = out, .arena = arena};
  bool there = false;
  memset(out, 0, sizeof *out);
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = walk_start(&cut.w, c, &there, err);
  if (status == TC_OK && there)
    status = cut_by_needs(&cut, err);
  cache_end(c);
  if (status == TC_OK && !there)
    status = cache_each_entry(c, add_entry, &cut, err);
  arena_free(&cut.w.arena);
  arena_free(&cut.entry);
  return status;
}
