/* The daemon: follows the sources for one scope folder until it is told to stop. */
#ifndef TC_SYNC_WATCH_H
#define TC_SYNC_WATCH_H

#include <stdbool.h>

#include "base/status.h"

struct watch_orders {
  const char *config; /* NULL: the usual file */
  const char *source; /* a connection string instead of the file's sources; NULL: none */
  const char *cache;  /* a scope folder instead of the file's; NULL: none */
  bool quiet;         /* warnings and errors alone */
  bool verbose;       /* each source that is asked */
};

/* Runs until SIGTERM or SIGINT (TC_OK); SIGHUP has the settings read again.  TC_BUSY: another one
 * follows for this folder (quiet: without a message).  TC_REFUSED: as root without an account.
 * TC_CONFIG, TC_USAGE, TC_DENIED: it cannot begin.  A source that cannot be reached is no failure:
 * it is asked again. */
TC_MUST_CHECK tc_status watch_run(const struct watch_orders *orders, struct tc_error *err);

#endif
