/* Domain rules: the index finds what looking through all of them finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/rules.h"
#include "tests/lib/prop.h"

enum { RULES = 60, POINTS = 40 };

static const char *const sites[] = {"", "SAB", "RIV", "SAINT", "A"};
static const char *const plans[] = {"", "SAB", "RIV"};

static const char *one_of(const char *const *of, size_t count) {
  return of[rnd((uint32_t)count)];
}

static void make_rules(struct rule *rules, size_t count) {
  static const char *const ranges[][2] = {
      {"", ""}, {"4000", "4999"}, {"45", ""}, {"+3319900", "+3319901"}, {"+33639980", ""}};
  for (size_t i = 0; i < count; i++) {
    const char *const *range = ranges[rnd(5)];
    rules[i] = (struct rule){.site = one_of(sites, 5),
                             .plan = one_of(plans, 3),
                             .kind = (enum contact_kind)rnd(5),
                             .low = range[0],
                             .high = range[1],
                             .domains = "",
                             .order = (int64_t)i};
  }
}

static void the_index_finds_what_looking_through_all_of_them_finds(void **state) {
  static struct rule rules[RULES];
  (void)state;
  for (int run = prop_runs(400); run > 0; run--) {
    struct arena arena = ARENA_INIT;
    struct house house = {.rules = rules, .rule_count = rnd(RULES + 1)}, indexed;
    make_rules(rules, house.rule_count);
    indexed = house;
    indexed.rule_index = rule_index_make(&house, &arena);
    assert_non_null(indexed.rule_index);
    for (int i = 0; i < POINTS; i++) {
      char number[8], e164[16];
      snprintf(number, sizeof number, "%u", rnd(6000));
      snprintf(e164, sizeof e164, "+33%u", rnd(2) ? 199000000 + rnd(20000000) : 639980000);
      struct contact c = contact_empty;
      c.kind = (enum contact_kind)rnd(6);
      c.plan = one_of(plans, 3);
      c.number = number;
      c.e164 = rnd(2) ? e164 : "";
      const char *site = one_of(sites, 5);
      assert_ptr_equal(rule_find(&indexed, site, &c), rule_find(&house, site, &c));
    }
    arena_free(&arena);
  }
}

static void the_first_that_fits_wins_over_a_nearer_one(void **state) {
  static const struct rule rules[] = {
      {.site = "", .plan = "", .kind = CONTACT_OTHER, .low = "", .high = "", .domains = "first"},
      {.site = "SAB", .plan = "", .kind = CONTACT_DECT, .low = "", .high = "", .domains = "near"}};
  struct arena arena = ARENA_INIT;
  struct house house = {.rules = rules, .rule_count = 2};
  struct contact c = contact_empty;
  (void)state;
  c.kind = CONTACT_DECT;
  house.rule_index = rule_index_make(&house, &arena);
  assert_ptr_equal(rule_find(&house, "SAB", &c), &rules[0]);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_index_finds_what_looking_through_all_of_them_finds),
      cmocka_unit_test(the_first_that_fits_wins_over_a_nearer_one),
  };
  return cmocka_run_group_tests(tests, prop_start, NULL);
}
