#include "db/zones.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "core/zone.h"

static const struct zone *read_zone(const char *name, struct arena *arena) {
  const char *folder = getenv("TZDIR");
  struct buffer bytes = BUFFER_INIT;
  struct zone *zone = NULL;
  if (!zone_name_is_safe(name)) /* it comes from records */
    return NULL;
  const char *path =
      arena_printf(arena, "%s/%s", folder && *folder ? folder : "/usr/share/zoneinfo", name);
  if (path && file_read(&bytes, path, ZONE_BYTES_MAX, NULL) == TC_OK &&
      zone_read(&zone, bytes.data, bytes.len, arena, NULL) != TC_OK)
    zone = NULL;
  buffer_free(&bytes);
  return zone;
}

bool zones_read(struct house *house, struct arena *arena) {
  struct house_zone *zones = arena_zalloc(arena, house->site_count + 1, sizeof *zones);
  size_t count = 0;
  for (size_t i = 0; zones && i < house->site_count; i++) {
    const char *name = house->sites[i].zone;
    size_t k = 0;
    while (k < count && strcmp(zones[k].name, name) != 0)
      k++;
    if (k == count && *name)
      zones[count++] = (struct house_zone){name, read_zone(name, arena)};
  }
  house->zones = zones;
  house->zone_count = count;
  return zones && !arena_failed(arena);
}
