#include "tests/lib/pty.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

static int64_t now_ms(void) {
  return clock_monotonic_us() / 1000;
}

bool pty_start(struct pty *p, int rows, int cols, int (*body)(void *arg), void *arg) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
  int gate[2]; /* the child waits until the line has been looked at */
  memset(p, 0, sizeof *p);
  if (pipe(gate) != 0)
    return false;
  p->pid = forkpty(&p->fd, NULL, NULL, &size);
  if (p->pid == 0) {
    char go;
    close(gate[1]);
    while (read(gate[0], &go, 1) < 0 && errno == EINTR)
      ;
    close(gate[0]);
    _exit(body(arg));
  }
  close(gate[0]);
  bool good = p->pid > 0 && tcgetattr(p->fd, &p->found) == 0;
  close(gate[1]);
  return good;
}

void pty_free(struct pty *p) {
  if (p->pid > 0) {
    kill(p->pid, SIGKILL);
    waitpid(p->pid, NULL, 0);
  }
  close(p->fd);
  buffer_free(&p->out);
}

bool pty_send(struct pty *p, const char *bytes, size_t len) {
  while (len) {
    ssize_t n = write(p->fd, bytes, len);
    if (n < 0 && errno != EINTR)
      return false;
    if (n > 0) {
      bytes += n;
      len -= (size_t)n;
    }
  }
  return true;
}

bool pty_resize(struct pty *p, int rows, int cols) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
  return ioctl(p->fd, TIOCSWINSZ, &size) == 0;
}

/* One read, waiting at most that long; false: nothing came. */
static bool take(struct pty *p, int wait_ms) {
  struct pollfd polled = {.fd = p->fd, .events = POLLIN};
  char bytes[65536];
  if (poll(&polled, 1, wait_ms) <= 0 || !(polled.revents & POLLIN))
    return false;
  ssize_t n = read(p->fd, bytes, sizeof bytes);
  if (n <= 0)
    return false;
  buffer_add(&p->out, bytes, (size_t)n);
  return true;
}

bool pty_wait_for(struct pty *p, const char *text) {
  int64_t until = now_ms() + PTY_DEADLINE_MS;
  for (;;) {
    const char *from = p->out.len ? p->out.data + p->seen : "";
    const char *at = memmem(from, p->out.len - p->seen, text, strlen(text));
    if (at) {
      p->seen = (size_t)(at - p->out.data) + strlen(text);
      return true;
    }
    int64_t left = until - now_ms();
    if (left <= 0)
      return false;
    take(p, left < 100 ? (int)left : 100);
  }
}

size_t pty_settle(struct pty *p, int quiet_ms) {
  size_t before = p->out.len;
  while (take(p, quiet_ms))
    ;
  p->seen = p->out.len;
  return p->out.len - before;
}

int pty_wait_end(struct pty *p, bool stopped) {
  int64_t until = now_ms() + PTY_DEADLINE_MS;
  while (now_ms() < until) {
    int status;
    while (take(p, 20) && now_ms() < until)
      ;
    pid_t got = waitpid(p->pid, &status, WNOHANG | (stopped ? WUNTRACED : 0));
    if (got == p->pid) {
      while (take(p, 20))
        ;
      if (!WIFSTOPPED(status))
        p->pid = 0;
      return status;
    }
  }
  return -1;
}

bool pty_line_as_found(const struct pty *p) {
  struct termios now;
  return tcgetattr(p->fd, &now) == 0 && now.c_iflag == p->found.c_iflag &&
         now.c_oflag == p->found.c_oflag && now.c_lflag == p->found.c_lflag &&
         now.c_cflag == p->found.c_cflag && memcmp(now.c_cc, p->found.c_cc, sizeof now.c_cc) == 0;
}
