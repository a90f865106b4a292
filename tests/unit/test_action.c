/* The one table of keys is whole, and says nothing twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/action.h"

static void every_action_has_one_row_with_its_words(void **state) {
  (void)state;
  size_t count;
  const struct action_row *rows = action_table(&count);
  for (int action = ACT_NONE + 1; action < ACT_COUNT; action++) {
    int found = 0;
    for (size_t i = 0; i < count; i++)
      found += rows[i].action == (enum action)action;
    if (found != 1)
      fail_msg("action %d has %d rows", action, found);
  }
  for (size_t i = 0; i < count; i++) {
    char text[64];
    assert_true(rows[i].help && *rows[i].help && rows[i].whom && *rows[i].whom);
    assert_true(*action_keys_text(&rows[i], text, sizeof text));
    assert_true(rows[i].later == (rows[i].screens == 0));
    assert_true(!rows[i].later || !rows[i].label); /* a dead key is never on the bar */
  }
}

static void no_key_does_two_things_on_a_screen(void **state) {
  (void)state;
  size_t count;
  const struct action_row *rows = action_table(&count);
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < count; k++) {
      if (i == k)
        continue;
      struct key mine[] = {rows[i].key, rows[i].twin}, other[] = {rows[k].key, rows[k].twin};
      for (int a = 0; a < 4; a++)
        assert_false(mine[a / 2].name != K_NONE && mine[a / 2].name == other[a % 2].name &&
                     mine[a / 2].point == other[a % 2].point);
    }
}

static void every_function_key_has_a_twin_that_terminals_leave_alone(void **state) {
  (void)state;
  static const char taken[] = "CHIJMQSUWZAB";
  size_t count;
  const struct action_row *rows = action_table(&count);
  int keys = 0;
  for (size_t i = 0; i < count; i++)
    if (rows[i].key.name >= K_F1 && rows[i].key.name <= K_F12) {
      keys++;
      assert_int_equal(rows[i].twin.name, K_CTRL);
      assert_null(strchr(taken, (int)rows[i].twin.point));
    }
  assert_int_equal(keys, 12);
}

static void the_manual_has_every_key(void **state) {
  (void)state;
  size_t count;
  action_table(&count);
  struct buffer out = BUFFER_INIT;
  keys_describe(&out);
  int paragraphs = 0;
  for (const char *p = buffer_text(&out); (p = strstr(p, ".TP\n")); p++)
    paragraphs++;
  assert_int_equal(paragraphs, count);
  buffer_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_action_has_one_row_with_its_words),
      cmocka_unit_test(no_key_does_two_things_on_a_screen),
      cmocka_unit_test(every_function_key_has_a_twin_that_terminals_leave_alone),
      cmocka_unit_test(the_manual_has_every_key),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
