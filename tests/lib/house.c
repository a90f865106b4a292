#include "tests/lib/house.h"

static const struct tie_line gbx_ties[] = {{.plan = "RED", .prefix = "66", .domains = ""}};
static const struct tie_line sab_ties[] = {
    {.plan = "RIV", .prefix = "7", .domains = "tie-sab-riv"}};

static const struct plan_range gbx_ranges[] = {
    {.low = "4000", .high = "4099", .ddi = "+442079460000", .label = ""}};
static const struct plan_range red_ranges[] = {
    {.low = "900", .high = "999", .ddi = "", .label = ""}};
static const struct plan_range riv_ranges[] = {
    {.low = "5200", .high = "5299", .ddi = "+33199005200", .label = ""},
    {.low = "6000", .high = "6099", .ddi = "", .label = ""}};
static const struct plan_range sab_ranges[] = {
    {.low = "3100", .high = "3199", .ddi = "+33261913100", .label = ""},
    {.low = "18", .high = "18", .ddi = "", .label = ""}};

static const struct plan plans[] = {
    {.code = "GBX",
     .name = "London",
     .country = "GB",
     .outside_prefix = "9",
     .domain = "pbx-gbx",
     .ties = gbx_ties,
     .tie_count = 1,
     .ranges = gbx_ranges,
     .range_count = 1},
    {.code = "RED",
     .name = "Red",
     .country = "FR",
     .outside_prefix = "",
     .domain = "red",
     .ranges = red_ranges,
     .range_count = 1,
     .red = true},
    {.code = "RIV",
     .name = "Rives",
     .country = "FR",
     .outside_prefix = "0",
     .domain = "pbx-riv",
     .ranges = riv_ranges,
     .range_count = 2},
    {.code = "SAB",
     .name = "Sablons",
     .country = "FR",
     .outside_prefix = "0",
     .domain = "pbx-sab",
     .ties = sab_ties,
     .tie_count = 1,
     .ranges = sab_ranges,
     .range_count = 2},
};

static const struct rule rules[] = {
    {.site = "RIV",
     .plan = "",
     .kind = CONTACT_FAX,
     .low = "",
     .high = "",
     .domains = "fax-riv",
     .order = 1},
    {.site = "",
     .plan = "SAB",
     .kind = CONTACT_OTHER,
     .low = "3100",
     .high = "3149",
     .domains = "pbx-sab-1",
     .order = 2},
    {.site = "",
     .plan = "SAB",
     .kind = CONTACT_OTHER,
     .low = "3100",
     .high = "3199",
     .domains = "pbx-sab-2",
     .order = 3},
    {.site = "",
     .plan = "",
     .kind = CONTACT_MOBILE,
     .low = "+33639",
     .high = "+33639",
     .domains = "carrier-a",
     .order = 4},
};

static const struct domain domains[] = {
    {.code = "carrier-a", .name = "", .site = ""}, {.code = "fax-riv", .name = "", .site = ""},
    {.code = "pbx", .name = "", .site = ""},       {.code = "pbx-gbx", .name = "", .site = ""},
    {.code = "pbx-riv", .name = "", .site = ""},   {.code = "pbx-sab", .name = "", .site = ""},
    {.code = "pbx-sab-1", .name = "", .site = ""}, {.code = "pbx-sab-2", .name = "", .site = ""},
    {.code = "red", .name = "", .site = ""},       {.code = "tie-sab-riv", .name = "", .site = ""},
};

const struct house small_house = {
    .domains = domains,
    .domain_count = sizeof domains / sizeof domains[0],
    .plans = plans,
    .plan_count = sizeof plans / sizeof plans[0],
    .rules = rules,
    .rule_count = sizeof rules / sizeof rules[0],
};
