#include "sync/held.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "sync/each.h"
#include "sync/map_field.h"

static tc_status out_of_memory(struct tc_error *err) {
  return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
}

/* The line that says the origin, without its key, as a record spells it. */
static void origin_line(struct buffer *out, const char *origin) {
  buffer_add_text(out, "\nfrom\t");
  for (; *origin; origin++)
    if (*origin == '\\')
      buffer_add_text(out, "\\\\");
    else
      buffer_add_char(out, *origin);
  buffer_add_char(out, '\t');
}

tc_status held_add_code(struct held_set *h, enum record_kind kind, const char *code,
                        const struct uuid *uuid, struct tc_error *err) {
  const char *copy = arena_strdup(&h->arena, code);
  if (!copy)
    return out_of_memory(err);
  if (h->code_count == h->code_cap) {
    size_t cap = h->code_cap ? h->code_cap * 2 : 64;
    struct held_code *wider = realloc(h->codes, cap * sizeof *wider);
    if (!wider)
      return out_of_memory(err);
    h->codes = wider;
    h->code_cap = cap;
  }
  h->codes[h->code_count++] = (struct held_code){.kind = kind, .code = copy, .uuid = *uuid};
  return TC_OK;
}

const struct held_code *held_code(const struct held_set *h, enum record_kind kind,
                                  const char *code) {
  for (size_t i = 0; i < h->code_count; i++)
    if (h->codes[i].kind == kind && !strcmp(h->codes[i].code, code))
      return &h->codes[i];
  return NULL;
}

static tc_status keep(struct held_set *h, const struct record_head *head, const void *bytes,
                      size_t len, bool ours, struct tc_error *err) {
  struct held *last = h->count ? &h->items[h->count - 1] : NULL;
  if (!last || !uuid_equal(&last->uuid, &head->uuid)) {
    if (!h->items || h->count == h->cap) {
      size_t cap = h->cap ? h->cap * 2 : 1024;
      struct held *wider = realloc(h->items, cap * sizeof *wider);
      if (!wider)
        return out_of_memory(err);
      h->items = wider;
      h->cap = cap;
    }
    last = &h->items[h->count++];
    *last = (struct held){.uuid = head->uuid, .kind = head->kind};
  }
  last->bytes[head->audience] = arena_copy(&h->arena, bytes, len);
  last->len[head->audience] = len;
  last->ours = last->ours || ours;
  return last->bytes[head->audience] ? TC_OK : out_of_memory(err);
}

/* An entry's parts follow each other: one that is not the origin's is forgotten when the next entry
 * comes. */
static void forget_foreign(struct held_set *h, const struct uuid *next) {
  struct held *last = h->count ? &h->items[h->count - 1] : NULL;
  if (last && last->kind == RECORD_ENTRY && !last->ours &&
      (!next || !uuid_equal(&last->uuid, next)))
    h->count--;
}

/* The ranges of a plan say what a number in a file is. */
static tc_status take_plan(struct held_set *h, const void *bytes, size_t len,
                           struct tc_error *err) {
  struct plan *plans = (struct plan *)(uintptr_t)h->house.plans;
  struct record r;
  struct tc_error ignored = {.status = TC_OK};
  if (record_decode(&r, bytes, len, &h->arena, &ignored) != TC_OK)
    return ignored.status == TC_NO_MEMORY ? out_of_memory(err) : TC_OK;
  size_t count = h->house.plan_count;
  if ((count & (count - 1)) == 0) { /* room is doubled; the arena has the old one until the end */
    struct plan *wider = arena_zalloc(&h->arena, count ? count * 2 : 1, sizeof *wider);
    if (!wider)
      return out_of_memory(err);
    if (count)
      memcpy(wider, plans, count * sizeof *wider);
    h->house.plans = plans = wider;
  }
  plans[h->house.plan_count++] = r.plan;
  return TC_OK;
}

static tc_status take_code(struct held_set *h, const struct record_head *head, const void *bytes,
                           size_t len, struct tc_error *err) {
  const struct map_kind *k = map_kind(head->kind);
  if (!k || k->code == SIZE_MAX)
    return TC_OK;
  struct arena arena = ARENA_INIT;
  struct record r;
  struct tc_error ignored = {.status = TC_OK};
  tc_status status = record_decode(&r, bytes, len, &arena, &ignored);
  if (status == TC_OK)
    status = held_add_code(h, head->kind,
                           *(const char *const *)(const void *)((const char *)&r.entry + k->code),
                           &head->uuid, err);
  else if (status != TC_NO_MEMORY)
    status = TC_OK; /* unreadable: it has no code */
  arena_free(&arena);
  return status;
}

