#include "db/place.h"

#include "base/i18n.h"
#include "core/mask.h"
#include "core/record.h"
#include "db_sql.h"

/* kept: parts that are there, of whatever kind and audience, and are what was written; rotted: one
 * that is shown is not. */
static tc_status read_parts(struct store *s, int64_t id, enum audience hidden, struct arena *arena,
                            struct entry *out, size_t *kept, bool *rotted, struct tc_error *err) {
  struct entry parts[AUDIENCE_COUNT], unseen[AUDIENCE_COUNT];
  size_t count = 0, unseen_count = 0;
  *kept = 0;
  *rotted = false;
  sqlite3_stmt *stmt = store_statement(s, sql_record_parts, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 1, id);
  tc_status status;
  while ((status = store_step(s, stmt, err)) == TC_OK) {
    struct record r;
    const void *bytes = sqlite3_column_blob(stmt, 2);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 2);
    tc_status decoded = record_decode(&r, bytes, len, arena, NULL);
    bool whole = store_is_whole(stmt, 2, 3);
    bool hides = place_hides(hidden, (enum audience)(sqlite3_column_int64(stmt, 0) % 8));
    /* with a sum, what cannot be decoded came so */
    bool came_so = sqlite3_column_type(stmt, 3) == SQLITE_INTEGER;
    *kept += whole && (came_so || decoded == TC_OK || decoded == TC_NEWER);
    *rotted |= !whole && !hides;
    if (count + unseen_count < AUDIENCE_COUNT && decoded == TC_OK && r.head.kind == RECORD_ENTRY) {
      if (place_hides(hidden, r.entry.audience))
        unseen[unseen_count++] = r.entry;
      else
        parts[count++] = r.entry;
    }
    if (arena_failed(arena)) {
      sqlite3_reset(stmt);
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
  }
  if (status != TC_DONE)
    return status;
  status = count ? entry_merge(out, parts, count, arena, err) : TC_NOT_FOUND;
  for (size_t i = 0; i < unseen_count && status == TC_OK; i++)
    if (!mask_entry(out, &unseen[i], arena)) /* nor do the words that are shown say its numbers */
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return status;
}

tc_status place_entry(struct store *s, int64_t id, enum audience hidden, struct arena *arena,
                      struct entry *out, struct tc_error *err) {
  size_t kept;
  bool rotted;
  return read_parts(s, id, hidden, arena, out, &kept, &rotted, err);
}

tc_status place_shown(struct store *s, int64_t id, enum audience hidden, struct arena *arena,
                      struct entry *out, struct tc_error *err) {
  size_t kept;
  bool rotted;
  tc_status status = read_parts(s, id, hidden, arena, out, &kept, &rotted, err);
  bool damaged = rotted || (status == TC_NOT_FOUND && !kept);
  return (status == TC_OK || status == TC_NOT_FOUND) && damaged ? store_fail(s, SQLITE_CORRUPT, err)
                                                                : status;
}

/* The id of an entry's unit; made where it is missing. */
static tc_status unit_of(struct store *s, const struct entry *entry, int64_t *unit,
                         struct tc_error *err) {
  const char *const steps[] = {sql_unit_get, sql_unit_put, sql_unit_get};
  for (size_t i = 0; i < 3; i++) {
    sqlite3_stmt *stmt = store_statement(s, steps[i], err);
    if (!stmt)
      return s->unprepared;
    sqlite3_bind_text(stmt, 1, entry->site, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, entry->unit, -1, SQLITE_STATIC);
    tc_status status = store_step(s, stmt, err);
    if (status == TC_OK) {
      *unit = sqlite3_column_int64(stmt, 0);
      sqlite3_reset(stmt);
      return TC_OK;
    }
    if (status != TC_DONE)
      return status;
  }
  return tc_fail(err, TC_BUG, _("a unit cannot be entered"));
}

static tc_status put_member(struct store *s, const char *sql, int64_t id, const struct entry *entry,
                            struct tc_error *err) {
  int64_t unit = 0;
  tc_status status = unit_of(s, entry, &unit, err);
  if (status != TC_OK)
    return status;
  sqlite3_stmt *stmt = store_statement(s, sql, err);
  if (!stmt)
    return s->unprepared;
  sqlite3_bind_int64(stmt, 1, unit);
  sqlite3_bind_int64(stmt, 2, id);
  return store_run(s, stmt, err);
}

tc_status place_join(struct store *s, int64_t id, const struct entry *entry, struct tc_error *err) {
  return put_member(s, sql_member_put, id, entry, err);
}

tc_status place_leave(struct store *s, int64_t id, const struct entry *entry,
                      struct tc_error *err) {
  return put_member(s, sql_member_delete, id, entry, err);
}
