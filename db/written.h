/* What was written at this machine, as an open cache folds it into its answers: the queue of
 * tocsin-sync, and what this account's journal holds besides.  Private to db/; cache.h shows it. */
#ifndef TC_DB_WRITTEN_H
#define TC_DB_WRITTEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/act.h"

struct written {
  struct arena arena;
  struct act_held *acts; /* by subject, then by UUID */
  size_t count;
  struct act_held *tried; /* what others tried, in the same order; none that is among acts */
  size_t tried_count;
  uint64_t stamp;     /* of the two files when they were read */
  char trouble[1024]; /* why not all of it is here, a translated sentence; "" */
  bool lost;          /* some of it cannot be read: an incident may be missing */
};

/* Reads both.  Never fails: an unreadable file must not darken the directory.  What is missing is
 * said in trouble. */
void written_read(struct written *out, const char *scope_dir);
/* Leaves out what was written for this audience and narrower ones. */
void written_hide(struct written *w, enum audience from);
void written_free(struct written *w);

/* For qsort(3) of acts: by subject, then by UUID. */
int written_compare(const void *a, const void *b);

/* Lays what others tried beside (tried.h), in this order, but for what came back of this machine's
 * own (unless to say that it was taken back) and for what written_hide() would leave out.  The text
 * stays where it is. */
void written_join(struct written *w, const struct act_held *tried, size_t count,
                  enum audience hidden);

/* Has either file changed since? */
bool written_changed(const struct written *w, const char *scope_dir);

/* Folds what was written about an entry into it (core/act.h). */
TC_MUST_CHECK tc_status written_fold(const struct written *w, struct entry *entry, int64_t revision,
                                     enum act_tier tier, struct arena *arena, struct tc_error *err);

#endif
