/* The top line, for each state of the directory: what it says at 80 and at 40 columns, in English
 * and in French. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "core/dial.h"
#include "tests/lib/catalogue.h"
#include "tests/lib/views.h"
#include "tui/top.h"

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

static const struct {
  const char *state;
  bool frozen, sourced, wrong_clock;
  int64_t age; /* seconds since it was confirmed, or written where no source was asked; -1: never;
                  -2: nobody can tell */
  const char *result; /* "damaged": of the directory, not of a round */
  int64_t offered, held;
  const char *wide, *narrow, *large, *etroit;
} cases[] = {
    {"imported", false, false, false, 864120, "", 0, 0, "imported 12 Nov 03:12 (10 d)", "10 d old",
     "import 12 nov 03:12 (10 j)", "âge 10 j"},
    {"confirmed", false, true, false, 120, "same", 0, 0, "  confirmed 03:12", "conf. 03:12",
     "  confirmée 03:12", "conf. 03:12"},
    {"a fault of a moment changes nothing", false, true, false, 600, "failed", 0, 0,
     "  confirmed 03:04", "conf. 03:04", "  confirmée 03:04", "conf. 03:04"},
    {"stale", false, true, false, 57600, "failed", 0, 0, "STALE since Sat 11:14 (16 h)",
     "STALE 16 h", "PÉRIMÉ depuis sam 11:14 (16 h)", "PÉRIMÉ 16 h"},
    {"held", false, true, false, 120, "held", 12, 22481, "HELD: source offers 12 of 22481",
     "HELD back", "RETENU : 12 offertes sur 22481", "RETENU"},
    {"held and stale is held", false, true, false, 57600, "held", 12, 22481,
     "HELD: source offers 12 of 22481", "HELD back", "RETENU : 12 offertes sur 22481", "RETENU"},
    {"restored", false, true, false, 60, "restored", 0, 0, "SOURCE RESTORED, confirmed 03:13",
     "RESTORED", "SOURCE RESTAURÉE, confirmée 03:13", "RESTAURÉE"},
    {"frozen", true, true, false, 120, "same", 0, 0, "FROZEN as of 03:12", "FROZEN 2 min",
     "FIGÉ à 03:12", "FIGÉ 2 min"},
    {"never confirmed", false, true, false, -1, "failed", 0, 0, "NEVER CONFIRMED, 10 d old",
     "UNCONFIRMED", "JAMAIS CONFIRMÉ, 10 j", "NON CONFIRMÉ"},
    {"a state file that nobody can read", false, false, false, -2, "", 0, 0,
     "STALE, written 12 Nov 03:12 (10 d)", "STALE", "PÉRIMÉ, écrit 12 nov 03:12 (10 j)", "PÉRIMÉ"},
    {"what a source sent, without a state file", false, false, false, -3, "", 0, 0,
     "STALE, written 12 Nov 03:12 (10 d)", "STALE", "PÉRIMÉ, écrit 12 nov 03:12 (10 j)", "PÉRIMÉ"},
    {"what cannot be read", true, false, false, 864120, "damaged", 0, 0,
     "DAMAGED: not all can be read", "DAMAGED", "ENDOMMAGÉ : pas tout lisible", "ENDOMMAGÉ"},
    {"a clock behind the data", false, false, true, 864120, "", 0, 0, "CLOCK WRONG", "CLOCK WRONG",
     "HORLOGE FAUSSE", "HORLOGE FAUSSE"},
    {"a clock behind the source", false, true, false, -3600, "same", 0, 0, "CLOCK WRONG",
     "CLOCK WRONG", "HORLOGE FAUSSE", "HORLOGE FAUSSE"},
};

static void check(size_t i, int rows, int cols, const char *wanted) {
  struct arena arena = ARENA_INIT;
  struct grid g = GRID_INIT;
  struct buffer text = BUFFER_INIT;
  struct cache_info info = {.revision = 7,
                            .source_time = NOW - 864120,
                            .frozen = cases[i].frozen,
                            .pulled = cases[i].sourced || cases[i].age == -3};
  struct sync_state state = {.confirmed = cases[i].age == -1 ? 0 : NOW - cases[i].age,
                             .offered = cases[i].offered,
                             .held = cases[i].held};
  snprintf(state.result, sizeof state.result, "%s", cases[i].result);
  struct top_facts facts = {.info = &info,
                            .state = cases[i].sourced ? &state : NULL,
                            .blind = cases[i].age == -2,
                            .now = NOW,
                            .clock_trusted = !cases[i].wrong_clock,
                            .damaged = strcmp(cases[i].result, "damaged") == 0};
  struct top_words words;
  top_words(&words, &facts, &arena);
  struct frame f = view_frame;
  f.set = set_kind_text(SET_WARD);
  f.data_full = words.full;
  f.data = words.usual;
  f.data_short = words.brief;
  f.data_warns = words.warns;
  assert_int_equal(grid_resize(&g, rows, cols, NULL), TC_OK);
  frame_draw(&g, &f, SCREEN_SEARCH);
  grid_row_text(&g, 0, &text);
  if (!strstr(buffer_text(&text), wanted) || !strstr(buffer_text(&text), "SAB") ||
      !strstr(buffer_text(&text), "03:14"))
    fail_msg("%s at %d columns: not \"%s\" in:\n%s", cases[i].state, cols, wanted,
             buffer_text(&text));
  grid_free(&g);
  buffer_free(&text);
  arena_free(&arena);
}

static void each_state_of_the_directory_is_said_as_it_is(void **state) {
  (void)state;
  i18n_language("en");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    check(i, 24, 80, cases[i].wide);
    check(i, 10, 40, cases[i].narrow);
  }
}

static void and_in_french(void **state) {
  (void)state;
  i18n_language("fr");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    check(i, 24, 80, cases[i].large);
    check(i, 10, 40, cases[i].etroit);
  }
}

int main(void) {
  catalogue_use("two");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_state_of_the_directory_is_said_as_it_is),
      cmocka_unit_test(and_in_french),
  };
  return cmocka_run_group_tests_name("top", tests, NULL, NULL);
}
