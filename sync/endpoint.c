#include "sync/endpoint.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

enum { HOST_MOST = 64, PORT_MOST = 5 };

bool endpoint_read(struct endpoint *out, const char *text) {
  static const struct addrinfo numeric = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                                          .ai_family = AF_UNSPEC,
                                          .ai_socktype = SOCK_STREAM};
  char host[HOST_MOST];
  struct addrinfo *found = NULL;
  bool six = text[0] == '[';
  size_t len = strcspn(text + six, six ? "]" : ":");
  const char *port = text + six + len + (six && text[six + len]);
  if (!len || len >= sizeof host || *port != ':')
    return false;
  port++;
  size_t digits = strspn(port, "0123456789");
  if (!digits || digits > PORT_MOST || port[digits])
    return false;
  long number = strtol(port, NULL, 10);
  if (number < 1 || number > 65535)
    return false;
  memcpy(host, text + six, len);
  host[len] = '\0';
  if (getaddrinfo(host, port, &numeric, &found) != 0)
    return false;
  bool fits =
      found->ai_addrlen <= sizeof out->address && found->ai_family == (six ? AF_INET6 : AF_INET);
  if (fits) {
    memcpy(&out->address, found->ai_addr, found->ai_addrlen);
    out->len = found->ai_addrlen;
  }
  freeaddrinfo(found);
  return fits;
}
