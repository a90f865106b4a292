/* Text for screens and printers that have no Unicode: the nearest thing they can show. */
#ifndef TC_BASE_TRANSLIT_H
#define TC_BASE_TRANSLIT_H

#include <stddef.h>

#include "base/buffer.h"

enum translit {
  TRANSLIT_NONE,   /* Unicode: unchanged */
  TRANSLIT_LATIN1, /* only what ISO 8859-1 has is left */
  TRANSLIT_LATIN9, /* ISO 8859-15: Latin-1 with € Š š Ž ž Œ œ Ÿ instead of eight signs */
  TRANSLIT_ASCII
};

/* What the character set of the locale can show, from nl_langinfo(CODESET)'s answer. */
enum translit translit_for(const char *codeset);

/* Appends text as UTF-8 whose every code point the target has: "œ" becomes "oe", "ł" "l", "─" "-",
 * "’" "'"; in ASCII "é" becomes "e"; what has no likeness becomes "?".  Controls stay: see
 * utf8_display().  Returns how many characters became "?". */
size_t translit_text(struct buffer *out, const char *text, size_t len, enum translit target);

#endif
