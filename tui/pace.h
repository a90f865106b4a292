/* How often what changes by itself is shown.  The rows that answer follow the directory ten times a
 * second, so that a wrong number stands no longer than it must; what the frame says (age of the
 * data, what fails, the codes) changes at most once a second, for who hears it read aloud, and
 * waits meanwhile.  The first change is shown at once, and so is one for which the frame grows. */
#ifndef TC_TUI_PACE_H
#define TC_TUI_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/grid.h"

struct pace {
  int64_t looked;   /* when it was last looked for a change; microseconds, monotonic */
  int64_t said;     /* when the frame last changed by itself; 0: not yet */
  struct grid last; /* the frame as it was shown: its row on top, those below; owned */
  int rows;         /* of the grid that it was in; 0: nothing was shown yet */
  bool held;        /* the frame says something else by now */
};

#define PACE_INIT ((struct pace){.last = GRID_INIT})
void pace_free(struct pace *p);

/* It was looked for changes now. */
void pace_looked(struct pace *p, int64_t now_us);

/* How long a change that is known of has to wait until it is looked at; 0: it is due. */
int pace_left_ms(const struct pace *p, int64_t now_us);

/* The grid is about to be shown, with so many rows of the frame below its middle.  by_itself: no
 * key was the cause; then the frame in it is put back to what it was where it changes too soon. */
void pace_frame(struct pace *p, struct grid *g, int rows_below, bool by_itself, int64_t now_us);

/* How long a frame that was put back has to wait; -1: none was. */
int pace_held_ms(const struct pace *p, int64_t now_us);

#endif
