/* What a probe says: a report that a switchboard may declare, written into the journal of the
 * account that runs, as a person's would be.  It never declares, and never ends what somebody
 * declared. */
#ifndef TC_SYNC_PROPOSE_H
#define TC_SYNC_PROPOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum { PROPOSE_HOLDS_S = 12 * 3600 }; /* until when such a report is believed */

/* Reports a failure domain (its code) as down.  ways: set of enum direction, 0: all.  *written:
 * false where an incident of it is open already, whoever said so.  TC_NOT_FOUND: the directory in
 * scope_dir has no such domain.  TC_NEVER_SYNCED, or as cache_open() and journal_append(). */
TC_MUST_CHECK tc_status propose_report(const char *scope_dir, const char *domain, uint32_t ways,
                                       int times, bool *written, struct tc_error *err);

/* Takes back what propose_report() wrote at this machine of the domain and nobody has declared.
 * *written: whether there was any. */
TC_MUST_CHECK tc_status propose_take_back(const char *scope_dir, const char *domain, bool *written,
                                          struct tc_error *err);

#endif
