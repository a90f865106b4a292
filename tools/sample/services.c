#include <inttypes.h>
#include <string.h>

#include "tools/sample/sample.h"

static int64_t set_of(const struct draft *d) {
  return d->place.index - d->place.site->first;
}

/* Red phones have a plan of their own: twenty numbers a site. */
static void red_phone(struct draft *d, int64_t which) {
  struct contact *c = draft_contact(d, CONTACT_RED_PHONE, AUDIENCE_PUBLIC);
  c->plan = "ROUGE";
  c->number = say(d->s, "%d", 7000 + (int)(d->place.site - d->s->sites) * 20 + (int)(which % 20));
  c->purposes = UINT32_C(1) << PURPOSE_URGENT;
}

static void where(struct draft *d) {
  d->entry.building = building_words[rng_below(&d->rng, building_count)];
  d->entry.floor = rng_chance(&d->rng, 150) ? "rdc" : say(d->s, "%ue", 1 + rng_below(&d->rng, 6));
}

/* As the administrators of a house rank them: what its terminals show where nothing is typed. */
static int64_t rank_of(const char *name, int64_t usual) {
  for (size_t i = 0; i < looked_for_count; i++)
    if (strcmp(looked_for[i], name) == 0)
      return 10 + (int64_t)i;
  return usual;
}

/* Switchboard, at 0, then specialities, each several times over in a large site. */
static void switchboard_fill(struct draft *d) {
  const struct sample_site *site = d->place.site;
  struct contact *c = draft_contact(d, CONTACT_EXTENSION, AUDIENCE_PUBLIC);
  c->plan = site->plan->code;
  c->number = "9";
  d->entry.name = "Standard";
  draft_aliases(d, "standard téléphonique;accueil téléphonique;switchboard");
  d->entry.rank = 5;
  d->entry.critical = true;
  d->entry.unit = "Pôle Administration / Standard";
  d->entry.building = "Pav. Alma";
  d->entry.floor = "rdc";
  draft_public(d, CONTACT_DIRECT_LINE, 0);
  red_phone(d, 0);
}

static void services_former(struct draft *d) {
  struct sample *s = d->s;
  const struct sample_site *site = d->place.site;
  if (rng_chance(&d->rng, 60)) {
    d->was =
        (struct former_name){.text = say(s, "%s (ancien %s)", d->entry.name, d->entry.building),
                             .until = sample_seconds(s, 60 + rng_below(&d->rng, 900))};
    d->entry.former_names = &d->was;
    d->entry.former_name_count = 1;
  }
  if (rng_chance(&d->rng, 60)) {
    int64_t old = site->set + site->sets + rng_below(&d->rng, 90);
    d->wasno = (struct former_number){.number = say(s, "%" PRId64, old),
                                      .plan = site->plan->code,
                                      .until = sample_seconds(s, 10 + rng_below(&d->rng, 700)),
                                      .now = d->contacts[0].number};
    d->entry.former_numbers = &d->wasno;
    d->entry.former_number_count = 1;
  }
}

void service_fill(struct draft *d) {
  struct sample *s = d->s;
  const struct sample_site *site = d->place.site;
  if (d->place.at == 0) {
    switchboard_fill(d);
    return;
  }
  int64_t at = d->place.at - 1;
  const struct speciality_words *unit = &speciality_words[at % (int64_t)speciality_count];
  int64_t variant = at / (int64_t)speciality_count;
  const char *behind =
      variant < (int64_t)service_variant_count
          ? service_variants[variant]
          : say(s, ", unité %" PRId64, variant - (int64_t)service_variant_count + 2);
  d->entry.name = say(s, "%s%s", unit->name, behind);
  d->entry.unit = say(s, "Pôle %s / %s", unit->pole, unit->name);
  if (variant < 2)
    draft_aliases(d, unit->aliases);
  d->entry.rank = rank_of(d->entry.name, 100 + (variant < 800 ? variant : 800));
  where(d);

  int64_t extra = site->count + 2 * at; /* two numbers beside the sets: direct line and fax */
  draft_extension(d, set_of(d));
  d->contacts[0].hours = variant == 1 || variant == 2 ? "mo-fr 08:30-17:00; ph off" : "";
  if (at < 16)
    red_phone(d, at + 4);
  else
    draft_public(d, CONTACT_DIRECT_LINE, extra);
  draft_public(d, rng_chance(&d->rng, 250) ? CONTACT_FAX_SERVER : CONTACT_FAX, extra + 1);
  struct contact *fax = &d->contacts[d->count - 1];
  fax->purposes = at % 3 ? UINT32_C(1) << PURPOSE_RESULTS : UINT32_C(1) << PURPOSE_PRESCRIPTIONS;
  fax->check_number = d->contacts[0].number;
  fax->place = rng_chance(&d->rng, 300) ? "secrétariat, porte 12" : "";
  struct contact *mail = draft_contact(d, CONTACT_SECURE_MAIL, AUDIENCE_CLINICAL);
  mail->number = say(s, "s%05" PRId64 "@%s.sante.example", d->place.index, site->group->code);
  if (rng_chance(&d->rng, 80)) {
    struct contact *night = draft_contact(d, CONTACT_DECT, AUDIENCE_SWITCHBOARD);
    night->plan = site->plan->code;
    night->number = say(s, "%" PRId64, site->set + set_of(d) + 1);
    night->hours = "mo-su 18:30-08:30";
    night->label = "nuit";
  }
  if (rng_chance(&d->rng, 40)) {
    d->notes[0] = (struct note){.uuid = rng_uuid(s->seed, SPACE_NOTE, (uint64_t)d->place.index),
                                .text = "Travaux au secrétariat : appeler le poste de soins.",
                                .by = "annuaire",
                                .at = sample_seconds(s, 1 + rng_below(&d->rng, 20)),
                                .until = sample_seconds(s, 0) + 20 * 86400};
    d->entry.notes = d->notes;
    d->entry.note_count = 1;
  }
  services_former(d);
  draft_next(d, 120, site->first + 1 + CODES + site->services - 1 + at % site->roles,
             "garde du service");
  draft_next(d, 180, site->first, "standard du site");
}

