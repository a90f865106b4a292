#include "db/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/document.h"
#include "db/index.h"
#include "db/needs.h"
#include "db/spool.h"
#include "db_sql.h"

/* A record that was given. */
struct staged {
  struct uuid uuid;
  uint64_t at;  /* in the spool */
  uint32_t len; /* 0: taken out again */
  uint8_t audience, kind;
};

/* The records of one UUID. */
struct staged_group {
  const struct staged *first;
  uint32_t count, key_len;
  const char *key;
  int64_t id;
  uint64_t document; /* in the spool */
  uint32_t document_len;
  uint32_t unit; /* number, plus one; 0 none */
  uint32_t ways_len;
  const char *ways; /* what it needs (needs.h); NULL: open */
  enum entry_type type;
};

struct unit {
  const char *site, *path;
};

struct build {
  struct spool spool;
  struct staged *items;
  size_t count, cap;
  uint32_t *slots; /* hash table by key: number of an item, plus one */
  size_t slot_count;
  struct digest digest;
  int64_t records;
  struct buffer bytes; /* of one record */
};

tc_status build_new(struct build **out, const char *folder, struct tc_error *err) {
  struct build *b = calloc(1, sizeof *b);
  *out = NULL;
  if (b) {
    b->spool = SPOOL_INIT;
    b->slot_count = 4096;
    b->slots = calloc(b->slot_count, sizeof *b->slots);
  }
  tc_status status = b && b->slots ? spool_open(&b->spool, folder, err)
                                   : tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  if (status != TC_OK) {
    build_free(b);
    return status;
  }
  *out = b;
  return TC_OK;
}

void build_free(struct build *b) {
  if (!b)
    return;
  spool_close(&b->spool);
  buffer_free(&b->bytes);
  free(b->items);
  free(b->slots);
  free(b);
}

static size_t slot_of(const struct build *b, const struct uuid *uuid, uint8_t audience) {
  size_t at = (size_t)index_sum(audience, uuid->b, sizeof uuid->b) & (b->slot_count - 1);
  for (; b->slots[at]; at = (at + 1) & (b->slot_count - 1)) {
    const struct staged *s = &b->items[b->slots[at] - 1];
    if (s->audience == audience && uuid_equal(&s->uuid, uuid))
      break;
  }
  return at;
}

/* Room for one more item, and for its slot. */
static bool make_room(struct build *b) {
  if (b->count == b->cap) {
    size_t cap = b->cap ? b->cap * 2 : 1024;
    struct staged *items =
        cap <= UINT32_MAX ? realloc(b->items, cap * sizeof *items) : NULL; /* slots number them */
    if (!items)
      return false;
    b->items = items;
    b->cap = cap;
  }
  if ((b->count + 1) * 2 > b->slot_count) {
    uint32_t *slots = calloc(b->slot_count * 2, sizeof *slots);
    if (!slots)
      return false;
    free(b->slots);
    b->slots = slots;
    b->slot_count *= 2;
    for (size_t i = 0; i < b->count; i++)
      b->slots[slot_of(b, &b->items[i].uuid, b->items[i].audience)] = (uint32_t)i + 1;
  }
  return true;
}

/* Takes an item out of the sum. */
static tc_status forget(struct build *b, struct staged *s, struct tc_error *err) {
  tc_status status = spool_get(&b->spool, s->at, s->len, &b->bytes, err);
  if (status == TC_OK) {
    digest_toggle(&b->digest, b->bytes.data, s->len);
    b->records--;
    s->len = 0;
  }
  return status;
}

tc_status build_put(struct build *b, const struct record_head *head, const void *bytes, size_t len,
                    struct tc_error *err) {
  if (!make_room(b))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  size_t at = slot_of(b, &head->uuid, (uint8_t)head->audience);
  if (!b->slots[at]) {
    b->items[b->count] = (struct staged){.uuid = head->uuid, .audience = (uint8_t)head->audience};
    b->slots[at] = (uint32_t)++b->count;
  }
  struct staged *s = &b->items[b->slots[at] - 1];
  tc_status status = s->len ? forget(b, s, err) : TC_OK;
  if (status == TC_OK)
    status = spool_put(&b->spool, bytes, len, &s->at, err);
  if (status != TC_OK)
    return status;
  s->len = (uint32_t)len;
  s->kind = (uint8_t)head->kind;
  digest_toggle(&b->digest, bytes, len);
  b->records++;
  return TC_OK;
}

