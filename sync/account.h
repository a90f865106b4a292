/* The account that tocsin-sync works as. */
#ifndef TC_SYNC_ACCOUNT_H
#define TC_SYNC_ACCOUNT_H

#include "base/status.h"

/* As root: becomes that account for good, with its groups, its HOME and nothing of root's; as
 * anybody else: nothing.  TC_REFUSED: root, and no account is named.  TC_CONFIG: there is no such
 * account, or it is root's. */
TC_MUST_CHECK tc_status account_become(const char *name, struct tc_error *err);

#endif
