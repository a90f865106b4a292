#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "db/adopt.h"
#include "db/bits.h"
#include "db/document.h"
#include "db/handle.h"
#include "db/masked.h"
#include "db_sql.h"

/* How an entry is read under its id. */
typedef tc_status place_read(struct cache *c, int64_t id, struct arena *arena, struct entry *out,
                             struct tc_error *err);

static tc_status read_entry(struct cache *c, const struct uuid *uuid, place_read *read,
                            struct arena *arena, struct entry *out, struct tc_error *err) {
  int64_t id;
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = store_identity(&c->store, uuid, &id, err);
  if (status == TC_OK)
    status = id < 0 || id >= CLASS_ID(CLASS_HOUSE) ? TC_NOT_FOUND : read(c, id, arena, out, err);
  cache_end(c);
  cache_met(c, status);
  if (status == TC_NOT_FOUND)
    tc_fail(err, TC_NOT_FOUND, _("that entry is not held here"));
  return status;
}

tc_status cache_entry(struct cache *c, const struct uuid *uuid, struct arena *arena,
                      struct entry *out, struct tc_error *err) {
  return read_entry(c, uuid, cache_place, arena, out, err);
}

tc_status cache_entry_clear(struct cache *c, const struct uuid *uuid, struct arena *arena,
                            struct entry *out, struct tc_error *err) {
  return read_entry(c, uuid, cache_place_clear, arena, out, err);
}

enum { OFFERED_MAX = 64 };

/* What a site offers of some types (their markers), in the order of all answers. */
static size_t offered_ids(struct cache *c, const char *site, const char *const *types, size_t most,
                          int64_t *ids) {
  struct buffer marker = BUFFER_INIT;
  struct words_cursor cursor;
  size_t count = 0;
  words_start(&c->words);
  uint64_t *offered = words_set(&c->words), *at_site = words_set(&c->words),
           *all = words_set(&c->words);
  document_marker(&marker, '@', site);
  if (all && marker.status == TC_OK) {
    words_all(&c->words, all);
    for (; *types; types++)
      words_add(&c->words, *types, strlen(*types), INDEX_PLAIN, offered);
    words_add(&c->words, marker.data, marker.len - 1, INDEX_PLAIN, at_site);
    bits_and(offered, at_site, c->words.words);
    bits_and(offered, all, c->words.words);
    words_begin_at(&c->words, &cursor, offered, NULL, false);
    while (count < most && words_next(&c->words, &cursor, &ids[count]))
      count++;
  }
  buffer_free(&marker);
  return count;
}

/* What can be read of a list is no worse for what cannot: TC_DAMAGED comes at its end. */
static tc_status read_entries(struct cache *c, const int64_t *ids, size_t count,
                              struct arena *arena, struct entry *out, size_t *read,
                              struct tc_error *err) {
  tc_status whole = TC_OK;
  *read = 0;
  for (size_t i = 0; i < count; i++) {
    tc_status status = cache_place(c, ids[i], arena, &out[*read], err);
    if (status == TC_OK)
      ++*read;
    else if (status == TC_DAMAGED)
      whole = status;
    else if (status != TC_NOT_FOUND)
      return status;
  }
  return whole;
}

static bool is_at(const struct entry *e, const char *site) {
  bool at = strcasecmp(e->site, site) == 0;
  for (size_t i = 0; i < e->serves.count && !at; i++)
    at = strcasecmp(e->serves.items[i], site) == 0;
  return at;
}

/* The codes of a site from the records themselves, which are few: for when the index is not what
 * was written. */
static tc_status codes_at(struct cache *c, const char *site, struct arena *arena, struct entry *out,
                          size_t *count, struct tc_error *err) {
  int64_t ids[OFFERED_MAX * 64];
  size_t found = 0;
  sqlite3_stmt *stmt = store_statement(&c->store, sql_record_class, err);
  if (!stmt)
    return cache_met(c, c->store.unprepared);
  sqlite3_bind_int64(stmt, 1, CLASS_ID(CLASS_CODE));
  sqlite3_bind_int64(stmt, 2, CLASS_ID(CLASS_CODE + 1));
  tc_status status = TC_OK;
  while (found < sizeof ids / sizeof *ids && (status = store_step(&c->store, stmt, err)) == TC_OK)
    ids[found++] = sqlite3_column_int64(stmt, 0);
  sqlite3_reset(stmt);
  tc_status whole = cache_met(c, status) == TC_DAMAGED ? status : TC_OK;
  if (status == TC_DONE || status == TC_DAMAGED)
    status = TC_OK;
  for (size_t i = 0; i < found && *count < OFFERED_MAX && status == TC_OK; i++) {
    status = cache_place(c, ids[i], arena, &out[*count], err);
    if (status == TC_DAMAGED)
      whole = status;
    if (status == TC_NOT_FOUND || status == TC_DAMAGED)
      status = TC_OK;
    else if (status == TC_OK && is_at(&out[*count], site))
      ++*count;
  }
  return status == TC_OK ? whole : status;
}

