/* What a pull is decided by: the table, the cursor, the header, the state file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/state.h"
#include "sync/entry_set.h"
#include "sync/pull_state.h"

#define PUBLIC (1u << AUDIENCE_PUBLIC)
#define DESK (1u << AUDIENCE_SWITCHBOARD)

/* A cache at revision 100 whose chain at revision n is n in every byte, known from 91 on. */
static struct pull_cursor cursor_at_100(void) {
  struct pull_cursor c = {.known = true, .revision = 100, .scope = PUBLIC};
  c.generation.b[0] = 1;
  memset(c.chain, 100, sizeof c.chain);
  for (uint8_t n = 91; n <= 100; n++) {
    uint8_t chain[CHAIN_SHORT];
    memset(chain, n, sizeof chain);
    cursor_add_history(&c, chain, 1);
  }
  return c;
}

/* A source at a revision, on the same history; it knows the chain at 100 when it has passed it. */
static struct pull_header source_at(int64_t revision) {
  struct pull_header h = {.oldest_client = 1, .revision = revision, .scope = PUBLIC};
  h.generation.b[0] = 1;
  h.send = revision > 100 ? SEND_DELTA : SEND_NONE;
  memset(h.chain, (int)revision, sizeof h.chain);
  h.has_chain_at = revision >= 100;
  memset(h.chain_at, 100, sizeof h.chain_at);
  return h;
}

static void assert_decides(const struct pull_cursor *mine, const struct pull_header *head,
                           enum pull_action action, const char *word) {
  const struct pull_rule *rule = pull_decide(mine, head);
  assert_string_equal(rule->word, word);
  assert_int_equal(rule->action, action);
  assert_true(rule->reason[0]);
}

static void the_same_revision_is_nothing_new(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  struct pull_header head = source_at(100);
  assert_decides(&mine, &head, PULL_SAME, "same");
}

static void a_source_ahead_on_my_history_sends_a_delta(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  struct pull_header head = source_at(101);
  assert_decides(&mine, &head, PULL_DELTA, "delta");
  head.send = SEND_NONE;
  assert_decides(&mine, &head, PULL_ALL, "much");
}

static void a_source_behind_on_my_history_is_left_alone(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  for (int64_t at = 91; at < 100; at++) {
    struct pull_header head = source_at(at);
    assert_decides(&mine, &head, PULL_KEEP, "behind");
  }
}

static void a_source_too_far_behind_to_tell_is_left_alone(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  struct pull_header head = source_at(90);
  memset(head.chain, 7, sizeof head.chain);
  for (head.copy = -1; head.copy <= 1; head.copy += 2) {
    assert_decides(&mine, &head, PULL_KEEP, "behind");
    assert_int_equal(pull_decide(&mine, &head)->status, TC_BUSY);
  }
  head.copy = 0; /* of no other server: it does not lag */
  assert_decides(&mine, &head, PULL_REPAIR, "restored");
}

static void a_restored_source_is_seen_wherever_it_has_come_to(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  for (int64_t at = 91; at <= 110; at++) {
    struct pull_header head = source_at(at);
    if (at <= 100)
      head.chain[0] ^= 1; /* its own history, at my revision or before */
    head.chain_at[0] ^= 1;
    assert_decides(&mine, &head, PULL_REPAIR, "restored");
  }
}

static void another_generation_is_another_source(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  for (int64_t at = 1; at <= 200; at += 33) {
    struct pull_header head = source_at(at);
    head.generation.b[15] = 9;
    assert_decides(&mine, &head, PULL_REPAIR, "restored");
  }
}

static void a_cursor_below_the_floor_is_repaired(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  struct pull_header head = source_at(120);
  head.send = SEND_NONE;
  head.floor = 101;
  assert_decides(&mine, &head, PULL_REPAIR, "old-cursor");
  head.has_chain_at = false;
  assert_decides(&mine, &head, PULL_REPAIR, "old-cursor");
  head = source_at(120);
  head.floor = 100;
  assert_decides(&mine, &head, PULL_DELTA, "delta");
}

