/* The words on top of every screen: what the directory is worth now, exactly as it is. */
#ifndef TC_TUI_TOP_H
#define TC_TUI_TOP_H

#include "base/arena.h"
#include "db/cache.h"
#include "db/state.h"

/* A directory that no source has confirmed for so long is stale; stale_minutes of tocsin-sync's
 * settings begins with the same. */
enum { TOP_STALE_MINUTES = 15 };

struct top_facts {
  const struct cache_info *info;
  /* NULL: no round with a source was made, or nobody can tell: so with what a source sent. */
  const struct sync_state *state;
  bool blind; /* there is a state file, and it cannot be read */
  int64_t now;
  bool clock_trusted;
  bool lost;    /* some of what was written here cannot be read */
  bool damaged; /* some of the directory cannot */
};

/* From the fullest words to the barest; text in the arena or static, never NULL unless the arena
 * failed. */
struct top_words {
  bool warns; /* not simply of some age */
  const char *full, *usual, *brief;
};

/* The worst that is true is said: a wrong clock, entries or acts that cannot be read, a frozen
 * file, a change that is held back, a directory that nobody confirms; then a restored source; then
 * when it was confirmed. */
void top_words(struct top_words *out, const struct top_facts *facts, struct arena *arena);

#endif
