#include "sync/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void notify_send(const char *lines) {
  const char *path = getenv("NOTIFY_SOCKET");
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  if (!path || (*path != '/' && *path != '@') || strlen(path) >= sizeof to.sun_path)
    return;
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  size_t len = strlen(path);
  memcpy(to.sun_path, path, len);
  if (*path == '@') /* an abstract name begins with a NUL */
    to.sun_path[0] = '\0';
  (void)sendto(fd, lines, strlen(lines), MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *)&to,
               (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
  close(fd);
}

int64_t notify_watchdog_us(void) {
  const char *us = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
  if (!us || (pid && strtoll(pid, NULL, 10) != (long long)getpid()))
    return 0;
  long long n = strtoll(us, NULL, 10);
  return n > 0 ? n / 2 : 0;
}
