/* Properties of the fold of acts, on random ones.  The seed is printed; PROP_SEED and PROP_RUNS set
 * it and the number of runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "tests/lib/prop.h"

enum { ACTS = 12, CONTACTS = 3, NOW = 1795680840 };

static struct uuid id(uint8_t n) {
  return (struct uuid){{[15] = n}};
}

/* A number whose three forms belong together. */
static const char *const numbers[][3] = {{"7731", "SAB", ""},
                                         {"0639980001", "", "+33639980001"},
                                         {"0199005231", "", "+33199005231"},
                                         {"4731", "RIV", "+33199004731"}};

static struct act random_act(struct arena *arena, uint8_t n) {
  struct act act = {.uuid = id(n),
                    .audience = AUDIENCE_CLINICAL,
                    .terminal = id(200),
                    .subject = id((uint8_t)(1 + rnd(3))),
                    .account = "",
                    .initials = "",
                    .at = NOW + rnd(4)};
  struct uuid other = id((uint8_t)(100 + rnd(ACTS))),
              contact = id((uint8_t)(50 + rnd(CONTACTS + 1)));
  uint32_t k = rnd(sizeof numbers / sizeof *numbers);
  switch (rnd(7)) {
  case 0:
    act.type = "note";
    act_put(&act, arena, "text", arena_printf(arena, "n%u", rnd(9)));
    break;
  case 1:
    act.type = "override";
    if (rnd(2))
      act_put_uuid(&act, arena, "contact", &contact);
    act_put(&act, arena, "number", numbers[k][0]);
    act_put(&act, arena, "plan", numbers[k][1]);
    act_put(&act, arena, "e164", numbers[k][2]);
    act_put_int(&act, arena, "until", NOW + 10);
    break;
  case 2:
    act.type = "suggestion";
    act_put(&act, arena, "field", "floor");
    act_put(&act, arena, "now", arena_printf(arena, "%u", rnd(4)));
    break;
  case 3:
    act.type = "attempt";
    act_put_uuid(&act, arena, "contact", &contact);
    act_put(&act, arena, "result",
            attempt_result_word((enum attempt_result)(1 + rnd(ATTEMPT_RESULT_COUNT - 1))));
    break;
  case 4:
    act.type = "test";
    act_put_uuid(&act, arena, "contact", &contact);
    act_put(&act, arena, "result",
            test_result_word((enum test_result)(1 + rnd(TEST_RESULT_COUNT - 1))));
    act_put(&act, arena, "text", "tested");
    break;
  case 5:
    act.type = "absence";
    act_put(&act, arena, "text", arena_printf(arena, "a%u", rnd(9)));
    act_put_int(&act, arena, "until", NOW + 10 + rnd(3));
    break;
  default:
    act.type = "withdrawal";
    act_put_uuid(&act, arena, "act", &other);
  }
  assert_int_equal(act_check(&act, NULL), TC_OK);
  return act;
}

struct world {
  struct act_held acts[ACTS];
  struct contact contacts[CONTACTS];
  struct note notes[3];
  struct override overrides[2];
  struct absence absences[3];
  struct entry entry;
  enum act_tier tier;
};

static void make_world(struct world *w, struct arena *arena) {
  *w = (struct world){.tier = (enum act_tier)rnd(TIER_COUNT)};
  for (uint8_t i = 0; i < ACTS; i++)
    w->acts[i] = (struct act_held){.act = random_act(arena, (uint8_t)(100 + i)),
                                   .state = (enum act_state)rnd(ACT_STATE_COUNT),
                                   .revision = rnd(10),
                                   .reason = ""};
  for (uint8_t i = 0; i < CONTACTS; i++) {
    w->contacts[i] = contact_empty;
    w->contacts[i].uuid = id((uint8_t)(50 + i));
  }
  /* Some of the record's are acts that were applied. */
  for (uint8_t i = 0; i < 3; i++)
    w->notes[i] = (struct note){
        .uuid = id((uint8_t)(rnd(2) ? 100 + 4 * i : 40 + i)), .by = "", .text = "confirmed"};
  for (uint8_t i = 0; i < 2; i++)
    w->overrides[i] = (struct override){.uuid = id((uint8_t)(rnd(2) ? 102 + 4 * i : 44 + i)),
                                        .number = "8",
                                        .plan = "SAB",
                                        .e164 = "",
                                        .by = "",
                                        .reason = ""};
  for (uint8_t i = 0; i < 3; i++)
    w->absences[i] = (struct absence){.by = "", .text = "told"};
  w->absences[0].uuid = id((uint8_t)(rnd(2) ? 103 : 47));
  w->absences[1].uuid = id((uint8_t)(rnd(2) ? 107 : 48)); /* the third has no identity */
  w->entry = (struct entry){.uuid = id(1),
                            .name = "x",
                            .floor = "2",
                            .contacts = w->contacts,
                            .contact_count = CONTACTS,
                            .notes = w->notes,
                            .note_count = rnd(4),
                            .overrides = w->overrides,
                            .override_count = rnd(3),
                            .absences = w->absences,
                            .absence_count = rnd(4)};
}

