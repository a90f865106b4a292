/* The state file of a scope folder: how the last round with the source went.  tocsin-sync replaces
 * it by rename, tocsin reads it; INI, one section [sync]. */
#ifndef TC_DB_STATE_H
#define TC_DB_STATE_H

#include <stdint.h>

#include "base/status.h"

struct sync_state {
  char source[128];      /* "host:port/database" */
  char result[24];       /* a word: first, same, delta, restored, held, behind, failed ... */
  char text[1024];       /* what was wrong, in words; "" when nothing */
  int64_t confirmed;     /* when the cache was last known to be the source's, by its clock */
  int64_t checked;       /* when the last round ended, by this machine's clock */
  int64_t revision;      /* of the cache then */
  int64_t beat;          /* when the source was last told of this terminal, by this clock */
  int64_t loud;          /* when a round last did what a person must hear of, by this clock */
  int64_t offered, held; /* the source offers that many of so many entries; 0, 0: nothing held */
};

/* TC_NEVER_SYNCED: there was no round yet.  TC_CONFIG: it cannot be read. */
TC_MUST_CHECK tc_status state_read(struct sync_state *out, const char *scope_dir,
                                   struct tc_error *err);

/* Replaces it.  TC_NO_INPUT: the folder is not there; TC_DENIED, TC_FULL, TC_IO. */
TC_MUST_CHECK tc_status state_write(const struct sync_state *state, const char *scope_dir,
                                    struct tc_error *err);

#endif
