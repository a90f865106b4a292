#include "tui/pin.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/secret.h"

enum { FILE_MOST = 256, FILE_MODE = 0640 };

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

/* ---- trying ------------------------------------------------------------------------------------
 */

enum pin_answer pin_try(const char *scope_dir, const char *digits, int64_t now,
                        struct pin_tries *tries, struct tc_error *err) {
  char hash[SECRET_HASH];
  bool right = false;
  if (pin_read(hash, scope_dir, err) != TC_OK)
    return PIN_NO;
  tc_status counted = pin_tries_count(tries, scope_dir, now, err);
  if (counted != TC_OK)
    return counted == TC_DENIED ? PIN_WAIT : PIN_NO;
  if (secret_check(&right, hash, digits, err) != TC_OK)
    return PIN_NO;
  if (right)
    pin_tries_forgive(tries, scope_dir, now);
  return right ? PIN_RIGHT : PIN_WRONG;
}
