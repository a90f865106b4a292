/* What a source answers about acts and how a snapshot begins: read whole, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sync/push_answer.h"
#include "sync/snapshot_line.h"

#define CHAIN "00112233445566778899aabbccddeeff"
#define UUID "00000000-0000-4000-8000-000000000001"

static void facts_are_read_whole_or_not_at_all(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool is, knows;
    int64_t revision, floor;
  } cases[] = {
      {UUID " 12 " CHAIN " - 3", true, false, 12, 3},
      {UUID " 12 " CHAIN " " CHAIN " 3", true, true, 12, 3},
      {"", false, false, 0, 0},
      {UUID " 12 " CHAIN " -", false, false, 0, 0},
      {UUID " 12 " CHAIN " - 3 4", false, false, 0, 0},
      {UUID " 12x " CHAIN " - 3", false, false, 0, 0},
      {UUID " -1 " CHAIN " - 3", false, false, 0, 0},
      {UUID " 9999999999999999999 " CHAIN " - 3", false, false, 0, 0},
      {UUID " 12 0011 - 3", false, false, 0, 0},
      {UUID " 12 " CHAIN " 0011 3", false, false, 0, 0},
      {UUID " 12 " CHAIN " - ", false, false, 0, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct push_facts f;
    assert_int_equal(push_facts_read(&f, cases[i].text, strlen(cases[i].text)), cases[i].is);
    if (!cases[i].is)
      continue;
    assert_int_equal(f.revision, cases[i].revision);
    assert_int_equal(f.floor, cases[i].floor);
    assert_int_equal(f.knows, cases[i].knows);
    assert_int_equal(f.chain[1], 0x11);
    assert_int_equal(f.chain[15], 0xff);
  }
}

static void only_what_a_source_may_say_of_an_act_is_its_answer(void **state) {
  (void)state;
  static const struct {
    const char *text;
    enum push_said said;
    enum act_state state;
    const char *reason;
  } cases[] = {
      {"applied\t", PUSH_ANSWERED, ACT_APPLIED, ""},
      {"waits\ta person decides", PUSH_ANSWERED, ACT_WAITS, "a person decides"},
      {"refused\tone\ttwo\n", PUSH_ANSWERED, ACT_REFUSED, "one two "},
      {"done", PUSH_ANSWERED, ACT_DONE, ""},
      {"later\t", PUSH_LATER, ACT_PENDING, ""},
      {"aside\tthe entry is gone", PUSH_ANSWERED, ACT_ASIDE, "the entry is gone"},
      {"pending\t", PUSH_FAILED, ACT_PENDING, ""},
      {"", PUSH_FAILED, ACT_PENDING, ""},
      {"appliedx\t", PUSH_FAILED, ACT_PENDING, ""},
      {"refused\t\x1b[2J\xff", PUSH_ANSWERED, ACT_REFUSED, " [2J\xef\xbf\xbd"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct push_answer a;
    push_answer_read(&a, cases[i].text, strlen(cases[i].text));
    assert_int_equal(a.said, cases[i].said);
    assert_int_equal(a.state, cases[i].state);
    assert_string_equal(a.reason, cases[i].reason);
  }
}

static void a_reason_is_cut_between_characters(void **state) {
  (void)state;
  struct push_answer a;
  char text[1200] = "refused\tx";
  for (size_t i = 0; i < 400; i++)
    memcpy(text + 9 + 2 * i, "\xc3\xa9", 3);
  push_answer_read(&a, text, strlen(text));
  assert_int_equal(strlen(a.reason), 499);
}

static void the_first_line_of_a_snapshot_is_just_that(void **state) {
  (void)state;
  static const char *const others[] = {"",
                                       "tocsin-snapshot",
                                       "tocsin-snapshot 1 4096",
                                       "tocsin-snapshot 1 4096 7 ",
                                       "tocsin-snapshot  1 4096 7",
                                       "tocsin-snapshot 1 -4096 7",
                                       "tocsin-snapshot 1 4096 7x"};
  struct snapshot_line line;
  const char *text = "tocsin-snapshot 1 4096 77";
  assert_true(snapshot_line_read(&line, text, strlen(text)));
  assert_int_equal(line.version, 1);
  assert_int_equal(line.database, 4096);
  assert_int_equal(line.index, 77);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    assert_false(snapshot_line_read(&line, others[i], strlen(others[i])));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(facts_are_read_whole_or_not_at_all),
      cmocka_unit_test(only_what_a_source_may_say_of_an_act_is_its_answer),
      cmocka_unit_test(a_reason_is_cut_between_characters),
      cmocka_unit_test(the_first_line_of_a_snapshot_is_just_that),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
