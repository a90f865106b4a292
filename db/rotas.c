#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/handle.h"
#include "db/place.h"
#include "db_sql.h"

/* One rota, by the role it is for. */
struct rota_place {
  struct uuid role;
  size_t record;
};

static int by_role(const void *a, const void *b) {
  const struct rota_place *x = a, *y = b;
  int order = uuid_compare(&x->role, &y->role);
  return order ? order : (x->record > y->record) - (x->record < y->record);
}

/* The role of a rota, from its bytes: decoding all of them would take a hundred times as long. */
static bool role_of(const struct cache_record *r, struct uuid *out) {
  static const char tag[] = "\nrole\t";
  enum { TAG = sizeof tag - 1, SHORT = 22 };
  const char *at = memmem(r->bytes, r->len, tag, TAG);
  return at && (size_t)(r->bytes + r->len - at) > TAG + SHORT &&
         uuid_parse_short(out, at + TAG, SHORT);
}

/* Reads the rotas of this revision, once. */
static tc_status read_rotas(struct cache *c, struct tc_error *err) {
  struct cache_record *rows = NULL;
  size_t count = 0;
  if (c->rotas_read)
    return TC_OK;
  arena_reset(&c->rota_arena);
  c->rota_count = 0;
  tc_status status = cache_records(c, RECORD_ROTA, &c->rota_arena, &rows, &count, err);
  if (status != TC_OK)
    return status;
  struct rota_place *places = arena_zalloc(&c->rota_arena, count + 1, sizeof *places);
  if (!places)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < count; i++)
    if (role_of(&rows[i], &places[c->rota_count].role))
      places[c->rota_count++].record = i;
  qsort(places, c->rota_count, sizeof *places, by_role);
  c->rota_places = places;
  c->rota_records = rows;
  c->rotas_read = true;
  return TC_OK;
}

static size_t first_of(const struct cache *c, const struct uuid *role) {
  size_t low = 0, high = c->rota_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (uuid_compare(&c->rota_places[mid].role, role) < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

tc_status cache_rotas(struct cache *c, const struct uuid *role, struct arena *arena,
                      const struct rota *const **out, size_t *count, struct tc_error *err) {
  *count = 0;
  *out = NULL;
  tc_status status = read_rotas(c, err);
  if (status != TC_OK)
    return status;
  size_t first = first_of(c, role), n = 0;
  while (first + n < c->rota_count && uuid_equal(&c->rota_places[first + n].role, role))
    n++;
  const struct rota **rotas = arena_zalloc(arena, n + 1, sizeof *rotas);
  for (size_t i = 0; rotas && i < n; i++) {
    const struct cache_record *bytes = &c->rota_records[c->rota_places[first + i].record];
    struct record *r = arena_zalloc(arena, 1, sizeof *r);
    /* One that cannot be read is counted by the cache, and is no reason to hide the others. */
    if (r && record_decode(r, bytes->bytes, bytes->len, arena, NULL) == TC_OK &&
        !place_hides(c->hidden, r->rota.audience))
      rotas[(*count)++] = &r->rota;
  }
  *out = rotas;
  return rotas && !arena_failed(arena) ? TC_OK : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

tc_status cache_roles(struct cache *c, struct arena *arena, struct uuid **out, size_t *count,
                      struct tc_error *err) {
  *count = 0;
  *out = NULL;
  tc_status status = read_rotas(c, err);
  if (status != TC_OK)
    return status;
  struct uuid *roles = arena_zalloc(arena, c->rota_count + 1, sizeof *roles);
  if (!roles)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < c->rota_count; i++)
    if (!*count || !uuid_equal(&roles[*count - 1], &c->rota_places[i].role))
      roles[(*count)++] = c->rota_places[i].role;
  *out = roles;
  return TC_OK;
}
