/* A set of UUIDs: which entries would vanish, which were deleted by a person. */
#ifndef TC_SYNC_ENTRY_SET_H
#define TC_SYNC_ENTRY_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/uuid.h"

struct entry_set {
  struct uuid *items; /* sorted and without doubles after entry_set_sort() */
  bool *seen;
  size_t count, cap;
};

void entry_set_free(struct entry_set *s); /* leaves it ready to be used again */
TC_MUST_CHECK tc_status entry_set_add(struct entry_set *s, const struct uuid *uuid,
                                      struct tc_error *err);
void entry_set_sort(struct entry_set *s);
/* Marks one, where it is there.  After entry_set_sort(). */
void entry_set_see(struct entry_set *s, const struct uuid *uuid);
bool entry_set_has(const struct entry_set *s, const struct uuid *uuid); /* after the sort too */
int64_t entry_set_unseen(const struct entry_set *s);

#endif
