/* Masked numbers: what may be seen at a terminal but not left on it.  Pure. */
#ifndef TC_CORE_MASK_H
#define TC_CORE_MASK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "core/directory.h"

/* Appends a number as it may be left on a screen: "06 ** ** ** 78", "0 06 ** ** ** 78", "***44".
 * Of a number of ten digits and more the first that are not among the last eight stay, and the last
 * two; of a shorter one the last two alone, of one below five digits and of an address nothing. */
void mask_number(struct buffer *out, const char *shown);

/* Is what an override or an act says of this contact point masked?  contact nil: of the entry's
 * first.  One that the entry does not have counts as masked: who knows what it was. */
bool mask_covers(const struct entry *entry, const struct uuid *contact);

/* Is it, in whatever form, a number of the entry that is masked? */
bool mask_hides(const struct entry *entry, const char *number);

/* A number that is said beside (an old one, one to confirm with): itself, or, where it is that of a
 * masked contact point of the entry however it is written, as mask_number() writes it.  NULL: no
 * memory. */
const char *mask_beside(const struct entry *entry, const char *number, struct arena *arena);

#endif