static void other_grants_are_repaired_to_but_never_go_back(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100();
  struct pull_header head = source_at(100);
  head.scope = PUBLIC | DESK;
  assert_decides(&mine, &head, PULL_REPAIR, "grants");
  head = source_at(99);
  head.scope = PUBLIC | DESK;
  assert_decides(&mine, &head, PULL_KEEP, "behind");
}

static void no_grant_at_all_is_a_fault_and_keeps(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100(), none = {.known = false};
  struct pull_header head = source_at(101);
  head.scope = 0;
  assert_decides(&mine, &head, PULL_KEEP, "no-grant");
  assert_decides(&none, &head, PULL_KEEP, "no-grant");
  assert_ptr_equal(pull_decide(&none, &head), pull_rule_no_grant());
  assert_int_equal(pull_rule_no_grant()->status, TC_DENIED);
}

static void a_program_too_old_keeps_whatever_else_is(void **state) {
  (void)state;
  struct pull_cursor mine = cursor_at_100(), none = {.known = false};
  struct pull_header head = source_at(101);
  head.oldest_client = PULL_PROTOCOL + 1;
  assert_decides(&mine, &head, PULL_KEEP, "old");
  head.generation.b[3] = 3;
  assert_decides(&mine, &head, PULL_KEEP, "old");
  assert_decides(&none, &head, PULL_KEEP, "old");
}

static void no_cache_loads_everything(void **state) {
  (void)state;
  struct pull_cursor none = {.known = false};
  struct pull_header head = source_at(5);
  assert_decides(&none, &head, PULL_ALL, "first");
}

static void every_state_has_a_row(void **state) {
  (void)state;
  for (unsigned bits = 0; bits < 1u << 9; bits++) {
    struct pull_cursor mine = cursor_at_100();
    struct pull_header head = source_at(bits & 1 ? 95 : bits & 2 ? 100 : 110);
    mine.known = bits & 4;
    head.generation.b[0] = bits & 8 ? 1 : 2;
    head.scope = bits & 16 ? PUBLIC : DESK;
    head.send = bits & 32 ? SEND_DELTA : SEND_NONE;
    head.oldest_client = bits & 64 ? 1 : 2;
    head.chain[0] ^= bits & 128 ? 1 : 0;
    head.has_chain_at = bits & 256;
    assert_string_not_equal(pull_decide(&mine, &head)->word, "bug");
  }
}

