/* What every look-up needs: the configuration, the open cache, and where one stands. */
#ifndef TC_TUI_SETUP_H
#define TC_TUI_SETUP_H

#include "base/clock.h"
#include "base/config.h"
#include "core/dial.h"
#include "core/reach.h"
#include "db/cache.h"
#include "tui/options.h"

struct setup {
  struct config config;
  struct cache *cache;
  struct standpoint from; /* text borrowed from config and from the cache's house */
  struct clock clock;
};

/* Reads the configuration and opens the cache.  TC_USAGE or TC_CONFIG: a site or plan that the
 * directory does not have; otherwise as options_config() and cache_open(). */
TC_MUST_CHECK tc_status setup_open(struct setup *out, const struct options *o,
                                   struct tc_error *err);
void setup_close(struct setup *s); /* NULL-safe, and safe after a failed setup_open() */

/* Where one stands with a set of that kind in hand, at the site and plan of the configuration: a
 * ward phone is of its plan (else of the usual plan of the site), a red phone of the plan of the
 * red phones (the one whose code begins like the site's, else the only one there is).  The text is
 * borrowed from config and house: call it again after cache_refresh(). */
void standpoint_set(struct standpoint *out, const struct config *config, const struct house *house,
                    enum set_kind set);

/* The world to order contact points in, at clock's now. */
void setup_world(const struct setup *s, struct reach_world *out);

#endif
