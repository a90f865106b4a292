/* The numbered dialogue: for terminals that cannot place a cursor, for a braille line or a screen
 * reader that reads line by line, and for paper.  What it says is one line after the other, and
 * nothing that was said changes. */
#ifndef TC_TUI_DIALOGUE_H
#define TC_TUI_DIALOGUE_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/i18n.h"
#include "core/act.h"
#include "tui/browse.h"
#include "tui/pin_tries.h"
#include "tui/present.h"

enum { DIALOGUE_ROWS = 9, DIALOGUE_LINE = 1024, DIALOGUE_TRIED = 16, DIALOGUE_CALLS = 4 };

/* A call in work: an entry, its chain, and where one is. */
struct dialogue_call {
  struct uuid origin;   /* whose chain it is */
  struct uuid exercise; /* in which it is worked; nil: a real one */
  struct uuid shown;    /* the card that is open at this step */
  size_t step;          /* 0: the entry itself */
  bool words;           /* the step names somebody of whom no number is held */
  struct uuid tried[DIALOGUE_TRIED];
  size_t tried_count;
  struct uuid paged; /* of them, where a page waits for a call back; nil */
};

/* What a digit opens: an entry, a unit, nothing, or what cannot be read (none of these). */
struct dialogue_row {
  struct uuid entry;
  bool words; /* all of it was said */
  char unit[BROWSE_PATH];
};

struct dialogue {
  struct setup *setup;
  FILE *in, *out;
  struct arena arena; /* of what one line typed is answered from */

  /* the last list, nine rows of it at a time */
  void (*list)(struct dialogue *d); /* says it from `skipped` on; NULL: there is none */
  struct dialogue_row rows[DIALOGUE_ROWS];
  size_t row_count;
  size_t skipped; /* rows before these */
  bool more;      /* there are rows behind them */
  char looked_for[DIALOGUE_LINE];
  char browse_site[CONFIG_WORD], browse_path[BROWSE_PATH];
  char what_if[CONFIG_WORD]; /* the domain that might fail; "": as it is */

  struct uuid open; /* whose card was read last, since the last list; nil: none */
  struct dialogue_call calls[DIALOGUE_CALLS]; /* the last one is the one in work */
  size_t call_count;
  enum search_scope scope;
  char only[CONFIG_WORD]; /* the site or group of the scope */
  char initials[ACT_INITIALS_MAX + 1];
  bool signs;                                          /* they were asked for */
  struct clock_mark last;                              /* when the last line was typed */
  struct pin_tries tries;                              /* of the PIN, where no file counts them */
  char home_site[CONFIG_WORD], home_plan[CONFIG_WORD]; /* where a new caller finds it */
  bool home_real;
  char home_language[I18N_CODE];
  char strip[512];      /* what was last said to fail */
  struct uuid exercise; /* that was last said to be on; nil: none */
  bool begins;          /* one was begun here */

  /* a kiosk's: in how many seconds whoever types is a new caller; -1: whenever it is */
  int64_t (*patience)(const struct dialogue *d);
  bool left;           /* that time has passed while a line was waited for */
  bool used;           /* anything was asked since it was nobody's */
  int64_t shown_until; /* a masked number is on the lines; 0: none */
  struct buffer text;
};

/* One line; what is no plain text in it is shown, never obeyed. */
void dialogue_line(struct dialogue *d, const char *fmt, ...) TC_PRINTF(2, 3);

/* Writes what was said so far. */
TC_MUST_CHECK tc_status dialogue_flush(struct dialogue *d, struct tc_error *err);

/* Asks, and reads one line of answer without its end and without blanks around it; false at the end
 * of input, and where the answer took so long that somebody else may have given it. */
bool dialogue_ask(struct dialogue *d, const char *question, char *out, size_t cap);

/* The same, however long the answer took. */
bool dialogue_prompt(struct dialogue *d, const char *question, char *out, size_t cap);

/* Has so long passed since then that somebody else may be there? */
bool dialogue_lapsed(const struct dialogue *d, const struct clock_mark *since);

/* Why something could not be done; in a kiosk without what is the machine's. */
const char *dialogue_why(const struct dialogue *d, const struct tc_error *err);
const char *dialogue_why_not_saved(const struct dialogue *d, const struct tc_error *err);
void dialogue_fault(struct dialogue *d, const struct tc_error *err); /* says why */

/* What is said of a list without a row: that, or that what is here cannot be read. */
const char *dialogue_nothing(const struct dialogue *d, const char *text);

/* Asks until when something holds (tui/until.h); *out stays where nothing is typed.  false: it was
 * not asked to the end, or what was typed is no time, and that was said. */
bool dialogue_until(struct dialogue *d, const char *question, int64_t *out);

/* "NOT NOW" at another time; "".  A name has EXERCISE before it where it is of one. */
const char *dialogue_mark(const struct dialogue *d);

