#include "base/wall.h"

#include <stdbool.h>
#include <time.h>

#include "base/i18n.h"

enum { DAY = 86400 };

int64_t wall_of(int64_t at) {
  time_t t = (time_t)at;
  struct tm tm;
  return localtime_r(&t, &tm) ? at + tm.tm_gmtoff : at;
}

void wall_instants(int64_t wall, int64_t *first, int64_t *last) {
  int64_t before = wall - (wall_of(wall - DAY) - (wall - DAY));
  int64_t after = wall - (wall_of(wall + DAY) - (wall + DAY));
  int64_t from = before < after ? before : after, to = before < after ? after : before;
  bool shown = wall_of(from) == wall, again = to != from && wall_of(to) == wall;
  while (!shown && !again && to - from > 1) { /* the clock skips it between them */
    int64_t middle = from + (to - from) / 2;
    if (wall_of(middle) < wall)
      from = middle;
    else
      to = middle;
  }
  *first = shown ? from : to;
  *last = again || !shown ? to : from;
}

/* The first is the summer's, in either hemisphere. */
const char *wall_season_of(int64_t at, int64_t first, int64_t last) {
  return first == last ? "" : at == first ? _(" summer") : at == last ? _(" winter") : "";
}

const char *wall_season(int64_t at) {
  int64_t first, last;
  wall_instants(wall_of(at), &first, &last);
  return wall_season_of(at, first, last);
}
