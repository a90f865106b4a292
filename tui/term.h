/* The terminal: the one place that knows terminfo.
 *
 * There is one terminal a process.  Whatever ends the program (HUP, TERM, INT, QUIT, a crash), the
 * terminal is left as it was found. */
#ifndef TC_TUI_TERM_H
#define TC_TUI_TERM_H

#include <stdbool.h>

#include "base/status.h"
#include "tui/grid.h"
#include "tui/key.h"
#include "tui/theme.h"

struct term_options {
  enum theme_name theme;
  bool mouse;
  bool locked; /* a kiosk: no key stops the program, suspends it or holds its output */
};

enum term_kind {
  TERM_NONE,    /* standard input or output is no terminal */
  TERM_LINES,   /* TERM says nothing, or something that cannot place its cursor */
  TERM_STRANGE, /* terminfo does not know it */
  TERM_SCREEN
};
enum term_kind term_kind(void);

/* What erases its screen and what scrolled off that, for whoever writes lines: how many bytes; 0:
 * it cannot. */
size_t term_eraser(char *out, size_t cap);

/* A screen that is none by its TERM is written to as nearly all of them can be (ECMA-48).
 * TC_UNAVAILABLE: standard input is no terminal. */
TC_MUST_CHECK tc_status term_start(const struct term_options *options, struct tc_error *err);
void term_stop(void); /* leaves the terminal as it was found; may be called twice */

void term_size(int *rows, int *cols);

/* Shows the grid: only cells that changed since the last time are written.
 *
 * On a line of 19200 baud or less the row of the cursor is written first, then those below it, then
 * those above, no faster than the line takes them; a key that comes when TERM_FIRST_BYTES have been
 * written cuts the rest off.  false: it was cut off, and is due once the key has been seen to. */
enum { TERM_FIRST_BYTES = 300 };
bool term_show(const struct grid *g);
void term_redraw(void); /* the next term_show() writes everything */

/* Rings the bell, or whatever the terminal has instead; nothing where it has none. */
void term_ring(void);

/* Waits for a key, at most timeout_ms (-1: for ever), or until one of the file descriptors can be
 * read (-1 entries are left out): then *ready is its index and the key is K_NONE.  *ready is -1
 * otherwise.  A key of K_NONE without one: the time is over.  TC_DONE: the terminal is gone. */
TC_MUST_CHECK tc_status term_key(struct key *out, const int *fds, int fd_count, int *ready,
                                 int timeout_ms);

/* True where a key is waiting: the screen need not be shown before it. */
bool term_key_waits(void);

#endif
