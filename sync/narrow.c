#include "base/i18n.h"
#include "core/record.h"
#include "db/cache.h"
#include "sync/round.h"

tc_status round_copy(struct round_state *r, uint32_t scope, round_keeps *keeps, const void *context,
                     struct tc_error *err) {
  struct record_cursor *cursor = NULL;
  const void *bytes;
  size_t len;
  tc_status status = writer_build(&r->writer, r->scope_dir, err);
  if (status == TC_OK)
    status = round_unmoved(r, err);
  if (status == TC_OK)
    status = record_cursor_open(&cursor, r->scope_dir, err);
  while (status == TC_OK && (status = record_cursor_next(cursor, &bytes, &len, err)) == TC_OK) {
    struct record_head head;
    if (record_head(&head, bytes, len, NULL) == TC_OK && scope & (UINT32_C(1) << head.audience) &&
        (!keeps || keeps(context, &head)))
      status = writer_put(r->writer, bytes, len, err);
  }
  record_cursor_close(cursor);
  return status == TC_DONE ? TC_OK : status;
}

/* The revision it is at, of what it may still hold. */
static tc_status publish(struct round_state *r, const struct cache_info *info, uint32_t scope,
                         struct tc_error *err) {
  struct buffer cursor = BUFFER_INIT;
  r->next = r->mine;
  r->next.scope = scope;
  cursor_write(&r->next, &cursor);
  tc_status status = buffer_status(&cursor, err);
  const struct writer_head head = {.generation = info->generation,
                                   .revision = info->revision,
                                   .source_time = info->source_time,
                                   .source = info->source,
                                   .audience = scope_narrowest(scope),
                                   .cursor = buffer_text(&cursor),
                                   .forget = true};
  if (status == TC_OK) {
    status = writer_commit(r->writer, &head, err);
    r->writer = NULL; /* freed either way */
  }
  buffer_free(&cursor);
  return status;
}

tc_status round_narrow(struct round_state *r, uint32_t granted, struct tc_error *err) {
  uint32_t scope = r->mine.scope & granted;
  struct cache *cache = NULL;
  if (!r->mine.known || scope == 0 || scope == r->mine.scope)
    return TC_DONE;
  tc_status status = cache_open(&cache, r->scope_dir, err);
  if (status == TC_OK)
    status = round_copy(r, scope, NULL, NULL, err);
  if (status == TC_OK)
    status = publish(r, cache_info(cache), scope, err);
  cache_close(cache);
  if (status == TC_OK)
    round_drop_inbox(r);
  else
    round_give_up(r);
  return status;
}
