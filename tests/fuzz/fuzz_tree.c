/* Leaves of a digest tree as a hostile source sends them, beside what is here: whatever they hold,
 * they sort, each part is found, a range is inside, and a node's sums add up. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sync/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of a node: its parts lie together, and the XOR of its children's sums is that of their hashes. */
static void check_node(const struct tree *t, int depth, uint32_t node) {
  uint8_t sums[TREE_FAN][TREE_SUM], all[TREE_SUM] = {0};
  size_t first, end;
  tree_range(t, depth, node, &first, &end);
  if (first > end || end > t->count)
    abort();
  if (depth == TREE_DEPTH_MAX)
    return;
  tree_sums(t, depth, node, sums);
  for (size_t i = first; i < end; i++) {
    if (t->items[i].place >> (TREE_BITS - TREE_STEP * depth) != node)
      abort();
    for (size_t k = 0; k < TREE_SUM; k++)
      all[k] ^= t->items[i].hash[k];
  }
  for (size_t c = 0; c < TREE_FAN; c++)
    for (size_t k = 0; k < TREE_SUM; k++)
      all[k] ^= sums[c][k];
  for (size_t k = 0; k < TREE_SUM; k++)
    if (all[k])
      abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct tree t = {0};
  size_t whole = size - size % TREE_LEAF_ITEM, half = whole / 2 - whole / 2 % TREE_LEAF_ITEM;
  if (whole != size && tree_add_leaf(&t, data, size, NULL) != TC_DAMAGED)
    abort();
  if (tree_add_leaf(&t, data, half, NULL) != TC_OK ||
      tree_add_leaf(&t, data + half, whole - half, NULL) != TC_OK ||
      t.count != whole / TREE_LEAF_ITEM)
    abort();
  tree_sort(&t);
  for (size_t i = 0; i < t.count; i++) {
    const struct tree_item *found =
        tree_find(&t, &t.items[i].uuid, (enum audience)t.items[i].audience);
    if (!found || tree_compare(found, &t.items[i]) != 0 ||
        (i && tree_compare(&t.items[i - 1], &t.items[i]) > 0))
      abort();
    for (int depth = 0; depth <= TREE_DEPTH_MAX && i < 64; depth++)
      check_node(&t, depth, t.items[i].place >> (TREE_BITS - TREE_STEP * depth));
  }
  tree_free(&t);
  return 0;
}
