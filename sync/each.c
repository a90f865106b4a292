#include "sync/each.h"

#include "db/writer.h"

static tc_status each_in_cache(const char *cache, each_take *take, void *context,
                               struct tc_error *err) {
  struct record_cursor *cursor = NULL;
  struct tc_error own = {.status = TC_OK};
  const void *bytes;
  size_t len;
  tc_status status = record_cursor_open(&cursor, cache, &own);
  if (status == TC_NEVER_SYNCED)
    return TC_OK;
  if (status != TC_OK)
    return tc_fail(err, status, "%s", own.text);
  while (status == TC_OK && (status = record_cursor_next(cursor, &bytes, &len, err)) == TC_OK)
    status = take(context, bytes, len, err);
  record_cursor_close(cursor);
  return status == TC_DONE ? TC_OK : status;
}

tc_status each_record(struct pg *pg, const char *cache, each_take *take, void *context,
                      struct tc_error *err) {
  const void *bytes;
  size_t len;
  if (!pg && !cache)
    return TC_OK;
  if (!pg)
    return each_in_cache(cache, take, context, err);
  tc_status status = pg_query(
      pg, "SELECT record FROM tocsin.feed WHERE live ORDER BY uuid, audience COLLATE \"C\"", NULL,
      0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK)
    status = take(context, bytes ? bytes : "", len, err);
  return status == TC_DONE ? TC_OK : status;
}
