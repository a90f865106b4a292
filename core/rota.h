/* Who holds a role at an instant, as its rotas say: pure.  A gap is said, never filled. */
#ifndef TC_CORE_ROTA_H
#define TC_CORE_ROTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/directory.h"

struct zone;

enum rota_state {
  ROTA_NOT_ASKED,
  ROTA_NOT_HELD, /* no rota that reaches this time is held here */
  ROTA_GAP,      /* there is one, and nobody in it now */
  ROTA_LISTED,
  ROTA_NO_CLOCK, /* this machine's clock is behind the directory: not told */
  ROTA_NO_ZONE   /* the site's time zone is not known here: not told */
};

enum { ROTA_HOLDERS = 16, ROTA_LINES = 8 };

struct rota_holder {
  const struct rota *rota;
  const struct shift *shift;
  int64_t from, until; /* instants */
};

struct rota_now {
  enum rota_state state;
  struct rota_holder holders[ROTA_HOLDERS]; /* by line, then by who came first */
  size_t count;
  int64_t gap_from, gap_until; /* GAP: between whom; 0: nobody held here on that side */
  int64_t ended, begins;       /* NOT_HELD: the last shift held here before, the first behind; 0 */
  uint32_t empty_lines;        /* set of 1 << line: of this week's rota, and nobody in it now */
  int64_t line_from[ROTA_LINES], line_until[ROTA_LINES]; /* of those: as gap_from, gap_until */
  bool overlap;                                          /* a line has two holders */
  size_t faulty; /* shifts whose times cannot be: they count for nothing */
};

/* What the rotas of one role say, in the local time of its site.  A time in the hour that
 * a night shows twice is its first showing (RFC 5545, 3.3.5), for an end as for a begin: who hands
 * over at 02:30 does it once.  One that a night skips is the instant of the skip. */
void rota_at(struct rota_now *out, const struct rota *const *rotas, size_t count,
             const struct zone *zone, int64_t at, bool clock_trusted);

/* A time in which a role is not held as it should be. */
struct rota_stretch {
  int64_t from, until;
  enum rota_state state; /* GAP, NOT_HELD; LISTED where only lines are wrong */
  uint32_t empty_lines;  /* as in rota_now */
  bool overlap;
};

/* Those between two instants, the first first, at most `room`; a gap is told whole, also where it
 * reaches beyond them.  What has no zone has none. */
size_t rota_stretches(struct rota_stretch *out, size_t room, const struct rota *const *rotas,
                      size_t count, const struct zone *zone, int64_t from, int64_t until);

/* From when until when; false: its times cannot be. */
bool rota_shift_span(const struct shift *shift, const struct zone *zone, int64_t *from,
                     int64_t *until);

#endif
