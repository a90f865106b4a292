/* Reachability: which contact point first, and what is known of each.  The only place that says
 * who is reachable (its cases: tests/data/reach_cases.tsv).  Pure: no clock, no files. */
#ifndef TC_CORE_REACH_H
#define TC_CORE_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/dial.h"
#include "core/directory.h"
#include "core/hours.h"
#include "core/incident.h"

enum reach_state { /* in the order they are offered */
                   REACH_NO_FAULT_KNOWN,
                   REACH_NOT_KNOWN, /* doubt says what is not known */
                   REACH_OTHER_SET, /* not from the set in hand; from another at hand */
                   REACH_OUTSIDE_HOURS,
                   REACH_DOWN,
                   REACH_NOT_FROM_HERE, /* cannot be dialled from where one stands */
                   REACH_NOT_YET,       /* valid from later */
                   REACH_REPLACED,      /* by another contact point, or for now by an override */
                   REACH_EXPIRED,
                   REACH_STATE_COUNT
};

/* What a call to a contact point of that kind comes to, the better first. */
enum answering {
  ANSWER_VOICE,  /* somebody speaks */
  ANSWER_BACK,   /* a pager: its bearer calls back; a radio channel: who listens to it speaks */
  ANSWER_WRITTEN /* a fax, a mail box: nobody is spoken to over it */
};
enum answering contact_answers(enum contact_kind kind);

enum reach_doubt { /* why REACH_NOT_KNOWN */
                   DOUBT_NONE,
                   DOUBT_RIDES_ON,    /* what it rides on is not known */
                   DOUBT_REPORTED,    /* reported down, not declared */
                   DOUBT_UNCONFIRMED, /* it was down, and nobody confirmed it since until */
                   DOUBT_HOURS,       /* its hours cannot be read, its zone or holidays not known */
                   DOUBT_TEST,        /* a test of it failed, and none has worked since */
                   DOUBT_CLOCK        /* the clock is wrong: hours and dates are not evaluated */
};

struct channel {
  const struct contact *contact;    /* &contact_empty for an override of nothing */
  const struct override *stands_in; /* whose number is dialled in the contact's place; NULL */
  struct dial dial;                 /* from `set` */
  enum reach_state state;
  enum reach_doubt doubt;
  int64_t when; /* NOT_YET: from; EXPIRED: until; OUTSIDE_HOURS: opens (0: not soon) */
  struct outage_state outage; /* DOWN, REPORTED, UNCONFIRMED: which incident */
  enum direction direction;   /* in which it was needed */
  enum set_kind set;          /* the set it is dialled from */
  bool other_set;             /* which is not the one in hand */
  struct hours_now hours;
  const struct contact *through; /* reached through that one of the entry; NULL */
  bool through_other;            /* reached through one of another entry, which is not looked at */
  const char *replaced_by;       /* REPLACED: that number as written; "" */
  bool replaced_masked;          /* that number is one that is masked */
  bool last_resort;              /* REPLACED for now by what is DOWN: it may be tried, last */
  const struct note *failed;     /* the last test of it, which failed; NULL */
  size_t holder;                 /* 0: the entry's own; n: of the n-th present holder */
  bool away;                     /* that one is absent: behind what may be tried of others */
};

/* The contact point of the entry that an override stands in for: the one it names, else the entry's
 * first; &contact_empty where the entry has no such. */
const struct contact *reach_stands_for(const struct entry *entry, const struct override *over);

/* What is dialled, in kind: of what stands in, where that is said. */
enum contact_kind channel_kind(const struct channel *channel);

struct reach_world {
  const struct house *house;
  const struct standpoint *from;
  int64_t now;                 /* UTC seconds */
  enum trust clock_trusted;    /* false (MOMENT_WRONG): now is before the cache's own source time */
  const struct outage *outage; /* what incidents do at now; NULL: nothing */
};

/* Who holds a role now: persons with the contact points of their shift, first line first, and
 * behind them the last `away`, who are absent. */
struct reach_holders {
  const struct entry *const *persons;
  size_t count, away;
};

