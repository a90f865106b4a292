#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "tools/sample/sample.h"

const char *say(struct sample *s, const char *form, ...) {
  char text[512];
  va_list args;
  va_start(args, form);
  int len = vsnprintf(text, sizeof text, form, args);
  va_end(args);
  const char *kept =
      len >= 0 && len < (int)sizeof text ? arena_copy(&s->arena, text, (size_t)len) : NULL;
  if (!kept && s->status == TC_OK)
    s->status = tc_fail(&s->err, TC_NO_MEMORY, "out of memory");
  return kept ? kept : "";
}

int64_t sample_seconds(const struct sample *s, int64_t days_ago) {
  return (s->day - days_ago) * 86400 + 11 * 3600;
}

struct uuid entry_uuid(const struct sample *s, int64_t index) {
  return rng_uuid(s->seed, SPACE_ENTRY, (uint64_t)index);
}

struct uuid contact_uuid(const struct sample *s, int64_t index, int which) {
  return rng_uuid(s->seed, SPACE_CONTACT, (uint64_t)(index * DRAFT_MAX + which));
}

/* A record behind its length; parts that the terminal may not hold are left out. */
void record_write(struct sample *s, struct record *r) {
  if (s->status == TC_OK && r->head.audience <= s->widest) {
    buffer_clear(&s->bytes);
    s->status = record_encode(r, &s->bytes, &s->err);
    if (s->status == TC_OK && (fprintf(s->out, "%zu\n", s->bytes.len) < 0 ||
                               fwrite(s->bytes.data, 1, s->bytes.len, s->out) != s->bytes.len))
      s->status = tc_fail(&s->err, TC_IO, "cannot write the record stream");
  }
}

void draft_begin(struct draft *d, struct sample *s, int64_t index) {
  memset(d, 0, sizeof *d);
  arena_reset(&s->arena);
  d->s = s;
  d->place = place_of(s, index);
  d->rng = rng_of(s->seed, SPACE_ENTRY, (uint64_t)index + 1);
  d->entry.uuid = entry_uuid(s, index);
  d->entry.audience = AUDIENCE_PUBLIC;
  d->entry.type = d->place.type;
  d->entry.rank = 500;
  d->entry.site = d->place.site ? d->place.site->words->code : "";
  d->note_audience = AUDIENCE_CLINICAL;
}

struct contact *draft_contact(struct draft *d, enum contact_kind kind, enum audience audience) {
  int most = d->s->bench ? 3 : DRAFT_MAX;
  int which = d->count < most ? d->count++ : most - 1; /* past the last: it is made again */
  struct contact *c = &d->contacts[which];
  memset(c, 0, sizeof *c);
  c->order = which;
  c->uuid = contact_uuid(d->s, d->place.index, which);
  c->kind = kind;
  c->audience = audience;
  /* Most were checked within a year, some never, some far too long ago. */
  unsigned seen = rng_below(&d->rng, 10);
  if (seen > 2) {
    c->verified = sample_seconds(d->s, seen == 3 ? 500 + rng_below(&d->rng, 700)
                                                 : 1 + rng_below(&d->rng, 340));
    c->verified_by = seen % 2 ? "standard" : "annuaire";
    c->verified_how = seen % 2 ? "appel" : "";
  }
  return c;
}

/* One number in five is that of a set a few entries before: sets are shared. */
static int64_t shared(struct draft *d, int64_t set) {
  if (!rng_chance(&d->rng, 200))
    return set;
  int64_t back = 1 + rng_below(&d->rng, 5);
  return set > back ? set - back : set;
}

void draft_extension(struct draft *d, int64_t set) {
  const struct sample_site *site = d->place.site;
  struct contact *c = draft_contact(d, CONTACT_EXTENSION, AUDIENCE_PUBLIC);
  c->plan = site->plan->code;
  c->number = say(d->s, "%" PRId64, site->set + shared(d, set));
}

