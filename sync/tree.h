/* The digest tree over the parts of a directory: what a cache compares with its source by, when the
 * two do not agree.  Pure: no I/O.  The source's side is sync/sql/0006_tree.sql.
 *
 * A part's place is the first 24 bits of the SHA-256 of its UUID.  A node of depth d is the first
 * 6 * d bits of a place; it has 64 children; its sum is the first 8 bytes of the XOR of the hashes
 * (first 16 bytes of SHA-256) of the records below it. */
#ifndef TC_SYNC_TREE_H
#define TC_SYNC_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/status.h"
#include "base/uuid.h"
#include "core/record.h"

enum {
  TREE_BITS = 24,
  TREE_STEP = 6,
  TREE_FAN = 1 << TREE_STEP,
  TREE_SUM = 8,                /* bytes of a sum, and of a hash in a leaf */
  TREE_LEAF_ITEM = 16 + 1 + 8, /* bytes of one part in a leaf: UUID, audience, hash */
  TREE_DEPTH_MAX = TREE_BITS / TREE_STEP
};

struct tree_item {
  uint32_t place;
  struct uuid uuid;
  uint8_t audience;
  bool entry; /* a part of an entry; of a source's item: not known */
  uint8_t hash[TREE_SUM];
};

struct tree {
  struct tree_item *items;
  size_t count, cap;
  struct digest digest; /* of all records added */
};

void tree_free(struct tree *t); /* leaves it ready to be used again */

/* Adds a record; its header is known. */
TC_MUST_CHECK tc_status tree_add(struct tree *t, const struct record_head *head, const void *bytes,
                                 size_t len, struct tc_error *err);
/* Adds the parts of a leaf as the source sends them.  TC_DAMAGED: it is none. */
TC_MUST_CHECK tc_status tree_add_leaf(struct tree *t, const void *bytes, size_t len,
                                      struct tc_error *err);
/* Puts the items in the order of (place, UUID, audience); to be called before what follows. */
void tree_sort(struct tree *t);

/* How deep to compare a directory of so many records, so that a leaf holds about 32 at most. */
int tree_depth(int64_t records);

/* The items below a node: [*first, *end). */
void tree_range(const struct tree *t, int depth, uint32_t node, size_t *first, size_t *end);

/* The sums of a node's children. */
void tree_sums(const struct tree *t, int depth, uint32_t node, uint8_t out[TREE_FAN][TREE_SUM]);

/* Negative, 0, positive, as qsort() wants it: by place, UUID, audience. */
int tree_compare(const struct tree_item *a, const struct tree_item *b);
/* Is this part one of them? */
const struct tree_item *tree_find(const struct tree *t, const struct uuid *uuid, enum audience a);

#endif
