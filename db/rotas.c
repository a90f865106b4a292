#include <string.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/place.h"
#include "db_sql.h"

static sqlite3_stmt *start(struct cache *c, const char *sql, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(&c->store, sql, err);
  if (stmt)
    sqlite3_bind_int64(stmt, 1, CLASS_ID(CLASS_HOUSE) * 8);
  return stmt;
}

/* What a shift says of who holds it is no way to a masked number of theirs. */
static bool mask_shifts(struct cache *c, struct rota *rota, struct arena *arena) {
  struct shift *shifts = arena_alloc(arena, (rota->shift_count + 1) * sizeof *shifts);
  if (!shifts)
    return false;
  if (rota->shift_count)
    memcpy(shifts, rota->shifts, rota->shift_count * sizeof *shifts);
  rota->shifts = shifts;
  for (size_t i = 0; i < rota->shift_count; i++)
    if (cache_mask(c, uuid_is_nil(&shifts[i].holder) ? &rota->role : &shifts[i].holder, "",
                   &shifts[i].text, arena, NULL) != TC_OK)
      shifts[i].text = ""; /* who it is, is said by the entry */
  return true;
}

/* Decodes the rota at hand into the arena; NULL where it is not shown.  One that cannot be read is
 * counted by the cache, and is no reason to hide the others. */
static const struct rota *rota_at_hand(struct cache *c, sqlite3_stmt *stmt, const struct uuid *role,
                                       struct arena *arena) {
  size_t len = (size_t)sqlite3_column_bytes(stmt, 0);
  const char *bytes = arena_copy(arena, sqlite3_column_blob(stmt, 0), len);
  struct record *r = arena_zalloc(arena, 1, sizeof *r);
  if (!bytes || !r || record_decode(r, bytes, len, arena, NULL) != TC_OK ||
      !uuid_equal(&r->rota.role, role) || place_hides(c->hidden, r->rota.audience) ||
      !mask_shifts(c, &r->rota, arena))
    return NULL;
  return &r->rota;
}

tc_status cache_rotas(struct cache *c, const struct uuid *role, struct arena *arena,
                      const struct rota *const **out, size_t *count, struct tc_error *err) {
  char text[UUID_SHORT];
  const struct rota **rotas = arena_zalloc(arena, 1, sizeof *rotas);
  size_t n = 0, cap = 1;
  tc_status status, whole = TC_OK;
  *count = 0;
  *out = NULL;
  sqlite3_stmt *stmt = start(c, sql_rota_of, err);
  if (!stmt)
    return cache_met(c, c->store.unprepared);
  uuid_format_short(role, text);
  sqlite3_bind_blob(stmt, 2, text, UUID_SHORT - 1, SQLITE_STATIC);
  while ((status = store_step(&c->store, stmt, err)) == TC_OK && rotas) {
    if (n == cap) {
      const struct rota **grown = arena_alloc(arena, cap * 2 * sizeof *grown);
      if (grown)
        memcpy(grown, rotas, n * sizeof *grown);
      rotas = grown;
      cap *= 2;
    }
    if (!store_is_whole(stmt, 0, 1)) {
      whole = cache_met(c, TC_DAMAGED);
      continue;
    }
    const struct rota *rota = rota_at_hand(c, stmt, role, arena);
    if (rotas && rota)
      rotas[n++] = rota;
  }
  sqlite3_reset(stmt);
  sqlite3_clear_bindings(stmt); /* the text is gone */
  if (!rotas || arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  *out = rotas;
  *count = n;
  if (status != TC_DONE)
    return cache_met(c, status);
  return whole == TC_OK ? TC_OK : cache_whole(c, err);
}

tc_status cache_roles(struct cache *c, struct arena *arena, struct uuid **out, size_t *count,
                      struct tc_error *err) {
  struct buffer roles = {.limit = SIZE_MAX};
  tc_status status;
  *count = 0;
  *out = NULL;
  sqlite3_stmt *stmt = start(c, sql_rota_roles, err);
  if (!stmt)
    return cache_met(c, c->store.unprepared);
  while ((status = store_step(&c->store, stmt, err)) == TC_OK) {
    struct uuid role;
    if (uuid_parse_short(&role, sqlite3_column_blob(stmt, 0),
                         (size_t)sqlite3_column_bytes(stmt, 0)))
      buffer_add(&roles, &role, sizeof role);
  }
  if (status == TC_DONE)
    status = buffer_status(&roles, err);
  *out = (void *)arena_copy(arena, buffer_text(&roles), roles.len);
  *count = *out ? roles.len / sizeof(struct uuid) : 0;
  buffer_free(&roles);
  return status == TC_OK && !*out ? tc_fail(err, TC_NO_MEMORY, _("out of memory"))
                                  : cache_met(c, status);
}
