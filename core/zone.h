/* Time zones: from TZif data to local time and back.
 *
 * Source: RFC 9636 (TZif, which replaces RFC 8536), and for the footer the TZ string of POSIX with
 * its extension (hours of -167 to 167).  The data is handed over as bytes: core opens no file. */
#ifndef TC_CORE_ZONE_H
#define TC_CORE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { ZONE_BYTES_MAX = 256 * 1024, ZONE_NAME_MAX = 64 };

struct zone;

/* Reads one TZif file (version 1 to 4) into the arena.  TC_INVALID: not TZif, cut off, not in
 * order, or with leap seconds (the "right/" files, whose instants are not POSIX's). */
TC_MUST_CHECK tc_status zone_read(struct zone **out, const void *bytes, size_t len,
                                  struct arena *arena, struct tc_error *err);

/* May a file of this name be looked for?  Relative, of letters, digits and - _ + /, no part of it
 * "." or "..". */
bool zone_name_is_safe(const char *name);

/* Seconds east of UTC at an instant. */
int32_t zone_offset(const struct zone *zone, int64_t at);

/* What a clock there shows, as a wall time (civil.h). */
int64_t zone_wall(const struct zone *zone, int64_t at);

enum zone_fit {
  ZONE_ONCE,
  ZONE_GAP,  /* the clock skips that time: first and last are the instant at which it skips */
  ZONE_TWICE /* the clock shows it twice: first and last differ */
};

/* The instants at which a clock there shows this wall time. */
enum zone_fit zone_instants(const struct zone *zone, int64_t wall, int64_t *first, int64_t *last);

#endif
