/* What a service manager is told (sd_notify(3)): datagrams to the socket that NOTIFY_SOCKET names.
 * Without one nothing is sent. */
#ifndef TC_SYNC_NOTIFY_H
#define TC_SYNC_NOTIFY_H

#include <stdint.h>

/* Lines "NAME=value" with newlines between, as "READY=1".  It cannot fail: nobody waits for it. */
void notify_send(const char *lines);

/* How often WATCHDOG=1 is due, in microseconds: half of WATCHDOG_USEC, where that is meant for this
 * process; 0: not wanted. */
int64_t notify_watchdog_us(void);

#endif
