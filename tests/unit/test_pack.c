/* What is packed comes back, in whatever pieces; anything less or more does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "sync/pack.h"

enum { LONG = 700 * 1000 };

static tc_status add(void *context, const void *bytes, size_t len, struct tc_error *err) {
  struct buffer *out = context;
  buffer_add(out, bytes, len);
  return buffer_status(out, err);
}

static tc_status refuse(void *context, const void *bytes, size_t len, struct tc_error *err) {
  (void)context;
  (void)bytes;
  (void)len;
  return tc_fail(err, TC_FULL, "full");
}

/* Text that packs, and some that does not. */
static void make(struct buffer *out, size_t len) {
  unsigned seed = 12345;
  for (size_t i = 0; i < len; i++) {
    seed = seed * 1103515245u + 12345u;
    buffer_add_char(out, i % 8192 < 4096 ? (char)('a' + i % 13) : (char)(seed >> 16));
  }
  assert_int_equal(out->len, len);
}

static void pack(const struct buffer *plain, size_t piece, struct buffer *out) {
  struct tc_error err = {.status = TC_OK};
  struct pack *p;
  assert_int_equal(pack_new(&p, add, out, &err), TC_OK);
  for (size_t at = 0; at < plain->len; at += piece) {
    size_t n = plain->len - at < piece ? plain->len - at : piece;
    assert_int_equal(pack_add(p, plain->data + at, n, &err), TC_OK);
  }
  assert_int_equal(pack_end(p, &err), TC_OK);
  pack_free(p);
}

static tc_status unpack(const char *bytes, size_t len, size_t piece, pack_sink *sink,
                        struct buffer *out) {
  struct tc_error err = {.status = TC_OK};
  struct unpack *u;
  assert_int_equal(unpack_new(&u, sink, out, &err), TC_OK);
  tc_status status = TC_OK;
  for (size_t at = 0; at < len && status == TC_OK; at += piece)
    status = unpack_add(u, bytes + at, len - at < piece ? len - at : piece, &err);
  if (status == TC_OK)
    status = unpack_end(u, &err);
  unpack_free(u);
  assert_int_equal(status == TC_OK, err.text[0] == '\0');
  return status;
}

static void comes_back_in_whatever_pieces(void **state) {
  (void)state;
  static const size_t lengths[] = {0, 1, 4095, LONG}, pieces[] = {7, 4096, LONG};
  for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
      struct buffer plain = BUFFER_INIT, packed = BUFFER_INIT, again = BUFFER_INIT;
      make(&plain, lengths[l]);
      pack(&plain, pieces[p], &packed);
      assert_int_equal(unpack(packed.data, packed.len, pieces[2 - p], add, &again), TC_OK);
      assert_int_equal(again.len, plain.len);
      assert_memory_equal(buffer_text(&again), buffer_text(&plain), plain.len);
      buffer_free(&plain);
      buffer_free(&packed);
      buffer_free(&again);
    }
}

static void less_or_more_is_damaged(void **state) {
  (void)state;
  struct buffer plain = BUFFER_INIT, packed = BUFFER_INIT, out = BUFFER_INIT;
  make(&plain, 20000);
  pack(&plain, 1000, &packed);
  for (size_t len = 0; len < packed.len; len += len < 40 ? 1 : 611) {
    buffer_clear(&out);
    assert_int_equal(unpack(packed.data, len, 4096, add, &out), TC_DAMAGED);
  }
  buffer_add_char(&packed, 'x');
  buffer_clear(&out);
  assert_int_equal(unpack(packed.data, packed.len, 4096, add, &out), TC_DAMAGED);
  assert_int_equal(unpack("no frame at all", 15, 4, add, &out), TC_DAMAGED);
  buffer_free(&plain);
  buffer_free(&packed);
  buffer_free(&out);
}

/* A frame that asks for a window of 128 MiB: more than we make, so it is none of ours. */
static void a_frame_may_not_ask_for_much_memory(void **state) {
  (void)state;
  static const char frame[] = "\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00";
  struct buffer out = BUFFER_INIT;
  assert_int_equal(unpack(frame, sizeof frame - 1, 16, add, &out), TC_DAMAGED);
  buffer_free(&out);
}

static void a_sink_that_fails_is_heard(void **state) {
  (void)state;
  struct buffer plain = BUFFER_INIT, packed = BUFFER_INIT;
  make(&plain, LONG);
  pack(&plain, LONG, &packed);
  assert_int_equal(unpack(packed.data, packed.len, LONG, refuse, NULL), TC_FULL);
  buffer_free(&plain);
  buffer_free(&packed);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(comes_back_in_whatever_pieces),
      cmocka_unit_test(less_or_more_is_damaged),
      cmocka_unit_test(a_frame_may_not_ask_for_much_memory),
      cmocka_unit_test(a_sink_that_fails_is_heard),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
