#include "sync/apply.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "db/cache.h"

/* Generation, revision and source of what is there, into the next head. */
static tc_status read_head(struct change *c, struct tc_error *err) {
  struct cache *cache;
  tc_status status = cache_open(&cache, c->cache, err);
  if (status != TC_OK)
    return status;
  const struct cache_info *info = cache_info(cache);
  c->head.generation = info->generation;
  c->head.revision = info->revision + 1;
  c->head.audience = info->audience;
  snprintf(c->source, sizeof c->source, "%s", info->source);
  /* the source's time never goes back: hours and rota would not be read any more */
  if (info->source_time > c->head.source_time)
    c->head.source_time = info->source_time;
  cache_close(cache);
  return TC_OK;
}

static tc_status begin_new(struct change *c, struct tc_error *err) {
  tc_status status = writer_build(&c->writer, c->cache, err);
  if (status != TC_OK)
    return status;
  struct tc_error own = {.status = TC_OK};
  struct record_cursor *cursor = NULL;
  status = record_cursor_open(&cursor, c->cache, &own);
  record_cursor_close(cursor);
  if (status == TC_OK) /* another import made one in between */
    return tc_fail(err, TC_BUSY, _("another import has just made “%s”: run this one again"),
                   c->cache);
  if (status != TC_NEVER_SYNCED) {
    if (err && err->status == TC_OK)
      *err = own;
    return status;
  }
  c->fresh = true;
  c->head.revision = 1;
  return uuid_random(&c->head.generation, err);
}

tc_status change_begin(struct change *out, const char *cache, bool whole, int64_t now,
                       struct tc_error *err) {
  *out = (struct change){.cache = cache, .source = "import"};
  out->head.source_time = now;
  struct tc_error own = {.status = TC_OK};
  tc_status status =
      whole ? writer_build(&out->writer, cache, &own) : writer_delta(&out->writer, cache, &own);
  struct tc_error head_error = {.status = TC_OK};
  if (status == TC_OK)
    status = read_head(out, &head_error);
  if (status == TC_NEVER_SYNCED) {
    writer_discard(out->writer);
    out->writer = NULL;
    status = begin_new(out, err);
  } else if (status != TC_OK && err && err->status == TC_OK) {
    *err = own.status != TC_OK ? own : head_error;
  }
  if (status != TC_OK)
    change_discard(out);
  return status;
}

tc_status change_commit(struct change *c, enum audience audience, struct tc_error *err) {
  if (audience > c->head.audience)
    c->head.audience = audience;
  if (c->head.audience == AUDIENCE_NONE)
    c->head.audience = AUDIENCE_PUBLIC;
  c->head.source = c->source;
  struct writer *w = c->writer;
  c->writer = NULL; /* it is freed either way */
  return writer_commit(w, &c->head, err);
}

void change_discard(struct change *c) {
  writer_discard(c->writer);
  c->writer = NULL;
}

tc_status plan_apply(const struct import_plan *p, struct change *c, struct tc_error *err) {
  for (size_t i = 0; i < p->count; i++)
    for (size_t j = 0; j < p->items[i].record_count; j++) {
      const struct plan_record *r = &p->items[i].records[j];
      tc_status status = r->bytes ? writer_put(c->writer, r->bytes, r->len, err)
                                  : writer_delete(c->writer, &r->uuid, r->audience, err);
      if (status != TC_OK)
        return status;
    }
  return TC_OK;
}