static void only_much_of_much_is_mad(void **state) {
  (void)state;
  static const struct {
    int64_t removed, held;
    bool mad;
  } cases[] = {{0, 0, false},     {50, 50, false},      {51, 51, true},
               {51, 255, false},  {52, 255, true},      {200, 1000, false},
               {201, 1000, true}, {22469, 22481, true}, {12, 22481, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(pull_is_mad(cases[i].removed, cases[i].held), cases[i].mad);
}

static void a_cursor_comes_back_as_it_was_written(void **state) {
  (void)state;
  for (size_t revisions = 0; revisions <= 600; revisions += 150) {
    struct pull_cursor c = {.known = true, .revision = 600, .scope = PUBLIC | DESK}, back;
    struct buffer text = BUFFER_INIT;
    c.generation.b[7] = 200;
    for (size_t i = 0; i < revisions; i++) {
      uint8_t chain[CHAIN_SHORT] = {(uint8_t)(i >> 8), (uint8_t)i};
      cursor_add_history(&c, chain, 1);
    }
    assert_int_equal(c.history_count, revisions < PULL_HISTORY ? revisions : PULL_HISTORY);
    cursor_write(&c, &text);
    assert_int_equal(cursor_read(&back, text.data, text.len, NULL), TC_OK);
    assert_int_equal(back.history_count, c.history_count);
    if (revisions) {
      const uint8_t last[2] = {(uint8_t)((revisions - 1) >> 8), (uint8_t)(revisions - 1)};
      assert_memory_equal(back.history[back.history_count - 1], last, 2);
    }
    assert_int_equal(back.scope, c.scope);
    assert_int_equal(back.revision, 600);
    assert_true(uuid_equal(&back.generation, &c.generation));
    buffer_free(&text);
  }
}

static void a_long_history_added_at_once_keeps_its_end(void **state) {
  (void)state;
  static uint8_t chains[400][CHAIN_SHORT];
  struct pull_cursor c = cursor_at_100();
  for (int i = 0; i < 400; i++)
    chains[i][0] = (uint8_t)(i / 2);
  cursor_add_history(&c, chains[0], 400);
  assert_int_equal(c.history_count, PULL_HISTORY);
  assert_int_equal(c.history[PULL_HISTORY - 1][0], 199);
  assert_int_equal(c.history[0][0], (400 - PULL_HISTORY) / 2);
}

static void what_is_no_cursor_is_not_taken_for_one(void **state) {
  (void)state;
  static const char *const bad[] = {
      "x",
      "tocsin-cursor1",
      "tocsin-cursor2 00000000-0000-0000-0000-000000000001 1 00112233445566778899aabbccddeeff "
      "public ",
      "tocsin-cursor1 00000000-0000-0000-0000-00000000000 1 00112233445566778899aabbccddeeff "
      "public ",
      "tocsin-cursor1 00000000-0000-0000-0000-000000000001 -1 00112233445566778899aabbccddeeff "
      "public ",
      "tocsin-cursor1 00000000-0000-0000-0000-000000000001 1 00112233445566778899AABBCCDDEEFF "
      "public ",
      "tocsin-cursor1 00000000-0000-0000-0000-000000000001 1 0011223344556677 public ",
      "tocsin-cursor1 00000000-0000-0000-0000-000000000001 1 00112233445566778899aabbccddeeff "
      "secret ",
      "tocsin-cursor1 00000000-0000-0000-0000-000000000001 1 00112233445566778899aabbccddeeff "
      "public 0",
      "tocsin-cursor1 00000000-0000-0000-0000-000000000001 1 00112233445566778899aabbccddeeff "
      "public zz00000000000000",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct pull_cursor c;
    struct tc_error err = {.status = TC_OK};
    assert_int_equal(cursor_read(&c, bad[i], strlen(bad[i]), &err), TC_DAMAGED);
    assert_false(c.known);
    assert_true(err.text[0]);
  }
  struct pull_cursor c;
  assert_int_equal(cursor_read(&c, "", 0, NULL), TC_OK);
  assert_false(c.known);
}

#define GENERATION "generation=00000000-0000-0000-0000-000000000001 "
#define CHAIN "chain=00112233445566778899aabbccddeeff "

static void a_header_is_read_and_what_it_says_more_is_left_out(void **state) {
  (void)state;
  static const char text[] =
      "protocol=1 oldest=1 " GENERATION "revision=42 " CHAIN
      "at=1795680840 now=1795680900 floor=3 approved=7 "
      "chain_at=ffeeddccbbaa99887766554433221100 scope=public,switchboard records=12 "
      "digest=000102030405060708090a0b0c0d0e0f send=delta changes=2 colour=blue";
  struct pull_header h;
  assert_int_equal(header_read(&h, text, sizeof text - 1, NULL), TC_OK);
  assert_int_equal(h.revision, 42);
  assert_int_equal(h.at, 1795680840);
  assert_int_equal(h.now, 1795680900);
  assert_int_equal(h.floor, 3);
  assert_int_equal(h.approved, 7);
  assert_int_equal(h.records, 12);
  assert_int_equal(h.scope, PUBLIC | DESK);
  assert_int_equal(h.send, SEND_DELTA);
  assert_true(h.has_chain_at);
  assert_int_equal(h.chain_at[0], 0xff);
  assert_int_equal(h.digest.b[15], 15);
}

static void what_is_no_header_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",
      "revision=42",
      GENERATION,
      "hello",
      GENERATION "revision=",
      GENERATION "revision=9999999999999999999",
      GENERATION "revision=42 chain=xx",
      GENERATION "revision=42 scope=public,,clinical",
      GENERATION "revision=42 scope=everything",
      GENERATION "revision=42 send=maybe",
      "generation=00000000-0000-0000-0000-000000000000 revision=42",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct pull_header h;
    assert_int_equal(header_read(&h, bad[i], strlen(bad[i]), NULL), TC_DAMAGED);
  }
}

