/* What reachability says, in words: the same on rows, cards, big digits, answers and paper. */
#ifndef TC_TUI_REACH_TEXT_H
#define TC_TUI_REACH_TEXT_H

#include "base/buffer.h"
#include "core/reach.h"
#include "tui/when.h"

/* Appends the whole state of a channel: "DOWN PBX Saint-Aubin, inside+inbound, Sat 11:14", "no
 * fault known, open until 18:30".  site: of its entry, whose time hours are told in. */
void reach_text(struct buffer *out, const struct channel *channel, const struct reach_world *world,
                const char *site);

/* The mark: the few words that a number has wherever it stands without its whole state ("DOWN",
 * "not confirmed since 15:14", "closed now: reported DOWN"); "" for nothing to say.  No comma is in
 * it: what stands behind one gives way.  Never NULL. */
const char *reach_row_text(const struct channel *channel, const struct reach_world *world,
                           struct arena *arena);

/* The same of a number that stands in a sentence, where what may be tried from the set in hand has
 * no word but what an incident or a wrong clock says of it. */
const char *reach_strip_text(const struct channel *channel, const struct reach_world *world,
                             struct arena *arena);

/* What an incident alone says of a number: "DOWN", "reported DOWN"; "". */
const char *reach_outage_text(const struct channel *channel, const struct reach_world *world,
                              struct arena *arena);

/* What an incident says of a number, where there is no room for since when: "DOWN", "in doubt". */
const char *reach_brief_text(const struct channel *channel);

/* That it is in doubt by a sign, before what is left: "? 7700"; "" where it is not. */
const char *reach_sign_text(const struct channel *channel, const char *left, struct arena *arena);

/* What is left of an emergency code whose own number is DOWN or in doubt (reach_code_down), for
 * beside that: "DOWN: red phone 7700".  number: what is left, as it is shown.  NULL: no memory. */
const char *code_left_text(const struct channel *own, const struct channel *left,
                           const char *number, const struct reach_world *world,
                           struct arena *arena);

/* Appends the directions of an incident: "inside+inbound"; all three: "all calls". */
void directions_text(struct buffer *out, uint32_t directions);

/* The name of a domain, or its code where it is not recorded. */
const char *domain_name(const struct house *house, const char *code);

/* Whom to call to confirm that a fax arrived, as dialled from where world stands: "87 4009, via tie
 * line", "4 3610, DOWN"; "" where nobody is listed.  NULL: no memory. */
const char *check_text(const struct entry *entry, const struct contact *fax,
                       const struct reach_world *world, struct arena *arena);

/* "from a red phone", "from a mobile" */
const char *from_set_text(enum set_kind set);

#endif
