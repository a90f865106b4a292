/* The words that say a state: each of these phrases is on a screen whole, or not at all. */
#ifndef TC_TUI_PHRASE_H
#define TC_TUI_PHRASE_H

#include <stddef.h>

/* Where a text that is cut at that byte is cut instead, so that none of them is there in part:
 * before the first that the cut would go through. */
size_t phrase_before(const char *text, size_t cut);

#endif
