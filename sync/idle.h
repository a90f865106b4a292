/* What is done in idle time, a step under 50 ms at a time, so that a change never waits for it: the
 * search index is merged, and the stored records are hashed again, once after the start and then
 * every hour, so that rot on the disk is found. */
#ifndef TC_SYNC_IDLE_H
#define TC_SYNC_IDLE_H

#include <stdbool.h>

struct idle;

/* For a scope folder, which is borrowed.  NULL: no memory, and nothing is done. */
struct idle *idle_open(const char *scope_dir);
void idle_close(struct idle *i); /* NULL-safe */

void idle_changed(struct idle *i);      /* the directory has: there is something to merge */
bool idle_is_due(const struct idle *i); /* is there something to do now? */

enum idle_found {
  IDLE_NOTHING,
  IDLE_INDEX,   /* the search index was not what was written: it was made again */
  IDLE_RECORDS, /* the records are not: see follower_distrust() */
};

/* One step.  What fails is left for another time. */
enum idle_found idle_step(struct idle *i);

#endif
