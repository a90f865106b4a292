/* One model of what a command answers, and three ways to write it.
 *
 * The words, the order, the best contact point and what must be pressed are those of the screen:
 * they come from the same functions of core/ and db/. */
#ifndef TC_TUI_ANSWER_H
#define TC_TUI_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "core/reach.h"
#include "core/rota.h"
#include "db/search.h"
#include "tui/found.h"
#include "tui/present.h"
#include "tui/setup.h"

enum { ANSWER_JSON_VERSION = 1 };

struct answer_channel {
  const struct contact *contact;
  const struct entry *entry; /* whose it is */
  const char *holder;        /* who holds the role now, whose it is; "": the entry's own */
  enum reach_state state;
  int64_t when; /* REACH_NOT_YET, REACH_EXPIRED, REACH_OUTSIDE_HOURS; else 0 */
  const char
      *number;       /* as dialled from here, grouped; starred where masked; "" cannot be dialled */
  const char *press; /* every key in order; "" where masked or not dialled */
  const char *e164;  /* "" where masked or there is none */
  const char *via;   /* "via DDI"; "" */
  const char *reason; /* why it cannot be dialled from here; "" */
  const char *check;  /* fax: whom to call to confirm that it arrived, as dialled from here; "" */
  bool matched;       /* what was looked for */
  const struct channel *reach; /* all that is known of it */
  const char *said;            /* its state in words */
  const char *mark;            /* the few of them that a row has (reach_row_text); "" */
};

/* Who holds a role now, of one line of its rota. */
struct answer_holder {
  const char *name;
  const char *said;  /* all of it: "N. Exemple, on site, until 08:30" */
  int64_t line;      /* 1 first, 2 second, 3 senior */
  const char *until; /* local time of the site, "2026-11-24 08:30" */
  bool at_home;
  int64_t travel;                        /* minutes */
  int64_t made;                          /* when the source wrote the rota; 0: not said */
  const char *source;                    /* its name; "" */
  bool away;                             /* the directory says that they are absent */
  const struct answer_channel *channels; /* of that shift, else the person's own; where a->rota */
  size_t channel_count;
};

struct answer_row {
  const struct entry *entry;
  const char *site_name;
  const char *place;                     /* building, floor, room */
  enum match match;                      /* MATCH_COUNT: it was not searched for */
  const char *matched;                   /* the alias or former name that matched; "" */
  const struct former_number *former;    /* what was asked for was its number once; NULL: no */
  struct former_fate fate;               /* of former */
  bool here;                             /* in the section of one's own site */
  const struct answer_channel *channels; /* in the order they are offered */
  size_t channel_count;
  size_t best;               /* the one a single line shows */
  const char *const *before; /* sentences to be read before a number: absent, nobody listed */
  size_t before_count;
  const char *brief; /* the first of them, short; "" */
  bool stuck;        /* none of them may be tried: then instead says whom to call */
  const struct instead_line *instead;
  size_t instead_count;
  const struct answer_channel *down; /* a code's own number, DOWN or in doubt: best is what is left;
                                        NULL */
  const char *left;                  /* then: "DOWN: red phone 7700"; else NULL */
  enum rota_state rota;
  const char *rota_fault; /* a sentence: who is not listed; "" or NULL */
  struct answer_holder *holders;
  size_t holder_count;
};

struct answer {
  const char *command; /* "find" */
  const char *asked;   /* the query, number, role or UUID */
  struct setup *setup;
  int64_t now;
  struct answer_row *rows;
  size_t count;
  size_t here, elsewhere; /* matches in all, of which count are here */
  bool more_here, more_elsewhere;
  bool sections;    /* the rows may be of one's own site and of others */
  bool rota;        /* who is on call is said apart (rota_now), not among the contact points */
  bool full;        /* every contact point of each entry is shown, not the best alone */
  const char *note; /* a sentence; "" */
  const char *const *tried;
  size_t tried_count;
  const char *const *nearest;
  size_t nearest_count;
  const char *fewer; /* likewise: what there is without a word; "" */
};

/* Makes an answer of what a search found; memory from the arena, text of result is shared.  The
 * caller has set command, asked and setup. */
TC_MUST_CHECK tc_status answer_search(struct answer *out, const struct search_result *result,
                                      struct arena *arena, struct tc_error *err);

/* The same of one entry. */
TC_MUST_CHECK tc_status answer_entry(struct answer *out, const struct entry *entry,
                                     struct arena *arena, struct tc_error *err);

/* What the screen's words (tui/present.h) are made of, at the time of the answer; texts go to the
 * arena. */
struct present answer_present(const struct answer *a, struct arena *arena);

/* Who holds the role and what is wrong with its rota, into the row. */
TC_MUST_CHECK tc_status answer_on_call(struct answer_row *row, const struct answer *a,
                                       const struct on_call *on_call, struct arena *arena,
                                       struct tc_error *err);

/* What is to be read before its numbers, of what the row has by then. */
TC_MUST_CHECK tc_status answer_before(struct answer_row *row, const struct answer *a,
                                      struct arena *arena, struct tc_error *err);

/* The contact points of an entry as this answer shows them. */
TC_MUST_CHECK tc_status answer_channels(const struct answer *a, const struct entry *entry,
                                        struct arena *arena, const struct answer_channel **out,
                                        size_t *count, struct tc_error *err);

const char *rota_word(enum rota_state s);   /* for JSON: "gap" */
const char *reach_word(enum reach_state s); /* for JSON and TSV: "no-fault-known" */

/* Writers: append to a buffer. */
void answer_text(struct buffer *out, const struct answer *a, int columns);
TC_MUST_CHECK tc_status answer_json(struct buffer *out, const struct answer *a,
                                    struct tc_error *err);
void answer_tsv(struct buffer *out, const struct answer *a);

/* Writes in the form that the options ask for to standard output.  TC_NOT_FOUND without a message
 * where there is no row. */
TC_MUST_CHECK tc_status answer_write(const struct answer *a, const struct options *o,
                                     struct tc_error *err);

#endif
