/* The sheets there are: each appends a whole document to a buffer, ready for spool.h. */
#ifndef TC_PAPER_PAPER_H
#define TC_PAPER_PAPER_H

#include "core/incident.h"
#include "db/cache.h"
#include "paper/sheet.h"

enum { PAPER_VALID_DAYS = 7 }; /* how long a sheet holds unless told otherwise */

/* What a sheet is made for.  Numbers are given as dialled from a ward phone of the plan and from
 * outside the house, because paper hangs where another phone stands too. */
struct paper_job {
  struct cache *cache;
  const char *site;         /* code */
  const char *plan;         /* of the ward phones; "": the usual one of the site */
  const char *country;      /* of a public line; "": the site's */
  int64_t now;              /* UTC seconds: when it is printed, or the other time that it is of */
  bool not_now;             /* of another time than now: the sheet says so at its top */
  int64_t printed;          /* when it is printed */
  enum trust clock_trusted; /* false: hours and dates are not told */
  const struct outage *outage; /* what fails at that time; NULL: nothing is known to */
  const char *strip;           /* the same in words, for the top of each page; "" or NULL */
  int valid_days;
  int64_t valid_until; /* in their place, where it is not 0 */
  struct sheet_page page;
};

/* The emergency codes of the site, number and purpose big enough to be read across a room, with
 * what to do when the short number is dead.  TC_NOT_FOUND: the site has none.  TC_USAGE: no such
 * site. */
TC_MUST_CHECK tc_status paper_board(struct buffer *out, const struct paper_job *job,
                                    struct tc_error *err);

/* Every entry of the site, unit by unit.  TC_NOT_FOUND: there is none. */
TC_MUST_CHECK tc_status paper_site_list(struct buffer *out, const struct paper_job *job,
                                        struct tc_error *err);

/* One unit of the site and what is below it, each entry with all its contact points.
 * TC_NOT_FOUND: no entry is there. */
TC_MUST_CHECK tc_status paper_unit(struct buffer *out, const struct paper_job *job,
                                   const char *unit, struct tc_error *err);

/* One entry with all that is known of it.  job->site may be "": then the entry's own.
 * TC_NOT_FOUND. */
TC_MUST_CHECK tc_status paper_card(struct buffer *out, const struct paper_job *job,
                                   const struct uuid *uuid, struct tc_error *err);

/* What to do first when a failure domain fails, and whom to call, in order.  It is the domain's
 * site that counts; job->site where the domain has none.  incident: what is known to fail of it, in
 * words, or "".  TC_USAGE: no such domain.  TC_NOT_FOUND: nothing is written for it. */
TC_MUST_CHECK tc_status paper_scenario(struct buffer *out, const struct paper_job *job,
                                       const char *domain, const char *incident,
                                       struct tc_error *err);

/* The red phones and pagers of the site in the order of a walk, each with a box for what was found;
 * overdue is what nobody tested for so many days.  TC_NOT_FOUND: there is none. */
TC_MUST_CHECK tc_status paper_round(struct buffer *out, const struct paper_job *job, int days,
                                    struct tc_error *err);

/* A list of lines under headings where the section changes: the chase list, who is on call, what is
 * cut off.  Text is translated.  TC_NOT_FOUND: there is no line.  job->site may be "". */
struct paper_line {
  const char *section, *site, *who, *what;
};
struct paper_list {
  const char *title;
  const char *from;    /* from where its numbers are dialled; "" */
  const char *none;    /* what is said where there is no line */
  bool boxes;          /* one to tick before each line */
  int64_t valid_until; /* unless the job says another */
  const struct paper_line *lines;
  size_t count;
};
TC_MUST_CHECK tc_status paper_list(struct buffer *out, const struct paper_job *job,
                                   const struct paper_list *list, struct tc_error *err);

/* A cascade or a crisis cell: who is called in which order, with a box before each, ticked where it
 * is.  Text is translated. */
struct paper_group_line {
  bool done;
  enum audience audience;
  const char *number, *name, *kind, *tick;
};
struct paper_group {
  const char *name, *state, *from; /* state: how far it is; from: where numbers are dialled from */
  enum audience audience;
  const struct paper_group_line *lines;
  size_t count;
};
TC_MUST_CHECK tc_status paper_group(struct buffer *out, const struct paper_job *job,
                                    const struct paper_group *group, struct tc_error *err);

/* What was written at this machine, in the order of the lines: a record, valid until nothing.  Text
 * is translated.  TC_NOT_FOUND: there is no line.  job->site may be "". */
struct paper_log_line {
  const char *when, *who, *what;
};
TC_MUST_CHECK tc_status paper_log(struct buffer *out, const struct paper_job *job,
                                  const char *title, const struct paper_log_line *lines,
                                  size_t count, struct tc_error *err);

#endif
