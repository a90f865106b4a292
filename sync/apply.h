/* A change of the directory by an import: lock, write, publish under the next revision. */
#ifndef TC_SYNC_APPLY_H
#define TC_SYNC_APPLY_H

#include "db/writer.h"
#include "sync/plan.h"

struct change {
  struct writer *writer;
  const char *cache;
  bool fresh;              /* there was no directory */
  struct writer_head head; /* of the revision after it */
  char source[128];
};

/* Locks the directory for a change set, or makes a new one where there is none (or whole is set).
 * TC_BUSY: another writer has it. */
TC_MUST_CHECK tc_status change_begin(struct change *out, const char *cache, bool whole, int64_t now,
                                     struct tc_error *err);
/* Publishes; sets the head's audience to the narrowest of what was held and audience. */
TC_MUST_CHECK tc_status change_commit(struct change *c, enum audience audience,
                                      struct tc_error *err);
void change_discard(struct change *c); /* nothing has changed; safe after change_commit() */

/* Writes what the plan says. */
TC_MUST_CHECK tc_status plan_apply(const struct import_plan *p, struct change *c,
                                   struct tc_error *err);

#endif
