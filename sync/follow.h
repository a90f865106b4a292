/* Following: one scope folder, the sources it may ask in their order, and the connection that is
 * kept from one round to the next. */
#ifndef TC_SYNC_FOLLOW_H
#define TC_SYNC_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/log.h"
#include "base/status.h"
#include "sync/pull.h"
#include "sync/push.h"
#include "sync/settings.h"

struct follower;

/* Works out whom to ask.  typed: a connection string from the command line, asked instead of the
 * settings' sources; NULL: none.  settings and scope_dir are borrowed until follower_close().
 * patience is copied but for its times, which are the settings'.  TC_USAGE, TC_CONFIG: there is no
 * source, or one cannot be read. */
TC_MUST_CHECK tc_status follower_open(struct follower **out, const struct settings *settings,
                                      const char *typed, const char *scope_dir,
                                      const struct pg_patience *patience, struct tc_error *err);
void follower_close(struct follower *f); /* NULL-safe */
/* Who tells of each source that is asked, at debug level.  Borrowed. */
void follower_trace(struct follower *f, const struct log *log);

/* One round, with the first source whose answer can be read, adds up and is not behind; where none
 * does, the error is that of the first.  Status and report as pull_round(). */
TC_MUST_CHECK tc_status follower_round(struct follower *f, struct pull_report *report,
                                       struct tc_error *err);

/* Rounds from here on compare all that is stored with the source (struct pull_orders) until one
 * has: for what check_step() found. */
void follower_distrust(struct follower *f);

/* A snapshot for the first load; NULL: what the source would send.  Borrowed. */
void follower_snapshot(struct follower *f, const char *file);

/* Takes over what was written at this machine and sends it to a primary, where there is something
 * to send and it is not a moment since the last try.  Before follower_round(), which then brings
 * what became of it.  What cannot be sent waits; *due says how much there is.  TC_IO, TC_FULL,
 * TC_DENIED: it could not be taken over; else the status of the primary's answer. */
TC_MUST_CHECK tc_status follower_push(struct follower *f, struct push_report *report,
                                      struct push_due *due, struct tc_error *err);

/* After a round that followed a restored source: what that had taken before the cache was there was
 * not settled (push.c), and is now.  Adds to the report. */
TC_MUST_CHECK tc_status follower_push_again(struct follower *f, const struct pull_report *round,
                                            struct push_report *report, struct push_due *due,
                                            struct tc_error *err);

/* What the state file says from now on.  It is written where something changed, or every half
 * minute; always: each time.  A folder that is not there stays so. */
TC_MUST_CHECK tc_status follower_keep_state(struct follower *f, const struct pull_report *report,
                                            tc_status outcome, const char *text, bool always,
                                            struct tc_error *err);

/* Behind follower_keep_state(): tells a primary what is held here, where this terminal is enrolled,
 * a source answered, whatever became of the round, and it is five minutes ago. What goes wrong
 * matters to nobody but fleet. */
void follower_beat(struct follower *f, const struct pull_report *report);

/* The connection that is kept, for poll(2); -1: there is none.  Readable: see follower_told(). */
int follower_socket(const struct follower *f);
/* True where the source has told of a change, or the connection has ended: a round is due. */
bool follower_told(struct follower *f);
void follower_disconnect(struct follower *f);

#endif
