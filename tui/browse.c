#include "tui/browse.h"

#include <string.h>

void browse_read(struct browse_place *out, struct cache *cache, const char *site, const char *path,
                 struct arena *arena) {
  struct unit_row *units;
  struct browse_row *rows;
  size_t count = 0;
  int64_t next;
  *out = (struct browse_place){.unit_count = 0};
  if (cache_units(cache, site, path, arena, &units, &count, NULL) == TC_OK) {
    out->units = units;
    out->unit_count = count < BROWSE_UNITS ? count : BROWSE_UNITS;
  }
  if (!*path && count)
    return; /* all of a site is more than anybody reads */
  if (cache_browse(cache, site, path, 0, BROWSE_ENTRIES, arena, &rows, &count, &next, NULL) !=
          TC_OK &&
      cache_whole(cache, NULL) == TC_OK)
    return;
  out->entries = arena_zalloc(arena, count + 1, sizeof *out->entries);
  for (size_t i = 0; out->entries && i < count; i++)
    if (!*path || strcmp(rows[i].entry.unit, path) == 0) /* else it is in a unit below */
      out->entries[out->entry_count++] = &rows[i].entry;
}

bool browse_up(char *path) {
  char *slash = NULL;
  if (!*path)
    return false;
  for (char *p = strstr(path, " / "); p; p = strstr(p + 3, " / "))
    slash = p;
  *(slash ? slash : path) = '\0';
  return true;
}