/* What is read, and of what. */
struct reading {
  struct held_set *out;
  enum record_kind kind;
  const struct buffer *line; /* of the origin */
};

/* Notes whose an entry is that is not ours. */
static tc_status take_origin(struct held_set *h, const char *bytes, size_t len,
                             struct tc_error *err) {
  static const char line[] = "\nfrom\t";
  const char *at = memmem(bytes, len, line, sizeof line - 1);
  if (!at)
    return TC_OK;
  at += sizeof line - 1;
  const char *end = memchr(at, '\t', len - (size_t)(at - bytes));
  size_t size = end ? (size_t)(end - at) : 0;
  for (size_t i = 0; i < h->origin_count; i++)
    if (strlen(h->origins[i]) == size && memcmp(h->origins[i], at, size) == 0)
      return TC_OK;
  if (!size || h->origin_count == HELD_ORIGINS)
    return TC_OK;
  const char *copy = arena_copy(&h->arena, at, size);
  if (!copy)
    return out_of_memory(err);
  h->origins[h->origin_count++] = copy;
  return TC_OK;
}

static tc_status take(void *context, const void *bytes, size_t len, struct tc_error *err) {
  const struct reading *reading = context;
  struct held_set *h = reading->out;
  enum record_kind kind = reading->kind;
  const struct buffer *line = reading->line;
  struct record_head head;
  struct tc_error ignored = {.status = TC_OK};
  if (record_head(&head, bytes, len, &ignored) != TC_OK)
    return TC_OK;
  tc_status status = take_code(h, &head, bytes, len, err);
  if (status == TC_OK && head.kind == RECORD_PLAN)
    status = take_plan(h, bytes, len, err);
  if (status != TC_OK || head.kind != kind)
    return status;
  forget_foreign(h, &head.uuid);
  bool ours = kind != RECORD_ENTRY || memmem(bytes, len, line->data, line->len) != NULL;
  if (!ours)
    status = take_origin(h, bytes, len, err);
  return status == TC_OK ? keep(h, &head, bytes, len, ours, err) : status;
}

/* What only a source knows: what is named, and what a person deleted. */
static tc_status read_marks(struct held_set *out, struct pg *pg, struct tc_error *err) {
  const void *bytes;
  size_t len;
  tc_status status = pg_query(pg, "SELECT tocsin.named_entries()", NULL, 0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    struct uuid uuid;
    if (!bytes || len != sizeof uuid.b)
      continue;
    memcpy(uuid.b, bytes, sizeof uuid.b);
    struct held *held = held_find(out, &uuid);
    if (held)
      held->named = true;
  }
  if (status == TC_DONE)
    status = pg_query(pg, "SELECT uuid::uuid FROM tocsin.dismissed", NULL, 0, err);
  while (status == TC_OK && (status = pg_next(pg, &bytes, &len, err)) == TC_OK) {
    struct uuid uuid;
    if (!bytes || len != sizeof uuid.b)
      continue;
    memcpy(uuid.b, bytes, sizeof uuid.b);
    status = entry_set_add(&out->dismissed, &uuid, err);
    if (status != TC_OK)
      return status;
  }
  entry_set_sort(&out->dismissed);
  return status == TC_DONE ? TC_OK : status;
}

tc_status held_read(struct held_set *out, struct pg *pg, const char *cache, const char *origin,
                    enum record_kind kind, struct tc_error *err) {
  *out = (struct held_set){0};
  struct tc_error own = {.status = TC_OK};
  struct buffer line = BUFFER_INIT;
  origin_line(&line, origin);
  tc_status status = buffer_status(&line, &own);
  struct reading reading = {out, kind, &line};
  if (status == TC_OK)
    status = each_record(pg, cache, take, &reading, &own);
  forget_foreign(out, NULL);
  if (status == TC_OK && pg)
    status = read_marks(out, pg, &own);
  buffer_free(&line);
  if (status == TC_OK)
    return TC_OK;
  held_free(out);
  return tc_fail_at(err, status, own.file[0] ? own.file : NULL, own.row, own.column, "%s",
                    own.text);
}

void held_free(struct held_set *h) {
  arena_free(&h->arena);
  free(h->items);
  free(h->codes);
  entry_set_free(&h->dismissed);
  *h = (struct held_set){0};
}

static int by_uuid(const void *key, const void *item) {
  return uuid_compare(key, &((const struct held *)item)->uuid);
}

struct held *held_find(struct held_set *h, const struct uuid *uuid) {
  return h->count ? bsearch(uuid, h->items, h->count, sizeof *h->items, by_uuid) : NULL;
}
