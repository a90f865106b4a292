/* tool_proxy PORTFILE PORT FAULT [FROM [STEP]]: stands on loopback between a client and a server on
 * 127.0.0.1:PORT, and fails as it is told.  Its own port is in PORTFILE.  Counts bytes that the
 * server sent; the n-th connection (from 0) meets its fault after FROM + n * STEP of them.
 *   none   forwards
 *   cut    closes both ends
 *   stall  forwards nothing more, and keeps the connection
 *   hole   the same, and does not take what the client sends either
 *   slow   from then on one byte at a time, a hundred a second
 * It ends by itself after ten minutes. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 64 };
enum fault { FAULT_NONE, FAULT_CUT, FAULT_STALL, FAULT_HOLE, FAULT_SLOW, FAULT_COUNT };

static const char *const words[FAULT_COUNT] = {"none", "cut", "stall", "hole", "slow"};

struct link {
  int client, server; /* -1: free */
  long left;          /* bytes of the server before the fault */
};

static struct sockaddr_in at_port(uint16_t port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void hang_up(struct link *l) {
  close(l->client);
  close(l->server);
  l->client = l->server = -1;
}

static bool send_all(int fd, const char *bytes, size_t len) {
  while (len) {
    ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
    if (n <= 0)
      return false;
    bytes += n;
    len -= (size_t)n;
  }
  return true;
}

static void from_client(struct link *l) {
  char bytes[65536];
  ssize_t n = recv(l->client, bytes, sizeof bytes, 0);
  if (n <= 0 || !send_all(l->server, bytes, (size_t)n))
    hang_up(l);
}

static void from_server(struct link *l, enum fault fault) {
  char bytes[65536];
  size_t most = sizeof bytes;
  if (fault == FAULT_SLOW && l->left <= 0)
    most = 1;
  else if (fault != FAULT_NONE && (size_t)l->left < most)
    most = (size_t)l->left;
  ssize_t n = recv(l->server, bytes, most, 0);
  if (n <= 0 || !send_all(l->client, bytes, (size_t)n)) {
    hang_up(l);
    return;
  }
  l->left -= l->left >= n ? n : l->left;
  if (fault == FAULT_CUT && l->left == 0)
    hang_up(l);
}

static void accept_one(struct link *links, int listener, uint16_t port, long after, enum fault f) {
  struct sockaddr_in to = at_port(port);
  int client = accept(listener, NULL, NULL), server = socket(AF_INET, SOCK_STREAM, 0);
  size_t i = 0;
  while (i < MOST && links[i].client >= 0)
    i++;
  if (client < 0 || server < 0 || i == MOST ||
      connect(server, (struct sockaddr *)&to, sizeof to) != 0) {
    close(client);
    close(server);
    return;
  }
  links[i] = (struct link){client, server, after};
  if (f == FAULT_CUT && after == 0)
    hang_up(&links[i]);
}

static bool write_port(const char *path, int listener) {
  struct sockaddr_in mine = {.sin_family = AF_INET};
  socklen_t len = sizeof mine;
  char aside[600];
  snprintf(aside, sizeof aside, "%s.new", path);
  FILE *out = fopen(aside, "w");
  if (!out || getsockname(listener, (struct sockaddr *)&mine, &len) != 0)
    return false;
  fprintf(out, "%d", ntohs(mine.sin_port));
  return fclose(out) == 0 && rename(aside, path) == 0;
}

int main(int argc, char **argv) {
  struct link links[MOST];
  struct sockaddr_in any = at_port(0);
  enum fault fault = FAULT_COUNT;
  for (int i = 0; argc >= 4 && i < FAULT_COUNT; i++)
    if (!strcmp(argv[3], words[i]))
      fault = (enum fault)i;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (fault == FAULT_COUNT || listener < 0 ||
      bind(listener, (struct sockaddr *)&any, sizeof any) != 0 || listen(listener, 64) != 0 ||
      !write_port(argv[1], listener)) {
    fprintf(stderr, "tool_proxy: %s\n", errno ? strerror(errno) : "usage");
    return 1;
  }
  long after = argc > 4 ? strtol(argv[4], NULL, 10) : 0,
       step = argc > 5 ? strtol(argv[5], NULL, 10) : 0;
  uint16_t port = (uint16_t)strtoul(argv[2], NULL, 10);
  signal(SIGPIPE, SIG_IGN);
  alarm(600);
  for (size_t i = 0; i < MOST; i++)
    links[i] = (struct link){-1, -1, 0};
  for (;;) {
    struct pollfd p[2 * MOST + 1];
    bool slow = false;
    p[2 * MOST] = (struct pollfd){.fd = listener, .events = POLLIN};
    for (size_t i = 0; i < MOST; i++) {
      bool open = links[i].client >= 0, reached = links[i].left == 0;
      bool silent = (fault == FAULT_STALL || fault == FAULT_HOLE) && reached;
      p[2 * i] = (struct pollfd){
          .fd = open && !(silent && fault == FAULT_HOLE) ? links[i].client : -1, .events = POLLIN};
      p[2 * i + 1] =
          (struct pollfd){.fd = open && !silent ? links[i].server : -1, .events = POLLIN};
      slow = slow || (open && fault == FAULT_SLOW && reached);
    }
    if (poll(p, 2 * MOST + 1, -1) < 0)
      continue;
    for (size_t i = 0; i < MOST; i++) {
      if (links[i].client >= 0 && p[2 * i].revents)
        from_client(&links[i]);
      if (links[i].client >= 0 && p[2 * i + 1].revents)
        from_server(&links[i], fault);
    }
    if (p[2 * MOST].revents) {
      accept_one(links, listener, port, after, fault);
      after += step;
    }
    if (slow)
      poll(NULL, 0, 10);
  }
}
