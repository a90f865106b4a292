/* The folder of a generation that is made in small steps (writer_aside()): its file "aside" says
 * for which change set, of which file it is a copy, and, in a third line, that it is whole. Private
 * to db/, under the writer's lock. */
#ifndef TC_DB_ASIDE_H
#define TC_DB_ASIDE_H

#include <stdbool.h>

#include "db/generation.h"

/* Finds the one of this key, or makes a folder for it.  *ready: it was filled before.  TC_BUSY:
 * what is published is being read, so that its file is not all there is. */
TC_MUST_CHECK tc_status aside_begin(struct generation *out, const char *scope_dir, const char *key,
                                    bool empty, bool *ready, struct tc_error *err);

/* Copies the files of the published generation, from where an earlier program ended. */
TC_MUST_CHECK tc_status aside_copy(const char *scope_dir, const struct generation *g,
                                   struct tc_error *err);
/* It is filled. */
TC_MUST_CHECK tc_status aside_ready(const char *scope_dir, const struct generation *g,
                                    struct tc_error *err);
void aside_done(const char *scope_dir, const struct generation *g); /* it is published */
/* The same of one whose writer ended right behind that. */
void aside_forget(const char *scope_dir);

#endif
