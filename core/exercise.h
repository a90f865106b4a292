/* Exercises: failure domains that are played as DOWN, on the terminals that are named, until a real
 * incident.  Pure: no clock, no I/O; what it decides is in doc/exercise.md. */
#ifndef TC_CORE_EXERCISE_H
#define TC_CORE_EXERCISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/act.h"
#include "core/directory.h"

/* As many real incidents may be open where one begins; that is, as an act can name. */
enum { EXERCISE_KNOWN_MAX = 20 };

enum exercise_state {
  EXERCISE_AHEAD, /* not begun */
  EXERCISE_RUNS,
  EXERCISE_ENDED,  /* by a person */
  EXERCISE_OVER,   /* its time is */
  EXERCISE_BROKEN, /* by a real incident */
  EXERCISE_STATE_COUNT
};

struct exercise_now {
  enum exercise_state state;
  int64_t until;      /* when it stopped, or will at the latest */
  const char *domain; /* BROKEN: the code of the failure domain that really fails; else "" */
};

/* What has become of it at an instant. */
struct exercise_now exercise_look(const struct exercise *exercise, const struct house *house,
                                  int64_t now);

/* Does it name that terminal?  Letters are compared whatever their case. */
bool exercise_names(const struct exercise *exercise, const char *terminal);

/* The one that a terminal plays; NULL: none, and every answer is real. */
const struct exercise *exercise_played(const struct house *house, const char *terminal,
                                       int64_t now);

/* The real incidents, and the ones that are played beside them.  NULL: no memory. */
const struct incident *exercise_incidents(const struct exercise *exercise,
                                          const struct house *house, struct arena *arena,
                                          size_t *count);

/* The real incidents that are open at that instant, as the field "known" of exercise-begin has them
 * ("" none); NULL: more than EXERCISE_KNOWN_MAX, or no memory. */
const char *exercise_known(const struct house *house, int64_t now, struct arena *arena);

/* "a, b" as a list of words; what is empty is left out. */
struct text_list exercise_words(const char *text, struct arena *arena);

/* Is a try to reach somebody to be shown where that exercise is played (NULL: where none is)? */
bool exercise_has(const struct exercise *played, const struct attempt *attempt);

const char *exercise_state_word(enum exercise_state state); /* "runs"; for JSON */

#endif
