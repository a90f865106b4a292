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

#endif
