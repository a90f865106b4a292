/* Sites of a region whose public holidays nobody knows, or in a time zone that is none: what an
 * import, and a check, has to say of those whose hours are not told; with the failure domains that
 * nobody recorded. */
#ifndef TC_SYNC_REGION_H
#define TC_SYNC_REGION_H

#include <stddef.h>

#include "base/arena.h"
#include "core/record.h"
#include "sync/notes.h"
#include "sync/pg.h"
#include "sync/unrecorded.h"

struct regions {
  struct arena arena;
  struct region_of_site *sites, *last; /* of which nobody knows, in their order */
  struct region_of_calendar *calendars;
  struct unrecorded domains;
};

/* A site as a row gives it; country: that of the map where its own is "". */
void regions_site(struct regions *r, const struct site *site, const char *country, long row,
                  long column);
/* The same of its time zone, looked for among the computer's own. */
void regions_zone(struct regions *r, const struct site *site, long row, long column);
/* A record, where it is a site or a calendar, or names failure domains or is one. */
void regions_record(struct regions *r, const void *bytes, size_t len, long row);
/* The calendars and domains that a directory holds, where any is wanted; each_record(). */
TC_MUST_CHECK tc_status regions_held(struct regions *r, struct pg *pg, const char *cache,
                                     struct tc_error *err);
/* Says which sites have a region that none of them names, or no time zone that is known, and which
 * failure domains are none. */
void regions_tell(const struct regions *r, struct notes *notes);
void regions_free(struct regions *r);

#endif