tc_status build_delete(struct build *b, const struct uuid *uuid, enum audience audience,
                       struct tc_error *err) {
  size_t at = slot_of(b, uuid, (uint8_t)audience);
  struct staged *s = b->slots[at] ? &b->items[b->slots[at] - 1] : NULL;
  return s && s->len ? forget(b, s, err) : TC_NOT_FOUND;
}

void build_sum(const struct build *b, int64_t *records, struct digest *digest) {
  *records = b->records;
  *digest = b->digest;
}

/* ---- filling -----------------------------------------------------------------------------------
 */

/* What is being derived. */
struct filling {
  struct build *b;
  struct store *s;
  struct build_counts *counts;
  struct staged_group *groups; /* in the order of UUIDs */
  size_t group_count;
  struct staged_group **order; /* in the order of keys */
  struct unit *units;
  size_t unit_count, unit_cap;
  uint32_t *unit_slots;
  size_t unit_slot_count;
  struct arena texts; /* keys, units and ways */
  struct needs *needs;
  struct buffer key, document, ways;
};

static int by_uuid(const void *a, const void *b) {
  const struct staged *x = a, *y = b;
  int order = memcmp(x->uuid.b, y->uuid.b, sizeof x->uuid.b);
  return order ? order : (int)x->audience - (int)y->audience;
}

static int by_key(const void *a, const void *b) {
  const struct staged_group *x = *(struct staged_group *const *)a,
                            *y = *(struct staged_group *const *)b;
  int order = memcmp(x->key, y->key, x->key_len < y->key_len ? x->key_len : y->key_len);
  return order ? order : (x->key_len > y->key_len) - (x->key_len < y->key_len);
}

static uint32_t *unit_slot(const struct filling *f, const char *site, const char *path) {
  size_t at = (size_t)index_sum(index_sum(0, site, strlen(site)), path, strlen(path)) &
              (f->unit_slot_count - 1);
  for (; f->unit_slots[at]; at = (at + 1) & (f->unit_slot_count - 1)) {
    const struct unit *u = &f->units[f->unit_slots[at] - 1];
    if (strcmp(u->site, site) == 0 && strcmp(u->path, path) == 0)
      break;
  }
  return &f->unit_slots[at];
}

/* The number of a unit, plus one; 0: no memory. */
static uint32_t unit_of(struct filling *f, const char *site, const char *path) {
  if (f->unit_count * 2 >= f->unit_slot_count) {
    size_t wider = f->unit_slot_count ? f->unit_slot_count * 2 : 1024;
    uint32_t *slots = calloc(wider, sizeof *slots);
    if (!slots)
      return 0;
    free(f->unit_slots);
    f->unit_slots = slots;
    f->unit_slot_count = wider;
    for (size_t i = 0; i < f->unit_count; i++)
      *unit_slot(f, f->units[i].site, f->units[i].path) = (uint32_t)i + 1;
  }
  uint32_t *slot = unit_slot(f, site, path), number = *slot;
  if (number)
    return number;
  if (f->unit_count == f->unit_cap) {
    size_t cap = f->unit_cap ? f->unit_cap * 2 : 256;
    struct unit *units = realloc(f->units, cap * sizeof *units);
    if (!units)
      return 0;
    f->units = units;
    f->unit_cap = cap;
  }
  struct unit u = {arena_strdup(&f->texts, site), arena_strdup(&f->texts, path)};
  if (!u.site || !u.path)
    return 0;
  f->units[f->unit_count] = u;
  return *slot = (uint32_t)++f->unit_count;
}

