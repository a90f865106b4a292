/* When a terminal is left alone, by a table: seconds since the last key against what follows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tui/idle.h"

static const struct {
  struct idle_limits limits;
  bool reading;
  int64_t idle;
  enum idle_stage stage;
} cases[] = {
    {{2, 5, 10}, false, 0, IDLE_NO},
    {{2, 5, 10}, false, 104, IDLE_NO},
    {{2, 5, 10}, false, 105, IDLE_WARN},
    {{2, 5, 10}, false, 119, IDLE_WARN},
    {{2, 5, 10}, false, 120, IDLE_HOME},
    {{2, 5, 10}, false, 599, IDLE_HOME},
    {{2, 5, 10}, false, 600, IDLE_REST},
    {{2, 5, 10}, true, 120, IDLE_NO}, /* a public card is read for longer */
    {{2, 5, 10}, true, 284, IDLE_NO},
    {{2, 5, 10}, true, 285, IDLE_WARN},
    {{2, 5, 10}, true, 300, IDLE_HOME},
    {{8, 5, 10}, true, 479, IDLE_WARN}, /* never for shorter than anything else */
    {{8, 5, 10}, true, 480, IDLE_HOME},
    {{2, 0, 10}, true, 120, IDLE_HOME},
    {{2, 5, 0}, false, 1000000, IDLE_HOME}, /* no plain screen */
    {{20, 5, 10}, false, 700, IDLE_NO},     /* never before what is typed has gone */
    {{20, 5, 10}, false, 1200, IDLE_REST},
    {{0, 5, 10}, false, 1000000, IDLE_NO}, /* a braille desk */
    {{0, 5, 10}, true, 1000000, IDLE_NO},
};

static void stages_follow_the_minutes(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    enum idle_stage got = idle_stage(&cases[i].limits, cases[i].idle, cases[i].reading);
    if (got != cases[i].stage)
      fail_msg("case %zu: %d, not %d", i, (int)got, (int)cases[i].stage);
  }
}

/* The second before it is as it was, the second itself is not: nobody need look in between. */
static void the_next_stage_is_when_it_is_said_to_be(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int64_t idle = 0; idle < 1300; idle += 7) {
      const struct idle_limits *limits = &cases[i].limits;
      enum idle_stage now = idle_stage(limits, idle, cases[i].reading);
      int64_t next = idle_next(limits, idle, cases[i].reading);
      int64_t last = next < 0 ? 100000 : idle + next - 1;
      assert_true(next != 0 && idle_stage(limits, last, cases[i].reading) == now);
      if (next > 0)
        assert_true(idle_stage(limits, last + 1, cases[i].reading) != now);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(stages_follow_the_minutes),
                                     cmocka_unit_test(the_next_stage_is_when_it_is_said_to_be)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
