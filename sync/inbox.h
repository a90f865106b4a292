/* The inbox: what a source sent for one revision, kept raw until it is published, so that a program
 * that was killed while it applied that need not ask for it again, whether the source is there or
 * not.  Answers of up to INBOX_LEAST bytes are not kept: to ask for them again costs less than to
 * wait for the disk.
 *
 * SCOPE/cache/inbox, named inbox.part until all has come: a line "tocsin-inbox 1" and a newline;
 * then frames: u32 length (little-endian) and bytes: the cursor of the cache that it applies to
 * ("": none), whose source it was, the header row, "delta" or "all", and each row as it came; then
 * ff ff ff ff and the SHA-256 of all before it, synced; then one byte for each time that applying
 * it was begun again.  Whoever has the writer's lock may touch either; others may look. */
#ifndef TC_SYNC_INBOX_H
#define TC_SYNC_INBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum { INBOX_LEAST = 64 * 1024 };

struct inbox;

struct inbox_facts {
  const char *base, *source, *head; /* NUL-terminated; head without its letter */
  size_t base_len, head_len;
  bool all; /* everything, not what changed since base */
};

/* Begins one.  The facts are copied.  *out belongs to the caller (inbox_free). */
TC_MUST_CHECK tc_status inbox_new(struct inbox **out, const char *scope_dir,
                                  const struct inbox_facts *facts, struct tc_error *err);
/* Adds a row.  TC_FULL, TC_IO, TC_DENIED. */
TC_MUST_CHECK tc_status inbox_add(struct inbox *in, const void *bytes, size_t len,
                                  struct tc_error *err);
/* All has come: it lasts from now on. */
TC_MUST_CHECK tc_status inbox_seal(struct inbox *in, struct tc_error *err);

/* Opens what another program left behind.  TC_NOT_FOUND: nothing.  TC_DAMAGED: it is not whole. */
TC_MUST_CHECK tc_status inbox_open(struct inbox **out, const char *scope_dir, struct tc_error *err);
const struct inbox_facts *inbox_facts(const struct inbox *in); /* borrowed until inbox_free() */
int inbox_unclean(const struct inbox *in); /* how often applying it has not come to an end */
/* Notes that applying begins. */
TC_MUST_CHECK tc_status inbox_begin(struct inbox *in, struct tc_error *err);
/* The next row, borrowed until the next call.  TC_DONE: there are no more. */
TC_MUST_CHECK tc_status inbox_next(struct inbox *in, const void **bytes, size_t *len,
                                   struct tc_error *err);

void inbox_free(struct inbox *in); /* NULL-safe; what is on the disk stays */

/* Is there one?  Is there part of one, which another program is receiving, or was when it ended? */
bool inbox_is_there(const char *scope_dir);
bool inbox_is_part(const char *scope_dir);
/* Each end but that of a program that was killed removes both.  With the writer's lock held. */
void inbox_remove(const char *scope_dir);

#endif
