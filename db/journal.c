#include "db/journal.h"

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

enum {
  FILE_MODE = 0640,
  FOLDER_MODE = 03770,
  LOCK_MODE = 0600,
  LOCK_STEP_MS = 10,
  RETIRED_MOST = 64
};

static const char first_word[] = "journal1 ";

tc_status journal_folder(char out[JOURNAL_PATH], const char *scope_dir, struct tc_error *err) {
  struct stat st;
  int n = snprintf(out, JOURNAL_PATH, "%s/journal", scope_dir);
  if (n < 0 || n >= JOURNAL_PATH)
    return tc_fail(err, TC_TOO_LONG, _("the path of the journal is too long: %s"), scope_dir);
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

/* A journal while it is written. */
struct opened {
  struct journal_name name;
  int fd, lock;
  char path[JOURNAL_PATH];
};

/* A file of this account's own under a path, made where there is none.  TC_FOREIGN: something else
 * bears the name. */
static tc_status open_own(int *out, const char *path, mode_t mode, int how, struct tc_error *err) {
  struct stat st;
  int fd = open(path, how | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode), why = errno;
  *out = -1;
  if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == getuid()) {
    *out = fd;
    return TC_OK;
  }
  if (fd >= 0)
    close(fd);
  else if (lstat(path, &st) != 0 || (S_ISREG(st.st_mode) && st.st_uid == getuid()))
    return tc_fail_errno(err, why, _("cannot open the journal %s"), path);
  return tc_fail(err, TC_FOREIGN, _("%s is no journal of this account"), path);
}

/* Opens a journal, locked.  The lock is a file that its account alone can open: whoever may read a
 * journal could hold a lock of the journal itself, for ever.  Where the disk has no room for it,
 * that one does. */
static tc_status open_locked(struct opened *o, const char *scope_dir, struct tc_error *err) {
  char path[JOURNAL_PATH];
  o->fd = o->lock = -1;
  tc_status status = journal_path(o->path, scope_dir, "", &o->name, err);
  if (status == TC_OK)
    status = journal_path(path, scope_dir, "lock-", &o->name, err);
  if (status == TC_OK)
    status = open_own(&o->lock, path, LOCK_MODE, O_RDWR, err);
  bool full = status == TC_FULL;
  if (status == TC_OK)
    status = lock(o->lock, path, err);
  if (status == TC_OK || full)
    status = open_own(&o->fd, o->path, FILE_MODE, O_RDWR | O_APPEND, err);
  return status == TC_OK && full ? lock(o->fd, o->path, err) : status;
}

static void close_locked(struct opened *o) {
  if (o->fd >= 0)
    close(o->fd);
  if (o->lock >= 0)
    close(o->lock); /* and the lock is gone */
}

/* The names that may be tried, in this order: the usual one, where it is this account's; another
 * that is; the first that is free; and some that nobody guesses. */
enum { GUESSES = 8 };

static bool next_name(struct journal_name *name, const struct journal_name *own, size_t count,
                      size_t turn) {
  struct uuid any;
  if (turn < count) {
    *name = own[turn];
    return true;
  }
  turn -= count;
  *name = (struct journal_name){.uid = getuid(), .n = (uint32_t)turn};
  if (turn < JOURNAL_NUMBERED)
    return true;
  if (turn >= JOURNAL_NUMBERED + GUESSES || uuid_random(&any, NULL) != TC_OK)
    return false;
  memcpy(&name->n, any.b, sizeof name->n);
  return true;
}

static size_t leave_out_retired(struct journal_name *names, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (!names[i].retired)
      names[kept++] = names[i];
  return kept;
}

