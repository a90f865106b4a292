/* Deciding on a file of shifts (tocsin-map(5), record = rota). */
#ifndef TC_SYNC_ROTA_PLAN_H
#define TC_SYNC_ROTA_PLAN_H

#include "sync/plan.h"

/* plan_decide() of such a map.  Each role and ISO week is one record of the plan.  What cannot be
 * (a time that the night of a change skips, an end before its beginning, nobody in it) and what
 * contradicts (two in one line at one time) is refused row by row; a week with a refused row stays
 * as it is held.  Weeks of this origin between the first and the last one of the file that it does
 * not have any more go, and those that are over for two weeks. */
TC_MUST_CHECK tc_status rota_decide(struct import_plan *p, struct tc_error *err);

#endif
