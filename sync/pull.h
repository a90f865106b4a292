/* One round with a source: the cache is brought to one revision of it, or left as it is. */
#ifndef TC_SYNC_PULL_H
#define TC_SYNC_PULL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "core/directory.h"
#include "sync/pg.h"
#include "sync/pull_state.h"

/* What a round did. */
struct pull_report {
  const char *word;       /* of the table of pull_state.c; "held" */
  const char *reason;     /* for people, translated */
  char source[128];       /* "host:port/database", "" when nobody was reached */
  int64_t revision;       /* of the cache now; 0: there is none */
  int64_t source_now;     /* the source's clock, 0 when nobody was reached */
  int64_t put, removed;   /* records written and taken out */
  int64_t offered, held;  /* entries of the cache that the source still has, entries of the cache;
                             both 0 unless the change is held */
  int64_t expected;       /* records of a load of everything, known once it begins; else 0 */
  int64_t expected_bytes; /* of a snapshot while it comes; else 0 */
  int64_t unreadable;     /* records of the cache that this program cannot read */
  bool narrowed;          /* the change was not taken, and what is no longer granted is gone */
  char note[1024]; /* why a snapshot was not used, a translated sentence; "": nothing to say */
};

/* A report of a round that has not come to anything. */
void pull_report_begin(struct pull_report *report);

/* What a round is to do. */
struct pull_orders {
  const char *scope_dir;
  enum audience most;   /* the narrowest audience that may be held here; AUDIENCE_NONE: any */
  const char *snapshot; /* a file that a first load uses if it is a snapshot that the source has
                           made for this terminal's audiences; NULL: none */
  bool compare; /* hash whatever is stored, compare it with the source and fetch what differs: for
                   what check_step() found */
};

/* TC_REFUSED: the change is held, since it would remove more than a fifth and more than 50 entries.
 * TC_CONFIG: the source grants more than may be held here.  TC_BUSY: the source is behind, or
 * another writer has the cache.  TC_UNAVAILABLE, TC_DENIED: no source, or it does not let us.
 * After any failure the cache is as it was, but without what is no longer granted.  The report is
 * filled either way. */
TC_MUST_CHECK tc_status pull_round(struct pg *pg, const struct pull_orders *orders,
                                   struct pull_report *report, struct tc_error *err);

/* Applies what a program that was killed had received and not published (sync/inbox.h), with no
 * source; before a round.  TC_NOT_FOUND without a message: there is nothing.  After another failure
 * than TC_BUSY it is gone, and a round fetches it again. */
TC_MUST_CHECK tc_status pull_resume(const struct pull_orders *orders, struct pull_report *report,
                                    struct tc_error *err);

/* Builds, in a folder without a cache, what a terminal with these audiences ("public,clinical")
 * would hold; for an administrator.  *head is the source's word of it. */
TC_MUST_CHECK tc_status pull_scope(struct pg *pg, const char *scope_dir, const char *of_scope,
                                   struct pull_report *report, struct pull_header *head,
                                   struct tc_error *err);

/* Asks whether there is anything new for a cache at this cursor: about 100 bytes either way. */
TC_MUST_CHECK tc_status pull_probe(struct pg *pg, const struct pull_cursor *mine, bool *same,
                                   int64_t *source_now, struct tc_error *err);

#endif