static tc_status codes_of_records(struct cache *c, const char *site, struct arena *arena,
                                  const struct entry **out, size_t *count, struct tc_error *err) {
  struct entry *entries = arena_alloc(arena, OFFERED_MAX * sizeof *entries);
  const struct site *home = house_site(&c->house, site);
  *count = 0;
  *out = entries;
  if (!entries)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  status = codes_at(c, site, arena, entries, count, err);
  for (size_t i = 0; i < c->house.site_count && status == TC_OK && *count == 0; i++)
    if (home && home->group[0] && strcmp(c->house.sites[i].group, home->group) == 0)
      status = codes_at(c, c->house.sites[i].code, arena, entries, count, err);
  cache_end(c);
  return status;
}

/* The entries of some types that a site offers; of no type, those of its group's first site that
 * has any, where `group` is set.  *lost, with TC_DAMAGED: the index is well, and not all of what it
 * knows can be read. */
static tc_status offered(struct cache *c, const char *site, const char *const *types, size_t most,
                         bool group, struct arena *arena, const struct entry **out, size_t *count,
                         bool *lost, struct tc_error *err) {
  int64_t ids[OFFERED_MAX];
  *lost = false;
  *out = NULL;
  *count = 0;
  if (!*site)
    return TC_OK;
  tc_status status = cache_begin_words(c, WORDS_FIRST, err);
  if (status != TC_OK)
    return status;
  size_t found = offered_ids(c, site, types, most, ids);
  const struct site *home = house_site(&c->house, site);
  if (group && found == 0 && home && home->group[0])
    for (size_t i = 0; i < c->house.site_count && found == 0; i++)
      if (strcmp(c->house.sites[i].group, home->group) == 0)
        found = offered_ids(c, c->house.sites[i].code, types, most, ids);
  if (c->words.failed)
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK && found) {
    struct entry *entries = arena_alloc(arena, found * sizeof *entries);
    status = entries ? read_entries(c, ids, found, arena, entries, count, err)
                     : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    *out = entries;
  }
  if (status == TC_DAMAGED && *out) {
    *lost = true;
    status = TC_OK;
  }
  if (status == TC_OK)
    status = words_check(&c->words, err);
  if (status != TC_OK)
    *count = 0;
  cache_end(c);
  return status == TC_OK && *lost ? cache_whole(c, err) : status;
}

tc_status cache_codes(struct cache *c, const char *site, struct arena *arena,
                      const struct entry **out, size_t *count, struct tc_error *err) {
  static const char *const types[] = {"#code", NULL};
  bool lost;
  tc_status status = offered(c, site, types, OFFERED_MAX, true, arena, out, count, &lost, NULL);
  if (status == TC_OK || lost)
    return status == TC_OK ? status : cache_whole(c, err);
  return codes_of_records(c, site, arena, out, count, err);
}

tc_status cache_services(struct cache *c, const char *site, size_t most, struct arena *arena,
                         const struct entry **out, size_t *count, struct tc_error *err) {
  static const char *const types[] = {"#service", "#role", NULL};
  bool lost;
  return offered(c, site, types, most < OFFERED_MAX ? most : OFFERED_MAX, false, arena, out, count,
                 &lost, err);
}

tc_status cache_of_kinds(struct cache *c, const char *site, const enum contact_kind *kinds,
                         size_t kind_count, struct arena *arena, const struct entry **out,
                         size_t *count, struct tc_error *err) {
  struct buffer marker = BUFFER_INIT;
  struct words_cursor cursor;
  *out = NULL;
  *count = 0;
  tc_status status = cache_begin_words(c, WORDS_ALL, err);
  if (status != TC_OK)
    return status;
  words_start(&c->words);
  uint64_t *of_kind = words_set(&c->words), *at_site = words_set(&c->words),
           *all = words_set(&c->words);
  int64_t *ids = all ? arena_alloc(arena, (c->words.words * 64 + 1) * sizeof *ids) : NULL;
  size_t found = 0;
  if (ids) {
    words_all(&c->words, all);
    for (size_t i = 0; i < kind_count; i++) {
      buffer_clear(&marker);
      document_marker(&marker, '=', contact_kind_word(kinds[i]));
      if (marker.status == TC_OK)
        words_add(&c->words, marker.data, marker.len - 1, INDEX_PLAIN, of_kind);
    }
    buffer_clear(&marker);
    document_marker(&marker, '@', site);
    if (marker.status == TC_OK)
      words_add(&c->words, marker.data, marker.len - 1, INDEX_PLAIN, at_site);
    bits_and(of_kind, at_site, c->words.words);
    bits_and(of_kind, all, c->words.words);
    words_begin_at(&c->words, &cursor, of_kind, NULL, false);
    while (words_next(&c->words, &cursor, &ids[found]))
      found++;
  }
  struct entry *entries = ids ? arena_alloc(arena, (found + 1) * sizeof *entries) : NULL;
  tc_status whole = TC_OK;
  if (!entries || c->words.failed || marker.status != TC_OK)
    status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status == TC_OK)
    status = read_entries(c, ids, found, arena, entries, count, err);
  if (status == TC_DAMAGED) {
    whole = status;
    status = TC_OK;
  }
  if (status == TC_OK)
    status = words_check(&c->words, err);
  cache_end(c);
  buffer_free(&marker);
  *out = entries;
  return status == TC_OK ? whole : status;
}

