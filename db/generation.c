#include "db/generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "db/cache.h"

enum {
  FOLDER_MODE = 0750,
  FILE_MODE = 0640,
  LOCK_MODE = 0600, /* who could read it could hold it, and keep the writer away */
  NUMBER_MAX = 999999999
};

static tc_status path_of(char *out, size_t cap, const char *scope_dir, const char *below,
                         struct tc_error *err) {
  int n = snprintf(out, cap, "%s/cache%s%s", scope_dir, *below ? "/" : "", below);
  if (n < 0 || (size_t)n >= cap)
    return tc_fail(err, TC_TOO_LONG, _("the path of the cache is too long: %s"), scope_dir);
  return TC_OK;
}

/* A decimal number up to NUMBER_MAX, to the end or to stop; -1 for anything else. */
static int64_t read_number(const char **at, char stop) {
  int64_t n = 0;
  const char *p = *at;
  if (*p < '1' || *p > '9')
    return -1;
  for (; *p >= '0' && *p <= '9'; p++) {
    n = n * 10 + (*p - '0');
    if (n > NUMBER_MAX)
      return -1;
  }
  if (*p != stop)
    return -1;
  *at = p + (stop ? 1 : 0);
  return n;
}

tc_status generation_current(struct generation *out, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  struct buffer text = BUFFER_INIT;
  struct tc_error why = {.status = TC_OK};
  tc_status status = path_of(path, sizeof path, scope_dir, "current", err);
  if (status != TC_OK)
    return status;
  status = file_read(&text, path, 64, &why);
  if (status == TC_NO_INPUT) {
    status = tc_fail(err, TC_NEVER_SYNCED,
                     _("there is no directory in %s yet; run tocsin-sync pull, or tocsin-sync "
                       "import with --cache %s"),
                     scope_dir, scope_dir);
  } else if (status != TC_OK) {
    status = tc_fail(err, status, "%s", why.text);
  } else {
    const char *at = buffer_text(&text);
    int64_t format = read_number(&at, '/'), number = format > 0 ? read_number(&at, '\n') : -1;
    if (number <= 0 || *at)
      status = tc_fail(err, TC_DAMAGED, _("%s does not name a generation; load the directory anew"),
                       path);
    else if (format > CACHE_FORMAT)
      status = tc_fail(err, TC_NEWER,
                       _("%s was written by a newer tocsin-sync (format %lld; this program reads "
                         "up to %d); install the same version here"),
                       path, (long long)format, CACHE_FORMAT);
    *out = (struct generation){(int)format, number};
  }
  buffer_free(&text);
  return status;
}

tc_status generation_path(char out[GENERATION_PATH], const char *scope_dir,
                          const struct generation *g, struct tc_error *err) {
  char below[64];
  snprintf(below, sizeof below, "%d/%lld/directory.db", g->format, (long long)g->number);
  return path_of(out, GENERATION_PATH, scope_dir, below, err);
}

tc_status generation_folder(char out[GENERATION_PATH], const char *scope_dir,
                            const struct generation *g, struct tc_error *err) {
  char below[64];
  snprintf(below, sizeof below, "%d/%lld", g->format, (long long)g->number);
  return path_of(out, GENERATION_PATH, scope_dir, below, err);
}

/* The highest generation of a format below `under`; 0 for none. */
static int64_t highest(const char *scope_dir, int format, int64_t under) {
  char path[GENERATION_PATH], below[32];
  int64_t best = 0;
  snprintf(below, sizeof below, "%d", format);
  if (path_of(path, sizeof path, scope_dir, below, NULL) != TC_OK)
    return 0;
  DIR *dir = opendir(path);
  if (!dir)
    return 0;
  for (struct dirent *d; (d = readdir(dir));) {
    const char *at = d->d_name;
    int64_t n = read_number(&at, '\0');
    if (n > best && n < under)
      best = n;
  }
  closedir(dir);
  return best;
}

bool generation_previous(struct generation *out, const char *scope_dir,
                         const struct generation *g) {
  *out = (struct generation){g->format, highest(scope_dir, g->format, g->number)};
  return out->number > 0;
}

bool generation_unpublished(struct generation *out, const char *scope_dir) {
  struct generation current = {CACHE_FORMAT, 0};
  tc_status status = generation_current(&current, scope_dir, NULL);
  *out = (struct generation){CACHE_FORMAT, highest(scope_dir, CACHE_FORMAT, INT64_MAX)};
  return (status == TC_OK || status == TC_NEVER_SYNCED) && current.format == CACHE_FORMAT &&
         out->number > current.number;
}

/* Is it a file of a generation? */
static bool is_ours(const char *name) {
  static const char *const names[] = {
      "directory.db", "directory.db-wal", "directory.db-shm", "directory.db-journal", "spool",
      "aside"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0)
      return true;
  return strncmp(name, "words.", 6) == 0;
}

