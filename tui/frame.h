/* What is on every screen: the line on top, the codes and the bar of keys below. */
#ifndef TC_TUI_FRAME_H
#define TC_TUI_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/action.h"
#include "tui/grid.h"

struct frame_code {
  const char *number;  /* as dialled from here, never cut */
  const char *purpose; /* "arrest" */
  const char *state;   /* "" or what is wrong: "DOWN", "DOWN: red phone 7700" */
  const char *instead; /* that other number alone; "" or NULL */
  bool inside;         /* the number is of the house's own, and nothing stands before it */
  const char *outside; /* what to press for its public number, where it has one beside; "" */
  const char *brief;   /* the least of the state: "DOWN: 7700"; "" or NULL: as it is */
  const char *sign;    /* that by a sign, where no word has room: "? 7700"; "" or NULL: by none */
};

/* What fails, in few columns: the name, which stands last, is what gives way. */
enum { STRIP_HEADS = 4 };
struct strip_brief {
  /* From the fullest to the briefest: "EXERCISE: DOWN inside+inbound: ", "EXERCISE: DOWN ins.+inb.:
   * ", "EXERCISE DOWN ins.+inb. ", "EXER. DOWN ins.+inb. "; NULL: there is no strip. */
  const char *heads[STRIP_HEADS];
  const char *name;  /* of the domain */
  const char *code;  /* its code: "pbx-sab" */
  const char *since; /* "Sat 11:14"; "" */
  size_t others;     /* incidents beside that one */
};

/* All text is borrowed and translated. */
struct frame {
  const char *site, *site_name; /* where one stands; "" not configured */
  const char *set;              /* "ward phone" */
  const char *data_full;        /* "revision 7, imported 12 Nov 03:12 (10 d)" */
  const char *data;             /* "imported 12 Nov 03:12 (10 d)" */
  const char *data_short;       /* "10 d old" */
  bool data_warns;              /* it may not be followed, or not be of now */
  const char *now;              /* "Sun 22 Nov 03:14" */
  const char *now_short;        /* "03:14" */
  const struct frame_code *codes;
  size_t code_count;
  const struct entry *code_entries; /* of the site, also those that cannot be dialled from here */
  size_t code_entry_count;
  const char *no_codes;     /* said where there are none; "" */
  bool codes_lost;          /* not all of them can be read: those that can are not all */
  const char *switchboard;  /* number, as dialled from here; "" not known */
  const char *mark;         /* before the codes: "EXERCISE"; "" or NULL */
  const char *strip;        /* what fails, in words; "" nothing is known to */
  struct strip_brief brief; /* the same for a narrow screen */
  const char *other;        /* how the other language is had, in that language; "" or NULL */
  const char *message;      /* of the last act, "" none */
  bool declares;            /* what is said of an incident changes every terminal's answers */
  enum action urgent;       /* stands on the bar whatever else has no room; ACT_NONE */
  const char *urgent_label;
  const char *open_label; /* what Enter does; NULL: as everywhere on that screen */
  uint64_t dead;          /* FRAME_DEAD() of each action that would do nothing now */
};

/* A bit of frame.dead: the bar shows no key that does nothing. */
#define FRAME_DEAD(action) (UINT64_C(1) << (action))

/* A part of the grid. */
struct area {
  int row, col, rows, cols;
};

enum { FRAME_COLS_MIN = 40, FRAME_ROWS_MIN = 10 };

/* Rows that the frame takes below the middle of so many rows. */
int frame_rows_below(int rows, const struct frame *f);

/* Columns of f->message that are not cut, on a screen of that size. */
int frame_message_columns(int rows, int cols);

/* Draws the frame and returns what is left in the middle: rows 0 where the terminal is below 40x10,
 * and then says so. */
struct area frame_draw(struct grid *g, const struct frame *f, enum screen screen);

/* What an idle terminal shows in the middle: the codes. */
void rest_draw(struct grid *g, struct area area, const struct frame *f);

/* The row of the codes, for the cursor. */
int frame_codes_row(const struct grid *g);

#endif
