/* Numbers that a hand or an eye confuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/near.h"

static void one_digit_or_two_neighbours_make_a_lookalike(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    bool near;
  } cases[] = {
      {"5231", "5231", false},
      {"5231", "5232", true},
      {"5231", "6231", true},
      {"5231", "5321", true},
      {"5231", "2531", true},
      {"5231", "5213", true},
      {"5231", "1235", false},
      {"5231", "5132", false},
      {"5231", "52311", false},
      {"5231", "523", false},
      {"", "", false},
      {"", "1", false},
      {"1", "2", true},
      {"12", "21", true},
      {"12", "34", false},
      {"1122", "2211", false},
      {"1212", "2121", false},
      {"5244", "5424", true},
      {"4410", "4401", true},
      {"0199005231", "0199005213", true},
      {"0199005231", "0199005123", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    if (near_number(cases[i].a, cases[i].b) != cases[i].near ||
        near_number(cases[i].b, cases[i].a) != cases[i].near)
      fail_msg("%s and %s: not %d", cases[i].a, cases[i].b, cases[i].near);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_digit_or_two_neighbours_make_a_lookalike),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
