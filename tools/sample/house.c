#include <inttypes.h>
#include <string.h>

#include "tools/sample/sample.h"

static int64_t at_least(int64_t n, int64_t least) {
  return n < least ? least : n;
}

static void lay_out_site(struct sample_site *site) {
  int64_t n = site->count;
  site->services = at_least(n / 10, 10); /* the switchboard is the first */
  site->roles = at_least(n * 8 / 100, 12);
  int64_t left = n - site->services - site->roles - CODES;
  site->persons = n * 71 / 100 < left ? n * 71 / 100 : left;
  site->rooms = left - site->persons;
  site->sets = (n + 2 * site->services + 90 + 99) / 100 * 100;
}

static struct sample_plan *plan_named(struct sample *s, const char *code) {
  for (int i = 0; i < s->plan_count; i++)
    if (!strcmp(s->plans[i].code, code))
      return &s->plans[i];
  s->plans[s->plan_count].code = code;
  return &s->plans[s->plan_count++];
}

void house_lay_out(struct sample *s) {
  int64_t weights = 0, left, first = 0, tails[GROUP_COUNT];
  for (int i = 0; i < SITE_COUNT; i++)
    weights += site_words[i].weight;
  for (int i = 0; i < GROUP_COUNT; i++)
    tails[i] = s->bench ? 0 : group_words[i].first;
  s->outside = at_least(s->entries / 150, (int64_t)outside_count);
  left = s->entries - s->outside;
  int64_t inside = left;
  for (int i = 0; i < SITE_COUNT; i++) {
    s->sites[i].count = inside * site_words[i].weight / weights;
    left -= s->sites[i].count;
  }
  s->sites[1].count += left; /* what the divisions left over */
  for (int i = 0; i < SITE_COUNT; i++) {
    struct sample_site *site = &s->sites[i];
    site->words = &site_words[i];
    site->group = &group_words[site->words->group];
    site->first = first;
    first += site->count;
    lay_out_site(site);
    site->plan = plan_named(s, site->words->with ? site->words->with : site->words->code);
    site->set = site->plan->used; /* within its plan, for now */
    site->plan->used += site->sets;
    site->tail = tails[site->words->group];
    tails[site->words->group] += site->sets;
    if (s->bench)
      site->tail = 0; /* each site has a prefix of its own */
  }
  for (int i = 0; i < s->plan_count; i++) {
    struct sample_plan *plan = &s->plans[i];
    plan->digits = plan->used <= 2000 ? 4 : plan->used <= 20000 ? 5 : plan->used <= 200000 ? 6 : 7;
    plan->first_set = 4;
    for (unsigned k = 1; k < plan->digits; k++)
      plan->first_set *= 10;
  }
  for (int i = 0; i < SITE_COUNT; i++) {
    struct sample_site *site = &s->sites[i];
    /* Where five digits do, the last four are those of the public number. */
    int64_t within = site->plan->digits == 5 && !s->bench ? site->tail : site->set;
    site->set = site->plan->first_set + within;
  }
}

struct place place_of(const struct sample *s, int64_t index) {
  struct place p = {.index = index, .type = ENTRY_OUTSIDE, .at = index - (s->entries - s->outside)};
  if (p.at >= 0)
    return p;
  int low = 0, high = SITE_COUNT - 1;
  while (low < high) {
    int middle = (low + high + 1) / 2;
    if (s->sites[middle].first <= index)
      low = middle;
    else
      high = middle - 1;
  }
  const struct sample_site *site = &s->sites[low];
  p.site = site;
  p.at = index - site->first;
  const struct {
    enum entry_type type;
    int64_t count, from;
  } blocks[] = {{ENTRY_SERVICE, 1, 0},
                {ENTRY_CODE, CODES, 0},
                {ENTRY_SERVICE, site->services - 1, 1},
                {ENTRY_ROLE, site->roles, 0},
                {ENTRY_ROOM, site->rooms, 0},
                {ENTRY_PERSON, site->persons, 0}};
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
    p.type = blocks[i].type;
    if (p.at < blocks[i].count) {
      p.at += blocks[i].from;
      return p;
    }
    p.at -= blocks[i].count;
  }
  return p;
}

