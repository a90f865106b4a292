#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

enum { READ_STEP = 64 * 1024 };

tc_status file_read(struct buffer *out, const char *path, size_t most, struct tc_error *err) {
  tc_status status = TC_OK;
  size_t before = out->len;
  struct stat st;
  /* Not waiting for a writer where it is a pipe without one: that reads as empty. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    return tc_fail_errno(err, errno, _("cannot open %s"), path);
  if (fstat(fd, &st) != 0) {
    status = tc_fail_errno(err, errno, _("cannot read %s"), path);
    goto out;
  }
  if (S_ISDIR(st.st_mode)) {
    status = tc_fail(err, TC_NO_INPUT, _("%s is a folder; a file is needed"), path);
    goto out;
  }
  if (S_ISREG(st.st_mode) && st.st_size > 0 && (uintmax_t)st.st_size > most) {
    status = tc_fail(err, TC_TOO_LONG, _("%s has %jd bytes; at most %zu are read"), path,
                     (intmax_t)st.st_size, most);
    goto out;
  }
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0) {
    status = tc_fail_errno(err, errno, _("cannot read %s"), path);
    goto out;
  }
  for (;;) {
    char *to = buffer_reserve(out, READ_STEP);
    if (!to) {
      status = buffer_status(out, err);
      goto out;
    }
    ssize_t n = read(fd, to, READ_STEP);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      status = tc_fail_errno(err, errno, _("cannot read %s"), path);
      goto out;
    }
    if (n == 0)
      break;
    out->len += (size_t)n;
    if (out->len - before > most) {
      status =
          tc_fail(err, TC_TOO_LONG, _("%s has more than the %zu bytes that are read"), path, most);
      goto out;
    }
  }
out:
  close(fd);
  if (status != TC_OK)
    out->len = before;
  if (out->data)
    out->data[out->len] = '\0';
  return status;
}

static int write_all(int fd, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t n = write(fd, bytes, len);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    bytes += n;
    len -= (size_t)n;
  }
  return 0;
}

tc_status file_write(int fd, const char *path, const void *bytes, size_t len,
                     struct tc_error *err) {
  return write_all(fd, bytes, len) == 0 ? TC_OK : tc_fail_errno(err, errno, "%s", path);
}

uint64_t file_stamp(const char *path) {
  struct stat st;
  if (stat(path, &st) != 0)
    return 0;
  const uint64_t parts[] = {(uint64_t)st.st_ino, (uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec,
                            (uint64_t)st.st_mtim.tv_nsec};
  uint64_t stamp = 1;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    stamp = (stamp ^ parts[i]) * UINT64_C(1099511628211);
  return stamp;
}

tc_status file_sync(const char *path, struct tc_error *err) {
  tc_status status = TC_OK;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return tc_fail_errno(err, errno, _("cannot open %s"), path);
  if (fsync(fd) != 0)
    status = tc_fail_errno(err, errno, _("cannot sync %s"), path);
  close(fd);
  return status;
}

tc_status file_sync_folder_of(const char *path, struct tc_error *err) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t n = slash ? (size_t)(slash - path) : 0;
  if (n >= sizeof folder)
    return tc_fail(err, TC_TOO_LONG, _("the path %s is too long"), path);
  if (!slash)
    snprintf(folder, sizeof folder, ".");
  else if (n == 0)
    snprintf(folder, sizeof folder, "/");
  else
    snprintf(folder, sizeof folder, "%.*s", (int)n, path);
  int fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  if (fd < 0)
    return tc_fail_errno(err, errno, _("cannot open the folder %s"), folder);
  tc_status status = TC_OK;
  /* A file system that cannot sync a folder says EINVAL; there is nothing more to do then. */
  if (fsync(fd) != 0 && errno != EINVAL)
    status = tc_fail_errno(err, errno, _("cannot sync the folder %s"), folder);
  close(fd);
  return status;
}

tc_status file_replace(const char *path, const void *bytes, size_t len, mode_t mode,
                       struct tc_error *err) {
  char beside[PATH_MAX];
  tc_status status = TC_OK;
  int n = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
  if (n < 0 || (size_t)n >= sizeof beside)
    return tc_fail(err, TC_TOO_LONG, _("the path %s is too long"), path);
  int fd = mkostemp(beside, O_CLOEXEC);
  if (fd < 0)
    return tc_fail_errno(err, errno, _("cannot write beside %s"), path);
  if (fchmod(fd, mode) != 0 || write_all(fd, bytes, len) != 0 || fsync(fd) != 0)
    status = tc_fail_errno(err, errno, _("cannot write %s"), path);
  if (close(fd) != 0 && status == TC_OK)
    status = tc_fail_errno(err, errno, _("cannot write %s"), path);
  if (status == TC_OK && rename(beside, path) != 0)
    status = tc_fail_errno(err, errno, _("cannot replace %s"), path);
  if (status != TC_OK) {
    unlink(beside);
    return status;
  }
  return file_sync_folder_of(path, err);
}

/* Is it PATH's name, a point and six signs, of which not all are figures (a journal's number may be
 * such)? */
static bool is_beside(const char *found, const char *name) {
  size_t n = strlen(name);
  return !strncmp(found, name, n) && found[n] == '.' && strlen(found + n) == 7 &&
         strspn(found + n + 1, "0123456789") < 6 && !strpbrk(found + n + 1, ".-_");
}

void file_sweep(const char *path, int64_t older_s) {
  char folder[PATH_MAX], file[PATH_MAX + 300];
  const char *slash = strrchr(path, '/');
  struct stat st;
  if (!slash || (size_t)(slash - path) >= sizeof folder)
    return;
  snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
  DIR *dir = opendir(folder);
  for (const struct dirent *d; dir && (d = readdir(dir));) {
    if (!is_beside(d->d_name, slash + 1))
      continue;
    snprintf(file, sizeof file, "%s%s", folder, d->d_name);
    if (lstat(file, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        (!older_s || (int64_t)st.st_mtim.tv_sec + older_s <= (int64_t)time(NULL)))
      unlink(file);
  }
  if (dir)
    closedir(dir);
}

tc_status file_make_folders(const char *path, mode_t mode, struct tc_error *err) {
  char part[PATH_MAX];
  size_t len = strlen(path);
  if (len == 0 || len >= sizeof part)
    return tc_fail(err, TC_IO, _("%s cannot be the name of a folder"), len ? path : "\"\"");
  for (size_t i = 1; i <= len; i++) {
    if (path[i] != '/' && path[i] != '\0')
      continue;
    memcpy(part, path, i);
    part[i] = '\0';
    if (mkdir(part, mode) == 0)
      continue;
    int why = errno;
    struct stat st;
    /* Also where it is there and may not be written: EROFS, EACCES. */
    if (stat(part, &st) == 0 && S_ISDIR(st.st_mode))
      continue;
    if (why == EEXIST || why == ENOTDIR)
      return tc_fail(err, TC_IO, _("cannot make the folder %s: a file is in its place"), part);
    return tc_fail_errno(err, why, _("cannot make the folder %s"), part);
  }
  return TC_OK;
}
