/* Why a masked number was looked at: one key says it, and none need be said. */
#ifndef TC_TUI_REVEAL_H
#define TC_TUI_REVEAL_H

#include <stddef.h>

/* How long a number stays shown, from when it was; less where its view is left.  Seconds. */
enum { REVEAL_S = 60 };

struct reveal_reason {
  const char *word; /* in the act; "": none was given */
  const char *text; /* for people, N_() marked */
};

/* All of them; the first is that none was given. */
const struct reveal_reason *reveal_reasons(size_t *count);

/* Translated; a word of a newer version is said as it is. */
const char *reveal_reason_text(const char *word);

#endif