tc_status generation_erase(const char *scope_dir, const struct generation *g,
                           struct tc_error *err) {
  char path[GENERATION_PATH], file[GENERATION_PATH + 300];
  tc_status status = generation_folder(path, scope_dir, g, err);
  if (status != TC_OK)
    return status;
  DIR *dir = opendir(path);
  if (!dir)
    return errno == ENOENT ? TC_OK : tc_fail_errno(err, errno, _("cannot remove %s"), path);
  for (const struct dirent *d; (d = readdir(dir));)
    if (is_ours(d->d_name)) {
      snprintf(file, sizeof file, "%s/%s", path, d->d_name);
      if (unlink(file) != 0 && errno != ENOENT && status == TC_OK)
        status = tc_fail_errno(err, errno, _("cannot remove %s"), file);
    }
  closedir(dir);
  if (status != TC_OK || rmdir(path) == 0)
    return status == TC_OK ? file_sync_folder_of(path, err) : status;
  if (errno != ENOTEMPTY && errno != EEXIST)
    return tc_fail_errno(err, errno, _("cannot remove %s"), path);
  snprintf(file, sizeof file, "%s/.", path);
  return file_sync_folder_of(file, err); /* something that is not ours keeps the folder */
}

void generation_remove(const char *scope_dir, const struct generation *g) {
  tc_status status = generation_erase(scope_dir, g, NULL);
  (void)status; /* the next writer comes by here again */
}

/* What builds that were killed left behind: generations above the published one, or all where there
 * never was one; nobody has opened them.  With a pointer that cannot be read nothing is touched. */
static void remove_unpublished(const char *scope_dir) {
  struct generation left;
  while (generation_unpublished(&left, scope_dir)) {
    generation_remove(scope_dir, &left);
    if (highest(scope_dir, CACHE_FORMAT, INT64_MAX) == left.number)
      return; /* it holds something that is not ours */
  }
}

tc_status generation_make(struct generation *out, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  remove_unpublished(scope_dir);
  *out = (struct generation){CACHE_FORMAT, highest(scope_dir, CACHE_FORMAT, INT64_MAX) + 1};
  if (out->number > NUMBER_MAX)
    return tc_fail(err, TC_TOO_LONG, _("no further generation can be numbered in %s"), scope_dir);
  tc_status status = generation_folder(path, scope_dir, out, err);
  return status == TC_OK ? file_make_folders(path, FOLDER_MODE, err) : status;
}

tc_status generation_publish(const char *scope_dir, const struct generation *g,
                             struct tc_error *err) {
  char path[GENERATION_PATH], text[64];
  tc_status status = path_of(path, sizeof path, scope_dir, "current", err);
  if (status != TC_OK)
    return status;
  int n = snprintf(text, sizeof text, "%d/%lld\n", g->format, (long long)g->number);
  return file_replace(path, text, (size_t)n, FILE_MODE, err);
}

void generation_tidy(const char *scope_dir, const struct generation *published) {
  struct generation keep, old;
  if (!generation_previous(&keep, scope_dir, published))
    return;
  for (old = keep; generation_previous(&old, scope_dir, &old);)
    generation_remove(scope_dir, &old);
}

void generation_leave(const char *scope_dir, bool made) {
  char path[GENERATION_PATH], format[16];
  snprintf(format, sizeof format, "%d", CACHE_FORMAT);
  if (path_of(path, sizeof path, scope_dir, "lock", NULL) == TC_OK)
    unlink(path);
  if (path_of(path, sizeof path, scope_dir, format, NULL) == TC_OK)
    rmdir(path);
  if (path_of(path, sizeof path, scope_dir, "", NULL) == TC_OK)
    rmdir(path);
  if (made)
    rmdir(scope_dir);
}

/* Whoever held it may have taken the file away (generation_leave()) before this one locked it. */
static bool is_gone(int lock) {
  struct stat st;
  return fstat(lock, &st) != 0 || st.st_nlink == 0;
}

tc_status generation_lock(int *fd, const char *scope_dir, struct tc_error *err) {
  char path[GENERATION_PATH];
  *fd = -1;
  tc_status status = path_of(path, sizeof path, scope_dir, "", err);
  if (status == TC_OK)
    status = file_make_folders(path, FOLDER_MODE, err);
  if (status == TC_OK)
    status = path_of(path, sizeof path, scope_dir, "lock", err);
  if (status != TC_OK)
    return status;
  int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, LOCK_MODE);
  if (lock < 0)
    return tc_fail_errno(err, errno, "%s", path);
  (void)!fchmod(lock, LOCK_MODE); /* an older program's is the group's to read */
  bool held = flock(lock, LOCK_EX | LOCK_NB) == 0;
  if (!held || is_gone(lock)) {
    status = held || errno == EWOULDBLOCK
                 ? tc_fail(err, TC_BUSY,
                           _("another tocsin-sync is writing %s; try again when it "
                             "has ended"),
                           scope_dir)
                 : tc_fail_errno(err, errno, "%s", path);
    close(lock);
    return status;
  }
  if (path_of(path, sizeof path, scope_dir, "current", NULL) == TC_OK)
    file_sweep(path, 0);
  *fd = lock;
  return TC_OK;
}

uint64_t generation_stamp(const char *scope_dir) {
  char path[GENERATION_PATH];
  struct stat st;
  if (path_of(path, sizeof path, scope_dir, "current", NULL) != TC_OK || stat(path, &st) != 0)
    return 0;
  return ((uint64_t)st.st_ino << 32) ^ (uint64_t)st.st_mtim.tv_sec * 1000003u ^
         (uint64_t)st.st_mtim.tv_nsec;
}
