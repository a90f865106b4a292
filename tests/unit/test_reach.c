/* Which contact point first: states, order, the best one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/reach.h"
#include "tests/lib/house.h"

enum { NOW = 1000000 };

static const struct standpoint sab = {
    .set = SET_WARD, .plan = "SAB", .site = "SAB", .country = "FR"};

static struct contact point(enum contact_kind kind, const char *plan, const char *number,
                            int64_t order) {
  struct contact c = contact_empty;
  c.kind = kind;
  c.plan = plan;
  c.number = number;
  c.order = order;
  return c;
}

static struct reach_world world(bool trusted) {
  return (struct reach_world){
      .house = &small_house, .from = &sab, .now = NOW, .clock_trusted = trusted};
}

static void each_point_has_the_state_its_record_tells(void **state) {
  (void)state;
  static const struct {
    const char *what;
    enum contact_kind kind;
    const char *site, *plan, *number, *e164, *domains;
    int64_t from, until;
    bool trusted;
    enum reach_state state;
  } cases[] = {
      {"own domains", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", 0, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"a rule's range", CONTACT_EXTENSION, "SAB", "SAB", "3142", "", "", 0, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"a rule's last number", CONTACT_EXTENSION, "SAB", "SAB", "3199", "", "", 0, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"past the rule: its plan's PBX", CONTACT_EXTENSION, "SAB", "SAB", "3200", "", "", 0, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"past the rule, not surely behind the PBX", CONTACT_PAGER, "SAB", "SAB", "3200", "", "", 0,
       0, true, REACH_NOT_KNOWN},
      {"another plan", CONTACT_PAGER, "SAB", "RIV", "3142", "", "", 0, 0, true, REACH_NOT_KNOWN},
      {"a rule of the site and kind", CONTACT_FAX, "RIV", "RIV", "5290", "", "", 0, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"the kind at another site", CONTACT_FAX, "SAB", "RIV", "5290", "", "", 0, 0, true,
       REACH_NOT_KNOWN},
      {"a carrier", CONTACT_MOBILE, "SAB", "", "06 39 98 00 12", "+33639980012", "", 0, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"no carrier stated", CONTACT_MOBILE, "SAB", "", "07700 900123", "+447700900123", "", 0, 0,
       true, REACH_NOT_KNOWN},
      {"from a red phone only", CONTACT_RED_PHONE, "SAB", "RED", "911", "", "red", 0, 0, true,
       REACH_OTHER_SET},
      {"no way from here", CONTACT_EXTENSION, "SAB", "GONE", "911", "", "red", 0, 0, true,
       REACH_NOT_FROM_HERE},
      {"until is exclusive", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", 0, NOW, true,
       REACH_EXPIRED},
      {"a second left", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", 0, NOW + 1, true,
       REACH_NO_FAULT_KNOWN},
      {"from this second", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", NOW, 0, true,
       REACH_NO_FAULT_KNOWN},
      {"from the next", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", NOW + 1, 0, true,
       REACH_NOT_YET},
      {"expired before all else", CONTACT_RED_PHONE, "SAB", "RED", "911", "", "", 0, 5, true,
       REACH_EXPIRED},
      {"a clock not trusted", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", 0, 5, false,
       REACH_NOT_KNOWN},
      {"a clock not trusted, no dates", CONTACT_DECT, "SAB", "SAB", "8801", "", "pbx", 0, 0, false,
       REACH_NO_FAULT_KNOWN},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct contact c = point(cases[i].kind, cases[i].plan, cases[i].number, 0);
    struct entry e = {.name = "", .site = cases[i].site, .contacts = &c, .contact_count = 1};
    struct reach_world w = world(cases[i].trusted);
    struct channel out;
    c.e164 = cases[i].e164;
    c.domains = cases[i].domains;
    c.from = cases[i].from;
    c.until = cases[i].until;
    assert_true(reach_best(&out, &e, NULL, &w, CONTACT_OTHER));
    if (out.state != cases[i].state)
      fail_msg("%s: %s, not %s", cases[i].what, reach_state_text(out.state),
               reach_state_text(cases[i].state));
  }
}

static void points_come_by_state_then_by_their_own_order(void **state) {
  (void)state;
  struct contact c[] = {
      point(CONTACT_RED_PHONE, "RED", "911", 0),  point(CONTACT_PAGER, "SAB", "8801", 1),
      point(CONTACT_EXTENSION, "SAB", "3142", 2), point(CONTACT_EXTENSION, "SAB", "3143", 2),
      point(CONTACT_EXTENSION, "SAB", "3144", 3),
  };
  struct entry e = {.name = "", .site = "SAB", .contacts = c, .contact_count = 5};
  struct reach_world w = world(true);
  struct arena arena = ARENA_INIT;
  size_t count;
  static const char *const wanted[] = {"3142", "3143", "3144", "8801", "911"};
  struct channel *channels = reach_order(&e, NULL, &w, &arena, &count);
  assert_int_equal(count, 5);
  for (size_t i = 0; i < 5; i++)
    assert_string_equal(channels[i].contact->number, wanted[i]);
  arena_free(&arena);
}

static void a_fax_is_best_only_where_there_is_nothing_else(void **state) {
  (void)state;
  struct contact c[] = {point(CONTACT_FAX, "SAB", "3101", 0),
                        point(CONTACT_EXTENSION, "SAB", "8801", 1)};
  struct entry e = {.name = "", .site = "SAB", .contacts = c, .contact_count = 2};
  struct reach_world w = world(true);
  struct channel out;
  assert_true(reach_best(&out, &e, NULL, &w, CONTACT_OTHER));
  assert_string_equal(out.contact->number, "8801");
  assert_true(reach_best(&out, &e, NULL, &w, CONTACT_FAX));
  assert_string_equal(out.contact->number, "3101");
  assert_false(reach_best(&out, &e, NULL, &w, CONTACT_PAGER));
  e.contact_count = 1;
  assert_true(reach_best(&out, &e, NULL, &w, CONTACT_OTHER));
  assert_string_equal(out.contact->number, "3101");
  e.contact_count = 0;
  assert_false(reach_best(&out, &e, NULL, &w, CONTACT_OTHER));
}

/* Whoever stands at a ward phone has none. */
static void a_radio_alone_left_is_nobody_to_be_called(void **state) {
  (void)state;
  struct contact c[] = {point(CONTACT_RADIO, "", "canal 7", 0),
                        point(CONTACT_EXTENSION, "SAB", "3142", 1)};
  struct entry e = {.name = "", .site = "SAB", .contacts = c, .contact_count = 2};
  const struct incident down = {.domain = "pbx-sab-1", .declared = true, .reason = "", .by = ""};
  struct reach_world w = world(true);
  struct arena arena = ARENA_INIT;
  size_t count;
  struct channel *channels = reach_order(&e, NULL, &w, &arena, &count);
  assert_string_equal(channels[0].contact->number, "3142");
  assert_false(reach_is_mute(channels, count));
  w.outage = outage_make(&small_house, &down, 1, NOW, MOMENT_NOW, &arena);
  c[1].domains = "pbx-sab-1,carrier-a";
  channels = reach_order(&e, NULL, &w, &arena, &count);
  assert_string_equal(channels[0].contact->number, "canal 7");
  assert_int_equal(channels[1].state, REACH_DOWN);
  assert_true(reach_is_mute(channels, count));
  assert_false(reach_rings(&channels[0]));
  e.contact_count = 1; /* of one that is called over a radio only, nothing is missing */
  channels = reach_order(&e, NULL, &w, &arena, &count);
  assert_false(reach_is_mute(channels, count));
  arena_free(&arena);
}

