/* Who has a red phone, by site and unit: found once for a revision and kept with an open cache.
 * Private to db/; cache.h shows it. */
#ifndef TC_DB_RED_PHONES_H
#define TC_DB_RED_PHONES_H

#include "base/arena.h"
#include "db/cache.h"

struct red_phones_site;

struct red_phones {
  struct arena arena;
  struct red_phones_site *sites; /* those that were asked for, in the arena */
  int64_t revision, data_version;
  uint64_t stamp;
  enum audience hidden;
};

void red_phones_free(struct red_phones *r);

#endif
