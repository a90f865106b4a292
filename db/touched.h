/* The entries by id that a change set has taken out of what is derived: an open hash table. */
#ifndef TC_DB_TOUCHED_H
#define TC_DB_TOUCHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct touched {
  int64_t *ids; /* in the order that they came */
  size_t count;
  uint32_t *slots; /* number of an id, plus one */
  size_t slot_count;
};

/* Notes an id; *is_new: for the first time. */
TC_MUST_CHECK tc_status touched_note(struct touched *t, int64_t id, bool *is_new,
                                     struct tc_error *err);
void touched_free(struct touched *t); /* none, from now on */

#endif