/* The text behind every path that is `path` or below it. */
static const char *behind(const char *path, struct arena *arena) {
  return *path ? arena_printf(arena, "%s / \xff", path) : "\xff";
}

tc_status cache_browse(struct cache *c, const char *site, const char *unit, int64_t after,
                       size_t limit, struct arena *arena, struct browse_row **rows, size_t *count,
                       int64_t *next, struct tc_error *err) {
  *rows = NULL;
  *count = 0;
  *next = 0;
  tc_status status = masked_unit(c, site, &unit, arena, err);
  if (status != TC_OK)
    return status;
  const char *end = behind(unit, arena);
  if (limit > 100000)
    limit = 100000;
  int64_t *ids = arena_alloc(arena, (limit + 1) * sizeof *ids);
  struct browse_row *made = arena_zalloc(arena, limit + 1, sizeof *made);
  if (!end || !ids || !made)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  status = cache_begin(c, err);
  if (status != TC_OK)
    return status;
  size_t found = 0;
  sqlite3_stmt *stmt = store_statement(&c->store, sql_browse, err);
  status = stmt ? TC_OK : c->store.unprepared;
  if (stmt) {
    if (*site)
      sqlite3_bind_text(stmt, 1, site, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, unit, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, end, -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 4, after);
    sqlite3_bind_int64(stmt, 5, (int64_t)limit + 1);
    while ((status = store_step(&c->store, stmt, err)) == TC_OK)
      ids[found++] = sqlite3_column_int64(stmt, 0);
    status = status == TC_DONE ? TC_OK : status;
  }
  tc_status whole = cache_met(c, status) == TC_DAMAGED ? status : TC_OK;
  status = whole == TC_OK ? status : TC_OK;
  for (size_t i = 0; i < found && i < limit && status == TC_OK; i++) {
    status = cache_place(c, ids[i], arena, &made[*count].entry, err);
    if (status == TC_OK)
      made[(*count)++].position = after + (int64_t)i + 1;
    else if (status == TC_DAMAGED)
      whole = status;
    if (status == TC_NOT_FOUND || status == TC_DAMAGED)
      status = TC_OK;
  }
  cache_end(c);
  *rows = made;
  if (found > limit)
    *next = after + (int64_t)limit;
  return status == TC_OK ? whole : status;
}

/* The part of a path up to one level below `path`: its length; 0 where it is not below. */
static size_t one_level(const char *full, const char *path) {
  size_t skip = strlen(path);
  if (skip) {
    if (strncmp(full, path, skip) != 0 || strncmp(full + skip, " / ", 3) != 0)
      return 0;
    skip += 3;
  }
  const char *slash = strstr(full + skip, " / ");
  return slash ? (size_t)(slash - full) : strlen(full);
}

/* ---- units -------------------------------------------------------------------------------------
 */

struct units {
  struct cache *c;
  const char *site, *path;
  struct arena *arena;
  struct unit_row *rows;
  size_t count, cap;
};

/* Adds members of a unit to the row of it, or of the one above it below the path. */
static bool add_members(struct units *u, const char *full, int64_t members) {
  size_t len = full && members ? one_level(full, u->path) : 0;
  if (len == 0)
    return true;
  struct unit_row *last = u->count ? &u->rows[u->count - 1] : NULL;
  if (last && strlen(last->path) == len && memcmp(last->path, full, len) == 0) {
    last->entries += members;
    return true;
  }
  if (u->count == u->cap) {
    size_t more = u->cap ? u->cap * 2 : 32;
    struct unit_row *grown = arena_alloc(u->arena, more * sizeof *grown);
    if (grown && u->cap)
      memcpy(grown, u->rows, u->cap * sizeof *grown);
    u->rows = grown;
    u->cap = more;
  }
  const char *copy = arena_copy(u->arena, full, len);
  if (!u->rows || !copy)
    return false;
  u->rows[u->count++] = (struct unit_row){copy, members};
  return true;
}