static struct record begin(struct sample *s, enum record_kind kind, enum space space,
                           int64_t index) {
  arena_reset(&s->arena);
  struct record r = {.head = {RECORD_VERSION, kind, AUDIENCE_PUBLIC,
                              rng_uuid(s->seed, space, (uint64_t)index), 0}};
  return r;
}

static void site_write(struct sample *s, int i) {
  const struct sample_site *site = &s->sites[i];
  struct record r = begin(s, RECORD_SITE, SPACE_SITE, i);
  const char *aliases[8];
  size_t count = 0;
  for (const char *at = site->words->alias; *at && count < 8;) {
    size_t len = strcspn(at, ";");
    aliases[count++] = arena_copy(&s->arena, at, len);
    at += len + (at[len] == ';');
  }
  r.site = (struct site){
      .code = site->words->code,
      .name = site->words->name,
      .group = site->group->name,
      .zone = "Europe/Paris",
      .country = "FR",
      .region = site->group->region,
      .plan = site->plan->code,
      .address = say(s, "%d avenue de la Fiction, %s", 1 + i * 7 % 90, site->words->name),
      .switchboard = entry_uuid(s, site->first),
      .switchboard_number = "9",
      .aliases = {aliases, count},
      .rank = 1 + i};
  record_write(s, &r);
}

/* Domains are named in small letters: "pbx-sab". */
const char *domain_code(struct sample *s, const char *what, const char *code) {
  char *text = arena_printf(&s->arena, "%s-%s", what, code);
  for (char *at = text; at && *at; at++)
    if (*at >= 'A' && *at <= 'Z')
      *at = (char)(*at - 'A' + 'a');
  return text ? text : "";
}

static bool is_small(const struct sample_site *site) {
  return site->words->weight < 20;
}

/* Tie lines reach every other plan of the group; between groups one dials outside. */
static void plan_write(struct sample *s, int i) {
  const struct sample_plan *plan = &s->plans[i];
  struct record r = begin(s, RECORD_PLAN, SPACE_PLAN, i);
  struct tie_line ties[SITE_COUNT];
  struct plan_range ranges[SITE_COUNT + 2];
  size_t tie_count = 0, range_count = 0;
  const struct sample_site *own = NULL;
  for (int k = 0; k < SITE_COUNT; k++)
    if (!strcmp(s->sites[k].words->code, plan->code))
      own = &s->sites[k];
  if (!own)
    return;
  for (int k = 0; k < SITE_COUNT; k++) {
    const struct sample_site *site = &s->sites[k];
    if (site->plan == plan) {
      const char *ddi = s->bench ? say(s, "+999%02d%07" PRId64, k + 10, site->tail)
                                 : say(s, "%s%04" PRId64, site->group->e164, site->tail);
      ranges[range_count++] =
          (struct plan_range){.low = say(s, "%" PRId64, site->set),
                              .high = say(s, "%" PRId64, site->set + site->sets - 1),
                              .ddi = ddi,
                              .label = site->words->name,
                              .kind = CONTACT_EXTENSION};
    } else if (site->words->group == own->words->group && !site->words->with && !is_small(own)) {
      ties[tie_count++] = (struct tie_line){.plan = site->plan->code,
                                            .prefix = say(s, "8%d", k % 10),
                                            .domains = say(s, "tie-%s", own->group->code)};
    }
  }
  int64_t tenth = plan->first_set / 4;
  ranges[range_count++] = (struct plan_range){.low = say(s, "%" PRId64, 6 * tenth),
                                              .high = say(s, "%" PRId64, 6 * tenth + tenth / 2 - 1),
                                              .ddi = "",
                                              .label = "DECT",
                                              .kind = CONTACT_DECT};
  ranges[range_count++] = (struct plan_range){.low = say(s, "%" PRId64, 6 * tenth + tenth / 2),
                                              .high = say(s, "%" PRId64, 7 * tenth - 1),
                                              .ddi = "",
                                              .label = "bips",
                                              .kind = CONTACT_PAGER};
  r.plan = (struct plan){.code = plan->code,
                         .name = say(s, "Autocom %s", own->words->name),
                         .country = "FR",
                         .outside_prefix = "0",
                         .domain = domain_code(s, "pbx", plan->code),
                         .ties = ties,
                         .tie_count = tie_count,
                         .ranges = ranges,
                         .range_count = range_count};
  record_write(s, &r);
}

