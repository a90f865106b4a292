/* A file that is read through memory may fail in the middle of a read: a bad sector, or somebody
 * cut it.  The kernel then ends the process, unless it is told what to read instead.  Guarded bytes
 * read as zeros where the file cannot be read, and say so afterwards; what reads them trusts
 * nothing, and gives less.  Private to db/. */
#ifndef TC_DB_GUARD_H
#define TC_DB_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* Guards a mapping from now on; false where no more can be. */
bool guard_add(const void *bytes, size_t len);
void guard_remove(const void *bytes);

/* Takes the signal over, where another has taken it since; other faults are handed on to that. */
void guard_arm(void);

/* Has a read of the mapping failed? */
bool guard_was_hit(const void *bytes);

#endif
