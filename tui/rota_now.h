/* Who holds a role at an instant, as the rotas of the cache say. */
#ifndef TC_TUI_ROTA_NOW_H
#define TC_TUI_ROTA_NOW_H

#include "tui/answer.h"

/* Fills the rota part of each row (a role): who is in a shift that holds a->now in the local time
 * of the site.  In the hour that a change of the clock repeats, a shift that begins or ends in it
 * counts for both. */
TC_MUST_CHECK tc_status rota_now(const struct answer *a, struct answer_row *rows, size_t count,
                                 struct arena *arena, struct tc_error *err);

#endif
