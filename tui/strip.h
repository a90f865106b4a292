/* The strip: what fails now, in words, above the codes. */
#ifndef TC_TUI_STRIP_H
#define TC_TUI_STRIP_H

#include "tui/frame.h"
#include "tui/present.h"

/* "Calls INTO Saint-Aubin fail since Sat 11:14; inside and outgoing work"; of several incidents the
 * one of one's own site first, then one that touches it, and the count.  "" where there is none.
 * Memory from p->arena. */
const char *strip_text(const struct present *p);

/* The same in few columns. */
void strip_brief(const struct present *p, struct strip_brief *out);

/* Of one that is disputed: what it counts as. */
const char *incident_disputed_text(const struct incident *incident,
                                   const struct reach_world *world);

/* One incident as a sentence, appended. */
void incident_text(struct buffer *out, const struct incident *incident,
                   const struct reach_world *world);

#endif
