#include "tests/lib/reach_house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/zone.h"

enum { TEXT = 256 };

#define PLAN(code_, domain_) .code = code_, .name = code_, .country = "FR", .domain = domain_
static const struct tie_line sab_ties[] = {{.plan = "RIV", .prefix = "81", .domains = "tie-nord"}};
static const struct tie_line riv_ties[] = {{.plan = "SAB", .prefix = "82", .domains = "tie-nord"}};
static const struct tie_line bil_ties[] = {
    {.plan = "SAB", .prefix = "83", .domains = "tie-bil-sab"}};
static const struct plan_range sab_ranges[] = {
    {.low = "4000", .high = "4999", .ddi = "+33199004000", .label = ""},
    {.low = "18", .high = "18", .ddi = "", .label = ""}};
static const struct plan_range riv_ranges[] = {
    {.low = "5000", .high = "5299", .ddi = "+33199005000", .label = ""}};
static const struct plan_range qmp_ranges[] = {
    {.low = "8000", .high = "8099", .ddi = "+33199008000", .label = ""}};
static const struct plan_range qmp2_ranges[] = {
    {.low = "8500", .high = "8599", .ddi = "+33199008500", .label = ""}};
static const struct plan_range stg_ranges[] = {
    {.low = "6000", .high = "6999", .ddi = "+33199006000", .label = ""}};
static const struct plan_range sab2_ranges[] = {
    {.low = "60000", .high = "60999", .ddi = "+33199009000", .label = ""}};
static const struct plan_range bil_ranges[] = {
    {.low = "3000", .high = "3099", .ddi = "+33199003000", .label = ""}};
static const struct plan_range bil2_ranges[] = {
    {.low = "3500", .high = "3599", .ddi = "+33199003500", .label = ""}};
static const struct plan plans[] = {
    {PLAN("BIL", "pbx-bil"), .outside_prefix = "0", .ties = bil_ties, .tie_count = 1,
     .ranges = bil_ranges, .range_count = 1},
    {PLAN("BIL2", "pbx-bil2"), .outside_prefix = "0", .ranges = bil2_ranges, .range_count = 1},
    {PLAN("FDF", "pbx-fdf"), .outside_prefix = "0"},
    {PLAN("MRS", "pbx-mrs"), .outside_prefix = "0"},
    {PLAN("QMP", "pbx-qmp"), .outside_prefix = "0", .ranges = qmp_ranges, .range_count = 1},
    {PLAN("QMP2", "pbx-qmp2"), .outside_prefix = "0", .ranges = qmp2_ranges, .range_count = 1},
    {PLAN("RIV", "pbx-riv"), .outside_prefix = "0", .ties = riv_ties, .tie_count = 1,
     .ranges = riv_ranges, .range_count = 1},
    {PLAN("ROUGE", "rouge"), .outside_prefix = "", .red = true},
    {PLAN("SAB", "pbx-sab"), .outside_prefix = "0", .ties = sab_ties, .tie_count = 1,
     .ranges = sab_ranges, .range_count = 2},
    {PLAN("SAB2", "pbx-sab2"), .outside_prefix = "0", .ranges = sab2_ranges, .range_count = 1},
    {PLAN("STG", "pbx-stg"), .outside_prefix = "0", .ranges = stg_ranges, .range_count = 1},
};

#define NEEDS(...)                                                                                 \
  .needs = {(const char *const[]){__VA_ARGS__},                                                    \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)}
#define DOMAIN(code_, kind_, site_)                                                                \
  .code = code_, .name = code_, .kind = DOMAIN_##kind_, .site = site_, .probe = ""
static const struct domain domains[] = {
    {DOMAIN("bip-sab", PAGING, "SAB")},
    {DOMAIN("carrier-a", CARRIER, "")},
    {DOMAIN("carrier-b", CARRIER, "")},
    {DOMAIN("cuivre", NETWORK, "SAB")},
    {DOMAIN("dc-nord", DATA_CENTRE, "")},
    {DOMAIN("dc-sud", DATA_CENTRE, "")},
    {DOMAIN("fax-nord", FAX_SERVER, ""), NEEDS("dc-nord")},
    {DOMAIN("mail-nord", MAIL, ""), NEEDS("dc-nord")},
    {DOMAIN("make-x", OTHER, "")},
    {DOMAIN("pbx-bil", PBX, "BIL")},
    {DOMAIN("pbx-bil2", PBX, "BIL")},
    {DOMAIN("pbx-fdf", PBX, "FDF"), NEEDS("trunk-fdf")},
    {DOMAIN("pbx-mrs", PBX, "MRS")},
    {DOMAIN("pbx-qmp", PBX, "QMP")},
    {DOMAIN("pbx-qmp2", PBX, "QMP")},
    {DOMAIN("pbx-riv", PBX, "RIV"), NEEDS("dc-sud")},
    {DOMAIN("pbx-sab", PBX, "SAB"), NEEDS("dc-nord", "power-sab")},
    {DOMAIN("pbx-sab2", PBX, "SAB")},
    {DOMAIN("pbx-stg", PBX, "STG")},
    {DOMAIN("power-sab", POWER, "SAB")},
    {DOMAIN("relay-3", NETWORK, "SAB")},
    {DOMAIN("ring-a", OTHER, ""), NEEDS("ring-b")},
    {DOMAIN("ring-b", OTHER, ""), NEEDS("ring-a")},
    {DOMAIN("rouge", PBX, "")},
    {DOMAIN("sat-1", OTHER, "")},
    {DOMAIN("sip-2", TRUNK, "")},
    {DOMAIN("tie-bil-sab", TRUNK, "BIL")},
    {DOMAIN("tie-nord", TRUNK, "")},
    {DOMAIN("trunk-bil", TRUNK, "BIL"), NEEDS("pbx-bil")},
    {DOMAIN("trunk-bil2", TRUNK, "BIL"), NEEDS("pbx-bil2")},
    {DOMAIN("trunk-fdf", TRUNK, "FDF")},
    {DOMAIN("trunk-qmp", TRUNK, "QMP")},
    {DOMAIN("trunk-qmp-2", TRUNK, "QMP")},
    {DOMAIN("trunk-riv", TRUNK, "RIV")},
    {DOMAIN("trunk-riv-2", TRUNK, "RIV")},
    {DOMAIN("trunk-sab", TRUNK, "SAB")},
};

