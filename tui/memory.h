/* What a desk remembers: favourites and the entries opened last.  One small file of the account,
 * $XDG_STATE_HOME/tocsin/desk (else ~/.local/state), mode 0600, lines "F UUID" and "R UUID". */
#ifndef TC_TUI_MEMORY_H
#define TC_TUI_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/uuid.h"

enum { MEMORY_FAVOURITES = 100, MEMORY_RECENT = 20, MEMORY_PATH = 1024 };

struct memory {
  char path[MEMORY_PATH]; /* "": nothing is remembered */
  struct uuid favourites[MEMORY_FAVOURITES];
  size_t favourite_count;
  struct uuid recent[MEMORY_RECENT]; /* the last one first */
  size_t recent_count;
};

/* A missing file is an empty memory.  Lines that are not understood are left out. */
void memory_read(struct memory *m);

bool memory_is_favourite(const struct memory *m, const struct uuid *uuid);

/* Both write the file, replaced by rename.  TC_IO, TC_DENIED, TC_FULL: it is as it was. */
TC_MUST_CHECK tc_status memory_toggle(struct memory *m, const struct uuid *uuid,
                                      struct tc_error *err);
TC_MUST_CHECK tc_status memory_opened(struct memory *m, const struct uuid *uuid,
                                      struct tc_error *err);

#endif
