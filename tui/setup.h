/* What every look-up needs: the configuration, the open cache, and where one stands. */
#ifndef TC_TUI_SETUP_H
#define TC_TUI_SETUP_H

#include "base/clock.h"
#include "base/config.h"
#include "core/dial.h"
#include "core/reach.h"
#include "db/cache.h"
#include "tui/options.h"
#include "tui/own.h"
#include "tui/print_helper.h"

/* What the configuration or the terminal has wrong and is done without, in the order in which it is
 * told: who types at once reads no more than the first.  Where one stands decides which number is
 * right. */
enum setup_fault_kind {
  SETUP_NO_SITE,
  SETUP_AUDIENCE,
  SETUP_NO_PLAN,
  SETUP_NO_LANGUAGE,
  SETUP_TERMINAL, /* its name is not known here */
  SETUP_LINES,    /* it cannot hold a screen */
  SETUP_OPTIONS,  /* of another version */
  SETUP_FAULTS
};
struct setup_fault {
  enum setup_fault_kind kind;
  char word[CONFIG_WORD]; /* as the configuration says it */
  size_t count;
  enum audience held, shown;
};

struct setup {
  struct config config;
  struct cache *cache;
  struct standpoint from; /* text borrowed from config and from the cache's house */
  struct clock clock;
  int64_t at;                  /* the moment asked for (as at); 0: now */
  struct arena outage_arena;   /* of the last setup_world() */
  const struct outage *outage; /* what the incidents do at outage_at */
  const struct incident *outage_of;
  int64_t outage_at, outage_revision;
  const struct exercise *outage_played; /* that is in it */
  char name[CONFIG_WORD];               /* of this terminal, where an exercise names it */
  bool real;                            /* asked for: no exercise is looked at */
  bool kiosk;
  enum audience hidden_of; /* what the directory held when it was last decided what is shown */
  bool closed;             /* the switchboard tier is held and not shown: see setup_close_tier() */
  struct own_acts own;     /* until the tier closes, or it is somebody else who is here */
  struct print_helper print_helper;        /* of a kiosk with a printer */
  struct setup_fault faults[SETUP_FAULTS]; /* where options.forgiving */
  size_t fault_count;
};

/* Reads the configuration and opens the cache.  TC_USAGE or TC_CONFIG: a site or plan that the
 * directory does not have, a language that is not here (of the configuration with
 * options.forgiving: done without, and told in faults); otherwise as options_config() and
 * cache_open(). */
TC_MUST_CHECK tc_status setup_open(struct setup *out, const struct options *o,
                                   struct tc_error *err);
void setup_add_fault(struct setup *s, enum setup_fault_kind kind, const char *word);

enum { SETUP_FAULT_TEXT = 1024 };
/* One of its faults, in the language of now. */
const char *setup_fault_of(const struct setup *s, size_t i, char out[SETUP_FAULT_TEXT]);
/* The same in few words, for few columns. */
const char *setup_fault_brief(const struct setup *s, size_t i, char out[SETUP_FAULT_TEXT]);
/* All of them in one line; "" there are none. */
const char *setup_fault_text(const struct setup *s, char out[SETUP_FAULT_TEXT]);

void setup_close(struct setup *s); /* NULL-safe, and safe after a failed setup_open() */

/* The narrowest audience of what may be shown here: what the directory holds, or what the
 * configuration allows where that is less. */
enum audience setup_audience(const struct setup *s);

/* Does this terminal hold what a PIN can close?  Does a PIN close it: one is set, or it is a kiosk?
 * An operator's desk without a PIN is open: its account is its lock. */
bool setup_tier_held(const struct setup *s);
bool setup_tier_closes(const struct setup *s);

/* Shows the switchboard tier no longer, where it closes; and shows it.  What was read before is the
 * caller's to read again. */
void setup_close_tier(struct setup *s);
void setup_open_tier(struct setup *s);

/* Where one stands with a set of that kind in hand, at the site and plan of the configuration: a
 * ward phone is of its plan (else of the usual plan of the site), a red phone of the plan of the
 * red phones (the one whose code begins like the site's, else the only one there is).  The text is
 * borrowed from config and house: call it again after cache_refresh(). */
void standpoint_set(struct standpoint *out, const struct config *config, const struct house *house,
                    enum set_kind set);

/* Stands there with such a set in hand: standpoint_set() into s->from, and times are shown and
 * read in the zone of that site from then on, unless the environment said TZ.  Call it again after
 * cache_refresh(), and when config.site has changed. */
void setup_stand(struct setup *s, enum set_kind set);

/* Reads a time as people type it (core/moment.h), in the zone that times are shown in.  TC_USAGE:
 * it is none; TC_CONFIG: that zone is the site's, and not known here. */
TC_MUST_CHECK tc_status setup_at(const struct setup *s, const char *text, int64_t *at,
                                 struct tc_error *err);

/* The moment that answers are for: `at`, else the clock's now. */
int64_t setup_now(const struct setup *s);

/* The exercise that this terminal takes part in now; NULL: none.  Never where the clock cannot be
 * right.  Borrowed until the cache is refreshed. */
const struct exercise *setup_exercise(const struct setup *s);

/* The same, where the answers are of it: not those of another time, nor the real ones that were
 * asked for. */
const struct exercise *setup_played(const struct setup *s);

/* The UUID of that one; nil: what is real is looked at, or another time. */
struct uuid setup_view(const struct setup *s);

/* What every line says that is not what is so now: "NOT NOW", "EXERCISE"; "" it is. */
const char *setup_mark(const struct setup *s);

/* The world to order contact points in, at setup_now(), with the incidents that the cache holds,
 * and those of the exercise that is played. What they do is borrowed from s until its next call for
 * another second or directory. */
void setup_world(struct setup *s, struct reach_world *out);

#endif
