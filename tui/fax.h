/* The fax card (F6): which machine, where it stands, and how one makes sure before a paper leaves.
 * A fax to a wrong or dead number harms a patient, so a look-alike is named without its digits. */
#ifndef TC_TUI_FAX_H
#define TC_TUI_FAX_H

#include "tui/card.h"
#include "tui/grid.h"
#include "tui/present.h"

enum { FAX_TAIL = 4 }; /* digits that are typed to make sure */

/* A fax number of somebody that a hand makes of this one. */
struct fax_alike {
  const char *name, *site;
  const char *differs; /* where, in words; never the digits */
  char tail[FAX_TAIL + 1];
};

/* All text is translated and never NULL. */
struct fax_point {
  const struct card_channel *channel;
  const char *place;       /* where the machine stands */
  const char *purposes;    /* "results, prescriptions"; "any purpose" */
  const char *check;       /* whom to call: "Laboratoire, 0 01 99 00 52 31"; "" */
  char tail[FAX_TAIL + 1]; /* the last digits of what is pressed; "" where it is masked or short */
  bool is_server;          /* an inbox of a fax server, no paper comes out */
  bool is_old;             /* never verified, or over a year ago */
  const struct fax_alike *alikes;
  size_t alike_count;
};

struct fax_card {
  const struct card *card;
  const struct fax_point *points;
  size_t count;
  const char *switchboard; /* for when there is none; "" */
};

/* The fax machines and servers of an opened card, in its order, and what its entry says of them; a
 * channel that the entry has no longer stays, marked.  card is borrowed.  NULL: no memory. */
struct fax_card *present_fax(const struct present *p, const struct entry *entry,
                             const struct card *card);

/* What the last four digits, typed again from the paper or the machine's display, tell. */
enum fax_check {
  FAX_TYPING, /* fewer than four yet */
  FAX_RIGHT,
  FAX_ALIKE, /* they are those of a look-alike: *alike is which */
  FAX_WRONG
};
enum fax_check fax_check(const struct fax_point *point, const char *typed, size_t *alike);

/* Draws it; selected: a point; typed: at most FAX_TAIL digits; top: lines of what stands below the
 * digits that are scrolled off.  true: there is more below. */
bool fax_draw(struct grid *g, struct area area, const struct fax_card *fax, size_t selected,
              const char *typed, int top);

#endif
