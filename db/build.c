#include "db/build.h"

#include <string.h>

#include "base/i18n.h"
#include "core/record.h"
#include "db/document.h"
#include "db/place.h"
#include "db_sql.h"

tc_status build_stage(struct store *s, struct tc_error *err) {
  tc_status status = store_exec(s, sql_stage_schema, err);
  return status == TC_OK ? store_exec(s, "BEGIN", err) : status;
}

/* Bytes of a page of the index.  A search skips by pages and reads inside one: small pages make the
 * meeting of a rare and a common word cheap (doc/search.md). */
enum { RANK_LAST = 1000, WORD_PAGE = 500 };

/* What orders a record: an entry by its own facts, else behind all entries. */
static tc_status sort_facts(const struct record_head *head, const void *bytes, size_t len,
                            enum document_class *class, int64_t *rank, struct buffer *sort,
                            struct arena *arena, struct tc_error *err) {
  struct record r;
  *class = head->kind == RECORD_ENTRY ? CLASS_UNREADABLE : CLASS_HOUSE;
  *rank = RANK_LAST;
  if (head->kind == RECORD_ENTRY && record_decode(&r, bytes, len, arena, NULL) == TC_OK) {
    if (r.entry.name[0]) { /* else no head: it follows the part that has one */
      *class = document_class(&r.entry);
      *rank = r.entry.rank;
      document_sort_key(sort, &r.entry);
    }
  }
  if (arena_failed(arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return buffer_status(sort, err);
}

tc_status build_put(struct store *s, const void *bytes, size_t len, struct tc_error *err) {
  struct record_head head;
  struct arena arena = ARENA_INIT;
  struct buffer sort = BUFFER_INIT;
  enum document_class class;
  int64_t rank;
  tc_status status = record_head(&head, bytes, len, err);
  if (status == TC_OK)
    status = sort_facts(&head, bytes, len, &class, &rank, &sort, &arena, err);
  if (status == TC_OK) {
    sqlite3_stmt *stmt = store_statement(s, sql_stage_put, err);
    status = stmt ? TC_OK : TC_DAMAGED;
    if (stmt) {
      sqlite3_bind_blob(stmt, 1, head.uuid.b, sizeof head.uuid.b, SQLITE_STATIC);
      sqlite3_bind_int(stmt, 2, (int)head.audience);
      sqlite3_bind_int(stmt, 3, (int)head.kind);
      sqlite3_bind_int(stmt, 4, (int)class);
      sqlite3_bind_int64(stmt, 5, rank);
      sqlite3_bind_text(stmt, 6, buffer_text(&sort), (int)sort.len, SQLITE_STATIC);
      sqlite3_bind_blob64(stmt, 7, bytes, len, SQLITE_STATIC);
      status = store_run(s, stmt, err);
    }
  }
  buffer_free(&sort);
  arena_free(&arena);
  return status;
}

/* The entry whose parts are being filled in. */
struct filling {
  struct store *s;
  struct build_counts *counts;
  int64_t revision;
  int64_t next[CLASS_COUNT];
  struct uuid uuid;
  int64_t id; /* 0: none yet */
  struct entry parts[AUDIENCE_COUNT];
  size_t part_count;
  struct arena arena; /* of the parts */
  struct words_seen words;
};

/* All parts of the entry are there: enters it. */
static tc_status finish_entry(struct filling *f, struct tc_error *err) {
  tc_status status = TC_OK;
  if (f->part_count) {
    struct entry merged;
    status = entry_merge(&merged, f->parts, f->part_count, &f->arena, err);
    if (status == TC_OK)
      status = place_enter(f->s, f->id, &merged, &f->words, &f->arena, err);
    f->counts->entries++;
    f->counts->contacts += (int64_t)merged.contact_count;
  }
  f->part_count = 0;
  arena_reset(&f->arena);
  return status;
}

static tc_status begin_id(struct filling *f, const struct uuid *uuid, enum document_class class,
                          struct tc_error *err) {
  tc_status status = finish_entry(f, err);
  if (status != TC_OK)
    return status;
  f->uuid = *uuid;
  f->id = CLASS_ID(class) + ++f->next[class];
  sqlite3_stmt *stmt = store_statement(f->s, sql_identity_put, err);
  if (!stmt)
    return TC_DAMAGED;
  sqlite3_bind_blob(stmt, 1, uuid->b, sizeof uuid->b, SQLITE_STATIC);
  sqlite3_bind_int64(stmt, 2, f->id);
  return store_run(f->s, stmt, err);
}

static tc_status fill_record(struct filling *f, const struct uuid *uuid, enum audience audience,
                             enum record_kind kind, const void *bytes, size_t len,
                             struct tc_error *err) {
  struct record r;
  sqlite3_stmt *stmt = store_statement(f->s, sql_record_put, err);
  if (!stmt)
    return TC_DAMAGED;
  sqlite3_bind_int64(stmt, 1, f->id * 8 + (int64_t)audience);
  sqlite3_bind_int(stmt, 2, (int)kind);
  sqlite3_bind_int64(stmt, 3, f->revision);
  sqlite3_bind_blob(stmt, 4, uuid->b, sizeof uuid->b, SQLITE_STATIC);
  sqlite3_bind_blob64(stmt, 5, bytes, len, SQLITE_STATIC);
  tc_status status = store_run(f->s, stmt, err);
  if (status != TC_OK)
    return status;
  f->counts->records++;
  if (record_decode(&r, bytes, len, &f->arena, NULL) != TC_OK)
    f->counts->unreadable++;
  else if (kind == RECORD_ENTRY && f->part_count < AUDIENCE_COUNT)
    f->parts[f->part_count++] = r.entry;
  if (arena_failed(&f->arena))
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  return TC_OK;
}

static tc_status word_setting(struct store *s, const char *name, int value, struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql_word_setting, err);
  if (!stmt)
    return TC_DAMAGED;
  sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_int(stmt, 2, value);
  return store_run(s, stmt, err);
}

tc_status build_fill(struct store *s, int64_t revision, struct build_counts *counts,
                     struct tc_error *err) {
  struct filling f = {.s = s, .counts = counts, .revision = revision, .arena = ARENA_INIT};
  *counts = (struct build_counts){0};
  /* Bulk settings make few large segments; they would slow the file for ever, so they are set back
   * to FTS5's own at the end. */
  tc_status status = word_setting(s, "automerge", 0, err);
  if (status == TC_OK)
    status = word_setting(s, "hashsize", 64 * 1024 * 1024, err);
  if (status == TC_OK)
    status = word_setting(s, "pgsz", WORD_PAGE, err);
  sqlite3_stmt *order = status == TC_OK ? store_statement(s, sql_stage_order, err) : NULL;
  if (!order)
    return status == TC_OK ? TC_DAMAGED : status;
  while ((status = store_step(s, order, err)) == TC_OK) {
    struct uuid uuid;
    memcpy(uuid.b, sqlite3_column_blob(order, 0), sizeof uuid.b);
    enum audience audience = (enum audience)sqlite3_column_int(order, 1);
    enum record_kind kind = (enum record_kind)sqlite3_column_int(order, 2);
    if (!f.id || !uuid_equal(&uuid, &f.uuid))
      status = begin_id(&f, &uuid, (enum document_class)sqlite3_column_int(order, 4), err);
    if (status == TC_OK)
      status = fill_record(&f, &uuid, audience, kind, sqlite3_column_blob(order, 3),
                           (size_t)sqlite3_column_bytes(order, 3), err);
    if (status != TC_OK) {
      sqlite3_reset(order);
      break;
    }
  }
  if (status == TC_DONE)
    status = finish_entry(&f, err);
  arena_free(&f.arena);
  words_seen_free(&f.words);
  if (status == TC_OK)
    status = store_run(s, store_statement(s, sql_word_optimize, err), err);
  if (status == TC_OK)
    status = word_setting(s, "automerge", 4, err);
  if (status == TC_OK)
    status = word_setting(s, "hashsize", 1024 * 1024, err);
  if (status == TC_OK)
    status = store_exec(s, "COMMIT; DROP TABLE temp.stage;", err);
  return status;
}
