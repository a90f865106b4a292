/* What was typed, understood: tokens, filters, a number.  Private to db/. */
#ifndef TC_DB_QUERY_H
#define TC_DB_QUERY_H

#include "base/arena.h"
#include "core/directory.h"
#include "db/search.h"

enum { QUERY_TOKENS = 16, QUERY_FILTERS = 8, QUERY_FORMS = 4, QUERY_DIGITS = 33 };

struct query_token {
  const char *text; /* folded; in the arena */
  size_t len;
  size_t index;   /* which of all that were typed */
  bool last;      /* may still be being typed */
  bool particle;  /* de, du, la ... : an entry may lack it, and it may begin a name ("du" Dupont) */
  bool names;     /* a word of a name: no particle, nor typed before */
  bool site;      /* a site's code among other words: it narrows, and begins no other word */
  uint32_t kinds; /* set of enum contact_kind it names; 0 none */
};

struct query {
  struct query_token tokens[QUERY_TOKENS];
  size_t token_count;
  const char *filters[QUERY_FILTERS]; /* markers, any of which will do, a blank behind each */
  size_t filter_count;
  uint32_t kinds;               /* named by a filter or a token */
  const char *unknown;          /* a filter's value that means nothing; NULL none */
  char digits[QUERY_DIGITS];    /* the whole text is a number; "" else */
  char unshifted[QUERY_DIGITS]; /* read as the unshifted digits of a French keyboard; "" else */
  bool plus;                    /* the number began with + */
  const char *plan;             /* it is an extension of this plan alone; NULL: of any */
};

/* Never fails on what was typed; TC_NO_MEMORY. */
TC_MUST_CHECK tc_status query_read(struct query *out, const char *text, struct arena *arena,
                                   struct tc_error *err);

/* The number that a set there rings with what was typed, where that is another one than was typed
 * (core/dial_back.h); false: there is none. */
bool query_dialled(struct query *out, const struct query *typed, const char *text,
                   const struct house *house, const struct standpoint *from);

/* The same without the particles that are not still being typed; false where that leaves all as it
 * is, or nothing. */
bool query_without_particles(struct query *out, const struct query *query);

/* The kinds of contact points that a folded word names, French or English; 0 none. */
uint32_t query_kinds(const char *word, size_t len);

/* The other ways a number may be written in the index: without 00, and with the country.  Returns
 * how many of forms were set, the digits themselves first. */
size_t query_forms(char forms[QUERY_FORMS][QUERY_DIGITS], const char *digits, bool plus,
                   const char *country, bool whole);

#endif
