/* What the two halves of shim.so say to each other. */
#ifndef TC_TESTS_SYNC_SHIM_H
#define TC_TESTS_SYNC_SHIM_H

#include <stdbool.h>
#include <sys/types.h>

/* A disk with a cache that forgets: what is about to be done is noted, with what undoes it, until
 * it is synced.  loss_strike() takes back some of the rest and ends the process: of written bytes
 * each sector of 512 alone (lost, torn, in any order), of names in a folder all from some point on.
 */
void loss_write(int fd, off_t at, size_t len);
void loss_cut(int fd, off_t len);
void loss_sync(int fd);
void loss_name(const char *path, const char *to); /* made (to: NULL), or renamed */
void loss_unlink(const char *path);
void loss_strike(void);

#endif
