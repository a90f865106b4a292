/* The time zones that the sites of a directory are in. */
#ifndef TC_DB_ZONES_H
#define TC_DB_ZONES_H

#include "base/arena.h"
#include "core/directory.h"

/* Reads each site's zone from $TZDIR, else /usr/share/zoneinfo, into house->zones.  A zone that is
 * not there, or cannot be read, is known as such (house_zone() gives NULL for it): hours of its
 * sites are not told.  false: no memory. */
bool zones_read(struct house *house, struct arena *arena);

#endif