static void fold(struct entry *e, const struct world *w, struct arena *arena) {
  assert_int_equal(act_fold(e, w->acts, ACTS, 5, w->tier, arena, NULL), TC_OK);
}

static void shuffle(struct act_held *acts) {
  for (uint32_t i = ACTS; i > 1; i--) {
    uint32_t k = rnd(i);
    struct act_held swap = acts[k];
    acts[k] = acts[i - 1];
    acts[i - 1] = swap;
  }
}

static void assert_same(const struct entry *a, const struct entry *b) {
  assert_int_equal(a->note_count, b->note_count);
  for (size_t i = 0; i < a->note_count; i++) {
    assert_true(uuid_equal(&a->notes[i].uuid, &b->notes[i].uuid));
    assert_string_equal(a->notes[i].text, b->notes[i].text);
  }
  assert_int_equal(a->override_count, b->override_count);
  for (size_t i = 0; i < a->override_count; i++) {
    assert_true(uuid_equal(&a->overrides[i].uuid, &b->overrides[i].uuid));
    assert_string_equal(a->overrides[i].number, b->overrides[i].number);
  }
  assert_int_equal(a->absence_count, b->absence_count);
  for (size_t i = 0; i < a->absence_count; i++) {
    assert_true(uuid_equal(&a->absences[i].uuid, &b->absences[i].uuid));
    assert_string_equal(a->absences[i].text, b->absences[i].text);
  }
}

static void the_order_of_arrival_does_not_matter(void **state) {
  (void)state;
  for (int run = prop_runs(2000); run; run--) {
    struct arena arena = ARENA_INIT;
    struct world w;
    make_world(&w, &arena);
    struct entry one = w.entry, other = w.entry;
    fold(&one, &w, &arena);
    shuffle(w.acts);
    fold(&other, &w, &arena);
    assert_same(&one, &other);
    assert_int_equal(one.beside_count, other.beside_count);
    for (size_t i = 0; i < one.beside_count; i++)
      assert_true(uuid_equal(&one.beside[i]->act.uuid, &other.beside[i]->act.uuid));
    arena_free(&arena);
  }
}

static void folding_twice_changes_nothing(void **state) {
  (void)state;
  for (int run = prop_runs(2000); run; run--) {
    struct arena arena = ARENA_INIT;
    struct world w;
    make_world(&w, &arena);
    struct entry once = w.entry;
    fold(&once, &w, &arena);
    struct entry twice = once;
    fold(&twice, &w, &arena);
    assert_same(&once, &twice);
    arena_free(&arena);
  }
}

/* A number is one of an act or one of the record, whole: its digits, plan and E.164 never mix. */
static void numbers_are_atomic_and_the_unconfirmed_ones_come_last(void **state) {
  (void)state;
  for (int run = prop_runs(2000); run; run--) {
    struct arena arena = ARENA_INIT;
    struct world w;
    make_world(&w, &arena);
    struct entry e = w.entry;
    fold(&e, &w, &arena);
    for (size_t i = 0; i < e.override_count; i++) {
      bool whole = strcmp(e.overrides[i].number, "8") == 0 && !e.overrides[i].pending;
      for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        whole = whole || (strcmp(e.overrides[i].number, numbers[k][0]) == 0 &&
                          strcmp(e.overrides[i].plan, numbers[k][1]) == 0 &&
                          strcmp(e.overrides[i].e164, numbers[k][2]) == 0);
      assert_true(whole);
      assert_false(i && e.overrides[i - 1].pending && !e.overrides[i].pending);
    }
    for (size_t i = 1; i < e.note_count; i++)
      assert_false(e.notes[i - 1].pending && !e.notes[i].pending);
    arena_free(&arena);
  }
}

/* Nothing but notes, numbers and what stands beside: and nothing of another entry's acts. */
static void an_act_touches_its_own_entry_alone(void **state) {
  (void)state;
  for (int run = prop_runs(2000); run; run--) {
    struct arena arena = ARENA_INIT;
    struct world w;
    make_world(&w, &arena);
    w.entry.uuid = id(9); /* no act is of it */
    struct entry e = w.entry;
    fold(&e, &w, &arena);
    assert_memory_equal(&e, &w.entry, sizeof e);
    arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_order_of_arrival_does_not_matter),
      cmocka_unit_test(folding_twice_changes_nothing),
      cmocka_unit_test(numbers_are_atomic_and_the_unconfirmed_ones_come_last),
      cmocka_unit_test(an_act_touches_its_own_entry_alone),
  };
  return cmocka_run_group_tests_name("act properties", tests, prop_start, NULL);
}
