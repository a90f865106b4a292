/* What the directory holds before an import, as far as the import has to know it. */
#ifndef TC_SYNC_HELD_H
#define TC_SYNC_HELD_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/record.h"
#include "sync/entry_set.h"
#include "sync/pg.h"

/* All parts of one record. */
struct held {
  struct uuid uuid;
  const char *bytes[AUDIENCE_COUNT]; /* by audience; NULL: no such part */
  size_t len[AUDIENCE_COUNT];
  enum record_kind kind;
  bool ours;  /* an entry with an origin line of this origin */
  bool seen;  /* the file has its key */
  bool named; /* a chain, a group or a scenario of the source names it */
};

struct held_code {
  enum record_kind kind;
  const char *code;
  struct uuid uuid;
};

enum { HELD_ORIGINS = 8 };

struct held_set {
  struct arena arena;
  struct held *items; /* in UUID order */
  size_t count, cap;
  struct entry_set dismissed; /* entries and contact points that a person deleted at the source */
  struct held_code *codes;
  size_t code_count, code_cap;
  struct house house;                /* its numbering plans alone */
  const char *origins[HELD_ORIGINS]; /* other origins that have entries, the first ones met */
  size_t origin_count;
};

/* Entries of the origin, every record of the kind, and the codes of sites: of a source where there
 * is one, else of a cache.  A cache that is not there yet holds nothing. */
TC_MUST_CHECK tc_status held_read(struct held_set *out, struct pg *pg, const char *cache,
                                  const char *origin, enum record_kind kind, struct tc_error *err);
void held_free(struct held_set *h);

struct held *held_find(struct held_set *h, const struct uuid *uuid);
/* NULL: no record of the kind has that code. */
const struct held_code *held_code(const struct held_set *h, enum record_kind kind,
                                  const char *code);
TC_MUST_CHECK tc_status held_add_code(struct held_set *h, enum record_kind kind, const char *code,
                                      const struct uuid *uuid, struct tc_error *err);

#endif
