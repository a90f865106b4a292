/* What a card says: one entry, ready to be shown.  The detail pane, the card and the big digits are
 * drawn from it. */
#ifndef TC_TUI_CARD_H
#define TC_TUI_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/uuid.h"
#include "core/directory.h"
#include "tui/dialled.h"
#include "tui/frame.h"
#include "tui/grid.h"

enum card_change { CARD_SAME, CARD_REMOVED, CARD_NUMBER, CARD_DOWN, CARD_NOT_DOWN, CARD_NEW };

/* All text is translated and never NULL; when and was are NULL where nothing has changed. */
struct card_channel {
  struct uuid uuid;           /* dialled_key(): tells the channels of a card apart */
  struct uuid contact;        /* the contact point, where uuid is what stands in for it */
  struct dialled_kept called; /* what is noted of it */
  enum audience audience;     /* of the contact point */
  const char *kind;           /* "fax machine" */
  const char *number;         /* as dialled from here, grouped, or masked; "" where it cannot be */
  const char *clear;          /* a masked number as it is; else number */
  const char *via;            /* "via DDI" */
  const char *state;          /* "no fault known", why it cannot be dialled from here */
  const char *mark;           /* the few words of state that a row has; "" or NULL */
  const char *shown_state;    /* the same of a masked number whose digits are shown; else state */
  const char *from;           /* "from ward phone at SAB"; "NOT ..." where it is another set's */
  const char *verified;    /* "verified 12 Nov (10 d)", "never verified"; "" of a temporary one */
  const char *more;        /* purposes, label, hours, place, how; "" */
  enum card_change change; /* since it was opened */
  const char *when, *was;  /* it changed, and from which number */
  const char *changed;     /* "changed 03:12, was 7731"; "" */
  const char *aloud;       /* "zero, zero six, thirty-nine ..."; or the groups */
  const char *how;         /* how to use it */
  const char *tried;       /* "tried 03:12 no answer, NE, not confirmed", within the shift; "" */
  const char *tried_brief; /* "tried? 03:12 no answer", for a row and what shows beside one */
  bool warn, down, masked, is_fax;
  bool doubted; /* reported DOWN, not confirmed since, or for now alone: always told */
  bool voice;   /* somebody may answer there, as far as is known; of a pager: call back */
  bool pager;
};

struct card_line {
  const char *label; /* "call if" */
  const char *text;
  bool warn;
  bool urgent; /* before a number on the smallest screen too: absent, not to be called so */
  bool note;   /* somebody wrote it: before where the entry is */
};

struct card {
  struct uuid uuid;
  const char *name, *type, *site, *site_name;
  const char *where; /* building, floor, room */
  const char *from;  /* "from ward phone at SAB" */
  const struct card_channel *channels;
  size_t channel_count;
  const char *nothing; /* said where there is no channel; NULL: "no number is listed" */
  const struct card_line *lines;
  size_t line_count;
  size_t before; /* the first of them are to be read before a number is dialled */
  bool favourite;
  bool is_public; /* all of it: anybody may read it over a shoulder */
  bool gone;      /* no longer in the directory since it was opened */
};

/* Is its state to be told beside what changed?  A number that changed may be DOWN all the same. */
bool card_says_state(const struct card_channel *c);

/* A few lines of it, under or beside a list. */
void card_draw_detail(struct grid *g, struct area area, const struct card *card);

/* The whole card; top: lines scrolled off.  Returns how many lines it has in all. */
int card_draw(struct grid *g, struct area area, const struct card *card, int top);

/* Name and site, on the first row of the area. */
void card_draw_head(struct grid *g, struct area area, const struct card *card);

/* A number as big as cols and rows allow, whole in any case: returns the rows that it took. */
int digits_draw_number(struct grid *g, int row, int col, int cols, int rows, const char *shown);

/* What kind of number it is, from where it is dialled and, where it is no warning, its state, which
 * is never cut: it stands first where not all of it has room on so many lines of cols. */
void digits_line(const struct grid *g, const struct card_channel *c, const char *state, int rows,
                 int cols, char *out, size_t cap);

/* One channel in big digits. */
void digits_draw(struct grid *g, struct area area, const struct card *card, size_t channel,
                 bool revealed);

#endif
