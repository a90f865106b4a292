/* What a probe's answers add up to, and where it may connect to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sync/endpoint.h"
#include "sync/gauge.h"

/* One letter a try, ten seconds apart: + answered, - failed, a: failed and nothing else answers.
 * What is said beneath: . nothing, R report, T take back. */
static const struct {
  const char *name, *tries, *said;
} runs[] = {
    {"up from the start: what an earlier run said is taken back, once", "+++++", "..T.."},
    {"two failures are not three", "+++--+--+--", "..T........"},
    {"three are reported, once", "+++-----", "..T..R.."},
    {"down from the start", "----", "..R."},
    {"two answers are not three", "---++-++-", "..R......"},
    {"it answers again", "---+++", "..R..T"},
    {"and fails at once: nothing for a quarter of an hour", "---+++------", "..R..T......"},
    {"alone: nothing is said", "aaaaaaaa", "........"},
    {"no longer alone: at the next failure", "aaaaa-", ".....R"},
};

static char try(struct gauge *g, char c, int64_t now) {
  static const char words[] = {
      [GAUGE_NOTHING] = '.', [GAUGE_REPORT] = 'R', [GAUGE_TAKE_BACK] = 'T'};
  return words[gauge_count(g, 3, 3, c == '+', c == 'a', now)];
}

static void it_takes_several_to_say_and_to_take_back(void **state) {
  (void)state;
  for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
    struct gauge g = {.fails = 0};
    char said[32] = "";
    for (size_t i = 0; runs[r].tries[i]; i++)
      said[i] = try(&g, runs[r].tries[i], 1 + (int64_t)i * 10);
    if (strcmp(said, runs[r].said) != 0)
      fail_msg("%s: %s, not %s", runs[r].name, said, runs[r].said);
  }
}

static void a_line_that_flaps_says_little(void **state) {
  (void)state;
  struct gauge g = {.fails = 0};
  int reports = 0, taken_back = 0;
  for (int i = 0; i < 360; i++) { /* an hour, up and down every half minute */
    char c = try(&g, (i / 3) % 2 ? '+' : '-', 1 + i * 10);
    reports += c == 'R';
    taken_back += c == 'T';
  }
  assert_in_range(reports, 1, 4);
  assert_int_equal(taken_back, reports);
}

static void what_stays_down_is_said_again_when_its_report_is_over(void **state) {
  (void)state;
  struct gauge g = {.fails = 0};
  int reports = 0;
  for (int64_t now = 1; now < 25 * 3600; now += 60)
    reports += try(&g, '-', now) == 'R';
  assert_int_equal(reports, 3);
}

static void what_could_not_be_kept_is_said_again(void **state) {
  (void)state;
  struct gauge g = {.fails = 0};
  for (int i = 1; i < 3; i++)
    assert_int_equal(try(&g, '-', i), '.');
  assert_int_equal(try(&g, '-', 3), 'R');
  gauge_unsay(&g);
  assert_int_equal(try(&g, '-', 4), 'R');
  assert_int_equal(try(&g, '-', 5), '.');
}

static void a_probe_connects_to_a_numeric_address(void **state) {
  static const struct {
    const char *text;
    int family; /* 0: refused */
  } cases[] = {{"192.0.2.7:5060", AF_INET},
               {"[2001:db8::7]:5060", AF_INET6},
               {"127.0.0.1:1", AF_INET},
               {"192.0.2.7:65535", AF_INET},
               {"192.0.2.7:65536", 0},
               {"192.0.2.7:0", 0},
               {"192.0.2.7:", 0},
               {"192.0.2.7", 0},
               {":5060", 0},
               {"", 0},
               {"pbx.example:5060", 0},
               {"2001:db8::7:5060", 0},
               {"[192.0.2.7]:5060", 0},
               {"[2001:db8::7]5060", 0},
               {"[2001:db8::7", 0},
               {"[]:1", 0},
               {"192.0.2.7:50 60", 0},
               {"192.0.2.7:-1", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct endpoint e;
    bool read = endpoint_read(&e, cases[i].text);
    if (read != (cases[i].family != 0) || (read && e.address.ss_family != cases[i].family))
      fail_msg("\"%s\": %s", cases[i].text, read ? "read" : "refused");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_takes_several_to_say_and_to_take_back),
      cmocka_unit_test(a_line_that_flaps_says_little),
      cmocka_unit_test(what_stays_down_is_said_again_when_its_report_is_over),
      cmocka_unit_test(what_could_not_be_kept_is_said_again),
      cmocka_unit_test(a_probe_connects_to_a_numeric_address),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
