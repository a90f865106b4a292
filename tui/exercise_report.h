/* What an exercise was: who took part, from when to when and why no longer, what it cut off, and
 * whom one tried in it. */
#ifndef TC_TUI_EXERCISE_REPORT_H
#define TC_TUI_EXERCISE_REPORT_H

#include "base/arena.h"
#include "core/cutoff.h"
#include "core/exercise.h"
#include "paper/paper.h"
#include "tui/setup.h"

struct exercise_report {
  const struct exercise *exercise;
  struct exercise_now look;
  struct cutoff cut;             /* by what was played, on top of what really failed then */
  const struct act_held **tried; /* the first one first: at this machine, and what came of others */
  size_t tried_count;
};

/* The last exercise that this terminal takes part in, or took; NULL: none is known. */
const struct exercise *exercise_last(const struct setup *setup);

/* Counts over the whole directory as it is now.  Memory from the arena; the acts are the cache's.
 */
TC_MUST_CHECK tc_status exercise_report_read(struct exercise_report *out, struct setup *setup,
                                             const struct exercise *exercise, struct arena *arena,
                                             struct tc_error *err);

/* "Exercise: Exercice blanc" */
const char *exercise_report_title(const struct exercise *exercise, struct arena *arena);

/* Its lines, translated: what each is about (or when), who, and what.  NULL: no memory. */
const struct paper_log_line *exercise_report_lines(const struct exercise_report *report,
                                                   const struct setup *setup, struct arena *arena,
                                                   size_t *count);

#endif
