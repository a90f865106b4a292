/* The journal of an account: what it wrote at this machine, journal/UID in the scope folder, or
 * UID.N where that name is another's (db/journal_name.h).
 *
 * Written by its account alone and only at its end; frames (db/frame.h), the first of them the
 * journal's own name, the others an act each.  tocsin-sync reads all of them.  What it has taken
 * over is in the queue (db/queue.h): where a journal has grown, its account then begins a new one
 * in its place. */
#ifndef TC_DB_JOURNAL_H
#define TC_DB_JOURNAL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/uuid.h"
#include "db/journal_name.h"

enum {
  JOURNAL_MOST = 16 * 1024 * 1024, /* bytes: then it is full, and says so */
  JOURNAL_TURN = 1024 * 1024,      /* bytes after which a new one is begun, once all was taken */
  JOURNAL_WAIT_MS = 200,           /* what a screen waits for a write */
  JOURNAL_WAITING = 256            /* records that may wait in memory for a disk */
};

/* The folder of the journals, made where it is missing and that may be done: writable by the group
 * of the scope folder, each file by its owner alone. */
TC_MUST_CHECK tc_status journal_folder(char out[JOURNAL_PATH], const char *scope_dir,
                                       struct tc_error *err);

/* Appends an act's record to the journal of the account that runs, and syncs it: when this returns
 * TC_OK a power cut does not lose it.  TC_BUSY: another program of the account held the journal for
 * JOURNAL_WAIT_MS; no other account can.  TC_TOO_LONG: it is full, tocsin-sync has not taken it.
 * TC_FOREIGN: others have every name there is.  TC_FULL, TC_DENIED, TC_IO: nothing was written, or
 * a piece that readers skip. */
TC_MUST_CHECK tc_status journal_append(const char *scope_dir, const void *record, size_t len,
                                       struct tc_error *err);

/* Takes every journal from its account, whosever it is, where this one may rename in the folder: it
 * begins another with its next act, and an act that was on its way is written there again.  For
 * whoever holds the queue's lock, and takes over what is in them (queue_take()) before
 * journal_drop_retired() removes those of which the queue, as it stands on the disk, has all. */
void journal_retire(const char *scope_dir);
TC_MUST_CHECK tc_status journal_drop_retired(const char *scope_dir, struct tc_error *err);

struct journal {
  struct buffer text;
  struct uuid name;  /* of this file: a new one has another; nil: it is empty */
  size_t at;         /* where reading is */
  size_t damaged;    /* bytes skipped between whole frames, and behind the last what is no
                        beginning of one */
  size_t unfinished; /* bytes behind the last whole frame: cut off, or being written */
  bool ended;        /* journal_next() was at the end */
};

/* Reads one.  TC_NO_INPUT: there is none.  TC_FOREIGN: the file is not that account's, or no
 * journal.  TC_TOO_LONG, TC_IO, TC_DENIED.  journal_close() in any case. */
TC_MUST_CHECK tc_status journal_open(struct journal *out, const char *scope_dir,
                                     const struct journal_name *name, struct tc_error *err);
void journal_close(struct journal *j);

/* The next act's bytes, borrowed; TC_DONE: there is no further whole one. */
TC_MUST_CHECK tc_status journal_next(struct journal *j, const char **bytes, size_t *len);

/* Appends from a thread of its own, so that no disk stops a screen. */
struct journal_writer;
TC_MUST_CHECK tc_status journal_writer_open(struct journal_writer **out, const char *scope_dir,
                                            struct tc_error *err);

/* Hands a record over and waits at most JOURNAL_WAIT_MS.  TC_OK: it is saved.  TC_REFUSED: so many
 * wait that this one was not taken.  Anything else: it is not saved yet and is tried again until it
 * is. */
TC_MUST_CHECK tc_status journal_writer_post(struct journal_writer *w, const void *record,
                                            size_t len, struct tc_error *err);

/* How many are not saved; *err says why the last try failed, where it did. */
size_t journal_writer_unsaved(struct journal_writer *w, struct tc_error *err);

/* Waits a last JOURNAL_WAIT_MS; returns how many are lost. NULL-safe. */
size_t journal_writer_close(struct journal_writer *w);

/* This machine, by /etc/machine-id (machine-id(5)), not the id itself; and the account's name. */
void journal_terminal(struct uuid *out);
void journal_account(char *out, size_t cap);

#endif
