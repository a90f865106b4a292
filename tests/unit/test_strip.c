/* The strip: of several incidents, which is told first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/incident.h"
#include "core/way.h"
#include "tui/strip.h"

enum { NOW = 1795317240 }; /* Sun 22 Nov 2026 03:14 UTC */

/* A data centre that takes the mail of two sites, and a PBX of each. */
static const char *const needs_centre[] = {"dc-nord"};
static const struct domain domains[] = {
    {.code = "dc-nord", .name = "Data centre North", .kind = DOMAIN_DATA_CENTRE, .site = ""},
    {.code = "mail-sab",
     .name = "Mail Saint-Aubin",
     .kind = DOMAIN_MAIL,
     .site = "SAB",
     .needs = {.items = needs_centre, .count = 1}},
    {.code = "pbx-old", .name = "PBX Old wing", .kind = DOMAIN_PBX, .site = "RIV"},
    {.code = "pbx-riv", .name = "PBX Rivemont", .kind = DOMAIN_PBX, .site = "RIV"},
    {.code = "pbx-sab", .name = "PBX Saint-Aubin", .kind = DOMAIN_PBX, .site = "SAB"},
    {.code = "trunk-riv-1", .name = "Trunk 1", .kind = DOMAIN_TRUNK, .site = "RIV"},
    {.code = "trunk-riv-2", .name = "Trunk 2", .kind = DOMAIN_TRUNK, .site = "RIV"},
    {.code = "trunk-sab", .name = "Trunk", .kind = DOMAIN_TRUNK, .site = "SAB"},
};
static const struct site sites[] = {{.code = "SAB", .name = "Saint-Aubin", .plan = ""},
                                    {.code = "RIV", .name = "Rivemont", .plan = ""}};
static const struct house house = {.sites = sites,
                                   .site_count = sizeof sites / sizeof *sites,
                                   .domains = domains,
                                   .domain_count = sizeof domains / sizeof *domains};

static const struct incident centre = {.domain = "dc-nord", .since = NOW - 600, .declared = true};
static const struct incident sab = {.domain = "pbx-sab",
                                    .directions = 1u << DIRECTION_INBOUND,
                                    .since = NOW - 600,
                                    .declared = true};
static const struct incident riv = {.domain = "pbx-riv",
                                    .directions = 1u << DIRECTION_INBOUND,
                                    .since = NOW - 600,
                                    .declared = true};
static const struct incident sab_reported = {
    .domain = "pbx-sab", .directions = 1u << DIRECTION_INBOUND, .since = NOW - 600};

/* What the strip says at a site where these two are, in this order. */
static void expect(const char *site, const struct incident *a, const struct incident *b,
                   const char *said) {
  struct incident list[] = {*a, *b};
  struct arena arena = {0};
  const struct standpoint from = {.site = site};
  struct present p = {.arena = &arena};
  p.world = (struct reach_world){
      .house = &house,
      .from = &from,
      .now = NOW,
      .clock_trusted = true,
      .outage = outage_make(&house, list, 2, NOW, true, &arena),
  };
  const char *strip = strip_text(&p);
  if (!strstr(strip, said))
    fail_msg("at %s: \"%s\", not \"%s\"", site, strip, said);
  arena_free(&arena);
}

static void in_either_order(const char *site, const struct incident *a, const struct incident *b,
                            const char *said) {
  expect(site, a, b, said);
  expect(site, b, a, said);
}

static void a_domain_of_the_site_is_told_before_one_that_only_touches_it(void **state) {
  (void)state;
  in_either_order("SAB", &centre, &sab, "2 incidents: Calls INTO Saint-Aubin fail");
  in_either_order("SAB", &centre, &sab_reported,
                  "2 incidents: Reported, not declared: Calls INTO Saint-Aubin fail");
}

static void one_that_touches_the_site_is_told_before_one_that_does_not(void **state) {
  (void)state;
  in_either_order("SAB", &centre, &riv, "2 incidents: Data centre North is DOWN");
  in_either_order("RIV", &centre, &riv, "2 incidents: Calls INTO Rivemont fail");
}

enum {
  INSIDE = 1 << DIRECTION_INSIDE,
  INTO = 1 << DIRECTION_INBOUND,
  OUT = 1 << DIRECTION_OUTBOUND
};

/* One of a domain and its directions, declared ten minutes ago. */
static struct incident fails(const char *domain, uint32_t directions) {
  return (struct incident){
      .domain = domain, .directions = directions, .since = NOW - 600, .declared = true};
}

