/* The PIN of a terminal: what opens the switchboard tier where the cache holds it.
 *
 * Its hash is the file "pin" of the scope folder, set by an admin.  How often somebody was wrong is
 * kept beside the account's journal, so that a restart forgives nothing.  The public directory
 * needs no PIN, ever. */
#ifndef TC_TUI_PIN_H
#define TC_TUI_PIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum {
  PIN_LEAST = 6, /* digits */
  PIN_MOST = 32,
  PIN_TRIES = 5,         /* in a row, then one waits */
  PIN_WAIT_S = 30,       /* at first; twice as long after each further one, */
  PIN_WAIT_MOST_S = 300, /* and never longer */
  PIN_OPEN_S = 600       /* without a key the tier closes, where nothing else is cleared */
};

enum pin_state {
  PIN_NONE, /* none is set */
  PIN_SET,
  PIN_DAMAGED /* the file is not whole, or cannot be read: it opens nothing */
};
enum pin_state pin_state(const char *scope_dir);

/* Sets it, for all accounts of the scope's group to check.  TC_INVALID: not PIN_LEAST to PIN_MOST
 * digits, or all the same, or a row (123456); TC_DENIED, TC_FULL, TC_IO. */
TC_MUST_CHECK tc_status pin_set(const char *scope_dir, const char *digits, struct tc_error *err);
TC_MUST_CHECK tc_status pin_remove(const char *scope_dir, struct tc_error *err);

/* Wrong ones in a row, and when the last was. */
struct pin_tries {
  unsigned wrong;
  int64_t at;
};

/* Seconds that nobody is let in after so many wrong ones. */
int64_t pin_wait_after(unsigned wrong);

/* Seconds that are left of it now.  A clock that was set back makes no wait longer. */
int64_t pin_wait_left(const struct pin_tries *tries, int64_t now);

/* As kept for this account; none where nothing is kept, and PIN_TRIES now where what is kept is
 * damaged. */
void pin_tries_read(struct pin_tries *out, const char *scope_dir, int64_t now);

enum pin_answer {
  PIN_RIGHT,
  PIN_WRONG,
  PIN_WAIT, /* it was not looked at */
  PIN_NO    /* none is set, or it is damaged, or there is no memory: err says which */
};

/* Tries it.  tries is what is known of earlier ones and is brought up to date; it is written before
 * the PIN is looked at, so that ending the program saves nobody a wrong one.  A disk that takes
 * nothing is no reason to refuse. */
enum pin_answer pin_try(const char *scope_dir, const char *digits, int64_t now,
                        struct pin_tries *tries, struct tc_error *err);

/* Reads one from standard input, with its label on standard error and, on a terminal, without an
 * echo.  TC_NO_INPUT: there is none. */
TC_MUST_CHECK tc_status pin_prompt(char out[PIN_MOST + 1], const char *label, struct tc_error *err);

/* Reads the PIN of the switchboard tier so, and tries it.  TC_DENIED: a wrong one, or too many were
 * wrong; else as pin_prompt() and PIN_NO. */
TC_MUST_CHECK tc_status pin_ask(const char *scope_dir, int64_t now, struct tc_error *err);

#endif
