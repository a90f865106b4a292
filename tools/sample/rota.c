#include <inttypes.h>
#include <string.h>

#include "tools/sample/days.h"
#include "tools/sample/sample.h"

enum { WEEKS = 6, SHIFTS = 24, HOUSE_ROTAS = 10, UNIT_ROTAS = 40, LARGE = 60 };

static int64_t first_role(const struct sample_site *site) {
  return site->first + 1 + CODES + site->services - 1;
}

static int64_t any_person(const struct sample_site *site, struct rng *r) {
  return site->first + site->count - site->persons + rng_below(r, (uint64_t)site->persons);
}

static void holder(struct sample *s, const struct sample_site *site, struct rng *r,
                   struct shift *shift) {
  int64_t person = any_person(site, r);
  struct rng named = rng_of(s->seed, SPACE_NAME, (uint64_t)person);
  shift->text = full_name(s, &named);
  if (!rng_chance(r, 50)) /* some lists name people whom the directory does not know */
    shift->holder = entry_uuid(s, person);
}

/* One shift of a line; about one in twenty-five is missing. */
static void shift_add(struct sample *s, const struct sample_site *site, struct rng *r, int line,
                      const char *from, const char *until, struct shift *shifts, size_t *count) {
  if (rng_chance(r, 40))
    return;
  struct shift *shift = &shifts[(*count)++];
  *shift = (struct shift){.from = from,
                          .until = until,
                          .line = line,
                          .at_home = line == 2,
                          .travel = line == 2 ? 10 + 5 * rng_below(r, 6) : 0};
  holder(s, site, r, shift);
}

/* One role, one week from Monday: days and nights on weekdays, whole days at the end of the week.
 */
static void week_write(struct sample *s, const struct sample_site *site, int64_t at, int week,
                       int64_t monday) {
  arena_reset(&s->arena);
  int64_t role = first_role(site) + at;
  /* "Cadre de nuit": nobody is listed by day, and the screen says so */
  bool nights = at < (int64_t)house_role_count && strstr(house_roles[at], "de nuit");
  uint64_t place = (uint64_t)(role * WEEKS + week);
  struct rng night = rng_of(s->seed, SPACE_ROTA, place);
  struct rng by_day = rng_of(s->seed, SPACE_ROTA_DAY, place);
  struct shift shifts[SHIFTS];
  size_t count = 0;
  int lines = role % 3 == 0 ? 2 : 1;
  for (int day = 0; day < 7; day++) {
    char today[DAY_TEXT], next[DAY_TEXT];
    day_text(today, monday + day);
    day_text(next, monday + day + 1);
    const char *morning = say(s, "%sT08:30", today), *evening = say(s, "%sT18:30", today);
    for (int line = 1; line <= lines; line++) {
      if (day < 5 && !nights)
        shift_add(s, site, &by_day, line, morning, evening, shifts, &count);
      shift_add(s, site, &night, line, day < 5 ? evening : morning, say(s, "%sT08:30", next),
                shifts, &count);
    }
  }
  int64_t year;
  int number;
  week_of(monday, &year, &number);
  struct record record = {.head = {RECORD_VERSION, RECORD_ROTA, AUDIENCE_CLINICAL,
                                   rng_uuid(s->seed, SPACE_ROTA, place), 0}};
  record.rota = (struct rota){.role = entry_uuid(s, role),
                              .week = say(s, "%04" PRId64 "-W%02d", year, number),
                              .source = say(s, "tableau de garde %s", site->words->code),
                              .made = sample_seconds(s, 3),
                              .shifts = shifts,
                              .shift_count = count};
  record_write(s, &record);
}

