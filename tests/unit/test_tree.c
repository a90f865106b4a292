/* The digest tree: places and sums against published hashes, ranges, what a leaf is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sync/tree.h"

/* first three bytes of sha256 of 16 bytes n, 0, 0 ...: by sha256sum(1) */
static const struct {
  uint8_t first;
  uint32_t place;
} known[] = {{0x00, 0x374708}, {0x01, 0x4cbbd8}, {0x02, 0xb1535c}};

static struct record_head head_of(uint8_t first, enum audience a, enum record_kind kind) {
  struct record_head h = {.version = RECORD_VERSION, .kind = kind, .audience = a};
  h.uuid.b[0] = first;
  return h;
}

static void add(struct tree *t, uint8_t first, enum audience a, const char *bytes) {
  struct record_head h = head_of(first, a, RECORD_ENTRY);
  assert_int_equal(tree_add(t, &h, bytes, strlen(bytes), NULL), TC_OK);
}

static void a_place_is_24_bits_of_the_hash_of_the_uuid(void **state) {
  (void)state;
  struct tree t = {0};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    add(&t, known[i].first, AUDIENCE_PUBLIC, "x");
    assert_int_equal(t.items[i].place, known[i].place);
  }
  tree_free(&t);
}

static void a_sum_is_the_start_of_the_hash_under_the_right_child(void **state) {
  (void)state;
  static const uint8_t abc[TREE_SUM] = {0xba, 0x78, 0x16, 0xbf,
                                        0x8f, 0x01, 0xcf, 0xea}; /* FIPS 180-4 */
  uint8_t sums[TREE_FAN][TREE_SUM], zero[TREE_SUM] = {0};
  struct tree t = {0};
  add(&t, 0, AUDIENCE_PUBLIC, "abc");
  tree_sort(&t);
  tree_sums(&t, 0, 0, sums);
  uint32_t child = known[0].place >> 18;
  for (uint32_t c = 0; c < TREE_FAN; c++)
    assert_memory_equal(sums[c], c == child ? abc : zero, TREE_SUM);
  tree_sums(&t, 3, known[0].place >> 6, sums);
  assert_memory_equal(sums[known[0].place & 63], abc, TREE_SUM);
  tree_sums(&t, 1, child ^ 1, sums);
  for (uint32_t c = 0; c < TREE_FAN; c++)
    assert_memory_equal(sums[c], zero, TREE_SUM);
  tree_free(&t);
}

static void two_parts_of_one_object_cancel_only_themselves(void **state) {
  (void)state;
  uint8_t one[TREE_FAN][TREE_SUM], two[TREE_FAN][TREE_SUM];
  struct tree a = {0}, b = {0};
  add(&a, 7, AUDIENCE_PUBLIC, "p");
  add(&b, 7, AUDIENCE_PUBLIC, "p");
  add(&b, 7, AUDIENCE_CLINICAL, "c");
  tree_sort(&a);
  tree_sort(&b);
  tree_sums(&a, 0, 0, one);
  tree_sums(&b, 0, 0, two);
  assert_memory_not_equal(one, two, sizeof one);
  assert_non_null(tree_find(&b, &b.items[0].uuid, AUDIENCE_CLINICAL));
  assert_null(tree_find(&a, &a.items[0].uuid, AUDIENCE_CLINICAL));
  tree_free(&a);
  tree_free(&b);
}

static void every_item_is_in_exactly_one_node_of_each_depth(void **state) {
  (void)state;
  struct tree t = {0};
  for (int i = 0; i < 256; i++)
    add(&t, (uint8_t)i, AUDIENCE_PUBLIC, "x");
  tree_sort(&t);
  for (int depth = 0; depth <= 2; depth++) {
    size_t seen = 0;
    for (uint32_t node = 0; node < UINT32_C(1) << (TREE_STEP * depth); node++) {
      size_t first, end;
      tree_range(&t, depth, node, &first, &end);
      assert_int_equal(first, seen);
      seen = end;
    }
    assert_int_equal(seen, 256);
  }
  tree_free(&t);
}

static void a_leaf_holds_about_32_at_most(void **state) {
  (void)state;
  static const struct {
    int64_t records;
    int depth;
  } cases[] = {{0, 0},      {32, 0},     {33, 1},      {2048, 1},    {2112, 2},
               {100000, 2}, {140000, 3}, {1000000, 3}, {9000000, 4}, {INT64_MAX, 4}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(tree_depth(cases[i].records), cases[i].depth);
}

static void what_is_no_leaf_is_refused(void **state) {
  (void)state;
  struct tree t = {0};
  struct tc_error err = {.status = TC_OK};
  uint8_t bytes[51] = {0};
  assert_int_equal(tree_add_leaf(&t, bytes, 50, NULL), TC_OK);
  assert_int_equal(t.count, 2);
  assert_int_equal(tree_add_leaf(&t, bytes, 51, &err), TC_DAMAGED);
  assert_int_equal(tree_add_leaf(&t, bytes, 0, NULL), TC_OK);
  tree_free(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_place_is_24_bits_of_the_hash_of_the_uuid),
      cmocka_unit_test(a_sum_is_the_start_of_the_hash_under_the_right_child),
      cmocka_unit_test(two_parts_of_one_object_cancel_only_themselves),
      cmocka_unit_test(every_item_is_in_exactly_one_node_of_each_depth),
      cmocka_unit_test(a_leaf_holds_about_32_at_most),
      cmocka_unit_test(what_is_no_leaf_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
