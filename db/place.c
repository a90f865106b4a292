#include "db/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "core/near.h"
#include "core/record.h"
#include "db/document.h"
#include "db_sql.h"

tc_status place_entry(struct store *s, int64_t id, struct arena *arena, struct entry *out,
                      struct tc_error *err) {
  struct entry parts[AUDIENCE_COUNT];
  size_t count = 0;
  sqlite3_stmt *stmt = store_statement(s, sql_record_parts, err);
  if (!stmt)
    return TC_DAMAGED;
  sqlite3_bind_int64(stmt, 1, id);
  tc_status status;
  while ((status = store_step(s, stmt, err)) == TC_OK) {
    struct record r;
    const void *bytes = sqlite3_column_blob(stmt, 2);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 2);
    if (count < AUDIENCE_COUNT && record_decode(&r, bytes, len, arena, NULL) == TC_OK &&
        r.head.kind == RECORD_ENTRY)
      parts[count++] = r.entry;
    if (arena_failed(arena)) {
      sqlite3_reset(stmt);
      return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    }
  }
  if (status != TC_DONE)
    return status;
  return count ? entry_merge(out, parts, count, arena, err) : TC_NOT_FOUND;
}

static tc_status put_word(struct store *s, const char *sql, int64_t id, const struct buffer *text,
                          struct tc_error *err) {
  sqlite3_stmt *stmt = store_statement(s, sql, err);
  if (!stmt)
    return TC_DAMAGED;
  sqlite3_bind_int64(stmt, 1, id);
  sqlite3_bind_text(stmt, 2, buffer_text(text), (int)text->len, SQLITE_STATIC);
  return store_run(s, stmt, err);
}

void words_seen_free(struct words_seen *seen) {
  free(seen->hashes);
  *seen = (struct words_seen){0};
}

/* FNV-1a of 64 bits over the word and its use, never 0. */
static uint64_t word_hash(const char *word, size_t len, int use) {
  const uint64_t prime = UINT64_C(1099511628211);
  uint64_t h = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < len; i++)
    h = (h ^ (unsigned char)word[i]) * prime;
  h = (h ^ (uint64_t)use) * prime;
  return h ? h : 1;
}

/* Marks a hash in a table that has room. */
static bool mark(struct words_seen *seen, uint64_t hash) {
  size_t at = hash & (seen->slots - 1);
  while (seen->hashes[at]) {
    if (seen->hashes[at] == hash)
      return false;
    at = (at + 1) & (seen->slots - 1);
  }
  seen->hashes[at] = hash;
  seen->count++;
  return true;
}

/* Is the word new?  Without memory for the table every word is. */
static bool is_new(struct words_seen *seen, const char *word, size_t len, int use) {
  if (!seen)
    return true;
  if (seen->count * 2 >= seen->slots) {
    struct words_seen wider = {.slots = seen->slots ? seen->slots * 2 : 16384};
    wider.hashes = calloc(wider.slots, sizeof *wider.hashes);
    if (!wider.hashes)
      return true;
    for (size_t i = 0; i < seen->slots; i++)
      if (seen->hashes[i])
        mark(&wider, seen->hashes[i]);
    words_seen_free(seen);
    *seen = wider;
  }
  return mark(seen, word_hash(word, len, use));
}

static tc_status put_terms(struct store *s, const char *document, struct words_seen *seen,
                           struct tc_error *err) {
  size_t len;
  int use;
  tc_status status = TC_OK;
  for (const char *word; status == TC_OK && (word = document_next_word(&document, &len, &use));) {
    char sound[NEAR_SOUND_MAX];
    if (!is_new(seen, word, len, use))
      continue;
    sqlite3_stmt *stmt = store_statement(s, sql_term_put, err);
    if (!stmt)
      return TC_DAMAGED;
    near_sound(word, len, sound);
    sqlite3_bind_text(stmt, 1, word, (int)len, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, sound, -1, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 3, use);
    status = store_run(s, stmt, err);
  }
  return status;
}

/* The id of an entry's unit; made where it is missing. */
static tc_status unit_of(struct store *s, const struct entry *entry, int64_t *unit,
                         struct tc_error *err) {
  const char *const steps[] = {sql_unit_get, sql_unit_put, sql_unit_get};
  for (size_t i = 0; i < 3; i++) {
    sqlite3_stmt *stmt = store_statement(s, steps[i], err);
    if (!stmt)
      return TC_DAMAGED;
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
    return TC_DAMAGED;
  sqlite3_bind_int64(stmt, 1, unit);
  sqlite3_bind_int64(stmt, 2, id);
  return store_run(s, stmt, err);
}

tc_status place_enter(struct store *s, int64_t id, const struct entry *entry,
                      struct words_seen *seen, struct arena *arena, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = document_write(&text, entry, arena, err);
  if (status == TC_OK)
    status = put_word(s, sql_word_put, id, &text, err);
  if (status == TC_OK)
    status = put_terms(s, buffer_text(&text), seen, err);
  if (status == TC_OK)
    status = put_member(s, sql_member_put, id, entry, err);
  buffer_free(&text);
  return status;
}

tc_status place_leave(struct store *s, int64_t id, const struct entry *entry, struct arena *arena,
                      struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  tc_status status = document_write(&text, entry, arena, err);
  if (status == TC_OK)
    status = put_word(s, sql_word_delete, id, &text, err);
  if (status == TC_OK)
    status = put_member(s, sql_member_delete, id, entry, err);
  buffer_free(&text);
  return status;
}
