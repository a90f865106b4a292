/* How long a connection waits for others, by the clock and not by counting tries.  Private to db/.
 */
#ifndef TC_DB_PATIENCE_H
#define TC_DB_PATIENCE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* A VFS like the system's own whose sleeps are short; NULL: the system's own.  SQLite tries a
 * hundred times to read a log whose index another program is making, ten seconds in all, and hears
 * no busy handler between: where that program was stopped, a reader must have given up long before.
 */
const char *patience_vfs(void);

/* Waits up to so many milliseconds for a lock, however short the sleeps are. */
void patience_set(sqlite3 *db, int ms);

/* Waits for a moment, where ms milliseconds are not over since the first call.  since: 0 before
 * that. */
bool patience_wait(int ms, int64_t *since);

#endif
