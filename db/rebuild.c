/* Reading a published generation record by record, and making it anew from them. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "db/cache.h"
#include "db/generation.h"
#include "db/store.h"
#include "db/writer.h"
#include "db_sql.h"

/* ---- what is published -------------------------------------------------------------------------
 */

struct record_cursor {
  struct store store;
  sqlite3_stmt *stmt;
};

/* For reading, also where a writer was stopped while it read the log. */
static tc_status published_store(struct store *s, const char *scope_dir, struct tc_error *err) {
  struct generation g;
  struct tc_error why = {.status = TC_OK};
  char path[GENERATION_PATH];
  tc_status status = generation_current(&g, scope_dir, err);
  if (status == TC_OK)
    status = generation_path(path, scope_dir, &g, err);
  if (status != TC_OK)
    return status;
  status = store_open(s, path, STORE_READ, &why);
  if (status != TC_OK && (status != TC_BUSY || store_open(s, path, STORE_UNLOCKED, NULL) != TC_OK))
    return tc_fail(err, status, "%s", why.text);
  return TC_OK;
}

tc_status record_cursor_open(struct record_cursor **out, const char *scope_dir,
                             struct tc_error *err) {
  struct record_cursor *cur = calloc(1, sizeof *cur);
  *out = NULL;
  if (!cur)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = published_store(&cur->store, scope_dir, err);
  if (status == TC_OK) {
    cur->stmt = store_statement(&cur->store, sql_record_all, err);
    status = cur->stmt ? TC_OK : cur->store.unprepared;
  }
  if (status != TC_OK) {
    record_cursor_close(cur);
    return status;
  }
  *out = cur;
  return TC_OK;
}

tc_status record_cursor_next(struct record_cursor *cur, const void **bytes, size_t *len,
                             struct tc_error *err) {
  tc_status status = store_step(&cur->store, cur->stmt, err);
  if (status == TC_OK) {
    *bytes = sqlite3_column_blob(cur->stmt, 0);
    *len = (size_t)sqlite3_column_bytes(cur->stmt, 0);
  }
  return status;
}

void record_cursor_close(struct record_cursor *cur) {
  if (!cur)
    return;
  store_close(&cur->store);
  free(cur);
}

tc_status writer_cursor(struct buffer *out, const char *scope_dir, struct tc_error *err) {
  struct store s;
  tc_status status = published_store(&s, scope_dir, err);
  if (status == TC_OK) {
    status = store_meta_append(&s, "cursor", out, err);
    store_close(&s);
  }
  return status;
}

static tc_status read_head(struct store *s, struct writer_head *head, char *source, size_t cap,
                           struct buffer *cursor, struct tc_error *err) {
  int64_t audience = 0;
  *head = (struct writer_head){.source = source};
  tc_status status =
      store_meta_blob(s, "generation", head->generation.b, sizeof head->generation.b, err);
  if (status == TC_OK)
    status = store_meta_int(s, "revision", &head->revision, err);
  if (status == TC_OK)
    status = store_meta_int(s, "source_time", &head->source_time, err);
  if (status == TC_OK)
    status = store_meta_int(s, "audience", &audience, err);
  if (status == TC_OK)
    status = store_meta_text(s, "source", source, cap, err);
  if (status == TC_OK)
    status = store_meta_append(s, "cursor", cursor, err);
  head->audience = (enum audience)audience;
  head->cursor = buffer_text(cursor);
  return status;
}

/* How many records there are, for whoever shows how far it is; 0 where that cannot be said. */
static int64_t count_records(const char *scope_dir) {
  struct cache *cache;
  int64_t n = 0;
  if (cache_open(&cache, scope_dir, NULL) == TC_OK) {
    n = cache_info(cache)->records;
    cache_close(cache);
  }
  return n;
}

tc_status writer_rebuild(const char *scope_dir, writer_put_so_far *put, void *context,
                         struct tc_error *err) {
  int64_t done = 0, done_bytes = 0, all = put ? count_records(scope_dir) : 0;
  struct writer *w = NULL;
  struct record_cursor *cur = NULL;
  struct writer_head head = {0};
  struct buffer kept = BUFFER_INIT;
  char source[128];
  const void *bytes;
  size_t len;
  tc_status status = writer_build(&w, scope_dir, err);
  if (status == TC_OK)
    status = record_cursor_open(&cur, scope_dir, err);
  if (status == TC_OK)
    status = read_head(&cur->store, &head, source, sizeof source, &kept, err);
  while (status == TC_OK && (status = record_cursor_next(cur, &bytes, &len, err)) == TC_OK) {
    if (!store_is_whole(cur->stmt, 0, 1)) { /* or it would be taken for what was written */
      status = store_fail(&cur->store, SQLITE_CORRUPT, err);
      break;
    }
    if ((status = writer_put(w, bytes, len, err)) != TC_OK)
      break;
    done++;
    done_bytes += (int64_t)len;
    if (put)
      put(context, done, done_bytes, all);
  }
  record_cursor_close(cur);
  if (status == TC_DONE && w)
    status = writer_commit(w, &head, err);
  else
    writer_discard(w);
  buffer_free(&kept);
  return status;
}
