/* What a pull is decided by: where the cache is, what the source says of itself, and the table of
 * what to do.  Pure: no I/O. */
#ifndef TC_SYNC_PULL_STATE_H
#define TC_SYNC_PULL_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/status.h"
#include "base/uuid.h"
#include "core/directory.h"

enum {
  PULL_PROTOCOL = 1,
  CHAIN_BYTES = 16,  /* of a chain */
  CHAIN_SHORT = 8,   /* of one in the history */
  PULL_HISTORY = 256 /* revisions whose chains a cache remembers */
};

/* Where a cache is in a source's history.  It is kept in the cache, in the transaction of the data
 * it speaks of. */
struct pull_cursor {
  bool known; /* false: there is no cache, or it came from no source */
  struct uuid generation;
  int64_t revision;
  uint8_t chain[CHAIN_BYTES];
  uint32_t scope; /* set of enum audience */
  /* The chains of the revisions up to this one, the last of them this one's own. */
  uint8_t history[PULL_HISTORY][CHAIN_SHORT];
  size_t history_count;
};

/* Reads what cursor_write() wrote; "" is not known.  TC_DAMAGED: anything else. */
TC_MUST_CHECK tc_status cursor_read(struct pull_cursor *out, const char *text, size_t len,
                                    struct tc_error *err);
void cursor_write(const struct pull_cursor *c, struct buffer *out);

/* Adds chains of the revisions that end at c->revision, count of CHAIN_SHORT bytes each. */
void cursor_add_history(struct pull_cursor *c, const uint8_t *chains, size_t count);

/* The source's header: the row that begins with H. */
struct pull_header {
  int64_t oldest_client; /* the oldest protocol it still speaks */
  struct uuid generation;
  int64_t revision, floor, approved;
  int64_t copy;        /* 1: of another server, and may lag; 0: it is none; -1: it does not say */
  int64_t unapproved;  /* entries that went since the approved revision; -1: it does not say */
  int64_t approved_at; /* when that was committed; 0: it does not say */
  int64_t at, now;     /* of the revision's commit; the source's clock */
  uint8_t chain[CHAIN_BYTES];
  bool has_chain_at; /* it knows the revision that was asked about */
  uint8_t chain_at[CHAIN_BYTES];
  uint32_t scope; /* granted audiences */
  int64_t records;
  struct digest digest;
  int64_t changes; /* parts of a delta, or since a snapshot */
  /* of a snapshot */
  int64_t id, format, derived, bytes, unpacked;
  uint8_t sha256[HASH_SHA256];
  enum pull_send { SEND_NONE, SEND_DELTA, SEND_ALL, SEND_TREE } send; /* what follows */
};

/* TC_DAMAGED: not that. Names that are not known are left out. */
TC_MUST_CHECK tc_status header_read(struct pull_header *out, const char *text, size_t len,
                                    struct tc_error *err);

/* Set of audiences that a person wrote.  TC_USAGE: it is none. */
TC_MUST_CHECK tc_status scope_from_person(const char *text, uint32_t *out, struct tc_error *err);

/* "public,clinical"; and back, -1 for anything else. */
void scope_write(uint32_t scope, struct buffer *out);
int64_t scope_read(const char *text, size_t len);
enum audience scope_narrowest(uint32_t scope);

enum pull_action {
  PULL_KEEP,   /* write nothing */
  PULL_SAME,   /* there is nothing new */
  PULL_DELTA,  /* apply what follows */
  PULL_REPAIR, /* compare by digests and fetch what differs */
  PULL_ALL     /* load everything aside and switch */
};

struct pull_rule {
  enum pull_action action;
  tc_status status;   /* of the round */
  const char *word;   /* for the state file */
  const char *reason; /* for people; translated where it is shown */
};

/* The first row of the table that fits. */
const struct pull_rule *pull_decide(const struct pull_cursor *mine, const struct pull_header *head);

/* The row for a delta whose count or digest did not agree. */
const struct pull_rule *pull_rule_unequal(void);

/* The row for a cache that cannot be read, or that no repair made equal. */
const struct pull_rule *pull_rule_damaged(void);

/* The row for a role that may not ask at all. */
const struct pull_rule *pull_rule_no_grant(void);

/* More than a fifth, and more than 50? */
bool pull_is_mad(int64_t removed, int64_t held);

#endif
