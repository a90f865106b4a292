#include "db/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "db/frame.h"
#include "db/queue.h"

enum { FILE_MODE = 0640, FOLDER_MODE = 03770, LOCK_STEP_MS = 10 };

static const char first_word[] = "journal1 ";

static tc_status path_of(char out[JOURNAL_PATH], const char *scope_dir, const char *name,
                         struct tc_error *err) {
  int n = snprintf(out, JOURNAL_PATH, "%s/journal%s%s", scope_dir, *name ? "/" : "", name);
  if (n < 0 || n >= JOURNAL_PATH)
    return tc_fail(err, TC_TOO_LONG, _("the path of the journal is too long: %s"), scope_dir);
  return TC_OK;
}

static tc_status path_of_account(char out[JOURNAL_PATH], const char *scope_dir, uid_t uid,
                                 const char *suffix, struct tc_error *err) {
  char name[48];
  snprintf(name, sizeof name, "%lu%s", (unsigned long)uid, suffix);
  return path_of(out, scope_dir, name, err);
}

tc_status journal_folder(char out[JOURNAL_PATH], const char *scope_dir, struct tc_error *err) {
  struct stat st;
  tc_status status = path_of(out, scope_dir, "", err);
  if (status != TC_OK)
    return status;
  if (stat(out, &st) == 0 && S_ISDIR(st.st_mode))
    return TC_OK;
  if (mkdir(out, 0700) != 0 && errno != EEXIST)
    return tc_fail_errno(err, errno, _("cannot make the folder %s"), out);
  if (chmod(out, FOLDER_MODE) != 0) /* whatever the umask says */
    return tc_fail_errno(err, errno, _("cannot make the folder %s"), out);
  return file_sync_folder_of(out, err);
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static tc_status lock(int fd, const char *path, struct tc_error *err) {
  int64_t end = clock_monotonic_us() + JOURNAL_WAIT_MS * INT64_C(1000);
  const struct timespec step = {.tv_nsec = LOCK_STEP_MS * 1000000L};
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return tc_fail_errno(err, errno, _("cannot lock %s"), path);
    if (clock_monotonic_us() >= end)
      return tc_fail(err, TC_BUSY, _("another program holds %s"), path);
    nanosleep(&step, NULL);
  }
  return TC_OK;
}

/* Opens the file that has the name now, locked: another program of the account may just have begun
 * a new one. */
static tc_status open_locked(int *out, const char *path, struct tc_error *err) {
  for (;;) {
    struct stat mine, named;
    int fd =
        open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, FILE_MODE);
    if (fd < 0)
      return tc_fail_errno(err, errno, _("cannot open the journal %s"), path);
    tc_status status = lock(fd, path, err);
    if (status == TC_OK && fstat(fd, &mine) != 0)
      status = tc_fail_errno(err, errno, _("cannot open the journal %s"), path);
    if (status == TC_OK && (!S_ISREG(mine.st_mode) || mine.st_uid != getuid()))
      status = tc_fail(err, TC_FOREIGN, _("%s is no journal of this account"), path);
    if (status == TC_OK && stat(path, &named) == 0 && named.st_ino == mine.st_ino &&
        named.st_dev == mine.st_dev) {
      *out = fd;
      return TC_OK;
    }
    close(fd);
    if (status != TC_OK)
      return status;
  }
}

static tc_status write_synced(int fd, const struct buffer *text, const char *path,
                              struct tc_error *err) {
  const char *at = buffer_text(text);
  for (size_t left = text->len; left > 0;) {
    ssize_t n = write(fd, at, left);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return tc_fail_errno(err, errno, _("cannot write %s"), path);
    at += n;
    left -= (size_t)n;
  }
  if (fsync(fd) != 0)
    return tc_fail_errno(err, errno, _("cannot write %s"), path);
  return TC_OK;
}

/* The first frame of a new journal. */
static tc_status add_name(struct buffer *out, struct tc_error *err) {
  struct uuid uuid;
  char text[sizeof first_word + UUID_SHORT];
  tc_status status = uuid_random(&uuid, err);
  if (status != TC_OK)
    return status;
  memcpy(text, first_word, sizeof first_word - 1);
  uuid_format_short(&uuid, text + sizeof first_word - 1);
  frame_add(out, text, strlen(text));
  buffer_add_char(out, '\n');
  return TC_OK;
}