static void red_plan_write(struct sample *s) {
  struct record r = begin(s, RECORD_PLAN, SPACE_PLAN, SITE_COUNT);
  struct plan_range range = {.low = "7000",
                             .high = "7759",
                             .ddi = "",
                             .label = "téléphones rouges",
                             .kind = CONTACT_RED_PHONE};
  r.plan = (struct plan){.code = "ROUGE",
                         .name = "Téléphones rouges",
                         .country = "FR",
                         .outside_prefix = "0",
                         .domain = "rouge",
                         .ranges = &range,
                         .range_count = 1,
                         .red = true};
  record_write(s, &r);
}

static void domain_write(struct sample *s, const char *code, const char *name,
                         enum domain_kind kind, const char *site, const char *needs) {
  static const struct domain none;
  struct record r = {.head = {RECORD_VERSION, RECORD_DOMAIN, AUDIENCE_PUBLIC, {{0}}, 0}};
  uint64_t sum = 0;
  for (const char *at = code; *at; at++)
    sum = sum * 131 + (unsigned char)*at;
  r.head.uuid = rng_uuid(s->seed, SPACE_DOMAIN, sum);
  const char *items[4];
  size_t count = 0;
  for (const char *at = needs; *at && count < 4;) {
    size_t len = strcspn(at, ",");
    items[count++] = arena_copy(&s->arena, at, len);
    at += len + (at[len] == ',');
  }
  r.domain = none;
  r.domain.code = code;
  r.domain.name = name;
  r.domain.kind = kind;
  r.domain.site = site;
  r.domain.needs = (struct text_list){items, count};
  record_write(s, &r);
}

static void domains_write(struct sample *s) {
  static const struct {
    const char *code, *name;
  } carriers[] = {{"carrier-a", "Opérateur mobile A"}, {"carrier-b", "Opérateur mobile B"}};
  for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
    domain_write(s, carriers[i].code, carriers[i].name, DOMAIN_CARRIER, "", "");
  domain_write(s, "rouge", "Réseau des téléphones rouges", DOMAIN_PBX, "", "");
  for (int g = 0; g < GROUP_COUNT; g++) {
    const char *code = group_words[g].code, *name = group_words[g].name;
    arena_reset(&s->arena);
    const char *dc = say(s, "dc-%s", code), *net = say(s, "net-%s", code);
    domain_write(s, dc, say(s, "Centre de données, %s", name), DOMAIN_DATA_CENTRE, "", "");
    domain_write(s, net, say(s, "Réseau, %s", name), DOMAIN_NETWORK, "", dc);
    domain_write(s, say(s, "tie-%s", code), say(s, "Liaisons entre autocoms, %s", name),
                 DOMAIN_TRUNK, "", net);
    domain_write(s, say(s, "fax-%s", code), say(s, "Serveur de fax, %s", name), DOMAIN_FAX_SERVER,
                 "", say(s, "%s,%s", dc, net));
    domain_write(s, say(s, "mail-%s", code), say(s, "Messagerie, %s", name), DOMAIN_MAIL, "",
                 say(s, "%s,%s", dc, net));
  }
  for (int i = 0; i < SITE_COUNT; i++) {
    const struct sample_site *site = &s->sites[i];
    const char *code = site->words->code, *name = site->words->name;
    arena_reset(&s->arena);
    const char *power = domain_code(s, "power", code);
    domain_write(s, power, say(s, "Courant, %s", name), DOMAIN_POWER, code, "");
    if (site->words->with)
      continue;
    const char *pbx = domain_code(s, "pbx", code);
    domain_write(s, pbx, say(s, "Autocom %s", name), DOMAIN_PBX, code, power);
    domain_write(s, domain_code(s, "trunk", code), say(s, "Lignes vers l'extérieur, %s", name),
                 DOMAIN_TRUNK, code, "");
    domain_write(s, domain_code(s, "bip", code), say(s, "Émetteur des bips, %s", name),
                 DOMAIN_PAGING, code, say(s, "%s,%s", power, pbx));
  }
}

