/* Search: what was typed -> the rows, in one read transaction (search.md). */
#ifndef TC_DB_SEARCH_H
#define TC_DB_SEARCH_H

#include "core/dial.h"
#include "db/cache.h"

enum search_scope { SEARCH_ALL, SEARCH_MINE, SEARCH_GROUP, SEARCH_ONE };

struct search_query {
  const char *text; /* as typed */
  const char *site; /* my site's code; "" none */
  enum search_scope scope;
  const char *only;    /* SEARCH_ONE: the site's code; SEARCH_GROUP: the group's name */
  const char *country; /* of national number forms, ISO 3166 */
  size_t limit;        /* rows wanted, over both sections */
  size_t offset;       /* rows skipped */
  /* Whoever stands there may type a number as it is dialled from there, and shown: it is found
   * behind what has the very number.  NULL: as it is written alone. */
  const struct standpoint *from;
  bool alone; /* nothing is said of what fewer words would find */
};

enum match {               /* how a row was found, best first */
             MATCH_NUMBER, /* exact code or number */
             MATCH_WORD,   /* every token is a whole word */
             MATCH_PREFIX,
             MATCH_NUMBER_PART, /* a run of a number's digits */
             MATCH_ALIAS,       /* through an alias or a former name */
             MATCH_SOUND,       /* as heard: shown with ~ */
             MATCH_TYPO,        /* one or two typos: shown with ~ */
             MATCH_KEYBOARD, /* read as the unshifted digits of a French keyboard: shown with ~ */
             MATCH_COUNT
};

struct search_row {
  struct entry entry; /* all parts merged */
  int64_t id;         /* private to this cache file */
  enum match match;
  bool here;           /* in the section of my site */
  bool dialled;        /* by the number that is rung with what was typed, not by that one */
  struct uuid contact; /* the contact point that matched (number or kind); nil: none */
  const char *matched; /* alias or former name that matched, or nearly; "" */
  const struct former_number *former; /* the number typed is this one, that was its own; NULL: no */
  bool former_whole;                  /* all of it was typed */
};

/* Found, and not to be read: the record of an entry that the index knows is damaged. */
struct search_lost {
  size_t count, at; /* the first of them belongs before rows[at] */
};

struct search_result {
  const struct search_row *rows;
  size_t count;
  struct search_lost lost_here, lost_elsewhere;
  size_t here, elsewhere;         /* matches in all, counted up to SEARCH_COUNT_MAX */
  bool more_here, more_elsewhere; /* there are more than were counted */
  enum contact_kind kind;         /* narrowed to this kind of contact point; CONTACT_OTHER: none */
  const char *note;               /* a translated sentence ("4 5299 not listed; SAB range,
                                     pneumology"), or "" */
  const char *const *tried;       /* nothing found: what was tried, translated */
  size_t tried_count;
  const char *const *nearest; /* nothing found: words of the directory that are nearest */
  size_t nearest_count;
  const char *fewer; /* nothing found: what there is without a word or the last digits; "" */
};

/* Was the row found by the digits of a number? */
bool search_by_number(enum match match);

enum { SEARCH_COUNT_MAX = 99, SEARCH_TEXT_MAX = 256 };

/* Runs a query; rows and text belong to the arena.  An empty query gives no rows and TC_OK; no
 * match gives TC_OK with count 0.  Never fails on what was typed. */
TC_MUST_CHECK tc_status search_run(struct cache *c, const struct search_query *query,
                                   struct arena *arena, struct search_result *out,
                                   struct tc_error *err);

/* The first query proves that the index is what was written, which takes about 4 ms at 100,000
 * entries and 40 at a million; a screen has no time for that, says so once (search_prove_later) and
 * calls search_prove() in idle time, a mebibyte a call.  TC_DAMAGED: it is not; every query says so
 * from then on. */
void search_prove_later(struct cache *c);
TC_MUST_CHECK tc_status search_prove(struct cache *c, bool *more, struct tc_error *err);

/* Readies the index for the next query, so that the key that asks it need not wait: for idle time.
 * What fails is told by that query. */
void search_warm(struct cache *c);

/* Every entry that owns a number: E.164, national, international or extension, exact, those of my
 * site ("" none) first; for `tocsin number`.  from as in a query. */
TC_MUST_CHECK tc_status search_number(struct cache *c, const char *number, const char *site,
                                      const char *country, const struct standpoint *from,
                                      struct arena *arena, struct search_result *out,
                                      struct tc_error *err);

/* Who has a number now that was an entry's own: the first of them, and how many there are.  Of a
 * number of a plan they are of that plan.  One whose number is masked is not told. */
struct heir {
  struct uuid uuid;
  const char *site, *name; /* "": nobody */
  size_t count;
};
TC_MUST_CHECK tc_status search_heir(struct cache *c, const struct entry *entry,
                                    const struct former_number *was, struct arena *arena,
                                    struct heir *out, struct tc_error *err);

/* Fax numbers that look like this one (one digit, two swapped): digits with their owner. */
struct look_alike {
  struct uuid entry, contact;
  const char *number, *e164, *name, *site;
  bool masked;
};
TC_MUST_CHECK tc_status search_look_alikes(struct cache *c, const struct contact *contact,
                                           struct arena *arena, struct look_alike **rows,
                                           size_t *count, struct tc_error *err);

#endif
