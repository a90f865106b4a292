/* How often in a row somebody was wrong about the PIN, on all terminals of one account together:
 * kept beside its journal, so that a restart forgives nothing, and written before a PIN is looked
 * at, so that neither ending the program nor trying at twenty terminals at once saves anybody a
 * wrong one. */
#ifndef TC_TUI_PIN_TRIES_H
#define TC_TUI_PIN_TRIES_H

#include <stdint.h>

#include "base/status.h"

enum {
  PIN_TRIES = 5,        /* in a row, then one waits */
  PIN_WAIT_S = 30,      /* at first; twice as long after each further one, */
  PIN_WAIT_MOST_S = 300 /* and never longer */
};

struct pin_tries {
  unsigned wrong;
  int64_t at; /* when the last was */
};

/* Seconds that nobody is let in after so many wrong ones. */
int64_t pin_wait_after(unsigned wrong);

/* Seconds that are left of it now.  A clock that was set back makes no wait longer. */
int64_t pin_wait_left(const struct pin_tries *tries, int64_t now);

/* Makes what it is kept in, so that a disk that is full by then still counts.  Where that cannot be
 * made, nothing. */
void pin_tries_make(const char *scope_dir);

/* As kept for this account; none where nothing is kept, and PIN_TRIES now where what is kept is
 * damaged. */
void pin_tries_read(struct pin_tries *out, const char *scope_dir, int64_t now);

/* Counts one as wrong before it is looked at.  tries is what is known of earlier ones and is
 * brought up to date.  TC_DENIED without a message: one has to wait, and it is not counted.
 * TC_BUSY: other terminals of the account are at it.  TC_FOREIGN: another account has taken the
 * files' names.  A disk that takes nothing is no reason to refuse: then it counts in memory. */
TC_MUST_CHECK tc_status pin_tries_count(struct pin_tries *tries, const char *scope_dir, int64_t now,
                                        struct tc_error *err);

/* It was right: those before it are forgiven, unless others were counted meanwhile. */
void pin_tries_forgive(struct pin_tries *tries, const char *scope_dir, int64_t now);

#endif