static void a_set_counts_what_was_not_seen(void **state) {
  (void)state;
  struct entry_set s = {.count = 0};
  for (int i = 0; i < 1000; i++) {
    struct uuid u = {{0}};
    u.b[0] = (uint8_t)(i * 7 % 250);
    assert_int_equal(entry_set_add(&s, &u, NULL), TC_OK);
  }
  entry_set_sort(&s);
  assert_int_equal(s.count, 250);
  for (int i = 0; i < 200; i++) {
    struct uuid u = {{0}};
    u.b[0] = (uint8_t)i;
    entry_set_see(&s, &u);
    entry_set_see(&s, &u);
  }
  struct uuid stranger = {{0}};
  stranger.b[9] = 1;
  entry_set_see(&s, &stranger);
  assert_int_equal(entry_set_unseen(&s), 50);
  entry_set_free(&s);
  entry_set_see(&s, &stranger);
  assert_int_equal(entry_set_unseen(&s), 0);
}

static void the_state_file_comes_back_as_it_was_written(void **state) {
  (void)state;
  char dir[] = "/tmp/tocsin-state.XXXXXX", path[64];
  struct sync_state out = {.source = "db:5432/dir",
                           .result = "held",
                           .text = "two\nlines; and # more = signs",
                           .confirmed = 1795680840,
                           .checked = 1795680900,
                           .revision = 42,
                           .loud = 1795680600,
                           .offered = 12,
                           .held = 22481},
                    back;
  assert_non_null(mkdtemp(dir));
  assert_int_equal(state_read(&back, dir, NULL), TC_NEVER_SYNCED);
  assert_int_equal(state_write(&out, dir, NULL), TC_OK);
  assert_int_equal(state_read(&back, dir, NULL), TC_OK);
  assert_string_equal(back.source, "db:5432/dir");
  assert_string_equal(back.result, "held");
  assert_string_equal(back.text, "two lines; and # more = signs");
  assert_int_equal(back.confirmed, 1795680840);
  assert_int_equal(back.checked, 1795680900);
  assert_int_equal(back.revision, 42);
  assert_int_equal(back.loud, 1795680600);
  assert_int_equal(back.offered, 12);
  assert_int_equal(back.held, 22481);
  snprintf(path, sizeof path, "%s/state", dir);
  unlink(path);
  rmdir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_revision_is_nothing_new),
      cmocka_unit_test(a_source_ahead_on_my_history_sends_a_delta),
      cmocka_unit_test(a_source_behind_on_my_history_is_left_alone),
      cmocka_unit_test(a_source_too_far_behind_to_tell_is_left_alone),
      cmocka_unit_test(a_restored_source_is_seen_wherever_it_has_come_to),
      cmocka_unit_test(another_generation_is_another_source),
      cmocka_unit_test(a_cursor_below_the_floor_is_repaired),
      cmocka_unit_test(other_grants_are_repaired_to_but_never_go_back),
      cmocka_unit_test(no_grant_at_all_is_a_fault_and_keeps),
      cmocka_unit_test(a_program_too_old_keeps_whatever_else_is),
      cmocka_unit_test(no_cache_loads_everything),
      cmocka_unit_test(every_state_has_a_row),
      cmocka_unit_test(only_much_of_much_is_mad),
      cmocka_unit_test(a_cursor_comes_back_as_it_was_written),
      cmocka_unit_test(a_long_history_added_at_once_keeps_its_end),
      cmocka_unit_test(what_is_no_cursor_is_not_taken_for_one),
      cmocka_unit_test(a_header_is_read_and_what_it_says_more_is_left_out),
      cmocka_unit_test(what_is_no_header_is_refused),
      cmocka_unit_test(a_set_counts_what_was_not_seen),
      cmocka_unit_test(the_state_file_comes_back_as_it_was_written),
  };
  return cmocka_run_group_tests_name("pull", tests, NULL, NULL);
}
