/* The screens that are pinned, each as what leads to it: which directory, on which terminal, and
 * which keys.  Whoever looks at all screens goes through this table. */
#ifndef TC_TESTS_LIB_SCENES_H
#define TC_TESTS_LIB_SCENES_H

#include <stddef.h>

#include "tests/lib/bench.h"

enum scene_place {
  PLACE_WARD,          /* the small directory, in UTC */
  PLACE_DESK,          /* the same at a desk */
  PLACE_TIER,          /* a switchboard's, behind its PIN: 260727 */
  PLACE_NIGHT,         /* the night of tests/data/downtime.txt, in Paris */
  PLACE_NIGHT_UP,      /* without its incidents */
  PLACE_NIGHT_DESK,    /* a clinician's desk */
  PLACE_NIGHT_TIER,    /* a switchboard */
  PLACE_NIGHT_TIER_UP, /* without incidents */
  PLACE_NIGHT_GROUPS,  /* a switchboard's desk */
  PLACE_EXERCISE,      /* a switchboard's desk without incidents, that exercises may name */
  PLACE_STATES,        /* the night with tests/data/states.txt */
  PLACE_BARE,          /* that desk with tests/data/bare.txt */
  PLACE_ODD,           /* without incidents, with tests/data/odd.txt */
  PLACE_FAULTS,
  PLACE_LINES,    /* tie lines, trunks, pagers: tests/data/lines.txt */
  PLACE_LINES_UP, /* a rota that cannot be read, and what another terminal reported */
  PLACE_ALIKE,    /* without incidents, with tests/data/alike.txt */
  PLACE_GROUP,    /* a desk of a group, at no site, with tests/data/several.txt */
  PLACE_COUNT
};

struct scene {
  const char *name;
  enum scene_place place;
  const char *keys;
};

extern const struct scene scenes[];
extern const size_t scene_count;

struct scene_size {
  int rows, cols;
};
enum { SCENE_SIZES = 3 };
extern const struct scene_size scene_sizes[SCENE_SIZES];

/* Opens the place on that size.  */
void scene_open(struct bench *b, enum scene_place place, const struct scene_size *size);
void scene_resize(struct bench *b, const struct scene_size *size);

/* What is typed, in ASCII.  In braces: a key ("{enter}", "{F4}", "{^X}"); seconds that pass
 * ("{+60}"); the row of what a desk can do ("{round}", "{groups}"); "{saved}": what was written is
 * on the disk, and nothing said of it is left; "{revision}": the small directory's second one;
 * "{disputed}": of the night's first incident one has said that it lasts longer, another that it is
 * over; "{probed}": a probe has reported the PBX; "{nowhere}": from here on the disk takes nothing,
 * and that is waited for by "{unsaved}"; "{rotten}": it is opened anew, on a journal of which some
 * bytes have changed. */
void keys(struct bench *b, const char *text);

#endif
