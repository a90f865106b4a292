/* Time zone data: no bytes may break the reader, and what it accepts has an order of time. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int64_t walls[] = {INT64_MIN,  -4000000000, 0,        1774751400,
                                  1792895400, 5687807400,  INT64_MAX};
  struct arena arena = ARENA_INIT;
  struct zone *zone;
  if (zone_read(&zone, data, size, &arena, NULL) == TC_OK)
    for (size_t i = 0; i < sizeof walls / sizeof walls[0]; i++) {
      int64_t first, last;
      zone_offset(zone, walls[i]);
      enum zone_fit fit = zone_instants(zone, walls[i], &first, &last);
      if (first > last || (fit != ZONE_TWICE && first != last))
        abort();
    }
  arena_free(&arena);
  return 0;
}
