#include "core/zone.h"

#include <string.h>

#include "base/i18n.h"
#include "core/civil.h"

enum {
  HEADER = 44,
  HOUR = 3600,
  OFFSET_MOST = 26 * HOUR, /* RFC 9636, 3.2: utoff should be between -25 and +26 hours */
  TYPES_MAX = 256,
  CHANGE_HOUR_MOST = 167
};

/* When the clock changes in any year: the rule of a TZ string. */
struct change {
  enum { CHANGE_MONTH, CHANGE_JULIAN, CHANGE_DAY } form;
  int month, week, day;
  int32_t time; /* seconds from local midnight */
};

struct zone {
  const int64_t *times; /* in order */
  const int32_t *after; /* offset from that instant on */
  size_t count;
  int32_t before; /* offset before the first */
  bool rule, saving;
  int32_t standard, summer;
  struct change start, end; /* of summer time */
};

/* ---- reading bytes -----------------------------------------------------------------------------
 */

static int64_t big_endian(const unsigned char *p, size_t size) {
  uint64_t n = p[0] & 0x80 ? ~UINT64_C(0) : 0;
  for (size_t i = 0; i < size; i++)
    n = n << 8 | p[i];
  return (int64_t)n;
}

struct counts {
  size_t isut, isstd, leap, time, type, chars;
};

static bool read_counts(struct counts *out, const unsigned char *p, size_t len) {
  size_t n[6];
  if (len < HEADER || memcmp(p, "TZif", 4) != 0)
    return false;
  for (int i = 0; i < 6; i++) {
    int64_t count = big_endian(p + 20 + i * 4, 4);
    if (count < 0 || count > ZONE_BYTES_MAX)
      return false;
    n[i] = (size_t)count;
  }
  *out = (struct counts){n[0], n[1], n[2], n[3], n[4], n[5]};
  return true;
}

static size_t block_size(const struct counts *c, size_t time) {
  return c->time * (time + 1) + c->type * 6 + c->chars + c->leap * (time + 4) + c->isstd + c->isut;
}

/* ---- the TZ string of the footer ---------------------------------------------------------------
 */

struct text {
  const char *at, *end;
};

static bool take(struct text *t, char c) {
  if (t->at == t->end || *t->at != c)
    return false;
  t->at++;
  return true;
}

/* 1 to most digits, at most limit; -1 for anything else. */
static int number(struct text *t, int most, int limit) {
  int n = -1;
  for (int i = 0; i < most && t->at < t->end && *t->at >= '0' && *t->at <= '9'; i++)
    n = (n < 0 ? 0 : n) * 10 + (*t->at++ - '0');
  return n > limit ? -1 : n;
}

static bool name(struct text *t) {
  const char *from = t->at;
  if (take(t, '<')) {
    while (t->at < t->end && *t->at != '>')
      t->at++;
    return take(t, '>');
  }
  while (t->at < t->end && ((*t->at >= 'A' && *t->at <= 'Z') || (*t->at >= 'a' && *t->at <= 'z')))
    t->at++;
  return t->at - from >= 3;
}

/* hh[:mm[:ss]] with a sign, in seconds. */
static bool clock_time(struct text *t, int most, int32_t *out) {
  int sign = take(t, '-') ? -1 : 1;
  if (sign == 1)
    take(t, '+');
  int part[3] = {number(t, 3, most), 0, 0};
  for (int i = 1; i < 3 && take(t, ':'); i++)
    part[i] = number(t, 2, 59);
  if (part[0] < 0 || part[1] < 0 || part[2] < 0)
    return false;
  *out = sign * (part[0] * HOUR + part[1] * 60 + part[2]);
  return true;
}

static bool change(struct text *t, struct change *out) {
  *out = (struct change){.form = CHANGE_DAY, .time = 2 * HOUR};
  if (!take(t, ','))
    return false;
  if (take(t, 'M')) {
    out->form = CHANGE_MONTH;
    out->month = number(t, 2, 12);
    out->week = take(t, '.') ? number(t, 1, 5) : -1;
    out->day = take(t, '.') ? number(t, 1, 6) : -1;
    if (out->month < 1 || out->week < 1 || out->day < 0)
      return false;
  } else {
    if (take(t, 'J'))
      out->form = CHANGE_JULIAN;
    out->day = number(t, 3, 365);
    if (out->day < (out->form == CHANGE_JULIAN ? 1 : 0))
      return false;
  }
  return !take(t, '/') || clock_time(t, CHANGE_HOUR_MOST, &out->time);
}

