/* Where generations lie, which one is published, and who may write (cache.h shows the folders).
 * Private to db/. */
#ifndef TC_DB_GENERATION_H
#define TC_DB_GENERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum { GENERATION_PATH = 480 };

struct generation {
  int format;
  int64_t number;
};

/* What the pointer says.  TC_NEVER_SYNCED: there is none.  TC_DAMAGED: it cannot be read. */
TC_MUST_CHECK tc_status generation_current(struct generation *out, const char *scope_dir,
                                           struct tc_error *err);

/* The path of a generation's database. */
TC_MUST_CHECK tc_status generation_path(char out[GENERATION_PATH], const char *scope_dir,
                                        const struct generation *g, struct tc_error *err);

/* The path of its folder. */
TC_MUST_CHECK tc_status generation_folder(char out[GENERATION_PATH], const char *scope_dir,
                                          const struct generation *g, struct tc_error *err);

/* The generation before g that is still there; false for none. */
bool generation_previous(struct generation *out, const char *scope_dir, const struct generation *g);

/* The highest generation that is above the published one; false for none. */
bool generation_unpublished(struct generation *out, const char *scope_dir);

/* Makes the folder of the next generation (one above the highest there is). */
TC_MUST_CHECK tc_status generation_make(struct generation *out, const char *scope_dir,
                                        struct tc_error *err);

/* Switches the pointer to g. */
TC_MUST_CHECK tc_status generation_publish(const char *scope_dir, const struct generation *g,
                                           struct tc_error *err);

/* Removes what is ours of one generation's folder, so that it lasts.  TC_IO, TC_DENIED: some of it
 * is still there. */
TC_MUST_CHECK tc_status generation_erase(const char *scope_dir, const struct generation *g,
                                         struct tc_error *err);

/* The same where it does not matter when; and all but the published one and the one before it. */
void generation_remove(const char *scope_dir, const struct generation *g);
void generation_tidy(const char *scope_dir, const struct generation *published);

/* Takes away the empty folders and the lock of a scope that never had a generation published, and
 * the scope's own folder with them where the caller made it.  The caller holds the lock. */
void generation_leave(const char *scope_dir, bool made);

/* The writer's lock: a descriptor to close.  TC_BUSY: another writer holds it. */
TC_MUST_CHECK tc_status generation_lock(int *fd, const char *scope_dir, struct tc_error *err);

/* A number that changes whenever the pointer is switched; 0 when it is not there. */
uint64_t generation_stamp(const char *scope_dir);

#endif
