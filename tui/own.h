/* What was written here by whoever is here now: theirs to take back. */
#ifndef TC_TUI_OWN_H
#define TC_TUI_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/uuid.h"

enum { OWN_ACTS = 32 }; /* then the first is forgotten */

struct own_acts {
  struct uuid acts[OWN_ACTS];
  size_t count; /* in all */
};

void own_add(struct own_acts *own, const struct uuid *act);
bool own_has(const struct own_acts *own, const struct uuid *act);

#endif