void role_fill(struct draft *d) {
  struct sample *s = d->s;
  const struct sample_site *site = d->place.site;
  int64_t at = d->place.at;
  if (at < (int64_t)house_role_count) {
    d->entry.name = house_roles[at];
    d->entry.unit = "Pôle Administration / Gardes";
  } else {
    at -= (int64_t)house_role_count;
    int64_t spec = at % (int64_t)speciality_count, turn = at / (int64_t)speciality_count;
    const struct speciality_words *unit = &speciality_words[spec];
    const char *behind = speciality_roles[turn % (int64_t)speciality_role_count];
    int64_t line = turn / (int64_t)speciality_role_count;
    d->entry.name = line ? say(s, "%s%s, ligne %" PRId64, unit->role, behind, line + 1)
                         : say(s, "%s%s", unit->role, behind);
    d->entry.unit = say(s, "Pôle %s / %s", unit->pole, unit->name);
  }
  d->entry.rank = rank_of(d->entry.name, 200);
  where(d);
  if (d->place.at < 3 && site->plan->code != site->words->code) {
    const char **serves = arena_alloc(&s->arena, sizeof *serves);
    if (serves) {
      serves[0] = site->plan->code; /* its neighbour's sets are in the same plan */
      d->entry.serves = (struct text_list){serves, 1};
    }
  }
  d->entry.call_if = rng_chance(&d->rng, 100) ? "patient instable, avis urgent" : "";
  d->entry.do_not_call_if = rng_chance(&d->rng, 50) ? "demande de lit : voir le cadre" : "";
  draft_extension(d, set_of(d));
  struct contact *c = draft_contact(d, CONTACT_MOBILE, AUDIENCE_CLINICAL);
  if (s->bench) {
    c->e164 = say(s, "+9997%08" PRId64, d->place.index * 41 % 100000000);
    c->number = c->e164;
  } else {
    c->e164 = say(s, "+3363998%04" PRId64, d->place.index * 7919 % 10000);
    c->number = say(s, "0%s", c->e164 + 3);
  }
  int64_t tenth = site->plan->first_set / 4;
  struct contact *bip = draft_contact(d, CONTACT_PAGER, AUDIENCE_PUBLIC);
  bip->plan = site->plan->code;
  bip->number = say(s, "%" PRId64, 6 * tenth + tenth / 2 + set_of(d) % (tenth / 2));
  int64_t roles = site->first + 1 + CODES + site->services - 1;
  if (d->place.at != 2)
    draft_next(d, 120, roles + 2, "cadre de nuit");
  draft_next(d, 180, site->first, "standard du site");
}

void room_fill(struct draft *d) {
  struct sample *s = d->s;
  unsigned what = rng_below(&d->rng, room_count);
  where(d);
  d->entry.room = say(s, "%u%02u", 1 + rng_below(&d->rng, 6), 1 + rng_below(&d->rng, 40));
  const struct speciality_words *unit = &speciality_words[rng_below(&d->rng, speciality_count)];
  d->entry.unit = say(s, "Pôle %s / %s", unit->pole, unit->name);
  d->entry.name = say(s, "%s %s", room_words[what],
                      what == 5 ? say(s, "%u", 1 + rng_below(&d->rng, 12)) : d->entry.room);
  d->entry.rank = 600;
  draft_extension(d, set_of(d));
  draft_public(d, CONTACT_DDI, set_of(d));
  if (s->bench)
    draft_extension(d, set_of(d) + 1);
}