/* Begins a new journal in the place of one that was taken over whole; its lock is held. */
static tc_status turn(const char *path, const char *scope_dir, const void *record, size_t len,
                      struct tc_error *err) {
  char fresh[JOURNAL_PATH];
  struct buffer text = BUFFER_INIT;
  tc_status status = path_of_account(fresh, scope_dir, getuid(), ".new", err);
  if (status == TC_OK)
    status = add_name(&text, err);
  frame_add(&text, record, len);
  if (status == TC_OK)
    status = buffer_status(&text, err);
  if (status == TC_OK)
    status = file_replace(fresh, text.data, text.len, FILE_MODE, err);
  if (status == TC_OK && rename(fresh, path) != 0)
    status = tc_fail_errno(err, errno, _("cannot replace %s"), path);
  if (status == TC_OK)
    status = file_sync_folder_of(path, err);
  buffer_free(&text);
  return status;
}

/* Has all of it been taken over? */
static bool is_taken(const char *scope_dir, off_t size) {
  struct journal j;
  struct queue queue;
  bool taken = false;
  if (journal_open(&j, scope_dir, getuid(), NULL) == TC_OK &&
      queue_read(&queue, scope_dir, NULL) == TC_OK) {
    taken = queue_offset(&queue, getuid(), &j.name) == size;
    queue_free(&queue);
  }
  journal_close(&j);
  return taken;
}

/* Does the file end behind a whole frame?  Cheap: whatever ends a line may be followed. */
static tc_status ends_a_line(int fd, off_t size, bool *out, const char *path,
                             struct tc_error *err) {
  char last = '\n';
  if (size > 0 && pread(fd, &last, 1, size - 1) != 1)
    return tc_fail_errno(err, errno, _("cannot read %s"), path);
  *out = last == '\n';
  return TC_OK;
}

static tc_status append_locked(int fd, const char *path, const char *scope_dir, const void *record,
                               size_t len, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  struct stat st;
  bool whole_line = true;
  tc_status status = TC_OK;
  if (fstat(fd, &st) != 0)
    return tc_fail_errno(err, errno, _("cannot read %s"), path);
  if (st.st_size >= JOURNAL_TURN && is_taken(scope_dir, st.st_size))
    return turn(path, scope_dir, record, len, err);
  if (st.st_size + (off_t)len > JOURNAL_MOST)
    return tc_fail(err, TC_TOO_LONG,
                   _("the journal %s is full: tocsin-sync has not taken what is in it"), path);
  status = ends_a_line(fd, st.st_size, &whole_line, path, err);
  if (status == TC_OK && st.st_size == 0) {
    if (fchmod(fd, FILE_MODE) != 0) /* the daemon reads it, whatever the umask says */
      status = tc_fail_errno(err, errno, _("cannot open the journal %s"), path);
    if (status == TC_OK)
      status = add_name(&text, err);
  } else if (!whole_line) {
    buffer_add_char(&text, '\n'); /* a write that was cut off: the next frame begins a line */
  }
  frame_add(&text, record, len);
  if (status == TC_OK)
    status = buffer_status(&text, err);
  if (status == TC_OK)
    status = write_synced(fd, &text, path, err);
  if (status == TC_OK && st.st_size == 0)
    status = file_sync_folder_of(path, err);
  buffer_free(&text);
  return status;
}

