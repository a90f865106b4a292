#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static tc_status fail_v(struct tc_error *err, tc_status status, const char *file, long row,
                        long column, const char *fmt, va_list args) TC_PRINTF(6, 0);

static tc_status fail_v(struct tc_error *err, tc_status status, const char *file, long row,
                        long column, const char *fmt, va_list args) {
  if (!err || err->status != TC_OK)
    return status;
  err->status = status;
  err->row = row;
  err->column = column;
  snprintf(err->file, sizeof err->file, "%s", file ? file : "");
  vsnprintf(err->text, sizeof err->text, fmt, args);
  return status;
}

tc_status tc_fail(struct tc_error *err, tc_status status, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  fail_v(err, status, NULL, 0, 0, fmt, args);
  va_end(args);
  return status;
}

tc_status tc_fail_at(struct tc_error *err, tc_status status, const char *file, long row,
                     long column, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  fail_v(err, status, file, row, column, fmt, args);
  va_end(args);
  return status;
}

tc_status tc_fail_errno(struct tc_error *err, int errnum, const char *fmt, ...) {
  tc_status status = TC_IO;
  switch (errnum) {
  case ENOSPC:
  case EDQUOT:
    status = TC_FULL;
    break;
  case EACCES:
  case EPERM:
  case EROFS:
    status = TC_DENIED;
    break;
  case ENOENT:
    status = TC_NO_INPUT;
    break;
  case ENOMEM:
    status = TC_NO_MEMORY;
    break;
  default:
    break;
  }
  if (!err || err->status != TC_OK)
    return status;
  va_list args;
  va_start(args, fmt);
  fail_v(err, status, NULL, 0, 0, fmt, args);
  va_end(args);
  size_t used = strlen(err->text);
  snprintf(err->text + used, sizeof err->text - used, ": %s", strerror(errnum));
  return status;
}

void tc_error_clear(struct tc_error *err) {
  if (err)
    *err = (struct tc_error){.status = TC_OK};
}

const char *tc_error_line(const struct tc_error *err, char *out, size_t cap) {
  if (!err->file[0])
    snprintf(out, cap, "%s", err->text);
  else if (err->row <= 0)
    snprintf(out, cap, "%s: %s", err->file, err->text);
  else if (err->column <= 0)
    snprintf(out, cap, "%s:%ld: %s", err->file, err->row, err->text);
  else
    snprintf(out, cap, "%s:%ld:%ld: %s", err->file, err->row, err->column, err->text);
  return out;
}

int tc_exit_code(tc_status status) {
  static const int codes[TC_STATUS_COUNT] = {
      [TC_OK] = EX_OK,
      [TC_DONE] = EX_OK,
      [TC_NOT_FOUND] = 1,
      [TC_INVALID] = EX_DATAERR,
      [TC_TOO_LONG] = EX_DATAERR,
      [TC_REFUSED] = EX_DATAERR,
      [TC_USAGE] = EX_USAGE,
      [TC_CONFIG] = EX_CONFIG,
      [TC_NO_INPUT] = EX_NOINPUT,
      [TC_NO_MEMORY] = EX_OSERR,
      [TC_IO] = EX_IOERR,
      [TC_FULL] = EX_IOERR,
      [TC_DENIED] = EX_NOPERM,
      [TC_BUSY] = EX_TEMPFAIL,
      [TC_UNAVAILABLE] = EX_UNAVAILABLE,
      [TC_NEVER_SYNCED] = EX_UNAVAILABLE,
      [TC_NEWER] = EX_UNAVAILABLE,
      [TC_FOREIGN] = EX_DATAERR,
      [TC_DAMAGED] = EX_DATAERR,
      [TC_BUG] = EX_SOFTWARE,
  };
  return status >= 0 && status < TC_STATUS_COUNT ? codes[status] : EX_SOFTWARE;
}