/* Asks for one digit from 1 to most (9 at most); 0: anything else, or nothing. */
size_t dialogue_pick(struct dialogue *d, const char *question, size_t most);

void dialogue_present(struct dialogue *d, struct present *out);

/* Takes what was said off the lines of a kiosk, where its terminal can. */
void dialogue_wipe(struct dialogue *d);

/* What was written or loaded since is in the answers from then on. */
void dialogue_follow(struct dialogue *d);

/* The entry and its card; NULL: why was said. */
const struct card *dialogue_card(struct dialogue *d, const struct uuid *uuid, struct entry *e);

/* The card that was opened last; NULL: none was, or it cannot be read, and said so. */
const struct card *dialogue_open_card(struct dialogue *d, struct entry *e);

/* Says the card, which is then the open one. */
void dialogue_say_card(struct dialogue *d, const struct uuid *uuid);

/* May anything be written: not while another time is looked at.  false: said. */
bool dialogue_may_write(struct dialogue *d);

/* The initials of whoever writes, asked for once until a new caller; "" where none are given;
 * NULL: there was no answer, nothing shall be written, and that was said. */
const char *dialogue_initials(struct dialogue *d);

/* Asks for the PIN and opens the switchboard tier; false: why not was said. */
bool dialogue_open_tier(struct dialogue *d);

/* Writes the act down, behind the PIN where that closes what it does, and says what becomes of it.
 * false: it was not, and why was said. */
bool dialogue_write(struct dialogue *d, const struct act *act);

/* ---- a list whose rows a digit opens ------------------------------------------------------------
 */

/* Says it from its first row on.  looked_for: by words; "": it is not searched. */
void rows_begin(struct dialogue *d, void (*list)(struct dialogue *d), const char *looked_for);

/* Is the row one of those to be said now?  Of a list that is read whole, for each in its order. */
bool rows_has(const struct dialogue *d, size_t row);

/* The next digit, which opens that entry (NULL: there is none; nil: it cannot be read). */
size_t rows_add(struct dialogue *d, const struct uuid *entry);

/* "SAB Réanimation chirurgicale, Pav. Alma 2e: 7731 (red phone)" under its digit. */
void rows_say(struct dialogue *d, size_t digit, const struct search_item *item);

/* The rule above it, where it changes; *last: of the row before, NULL before the first. */
void rows_section(struct dialogue *d, const char **last, const char *section);

/* Says how many there are where these are not all, and how the next are had. */
void rows_end(struct dialogue *d, size_t all, bool uncounted);

void rows_open(struct dialogue *d, size_t row);
void rows_forget(struct dialogue *d);
void plain_more(struct dialogue *d);

/* One of several, asked for nine at a time. */
struct choice {
  size_t count;
  void (*say)(struct dialogue *d, size_t digit, const void *of,
              size_t i); /* one, under its digit */
  const void *of;
  const char *enter;  /* what else may be typed: "Enter: back" */
  const char *others; /* the signs of that */
};

/* Which; c->count: none of them.  other: which of the others; '\0': none.  NULL: they are not asked
 * for. */
size_t dialogue_choose(struct dialogue *d, const struct choice *c, char *other);

/* ---- what a letter does, one file each ---------------------------------------------------------
 */

void plain_aloud(struct dialogue *d);
void plain_reveal(struct dialogue *d);
void plain_fax(struct dialogue *d);
void plain_note(struct dialogue *d);
void plain_absence(struct dialogue *d);

void plain_call(struct dialogue *d);
void plain_call_back(struct dialogue *d);
void plain_call_forget(struct dialogue *d, const struct uuid *exercise); /* it is over */

void plain_incidents(struct dialogue *d);
/* NULL: none; entered: the line was empty. */
const struct domain *plain_ask_domain(struct dialogue *d, const char *question, bool *entered);
void plain_cut_off(struct dialogue *d, const char *domain); /* "": as it is */

void plain_sites(struct dialogue *d);
void plain_browse_unit(struct dialogue *d, const char *path); /* of the site that is browsed */
void plain_up(struct dialogue *d);
void plain_services(struct dialogue *d);
void plain_from(struct dialogue *d);
void plain_as_at(struct dialogue *d);
void plain_on_call(struct dialogue *d); /* again: the chase list */
void plain_desk(struct dialogue *d);
size_t plain_round_due(struct dialogue *d, size_t *count); /* overdue, of how many */
void plain_round(struct dialogue *d);
size_t plain_group_count(struct dialogue *d);
void plain_groups(struct dialogue *d);
bool plain_ask_group(struct dialogue *d, struct uuid *out); /* false: none was chosen */
void plain_print(struct dialogue *d);
void plain_exercise_begin(struct dialogue *d);
void plain_exercise_end(struct dialogue *d);
void plain_exercise_turn(struct dialogue *d); /* into it, or out of it */
void plain_status(struct dialogue *d);

#endif