void draft_public(struct draft *d, enum contact_kind kind, int64_t set) {
  const struct sample_site *site = d->place.site;
  struct contact *c = draft_contact(d, kind, AUDIENCE_PUBLIC);
  set = shared(d, set);
  if (d->s->bench) {
    c->e164 = say(d->s, "+999%02d%07" PRId64, (int)(site - d->s->sites) + 10, site->tail + set);
    c->number = c->e164;
  } else {
    c->e164 = say(d->s, "%s%04" PRId64, site->group->e164, site->tail + set);
    c->number = say(d->s, "0%s", c->e164 + 3);
  }
}

void draft_aliases(struct draft *d, const char *joined) {
  const char *items[16];
  size_t count = 0;
  for (const char *at = joined; *at && count < 16;) {
    size_t len = strcspn(at, ";");
    items[count++] = arena_copy(&d->s->arena, at, len);
    at += len + (at[len] == ';');
  }
  const char **kept = arena_alloc(&d->s->arena, (count ? count : 1) * sizeof *kept);
  if (!kept)
    return;
  for (size_t i = 0; i < count; i++)
    kept[i] = items[i] ? items[i] : "";
  d->entry.aliases = (struct text_list){kept, count};
}

/* A step of the chain; entry -1: the text alone. */
void draft_next(struct draft *d, int64_t wait, int64_t entry, const char *text) {
  size_t at = d->entry.chain_count;
  if (at == sizeof d->chain / sizeof *d->chain)
    return;
  d->chain[at] = (struct chain_step){.order = (int64_t)at, .wait = wait, .text = text};
  if (entry >= 0)
    d->chain[at].entry = entry_uuid(d->s, entry);
  d->entry.chain = d->chain;
  d->entry.chain_count = at + 1;
}

/* One record an audience: the head with its contact points, and for each narrower audience the
 * contact points and notes that only it may see, counted in the head as withheld. */
void draft_write(struct draft *d) {
  struct withheld held[AUDIENCE_COUNT];
  size_t held_count = 0;
  for (int a = (int)d->entry.audience; a < AUDIENCE_COUNT; a++) {
    struct contact mine[DRAFT_MAX];
    size_t count = 0;
    for (int i = 0; i < d->count; i++) {
      if (d->contacts[i].audience < d->entry.audience)
        d->contacts[i].audience = d->entry.audience;
      if ((int)d->contacts[i].audience == a)
        mine[count++] = d->contacts[i];
    }
    bool head = a == (int)d->entry.audience;
    bool notes =
        d->entry.note_count && (head ? (int)d->note_audience <= a : (int)d->note_audience == a);
    if (!head && count)
      held[held_count++] = (struct withheld){.audience = (enum audience)a, .count = (int64_t)count};
    if (head || (!count && !notes))
      continue;
    struct record part = {
        .head = {RECORD_VERSION, RECORD_ENTRY, (enum audience)a, d->entry.uuid, 0},
        .entry = {.uuid = d->entry.uuid,
                  .rank = 500,
                  .contacts = mine,
                  .contact_count = count,
                  .notes = notes ? d->notes : NULL,
                  .note_count = notes ? d->entry.note_count : 0}};
    record_write(d->s, &part);
  }
  struct contact mine[DRAFT_MAX];
  size_t count = 0;
  for (int i = 0; i < d->count; i++)
    if (d->contacts[i].audience == d->entry.audience)
      mine[count++] = d->contacts[i];
  d->entry.contacts = mine;
  d->entry.contact_count = count;
  d->entry.withheld = held;
  d->entry.withheld_count = held_count;
  struct record r = {.head = {RECORD_VERSION, RECORD_ENTRY, d->entry.audience, d->entry.uuid, 0},
                     .entry = d->entry};
  if (d->entry.note_count && d->note_audience > d->entry.audience) {
    r.entry.notes = NULL;
    r.entry.note_count = 0;
  }
  record_write(d->s, &r);
}
