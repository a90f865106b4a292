/* Entries that hang on a single failure domain: were it down, none of their numbers would be left.
 */
#ifndef TC_DB_HANG_H
#define TC_DB_HANG_H

#include "core/directory.h"
#include "db/cache.h"

/* A set of domains of the house by their place in it. */
struct domain_set {
  const uint64_t *bits;
};
bool domain_set_has(const struct domain_set *set, size_t place);

struct hang_counts {
  size_t entries;    /* that have a number which can be dialled from a ward phone of their site */
  size_t hanging;    /* of those: on one domain, or on each of several */
  size_t unrecorded; /* of the others: they would hang, but for a number of which it is not recorded
                        what it rides on */
};

/* Calls each() with every such entry, by id, and the domains each of which takes all of its
 * numbers, directly or through what needs it, until it returns false.  Nothing is down but that one
 * domain, in every direction; now decides what is valid.  What is lent is lent until each()
 * returns. */
TC_MUST_CHECK tc_status cache_hanging(struct cache *c, int64_t now,
                                      bool (*each)(const struct entry *entry,
                                                   const struct domain_set *on, void *data),
                                      void *data, struct hang_counts *counts, struct tc_error *err);

#endif
