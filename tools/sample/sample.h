/* The sample: a fictional group of hospitals as a stream of records, the same bytes everywhere.
 *
 * Entries have a global index: those of a site lie side by side (switchboard, codes, services,
 * roles, rooms, persons), the outside bodies come last.  What is at an index depends on the seed
 * and the index alone, so that any record can be made, and any entry referred to, without the
 * others. */
#ifndef TC_SAMPLE_SAMPLE_H
#define TC_SAMPLE_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "core/record.h"
#include "tools/sample/lists.h"
#include "tools/sample/rng.h"

enum {
  GROUP_ENTRIES = 22000,
  MAX_ENTRIES = 2000000,
  CODES = 5,    /* of each site, behind its switchboard */
  DRAFT_MAX = 8 /* contact points of one entry */
};

/* What a random stream or a UUID is for. */
enum space {
  SPACE_ENTRY = 1,
  SPACE_CONTACT, /* entry index * DRAFT_MAX + which */
  SPACE_SITE,
  SPACE_PLAN,
  SPACE_DOMAIN,
  SPACE_RULE,
  SPACE_CALENDAR,
  SPACE_ROTA,
  SPACE_GROUP,
  SPACE_SCENARIO,
  SPACE_NOTE,
  SPACE_NAME,
  SPACE_CHANGE,
  SPACE_ROTA_DAY
};

struct sample_plan {
  const char *code;
  unsigned digits;   /* of an extension */
  int64_t used;      /* sets given out to its sites */
  int64_t first_set; /* 4000, 40000 ... */
};

struct sample_site {
  const struct site_words *words;
  const struct group_words *group;
  struct sample_plan *plan;
  int64_t first, count; /* global indices of its entries */
  int64_t services, roles, rooms, persons;
  int64_t sets; /* extensions reserved for it */
  int64_t set;  /* its first extension */
  int64_t tail; /* public number of its first extension: what follows the group's prefix */
};

struct sample {
  uint64_t seed;
  int64_t entries;
  bool bench;           /* numbers of +999, exactly three contact points an entry */
  enum audience widest; /* parts of narrower audiences are left out */
  int64_t day;          /* days since the epoch of the date the sample stands at */
  struct sample_site sites[SITE_COUNT];
  struct sample_plan plans[SITE_COUNT];
  int plan_count;
  int64_t outside;        /* outside bodies; the first one's index is entries - outside */
  uint32_t *name_weights; /* family names by Zipf's law, summed up */
  size_t name_count;
  FILE *out;
  struct buffer bytes;
  struct arena arena; /* of the record at hand */
  struct tc_error err;
  tc_status status; /* sticky */
};

/* Where an entry is: its site (NULL: an outside body), its type, its place among the site's of that
 * type. */
struct place {
  const struct sample_site *site;
  enum entry_type type;
  int64_t index, at;
};

/* house.c: the sites and plans, laid out; then their records, domains, rules and calendars. */
void house_lay_out(struct sample *s);
void house_write(struct sample *s);
const char *domain_code(struct sample *s, const char *what, const char *code); /* "pbx-sab" */
struct place place_of(const struct sample *s, int64_t index);

/* An entry's UUID, and that of one of its contact points. */
struct uuid entry_uuid(const struct sample *s, int64_t index);
struct uuid contact_uuid(const struct sample *s, int64_t index, int which);

/* names.c */
bool names_init(struct sample *s);
const char *family_name(struct sample *s, struct rng *r);
const char *full_name(struct sample *s, struct rng *r); /* "DUPONT Marie" as lists write it */

/* draft.c: an entry in the making. */
struct draft {
  struct sample *s;
  struct place place;
  struct rng rng;
  struct entry entry;
  struct contact contacts[DRAFT_MAX]; /* each with the audience of its part */
  int count;
  struct chain_step chain[3];
  struct note notes[2];
  enum audience note_audience;
  struct former_name was;
  struct former_number wasno;
  struct absence away;
};
void draft_begin(struct draft *d, struct sample *s, int64_t index);
struct contact *draft_contact(struct draft *d, enum contact_kind kind, enum audience audience);
void draft_extension(struct draft *d, int64_t set);
void draft_public(struct draft *d, enum contact_kind kind, int64_t set);
void draft_aliases(struct draft *d, const char *joined); /* by ";" */
void draft_next(struct draft *d, int64_t wait, int64_t entry, const char *text);
void draft_write(struct draft *d);

/* services.c, people.c: what stands at an index. */
void entry_write(struct sample *s, int64_t index, int64_t change); /* change 0: as first made */
void service_fill(struct draft *d);
void role_fill(struct draft *d);
void room_fill(struct draft *d);
void code_fill(struct draft *d);
void outside_fill(struct draft *d);
void person_fill(struct draft *d);

/* rota.c: six weeks of every role that has one, cascades, scenario cards. */
void rota_write(struct sample *s);
void cards_write(struct sample *s);

/* Text of the record at hand. */
const char *say(struct sample *s, const char *form, ...) TC_PRINTF(2, 3);
int64_t sample_seconds(const struct sample *s, int64_t days_ago); /* UTC, about noon */
void record_write(struct sample *s, struct record *r);            /* writes it and forgets it */

#endif