/* What is said to work follows from all that fails, in whatever order it is told. */
static void nothing_is_said_to_work_that_another_incident_takes(void **state) {
  (void)state;
  const struct incident out_sab = fails("trunk-sab", OUT), out_riv = fails("trunk-riv-1", OUT),
                        inside_sab = fails("pbx-sab", INSIDE), old = fails("pbx-old", INSIDE);
  struct incident doubted = fails("trunk-sab", OUT);
  doubted.declared = false;
  in_either_order(
      "SAB", &sab, &out_sab,
      "2 incidents: Calls INTO Saint-Aubin fail since 03:04; outgoing calls DOWN; inside "
      "works");
  in_either_order("SAB", &sab, &doubted,
                  "Calls INTO Saint-Aubin fail since 03:04; outgoing calls in doubt; inside works");
  in_either_order("RIV", &riv, &out_riv,
                  "Calls INTO Rivemont fail since 03:04; outgoing calls in doubt; inside works");
  in_either_order(
      "RIV", &riv, &old,
      "Calls inside Rivemont fail since 03:04; incoming calls in doubt; outgoing works");
  struct arena arena = {0};
  struct incident list[] = {sab, inside_sab, fails("trunk-riv-1", OUT), fails("trunk-riv-2", OUT),
                            riv};
  const struct standpoint from = {.site = "SAB"};
  struct reach_world w = {.house = &house, .from = &from, .now = NOW, .clock_trusted = true};
  w.outage = outage_make(&house, list, 5, NOW, true, &arena);
  struct buffer text = {.limit = 1024};
  incident_text(&text, &list[0], &w);
  assert_string_equal(buffer_text(&text),
                      "Calls INTO Saint-Aubin fail since 03:04; inside calls DOWN; outgoing works");
  buffer_clear(&text);
  incident_text(&text, &list[4], &w); /* both trunks */
  assert_string_equal(buffer_text(&text),
                      "Calls INTO Rivemont fail since 03:04; outgoing calls DOWN; inside works");
  arena_free(&arena);
  buffer_free(&text);
}

/* Whoever reads the strip asks which calls fail, not by which line. */
static void a_trunk_of_a_site_is_told_by_the_calls_that_fail_with_it(void **state) {
  (void)state;
  const struct incident trunk = fails("trunk-sab", 0), into = fails("trunk-sab", INTO),
                        one = fails("trunk-riv-1", 0), other = fails("trunk-riv-2", INTO);
  struct incident reported = fails("trunk-sab", 0);
  reported.declared = false;
  in_either_order("SAB", &trunk, &centre,
                  "Calls INTO and out of Saint-Aubin fail since 03:04; inside works");
  in_either_order("SAB", &into, &centre,
                  "Calls INTO Saint-Aubin fail since 03:04; inside and outgoing work");
  in_either_order("SAB", &reported, &centre,
                  "Reported, not declared: Calls INTO and out of Saint-Aubin fail since 03:04");
  in_either_order("RIV", &one, &centre, "Trunk 1 is DOWN since 03:04"); /* there is another */
  in_either_order("RIV", &one, &other,
                  "Calls INTO Rivemont fail since 03:04; outgoing calls in doubt; inside works");
}

/* A site with a second PBX and red phones of its own, and an annex on the first PBX. */
#define PBX_OF(code_, name_)                                                                       \
  { .code = code_, .name = name_, .kind = DOMAIN_PBX, .site = "SAB" }
#define TRUNK_OF(code_, name_)                                                                     \
  { .code = code_, .name = name_, .kind = DOMAIN_TRUNK, .site = "SAB" }
static const struct domain wide_domains[] = {
    PBX_OF("pbx-sab", "PBX Saint-Aubin"), PBX_OF("pbx-sab2", "PBX Pavilion B"),
    PBX_OF("rouge", "Red phones"),        TRUNK_OF("tie-riv", "Tie line to Rivemont"),
    TRUNK_OF("trunk-sab", "Trunk"),
};
static const struct tie_line wide_tie = {.plan = "RIV", .prefix = "81", .domains = "tie-riv"};
static const struct plan wide_plans[] = {
    {.code = "ROUGE", .domain = "rouge", .red = true},
    {.code = "SAB", .domain = "pbx-sab", .ties = &wide_tie, .tie_count = 1},
    {.code = "SAB2", .domain = "pbx-sab2"},
};
static const struct site wide_sites[] = {
    {.code = "SAB", .name = "Saint-Aubin", .plan = "SAB"},
    {.code = "LUN", .name = "Lunaire", .plan = "SAB"},
    {.code = "RIV", .name = "Rivemont", .plan = "RIV"},
};
static const struct house wide = {.sites = wide_sites,
                                  .site_count = 3,
                                  .plans = wide_plans,
                                  .plan_count = 3,
                                  .domains = wide_domains,
                                  .domain_count = 5};

