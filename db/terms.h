/* The words of the directory in memory, for what was probably meant: read when a query first needs
 * them, after the first frame.  Private to db/. */
#ifndef TC_DB_TERMS_H
#define TC_DB_TERMS_H

#include "base/arena.h"
#include "db/store.h"

struct terms;

/* Reads all of them; *out belongs to the caller (terms_free). */
TC_MUST_CHECK tc_status terms_read(struct terms **out, struct store *s, struct tc_error *err);
void terms_free(struct terms *t); /* NULL-safe */

/* The words within the typos that a word of that length may have (near_allowance), the nearest
 * first, at most `most`; beginning: the word is still being typed.  Returns how many. */
size_t terms_near(const struct terms *t, const char *word, size_t len, bool beginning,
                  const char **out, size_t most);

#endif
