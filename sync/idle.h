/* What is done in idle time, a step under 50 ms at a time, so that a change never waits for it. */
#ifndef TC_SYNC_IDLE_H
#define TC_SYNC_IDLE_H

#include <stdbool.h>

/* One step for a scope folder.  True: there is more to do.  What fails is left for another time. */
bool idle_step(const char *scope_dir);

#endif