/* What is said of the first of these where somebody stands at that site, on a phone of the plan. */
static void expect_wide(const char *site, const char *plan, const struct incident *list,
                        size_t count, const char *said) {
  struct arena arena = {0};
  const struct standpoint from = {.site = site, .plan = plan};
  struct present p = {.arena = &arena};
  p.world = (struct reach_world){.house = &wide, .from = &from, .now = NOW, .clock_trusted = true};
  p.world.outage = outage_make(&wide, list, count, NOW, true, &arena);
  assert_string_equal(strip_text(&p), said);
  arena_free(&arena);
}

static void a_pbx_beside_that_of_the_site_is_told_by_its_own_name(void **state) {
  (void)state;
  const struct incident second[] = {fails("pbx-sab2", 0)}, red[] = {fails("rouge", 0)},
                        both[] = {fails("pbx-sab", INTO), fails("pbx-sab2", INSIDE)},
                        trunk[] = {fails("trunk-sab", 0)};
  expect_wide("SAB", "SAB", second, 1, "All calls of PBX Pavilion B fail since 03:04");
  expect_wide("SAB", "SAB", red, 1, "All calls of Red phones fail since 03:04");
  expect_wide("SAB", "SAB", both, 2,
              "2 incidents: Calls INTO Saint-Aubin fail since 03:04; inside and outgoing work");
  expect_wide(
      "SAB", "SAB2", both, 2,
      "2 incidents: Calls inside PBX Pavilion B fail since 03:04; incoming and outgoing work");
  expect_wide("SAB", "SAB", trunk, 1,
              "Calls INTO and out of Saint-Aubin fail since 03:04; inside works");
}

static void an_annex_is_told_of_the_pbx_it_is_on_as_of_its_own(void **state) {
  (void)state;
  const struct incident pbx[] = {fails("pbx-sab2", 0), fails("pbx-sab", 0)},
                        trunk[] = {fails("trunk-sab", 0)};
  expect_wide("LUN", "SAB", pbx, 2,
              "2 incidents: All calls of Lunaire and Saint-Aubin fail since 03:04");
  expect_wide("LUN", "SAB", trunk, 1,
              "Calls INTO and out of Lunaire and Saint-Aubin fail since 03:04; inside works");
  expect_wide("RIV", "RIV", trunk, 1,
              "Calls INTO and out of Saint-Aubin fail since 03:04; inside works");
}

static void a_tie_line_of_a_site_takes_none_of_its_public_calls(void **state) {
  (void)state;
  const struct incident tie[] = {fails("tie-riv", 0)}, trunk[] = {fails("trunk-sab", 0)};
  expect_wide("SAB", "SAB", tie, 1, "Tie line to Rivemont is DOWN since 03:04");
  expect_wide("SAB", "SAB", trunk, 1,
              "Calls INTO and out of Saint-Aubin fail since 03:04; inside works");
}

/* In few columns: the state and its calls before the name, which alone is cut. */
static void few_columns_have_the_state_before_the_name(void **state) {
  (void)state;
  struct incident list[] = {fails("pbx-sab", INSIDE | INTO), riv};
  struct arena arena = {0};
  const struct standpoint from = {.site = "SAB"};
  struct present p = {.arena = &arena};
  p.world = (struct reach_world){.house = &house, .from = &from, .now = NOW, .clock_trusted = true};
  p.world.outage = outage_make(&house, list, 2, NOW, true, &arena);
  struct strip_brief brief;
  strip_brief(&p, &brief);
  assert_string_equal(brief.heads[0], "DOWN inside+inbound: ");
  assert_string_equal(brief.heads[1], "DOWN ins.+inb.: ");
  assert_string_equal(brief.heads[2], "DOWN ins.+inb. ");
  assert_string_equal(brief.name, "PBX Saint-Aubin");
  assert_string_equal(brief.code, "pbx-sab");
  assert_string_equal(brief.since, "03:04");
  assert_int_equal(brief.others, 1);
  arena_free(&arena);
}

static void what_is_announced_is_not_said_to_fail(void **state) {
  (void)state;
  const struct standpoint from = {.site = "SAB"};
  const struct reach_world w = {.house = &house, .from = &from, .now = NOW, .clock_trusted = true};
  struct incident pbx = sab, trunk = fails("trunk-sab", 0);
  struct buffer text = {.limit = 1024};
  pbx.since = trunk.since = NOW + 3600;
  incident_text(&text, &pbx, &w);
  assert_string_equal(buffer_text(&text), "Calls INTO Saint-Aubin are to fail from 04:14");
  buffer_clear(&text);
  incident_text(&text, &trunk, &w);
  assert_string_equal(buffer_text(&text), "Trunk is to be DOWN from 04:14");
  buffer_free(&text);
}

