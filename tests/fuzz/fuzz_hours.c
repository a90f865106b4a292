/* Texts of hours: whatever is in a record, a state comes back, and until is after now. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/hours.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { TEXT_MAX = 4096 };
  static const char utc[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4\0\0\0\0\0\0UTC\0"
                            "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4\0\0\0\0\0\0UTC\0"
                            "\nUTC0\n";
  const int64_t now = 1798185600;
  char text[TEXT_MAX];
  const char *what;
  struct arena arena = ARENA_INIT;
  struct zone *zone = NULL;
  struct hours_now out;
  if (size >= sizeof text)
    return 0;
  memcpy(text, data, size);
  text[size] = '\0';
  if (zone_read(&zone, utc, sizeof utc - 1, &arena, NULL) != TC_OK)
    abort();
  struct hours_place place = {.zone = zone, .country = "FR", .region = "alsace-moselle"};
  hours_at(&out, text, &place, now);
  if (out.until && out.until <= now)
    abort();
  if ((hours_fault(text, &what) != 0) != (out.state == HOURS_UNREADABLE))
    abort();
  hours_contradiction(text);
  arena_free(&arena);
  return 0;
}
