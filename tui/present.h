/* From the directory to what screens show: entries become rows and cards, in words. */
#ifndef TC_TUI_PRESENT_H
#define TC_TUI_PRESENT_H

#include "base/arena.h"
#include "core/reach.h"
#include "db/cache.h"
#include "db/search.h"
#include "tui/card.h"
#include "tui/facts.h"
#include "tui/frame.h"
#include "tui/search_view.h"
#include "tui/setup.h"

/* Where one stands and what one asks. */
struct present {
  struct cache *cache;
  const struct setup *setup; /* NULL: what was only suggested is not shown */
  struct reach_world world;
  struct arena *arena; /* all text and arrays go there */
  int64_t clock;       /* now itself; 0: world.now is */
  bool by_line;        /* of the numbered dialogue: a letter is typed for each key */
};

/* One entry as a row.  wanted: the kind that was asked for (CONTACT_OTHER: any); contact: the
 * contact point that matched (nil: none), which the row then shows.  false: no memory. */
bool present_item(const struct present *p, const struct entry *entry, enum contact_kind wanted,
                  const struct uuid *contact, struct search_item *out);

/* A row of search results. */
bool present_row(const struct present *p, const struct search_row *row, enum contact_kind wanted,
                 struct search_item *out);

/* The row of what was found and cannot be read: so many, and whom to ask instead.  false: no
 * memory. */
bool present_lost(const struct present *p, size_t count, bool here, struct search_item *out);

/* Rows of search results, at most so many, with those in their places: into items, which has room
 * for two more; how many. */
size_t present_rows(const struct present *p, const struct search_result *r, size_t most,
                    struct search_item *items);

/* Says in a row how it was found ("alias: MICU"), behind what is graver. */
void present_found(const struct present *p, struct search_item *out, const char *as);

/* The whole entry; NULL: no memory. */
struct card *present_card(const struct present *p, const struct entry *entry);

/* "0 06 39 98 12 34 mobile", with its state where something is wrong, and then whom to call
 * instead: the number to try first, of the entry or of who holds it; "-": none. */
const char *present_first(const struct present *p, const struct entry *entry);

/* Whom to call when none of its numbers may be tried: of its chain, the switchboard and the red
 * phone above it the first that may, with its number; "" where none may. */
const char *present_instead(const struct present *p, const struct entry *entry);

enum { INSTEAD_MAX = 12 };

struct instead_line {
  const char *label, *text; /* "instead, switchboard", "9  Standard, no fault known" */
  const char *word;         /* the label for programs: "switchboard" */
  const char *number;       /* as dialled from here; starred where it is masked */
  const char *warning;      /* what is to be read before it; "" */
  enum contact_kind kind;   /* of that number */
  const struct entry *entry;
};

/* Whom to call when none of its numbers may be tried, each under its label, the first to try first;
 * 0: nobody. */
size_t present_instead_lines(const struct present *p, const struct entry *entry,
                             struct instead_line out[INSTEAD_MAX]);

/* What is to be read before the number of an entry that is named as whom to call, as a row of its
 * own says it: "ABSENT until 09:04, covered by Burns unit 4560"; brief: "ABSENT"; "": nothing. */
void present_warned(const struct present *p, const struct entry *entry, const char **warning,
                    const char **brief);

/* "Dr X (do NOT call if ...)  4 5244": another entry, what is to be read before its number, and its
 * best number from here; text, or words, where it is not held here. */
const char *present_other(const struct present *p, const struct uuid *uuid, const char *text);

/* An entry says so many of its absences: the last word, and what disagrees with it. */
enum { ABSENCES_SHOWN = 3 };

/* "absent until 30 Nov" */
const char *present_absent(const struct present *p, const struct absence *a);

struct on_call;
/* Why it is not told who is on call, or between when nobody is, and whom to call then: "NOBODY
 * LISTED 00:00-08:30: the role's own numbers, then ..."; "" where all is well or no rota is held.
 */
const char *present_rota_fault(const struct present *p, const struct entry *role,
                               const struct on_call *on_call);

/* on_call_text() of the n-th. */
const char *present_on_call(const struct present *p, const struct entry *role,
                            const struct on_call *on_call, size_t n);

/* "rings at the desk (dm 03:12, until Sun 08:00)" */
const char *present_note(const struct present *p, const struct note *note);

/* "not confirmed: covered by Dr B. Fictif  7731: leave (dm 03:12)" */
const char *present_absence_words(const struct present *p, const struct absence *a);

/* "results, prescriptions"; "any purpose" where none is said. */
const char *present_purposes(const struct present *p, const struct contact *contact);

/* Whom to call to confirm that a fax arrived, as dialled from here ("87 4009, via tie line"); ""
 * where nobody is listed. */
const char *present_check(const struct present *p, const struct entry *entry,
                          const struct contact *fax);

/* What is on top and below.  message and desk are the caller's. */
bool present_frame(const struct present *p, struct frame *out);

/* How this terminal's directory stands with its source: scope is its folder.  false: no memory. */
bool present_status(const struct present *p, const char *scope, struct facts_view *out);

#endif
