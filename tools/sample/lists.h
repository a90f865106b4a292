/* The words of the sample: invented places, common names, and what a French hospital calls its
 * rooms.  Data only. */
#ifndef TC_SAMPLE_LISTS_H
#define TC_SAMPLE_LISTS_H

#include <stddef.h>

enum { SITE_COUNT = 38, GROUP_COUNT = 5 };

/* A group of sites: its public numbers all lie in one of ARCEP's ranges for fiction. */
struct group_words {
  const char *name, *code; /* "Groupe Nord", "nord" */
  const char *e164;        /* all but the last four digits */
  unsigned first;          /* last four digits of the first number given out */
  const char *region;
};
extern const struct group_words group_words[GROUP_COUNT];

struct site_words {
  const char *code, *name, *alias;
  unsigned group, weight;
  const char *with; /* code of the site whose numbering plan it shares; NULL: its own */
};
extern const struct site_words site_words[SITE_COUNT];

struct speciality_words {
  const char *name;
  const char *role;    /* as a role's name begins */
  const char *aliases; /* joined by ";" */
  const char *pole;
};
extern const struct speciality_words speciality_words[];
extern const size_t speciality_count;

extern const char *const service_variants[]; /* behind a speciality's name; the first is "" */
extern const size_t service_variant_count;
extern const char *const house_roles[]; /* of a whole site */
extern const size_t house_role_count;
extern const char *const speciality_roles[]; /* behind a speciality */
extern const size_t speciality_role_count;
/* Services and roles that are most looked for, first of all; the others have a rank of their kind.
 */
extern const char *const looked_for[];
extern const size_t looked_for_count;
extern const char *const room_words[];
extern const size_t room_count;
extern const char *const building_words[];
extern const size_t building_count;
extern const char *const outside_words[]; /* outside bodies */
extern const size_t outside_count;
extern const char *const profession_words[];
extern const size_t profession_count;
extern const char *const first_names[];
extern const size_t first_name_count;
extern const char *const family_names[];
extern const size_t family_name_count;
extern const char *const syllables_first[], *const syllables_middle[], *const syllables_last[];
extern const size_t syllable_first_count, syllable_middle_count, syllable_last_count;

#endif
