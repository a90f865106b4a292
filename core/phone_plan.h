/* The facts of core/countries.tsv, and looking things up in them.  Private to the phone files. */
#ifndef TC_CORE_PHONE_PLAN_H
#define TC_CORE_PHONE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

/* Every table ends with a row of NULL; ranges and areas of one code lie together. */
struct phone_country {
  const char *iso, *code, *trunk, *international;
};
struct phone_length {
  const char *code;
  const char *iso;                            /* the country it is named by; "": none */
  int shortest, longest;                      /* of the national significant number */
  int ranges, range_count, areas, area_count; /* its rows in those tables */
  int mobiles, mobile_count;                  /* likewise */
};
struct phone_area {
  const char *code, *prefix, *iso;
};
struct phone_range {
  const char *code, *prefix;
  int length;
  const char *groups; /* "2-2-2-2-2", of trunk prefix and national significant number */
};
struct phone_overseas {
  const char *iso, *prefix, *code;
  bool keep;
};
struct phone_short {
  const char *iso, *digits; /* iso "": everywhere */
  bool emergency;           /* no house gives it to a set */
};
extern const struct phone_country phone_countries[];
extern const struct phone_length phone_lengths[];
extern const struct phone_area phone_areas[];
extern const struct phone_range phone_ranges[];
extern const char *const phone_mobiles[]; /* beginnings of national significant numbers */
extern const struct phone_overseas phone_overseas[];
extern const struct phone_short phone_shorts[];

/* Row + 1 in phone_lengths of each beginning of three digits, 0: no country. */
extern const short phone_code_index[1000];
/* Row + 1 in phone_countries of each pair of letters, AA first. */
extern const short phone_iso_index[26 * 26];

/* NULL: there is none. */
const struct phone_country *phone_country_find(const char *iso);

/* The country code that begins these digits, or NULL. */
const struct phone_length *phone_code_of(const char *digits);

/* The range of a national significant number: the longest prefix of that length; NULL for none. */
const struct phone_range *phone_range_find(const char *code, const char *nsn);

/* May this number exist behind the code?  By its ranges, or by its length where it has none. */
bool phone_nsn_fits(const struct phone_length *code, const char *nsn);

/* The country of a number; home wins where several share the code and nothing tells them apart. */
const char *phone_country_of(const char *code, const char *nsn, const char *home);

/* Is the number dialled in its national form there?  In its own country, and between France and the
 * overseas departments, which dial each other without a prefix (ARCEP decision 2018-0881), where
 * that form is not another number's. */
bool phone_is_national(const char *e164, const char *home);

/* Is it an emergency or service code there?  house: emergency codes only, since a house gives its
 * sets numbers like 3117. */
bool phone_is_short(const char *digits, const char *iso, bool house);

#endif