static tc_status no_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* Reads the parts of a group; how many are of an entry and can be read. */
static tc_status read_parts(struct filling *f, const struct staged_group *g, struct entry *parts,
                            size_t *count, struct arena *arena, struct tc_error *err) {
  *count = 0;
  for (size_t i = 0; i < g->count; i++) {
    const struct staged *s = &g->first[i];
    struct record r;
    tc_status status = spool_get(&f->b->spool, s->at, s->len, &f->b->bytes, err);
    if (status != TC_OK)
      return status;
    f->counts->records++;
    if (record_decode(&r, f->b->bytes.data, s->len, arena, NULL) != TC_OK)
      f->counts->unreadable++;
    else if (r.head.kind == RECORD_ENTRY && *count < AUDIENCE_COUNT)
      parts[(*count)++] = r.entry;
    if (arena_failed(arena))
      return no_memory(err);
  }
  return TC_OK;
}

static tc_status derive_needs(struct filling *f, struct staged_group *g, const struct entry *e,
                              struct tc_error *err) {
  bool open;
  tc_status status = needs_of(f->needs, e, &f->ways, &open, err);
  g->type = e->type;
  g->ways_len = (uint32_t)f->ways.len;
  g->ways =
      status != TC_OK || open ? NULL : arena_copy(&f->texts, buffer_text(&f->ways), f->ways.len);
  return status == TC_OK && !open && !g->ways ? no_memory(err) : status;
}

/* What an entry is found by, sorted by and needs. */
static tc_status derive_entry(struct filling *f, struct staged_group *g, const struct entry *e,
                              struct arena *arena, struct tc_error *err) {
  document_key(&f->key, document_class(e), e);
  buffer_clear(&f->document);
  tc_status status = document_write(&f->document, e, arena, err);
  if (status == TC_OK)
    status = spool_put(&f->b->spool, buffer_text(&f->document), f->document.len, &g->document, err);
  g->document_len = (uint32_t)f->document.len;
  g->unit = unit_of(f, e->site, e->unit);
  f->counts->entries++;
  f->counts->contacts += (int64_t)e->contact_count;
  if (status == TC_OK && !g->unit)
    return no_memory(err);
  return status == TC_OK ? derive_needs(f, g, e, err) : status;
}

/* The class of what is no entry that can be read. */
static enum document_class class_of(const struct staged_group *g) {
  for (size_t i = 0; i < g->count; i++)
    if (g->first[i].kind == RECORD_ENTRY)
      return CLASS_UNREADABLE;
  return CLASS_HOUSE;
}

static tc_status derive(struct filling *f, struct staged_group *g, struct arena *arena,
                        struct tc_error *err) {
  struct entry parts[AUDIENCE_COUNT], merged;
  size_t count;
  buffer_clear(&f->key);
  tc_status status = read_parts(f, g, parts, &count, arena, err);
  if (status == TC_OK && count) {
    status = entry_merge(&merged, parts, count, arena, err);
    if (status == TC_OK)
      status = derive_entry(f, g, &merged, arena, err);
  } else if (status == TC_OK) { /* behind the entries of its class */
    buffer_add_char(&f->key, (char)class_of(g));
    for (size_t i = 0; i < 9; i++)
      buffer_add_char(&f->key, '\xff');
    buffer_add(&f->key, g->first->uuid.b, sizeof g->first->uuid.b);
  }
  if (status == TC_OK)
    status = buffer_status(&f->key, err);
  g->key_len = (uint32_t)f->key.len;
  g->key = status == TC_OK ? arena_copy(&f->texts, f->key.data, f->key.len) : NULL;
  return status == TC_OK && !g->key ? no_memory(err) : status;
}

/* Drops what was taken out, sorts the others and gathers those of one UUID. */
static tc_status gather(struct filling *f, struct tc_error *err) {
  struct build *b = f->b;
  size_t live = 0;
  for (size_t i = 0; i < b->count; i++)
    if (b->items[i].len)
      b->items[live++] = b->items[i];
  b->count = live;
  free(b->slots); /* the items move: no further one can be added */
  b->slots = NULL;
  if (live)
    qsort(b->items, live, sizeof *b->items, by_uuid);
  f->groups = calloc(live + 1, sizeof *f->groups);
  f->order = malloc((live + 1) * sizeof(struct staged_group *));
  if (!f->groups || !f->order)
    return no_memory(err);
  for (size_t i = 0; i < live; i++) {
    struct staged_group *last = f->group_count ? &f->groups[f->group_count - 1] : NULL;
    if (last && uuid_equal(&last->first->uuid, &b->items[i].uuid))
      last->count++;
    else
      f->groups[f->group_count++] = (struct staged_group){.first = &b->items[i], .count = 1};
  }
  return TC_OK;
}

