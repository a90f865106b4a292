/* Words for a person, translated: what the canonical words of directory.h say. */
#ifndef TC_CORE_TEXTS_H
#define TC_CORE_TEXTS_H

#include "base/buffer.h"
#include "core/directory.h"

const char *audience_text(enum audience a);     /* "switchboard" */
const char *entry_type_text(enum entry_type t); /* "service" */
const char *purpose_text(enum purpose p);       /* "results" */

/* Appends the purposes of a set, joined by commas; nothing for "any" and for none. */
void purposes_text(struct buffer *out, uint32_t purposes);

/* Appends where an entry is: building, floor, room, joined by spaces. */
void place_text(struct buffer *out, const struct entry *e);

/* How long to let it ring before the next of a chain is called: "no answer 30 s", "no answer 2
 * min"; "no answer" where that is not said.  Never rounded: somebody waits for it. */
enum { WAIT_TEXT = 96 };
void wait_text(char out[WAIT_TEXT], int64_t seconds);

#endif
