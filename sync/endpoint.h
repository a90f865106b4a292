/* Where a probe connects to: a numeric address and a port, "192.0.2.7:5060" or "[2001:db8::7]:5060"
 * (RFC 3986, section 3.2.2).  No names: one that cannot be looked up says nothing of who bears it.
 */
#ifndef TC_SYNC_ENDPOINT_H
#define TC_SYNC_ENDPOINT_H

#include <stdbool.h>
#include <sys/socket.h>

struct endpoint {
  struct sockaddr_storage address;
  socklen_t len;
};

/* False: it is not as above. */
bool endpoint_read(struct endpoint *out, const char *text);

#endif