static tc_status open_any(struct opened *o, const char *scope_dir, struct tc_error *err) {
  struct journal_name *own = NULL;
  size_t count = 0, turn = 0;
  struct tc_error first = {.status = TC_OK};
  o->name = (struct journal_name){.uid = getuid()};
  if (journal_is_own(scope_dir, &o->name)) {
    tc_status status = open_locked(o, scope_dir, &first);
    if (status == TC_OK)
      return TC_OK;
    close_locked(o);
    if (status != TC_FOREIGN)
      return tc_fail(err, status, "%s", first.text);
  }
  tc_status status = journal_own_names(&own, &count, scope_dir, err);
  count = leave_out_retired(own, count);
  for (bool foreign = true; status == TC_OK && foreign;) {
    struct tc_error why = {.status = TC_OK};
    if (!next_name(&o->name, own, count, turn++)) {
      status = tc_fail(err, TC_FOREIGN, "%s", first.text);
      break;
    }
    tc_status opened = open_locked(o, scope_dir, &why);
    foreign = opened == TC_FOREIGN;
    if (opened != TC_OK) {
      close_locked(o);
      o->fd = o->lock = -1;
      if (!first.text[0])
        first = why;
      if (!foreign)
        status = tc_fail(err, opened, "%s", why.text);
    }
  }
  free(own);
  return status;
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

/* Is another to be begun in its place? */
static bool is_to_turn(const char *scope_dir, uid_t uid) {
  struct queue queue;
  bool turn = false;
  if (queue_journals(&queue, scope_dir, NULL) != TC_OK)
    return false;
  for (size_t i = 0; i < queue.journal_count; i++)
    turn = turn || (queue.journals[i].uid == uid && queue.journals[i].turn);
  queue_free(&queue);
  return turn;
}

/* Has all of it been taken over? */
static bool is_taken(const char *scope_dir, const struct journal_name *name, off_t size) {
  struct journal j;
  struct queue queue;
  bool taken = false;
  if (journal_open(&j, scope_dir, name, NULL) == TC_OK &&
      queue_read(&queue, scope_dir, NULL) == TC_OK) {
    taken = queue_offset(&queue, name->uid, &j.name) == size;
    queue_free(&queue);
  }
  journal_close(&j);
  return taken;
}

/* A name lasts when its folder is synced; a folder that may not be listed is synced with all of its
 * file system. */
static tc_status sync_name(const struct opened *o, struct tc_error *err) {
  struct tc_error why = {.status = TC_OK};
  tc_status status = file_sync_folder_of(o->path, &why);
  if (status == TC_DENIED && syncfs(o->fd) == 0)
    return TC_OK;
  return status == TC_OK ? TC_OK : tc_fail(err, status, "%s", why.text);
}

/* Makes sure that it is one with a name, and that this lasts, before any act is in it: where that
 * fails no act was written.  *size: how long it is then. */
static tc_status begin(struct opened *o, const char *scope_dir, off_t *size, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  struct stat st;
  tc_status status = TC_OK;
  if (fstat(o->fd, &st) != 0)
    return tc_fail_errno(err, errno, _("cannot read %s"), o->path);
  status = add_name(&text, err);
  if (status == TC_OK)
    status = buffer_status(&text, err);
  off_t name = (off_t)text.len;
  bool turn = status == TC_OK && st.st_size > name &&
              (st.st_size >= JOURNAL_TURN || is_to_turn(scope_dir, o->name.uid)) &&
              is_taken(scope_dir, &o->name, st.st_size);
  if (turn) { /* a new one in its place */
    file_sweep(o->path, 0);
    status = file_replace(o->path, text.data, text.len, FILE_MODE, err);
    if (status == TC_DENIED) /* the old one grows on, or its folder is synced below */
      tc_error_clear(err);
    close(o->fd);
    status = open_own(&o->fd, o->path, FILE_MODE, O_RDWR | O_APPEND, err);
    if (status == TC_OK && fstat(o->fd, &st) != 0)
      status = tc_fail_errno(err, errno, _("cannot read %s"), o->path);
  } else if (status == TC_OK && st.st_size < name) { /* new, or its name was cut off */
    if (fchmod(o->fd, FILE_MODE) != 0 || ftruncate(o->fd, 0) != 0) /* whatever the umask says */
      status = tc_fail_errno(err, errno, _("cannot open the journal %s"), o->path);
    if (status == TC_OK)
      status = write_synced(o->fd, &text, o->path, err);
    st.st_size = name;
  }
  if (status == TC_OK && st.st_size == name)
    status = sync_name(o, err);
  *size = st.st_size;
  buffer_free(&text);
  return status;
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

static tc_status append_locked(struct opened *o, const char *scope_dir, const void *record,
                               size_t len, struct tc_error *err) {
  struct buffer text = BUFFER_INIT;
  bool whole_line = true;
  off_t size = 0;
  tc_status status = begin(o, scope_dir, &size, err);
  if (status == TC_OK && size + (off_t)len > JOURNAL_MOST)
    status = tc_fail(err, TC_TOO_LONG,
                     _("the journal %s is full: tocsin-sync has not taken what is in it"), o->path);
  if (status == TC_OK)
    status = ends_a_line(o->fd, size, &whole_line, o->path, err);
  if (!whole_line)
    buffer_add_char(&text, '\n'); /* a write that was cut off: the next frame begins a line */
  frame_add(&text, record, len);
  if (status == TC_OK)
    status = buffer_status(&text, err);
  if (status == TC_OK)
    status = write_synced(o->fd, &text, o->path, err);
  buffer_free(&text);
  return status;
}

/* Was it retired while it was written?  Its reader may have passed the place by then. */
static bool is_retired(const struct opened *o) {
  struct stat named, written;
  return fstat(o->fd, &written) == 0 &&
         (lstat(o->path, &named) != 0 || named.st_ino != written.st_ino ||
          named.st_dev != written.st_dev);
}

tc_status journal_append(const char *scope_dir, const void *record, size_t len,
                         struct tc_error *err) {
  char folder[JOURNAL_PATH];
  bool again = true;
  tc_status status = journal_folder(folder, scope_dir, err);
  for (int turn = 0; again && turn < RETIRED_MOST && status == TC_OK; turn++) {
    struct opened o = {.fd = -1, .lock = -1};
    status = open_any(&o, scope_dir, err);
    if (status == TC_OK)
      status = append_locked(&o, scope_dir, record, len, err);
    again = status == TC_OK && is_retired(&o); /* twice is once: an act is known by its UUID */
    close_locked(&o);
  }
  return again && status == TC_OK
             ? tc_fail(err, TC_BUSY, _("the journal of %s is taken away while it is written"),
                       scope_dir)
             : status;
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

tc_status journal_open(struct journal *out, const char *scope_dir, const struct journal_name *name,
                       struct tc_error *err) {
  char path[JOURNAL_PATH];
  struct stat st;
  *out = (struct journal){.text = {.limit = JOURNAL_MOST + FRAME_MAX}};
  tc_status status = journal_path(path, scope_dir, "", name, err);
  if (status != TC_OK)
    return status;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return tc_fail_errno(err, errno, _("cannot open the journal %s"), path);
  if (fstat(fd, &st) != 0)
    status = tc_fail_errno(err, errno, _("cannot read %s"), path);
  else if (!S_ISREG(st.st_mode) || st.st_uid != name->uid)
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
    bool ends = rest > 0 && j->text.data[j->at] == '\n';
    rest -= rest == 1 && ends;
    bool begun = rest > 0 && frame_is_begun(j->text.data + j->at + ends, rest - ends);
    j->unfinished = begun ? rest : 0;
    j->damaged += begun || j->ended ? 0 : rest;
    j->ended = true;
    return TC_DONE;
  }
  j->damaged += f.damaged > 1 ? f.damaged : 0;
  j->at = f.at;
  return TC_OK;
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
