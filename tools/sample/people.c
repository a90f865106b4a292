#include <inttypes.h>
#include <string.h>

#include "tools/sample/sample.h"

/* A doctor, nurse, secretary: a set, a mobile or pager behind a narrower audience, a mail. */
void person_fill(struct draft *d) {
  struct sample *s = d->s;
  const struct sample_site *site = d->place.site;
  struct rng *r = &d->rng;
  const struct speciality_words *unit = &speciality_words[rng_below(r, speciality_count)];
  const char *profession = profession_words[rng_below(r, profession_count)];
  bool doctor = rng_chance(r, 300);

  d->entry.audience = AUDIENCE_CLINICAL;
  if (rng_chance(r, 15)) /* names that not every desk may read */
    d->entry.audience = AUDIENCE_RESTRICTED;
  struct rng named = rng_of(s->seed, SPACE_NAME, (uint64_t)d->place.index);
  d->entry.name = full_name(s, &named);
  d->entry.title = doctor ? (rng_chance(r, 120) ? "Pr" : "Dr") : "";
  d->entry.speciality = doctor ? unit->role : profession;
  d->entry.unit = say(s, "Pôle %s / %s", unit->pole, unit->name);
  d->entry.building = building_words[rng_below(r, building_count)];
  d->entry.floor = rng_chance(r, 150) ? "rdc" : say(s, "%ue", 1 + rng_below(r, 6));

  int64_t set = d->place.index - site->first;
  int64_t tenth = 10; /* no plan has one digit */
  for (unsigned i = 2; i < site->plan->digits; i++)
    tenth *= 10;
  int64_t mobile = rng_below(r, 1000);

  draft_extension(d, set);
  unsigned kind = rng_below(r, 100);
  if (kind < 45) {
    struct contact *c = draft_contact(d, CONTACT_DECT, AUDIENCE_PUBLIC);
    c->plan = site->plan->code;
    c->number = say(s, "%" PRId64, 6 * tenth + set % (tenth / 2));
    c->hours = rng_chance(r, 300) ? "mo-fr 08:00-18:30; ph off" : "";
  } else if (kind < 70) {
    struct contact *c = draft_contact(d, CONTACT_PAGER, AUDIENCE_PUBLIC);
    c->plan = site->plan->code;
    c->number = say(s, "%" PRId64, 6 * tenth + tenth / 2 + set % (tenth / 2));
    c->how = "composer le numéro, attendre le bip, saisir le poste, puis #";
  } else {
    struct contact *c =
        draft_contact(d, CONTACT_MOBILE, kind < 90 ? AUDIENCE_SWITCHBOARD : AUDIENCE_RESTRICTED);
    if (s->bench) {
      c->e164 = say(s, "+9996%08" PRId64, d->place.index * 37 % 100000000);
      c->number = c->e164;
    } else {
      c->e164 = say(s, "+3363998%04" PRId64, (d->place.index * 7919 + mobile) % 10000);
      c->number = say(s, "0%s", c->e164 + 3);
    }
    c->masked = true;
  }
  struct contact *mail = draft_contact(d, CONTACT_SECURE_MAIL, AUDIENCE_PUBLIC);
  mail->number = say(s, "p%06" PRId64 "@%s.sante.example", d->place.index, site->group->code);

  if (rng_chance(r, 20)) {
    d->away = (struct absence){.by = "",
                               .from = sample_seconds(s, rng_below(r, 5)),
                               .until = sample_seconds(s, 0) + (1 + rng_below(r, 14)) * 86400,
                               .text = "congés"};
    if (d->place.at > 0)
      d->away.covered_by = entry_uuid(s, d->place.index - 1);
    d->entry.absences = &d->away;
    d->entry.absence_count = 1;
  }
  if (rng_chance(r, 15)) {
    d->was = (struct former_name){.text = family_name(s, r),
                                  .until = sample_seconds(s, 30 + rng_below(r, 900))};
    d->entry.former_names = &d->was;
    d->entry.former_name_count = 1;
  }
  draft_next(d, 120, site->first, "standard du site");
}
