/* What the source joined to an incident and answers of an act, as a person reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "core/act.h"
#include "tests/lib/catalogue.h"
#include "tui/reason.h"
#include "tui/write.h"

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

static const struct house house = {.site_count = 0};

static void a_time_of_the_source_is_told_as_the_clock_on_the_wall_shows_it(void **state) {
  (void)state;
  static const struct {
    const char *reason, *shown;
  } cases[] = {
      {"", ""},
      {"no tone", "no tone"},
      {"no tone; JD 2026-11-22 02:10 UTC: second feed down", "no tone; JD 03:10: second feed down"},
      {"2026-11-21 22:30 UTC: still down", "Sat 23:30: still down"},
      {"a; JD 2026-11-22 02:10 UTC: ended, but it was extended; MB 2026-11-22 02:12 UTC: b",
       "a; JD 03:10: ended, but it was extended; MB 03:12: b"},
      {"until 2026-11-22 02:10", "until 2026-11-22 02:10"}, /* of a person: as it is */
      {"2026-13-22 02:10 UTC: no such day", "2026-13-22 02:10 UTC: no such day"},
  };
  struct arena arena = ARENA_INIT;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct incident n = {.domain = "pbx", .reason = cases[i].reason};
    assert_string_equal(reason_shown(&n, &house, NOW, &arena), cases[i].shown);
  }
  i18n_language("fr");
  const struct incident n = {.domain = "pbx",
                             .reason = "JD 2026-11-22 02:10 UTC: ended, but it was extended"};
  assert_string_equal(reason_shown(&n, &house, NOW, &arena),
                      "JD 03:10 : terminé, mais cela avait été prolongé");
  i18n_language("en");
  arena_free(&arena);
}

/* "was so already: it was over" told a ward neither what was so nor what to do. */
static void what_came_too_late_says_what_became_of_it_and_what_to_do(void **state) {
  (void)state;
  static const struct {
    const char *type;
    enum act_state state;
    const char *reason, *said;
  } cases[] = {
      {"incident-report", ACT_DONE, "it was over",
       "too late, its time was over: report it again if it still fails"},
      {"note", ACT_DONE, "it was over", "too late, its time was over: nobody else was shown it"},
      {"incident-end", ACT_ASIDE, "the incident is gone",
       "too late: its time was over, or a switchboard had ended it"},
      {"incident-end", ACT_DONE, "", "somebody else had ended it"},
      {"incident-report", ACT_DONE, "it has ended", "it has ended"},
  };
  struct setup setup = {.cache = NULL};
  struct arena arena = ARENA_INIT;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct act_held held = {
        .act = {.type = cases[i].type}, .state = cases[i].state, .reason = cases[i].reason};
    assert_string_equal(write_state(&held, &setup, &arena), cases[i].said);
  }
  arena_free(&arena);
}

int main(void) {
  catalogue_use("locale");
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  i18n_language("en");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_time_of_the_source_is_told_as_the_clock_on_the_wall_shows_it),
      cmocka_unit_test(what_came_too_late_says_what_became_of_it_and_what_to_do),
  };
  return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
