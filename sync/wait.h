/* How long a terminal waits before it asks again.  Pure: chance is an argument, from 0 up to
 * UINT32_MAX. */
#ifndef TC_SYNC_WAIT_H
#define TC_SYNC_WAIT_H

#include <stdint.h>

/* Milliseconds between two rounds: every seconds, a fifth more or less, so that terminals that were
 * started together do not ask together. */
int wait_usual(int every, uint32_t chance);

/* Milliseconds after so many failures in a row (from 1): anything from nothing up to 2, 4, 8 ...
 * seconds, at most most ("full jitter": a herd comes back evenly spread). */
int wait_after_failure(unsigned failures, int most, uint32_t chance);

#endif
