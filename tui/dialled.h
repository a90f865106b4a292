/* Which number was dialled, and whose it is: an entry's own, that of who holds it now, or what
 * stands in for one. */
#ifndef TC_TUI_DIALLED_H
#define TC_TUI_DIALLED_H

#include "base/arena.h"
#include "core/act.h"
#include "core/reach.h"
#include "db/cache.h"

struct dialled {
  struct uuid key;                  /* dialled_key() */
  const struct entry *entry;        /* whose it is; of a person who is not held here: the role */
  const struct contact *contact;    /* without UUID: of the rota alone, or of nothing */
  const struct override *stands_in; /* whose number is dialled in the contact's place; NULL */
  enum audience audience;           /* who may read it */
};

/* Tells the numbers of one card apart: the UUID of the temporary number or of the contact point,
 * and where there is none (the rota gives the number) one that is made of it. */
struct uuid dialled_key(const struct channel *channel);

/* The same, held on to while the directory changes: who presses a key has dialled what was shown
 * then. */
struct dialled_kept {
  struct uuid key, entry, contact; /* key nil: no number */
  char number[ACT_NUMBER_MAX + 1]; /* "": an address too long for an act */
  char plan[ACT_NUMBER_MAX + 1], e164[ACT_NUMBER_MAX + 1];
  enum contact_kind kind;
  enum audience audience;
  bool masked, stands_in;
};

struct on_call;
/* Of a channel of the entry's card, in which order reach_order() has them. */
void dialled_keep_channel(struct dialled_kept *out, const struct channel *channel,
                          const struct entry *entry, const struct on_call *on_call);
void dialled_keep(struct dialled_kept *out, const struct dialled *dialled); /* NULL: none */

/* As it was, in the arena; its entry says who it is and nothing else.  NULL: there is none, or no
 * memory. */
const struct dialled *dialled_again(const struct dialled_kept *kept, struct arena *arena);

/* All numbers of an entry and of who holds it now, in the order of its card; in the arena. */
TC_MUST_CHECK tc_status dialled_all(struct dialled **out, size_t *count, struct cache *cache,
                                    const struct entry *entry, const struct reach_world *world,
                                    struct arena *arena, struct tc_error *err);

/* The one with this key; NULL: it is gone. */
const struct dialled *dialled_with(const struct dialled *all, size_t count, const struct uuid *key);

/* What a caller who does not say which most likely dialled; NULL: there is none. */
TC_MUST_CHECK tc_status dialled_first(const struct dialled **out, struct cache *cache,
                                      const struct entry *entry, const struct reach_world *world,
                                      struct arena *arena, struct tc_error *err);

/* As it was dialled, without any prefix. */
const char *dialled_number(const struct dialled *d);

enum contact_kind dialled_kind(const struct dialled *d);

/* Does its bearer call back?  NULL: not known, so no. */
bool dialled_is_pager(const struct dialled *d);

/* Can a suggestion correct it?  A temporary number is taken back instead, and one of the rota is
 * the rota's. */
bool dialled_is_contact(const struct dialled *d);

#endif
