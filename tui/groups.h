/* Cascades and crisis cells: who is called, in which order, and who was reached in this run. */
#ifndef TC_TUI_GROUPS_H
#define TC_TUI_GROUPS_H

#include "base/buffer.h"
#include "core/act.h"
#include "tui/dialled.h"
#include "tui/present.h"

/* How often the roll of a crisis cell is called where no round of it says so, and the bounds of
 * what may be said: other switchboards hold a tick for ATTEMPT_SHOWN_S.  Seconds. */
enum { GROUP_EVERY_S = 4 * 3600, GROUP_EVERY_LEAST_S = 900, GROUP_EVERY_MOST_S = ATTEMPT_SHOWN_S };

/* A member, and how it stands.  Text is never NULL. */
struct group_row {
  const struct entry *entry;     /* NULL: words only, or not held here */
  const struct dialled *dialled; /* what is shown; NULL: none */
  const char *name;              /* never "" */
  const char *note;              /* what the group says of it; "" */
  const char *number, *kind;     /* the best channel as dialled from here; "" */
  const char *warning;           /* what is to be read before the number; "" */
  const char *brief;             /* the same in a word or two */
  const char *named;             /* the name with the warning in brackets */
  bool warn;                     /* kind says something is wrong */
  bool pager;                    /* its bearer calls back: the results are those of a page */
  bool unspoken;                 /* nobody answers at once: kind says so, whatever gives way */
  const struct act_held *tick;   /* the last of this run that nobody took back; NULL */
  bool reached;
};

struct group_run {
  const struct group *group;
  bool cell;            /* a crisis cell: its roll is called in periods */
  int64_t since, until; /* of the run, 0: not begun; until: of a period alone, else 0 */
  int64_t every;        /* of a cell */
  struct group_row *rows;
  size_t count, reached;
};

/* Those held, of one site first, then by site and name; members in their order.  Memory from the
 * arena. */
TC_MUST_CHECK tc_status groups_read(const struct group **out, size_t *count,
                                    const struct setup *setup, const char *first,
                                    struct arena *arena, struct tc_error *err);

/* The group with its members as they are reached from here, and what was ticked in this run; begun:
 * a run that began here and of which nothing is written yet, 0: none. */
TC_MUST_CHECK tc_status group_run_read(struct group_run *out, const struct present *p,
                                       const struct group *group, int64_t begun,
                                       struct tc_error *err);

/* The same of one by its UUID.  TC_NOT_FOUND: it is gone. */
TC_MUST_CHECK tc_status group_run_find(struct group_run *out, const struct present *p,
                                       const struct uuid *group, int64_t begun,
                                       struct tc_error *err);

/* Appends "5 left of 12, run of 03:14", "4 missing of 6, 00:00-04:00, every 4 h". */
void group_run_text(struct buffer *out, const struct group_run *run, const struct present *p);

/* "answered", "by fax"; "missing" of a cell; "". */
const char *group_result_text(const struct group_run *run, const struct group_row *row);

/* Appends the same with when, who and whether it is confirmed: "answered 03:15, NE, not confirmed".
 */
void group_tick_text(struct buffer *out, const struct group_run *run, const struct group_row *row,
                     int64_t now);

/* How the call to a member went. */
struct group_result {
  enum attempt_result result;
  const char *way; /* by which a member of a cell acknowledged; "" */
};

/* What a digit notes: of a cascade 1 to CALL_RESULTS, those of a page where the member is paged, of
 * a cell by phone, fax, mail, no answer.  false: it notes nothing. */
bool group_digit(const struct group_run *run, int digit, bool paged, struct group_result *out);

/* Of which row (result NULL: that its last tick is taken back).  group: what stands for a member
 * that is words only, and w's entry unless the member is one. */
struct writing;
TC_MUST_CHECK tc_status group_act(struct act *out, struct writing *w, struct entry *group,
                                  const struct group_run *run, size_t row,
                                  const struct group_result *result, struct tc_error *err);

/* The same as a sheet. */
struct paper_job;
TC_MUST_CHECK tc_status group_run_print(struct buffer *out, const struct paper_job *job,
                                        const struct group_run *run, const struct present *p,
                                        struct tc_error *err);

/* "cascade", "crisis cell", translated. */
const char *group_type_text(const struct group *group);

#endif
