/* The mark of a number: what it says in few words, wherever it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/reach_text.h"

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

static const struct incident incident = {
    .domain = "pbx-sab", .since = NOW - 40000, .until = NOW - 3600};

static struct channel channel(enum reach_state state, enum outage_level level, enum set_kind set) {
  return (struct channel){.contact = &contact_empty,
                          .state = state,
                          .doubt = level == OUTAGE_REPORTED      ? DOUBT_REPORTED
                                   : level == OUTAGE_UNCONFIRMED ? DOUBT_UNCONFIRMED
                                                                 : DOUBT_NONE,
                          .outage = {level, &incident},
                          .set = set,
                          .other_set = set != SET_WARD,
                          .dial = {.via = ""}};
}

static const struct {
  enum reach_state state;
  enum outage_level level;
  enum set_kind set;
  const char *row, *strip, *brief;
} cases[] = {
    {REACH_NO_FAULT_KNOWN, OUTAGE_NONE, SET_WARD, "", "", ""},
    {REACH_DOWN, OUTAGE_DOWN, SET_WARD, "DOWN", "DOWN", "DOWN"},
    {REACH_NOT_KNOWN, OUTAGE_REPORTED, SET_WARD, "reported DOWN", "reported DOWN", "in doubt"},
    {REACH_NOT_KNOWN, OUTAGE_UNCONFIRMED, SET_WARD, "not confirmed since 02:14",
     "not confirmed since 02:14", "in doubt"},
    {REACH_NOT_KNOWN, OUTAGE_PERHAPS, SET_WARD, "perhaps DOWN", "perhaps DOWN", "in doubt"},
    {REACH_OUTSIDE_HOURS, OUTAGE_NONE, SET_WARD, "closed now", "closed now", ""},
    {REACH_OUTSIDE_HOURS, OUTAGE_REPORTED, SET_WARD, "closed now: reported DOWN",
     "closed now: reported DOWN", "in doubt"},
    {REACH_OTHER_SET, OUTAGE_NONE, SET_RED, "on red phone", "on red phone", ""},
    {REACH_OTHER_SET, OUTAGE_UNCONFIRMED, SET_MOBILE, "on a mobile: not confirmed since 02:14",
     "on a mobile: not confirmed since 02:14", "in doubt"},
    {REACH_EXPIRED, OUTAGE_NONE, SET_WARD, "expired", "expired", ""},
    {REACH_REPLACED, OUTAGE_NONE, SET_WARD, "replaced", "replaced", ""},
    {REACH_NOT_FROM_HERE, OUTAGE_NONE, SET_WARD, "not from here", "not from here", ""},
};

static void a_mark_says_all_that_makes_a_number_doubtful(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  const struct reach_world w = {.now = NOW, .clock_trusted = MOMENT_NOW};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct channel c = channel(cases[i].state, cases[i].level, cases[i].set);
    assert_string_equal(reach_row_text(&c, &w, &arena), cases[i].row);
    assert_string_equal(reach_strip_text(&c, &w, &arena), cases[i].strip);
    assert_string_equal(reach_brief_text(&c), cases[i].brief);
    assert_null(strchr(cases[i].row, ',')); /* what stands behind one gives way */
  }
  arena_free(&arena);
}

/* What is left of a code has its own mark: it may ride on what fails too. */
static void what_is_left_of_a_code_has_its_own_mark(void **state) {
  (void)state;
  struct arena arena = ARENA_INIT;
  const struct reach_world w = {.now = NOW, .clock_trusted = MOMENT_NOW};
  struct contact line = contact_empty;
  line.kind = CONTACT_DIRECT_LINE;
  line.e164 = "+33199003601";
  struct channel down = channel(REACH_DOWN, OUTAGE_DOWN, SET_WARD),
                 said = channel(REACH_NOT_KNOWN, OUTAGE_REPORTED, SET_WARD),
                 good = channel(REACH_NO_FAULT_KNOWN, OUTAGE_NONE, SET_WARD),
                 old = channel(REACH_NOT_KNOWN, OUTAGE_UNCONFIRMED, SET_WARD),
                 red = channel(REACH_OTHER_SET, OUTAGE_REPORTED, SET_RED),
                 mobile = channel(REACH_OTHER_SET, OUTAGE_NONE, SET_MOBILE);
  struct contact phone = contact_empty;
  phone.kind = CONTACT_RED_PHONE;
  good.contact = old.contact = mobile.contact = &line;
  red.contact = &phone;
  const struct {
    const struct channel *own, *left;
    const char *text;
  } texts[] = {{&down, &good, "DOWN: direct line 36 01"},
               {&down, &old, "DOWN: direct line 36 01 not confirmed since 02:14"},
               {&down, &red, "DOWN: red phone 36 01 reported DOWN"},
               {&down, &mobile, "DOWN: 36 01 on a mobile"},
               {&said, &good, "reported DOWN: direct line 36 01"},
               {&old, &good, "not confirmed since 02:14: direct line 36 01"}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    assert_string_equal(code_left_text(texts[i].own, texts[i].left, "36 01", &w, &arena),
                        texts[i].text);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_mark_says_all_that_makes_a_number_doubtful),
      cmocka_unit_test(what_is_left_of_a_code_has_its_own_mark),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