void rota_write(struct sample *s) {
  int64_t monday = monday_of(s->day);
  for (int i = 0; i < SITE_COUNT; i++) {
    const struct sample_site *site = &s->sites[i];
    if (site->persons <= 0)
      continue;
    int64_t roles = HOUSE_ROTAS;
    if (site->words->weight >= LARGE && site->roles > (int64_t)house_role_count + UNIT_ROTAS)
      roles = (int64_t)house_role_count + UNIT_ROTAS;
    for (int64_t role = 0; role < roles && role < site->roles; role++)
      for (int week = 0; week < WEEKS; week++)
        week_write(s, site, role, week, monday + 7 * week);
  }
}

static void group_write(struct sample *s, int i, bool crisis) {
  const struct sample_site *site = &s->sites[i];
  arena_reset(&s->arena);
  struct rng r = rng_of(s->seed, SPACE_GROUP, (uint64_t)i * 2 + crisis);
  struct member members[12];
  size_t count = crisis ? 6 : 12;
  for (size_t k = 0; k < count; k++) {
    int64_t entry =
        crisis || site->persons <= 0 ? first_role(site) + (int64_t)k : any_person(site, &r);
    members[k] = (struct member){.order = (int64_t)k, .entry = entry_uuid(s, entry)};
    members[k].text = k == 0 ? "commence l'appel" : "";
  }
  struct record record = {.head = {RECORD_VERSION, RECORD_GROUP, AUDIENCE_CLINICAL,
                                   rng_uuid(s->seed, SPACE_GROUP, (uint64_t)i * 2 + crisis), 0}};
  record.group = (struct group){.name = crisis ? "Cellule de crise" : "Plan blanc, cascade d'appel",
                                .site = site->words->code,
                                .type = crisis ? "crisis cell" : "cascade",
                                .members = members,
                                .member_count = count};
  record_write(s, &record);
}

static void scenario_write(struct sample *s, int64_t index, const char *domain, const char *name,
                           const struct scenario_step *steps, size_t count) {
  struct record record = {.head = {RECORD_VERSION, RECORD_SCENARIO, AUDIENCE_PUBLIC,
                                   rng_uuid(s->seed, SPACE_SCENARIO, (uint64_t)index), 0}};
  record.scenario =
      (struct scenario){.domain = domain, .name = name, .steps = steps, .step_count = count};
  record_write(s, &record);
}

/* Cascades and crisis cells of each site, and what to do first when a domain fails. */
void cards_write(struct sample *s) {
  for (int i = 0; i < SITE_COUNT; i++) {
    group_write(s, i, false);
    group_write(s, i, true);
  }
  for (int i = 0; i < SITE_COUNT; i++) {
    const struct sample_site *site = &s->sites[i];
    if (site->words->with)
      continue;
    arena_reset(&s->arena);
    const struct scenario_step steps[] = {
        {.order = 0, .text = "Prendre le téléphone rouge du poste de soins."},
        {.order = 1,
         .text = "Prévenir l'administrateur de garde.",
         .entry = entry_uuid(s, first_role(site))},
        {.order = 2, .text = "Afficher le tableau des numéros de secours dans chaque unité."},
        {.order = 3,
         .text = "Appeler l'astreinte téléphonie.",
         .entry = entry_uuid(s, first_role(site) + 10)}};
    scenario_write(s, i, domain_code(s, "pbx", site->words->code),
                   say(s, "Autocom perdu, %s", site->words->name), steps,
                   sizeof steps / sizeof *steps);
  }
  for (int g = 0; g < GROUP_COUNT; g++) {
    arena_reset(&s->arena);
    const struct scenario_step steps[] = {
        {.order = 0, .text = "Envoyer les résultats critiques par téléphone, avec relecture."},
        {.order = 1, .text = "Utiliser les fax à ligne directe, marqués comme tels."},
        {.order = 2, .text = "Ne rien renvoyer deux fois : noter l'heure et le destinataire."}};
    scenario_write(s, SITE_COUNT + g, say(s, "fax-%s", group_words[g].code),
                   say(s, "Serveur de fax perdu, %s", group_words[g].name), steps,
                   sizeof steps / sizeof *steps);
  }
}
