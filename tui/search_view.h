/* The screen one lives in: what was typed, what was found, the chosen row in full. */
#ifndef TC_TUI_SEARCH_VIEW_H
#define TC_TUI_SEARCH_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/uuid.h"
#include "tui/action.h"
#include "tui/card.h"
#include "tui/frame.h"
#include "tui/grid.h"

/* One entry on one line.  All text is translated and never NULL. */
struct search_item {
  struct uuid uuid;
  struct uuid contact; /* the contact point that matched what was typed; nil: none */
  const char *section; /* what the rule above says where it changes: "other sites", "recent" */
  const char *site;    /* code; never cut */
  const char *name;
  const char *place; /* or how it was found, or what is to be read before the number */
  const char *found; /* how it was found: "alias: MICU"; "" or NULL */
  size_t must;       /* bytes of place that are on the row whatever gives way: its states */
  const char *least; /* those states in the fewest words; "" */
  size_t least_must; /* bytes of that */
  size_t warning;    /* where in it not to call stands; 0: there is nothing before it */
  const char *curt;  /* not to call, in few columns: "do NOT call?"; "" or NULL: nothing says so */
  const char *curtest; /* the same in fewer: "NO call?" */
  const char *where;   /* the building that place has no room for; "" */
  const char *number;  /* the best channel as dialled from here; never cut */
  const char *left;    /* number is that of a code and DOWN: what is left of it, which kind says */
  const char *left_kind;  /* then: of what is left alone, as kind is of a number; "" or NULL */
  const char *left_least; /* then: left with its mark, where kind has no room; "" or NULL */
  const char *left_brief; /* then: that in the fewest words: "in doubt: 7700"; "" or NULL */
  const char *left_sign;  /* then: that by a sign, for a name beside it: "? 7700"; "" or NULL */
  const char *kind;       /* with what must be known of it: "DOWN extension", "mobile, masked" */
  const char *mark;       /* of the kind, where that has no column: "EXERCISE"; "" or NULL */
  const char *state;      /* likewise: "DOWN", "on red phone"; "" or NULL */
  const char *brief;      /* state where a name beside it would have no room; NULL: as it is */
  const char *fate;       /* what became of the number that was typed whole, and was its own; "" */
  const char *more;       /* further words that tell it from another row */
  enum action opens;      /* no entry: what Enter does there; ACT_NONE */
  bool here;              /* of my site */
  bool lost;              /* no entry: of what cannot be read (present_lost()) */
  bool approximate;       /* shown with ~ */
  bool warn;              /* kind says something is wrong */
  bool changed;           /* since the last typed key */
  bool told;              /* place says what was tried, or that nobody is there */
  bool worded;            /* place says something to be read before the number */
  bool dead;              /* place says that the number typed is not its own any more */
  bool mind;              /* absent, or not to be called so, as place says: shown with ! */
  bool noted;             /* somebody wrote something of it, as place says: shown with + */
};

enum search_part { PART_FIND, PART_LIST, PART_DETAIL, PART_CODES, PART_COUNT };

struct search_view {
  const char *query;
  size_t caret; /* byte offset in it */
  const struct search_item *items;
  size_t count;
  size_t selected;
  const char *counts;       /* "4 here, 41 elsewhere" */
  const char *note;         /* a sentence above the list, or "" */
  const char *const *lines; /* instead of a list: what to do, what was tried */
  size_t line_count;
  const struct card *card; /* of the selected row; NULL: none */
  enum search_part part;   /* where the cursor is */
  bool narrow;             /* site, number, name in 40 columns at any width */
  bool home;               /* nothing is typed and no row was gone to: the rows have all the room */
};

/* What is being typed, in room columns: its end stays in view, with the caret; cursor: the
 * terminal's is put there. */
void typed_draw(struct grid *g, int row, int col, int room, const char *text, size_t caret_at,
                bool cursor);

void search_draw(struct grid *g, struct area area, const struct search_view *view);

/* Rows of the list that area has room for, for paging. */
int search_page(struct area area, const struct search_view *view);

#endif
