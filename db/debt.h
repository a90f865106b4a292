/* What a lost grant leaves behind in files, and that its removal is owed.
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

#endif
