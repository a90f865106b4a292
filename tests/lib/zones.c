#include "tests/lib/zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/civil.h"

enum { TEXT = 256 };

const struct zone *test_zone(const char *name, struct arena *arena) {
  char path[TEXT];
  struct buffer bytes = BUFFER_INIT;
  struct zone *zone = NULL;
  snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
  if (file_read(&bytes, path, ZONE_BYTES_MAX, NULL) == TC_OK &&
      zone_read(&zone, bytes.data, bytes.len, arena, NULL) != TC_OK)
    zone = NULL;
  buffer_free(&bytes);
  return zone;
}

int64_t test_instant(const struct zone *zone, const char *text) {
  char shown[TEXT];
  int64_t wall, first, last;
  size_t len = strlen(text);
  bool second = len && text[len - 1] == '+';
  snprintf(shown, sizeof shown, "%.*s", (int)(len - second), text);
  if (!civil_read_wall(shown, &wall))
    fail_msg("no time: %s", text);
  zone_instants(zone, wall, &first, &last);
  return second ? last : first;
}

const char *test_local(const struct zone *zone, int64_t at) {
  static char text[TEXT];
  int64_t wall = zone_wall(zone, at), first, last;
  struct civil c = civil_date(civil_day_of(wall));
  int64_t second = wall - civil_day_of(wall) * CIVIL_DAY;
  bool twice = zone_instants(zone, wall, &first, &last) == ZONE_TWICE && at == last;
  snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d%s", (int)c.year, c.month, c.day,
           (int)(second / 3600), (int)(second / 60 % 60), twice ? "+" : "");
  return text;
}
