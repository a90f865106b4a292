/* Domain rules of a house: which one says what a contact point rides on, when it does not itself.
 */
#ifndef TC_CORE_RULES_H
#define TC_CORE_RULES_H

#include "base/arena.h"
#include "core/directory.h"

/* The rules of a house by site and kind.  It borrows them, and finds what looking through all of
 * them finds.  NULL: there is no memory (arena_failed()). */
const struct rule_index *rule_index_make(const struct house *house, struct arena *arena);

/* The first rule of the house that fits a contact point of an entry at that site; NULL: none does.
 */
const struct rule *rule_find(const struct house *house, const char *site, const struct contact *c);

#endif