/* Where nobody stands, whatever else fails: the line that calls go over is told, and of two lines
 * one that is DOWN. */
static void telephony_is_told_before_mail_and_what_is_down_before_what_is_reported(void **state) {
  (void)state;
  const struct incident mail = fails("mail-sab", 0);
  struct incident old = fails("pbx-sab", INTO);
  old.until = NOW - 60;
  in_either_order("", &mail, &riv, "2 incidents: Calls INTO Rivemont fail");
  in_either_order("", &mail, &sab, "2 incidents: Calls INTO Saint-Aubin fail");
  in_either_order("", &mail, &sab_reported, "2 incidents: Reported, not declared: Calls INTO");
  in_either_order("", &riv, &sab_reported, "2 incidents: Calls INTO Rivemont fail");
  in_either_order("", &mail, &old, "2 incidents: Mail Saint-Aubin is DOWN");
  in_either_order("SAB", &mail, &sab_reported, "2 incidents: Reported, not declared: Calls INTO");
  in_either_order("SAB", &mail, &riv, "2 incidents: Mail Saint-Aubin is DOWN"); /* one's own */
}

static void what_nothing_tells_apart_is_told_in_one_order(void **state) {
  (void)state;
  in_either_order("", &sab, &riv, "2 incidents: Calls INTO Rivemont fail");
}

/* A ward cannot say whether it still is so: it reads that nobody knows, and whom to ask. */
static void what_nobody_confirmed_is_neither_failing_nor_working(void **state) {
  (void)state;
  const struct incident old = {.domain = "pbx-sab",
                               .directions = 1u << DIRECTION_INBOUND,
                               .since = NOW - 50000,
                               .until = NOW - 600,
                               .declared = true};
  struct incident reported = old;
  reported.declared = false;
  for (int turn = 0; turn < 2; turn++) {
    struct incident list[] = {turn ? reported : old, riv};
    struct arena arena = {0};
    const struct standpoint from = {.site = "SAB"};
    struct present p = {.arena = &arena};
    p.world = (struct reach_world){
        .house = &house,
        .from = &from,
        .now = NOW,
        .clock_trusted = true,
        .outage = outage_make(&house, list, 1, NOW, true, &arena),
    };
    assert_string_equal(strip_text(&p),
                        "PBX Saint-Aubin UNKNOWN, not confirmed since 03:04: ask the switchboard");
    struct strip_brief brief;
    strip_brief(&p, &brief);
    assert_string_equal(brief.heads[0], "UNKNOWN, ask the switchboard: ");
    assert_string_equal(brief.name, "PBX Saint-Aubin");
    assert_int_equal(brief.others, 0);
    p.world.outage = outage_make(&house, list, 2, NOW, true, &arena);
    strip_brief(&p, &brief);
    assert_string_equal(brief.heads[0], "UNKNOWN, ask the switchboard: ");
    assert_int_equal(brief.others, 1);
    arena_free(&arena);
  }
}

static void what_is_blamed_is_the_same_in_either_order(void **state) {
  (void)state;
  const struct incident mail = {.domain = "mail-sab", .since = NOW - 600, .declared = true};
  for (int turn = 0; turn < 2; turn++) {
    struct incident list[] = {turn ? centre : mail, turn ? mail : centre};
    struct arena arena = {0};
    const struct outage *outage = outage_make(&house, list, 2, NOW, true, &arena);
    assert_non_null(outage);
    for (size_t i = 0; i < outage->count; i++)
      assert_string_equal(outage->domains[i].at[DIRECTION_INSIDE].incident->domain, "dc-nord");
    arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_domain_of_the_site_is_told_before_one_that_only_touches_it),
      cmocka_unit_test(one_that_touches_the_site_is_told_before_one_that_does_not),
      cmocka_unit_test(nothing_is_said_to_work_that_another_incident_takes),
      cmocka_unit_test(a_trunk_of_a_site_is_told_by_the_calls_that_fail_with_it),
      cmocka_unit_test(a_pbx_beside_that_of_the_site_is_told_by_its_own_name),
      cmocka_unit_test(an_annex_is_told_of_the_pbx_it_is_on_as_of_its_own),
      cmocka_unit_test(a_tie_line_of_a_site_takes_none_of_its_public_calls),
      cmocka_unit_test(few_columns_have_the_state_before_the_name),
      cmocka_unit_test(what_is_announced_is_not_said_to_fail),
      cmocka_unit_test(telephony_is_told_before_mail_and_what_is_down_before_what_is_reported),
      cmocka_unit_test(what_nothing_tells_apart_is_told_in_one_order),
      cmocka_unit_test(what_nobody_confirmed_is_neither_failing_nor_working),
      cmocka_unit_test(what_is_blamed_is_the_same_in_either_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