static void rule_write(struct sample *s, int64_t *order, const char *site, const char *plan,
                       enum contact_kind kind, const char *low, const char *high,
                       const char *domains) {
  struct record r = {.head = {RECORD_VERSION, RECORD_RULE, AUDIENCE_PUBLIC,
                              rng_uuid(s->seed, SPACE_RULE, (uint64_t)*order), 0}};
  r.rule = (struct rule){.site = site,
                         .plan = plan,
                         .kind = kind,
                         .low = low,
                         .high = high,
                         .domains = domains,
                         .order = (*order)++};
  record_write(s, &r);
}

static void rules_write(struct sample *s) {
  int64_t order = 1;
  rule_write(s, &order, "", "", CONTACT_RED_PHONE, "", "", "rouge");
  rule_write(s, &order, "", "", CONTACT_MOBILE, "+33639980", "+33639984", "carrier-a");
  rule_write(s, &order, "", "", CONTACT_MOBILE, "+33639985", "+33639989", "carrier-b");
  for (int i = 0; i < SITE_COUNT; i++) {
    const struct sample_site *site = &s->sites[i];
    const char *code = site->words->code, *group = site->group->code;
    arena_reset(&s->arena);
    const char *plan = site->plan->code;
    const char *pbx = domain_code(s, "pbx", plan), *trunk = domain_code(s, "trunk", plan);
    rule_write(s, &order, code, plan, CONTACT_EXTENSION, "", "", pbx);
    rule_write(s, &order, code, plan, CONTACT_DECT, "", "", pbx);
    rule_write(s, &order, code, plan, CONTACT_PAGER, "", "", domain_code(s, "bip", plan));
    rule_write(s, &order, code, "", CONTACT_DDI, "", "", say(s, "%s,%s", pbx, trunk));
    rule_write(s, &order, code, "", CONTACT_FAX_SERVER, "", "", say(s, "fax-%s,%s", group, trunk));
    rule_write(s, &order, code, "", CONTACT_SECURE_MAIL, "", "", say(s, "mail-%s", group));
    if (!is_small(site)) { /* of the small houses nobody knows what their pairs ride on */
      rule_write(s, &order, code, "", CONTACT_DIRECT_LINE, "", "", trunk);
      rule_write(s, &order, code, "", CONTACT_FAX, "", "", trunk);
    }
  }
}

static void calendars_write(struct sample *s) {
  static const struct {
    const char *date, *text;
    bool alsace; /* there alone */
  } days[] = {{"2026-11-01", "Toussaint", false},
              {"2026-11-11", "Armistice", false},
              {"2026-12-25", "Noël", false},
              {"2026-12-26", "Saint-Étienne", true},
              {"2027-01-01", "Jour de l'An", false},
              {"2027-03-26", "Vendredi saint", true},
              {"2027-03-29", "Lundi de Pâques", false},
              {"2027-05-01", "Fête du Travail", false},
              {"2027-05-06", "Ascension", false},
              {"2027-05-08", "Victoire 1945", false},
              {"2027-05-17", "Lundi de Pentecôte", false},
              {"2027-07-14", "Fête nationale", false},
              {"2027-08-15", "Assomption", false}};
  for (int alsace = 0; alsace < 2; alsace++) {
    struct record r = begin(s, RECORD_CALENDAR, SPACE_CALENDAR, alsace);
    struct calendar_day kept[sizeof days / sizeof *days];
    size_t count = 0;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
      if (alsace || !days[i].alsace)
        kept[count++] = (struct calendar_day){.date = days[i].date, .text = days[i].text};
    r.calendar = (struct calendar){.code = alsace ? "FR-alsace-moselle" : "FR",
                                   .name = alsace ? "Jours fériés, Alsace-Moselle" : "Jours fériés",
                                   .country = "FR",
                                   .region = alsace ? "alsace-moselle" : "metropole",
                                   .days = kept,
                                   .day_count = count};
    record_write(s, &r);
  }
}

void house_write(struct sample *s) {
  for (int i = 0; i < SITE_COUNT; i++)
    site_write(s, i);
  for (int i = 0; i < s->plan_count; i++)
    plan_write(s, i);
  red_plan_write(s);
  domains_write(s);
  rules_write(s);
  calendars_write(s);
}