/* Orders an entry's contact points, and its holders' (NULL: none) behind its own: the best of them
 * (reach_best()), then those of whoever is absent behind the others that may be tried, then by
 * state, then own before held, then by their own order, then by what they are: the order in which
 * an entry lists them says nothing.  *count channels in the arena (NULL
 * when none or no memory).  Never orders entries. */
struct channel *reach_order(const struct entry *entry, const struct reach_holders *holders,
                            const struct reach_world *world, struct arena *arena, size_t *count);

/* The best channel of a kind (CONTACT_OTHER: any), into *out; false when there is none. No
 * allocation: for the rows of a list.  A fax, pager or mail is not best where a phone is wanted
 * (CONTACT_OTHER) while one may be tried. */
bool reach_best(struct channel *out, const struct entry *entry, const struct reach_holders *holders,
                const struct reach_world *world, enum contact_kind kind);

/* Does an incident, or a test that failed, make it doubtful, without making it DOWN: reported, not
 * confirmed since, or perhaps on what is DOWN? */
bool reach_in_doubt(const struct channel *channel);

/* An emergency code's own number, the first that it lists or what stands in for it, where that is
 * DOWN from here, or in
 * doubt and something else of the code is not: what is left of the code is said beside it.  all:
 * what reach_order() gave of that entry.  NULL: it is no code, or its number is neither. */
const struct channel *reach_code_down(const struct entry *code, const struct channel *all,
                                      size_t count);

/* What is left beside it: of one that is DOWN the first of all, where that may be tried; of one in
 * doubt the first that is not, from whatever set at hand.  NULL: nothing is. */
const struct channel *reach_code_left(const struct channel *own, const struct channel *all,
                                      size_t count);

/* May it be tried: neither DOWN nor anything behind that, or what an override that is DOWN stands
 * in for. */
bool reach_may_be_tried(const struct channel *channel);

/* May it be tried, and does it make somebody speak or call back?  A fax and a mail box do not, and
 * a radio is at hand for few. */
bool reach_rings(const struct channel *channel);

/* Is it one that makes somebody speak or call back, whatever its state? */
bool reach_is_spoken(const struct channel *channel);

/* Is nobody to be spoken to over what reach_order() gave: nothing may be tried, or of an entry with
 * a telephone or a pager only its fax, mail or radio?  Then it is to be said whom to call instead.
 */
bool reach_is_mute(const struct channel *all, size_t count);

/* How many of an entry's channels and its holders' (NULL: none) may be tried: what is left of it.
 */
size_t reach_live(const struct entry *entry, const struct reach_holders *holders,
                  const struct reach_world *world);

/* Whom to try when no channel of an entry may be tried, in this order and so labelled. */
enum reach_label {
  REACH_CHAIN,       /* a step of its chain */
  REACH_SWITCHBOARD, /* of its site */
  REACH_ABOVE,       /* the red phone of the nearest entry above it in the unit path */
};

struct reach_instead {
  enum reach_label label;
  const struct entry *entry; /* NULL: a chain step that is words only, or is not held here */
  const struct reach_holders *holders; /* who holds it now, where it is a role; NULL */
  const char *text;                    /* its words; "" */
  bool away;                           /* absent, as all who hold it are */
  struct channel best;
  bool found; /* best is filled */
};

/* Fills the best of each (of a red phone alone for REACH_ABOVE) and puts those that ring
 * (reach_rings: a fax is nobody to call) first, those of whoever is away and of which a test failed
 * behind the others, each label's order kept.  Returns how many do. */
size_t reach_instead(struct reach_instead *list, size_t count, const struct reach_world *world);

/* Whom to call to confirm that a fax of an entry arrived, as the channel that dials that number: a
 * contact point of the entry where it is one, else the contact point that such a number would be.
 * false: nobody is listed. */
bool reach_check(struct channel *out, const struct entry *entry, const struct contact *fax,
                 const struct reach_world *world, struct arena *arena);

const char *reach_state_text(enum reach_state state); /* translated: "no fault known" */

#endif
