/* Who is on call at every role of which a rota is held, by site, gaps first. */
#ifndef TC_TUI_DUTY_H
#define TC_TUI_DUTY_H

#include "tui/on_call.h"

struct duty_row {
  const struct entry *role;
  const struct on_call *on_call;
  bool away; /* somebody who is listed is absent */
};

/* Reads the roles of one site ("": of all, `first` before the others), in order of site, then gaps
 * and faults before the listed, then name.  Memory from the arena. */
TC_MUST_CHECK tc_status duty_read(struct cache *cache, const char *site, const char *first,
                                  const struct reach_world *world, struct arena *arena,
                                  struct duty_row **rows, size_t *count, struct tc_error *err);

/* Is there anything wrong with it, to be shown first? */
bool duty_is_faulty(const struct duty_row *row);

/* Appends who: whoever is listed and absent first, what is wrong, then the others. */
void duty_text(struct buffer *out, const struct duty_row *row, const struct present *p);

/* The same as a sheet, each with the number to try first, as dialled from the job's site; it holds
 * until the first of them is relieved, for a day at most.  TC_NOT_FOUND: no rota is held. */
struct paper_job;
TC_MUST_CHECK tc_status duty_print(struct buffer *out, const struct paper_job *job,
                                   const struct duty_row *rows, size_t count,
                                   const struct present *p, struct tc_error *err);

#endif