/* The records of one kind. */
static tc_status read_kind(struct filling *f, enum record_kind kind, struct arena *arena,
                           struct tc_error *err) {
  size_t count = 0;
  struct cache_record *rows = arena_zalloc(arena, f->b->count + 1, sizeof *rows);
  if (!rows)
    return no_memory(err);
  for (size_t i = 0; i < f->b->count; i++) {
    const struct staged *s = &f->b->items[i];
    if (s->kind != (uint8_t)kind)
      continue;
    tc_status status = spool_get(&f->b->spool, s->at, s->len, &f->b->bytes, err);
    if (status != TC_OK)
      return status;
    rows[count++] =
        (struct cache_record){arena_copy(arena, f->b->bytes.data, s->len), s->len, false};
  }
  return arena_failed(arena) ? no_memory(err) : needs_house(f->needs, kind, rows, count, err);
}

/* The house that what entries need is worked out with. */
static tc_status derive_house(struct filling *f, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  tc_status status = needs_new(&f->needs, f->s, err);
  for (size_t i = 0; house_kind(i) != RECORD_NONE && status == TC_OK; i++) {
    if (needs_depend_on(house_kind(i)))
      status = read_kind(f, house_kind(i), &arena, err);
    arena_reset(&arena);
  }
  arena_free(&arena);
  return status == TC_OK ? needs_ready(f->needs, err) : status;
}

static tc_status derive_all(struct filling *f, struct tc_error *err) {
  struct arena arena = ARENA_INIT;
  int64_t next[CLASS_COUNT] = {0};
  tc_status status = TC_OK;
  for (size_t i = 0; i < f->group_count && status == TC_OK; i++) {
    status = derive(f, &f->groups[i], &arena, err);
    f->order[i] = &f->groups[i];
    arena_reset(&arena);
  }
  arena_free(&arena);
  if (status == TC_OK && f->group_count)
    qsort(f->order, f->group_count, sizeof(struct staged_group *), by_key);
  for (size_t i = 0; i < f->group_count && status == TC_OK; i++) {
    size_t class = (unsigned char)f->order[i]->key[0];
    f->order[i]->id = CLASS_ID(class) + ++next[class];
  }
  return status;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static tc_status write_records(struct filling *f, const struct staged_group *g, int64_t revision,
                               struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < g->count && status == TC_OK; i++) {
    const struct staged *s = &g->first[i];
    sqlite3_stmt *stmt = store_statement(f->s, sql_record_put, err);
    status = stmt ? spool_get(&f->b->spool, s->at, s->len, &f->b->bytes, err) : f->s->unprepared;
    if (status != TC_OK)
      return status;
    sqlite3_bind_int64(stmt, 1, g->id * 8 + s->audience);
    sqlite3_bind_int(stmt, 2, s->kind);
    sqlite3_bind_int64(stmt, 3, revision);
    sqlite3_bind_blob(stmt, 4, s->uuid.b, sizeof s->uuid.b, SQLITE_STATIC);
    sqlite3_bind_blob64(stmt, 5, f->b->bytes.data, s->len, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 6, store_sum(f->b->bytes.data, s->len));
    status = store_run(f->s, stmt, err);
  }
  return status;
}

static tc_status write_needs(struct filling *f, const struct staged_group *g,
                             struct tc_error *err) {
  buffer_clear(&f->ways);
  if (g->ways)
    buffer_add(&f->ways, g->ways, g->ways_len);
  return needs_put(f->s, g->id, g->type, g->ways ? &f->ways : NULL, err);
}

