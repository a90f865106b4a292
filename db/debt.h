/* What a lost grant leaves behind in files, and that its removal is owed: older generations, and in
 * the queue and the journals what was written here about what is no longer granted (debt_acts.c).
 *
 * The older generations cannot go before the pointer has moved, and the program may end in between,
 * or the disk fail.  So the generation that takes their place says in its meta, before it is
 * published, that they are to go ("forget").  That stands until all of it is done and lasts:
 * whoever comes next with the writer's lock, or begins a round, goes on with it, and a generation
 * made meanwhile says it again. */
#ifndef TC_DB_DEBT_H
#define TC_DB_DEBT_H

#include <stdbool.h>

#include "db/generation.h"

struct store;

/* In a generation that is not published yet: what was held before it is to go. */
TC_MUST_CHECK tc_status debt_note(struct store *s, struct tc_error *err);

/* Pays what the published generation owes, with the writer's lock held.  TC_OK: nothing is owed any
 * more. */
TC_MUST_CHECK tc_status debt_settle(const char *scope_dir, struct tc_error *err);

/* The same for who has no lock.  TC_BUSY: another writer is at work. */
TC_MUST_CHECK tc_status debt_pay(const char *scope_dir, struct tc_error *err);

/* Of what was written here: what the source has answered and that is about something the published
 * generation does not hold goes from the queue, what it has not answered is marked to go then, and
 * the journals are to be begun anew.  TC_BUSY: another program has the queue. */
TC_MUST_CHECK tc_status debt_acts(const char *scope_dir, struct store *s, struct tc_error *err);

#endif
