/* A program on a terminal of its own (pty), for tests that need a real line. */
#ifndef TC_TESTS_PTY_H
#define TC_TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "base/buffer.h"

struct pty {
  int fd;
  pid_t pid;
  struct termios found; /* the line as the program found it */
  struct buffer out;    /* all that it wrote */
  size_t seen;          /* of it, looked at by pty_wait_for() */
};

enum { PTY_DEADLINE_MS = 30000 };

/* Runs body(arg) in a child on a new pty and exits with what it returns. */
bool pty_start(struct pty *p, int rows, int cols, int (*body)(void *arg), void *arg);
void pty_free(struct pty *p); /* kills what still runs */

bool pty_send(struct pty *p, const char *bytes, size_t len);
bool pty_resize(struct pty *p, int rows, int cols);

/* Reads until text was written after what was looked at before; false at the deadline. */
bool pty_wait_for(struct pty *p, const char *text);

/* Reads what comes until nothing has come for quiet_ms; returns the bytes. */
size_t pty_settle(struct pty *p, int quiet_ms);

/* Waits for the child to end (or, where stopped, to stop) while reading; its wait status, -1 at the
 * deadline. */
int pty_wait_end(struct pty *p, bool stopped);

/* True where the line is as it was found. */
bool pty_line_as_found(const struct pty *p);

#endif
