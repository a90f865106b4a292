/* What was written at this machine goes to the source: taken over from the journals, sent,
 * answered, and kept until no restored source can have lost it. */
#ifndef TC_SYNC_PUSH_H
#define TC_SYNC_PUSH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "sync/pg.h"

/* What there is to ask a source about. */
struct push_due {
  size_t pending; /* nobody has answered */
  size_t kept;    /* answered, and kept in case the source is restored; or waiting for a person */
  size_t damaged; /* bytes that could not be read */
  bool full;      /* there is no room for what else was written: it waits in the journals */
};

/* Takes over what the journals hold and publishes it to the other accounts of this machine (file
 * "acts"); no source is needed.  TC_BUSY: another program is about it.  TC_IO, TC_FULL, TC_DENIED:
 * nothing is lost, the journals have it. */
TC_MUST_CHECK tc_status push_take(const char *scope_dir, struct push_due *out,
                                  struct tc_error *err);

/* What is said of a full one, in the user's language. */
const char *push_full_text(void);

struct push_report {
  size_t sent;    /* that were answered */
  size_t again;   /* offered anew, since the source was restored and may have lost them */
  size_t changed; /* whose state is another now */
  size_t aside;   /* given up in this round, after QUEUE_TRIES */
};

/* Sends what waits for an answer over a connection to a primary.  now: this machine's clock.
 * Where another program is about it, that one does it.  Idempotent: an act whose answer was lost is
 * answered again.  TC_UNAVAILABLE, TC_BUSY, TC_DENIED: the source cannot be written now, no act is
 * to blame; what was answered before that is kept. */
TC_MUST_CHECK tc_status push_round(struct pg *pg, const char *scope_dir, int64_t now,
                                   struct push_report *report, struct tc_error *err);

#endif
