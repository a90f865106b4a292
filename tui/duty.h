/* Who is on call at every role of which a rota is held, by site, gaps first. */
#ifndef TC_TUI_DUTY_H
#define TC_TUI_DUTY_H

#include "tui/on_call.h"

struct duty_row {
  const struct entry *role;
  const struct on_call *on_call;
  bool away;       /* somebody who is listed is absent */
  bool lacking;    /* of somebody who is there a number is not held here */
  uint32_t silent; /* a bit of each holder, of those who are there, whom no number reaches */
};

/* Reads the roles of one site ("": of all, `first` before the others), in order of site, then gaps
 * and faults before the listed, then name.  Memory from the arena. */
TC_MUST_CHECK tc_status duty_read(struct cache *cache, const char *site, const char *first,
                                  const struct reach_world *world, struct arena *arena,
                                  struct duty_row **rows, size_t *count, struct tc_error *err);

/* Is there anything wrong with it, to be shown first? */
bool duty_is_faulty(const struct duty_row *row);

/* Appends who: whoever is listed and absent or reached by no number first, with whom to call
 * instead, then what is wrong and whom to call then, then the others. */
void duty_text(struct buffer *out, const struct duty_row *row, const struct present *p);

/* The same as a sheet, each with the number to try first, as dialled from the job's site; it holds
 * until the first of them is relieved, for a day at most.  TC_NOT_FOUND: no rota is held. */
struct paper_job;
TC_MUST_CHECK tc_status duty_print(struct buffer *out, const struct paper_job *job,
                                   const struct duty_row *rows, size_t count,
                                   const struct present *p, struct tc_error *err);

#endif