static bool read_rule(struct zone *z, const char *bytes, size_t len) {
  struct text t = {bytes, bytes + len};
  int32_t west;
  if (!len) /* no rule: the last change lasts */
    return true;
  if (!name(&t) || !clock_time(&t, 24, &west))
    return false;
  z->rule = true;
  z->standard = z->summer = -west;
  if (t.at == t.end)
    return true;
  z->saving = true;
  z->summer = z->standard + HOUR;
  if (!name(&t))
    return false;
  if (t.at < t.end && *t.at != ',') {
    if (!clock_time(&t, 25, &west))
      return false;
    z->summer = -west;
  }
  return change(&t, &z->start) && change(&t, &z->end) && t.at == t.end;
}

/* The day of a change in a year. */
static int64_t change_day(const struct change *c, int64_t year) {
  int64_t first = civil_days(year, 1, 1);
  if (c->form == CHANGE_DAY)
    return first + c->day;
  if (c->form == CHANGE_JULIAN) { /* 29 February is never counted */
    bool leap = civil_days(year, 3, 1) - civil_days(year, 2, 1) == 29;
    return first + c->day - 1 + (leap && c->day >= 60);
  }
  int wanted = (c->day + 6) % 7; /* there 0 is Sunday, here Monday */
  int64_t from = civil_days(year, c->month, 1);
  int64_t day = from + (wanted - civil_weekday(from) + 7) % 7 + (c->week - 1) * 7;
  while (civil_date(day).month != c->month)
    day -= 7; /* week 5 is the last one */
  return day;
}

static int32_t rule_offset(const struct zone *z, int64_t at) {
  if (!z->saving)
    return z->standard;
  int64_t year = civil_date(civil_day_of(at + z->standard)).year;
  int64_t latest = INT64_MIN;
  int32_t offset = z->standard;
  for (int64_t y = year - 1; y <= year + 1; y++) {
    int64_t start = change_day(&z->start, y) * CIVIL_DAY + z->start.time - z->standard;
    int64_t end = change_day(&z->end, y) * CIVIL_DAY + z->end.time - z->summer;
    if (start <= at && start > latest) {
      latest = start;
      offset = z->summer;
    }
    if (end <= at && end > latest) {
      latest = end;
      offset = z->standard;
    }
  }
  return offset;
}

/* ---- the data block ----------------------------------------------------------------------------
 */

static tc_status broken(struct tc_error *err, const char *what) {
  return tc_fail(err, TC_INVALID, _("the time zone data is not TZif (RFC 9636): %s"), what);
}

static tc_status read_block(struct zone *z, const unsigned char *p, const struct counts *c,
                            size_t time, struct arena *arena, struct tc_error *err) {
  const unsigned char *types = p + c->time * time, *locals = types + c->time;
  int32_t offsets[TYPES_MAX];
  if (!c->type || c->type > TYPES_MAX)
    return broken(err, _("no local time type"));
  if (c->leap)
    return broken(err, _("it counts leap seconds"));
  for (size_t i = 0; i < c->type; i++) {
    int64_t offset = big_endian(locals + i * 6, 4);
    if (offset < -OFFSET_MOST || offset > OFFSET_MOST)
      return broken(err, _("an offset of more than a day"));
    offsets[i] = (int32_t)offset;
  }
  int64_t *times = arena_alloc(arena, (c->time + 1) * sizeof *times);
  int32_t *after = arena_alloc(arena, (c->time + 1) * sizeof *after);
  if (!times || !after)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  for (size_t i = 0; i < c->time; i++) {
    times[i] = big_endian(p + i * time, time);
    if ((i && times[i] <= times[i - 1]) || types[i] >= c->type)
      return broken(err, _("its changes are not in order"));
    after[i] = offsets[types[i]];
  }
  z->times = times;
  z->after = after;
  z->count = c->time;
  z->before = offsets[0];
  return TC_OK;
}

