/* The scenario card of a failure domain, in words: what to do first, and whom to call. */
#ifndef TC_TUI_SCENARIO_H
#define TC_TUI_SCENARIO_H

#include "tui/present.h"

struct scenario_line {
  const char *text;  /* "1. Take the red phone." */
  const char *whom;  /* with number and state as called from here; "" nobody */
  struct uuid entry; /* nil: nobody, or not held here */
};

struct scenario_words {
  const char *name; /* of the card; "" where none is written */
  struct scenario_line *lines;
  size_t count;
};

/* Reads the card of a domain; without one, and where there is no memory, no lines. */
void scenario_read(struct scenario_words *out, const struct present *p, const char *domain);

/* Is a card written for a domain, and held here? */
bool scenario_held(struct cache *cache, const char *domain, struct arena *arena);

/* What is known to fail of a domain now, in words, the gravest first; "" nothing. */
const char *scenario_incident(const struct present *p, const char *domain);

#endif
