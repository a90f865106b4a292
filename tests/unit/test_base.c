/* The ground: errors, buffers, arena, UUIDs, digests. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/crc.h"
#include "base/hash.h"
#include "base/status.h"
#include "base/uuid.h"

static void the_first_message_stays(void **state) {
  (void)state;
  struct tc_error err = {.status = TC_OK};
  char line[256];
  assert_int_equal(tc_fail_at(&err, TC_INVALID, "a.csv", 3, 7, "no %s", "number"), TC_INVALID);
  assert_int_equal(tc_fail(&err, TC_IO, "later"), TC_IO);
  assert_string_equal(tc_error_line(&err, line, sizeof line), "a.csv:3:7: no number");
  tc_error_clear(&err);
  assert_int_equal(tc_fail(&err, TC_IO, "later"), TC_IO);
  assert_string_equal(tc_error_line(&err, line, sizeof line), "later");
}

static void a_failed_call_says_what_the_system_said(void **state) {
  (void)state;
  static const struct {
    int errnum;
    tc_status status;
  } cases[] = {{ENOSPC, TC_FULL},  {EDQUOT, TC_FULL},     {EACCES, TC_DENIED},
               {EROFS, TC_DENIED}, {ENOENT, TC_NO_INPUT}, {ENOMEM, TC_NO_MEMORY},
               {EIO, TC_IO}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct tc_error err = {.status = TC_OK};
    assert_int_equal(tc_fail_errno(&err, cases[i].errnum, "x"), cases[i].status);
    assert_non_null(strstr(err.text, strerror(cases[i].errnum)));
  }
}

static void every_status_has_the_exit_code_of_sysexits(void **state) {
  (void)state;
  assert_int_equal(tc_exit_code(TC_OK), 0);
  assert_int_equal(tc_exit_code(TC_NOT_FOUND), 1);
  for (int s = 0; s < TC_STATUS_COUNT; s++)
    if (s != TC_OK && s != TC_DONE && s != TC_NOT_FOUND)
      assert_in_range(tc_exit_code((tc_status)s), EX__BASE, EX__MAX);
  assert_int_equal(tc_exit_code((tc_status)99), EX_SOFTWARE);
}

static void a_buffer_over_its_limit_stays_refused(void **state) {
  (void)state;
  struct buffer b = {.limit = 8};
  buffer_add_text(&b, "12345678");
  assert_int_equal(buffer_status(&b, NULL), TC_OK);
  buffer_add_char(&b, '9');
  buffer_add_text(&b, "");
  assert_int_equal(buffer_status(&b, NULL), TC_TOO_LONG);
  assert_string_equal(buffer_text(&b), "12345678");
  buffer_clear(&b);
  buffer_printf(&b, "%s-%d", "abc", 12);
  assert_int_equal(buffer_status(&b, NULL), TC_OK);
  assert_string_equal(buffer_text(&b), "abc-12");
  buffer_printf(&b, "%s", "too long");
  assert_int_equal(buffer_status(&b, NULL), TC_TOO_LONG);
  buffer_free(&b);
  buffer_free(NULL);
}

static void an_arena_gives_aligned_memory_and_takes_it_back(void **state) {
  (void)state;
  struct arena a = ARENA_INIT;
  char *small = arena_alloc(&a, 3), *next = arena_alloc(&a, 1);
  assert_true((uintptr_t)small % _Alignof(max_align_t) == 0);
  assert_true((uintptr_t)next % _Alignof(max_align_t) == 0);
  char *large = arena_zalloc(&a, 1000, 1000);
  assert_non_null(large);
  assert_int_equal(large[999999], 0);
  assert_string_equal(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
  assert_string_equal(arena_copy(&a, "abcdef", 3), "abc");
  assert_false(arena_failed(&a));
  assert_null(arena_zalloc(&a, SIZE_MAX / 2, 3));
  assert_true(arena_failed(&a));
  arena_reset(&a);
  assert_false(arena_failed(&a));
  arena_free(&a);
  arena_free(NULL);
}

static void uuids_are_read_in_both_forms_and_no_other(void **state) {
  (void)state;
  static const char text[] = "00112233-4455-6677-8899-aabbccddeeff";
  static const char *const wrong[] = {
      "", "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-aabbccddeefff",
      "0011223344556677-8899-aabbccddeeff--", "0011223g-4455-6677-8899-aabbccddeeff"};
  struct uuid u, v;
  char back[UUID_TEXT], brief[UUID_SHORT];
  assert_true(uuid_parse(&u, text, strlen(text)));
  uuid_format(&u, back);
  assert_string_equal(back, text);
  assert_true(uuid_parse(&v, "00112233-4455-6677-8899-AABBCCDDEEFF", 36));
  assert_true(uuid_equal(&u, &v));
  /* printf '\x00\x11...\xff' | basenc --base64url */
  uuid_format_short(&u, brief);
  assert_string_equal(brief, "ABEiM0RVZneImaq7zN3u_w");
  assert_true(uuid_parse_short(&v, brief, 22));
  assert_true(uuid_equal(&u, &v));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_false(uuid_parse(&v, wrong[i], strlen(wrong[i])));
  assert_false(uuid_parse_short(&v, "ABEiM0RVZneImaq7zN3u_x", 22)); /* bits left over */
  assert_false(uuid_parse_short(&v, "ABEiM0RVZneImaq7zN3u+w", 22));
  assert_false(uuid_parse_short(&v, "ABEiM0RVZneImaq7zN3u_", 21));
}