tc_status journal_append(const char *scope_dir, const void *record, size_t len,
                         struct tc_error *err) {
  char path[JOURNAL_PATH];
  int fd = -1;
  tc_status status = journal_folder(path, scope_dir, err);
  if (status == TC_OK)
    status = path_of_account(path, scope_dir, getuid(), "", err);
  if (status == TC_OK)
    status = open_locked(&fd, path, err);
  if (status == TC_OK) {
    status = append_locked(fd, path, scope_dir, record, len, err);
    close(fd); /* and the lock is gone */
  }
  return status;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static tc_status read_whole(struct buffer *out, int fd, const char *path, struct tc_error *err) {
  enum { STEP = 64 * 1024 };
  for (;;) {
    char *to = buffer_reserve(out, STEP);
    if (!to)
      return buffer_status(out, err);
    ssize_t n = read(fd, to, STEP);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return tc_fail_errno(err, errno, _("cannot read %s"), path);
    if (n == 0)
      return TC_OK;
    out->len += (size_t)n;
  }
}

/* The first frame says the name. */
static tc_status read_name(struct journal *j, const char *path, struct tc_error *err) {
  struct frames f = {.bytes = buffer_text(&j->text), .len = j->text.len};
  const char *bytes;
  size_t len, skip = sizeof first_word - 1;
  if (!frame_next(&f, &bytes, &len)) {
    j->unfinished = j->text.len;
    j->at = j->text.len;
    return TC_OK; /* just begun, or cut off at once */
  }
  if (len != skip + UUID_SHORT - 1 || memcmp(bytes, first_word, skip) != 0 ||
      !uuid_parse_short(&j->name, bytes + skip, len - skip))
    return tc_fail(err, TC_FOREIGN, _("%s is no journal"), path);
  j->at = f.at;
  return TC_OK;
}

tc_status journal_open(struct journal *out, const char *scope_dir, uid_t uid,
                       struct tc_error *err) {
  char path[JOURNAL_PATH];
  struct stat st;
  *out = (struct journal){.text = {.limit = JOURNAL_MOST + FRAME_MAX}};
  tc_status status = path_of_account(path, scope_dir, uid, "", err);
  if (status != TC_OK)
    return status;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return tc_fail_errno(err, errno, _("cannot open the journal %s"), path);
  if (fstat(fd, &st) != 0)
    status = tc_fail_errno(err, errno, _("cannot read %s"), path);
  else if (!S_ISREG(st.st_mode) || st.st_uid != uid)
    status = tc_fail(err, TC_FOREIGN, _("%s is no journal of that account"), path);
  else
    status = read_whole(&out->text, fd, path, err);
  close(fd);
  if (status == TC_OK)
    status = read_name(out, path, err);
  return status;
}

void journal_close(struct journal *j) {
  buffer_free(&j->text);
  *j = (struct journal){.at = 0};
}

tc_status journal_next(struct journal *j, const char **bytes, size_t *len) {
  struct frames f = {.bytes = buffer_text(&j->text), .len = j->text.len, .at = j->at};
  if (!frame_next(&f, bytes, len)) {
    /* The line end before a frame is nobody's. */
    size_t rest = j->text.len - j->at;
    j->unfinished = rest == 1 && j->text.data[j->at] == '\n' ? 0 : rest;
    return TC_DONE;
  }
  j->damaged += f.damaged > 1 ? f.damaged : 0;
  j->at = f.at;
  return TC_OK;
}

static int uid_compare(const void *a, const void *b) {
  uid_t x = *(const uid_t *)a, y = *(const uid_t *)b;
  return (x > y) - (x < y);
}

tc_status journal_accounts(uid_t **out, size_t *count, const char *scope_dir,
                           struct tc_error *err) {
  char path[JOURNAL_PATH];
  tc_status status = path_of(path, scope_dir, "", err);
  *out = NULL;
  *count = 0;
  if (status != TC_OK)
    return status;
  DIR *dir = opendir(path);
  if (!dir)
    return errno == ENOENT ? TC_OK : tc_fail_errno(err, errno, _("cannot read %s"), path);
  for (struct dirent *e = readdir(dir); e && status == TC_OK; e = readdir(dir)) {
    size_t len = strlen(e->d_name);
    if (!len || len > 10 || strspn(e->d_name, "0123456789") != len)
      continue;
    uid_t *more = realloc(*out, (*count + 1) * sizeof *more);
    if (!more) {
      status = tc_fail(err, TC_NO_MEMORY, _("out of memory"));
    } else {
      *out = more;
      more[(*count)++] = (uid_t)strtoul(e->d_name, NULL, 10);
    }
  }
  closedir(dir);
  if (*count > 1)
    qsort(*out, *count, sizeof **out, uid_compare);
  return status;
}

/* ---- who writes --------------------------------------------------------------------------------
 */

void journal_terminal(struct uuid *out) {
  /* The namespace of this program's terminals: a random one, for ever. */
  static const struct uuid space = {{0x6e, 0x0c, 0x1d, 0x7a, 0x53, 0x0f, 0x4b, 0x51, 0x9a, 0x44,
                                     0x2c, 0x7e, 0x18, 0x95, 0xd3, 0x06}};
  struct buffer id = BUFFER_INIT;
  char host[256] = "";
  if (file_read(&id, "/etc/machine-id", 256, NULL) == TC_OK && id.len >= 32) {
    *out = uuid_from_name(&space, id.data, 32);
  } else {
    gethostname(host, sizeof host - 1);
    *out = uuid_from_name(&space, host, strlen(host));
  }
  buffer_free(&id);
}

void journal_account(char *out, size_t cap) {
  struct passwd entry, *found = NULL;
  char text[4096];
  if (getpwuid_r(getuid(), &entry, text, sizeof text, &found) == 0 && found)
    snprintf(out, cap, "%s", found->pw_name);
  else
    snprintf(out, cap, "%lu", (unsigned long)getuid());
}
