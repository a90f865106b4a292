#include "tui/pin_tries.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "db/journal.h"

enum {
  FILE_MODE = 0600,
  NAMES = 8,         /* that are tried where another account has taken some */
  LOCK_US = 2000000, /* that a lock is waited for: it is held for a write, not for a PIN */
  LOCK_STEP_MS = 10
};

int64_t pin_wait_after(unsigned wrong) {
  int64_t wait = PIN_WAIT_S;
  if (wrong < PIN_TRIES)
    return 0;
  for (unsigned n = PIN_TRIES; n < wrong && wait < PIN_WAIT_MOST_S; n++)
    wait *= 2;
  return wait < PIN_WAIT_MOST_S ? wait : PIN_WAIT_MOST_S;
}

int64_t pin_wait_left(const struct pin_tries *t, int64_t now) {
  int64_t wait = pin_wait_after(t->wrong), passed = now - t->at;
  return passed < 0 ? wait : passed < wait ? wait - passed : 0;
}

/* ---- the file ----------------------------------------------------------------------------------
 * SCOPE/journal/pin-UID.  The folder is all accounts' of the group, so that another one may have
 * made what bears the name: then pin-UID.1 and so on. */

/* -1 with errno: it cannot be had; EPERM: something of another account's bears the name. */
static int open_name(const char *scope_dir, int name, int how) {
  char path[PATH_MAX], suffix[8] = "";
  struct stat st;
  if (name)
    snprintf(suffix, sizeof suffix, ".%d", name);
  snprintf(path, sizeof path, "%s/journal/pin-%lu%s", scope_dir, (unsigned long)getuid(), suffix);
  int fd = open(path, how | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, FILE_MODE), why = errno;
  if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == getuid() &&
      st.st_nlink == 1)
    return fd;
  if (fd >= 0)
    close(fd);
  errno = fd >= 0 || lstat(path, &st) == 0 ? EPERM : why;
  return -1;
}

/* The first that is ours, to be written; *foreign: there is none, since others have taken all. */
static int open_tries(const char *scope_dir, bool *foreign) {
  char folder[JOURNAL_PATH];
  int fd = -1;
  *foreign = false;
  if (journal_folder(folder, scope_dir, NULL) != TC_OK)
    return -1;
  for (int name = 0; name < NAMES && fd < 0; name++) {
    fd = open_name(scope_dir, name, O_RDWR | O_CREAT);
    if (fd < 0 && errno != EPERM)
      return -1;
  }
  *foreign = fd < 0;
  return fd;
}

static bool lock(int fd) {
  int64_t until = clock_monotonic_us() + LOCK_US;
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if ((errno != EWOULDBLOCK && errno != EINTR) || clock_monotonic_us() >= until)
      return false;
    poll(NULL, 0, LOCK_STEP_MS);
  }
  return true;
}

/* Two numbers of so many figures, a blank between them and a line end. */
enum {
  WRONG_TEXT = 10,
  AT_TEXT = 20,
  TRIES_BYTES = WRONG_TEXT + AT_TEXT + 2,
  WRONG_MOST = 1000000
};

/* What is kept, as it is kept; where it cannot be read, as many as make one wait. */
static struct pin_tries read_tries(int fd, int64_t now) {
  struct pin_tries kept = {.wrong = 0};
  char text[TRIES_BYTES + 1] = "";
  ssize_t n = pread(fd, text, TRIES_BYTES, 0);
  if (n == 0)
    return kept;
  static const char digits[] = "0123456789";
  if (n != TRIES_BYTES || strspn(text, digits) != WRONG_TEXT || text[WRONG_TEXT] != ' ' ||
      strspn(text + WRONG_TEXT + 1, digits) != AT_TEXT || text[TRIES_BYTES - 1] != '\n')
    return (struct pin_tries){.wrong = PIN_TRIES, .at = now};
  unsigned long wrong = strtoul(text, NULL, 10);
  kept.wrong = wrong < WRONG_MOST ? (unsigned)wrong : WRONG_MOST;
  kept.at = strtoll(text + WRONG_TEXT + 1, NULL, 10);
  return kept;
}

static bool write_tries(const struct pin_tries *t, int fd) {
  char text[TRIES_BYTES + 1];
  snprintf(text, sizeof text, "%010u %020" PRId64 "\n", t->wrong, t->at > 0 ? t->at : 0);
  return fd >= 0 && pwrite(fd, text, TRIES_BYTES, 0) == TRIES_BYTES && fdatasync(fd) == 0;
}

static bool is_more(const struct pin_tries *a, const struct pin_tries *b) {
  return a->wrong > b->wrong || (a->wrong == b->wrong && a->at > b->at);
}

/* ---- counting ----------------------------------------------------------------------------------
 */

static bool is_empty(int fd) {
  struct stat st;
  return fstat(fd, &st) == 0 && st.st_size == 0;
}

void pin_tries_make(const char *scope_dir) {
  bool foreign;
  int fd = open_tries(scope_dir, &foreign);
  if (fd >= 0 && is_empty(fd) && lock(fd) && is_empty(fd))
    write_tries(&(struct pin_tries){.wrong = 0}, fd);
  if (fd >= 0)
    close(fd);
}

void pin_tries_read(struct pin_tries *out, const char *scope_dir, int64_t now) {
  *out = (struct pin_tries){.wrong = 0};
  for (int name = 0; name < NAMES; name++) {
    int fd = open_name(scope_dir, name, O_RDONLY);
    if (fd < 0)
      continue;
    struct pin_tries kept = read_tries(fd, now);
    if (is_more(&kept, out))
      *out = kept;
    close(fd);
  }
}

tc_status pin_tries_count(struct pin_tries *tries, const char *scope_dir, int64_t now,
                          struct tc_error *err) {
  bool foreign;
  int fd = open_tries(scope_dir, &foreign);
  if (foreign)
    return tc_fail(err, TC_FOREIGN,
                   _("wrong PINs cannot be counted: another account has made files of their name "
                     "beside the journals"));
  if (fd >= 0 && !lock(fd)) {
    close(fd);
    return tc_fail(err, TC_BUSY, _("other terminals are trying the PIN: try again"));
  }
  struct pin_tries kept;
  pin_tries_read(&kept, scope_dir, now);
  if (is_more(&kept, tries))
    *tries = kept;
  /* A clock that was set back is as if it had been right then: one waits from now, once. */
  bool write = tries->at > now;
  tries->at = write ? now : tries->at;
  bool wait = pin_wait_left(tries, now) > 0;
  if (!wait) {
    tries->wrong += tries->wrong < WRONG_MOST;
    tries->at = now;
  }
  if (write || !wait)
    write_tries(tries, fd);
  if (fd >= 0)
    close(fd);
  return wait ? TC_DENIED : TC_OK;
}

void pin_tries_forgive(struct pin_tries *tries, const char *scope_dir, int64_t now) {
  const struct pin_tries none = {.at = now};
  for (int name = 0; name < NAMES; name++) {
    int fd = open_name(scope_dir, name, O_RDWR);
    if (fd >= 0 && lock(fd)) {
      struct pin_tries kept = read_tries(fd, now);
      if (!is_more(&kept, tries))
        write_tries(&none, fd);
    }
    if (fd >= 0)
      close(fd);
  }
  *tries = none;
}
