#include "tui/pin.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "db/journal.h"

enum { FILE_MOST = 256, FILE_MODE = 0640, TRIES_MODE = 0600 };

/* ---- the file ----------------------------------------------------------------------------------
 * "tocsin-pin 1", the hash, the CRC of the hash: a line each. */

static void path_of(char out[PATH_MAX], const char *scope_dir) {
  snprintf(out, PATH_MAX, "%s/pin", scope_dir);
}

static tc_status write_form(struct buffer *out, const char *hash, struct tc_error *err) {
  buffer_printf(out, "tocsin-pin 1\n%s\n%016" PRIx64 "\n", hash, crc64(hash, strlen(hash)));
  return buffer_status(out, err);
}

static tc_status pin_read(char hash[SECRET_HASH], const char *scope_dir, struct tc_error *err) {
  char path[PATH_MAX];
  struct buffer text = BUFFER_INIT, again = BUFFER_INIT;
  path_of(path, scope_dir);
  hash[0] = '\0';
  if (access(path, F_OK) != 0 && errno == ENOENT)
    return tc_fail(err, TC_NO_INPUT, _("no PIN is set on this terminal"));
  bool whole = file_read(&text, path, FILE_MOST, NULL) == TC_OK &&
               sscanf(buffer_text(&text), "tocsin-pin 1\n%127s", hash) == 1 &&
               secret_is_hash(hash) && write_form(&again, hash, NULL) == TC_OK &&
               strcmp(buffer_text(&again), buffer_text(&text)) == 0;
  buffer_free(&text);
  buffer_free(&again);
  return whole ? TC_OK
               : tc_fail(err, TC_DAMAGED,
                         _("the PIN of this terminal cannot be read: it must be set again; what "
                           "needs none stays open"));
}

enum pin_state pin_state(const char *scope_dir) {
  char hash[SECRET_HASH];
  tc_status status = pin_read(hash, scope_dir, NULL);
  return status == TC_OK ? PIN_SET : status == TC_NO_INPUT ? PIN_NONE : PIN_DAMAGED;
}

static tc_status check_form(const char *digits, struct tc_error *err) {
  size_t len = strlen(digits);
  bool same = true, up = true, down = true;
  if (len < PIN_LEAST || len > PIN_MOST || strspn(digits, "0123456789") != len)
    return tc_fail(err, TC_INVALID, _("a PIN is of %d to %d digits"), PIN_LEAST, PIN_MOST);
  for (size_t i = 1; i < len; i++) {
    same = same && digits[i] == digits[0];
    up = up && digits[i] == digits[i - 1] + 1;
    down = down && digits[i] == digits[i - 1] - 1;
  }
  return same || up || down
             ? tc_fail(err, TC_INVALID, _("that PIN is the first that anybody tries"))
             : TC_OK;
}

tc_status pin_set(const char *scope_dir, const char *digits, struct tc_error *err) {
  char path[PATH_MAX], hash[SECRET_HASH];
  struct buffer text = BUFFER_INIT;
  struct stat scope, made;
  path_of(path, scope_dir);
  tc_status status = check_form(digits, err);
  if (status == TC_OK && stat(scope_dir, &scope) != 0)
    status = tc_fail_errno(err, errno, _("cannot look into %s"), scope_dir);
  if (status == TC_OK)
    status = secret_hash(hash, digits, err);
  if (status == TC_OK)
    status = write_form(&text, hash, err);
  if (status == TC_OK)
    status = file_replace(path, text.data, text.len, FILE_MODE, err);
  /* Who may read the directory may try the PIN, and nobody else may read its hash. */
  if (status == TC_OK && stat(path, &made) == 0 &&
      (made.st_uid != scope.st_uid || made.st_gid != scope.st_gid) &&
      chown(path, geteuid() == 0 ? scope.st_uid : (uid_t)-1, scope.st_gid) != 0)
    status = tc_fail_errno(err, errno, _("cannot give %s to the group of its folder"), path);
  buffer_free(&text);
  return status;
}

tc_status pin_remove(const char *scope_dir, struct tc_error *err) {
  char path[PATH_MAX];
  path_of(path, scope_dir);
  if (unlink(path) != 0)
    return errno == ENOENT ? tc_fail(err, TC_NOT_FOUND, _("no PIN is set on this terminal"))
                           : tc_fail_errno(err, errno, _("cannot remove %s"), path);
  return file_sync_folder_of(path, err);
}

/* ---- wrong ones --------------------------------------------------------------------------------
 */

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

static int open_tries(const char *scope_dir, bool make) {
  char path[PATH_MAX];
  char folder[JOURNAL_PATH];
  if (make && journal_folder(folder, scope_dir, NULL) != TC_OK)
    return -1;
  snprintf(path, sizeof path, "%s/journal/pin-%lu", scope_dir, (unsigned long)getuid());
  int flags = (make ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int fd = open(path, flags, TRIES_MODE);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 && make) {
    close(fd); /* somebody tries at another terminal of the account: both count in memory */
    return -1;
  }
  return fd;
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

void pin_tries_read(struct pin_tries *out, const char *scope_dir, int64_t now) {
  int fd = open_tries(scope_dir, false);
  *out = (struct pin_tries){.wrong = 0};
  if (fd < 0)
    return;
  *out = read_tries(fd, now);
  close(fd);
}

/* Takes what is kept, where it is more than what is known here; a clock that was set back is as if
 * it had been right then: one waits from now, once. */
static void take_kept(struct pin_tries *tries, int fd, int64_t now) {
  struct pin_tries kept = fd >= 0 ? read_tries(fd, now) : *tries;
  if (kept.wrong > tries->wrong || (kept.wrong == tries->wrong && kept.at > tries->at))
    *tries = kept;
  if (tries->at > now) {
    tries->at = now;
    write_tries(tries, fd);
  }
}

enum pin_answer pin_try(const char *scope_dir, const char *digits, int64_t now,
                        struct pin_tries *tries, struct tc_error *err) {
  char hash[SECRET_HASH];
  bool right = false;
  if (pin_read(hash, scope_dir, err) != TC_OK)
    return PIN_NO;
  int fd = open_tries(scope_dir, true);
  take_kept(tries, fd, now);
  enum pin_answer answer = pin_wait_left(tries, now) > 0 ? PIN_WAIT : PIN_WRONG;
  if (answer == PIN_WRONG) {
    tries->wrong += tries->wrong < WRONG_MOST;
    tries->at = now;
    write_tries(tries, fd);
    if (secret_check(&right, hash, digits, err) != TC_OK)
      answer = PIN_NO;
  }
  if (right) {
    answer = PIN_RIGHT;
    *tries = (struct pin_tries){.at = now};
    write_tries(tries, fd);
  }
  if (fd >= 0)
    close(fd);
  return answer;
}
