/* The chase list: what a night left and what the day to come lacks, for whoever comes in the
 * morning. */
#ifndef TC_TUI_CHASE_H
#define TC_TUI_CHASE_H

#include "base/arena.h"
#include "tui/setup.h"

enum chase_part {               /* in the order of the list */
                  CHASE_COMING, /* nobody is listed now or in the day to come */
                  CHASE_PAST,   /* nobody was in the night that is over */
                  CHASE_HOLDER, /* somebody is, and no number of them may be tried */
                  CHASE_ROTA,   /* stale, two for one line, shifts that cannot be read */
                  CHASE_CALL,   /* wrong person, wrong number, never answered */
                  CHASE_TEST,   /* failed */
                  CHASE_REPORT, /* of incidents, not declared */
                  CHASE_ACT,    /* waits for a person, was refused, is not confirmed */
                  CHASE_PARTS
};

/* Seconds that it looks back and ahead, and after how many days a rota may be stale. */
enum { CHASE_BACK_S = 12 * 3600, CHASE_AHEAD_S = 24 * 3600, CHASE_STALE_DAYS = 7 };

/* Text is translated, of the arena, and never NULL. */
struct chase_row {
  enum chase_part part;
  struct uuid entry; /* nil: it is about none */
  const char *site;  /* code; "" */
  const char *who;   /* the role, the entry, the failure domain; "" */
  const char *what;  /* "NOBODY LISTED 00:00-08:30" */
  int64_t at;
};

struct paper_job;
struct buffer;

/* Of the roles of one site ("": of all, `first` before the others), and of what was written at this
 * machine, by parts, in each the roles as duty_read() has them or the first written first. */
TC_MUST_CHECK tc_status chase_read(struct setup *setup, const char *site, const char *first,
                                   struct arena *arena, struct chase_row **rows, size_t *count,
                                   struct tc_error *err);

/* The same as a sheet.  TC_NOT_FOUND: there is nothing to chase. */
TC_MUST_CHECK tc_status chase_print(struct buffer *out, const struct paper_job *job,
                                    const struct chase_row *rows, size_t count, struct arena *arena,
                                    struct tc_error *err);

const char *chase_part_word(enum chase_part part); /* "gap"; for JSON */
const char *chase_part_text(enum chase_part part); /* translated: a heading */

#endif
