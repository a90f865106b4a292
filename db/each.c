#include "base/i18n.h"
#include "core/mask.h"
#include "core/record.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/place.h"
#include "db_sql.h"

struct walk {
  struct cache *c;
  struct arena arena; /* of the entry at hand */
  struct entry parts[AUDIENCE_COUNT];
  size_t count;
  bool (*each)(const struct entry *entry, void *data);
  void *data;
  bool stopped;
};

/* Gives the parts gathered so far as one entry. */
static tc_status give(struct walk *w, struct tc_error *err) {
  struct entry entry;
  if (!w->count)
    return TC_OK;
  tc_status status = entry_merge(&entry, w->parts, w->count, &w->arena, err);
  if (status == TC_OK)
    status = written_fold(&w->c->written, &entry, w->c->info.revision,
                          act_tier_of(w->c->info.audience), &w->arena, err);
  if (status == TC_OK && !mask_entry(&entry, &entry, &w->arena))
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK)
    w->stopped = !w->each(&entry, w->data);
  arena_reset(&w->arena);
  w->count = 0;
  return status;
}

tc_status cache_each_entry(struct cache *c, bool (*each)(const struct entry *entry, void *data),
                           void *data, struct tc_error *err) {
  struct walk w = {.c = c, .each = each, .data = data};
  int64_t last = -1;
  sqlite3_stmt *stmt;
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  if ((stmt = store_statement(&c->store, sql_record_entries, err)) == NULL) {
    cache_end(c);
    return c->store.unprepared;
  }
  sqlite3_bind_int64(stmt, 1, CLASS_ID(CLASS_HOUSE));
  sqlite3_bind_int(stmt, 2, RECORD_ENTRY);
  while ((status = store_step(&c->store, stmt, err)) == TC_OK && !w.stopped) {
    struct record r;
    int64_t id = sqlite3_column_int64(stmt, 0) / 8;
    if (id != last && (status = give(&w, err)) != TC_OK)
      break;
    last = id;
    if (!store_is_whole(stmt, 1, 2)) {
      cache_met(w.c, TC_DAMAGED);
      continue;
    }
    if (!w.stopped && w.count < AUDIENCE_COUNT &&
        record_decode(&r, sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1),
                      &w.arena, NULL) == TC_OK &&
        !place_hides(c->hidden, r.entry.audience))
      w.parts[w.count++] = r.entry;
  }
  sqlite3_reset(stmt);
  if (status == TC_DONE)
    status = w.stopped ? TC_OK : give(&w, err);
  cache_end(c);
  arena_free(&w.arena);
  return status;
}