#define RULE(kind_, site_, plan_, low_, high_, domains_)                                           \
  {                                                                                                \
    .kind = CONTACT_##kind_, .site = site_, .plan = plan_, .low = low_, .high = high_,             \
    .domains = domains_                                                                            \
  }
static const struct rule rules[] = {
    RULE(RED_PHONE, "", "", "", "", "rouge"),
    RULE(MOBILE, "", "", "+33639980", "+33639984", "carrier-a"),
    RULE(MOBILE, "", "", "+33639985", "+33639989", "carrier-b"),
    RULE(DDI, "SAB", "", "", "", "pbx-sab,trunk-sab"),
    RULE(DDI, "RIV", "", "+3319900520", "+3319900529", "pbx-riv,trunk-riv-2"),
    RULE(DDI, "RIV", "", "", "", "pbx-riv,trunk-riv"),
    RULE(FAX_SERVER, "", "", "", "", "fax-nord"),
    RULE(MAIL, "", "", "", "", "mail-nord"),
    RULE(SATELLITE, "", "", "", "", "iridum"),
    RULE(SECURE_MAIL, "", "", "", "", "mail-nord"),
    RULE(PAGER, "", "SAB", "", "", "bip-sab"),
    RULE(FAX, "", "SAB", "", "", "pbx-sab"),
};

#define SITE_ON(code_, plan_, zone_, region_)                                                      \
  {                                                                                                \
    .code = code_, .name = code_, .group = "", .zone = zone_, .country = "FR", .region = region_,  \
    .plan = plan_, .address = "", .switchboard_number = "9"                                        \
  }
#define SITE(code_, zone_, region_) SITE_ON(code_, code_, zone_, region_)
static const struct site sites[] = {SITE("SAB", "Europe/Paris", "metropole"),
                                    SITE("RIV", "Europe/Paris", "metropole"),
                                    SITE("STG", "Europe/Paris", "alsace-moselle"),
                                    SITE("FDF", "America/Martinique", "martinique"),
                                    SITE("MRS", "Mars/Olympus", ""),
                                    SITE("QMP", "Europe/Paris", "metropole"),
                                    SITE("AMX", "Europe/Paris", "AM"),
                                    SITE("BIL", "Europe/Paris", "metropole"),
                                    SITE_ON("LUN", "SAB", "Europe/Paris", "metropole")};

static const struct calendar_day eve = {
    .date = "2026-12-24", .hours = "08:00-12:00", .text = "Eve"};
static const struct calendar calendar = {.code = "FR",
                                         .name = "metropole",
                                         .country = "FR",
                                         .region = "metropole",
                                         .days = &eve,
                                         .day_count = 1};

static struct arena ground; /* zones */
static struct house_zone zones[3] = {
    {"Europe/Paris", NULL}, {"America/Martinique", NULL}, {"Mars/Olympus", NULL}};

#define TABLE(noun) .noun##s = noun##s, .noun##_count = sizeof noun##s / sizeof noun##s[0]
const struct house reach_house = {TABLE(site),        TABLE(plan), TABLE(domain),
                                  TABLE(rule),        TABLE(zone), .calendars = &calendar,
                                  .calendar_count = 1};

static const struct zone *zone_of(const char *name) {
  char path[TEXT];
  struct buffer bytes = BUFFER_INIT;
  struct zone *zone = NULL;
  snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
  if (file_read(&bytes, path, ZONE_BYTES_MAX, NULL) != TC_OK ||
      zone_read(&zone, bytes.data, bytes.len, &ground, NULL) != TC_OK)
    fail_msg("no time zone %s (package tzdata)", name);
  buffer_free(&bytes);
  return zone;
}

int reach_house_open(void **state) {
  (void)state;
  zones[0].zone = zone_of("Europe/Paris");
  zones[1].zone = zone_of("America/Martinique");
  return 0;
}

int reach_house_close(void **state) {
  (void)state;
  arena_free(&ground);
  return 0;
}
