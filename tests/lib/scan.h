/* A plain scan over folded records: what search must answer, found without any index.  It knows the
 * rules of search.md only, and neither the cache nor its documents. */
#ifndef TC_TESTS_LIB_SCAN_H
#define TC_TESTS_LIB_SCAN_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/directory.h"
#include "tests/lib/sample.h"

enum scan_tier { SCAN_NUMBER, SCAN_WORD, SCAN_PREFIX, SCAN_NUMBER_PART, SCAN_ALIAS, SCAN_TIERS };

struct scan_entry {
  struct entry entry;
  int class; /* codes, services and roles, others, persons, no head */
  int64_t rank;
  const char *fold;
  uint64_t at;               /* set of the sites that it serves, its own among them */
  size_t *words, word_count; /* of the vocabulary, plain */
  size_t name_count;         /* the first of them are of the name */
  size_t *aliases, alias_count;
  const char **open, **masked; /* numbers, digits only; open ones are found by any run */
  size_t open_count, masked_count;
};

struct scan {
  struct arena arena;
  struct scan_entry *entries; /* in the order of all answers */
  size_t count;
  struct site *sites;
  size_t site_count;
  struct plan *plans;
  size_t plan_count;
  const char **vocabulary; /* sorted, each word once */
  size_t vocabulary_count;
};

/* Reads the records; 0 or -1. */
int scan_read(struct scan *s, const struct sample_record *records, size_t count);
void scan_free(struct scan *s);

/* What is asked.  text is what is typed beside the filters. */
struct scan_query {
  const char *text;
  const char *site;    /* my site; "" none */
  const char *within;  /* site: filter or the only site; "" any */
  const char *group;   /* only sites of this group; "" any */
  int type;            /* is: filter, an enum entry_type; 0 any */
  uint32_t kinds;      /* kind: filter; 0 any */
  const char *country; /* of national numbers */
};

struct scan_answer {
  const struct scan_entry *entry;
  enum scan_tier tier;
  bool here;
};

/* Answers into out (room for s->count); how many. */
size_t scan_run(const struct scan *s, const struct scan_query *q, struct scan_answer *out);

/* Of the answers that are shown: which are called alike, the site's own come first. */
void scan_own_first(struct scan_answer *shown, size_t count, const char *site);

#endif
