/* See shim.h.  SHIM_KEEP is a folder on the same disk, for names that may come back; SHIM_SEED
 * draws. */
#include "tests/sync/shim.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OPS = 65536, FILES = 256, SECTOR = 512 };

enum what { WHAT_NOTHING, WHAT_BYTES, WHAT_SIZE, WHAT_NAME, WHAT_GONE };

struct op {
  enum what what;
  dev_t dev;
  ino_t ino; /* of the file; of the folder for names */
  off_t at;  /* bytes; the size that it had */
  size_t len;
  char *was;         /* bytes that were there; a name's old path, NULL: it was made */
  char *path, *kept; /* name: the path; where the file that it replaced is kept, or NULL */
};

/* Open files are never closed: that would give up the program's locks on them. */
static struct {
  dev_t dev;
  ino_t ino;
  int fd;
} files[FILES];
static size_t file_count;
static struct op ops[OPS];
static size_t op_count;
static unsigned kept_count;

static struct op *note(enum what what, const struct stat *st) {
  if (op_count == OPS)
    abort(); /* a longer pull than the test means */
  ops[op_count] = (struct op){.what = what, .dev = st->st_dev, .ino = st->st_ino};
  return &ops[op_count++];
}

static int handle_of(const struct stat *st, int fd) {
  char path[64];
  for (size_t i = 0; i < file_count; i++)
    if (files[i].dev == st->st_dev && files[i].ino == st->st_ino)
      return files[i].fd;
  if (fd < 0 || file_count == FILES)
    return -1;
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  int handle = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  files[file_count].dev = st->st_dev;
  files[file_count].ino = st->st_ino;
  files[file_count++].fd = handle;
  return handle;
}

void loss_write(int fd, off_t at, size_t len) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
    return;
  int handle = handle_of(&st, fd);
  if (at < 0)
    at = lseek(fd, 0, SEEK_CUR);
  struct op *size = note(WHAT_SIZE, &st);
  size->at = st.st_size;
  struct op *o = note(WHAT_BYTES, &st);
  o->at = at;
  o->len = len;
  o->was = calloc(1, len + 1);
  if (o->was && syscall(SYS_pread64, handle, o->was, len, at) < 0)
    memset(o->was, 0, len);
}

void loss_cut(int fd, off_t len) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
    return;
  if (len < st.st_size)
    loss_write(fd, len, (size_t)(st.st_size - len));
  else
    note(WHAT_SIZE, &st)->at = st.st_size;
  handle_of(&st, fd);
}

void loss_sync(int fd) {
  struct stat st;
  if (fstat(fd, &st) != 0)
    return;
  for (size_t i = 0; i < op_count; i++)
    if (ops[i].dev == st.st_dev && ops[i].ino == st.st_ino)
      ops[i].what = WHAT_NOTHING;
}

static bool folder_of(const char *path, struct stat *st) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
  return stat(folder, st) == 0;
}

/* A second name for a file that is about to lose its own; NULL where there is none. */
static char *keep(const char *path) {
  char kept[PATH_MAX];
  const char *folder = getenv("SHIM_KEEP");
  snprintf(kept, sizeof kept, "%s/%d-%u", folder ? folder : ".", (int)getpid(), kept_count++);
  return syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0) == 0 ? strdup(kept) : NULL;
}

void loss_name(const char *path, const char *to) {
  struct stat folder;
  if (!folder_of(to ? to : path, &folder))
    return;
  char *kept = to ? keep(to) : NULL;
  struct op *o = note(WHAT_NAME, &folder);
  o->path = strdup(to ? to : path);
  o->was = to ? strdup(path) : NULL;
  o->kept = kept;
}

void loss_unlink(const char *path) {
  struct stat folder;
  if (!folder_of(path, &folder))
    return;
  char *kept = keep(path);
  if (!kept)
    return;
  struct op *o = note(WHAT_GONE, &folder);
  o->path = strdup(path);
  o->kept = kept;
}

static uint64_t draw(void) {
  static uint64_t seed;
  if (!seed) {
    const char *text = getenv("SHIM_SEED"), *at = getenv("SHIM_AT");
    seed = (text ? strtoull(text, NULL, 10) : 1) * 1000003 + (at ? strtoull(at, NULL, 10) : 0) + 1;
  }
  seed += UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */
  uint64_t z = seed;
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

static void take_back_bytes(const struct op *o, unsigned share) {
  struct stat st = {.st_dev = o->dev, .st_ino = o->ino};
  int handle = handle_of(&st, -1);
  for (size_t i = 0; o->was && handle >= 0 && i < o->len;) {
    size_t step = SECTOR - (size_t)(o->at + (off_t)i) % SECTOR;
    step = step < o->len - i ? step : o->len - i;
    if (draw() % 4 < share)
      syscall(SYS_pwrite64, handle, o->was + i, step, o->at + (off_t)i);
    i += step;
  }
}

static void take_back_name(const struct op *o) {
  if (o->what == WHAT_GONE) {
    syscall(SYS_renameat, AT_FDCWD, o->kept, AT_FDCWD, o->path);
    return;
  }
  if (o->was)
    syscall(SYS_renameat, AT_FDCWD, o->path, AT_FDCWD, o->was);
  else if (syscall(SYS_unlinkat, AT_FDCWD, o->path, 0) != 0)
    syscall(SYS_unlinkat, AT_FDCWD, o->path, AT_REMOVEDIR);
  if (o->kept)
    syscall(SYS_renameat, AT_FDCWD, o->kept, AT_FDCWD, o->path);
}

void loss_strike(void) {
  size_t names_from = draw() % 3 ? (op_count ? draw() % (op_count + 1) : 0) : 0;
  unsigned share = (unsigned)(draw() % 4 + 1); /* a quarter of the sectors, ... all of them */
  for (size_t i = op_count; i-- > 0;) {
    const struct op *o = &ops[i];
    struct stat st = {.st_dev = o->dev, .st_ino = o->ino};
    if (o->what == WHAT_BYTES)
      take_back_bytes(o, share);
    else if (o->what == WHAT_SIZE && draw() % 4 < share && handle_of(&st, -1) >= 0)
      syscall(SYS_ftruncate, handle_of(&st, -1), o->at);
    else if ((o->what == WHAT_NAME || o->what == WHAT_GONE) && i >= names_from)
      take_back_name(o);
  }
  kill(getpid(), SIGKILL);
}
