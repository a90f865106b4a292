/* Status codes and the one error message.
 *
 * Every function that can fail returns a tc_status and fills a struct tc_error where the fault is
 * known, once, in the user's language.  Callers pass both up unchanged; main() prints the text and
 * turns the status into an exit code (sysexits(3)). */
#ifndef TC_BASE_STATUS_H
#define TC_BASE_STATUS_H

#include <stddef.h>

#define TC_MUST_CHECK __attribute__((warn_unused_result))
#define TC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum tc_status {
  TC_OK = 0,
  TC_DONE,         /* an iterator has no further row */
  TC_NOT_FOUND,    /* nothing matches; exit code 1 */
  TC_INVALID,      /* the data breaks its grammar (file, record, number); EX_DATAERR */
  TC_TOO_LONG,     /* over a stated limit; EX_DATAERR */
  TC_REFUSED,      /* understood, and not done until told in so many words; EX_DATAERR */
  TC_USAGE,        /* the command line is wrong; EX_USAGE */
  TC_CONFIG,       /* tocsin.conf or a map is wrong; EX_CONFIG */
  TC_NO_INPUT,     /* a file is missing or cannot be read; EX_NOINPUT */
  TC_NO_MEMORY,    /* EX_OSERR */
  TC_IO,           /* reading or writing failed; EX_IOERR */
  TC_FULL,         /* the disk is full; EX_IOERR */
  TC_DENIED,       /* permission; EX_NOPERM */
  TC_BUSY,         /* another writer holds the lock; EX_TEMPFAIL */
  TC_UNAVAILABLE,  /* a service is not there; EX_UNAVAILABLE */
  TC_NEVER_SYNCED, /* there is no cache yet; EX_UNAVAILABLE */
  TC_NEWER,        /* written by a newer tocsin-sync; EX_UNAVAILABLE */
  TC_FOREIGN,      /* not a file of ours; EX_DATAERR */
  TC_DAMAGED,      /* ours, but not whole; EX_DATAERR */
  TC_BUG,          /* a state that cannot be; EX_SOFTWARE */
  TC_STATUS_COUNT
};
typedef enum tc_status tc_status;

/* One message, one line, no newline at its end.  row and column count from 1; 0: there is none. */
struct tc_error {
  tc_status status;
  char text[1024];
  char file[256];
  long row;
  long column;
};

/* Sets the message (printf) unless one is set already, and returns status.  err may be NULL. */
tc_status tc_fail(struct tc_error *err, tc_status status, const char *fmt, ...) TC_PRINTF(3, 4);

/* The same, with where: file (may be NULL), row and column (from 1, 0 for none). */
tc_status tc_fail_at(struct tc_error *err, tc_status status, const char *file, long row,
                     long column, const char *fmt, ...) TC_PRINTF(6, 7);

/* tc_fail for a failed system call: the text gets ": strerror(errno)" and the status follows errno
 * (ENOSPC/EDQUOT TC_FULL, EACCES/EPERM/EROFS TC_DENIED, ENOENT TC_NO_INPUT, ENOMEM TC_NO_MEMORY,
 * else TC_IO). */
tc_status tc_fail_errno(struct tc_error *err, int errnum, const char *fmt, ...) TC_PRINTF(3, 4);

void tc_error_clear(struct tc_error *err);

/* Writes "file:row:column: text" with the parts there are, cut at cap.  Returns out. */
const char *tc_error_line(const struct tc_error *err, char *out, size_t cap);

/* The exit code of a program that ends with status (sysexits(3); 0 for TC_OK, 1 for
 * TC_NOT_FOUND). */
int tc_exit_code(tc_status status);

#endif
