/* The public trunks of a house, and whose calls each carries. */
#ifndef TC_CORE_TRUNK_H
#define TC_CORE_TRUNK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/directory.h"

struct trunk {
  const struct domain *domain;
  const char *plan; /* the usual one of its site; "" */
  bool bound;       /* it needs a PBX: it carries the calls of that alone */
};

/* Lists them, in the order of the house; NULL: none, or no memory (arena_failed()).  A trunk that a
 * tie line rides on is none, unless a rule says that it brings public numbers in. */
const struct trunk *trunk_list(const struct house *house, struct arena *arena, size_t *count);

/* Does it carry the calls of a plan, as far as is recorded?  pbx: house_domain() of the plan's; the
 * trunks of its site are those of the plan, and those of every site whose usual plan it is. */
bool trunk_carries(const struct trunk *trunk, const struct plan *plan, const struct domain *pbx);

/* Is it a trunk of that site (len bytes of code), which calls of the plan (NULL: not known) take on
 * their way out of there? */
bool trunk_is_of(const struct trunk *trunk, const char *site, size_t len, const struct plan *plan);

#endif
