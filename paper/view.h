/* What the sheets have in common: where one stands, and an entry's contact points in columns. */
#ifndef TC_PAPER_VIEW_H
#define TC_PAPER_VIEW_H

#include "base/arena.h"
#include "core/dial.h"
#include "core/reach.h"
#include "paper/paper.h"

struct view {
  const struct paper_job *job;
  const struct house *house;
  const struct site *site;
  struct standpoint ward, outside;
  struct sheet *sheet;
  struct arena arena; /* of one entry or one page of them */
  struct view_points {
    const struct channel *items;
    size_t count;
  } near, far; /* of the entry at hand: as its first number dials it, and from outside */
};

/* Looks the site up and opens the sheet; "" for a body outside the house, of no site.  TC_USAGE: no
 * such site. */
TC_MUST_CHECK tc_status view_open(struct view *v, const struct paper_job *job, const char *site,
                                  const char *title, struct tc_error *err);
void view_close(struct view *v);

/* The entry at hand: what view_state() speaks of. */
void view_begin(struct view *v, const struct entry *e);

/* Lines below a contact point of it that is not as it should be at the time of the sheet: "DOWN
 * when printed: PBX Saint-Aubin", and which of its two numbers that is true of where it is not of
 * both; nothing where no fault is known. */
void view_state(struct view *v, const struct contact *c, int indent);

/* The same of its number from outside alone. */
void view_state_outside(struct view *v, const struct contact *c, int indent);

/* Whom to call to confirm that a fax of an entry arrived, and what is wrong with that number when
 * the sheet is printed; "" where nobody is listed. */
const char *view_check(struct view *v, const struct entry *e, const struct contact *fax);

/* Valid at the moment of printing; what is not yet says from when. */
/* Did the last test of it fail? */
bool view_failed(const struct view *v, const struct contact *c);

bool view_valid(const struct view *v, const struct contact *c);

/* What to press from a ward phone, or from outside; "" where it cannot be dialled so.  A number
 * that is masked on screens is not on paper: "ask the switchboard".  Text of the arena. */
const char *view_ward(struct view *v, const struct contact *c);
const char *view_outside(struct view *v, const struct contact *c);

/* The number as it stands on the set, grouped, or that it is masked. */
const char *view_on_it(struct view *v, const struct contact *c);

/* The number among sets of its own kind (a red phone from a red phone), where neither of the above
 * gives one; "". */
const char *view_own(struct view *v, const struct contact *c);

/* "fax machine, secrétariat, results; mo-fr 08:00-18:30" */
const char *view_kind(struct view *v, const struct contact *c);

/* The next of a chain: "no answer 30 s: standard du site  9", as a ward phone presses it, or as
 * outside does, and what is wrong with that number, or with whom it names, when the sheet is
 * printed. */
const char *view_step(struct view *v, const struct chain_step *s);

/* The entry of the site's switchboard and the contact point that has its number; NULL: none is held
 * here. */
const struct contact *view_switchboard(struct view *v, struct entry *e);

/* The number of the site's switchboard, as the site says it, and what is wrong with it when the
 * sheet is printed; "": it has none. */
const char *view_switchboard_line(struct view *v);

/* The line that names the columns of view_entry(). */
void view_columns(struct view *v);

/* One entry as a block: name and place, then a row for each contact point. */
void view_entry(struct view *v, const struct entry *e);

/* Every entry of browse rows of the site from unit down, under headings of units. TC_NOT_FOUND
 * without a message: there is none. */
TC_MUST_CHECK tc_status view_browse(struct view *v, const char *unit, struct tc_error *err);

/* "NE Sun 22 Nov 03:14, not confirmed": whose an act is; at 0: not said. */
const char *view_signed(struct view *v, const char *by, int64_t at, bool pending);

/* What is to be read before the number of whoever is named as whom to call, at the time of the
 * sheet: absent until when and who covers, nobody listed, when not to call; "".
 * absence: its own too, which view_entry() tells by itself. */
const char *view_warning(struct view *v, const struct entry *e, bool absence);

/* "from ... until ..., covered by Dr B. Exemple: leave (NE ..., not confirmed)"; "" once it is
 * over: who reads a sheet sees from when until when. */
const char *view_absence(struct view *v, const struct absence *absence);

#endif
