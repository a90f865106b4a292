/* Snapshots: the files of a ready made cache of one scope at one revision, compressed, in a table
 * of the source or in a file; a first load out of one is some ten times faster than building.
 *
 * The bytes, compressed as one frame (pack.h): a line "tocsin-snapshot 1 D I" and a newline, then D
 * bytes of the database and I bytes of the search index, as db/adopt.h has them.  The source's
 * table says whose they are, of which revision, and their SHA-256; a file that the source does not
 * know is of no use, and neither is anything that does not hash to what the source says. */
#ifndef TC_SYNC_SNAPSHOT_H
#define TC_SYNC_SNAPSHOT_H

#include <stdint.h>

#include "base/status.h"
#include "sync/pull.h"

enum { SNAPSHOT_VERSION = 1 };

/* Publishes, in a folder without a cache, the snapshot of the caller's audiences that the source
 * has, or that file holds (NULL: none); *head is then the header of its revision.  *expected is set
 * to its bytes while they come.  Nothing is left behind after a failure.  TC_NOT_FOUND without a
 * message: the source has none.  TC_REFUSED, TC_NEWER, TC_FOREIGN, TC_DAMAGED, TC_NO_INPUT: why
 * this one cannot be used. */
TC_MUST_CHECK tc_status snapshot_adopt(struct pg *pg, const char *scope_dir, const char *file,
                                       struct pull_header *head, int64_t *expected,
                                       struct tc_error *err);

/* Makes one of these audiences and puts it into the source's table, in place of the one before;
 * output: also into this file (NULL: none).  *head is the source's word of what is in it, with its
 * sizes; *expected is set to the records while they come. */
TC_MUST_CHECK tc_status snapshot_make(struct pg *pg, uint32_t scope, const char *output,
                                      struct pull_report *report, struct pull_header *head,
                                      struct tc_error *err);

#endif
