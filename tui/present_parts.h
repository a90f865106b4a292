/* Words that rows, cards and the frame share.  Private to tui/present*.c. */
#ifndef TC_TUI_PRESENT_PARTS_H
#define TC_TUI_PRESENT_PARTS_H

#include "tui/present.h"

/* Nothing is NULL on a screen. */
const char *or_empty(const char *text);

/* The exercise that this is of; NULL: it is real. */
const struct exercise *present_played(const struct present *p);

/* "NOT NOW", "EXERCISE", or "". */
const char *present_mark(const struct present *p);

/* As dialled from here; starred where it is masked. */
const char *present_number(const struct present *p, const struct channel *c);

/* The same of whom to call, with its kind before it where nobody answers at once: "pager 2410",
 * "fax machine 0 01 99 00 56 91". */
const char *present_called(const struct present *p, const struct channel *c);

/* With a space between what is not empty. */
const char *present_joined(const struct present *p, const char *a, const char *b, const char *c);

const char *present_name(const struct present *p, const struct entry *e);

/* The last try within the shift; of what one channel dials, or of the entry (NULL).  NULL: none. */
const struct attempt *present_tried_last(const struct present *p, const struct entry *e,
                                         const struct channel *channel);

/* "tried? 03:12 no answer": not confirmed; who: in words, and by whom; "" for none.  An unsigned
 * one always says so. */
const char *present_tried(const struct present *p, const struct attempt *t, bool who);

/* What is to be read before the number of whoever is named as whom to call, as a row of theirs says
 * it: "ABSENT until 09:04, covered by Burns unit  4560; do NOT call if ..."; "".  held:
 * present_held() of it. */
const char *present_warning(const struct present *p, const struct entry *e,
                            const struct on_call *held);

/* The name, with that in brackets where there is any. */
const char *present_named(const struct present *p, const struct entry *e,
                          const struct on_call *held);

/* Is nobody of it there: absent, or all who hold it are? */
bool present_is_away(const struct present *p, const struct entry *e, const struct on_call *held);

/* Who covers, with their best number, and what is to be read before it. */
const char *present_cover(const struct present *p, const struct absence *a);

/* Away now, as far as the directory was told; NULL: not. */
const struct absence *present_absence(const struct present *p, const struct entry *e);

/* Who holds a role now; NULL: it is none, or no memory.  Reading a rota costs: once for a row. */
const struct on_call *present_held(const struct present *p, const struct entry *e);

/* Whom to call where nobody is listed: the first of those that are called instead, else the
 * switchboard, with its mark where that is DOWN too. */
const char *present_then_call(const struct present *p, const struct entry *e);

/* The best channel of an entry, unless one was found already.  Its holder's numbers count where a
 * role's own do not do.  held: present_held() of it; NULL: read where it is needed. */
bool present_best(const struct present *p, const struct entry *e, const struct on_call *held,
                  bool found, enum contact_kind wanted, struct channel *c);

/* What is known of a channel, in words. */
const char *present_state(const struct present *p, const struct channel *c, const char *site);

/* What to press for a site's switchboard from here; "" where it is not known. */
const char *present_switchboard(const struct present *p, const char *code);

/* Whom of a site to ask. */
struct asked {
  const char *number; /* with its mark; "" where it is not known */
  bool other;         /* not the switchboard: whom number names */
  bool doubted;       /* nothing is left that an incident does not make doubtful */
};

/* The switchboard; where an incident makes its numbers doubtful what is left in its place, by the
 * rule of a chain. */
struct asked present_ask(const struct present *p, const char *code);

#endif
