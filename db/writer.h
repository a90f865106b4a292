/* Writing the cache: the only way in, used by tocsin-sync alone.
 *
 * Two ways, both all or nothing: a build makes a whole generation aside and switches the pointer;
 * a delta changes the published generation in one SQLite transaction. */
#ifndef TC_DB_WRITER_H
#define TC_DB_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/status.h"
#include "core/directory.h"

struct writer;

/* What the change set brings the cache to. */
struct writer_head {
  struct uuid generation;
  int64_t revision;
  int64_t source_time;
  const char *source;
  enum audience audience;
  const char *cursor; /* where a reader of the source goes on from, in its own words; NULL: none */
  bool forget;        /* a build: nothing that was held before may stay in any file: the removal is
                       * owed from the commit on, and paid at once where it can be */
};

/* A new generation beside the published one.  The scope folder is made where it is missing (0750).
 * TC_BUSY: another writer holds it. */
TC_MUST_CHECK tc_status writer_build(struct writer **out, const char *scope_dir,
                                     struct tc_error *err);
/* A change set of the published generation.  TC_NEVER_SYNCED: there is none. */
TC_MUST_CHECK tc_status writer_delta(struct writer **out, const char *scope_dir,
                                     struct tc_error *err);

/* A change set in small commits, each of which lasts, on a copy of the published generation (empty:
 * on one that holds nothing): for a machine that does not live long enough for one transaction.
 * What an earlier program has done of the change set of this key (one line) is gone on with; *done
 * is what it said last to writer_keep(), 0 at first.  Nobody sees any of it before writer_commit().
 * TC_NEWER without a message, TC_BUSY: there is nothing that could be copied now. */
TC_MUST_CHECK tc_status writer_aside(struct writer **out, const char *scope_dir, const char *key,
                                     bool empty, int64_t *done, struct tc_error *err);
/* Ends a small commit and begins the next. */
TC_MUST_CHECK tc_status writer_keep(struct writer *w, int64_t done, struct tc_error *err);

/* Adds or replaces one record; its key is (uuid, audience) of its header.  A record that cannot be
 * decoded is stored, counted as unreadable, and TC_OK; a header that cannot be read is
 * TC_INVALID. */
TC_MUST_CHECK tc_status writer_put(struct writer *w, const void *bytes, size_t len,
                                   struct tc_error *err);
/* Removes one.  TC_NOT_FOUND: it was not there. */
TC_MUST_CHECK tc_status writer_delete(struct writer *w, const struct uuid *uuid,
                                      enum audience audience, struct tc_error *err);

/* Count and digest as they would be after commit. */
TC_MUST_CHECK tc_status writer_sum(struct writer *w, int64_t *records, struct digest *digest,
                                   struct tc_error *err);

/* Publishes.  After a failure nothing has changed.  Frees w either way.  A delta that leaves very
 * many changed entries beside the search index puts them into a new one (tidy.h). */
TC_MUST_CHECK tc_status writer_commit(struct writer *w, const struct writer_head *head,
                                      struct tc_error *err);
void writer_discard(struct writer *w); /* NULL-safe; nothing has changed */

/* Goes on with a removal that is owed (head.forget).  TC_OK: none is, or all is done.  TC_BUSY:
 * another writer is at work.  Else the message says what is still there. */
TC_MUST_CHECK tc_status writer_settle(const char *scope_dir, struct tc_error *err);

/* The writer's lock alone, for who takes away what lies beside the generations: a descriptor to
 * close.  TC_BUSY: another writer holds it. */
TC_MUST_CHECK tc_status writer_lock(int *fd, const char *scope_dir, struct tc_error *err);

/* The cursor of the published generation, appended; nothing where its head had none. */
TC_MUST_CHECK tc_status writer_cursor(struct buffer *out, const char *scope_dir,
                                      struct tc_error *err);

/* Derives everything but the records again, aside, and switches (tocsin-sync rebuild).  put (may be
 * NULL) is called with each record: how many and how many bytes were done, and how many there are.
 */
typedef void writer_put_so_far(void *context, int64_t records, int64_t bytes, int64_t of);
TC_MUST_CHECK tc_status writer_rebuild(const char *scope_dir, writer_put_so_far *put, void *context,
                                       struct tc_error *err);

/* Every record of the published generation in (uuid, audience) order.  The bytes are borrowed until
 * the next step. */
struct record_cursor;
TC_MUST_CHECK tc_status record_cursor_open(struct record_cursor **out, const char *scope_dir,
                                           struct tc_error *err);
TC_MUST_CHECK tc_status record_cursor_next(struct record_cursor *cur, const void **bytes,
                                           size_t *len, struct tc_error *err); /* TC_DONE at end */
void record_cursor_close(struct record_cursor *cur);                           /* NULL-safe */

#endif
