/* What one comes upon by looking into a site: its units, and the entries of each. */
#ifndef TC_TUI_BROWSE_H
#define TC_TUI_BROWSE_H

#include "base/arena.h"
#include "db/cache.h"

enum { BROWSE_UNITS = 256, BROWSE_ENTRIES = 500, BROWSE_PATH = 512 };

struct browse_place {
  const struct unit_row *units; /* one level below */
  size_t unit_count;
  const struct entry **entries; /* of this unit itself, or of a site that has no units */
  size_t entry_count;
};

/* path: of the unit; "": the top of the site.  What cannot be read is left out, and the top of the
 * screen says that it is not all.  Memory from the arena. */
void browse_read(struct browse_place *out, struct cache *cache, const char *site, const char *path,
                 struct arena *arena);

/* Cuts the path to the unit one level above; false: it was the top of the site. */
bool browse_up(char *path);

#endif
