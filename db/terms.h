/* The words of the directory in memory, for what was probably meant: read when a query first needs
 * them, after the first frame.  Private to db/. */
#ifndef TC_DB_TERMS_H
#define TC_DB_TERMS_H

#include <stdbool.h>

#include "base/arena.h"
#include "db/store.h"

struct terms;

/* Reads all of them; *out belongs to the caller (terms_free). */
TC_MUST_CHECK tc_status terms_read(struct terms **out, struct store *s, struct tc_error *err);
void terms_free(struct terms *t); /* NULL-safe */

struct term {
  const char *text;
  int uses; /* USE_PLAIN, USE_ALIAS (document.h) */
};

/* Does any word begin so? */
bool terms_begin(const struct terms *t, const char *prefix, size_t len);

/* The words within the typos that a word of that length may have (near_allowance), the nearest
 * first, at most `most`; beginning: the word is still being typed.  Returns how many. */
size_t terms_near(const struct terms *t, const char *word, size_t len, bool beginning,
                  struct term *out, size_t most);

#endif