tc_status zone_read(struct zone **out, const void *bytes, size_t len, struct arena *arena,
                    struct tc_error *err) {
  const unsigned char *p = bytes;
  struct counts c;
  size_t time = 4;
  *out = NULL;
  if (len > ZONE_BYTES_MAX || !read_counts(&c, p, len))
    return broken(err, _("no header"));
  bool wide = p[4] >= '2'; /* a second block of 64 bits, then the footer */
  if (block_size(&c, time) > len - HEADER)
    return broken(err, _("cut off"));
  if (wide) {
    size_t skip = HEADER + block_size(&c, time);
    p += skip;
    len -= skip;
    time = 8;
    if (!read_counts(&c, p, len) || block_size(&c, time) > len - HEADER)
      return broken(err, _("cut off"));
  }
  struct zone *z = arena_zalloc(arena, 1, sizeof *z);
  if (!z)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = read_block(z, p + HEADER, &c, time, arena, err);
  if (status != TC_OK)
    return status;
  if (wide) {
    const char *foot = (const char *)p + HEADER + block_size(&c, time);
    size_t left = len - HEADER - block_size(&c, time);
    const char *end = left && *foot == '\n' ? memchr(foot + 1, '\n', left - 1) : NULL;
    if (!end || !read_rule(z, foot + 1, (size_t)(end - foot - 1)))
      return broken(err, _("its footer cannot be read"));
  }
  *out = z;
  return TC_OK;
}

bool zone_name_is_safe(const char *text) {
  size_t len = strlen(text);
  if (!len || len >= ZONE_NAME_MAX || *text == '/' || text[len - 1] == '/')
    return false;
  for (const char *p = text; *p; p++) {
    if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
          strchr("-_+/", *p)))
      return false; /* no dot: no part can be one or two of them */
    if (*p == '/' && p[1] == '/')
      return false;
  }
  return true;
}

/* ---- instants ----------------------------------------------------------------------------------
 */

/* How many changes are at or before an instant. */
static size_t changes_until(const struct zone *z, int64_t at) {
  size_t low = 0, high = z->count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (z->times[mid] <= at)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

/* Far enough from the ends of time that sums cannot overflow. */
static int64_t bounded(int64_t at) {
  const int64_t most = INT64_C(1) << 55; /* a thousand million years */
  return at < -most ? -most : at > most ? most : at;
}

int32_t zone_offset(const struct zone *z, int64_t at) {
  size_t n = changes_until(z, at);
  if (n == z->count && z->rule)
    return rule_offset(z, bounded(at));
  return n ? z->after[n - 1] : z->before;
}

int64_t zone_wall(const struct zone *z, int64_t at) {
  at = bounded(at);
  return at + zone_offset(z, at);
}

/* The first instant after `from` and up to `until` from which the offset is another; until where
 * there is none. */
static int64_t next_change(const struct zone *z, int64_t from, int64_t until) {
  int32_t offset = zone_offset(z, from);
  for (size_t i = changes_until(z, from); i < z->count && z->times[i] <= until; i++)
    if (z->after[i] != offset)
      return z->times[i];
  int64_t low = z->count && z->times[z->count - 1] > from ? z->times[z->count - 1] : from;
  if (low >= until || !z->rule || zone_offset(z, until) == offset)
    return until;
  while (until - low > 1) { /* the rule changes at most once in so short a time */
    int64_t mid = low + (until - low) / 2;
    if (zone_offset(z, mid) == offset)
      low = mid;
    else
      until = mid;
  }
  return until;
}

enum zone_fit zone_instants(const struct zone *z, int64_t wall, int64_t *first, int64_t *last) {
  enum { WINDOW = OFFSET_MOST + 1 };
  wall = bounded(wall);
  int64_t from = wall - WINDOW, until = wall + WINDOW, skipped = until;
  int found = 0;
  *first = *last = until;
  while (from < until) {
    int64_t next = next_change(z, from, until);
    int64_t at = wall - zone_offset(z, from);
    if (at >= from && at < next) {
      if (!found++)
        *first = at;
      *last = at;
    } else if (at < from && !found && skipped == until) {
      skipped = from; /* the first instant at which the clock is past it */
    }
    from = next;
  }
  if (!found)
    *first = *last = skipped;
  return found > 1 ? ZONE_TWICE : found ? ZONE_ONCE : ZONE_GAP;
}