static void a_name_gives_the_uuid_of_the_standard(void **state) {
  (void)state;
  /* RFC 9562, appendix A.4: the DNS name space and www.example.com. */
  struct uuid dns, got;
  char text[UUID_TEXT];
  assert_true(uuid_parse(&dns, "6ba7b810-9dad-11d1-80b4-00c04fd430c8", 36));
  got = uuid_from_name(&dns, "www.example.com", 15);
  uuid_format(&got, text);
  assert_string_equal(text, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  /* "aaa..." of lengths around the blocks of the hash, by Python's uuid.uuid5(). */
  static const struct {
    size_t len;
    const char *uuid;
  } names[] = {
      {0, "4ebd0208-8328-5d69-8c44-ec50939c0967"},    {38, "fa465dc7-82d5-5c3b-a5bb-9b8f3132a2b7"},
      {39, "5824f981-4282-59d4-9716-acb6d741350e"},   {40, "39f39c20-db47-5131-8879-62f8f67f9014"},
      {47, "660c273c-8a00-5941-b6f4-8d0afed88966"},   {48, "7280cc42-274a-5c4a-91fc-ae23f853eeb7"},
      {49, "69349718-028b-5ff0-a00f-c024ded6e6ee"},   {103, "1cf1b329-74b7-50b0-a819-28e28c61c775"},
      {104, "31477a3f-211d-5651-b3ce-be7c82999e70"},  {112, "ab683ad5-4de4-5faf-bf37-0788e34176da"},
      {1000, "062a6b1a-ddc3-5fcc-b238-790846e533d6"},
  };
  char name[1000];
  memset(name, 'a', sizeof name);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    got = uuid_from_name(&dns, name, names[i].len);
    uuid_format(&got, text);
    assert_string_equal(text, names[i].uuid);
  }
}

static void random_uuids_are_version_4_and_differ(void **state) {
  (void)state;
  struct uuid a, b;
  assert_int_equal(uuid_random(&a, NULL), TC_OK);
  assert_int_equal(uuid_random(&b, NULL), TC_OK);
  assert_int_equal(a.b[6] >> 4, 4);
  assert_int_equal(a.b[8] >> 6, 2);
  assert_false(uuid_equal(&a, &b));
}

static void a_digest_does_not_depend_on_the_order_and_can_be_undone(void **state) {
  (void)state;
  struct digest d = {{0}}, e = {{0}}, none = {{0}};
  uint8_t sum[HASH_SHA256];
  hash_sha256("abc", 3, sum); /* FIPS 180-4, the example of one block */
  assert_int_equal(sum[0], 0xba);
  assert_int_equal(sum[31], 0xad);
  digest_toggle(&d, "a", 1);
  digest_toggle(&d, "b", 1);
  digest_toggle(&e, "b", 1);
  digest_toggle(&e, "a", 1);
  assert_memory_equal(d.b, e.b, sizeof d.b);
  digest_toggle(&d, "a", 1);
  assert_memory_not_equal(d.b, none.b, sizeof d.b);
  digest_toggle(&d, "b", 1);
  assert_memory_equal(d.b, none.b, sizeof d.b);
}

static void a_checksum_is_that_of_its_catalogue(void **state) {
  (void)state;
  assert_true(crc64("123456789", 9) == UINT64_C(0x995DC9BBDF1939FA)); /* CRC-64/XZ, its "check" */
  assert_true(crc64("", 0) == 0);
  assert_true(crc64("torn", 4) != crc64("tor", 3));
}

/* Since then: by the clock that counts the machine's sleep and is never set, or by the one that is
 * set, whichever says more. */
static void how_long_ago_counts_sleep_and_forgets_a_clock_set_back(void **state) {
  (void)state;
  struct timespec boot;
  struct clock clock = {.offset = 0};
  struct clock_mark mark = clock_mark(&clock);
  assert_int_equal(clock_gettime(CLOCK_BOOTTIME, &boot), 0);
  assert_true(boot.tv_sec - mark.lived < 60);
  assert_true(clock_since(&clock, &mark) < 60);
  clock.offset = -3600;
  assert_true(clock_since(&clock, &mark) < 60);
  mark.lived -= 1000;
  assert_in_range(clock_since(&clock, &mark), 1000, 1060);
  clock.offset = 7200;
  assert_in_range(clock_since(&clock, &mark), 7200, 7260);
  clock = (struct clock){.stopped = true, .at = 5000};
  mark = clock_mark(&clock);
  clock.at = 5090;
  assert_int_equal(clock_since(&clock, &mark), 90);
  clock.at = 4000;
  assert_int_equal(clock_since(&clock, &mark), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(how_long_ago_counts_sleep_and_forgets_a_clock_set_back),
      cmocka_unit_test(the_first_message_stays),
      cmocka_unit_test(a_failed_call_says_what_the_system_said),
      cmocka_unit_test(every_status_has_the_exit_code_of_sysexits),
      cmocka_unit_test(a_buffer_over_its_limit_stays_refused),
      cmocka_unit_test(an_arena_gives_aligned_memory_and_takes_it_back),
      cmocka_unit_test(uuids_are_read_in_both_forms_and_no_other),
      cmocka_unit_test(a_name_gives_the_uuid_of_the_standard),
      cmocka_unit_test(random_uuids_are_version_4_and_differ),
      cmocka_unit_test(a_digest_does_not_depend_on_the_order_and_can_be_undone),
      cmocka_unit_test(a_checksum_is_that_of_its_catalogue),
  };
  return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
