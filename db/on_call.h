/* Who is on call: the rota of a role and its holders as entries with the contact points of their
 * shift. */
#ifndef TC_DB_ON_CALL_H
#define TC_DB_ON_CALL_H

#include "core/reach.h"
#include "core/rota.h"
#include "db/cache.h"

struct on_call {
  struct rota_now now;                /* whoever is absent behind the others */
  struct reach_holders holders;       /* as now.holders, with the contact points of their shift */
  const struct entry *const *persons; /* the same: holders.persons */
};

/* Reads who holds a role at world->now.  Memory from the arena; TC_OK with ROTA_NOT_HELD for an
 * entry that no rota is of. */
TC_MUST_CHECK tc_status on_call_read(struct on_call *out, struct cache *cache,
                                     const struct entry *role, const struct reach_world *world,
                                     struct arena *arena, struct tc_error *err);

/* Whose numbers count beside an entry's own, wherever it is asked what is left of it: of a role who
 * holds it, of everything else nobody. */
TC_MUST_CHECK tc_status on_call_of(struct on_call *out, struct cache *cache,
                                   const struct entry *entry, const struct reach_world *world,
                                   struct arena *arena, struct tc_error *err);

/* Who holds a shift, with the contact points of that shift; NULL: no memory. */
const struct entry *on_call_person(struct cache *cache, const struct shift *shift,
                                   const struct entry *role, struct arena *arena);

#endif
