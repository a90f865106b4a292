/* shim.so: in front of libc, counts the calls that change a disk, and at the one that SHIM_AT says
 * does what SHIM_DO says: stop (SIGSTOP, before the call), eio, full (that call and every later one
 * fails), lose (the power fails before the call: shim.h); nomem: shim_memory.c.  For tests alone:
 * LD_PRELOAD. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "tests/sync/shim.h"

static long count;
static int loses; /* what is done is noted */

/* Sockets and terminals are no disk. */
static int is_disk(int fd) {
  struct stat st;
  return fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* SQLite makes room for the memory that its processes share by a byte in each page of that file:
 * one step, not eight. */
static int makes_room(int fd, size_t len) {
  static dev_t dev;
  static ino_t ino;
  struct stat st = {.st_ino = 0};
  int more = len == 1 && fstat(fd, &st) == 0 && st.st_dev == dev && st.st_ino == ino;
  dev = st.st_dev;
  ino = st.st_ino;
  return more;
}

/* 0: go on; else the errno to fail with.  more: of the step before. */
static int step_of(int more) {
  const char *at = getenv("SHIM_AT"), *what = getenv("SHIM_DO");
  if (!at || !what || !strncmp(what, "nomem", 5))
    return 0;
  long n = __atomic_add_fetch(&count, more ? 0 : 1, __ATOMIC_SEQ_CST),
       wanted = strtol(at, NULL, 10);
  if (!strcmp(what, "stop")) {
    if (n == wanted && !more)
      kill(getpid(), SIGSTOP);
    return 0;
  }
  if (!strcmp(what, "lose")) {
    loses = 1;
    if (n == wanted && !more)
      loss_strike();
    return 0;
  }
  return n >= wanted ? (!strcmp(what, "full") ? ENOSPC : EIO) : 0;
}

static int step(void) {
  makes_room(-1, 0);
  return step_of(0);
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

static int failed(int error) {
  errno = error;
  return -1;
}

ssize_t write(int fd, const void *bytes, size_t len) {
  int e = is_disk(fd) ? step() : 0;
  if (loses)
    loss_write(fd, -1, len);
  return e ? failed(e) : REAL(ssize_t, "write", int, const void *, size_t)(fd, bytes, len);
}
ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at) {
  int e = step_of(makes_room(fd, len));
  if (loses)
    loss_write(fd, at, len);
  return e ? failed(e)
           : REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)(fd, bytes, len, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at) {
  int e = step_of(makes_room(fd, len));
  if (loses)
    loss_write(fd, at, len);
  return e ? failed(e)
           : REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)(fd, bytes, len, at);
}
int fsync(int fd) {
  int e = step();
  if (loses)
    loss_sync(fd);
  return e == ENOSPC || !e ? REAL(int, "fsync", int)(fd) : failed(e);
}
int fdatasync(int fd) {
  int e = step();
  if (loses)
    loss_sync(fd);
  return e == ENOSPC || !e ? REAL(int, "fdatasync", int)(fd) : failed(e);
}
int ftruncate64(int fd, off64_t len) {
  int e = step();
  if (loses)
    loss_cut(fd, len);
  return e ? failed(e) : REAL(int, "ftruncate64", int, off64_t)(fd, len);
}
int ftruncate(int fd, off_t len) {
  int e = step();
  if (loses)
    loss_cut(fd, len);
  return e ? failed(e) : REAL(int, "ftruncate", int, off_t)(fd, len);
}
int rename(const char *from, const char *to) {
  int e = step();
  if (loses)
    loss_name(from, to);
  return e ? failed(e) : REAL(int, "rename", const char *, const char *)(from, to);
}
int unlink(const char *path) {
  int e = step();
  if (loses)
    loss_unlink(path);
  return e && e != ENOSPC ? failed(e) : REAL(int, "unlink", const char *)(path);
}
int mkdir(const char *path, mode_t mode) {
  int e = step();
  if (loses && access(path, F_OK) != 0)
    loss_name(path, NULL);
  return e ? failed(e) : REAL(int, "mkdir", const char *, mode_t)(path, mode);
}

/* A file that is made is a name that can be lost. */
static int open_noted(const char *path, int flags, mode_t mode) {
  if (loses && (flags & O_CREAT) && access(path, F_OK) != 0)
    loss_name(path, NULL);
  return REAL(int, "open64", const char *, int, ...)(path, flags, mode);
}
#define OPEN(name)                                                                                 \
  int name(const char *path, int flags, ...) {                                                     \
    va_list more;                                                                                  \
    va_start(more, flags);                                                                         \
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;                                      \
    va_end(more);                                                                                  \
    return open_noted(path, flags, mode);                                                          \
  }
OPEN(open)
OPEN(open64)
