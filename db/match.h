/* From an understood query to the set of entries that each tier gives.  Private to db/. */
#ifndef TC_DB_MATCH_H
#define TC_DB_MATCH_H

#include "db/handle.h"
#include "db/query.h"

/* The ways in which a token may be met, each a set that is made when first asked for. */
enum match_way { WAY_WORD, WAY_BEGIN, WAY_ALIAS, WAY_SOUND, WAY_TYPO, WAY_COUNT };

/* Words of the directory that are as near to a token as its way says; asked of the index once. */
enum { NEAR_MOST = 8 };
struct near_terms {
  struct term terms[NEAR_MOST];
  size_t count;
  bool asked;
};

struct matcher {
  struct cache *c;
  struct words *words;
  const struct search_query *query;
  uint64_t *ways[QUERY_TOKENS][WAY_COUNT]; /* by token as typed; NULL with asked: nothing */
  bool asked[QUERY_TOKENS][WAY_COUNT];
  struct near_terms sounds[QUERY_TOKENS], typos[QUERY_TOKENS];
  uint64_t *left; /* entries within scope and filters that no tier has given yet */
  uint64_t *mine; /* of my site; NULL: there is none */
  /* What may be found by what is not shown: by figures in words that are a masked number of
   * somebody else, by a part that is hidden.  NULL: nothing. */
  uint64_t *doubtful;
};

/* Reads scope and filters of a query; within a transaction (cache_begin_words). */
void matcher_start(struct matcher *m, struct cache *c, const struct search_query *query,
                   const struct query *q);

/* Does a site's code among the words narrow what they find ("medecine riv" is Rivemont, and no
 * Dr Rivière)?  Widened, it is a word like any other: for a query that finds nothing else. */
bool match_narrows(const struct query *q);
void match_widen(struct query *q);

/* Marks what words say of sites: a site's code among other words (match_narrows()), and one that is
 * in the names of many sites ("hôpital") and, like a particle, tells nothing of where. */
void match_mark_sites(struct query *q, const struct cache *c);

/* The entries that a tier of a reading gives, in order at least the first `most` of each section;
 * NULL: none.  before: those of them that come before the others, first of all what is called just
 * so (NULL: none do); one set may hold what another does.  They are not left any more. */
struct match_before {
  uint64_t *whole, *named;
};
uint64_t *matcher_tier(struct matcher *m, const struct query *q, enum match tier, size_t most,
                       struct match_before *before);

/* Does a reading find in a tier, by its words and filters, the entry that has this document? */
bool matcher_fits(struct matcher *m, const struct query *q, enum match tier, const char *document);

/* Does a word alone find anything, as it stands or through an alias; or is it a site's, a kind, or
 * figures?  What no entry has is what keeps a query from finding. */
bool matcher_knows(struct matcher *m, const struct query_token *t);

/* Figures that may be a number, or run through one, though words stand beside them. */
bool match_is_run(const struct query_token *t);

#endif