/* Two operators noted the same diversion: it is one number, as the last of them said it. */
static void a_diversion_that_is_noted_twice_is_one(void **state) {
  (void)state;
  struct override said[] = {{.uuid = {{1}},
                             .number = "4599",
                             .plan = "SAB",
                             .e164 = "",
                             .reason = "first",
                             .by = "A",
                             .at = 10},
                            {.uuid = {{2}},
                             .number = "4599",
                             .plan = "SAB",
                             .e164 = "",
                             .reason = "last",
                             .by = "B",
                             .at = 20},
                            {.uuid = {{3}},
                             .number = "4598",
                             .plan = "SAB",
                             .e164 = "",
                             .reason = "",
                             .by = "A",
                             .at = 15}};
  struct contact own = point(CONTACT_EXTENSION, "SAB", "3142", 0);
  struct entry e = {.site = "SAB",
                    .unit = "",
                    .name = "",
                    .contacts = &own,
                    .contact_count = 1,
                    .overrides = said,
                    .override_count = 3};
  struct reach_world w = world(true);
  struct arena arena = ARENA_INIT;
  size_t count;
  struct channel *all = reach_order(&e, NULL, &w, &arena, &count);
  assert_int_equal(count, 3); /* two numbers, and the one that they replace */
  assert_string_equal(all[0].stands_in->reason, "last");
  assert_string_equal(all[1].stands_in->number, "4598");
  assert_int_equal(all[2].state, REACH_REPLACED);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_diversion_that_is_noted_twice_is_one),
      cmocka_unit_test(each_point_has_the_state_its_record_tells),
      cmocka_unit_test(points_come_by_state_then_by_their_own_order),
      cmocka_unit_test(a_radio_alone_left_is_nobody_to_be_called),
      cmocka_unit_test(a_fax_is_best_only_where_there_is_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
