/* What to do first when a failure domain fails. */
#ifndef TC_DB_SCENARIO_H
#define TC_DB_SCENARIO_H

#include "db/cache.h"

/* The card of a domain; TC_NOT_FOUND without a message: none is written, or none for this terminal.
 * Text is the arena's. */
TC_MUST_CHECK tc_status cache_scenario(struct cache *c, const char *domain, struct arena *arena,
                                       struct scenario *out, struct tc_error *err);

#endif