struct code_words {
  const char *name, *number, *purpose, *aliases;
};
static const struct code_words code_words[CODES] = {
    {"Arrêt cardiaque", "2222", "arrêt cardiaque adulte",
     "crash;arrêt;ACR;urgence vitale;code bleu"},
    {"Incendie", "18", "feu, fumée", "feu;pompiers;incendie;fire"},
    {"Agression", "3030", "agression, menace", "sécurité;violence;agression"},
    {"Urgence obstétricale", "3535", "hémorragie de la délivrance", "code rouge;obstétrique"},
    {"SAMU", "15", "urgence médicale hors de l'hôpital", "samu;centre 15"},
};
/* Not every house has the same crash number: that is why it is on every screen. */
static const char *const crash_numbers[] = {"2222", "2222", "3333", "2525"};

void code_fill(struct draft *d) {
  struct sample *s = d->s;
  const struct sample_site *site = d->place.site;
  const struct code_words *code = &code_words[d->place.at];
  int64_t which = site - s->sites;
  d->entry.name = code->name;
  d->entry.purpose = code->purpose;
  d->entry.area = site->words->code;
  d->entry.rank = 1 + d->place.at;
  d->entry.critical = true;
  draft_aliases(d, code->aliases);
  struct contact *c = draft_contact(d, CONTACT_EXTENSION, AUDIENCE_PUBLIC);
  c->plan = site->plan->code;
  c->number = d->place.at == 0 && site->plan->code == site->words->code && which != 1
                  ? crash_numbers[which % 4]
                  : code->number;
  red_phone(d, d->place.at == 0 ? 1 : 2);
  if (d->place.at == 1 || d->place.at == 4) { /* the public services answer from any line */
    struct contact *out = draft_contact(d, CONTACT_DIRECT_LINE, AUDIENCE_PUBLIC);
    out->number = code->number;
    out->label = "ligne extérieure";
  } else {
    draft_public(d, CONTACT_DIRECT_LINE, d->place.at + 1);
  }
  draft_next(d, 30, site->first, "standard du site");
}

void outside_fill(struct draft *d) {
  struct sample *s = d->s;
  int64_t at = d->place.at, turn = at / (int64_t)outside_count;
  const struct sample_site *near = &s->sites[turn % SITE_COUNT];
  d->place.site = near; /* whose public numbers it has */
  const char *what = outside_words[at % (int64_t)outside_count];
  d->entry.name = turn < SITE_COUNT
                      ? say(s, "%s, %s", what, near->words->name)
                      : say(s, "%s, %s %" PRId64, what, near->words->name, turn / SITE_COUNT + 1);
  d->entry.site = near->words->code;
  d->entry.rank = 700;
  draft_public(d, CONTACT_DIRECT_LINE, near->sets - 1 - at % 90);
  draft_public(d, CONTACT_FAX, near->sets - 1 - (at + 7) % 90);
  struct contact *mail = draft_contact(d, CONTACT_MAIL, AUDIENCE_PUBLIC);
  mail->number = say(s, "permanence%" PRId64 "@exterieur.example", at);
}

/* A change is what happens to a directory: a renumbering, a note, a move, a new mail. */
static void change(struct draft *d, int64_t n) {
  struct sample *s = d->s;
  if (n % 3 == 0 && d->count) {
    d->contacts[0].verified = sample_seconds(s, 0) + n % 1000;
    d->contacts[0].verified_by = "annuaire";
  } else if (n % 3 == 1) {
    d->notes[0] = (struct note){.uuid = rng_uuid(s->seed, SPACE_CHANGE, (uint64_t)n),
                                .text = say(s, "Vérifié par le standard, passage %" PRId64 ".", n),
                                .by = "standard",
                                .at = sample_seconds(s, 0)};
    d->note_audience = d->entry.audience;
    d->entry.notes = d->notes;
    d->entry.note_count = 1;
  } else {
    struct rng r = rng_of(s->seed, SPACE_CHANGE, (uint64_t)n);
    draft_aliases(d, family_name(s, &r));
    d->entry.room = say(s, "%u", 100 + rng_below(&r, 700));
  }
}

void entry_write(struct sample *s, int64_t index, int64_t changed) {
  struct draft d;
  draft_begin(&d, s, index);
  switch (d.place.type) {
  case ENTRY_CODE:
    code_fill(&d);
    break;
  case ENTRY_SERVICE:
    service_fill(&d);
    break;
  case ENTRY_ROLE:
    role_fill(&d);
    break;
  case ENTRY_ROOM:
    room_fill(&d);
    break;
  case ENTRY_OUTSIDE:
    outside_fill(&d);
    break;
  default:
    person_fill(&d);
    break;
  }
  if (changed)
    change(&d, changed);
  draft_write(&d);
}
