/* The queue of a scope folder: every act that was written at this machine and where it is, in the
 * file "acts".  tocsin-sync alone writes it, by rename; it takes over what the journals hold, and
 * through it an account sees what another one wrote. */
#ifndef TC_DB_QUEUE_H
#define TC_DB_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/status.h"
#include "core/act.h"

enum {
  QUEUE_CHAIN = 16,              /* bytes of a revision's chain */
  QUEUE_TRIES = 5,               /* then an act is set aside */
  QUEUE_KEPT_S = 60 * 24 * 3600, /* seconds that an act is kept after its answer */
  QUEUE_MOST = 64 * 1024 * 1024  /* bytes of the file */
};

struct queue_item {
  struct act_held held;
  const char *bytes; /* the act's record */
  size_t len;
  int64_t tries;              /* that failed */
  int64_t answered;           /* when the source did, by this machine's clock; 0: it has not */
  uint8_t chain[QUEUE_CHAIN]; /* of held.revision */
  bool forget; /* what it is about is no longer granted: it goes once the source has answered */
};

/* How far a journal was taken over. */
struct queue_journal {
  uid_t uid;
  struct uuid name;
  int64_t offset;
  bool turn; /* it may hold what is no longer granted: its account is to begin another */
  bool seen; /* it is there still */
};

struct queue {
  struct arena arena; /* of all text and arrays */
  struct queue_item *items;
  size_t count, room;
  size_t limit;  /* bytes that queue_take() keeps within; 0: QUEUE_MOST */
  size_t bytes;  /* that the items take in the file, at most */
  size_t *slots; /* a hash table of UUIDs: number of an item plus one */
  size_t slot_count;
  struct uuid seed; /* of its hash */
  struct queue_journal *journals;
  size_t journal_count, journal_room;
  size_t damaged; /* bytes of the file that could not be read */
};

/* Whoever reads the queue to write it holds its lock, SCOPE/acts.lock, from before the one until
 * after the other, or what another took over meanwhile would be lost: a descriptor to close.
 * TC_BUSY: another program has it.  TC_NO_INPUT: there is no scope folder. */
TC_MUST_CHECK tc_status queue_lock(int *fd, const char *scope_dir, struct tc_error *err);

/* Whoever moves or removes items adds none afterwards.
 * A missing file is an empty queue.  TC_TOO_LONG, TC_IO, TC_DENIED, TC_NO_MEMORY.  queue_free()
 * after TC_OK. */
TC_MUST_CHECK tc_status queue_read(struct queue *out, const char *scope_dir, struct tc_error *err);
void queue_free(struct queue *q);

TC_MUST_CHECK tc_status queue_write(const struct queue *q, const char *scope_dir,
                                    struct tc_error *err);

/* Bytes of a journal that are taken over; 0 for one that is not known. */
int64_t queue_offset(const struct queue *q, uid_t uid, const struct uuid *name);

/* The journals alone, from the beginning of the file: cheap.  queue_free() after TC_OK. */
TC_MUST_CHECK tc_status queue_journals(struct queue *out, const char *scope_dir,
                                       struct tc_error *err);

/* Has the source answered, for good or until a person does? */
bool queue_is_answered(const struct queue_item *item);

/* Takes over what the journals hold that is not in the queue yet.  Acts that cannot be read are
 * left out and counted with bytes that are damaged. */
struct queue_taken {
  size_t acts;
  size_t gone;         /* answered, and dropped before QUEUE_KEPT_S: there was little room */
  bool full;           /* what there was no room for waits in the journals */
  size_t damaged;      /* bytes between whole acts, and acts that cannot be read */
  struct tc_error why; /* of the last journal that could not be opened */
};
TC_MUST_CHECK tc_status queue_take(struct queue *q, const char *scope_dir, struct queue_taken *out,
                                   struct tc_error *err);

/* Appends an act; the bytes are copied.  An act whose UUID is there already is left out.
 * TC_INVALID: it cannot be read. */
TC_MUST_CHECK tc_status queue_add(struct queue *q, const void *bytes, size_t len,
                                  struct tc_error *err);

/* A number that changes when a journal does, never 0; cheap: for a timer. */
uint64_t queue_stamp(const char *scope_dir);

/* How many there are in each state, for tocsin-sync status. */
struct queue_counts {
  size_t in[ACT_STATE_COUNT];
};
TC_MUST_CHECK tc_status queue_count(struct queue_counts *out, const char *scope_dir,
                                    struct tc_error *err);

#endif
