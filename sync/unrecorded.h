/* Failure domains that records name and no record is: what rides on one can fail without a word,
 * and reads "not known what it rides on" (core/reach.h).  Misspelt, renamed, or not held here. */
#ifndef TC_SYNC_UNRECORDED_H
#define TC_SYNC_UNRECORDED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "core/record.h"
#include "sync/notes.h"

struct unrecorded {
  struct arena arena;
  struct named_domain *names; /* by code */
  size_t count, cap;
  size_t entry; /* how many were looked at */
};

/* What a record names, and the domain that it is. */
void unrecorded_record(struct unrecorded *u, const void *bytes, size_t len);
void unrecorded_add(struct unrecorded *u, const struct record *record);
/* A record that is held besides: the domain that it is alone. */
void unrecorded_held(struct unrecorded *u, const void *bytes, size_t len);
/* Is any named that was not met? */
bool unrecorded_any(const struct unrecorded *u);

/* Each that was named and not met, by code; returning false stops. */
typedef bool unrecorded_take(const char *code, size_t entries, size_t others, void *data);
void unrecorded_each(const struct unrecorded *u, unrecorded_take *take, void *data);

/* The sentence of one, appended. */
void unrecorded_text(struct buffer *out, const char *code, size_t entries, size_t others);
void unrecorded_tell(const struct unrecorded *u, struct notes *notes);
void unrecorded_free(struct unrecorded *u);

#endif