static tc_status write_index(struct filling *f, const char *path, int64_t revision,
                             struct tc_error *err) {
  struct index_maker *m;
  tc_status status = index_maker_new(&m, true, err);
  for (size_t i = 0; i < f->group_count && status == TC_OK; i++) {
    const struct staged_group *g = f->order[i];
    status = write_records(f, g, revision, err);
    if (status != TC_OK || !g->unit) /* not an entry */
      continue;
    status = spool_get(&f->b->spool, g->document, g->document_len, &f->document, err);
    if (status == TC_OK)
      status = index_maker_add(m, g->id, g->key, g->key_len, buffer_text(&f->document), err);
    if (status == TC_OK)
      status = write_needs(f, g, err);
  }
  if (status == TC_OK)
    status = index_maker_write(m, path, err);
  index_maker_free(m);
  return status;
}

/* In the order of UUIDs: the table grows at its end. */
static tc_status write_identities(struct filling *f, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < f->group_count && status == TC_OK; i++) {
    sqlite3_stmt *stmt = store_statement(f->s, sql_identity_put, err);
    if (!stmt)
      return f->s->unprepared;
    sqlite3_bind_blob(stmt, 1, f->groups[i].first->uuid.b, sizeof f->groups[i].first->uuid.b,
                      SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, f->groups[i].id);
    status = store_run(f->s, stmt, err);
  }
  return status;
}

struct in_unit {
  int64_t unit, id;
};

static int by_member(const void *a, const void *b) {
  const struct in_unit *x = a, *y = b;
  if (x->unit != y->unit)
    return x->unit < y->unit ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

static tc_status write_members(struct filling *f, struct tc_error *err) {
  struct in_unit *members = malloc((f->group_count + 1) * sizeof *members);
  size_t count = 0;
  tc_status status = members ? TC_OK : no_memory(err);
  for (size_t i = 0; i < f->group_count && members; i++)
    if (f->groups[i].unit)
      members[count++] = (struct in_unit){f->groups[i].unit, f->groups[i].id};
  if (count)
    qsort(members, count, sizeof *members, by_member);
  for (size_t i = 0; i < count && status == TC_OK; i++) {
    sqlite3_stmt *stmt = store_statement(f->s, sql_member_put, err);
    status = stmt ? TC_OK : f->s->unprepared;
    if (stmt) {
      sqlite3_bind_int64(stmt, 1, members[i].unit);
      sqlite3_bind_int64(stmt, 2, members[i].id);
      status = store_run(f->s, stmt, err);
    }
  }
  free(members);
  return status;
}

/* The unit's number is its rowid: the table is empty. */
static tc_status write_units(struct filling *f, struct tc_error *err) {
  tc_status status = TC_OK;
  for (size_t i = 0; i < f->unit_count && status == TC_OK; i++) {
    sqlite3_stmt *stmt = store_statement(f->s, sql_unit_put, err);
    if (!stmt)
      return f->s->unprepared;
    sqlite3_bind_text(stmt, 1, f->units[i].site, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, f->units[i].path, -1, SQLITE_STATIC);
    status = store_run(f->s, stmt, err);
  }
  return status;
}

tc_status build_fill(struct build *b, struct store *s, const char *index_path, int64_t revision,
                     struct build_counts *counts, struct tc_error *err) {
  struct filling f = {.b = b, .s = s, .counts = counts};
  *counts = (struct build_counts){0};
  tc_status status = gather(&f, err);
  if (status == TC_OK)
    status = store_exec(s, "BEGIN", err);
  if (status == TC_OK)
    status = derive_house(&f, err);
  if (status == TC_OK)
    status = derive_all(&f, err);
  if (status == TC_OK)
    status = write_index(&f, index_path, revision, err);
  if (status == TC_OK)
    status = write_identities(&f, err);
  if (status == TC_OK)
    status = write_units(&f, err);
  if (status == TC_OK)
    status = write_members(&f, err);
  if (status == TC_OK)
    status = store_exec(s, "COMMIT", err);
  free(f.groups);
  free(f.order);
  free(f.units);
  free(f.unit_slots);
  needs_free(f.needs);
  arena_free(&f.texts);
  buffer_free(&f.ways);
  buffer_free(&f.key);
  buffer_free(&f.document);
  return status;
}
