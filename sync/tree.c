#include "sync/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void tree_free(struct tree *t) {
  free(t->items);
  *t = (struct tree){0};
}

static uint32_t place_of(const struct uuid *uuid) {
  uint8_t hash[HASH_SHA256];
  hash_sha256(uuid->b, sizeof uuid->b, hash);
  return (uint32_t)hash[0] << 16 | (uint32_t)hash[1] << 8 | hash[2];
}

static struct tree_item *new_item(struct tree *t, struct tc_error *err) {
  if (t->count == t->cap) {
    size_t cap = t->cap ? t->cap * 2 : 256;
    struct tree_item *wider = realloc(t->items, cap * sizeof *wider);
    if (!wider) {
      tc_fail(err, TC_NO_MEMORY, _("out of memory"));
      return NULL;
    }
    t->items = wider;
    t->cap = cap;
  }
  return &t->items[t->count++];
}

tc_status tree_add(struct tree *t, const struct record_head *head, const void *bytes, size_t len,
                   struct tc_error *err) {
  uint8_t hash[HASH_SHA256];
  struct tree_item *item = new_item(t, err);
  if (!item)
    return TC_NO_MEMORY;
  hash_sha256(bytes, len, hash);
  for (size_t i = 0; i < DIGEST_BYTES; i++)
    t->digest.b[i] ^= hash[i];
  *item = (struct tree_item){.place = place_of(&head->uuid),
                             .uuid = head->uuid,
                             .audience = (uint8_t)head->audience,
                             .entry = head->kind == RECORD_ENTRY};
  memcpy(item->hash, hash, sizeof item->hash);
  return TC_OK;
}

tc_status tree_add_leaf(struct tree *t, const void *bytes, size_t len, struct tc_error *err) {
  const uint8_t *at = bytes;
  if (len % TREE_LEAF_ITEM != 0)
    return tc_fail(err, TC_DAMAGED, _("the source's answer cannot be read"));
  for (; len; len -= TREE_LEAF_ITEM, at += TREE_LEAF_ITEM) {
    struct tree_item *item = new_item(t, err);
    if (!item)
      return TC_NO_MEMORY;
    *item = (struct tree_item){.audience = at[sizeof item->uuid.b]};
    memcpy(item->uuid.b, at, sizeof item->uuid.b);
    memcpy(item->hash, at + sizeof item->uuid.b + 1, sizeof item->hash);
    item->place = place_of(&item->uuid);
  }
  return TC_OK;
}

int tree_compare(const struct tree_item *a, const struct tree_item *b) {
  if (a->place != b->place)
    return a->place < b->place ? -1 : 1;
  int order = uuid_compare(&a->uuid, &b->uuid);
  return order ? order : (int)a->audience - (int)b->audience;
}

static int by_place(const void *a, const void *b) {
  return tree_compare(a, b);
}

void tree_sort(struct tree *t) {
  if (t->count)
    qsort(t->items, t->count, sizeof *t->items, by_place);
}

int tree_depth(int64_t records) {
  int depth = 0;
  while (depth < TREE_DEPTH_MAX && records >> (TREE_STEP * depth) > 32)
    depth++;
  return depth;
}

/* The first item at or behind a place. */
static size_t lower_bound(const struct tree *t, uint32_t place) {
  size_t low = 0, high = t->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (t->items[middle].place < place)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void tree_range(const struct tree *t, int depth, uint32_t node, size_t *first, size_t *end) {
  int below = TREE_BITS - TREE_STEP * depth;
  *first = lower_bound(t, node << below);
  *end = lower_bound(t, (node + 1) << below);
}

void tree_sums(const struct tree *t, int depth, uint32_t node, uint8_t out[TREE_FAN][TREE_SUM]) {
  size_t first, end;
  int below = TREE_BITS - TREE_STEP * (depth + 1);
  memset(out, 0, (size_t)TREE_FAN * TREE_SUM);
  tree_range(t, depth, node, &first, &end);
  for (size_t i = first; i < end; i++) {
    uint8_t *sum = out[(t->items[i].place >> below) & (TREE_FAN - 1)];
    for (size_t k = 0; k < TREE_SUM; k++)
      sum[k] ^= t->items[i].hash[k];
  }
}

const struct tree_item *tree_find(const struct tree *t, const struct uuid *uuid, enum audience a) {
  struct tree_item key = {.place = place_of(uuid), .uuid = *uuid, .audience = (uint8_t)a};
  return t->count ? bsearch(&key, t->items, t->count, sizeof *t->items, by_place) : NULL;
}
