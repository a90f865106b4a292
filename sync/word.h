/* Words of what a source answers: borrowed bytes that are believed only when they are read whole.
 */
#ifndef TC_SYNC_WORD_H
#define TC_SYNC_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word {
  const char *text; /* not NUL-terminated */
  size_t len;
};

bool word_is(struct word w, const char *text);

/* A decimal number of 18 digits at most, without a sign.  false: it is none. */
bool word_int(struct word w, int64_t *out);

/* want bytes in lower-case hexadecimal.  false: it is not just that. */
bool word_hex(struct word w, uint8_t *out, size_t want);

#endif
