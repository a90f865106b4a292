/* What one round of a pull shares between asking (pull_ask.c), loading (pull.c), repairing
 * (repair.c) and narrowing (narrow.c).  Private to these four. */
#ifndef TC_SYNC_ROUND_H
#define TC_SYNC_ROUND_H

#include "core/record.h"
#include "db/writer.h"
#include "sync/entry_set.h"
#include "sync/inbox.h"
#include "sync/pg.h"
#include "sync/pull.h"
#include "sync/pull_state.h"

struct round_state {
  struct pg *pg;      /* NULL: what comes is in the inbox */
  const char *source; /* its name */
  const char *scope_dir;
  struct pull_report *report;
  struct pull_cursor mine; /* where the cache is */
  struct buffer mine_text; /* as it is stored, to see whether another writer came in between */
  struct pull_cursor next; /* where it will be */
  struct pull_header head;
  struct buffer head_text; /* as it came */
  bool aside;              /* it is applied in small commits on a copy */
  int64_t done;            /* rows that an earlier program has applied there */
  bool again;              /* this row is one of them: it is only counted */
  struct inbox *inbox;     /* what comes is kept there; NULL: it is not */
  struct writer *writer;
  struct entry_set before; /* entries that the cache holds */
  int64_t entries_before;
  int64_t gone;        /* entries that the source no longer has */
  bool loading;        /* everything comes: before is what was there, and is marked as it is seen */
  bool forced;         /* compare by digests, whatever the header says */
  bool damaged;        /* the cache cannot be read */
  bool never;          /* there is none */
  int64_t records;     /* that it holds */
  int64_t source_time; /* when that was committed at its source */
  enum audience most;  /* as in struct pull_orders */
  const char *file;    /* a snapshot that was given; NULL: none */
  /* Whence rows come in the place of a source; NULL: from it, or from the inbox. */
  tc_status (*rows)(void *context, const void **bytes, size_t *len, struct tc_error *err);
  void *rows_context;
  const char *of_scope; /* for a scope other than the login's own; NULL: that */
};

tc_status round_broken(struct tc_error *err); /* the source's answer cannot be read */

/* Asks what is new for the cache, and reads as far as the first row: nothing, or the header. *rule:
 * what is to be done.  A role without an audience may not even ask: the same row of the table as
 * one that asks in vain. */
TC_MUST_CHECK tc_status round_ask(struct round_state *r, const struct pull_rule **rule,
                                  struct tc_error *err);

/* Asks for everything, and reads the header, which stands for itself: it may be of a later revision
 * than the first one. */
TC_MUST_CHECK tc_status round_ask_all(struct round_state *r, struct tc_error *err);

/* Where the cache is: mine, records, damaged, never and the rest.  One that is not there, or is
 * damaged, holds nothing. */
TC_MUST_CHECK tc_status round_read_cache(struct round_state *r, struct tc_error *err);
void round_free(struct round_state *r); /* and all that is in it */

/* TC_CONFIG: the header is for more than may be on this machine. */
TC_MUST_CHECK tc_status round_check_grant(const struct round_state *r, struct tc_error *err);

/* Takes in the rows that come without a source, behind r->head: everything, or what has changed.
 * After a failure the cache is as it was, and a message is there. */
TC_MUST_CHECK tc_status round_given(struct round_state *r, bool all, struct tc_error *err);

/* With the writer's lock held: is the cache still where it was when the source was asked? */
TC_MUST_CHECK tc_status round_unmoved(struct round_state *r, struct tc_error *err);

/* Stores a record behind its letter. */
TC_MUST_CHECK tc_status round_record(struct round_state *r, const void *bytes, size_t len,
                                     struct tc_error *err);

/* No delta, and no repair in place, above about 8 % of the records: a build costs less then. */
int64_t round_most(int64_t records);

/* Count, digest and removals, then the commit.  TC_DAMAGED without a message: count or digest do
 * not agree. */
TC_MUST_CHECK tc_status round_publish(struct round_state *r, struct tc_error *err);
void round_give_up(struct round_state *r); /* nothing has changed */

/* What was received has served.  Only with the writer's lock: another may be receiving. */
void round_drop_inbox(const struct round_state *r);

/* The records here of the audiences of scope that keeps() (NULL: all) wants, into a generation
 * beside the published one: r->writer. */
typedef bool round_keeps(const void *context, const struct record_head *head);
TC_MUST_CHECK tc_status round_copy(struct round_state *r, uint32_t scope, round_keeps *keeps,
                                   const void *context, struct tc_error *err);

/* Takes out what is here and is no longer granted, at the revision that the cache is at: for a
 * round whose change is held or came to nothing, since a lost grant waits for nobody.  TC_DONE: no
 * grant was lost, or all were, which is a fault. */
TC_MUST_CHECK tc_status round_narrow(struct round_state *r, uint32_t granted, struct tc_error *err);

/* Brings the cache to the source's revision by comparing digests.  TC_DONE: nothing was done, since
 * so much differs that loading everything is less work, or the source is too old to compare.
 * TC_DAMAGED without a message: what came does not add up, or the cache cannot be read. */
TC_MUST_CHECK tc_status round_repair(struct round_state *r, struct tc_error *err);

#endif
