/* What incidents do to failure domains at one moment: pure, of any list of incidents. */
#ifndef TC_CORE_INCIDENT_H
#define TC_CORE_INCIDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/directory.h"

enum outage_level { /* the worse, the higher */
                    OUTAGE_NONE,
                    OUTAGE_PERHAPS,     /* of one of those of which one is needed, unknown which */
                    OUTAGE_UNCONFIRMED, /* past its until, declared or not: not confirmed since */
                    OUTAGE_REPORTED,    /* by a terminal, not declared: in doubt */
                    OUTAGE_DOWN
};

/* One direction of one domain. */
struct outage_state {
  enum outage_level level;
  const struct incident *incident; /* the one that says so: the earliest of the worst, by domain */
};

/* A domain that some incident touches, itself or through what it needs. */
struct outage_domain {
  const char *code;
  const char *site; /* "": of none, or not recorded */
  enum domain_kind kind;
  struct outage_state at[DIRECTION_COUNT];
};

/* Text and incidents are borrowed from the house and the list. */
struct outage {
  const struct outage_domain *domains; /* by code */
  size_t count;
  const struct incident *const *incidents; /* that count now, as the list has them */
  size_t incident_count;
  const struct trunk *trunks; /* the public ones of the house, touched or not (core/trunk.h) */
  size_t trunk_count;
};

/* The directions of an incident: those it names, else all. */
uint32_t incident_directions(const struct incident *incident);

/* Whose an instant is. */
enum trust {
  MOMENT_WRONG, /* of a clock before the cache's own source time */
  MOMENT_NOW,   /* of this machine's clock, which may be behind another's */
  MOMENT_ASKED  /* "as at" */
};

/* Is it yet to begin?  What somebody saw failing when they wrote it (begun) is ahead only of an
 * instant that was asked for: of this clock it says that the clock is behind, and hides nothing. */
bool incident_is_ahead(const struct incident *incident, int64_t now, enum trust moment);

/* What an incident is at an instant: OUTAGE_NONE before it begins and from its end on.  Without a
 * trusted clock only what has ended is over. */
enum outage_level incident_level(const struct incident *incident, int64_t now, enum trust moment);

/* Where an incident stands for whoever reads a list of them. */
enum incident_phase {
  INCIDENT_OVER = -1,
  INCIDENT_NOW,         /* it is so, or somebody says so */
  INCIDENT_UNCONFIRMED, /* past its until: neither up nor down */
  INCIDENT_AHEAD,       /* announced, not begun */
  INCIDENT_PHASES
};
enum incident_phase incident_phase(const struct incident *incident, int64_t now, enum trust moment);

/* Works out which domains the incidents touch.  A domain is touched in the directions of an
 * incident of any domain it needs, however far; a trunk or carrier that it needs does not touch its
 * inside calls.  Rings of domains that need each other are followed once.  NULL: nothing is touched
 * now, or there is no memory (arena_failed()). */
const struct outage *outage_make(const struct house *house, const struct incident *incidents,
                                 size_t count, int64_t now, enum trust moment, struct arena *arena);

/* A domain (len bytes of code); NULL: nothing touches it, or outage is NULL. */
const struct outage_domain *outage_domain(const struct outage *outage, const char *code,
                                          size_t len);

/* The state of a domain (len bytes of code) in one direction; never NULL.  outage may be NULL. */
const struct outage_state *outage_of(const struct outage *outage, const char *code, size_t len,
                                     enum direction direction);

/* a, or b where it is worse, or as bad and of an earlier incident. */
const struct outage_state *outage_worse(const struct outage_state *a, const struct outage_state *b);

/* Finds a ring: domains that need each other.  Appends their codes to ring (at most most), the
 * first of them first; 0: there is none.  Such a house is told, and works. */
size_t domain_ring(const struct house *house, const char **ring, size_t most);

#endif
