/* Whole files: read within a bound, replaced all at once, folders made. */
#ifndef TC_BASE_FILE_H
#define TC_BASE_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/status.h"

/* Appends the content of a file to out, at most most bytes (and out's own limit).  TC_NO_INPUT: it
 * is not there, or is a folder; TC_DENIED; TC_TOO_LONG: larger than most, nothing is added then;
 * TC_IO. */
TC_MUST_CHECK tc_status file_read(struct buffer *out, const char *path, size_t most,
                                  struct tc_error *err);

/* Replaces (or makes) a file with these bytes: written beside it, synced, renamed over it, and the
 * folder synced.  After a failure the old file is as it was and nothing is left beside it.
 * TC_FULL, TC_DENIED, TC_IO. */
TC_MUST_CHECK tc_status file_replace(const char *path, const void *bytes, size_t len, mode_t mode,
                                     struct tc_error *err);

/* Removes what file_replace() of this path left beside it where its program was killed: files of
 * this account, named as it names them, that have not been written for so many seconds.  0: only
 * where nobody else can be at it. */
void file_sweep(const char *path, int64_t older_s);

/* Writes all of these bytes to a descriptor of path, which is for the message.  TC_FULL, TC_IO. */
TC_MUST_CHECK tc_status file_write(int fd, const char *path, const void *bytes, size_t len,
                                   struct tc_error *err);

/* Makes a folder and those above it that are missing, each with this mode (less the umask).  One
 * that is there is left as it is.  TC_DENIED, TC_FULL, TC_IO (a file is in the way). */
TC_MUST_CHECK tc_status file_make_folders(const char *path, mode_t mode, struct tc_error *err);

/* A number that changes whenever the file is written or replaced; 0 where it is not there. */
uint64_t file_stamp(const char *path);

/* Syncs a file that was written through another descriptor. */
TC_MUST_CHECK tc_status file_sync(const char *path, struct tc_error *err);

/* Syncs the folder a path is in, so that a rename or a new name in it lasts. */
TC_MUST_CHECK tc_status file_sync_folder_of(const char *path, struct tc_error *err);

#endif