/* One of the statements: rows of a path and a number. */
static sqlite3_stmt *start_units(const struct units *u, const char *sql, struct tc_error *err) {
  const char *end = behind(u->path, u->arena);
  sqlite3_stmt *stmt = end ? store_statement(&u->c->store, sql, err) : NULL;
  if (stmt) {
    sqlite3_bind_text(stmt, 1, u->site, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, u->path, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, end, -1, SQLITE_STATIC);
  }
  return stmt;
}

static tc_status count_members(struct units *u, sqlite3_stmt *stmt, struct tc_error *err) {
  tc_status status;
  if (!stmt)
    return u->c->store.unprepared;
  while ((status = store_step(&u->c->store, stmt, err)) == TC_OK)
    if (!add_members(u, (const char *)sqlite3_column_text(stmt, 0),
                     sqlite3_column_int64(stmt, 1))) {
      sqlite3_reset(stmt);
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
  return status == TC_DONE ? TC_OK : status;
}

static int by_id(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* The ids of a site that are hidden whole, sorted, by the index; NULL: it cannot tell. */
static const int64_t *hidden_ids(const struct units *u, size_t *count) {
  struct words *w = &u->c->words;
  struct words_cursor cursor;
  struct buffer marker = BUFFER_INIT;
  *count = 0;
  words_start(w);
  uint64_t *only = words_set(w), *with = words_set(w), *at_site = words_set(w), *all = words_set(w);
  document_marker(&marker, '@', u->site);
  int64_t *ids = NULL;
  if (all && marker.status == TC_OK) {
    words_add_hidden(w, u->c->hidden, only, with);
    words_add(w, marker.data, marker.len - 1, INDEX_PLAIN, at_site);
    words_all(w, all);
    bits_and(only, at_site, w->words);
    bits_and(only, all, w->words);
    ids = arena_alloc(u->arena, (bits_count(only, w->words) + 1) * sizeof *ids);
  }
  buffer_free(&marker);
  if (!ids)
    return NULL;
  words_begin_at(w, &cursor, only, NULL, false);
  while (words_next(w, &cursor, &ids[*count]))
    ++*count;
  qsort(ids, *count, sizeof *ids, by_id);
  return words_check(w, NULL) == TC_OK ? ids : NULL;
}

/* What is hidden makes no unit, and is not counted in one. */
static tc_status count_shown(struct units *u, struct tc_error *err) {
  size_t count = 0;
  tc_status status = TC_OK;
  const int64_t *hidden = NULL;
  int64_t derived = 0; /* an older index does not know */
  if (store_meta_int(&u->c->store, "derived", &derived, NULL) == TC_OK &&
      derived == adopt_derived() && cache_begin_words(u->c, WORDS_ALL, NULL) == TC_OK) {
    hidden = hidden_ids(u, &count);
    cache_end(u->c);
  }
  if (!hidden) { /* from the records, which takes longer */
    sqlite3_stmt *stmt = start_units(u, sql_unit_shown, err);
    if (stmt)
      sqlite3_bind_int(stmt, 4, (int)u->c->hidden);
    return count_members(u, stmt, err);
  }
  sqlite3_stmt *stmt = start_units(u, sql_unit_members, err);
  if (!stmt)
    return u->c->store.unprepared;
  while (status == TC_OK && (status = store_step(&u->c->store, stmt, err)) == TC_OK) {
    int64_t id = sqlite3_column_int64(stmt, 1);
    if (!bsearch(&id, hidden, count, sizeof id, by_id) &&
        !add_members(u, (const char *)sqlite3_column_text(stmt, 0), 1))
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  }
  sqlite3_reset(stmt);
  return status == TC_DONE ? TC_OK : status;
}

tc_status cache_units(struct cache *c, const char *site, const char *path, struct arena *arena,
                      struct unit_row **rows, size_t *count, struct tc_error *err) {
  struct units u = {.c = c, .site = site, .arena = arena};
  *rows = NULL;
  *count = 0;
  tc_status status = masked_unit(c, site, &path, arena, err);
  u.path = path;
  if (status == TC_OK)
    status = c->hidden ? count_shown(&u, err)
                       : count_members(&u, start_units(&u, sql_unit_counts, err), err);
  for (size_t i = 0; status == TC_OK && i < u.count; i++)
    status = masked_text(c, site, &u.rows[i].path, arena, err);
  *rows = u.rows;
  *count = u.count;
  return cache_met(c, status);
}
