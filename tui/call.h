/* What is said of a call in work above its card. */
#ifndef TC_TUI_CALL_H
#define TC_TUI_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/directory.h"
#include "tui/frame.h"
#include "tui/grid.h"

/* All text is translated and never NULL. */
struct call_view {
  const char *mark;   /* "EXERCISE"; "" */
  size_t step, steps; /* counted from 1 */
  const char *name;   /* who is called now */
  const char *after;  /* who was tried last; "" */
  const char *last;   /* how that ended: "no answer 03:12" */
  const char *origin; /* whose chain it is, where that is neither of them; "" */
  int64_t waited;     /* seconds since this step */
  int64_t wait;       /* seconds after which the next one is due; 0: not said */
};

/* How a call may have ended, in the order of the digits that note it. */
struct call_result {
  enum attempt_result result;
  const char *text; /* N_() marked */
};

enum { CALL_RESULTS = 5 };
/* Of a phone, or of a pager, into which nobody speaks: CALL_RESULTS of them. */
const struct call_result *call_results(bool pager);

/* One row: on the left the fullest form that fits, on the right how long one has waited.  Where
 * that has no room for how the last try ended, a second one.  Returns how many. */
int call_draw_head(struct grid *g, struct area area, const struct call_view *view);

#endif
