/* The PIN of a terminal: what opens the switchboard tier where the cache holds it.
 *
 * Its hash is the file "pin" of the scope folder, set by an admin.  The public directory needs no
 * PIN, ever. */
#ifndef TC_TUI_PIN_H
#define TC_TUI_PIN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/status.h"
#include "tui/pin_tries.h"

enum {
  PIN_LEAST = 6, /* digits */
  PIN_MOST = 32,
  PIN_OPEN_S = 600 /* without a key the tier closes, where nothing else is cleared */
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

enum pin_answer {
  PIN_RIGHT,
  PIN_WRONG,
  PIN_WAIT, /* it was not looked at */
  PIN_NO /* none is set, or it is damaged, or cannot be counted, or there is no memory: err says */
};

/* Tries it.  tries is what is known of earlier ones and is brought up to date; it is written before
 * the PIN is looked at, so that ending the program saves nobody a wrong one.  A disk that takes
 * nothing is no reason to refuse. */
enum pin_answer pin_try(const char *scope_dir, const char *digits, int64_t now,
                        struct pin_tries *tries, struct tc_error *err);

/* Reads one from standard input, on a terminal without an echo and with its label written to `say`.
 * TC_NO_INPUT: there is none. */
TC_MUST_CHECK tc_status pin_prompt(char out[PIN_MOST + 1], const char *label, FILE *say,
                                   struct tc_error *err);

/* Reads the PIN of the switchboard tier so, and tries it; tries as of pin_try().  TC_DENIED: a
 * wrong one, or too many were wrong; else as pin_prompt() and PIN_NO. */
TC_MUST_CHECK tc_status pin_ask(const char *scope_dir, int64_t now, struct pin_tries *tries,
                                FILE *say, struct tc_error *err);

#endif
