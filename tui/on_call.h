/* Who is on call: the rota of a role, its holders as entries, and the words for both. */
#ifndef TC_TUI_ON_CALL_H
#define TC_TUI_ON_CALL_H

#include "base/buffer.h"
#include "core/reach.h"
#include "core/rota.h"
#include "db/cache.h"

struct on_call {
  struct rota_now now;
  struct reach_holders holders;       /* as now.holders, with the contact points of their shift */
  const struct entry *const *persons; /* the same: holders.persons */
};

/* Reads who holds a role at world->now.  Memory from the arena; TC_OK with ROTA_NOT_HELD for an
 * entry that no rota is of. */
TC_MUST_CHECK tc_status on_call_read(struct on_call *out, struct cache *cache,
                                     const struct entry *role, const struct reach_world *world,
                                     struct arena *arena, struct tc_error *err);

/* Who holds a shift, with the contact points of that shift; NULL: no memory. */
const struct entry *on_call_person(struct cache *cache, const struct shift *shift,
                                   const struct entry *role, struct arena *arena);

/* The n-th holder's name, as the directory or else the rota writes it. */
const char *on_call_name(const struct on_call *o, size_t n);

/* Appends "Dr N. Exemple, on site, until 08:30 (rota of Sat 18:02)" of the n-th holder. */
void on_call_text(struct buffer *out, const struct on_call *o, size_t n, const struct entry *role,
                  const struct reach_world *world);

/* Appends what is wrong with the rota, a sentence: "NOBODY LISTED 00:00-08:30", why nothing can be
 * told, an empty line, two holders of one line, shifts that cannot be; nothing where all is well or
 * no rota is held. */
void on_call_fault(struct buffer *out, const struct on_call *o, const struct entry *role,
                   const struct reach_world *world);

#endif
