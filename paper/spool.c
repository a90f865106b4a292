#include "paper/spool.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/i18n.h"

extern char **environ;

enum { KILLED_WAIT_MS = 200 };

static bool write_all(int fd, const char *bytes, size_t len) {
  while (len) {
    ssize_t n = write(fd, bytes, len);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return false;
    bytes += n;
    len -= (size_t)n;
  }
  return true;
}

/* What lp said, its first line; "" for nothing. */
static void first_line(int fd, char *out, size_t cap) {
  ssize_t n = pread(fd, out, cap - 1, 0);
  out[n > 0 ? n : 0] = '\0';
  out[strcspn(out, "\r\n")] = '\0';
}

/* The lp that was killed and has not ended; 0: none. */
static pid_t undying;

/* Has a child ended, at most wait_ms from now?  -1: it is none of this process any more. */
static int ends_within(pid_t child, int wait_ms, int *code) {
  int64_t deadline = clock_monotonic_us() + (int64_t)wait_ms * 1000;
  for (;;) {
    pid_t got = waitpid(child, code, WNOHANG);
    if (got == child)
      return 1;
    if (got < 0 && errno != EINTR)
      return -1;
    if (clock_monotonic_us() >= deadline)
      return 0;
    nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
  }
}

/* Waits for a child that this process started, at most wait_ms; one that does not end is killed.
 * One that hangs in the kernel (a folder of a server that is gone) outlives that: it is let be, and
 * no other is started beside it. */
static bool wait_for(pid_t child, int wait_ms, int *code) {
  int ended = ends_within(child, wait_ms, code);
  if (ended == 0) {
    kill(child, SIGKILL);
    undying = ends_within(child, KILLED_WAIT_MS, code) == 0 ? child : 0;
  }
  return ended > 0;
}

/* Starts lp with the sheet as its standard input.  Signals are as a program expects them, whatever
 * a screen has done with them. */
static int start_lp(pid_t *child, const char *const *argv, int sheet, int said) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  static const int usual[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
  sigset_t none, defaults;
  int fault = posix_spawn_file_actions_init(&files);
  if (fault)
    return fault;
  fault = posix_spawnattr_init(&attributes);
  if (fault) {
    posix_spawn_file_actions_destroy(&files);
    return fault;
  }
  sigemptyset(&none);
  sigemptyset(&defaults);
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
    sigaddset(&defaults, usual[i]);
  if (!fault)
    fault = posix_spawnattr_setsigmask(&attributes, &none);
  if (!fault)
    fault = posix_spawnattr_setsigdefault(&attributes, &defaults);
  if (!fault)
    fault = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (!fault)
    fault = posix_spawn_file_actions_adddup2(&files, sheet, STDIN_FILENO);
  if (!fault)
    fault = posix_spawn_file_actions_adddup2(&files, said, STDOUT_FILENO);
  if (!fault)
    fault = posix_spawn_file_actions_adddup2(&files, said, STDERR_FILENO);
  if (!fault)
    fault = posix_spawnp(child, argv[0], &files, &attributes, (char *const *)argv, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return fault;
}

tc_status spool_printer(const struct buffer *sheet, const char *printer, const char *title,
                        int wait_ms, struct tc_error *err) {
  struct buffer bytes = BUFFER_INIT;
  const char *argv[8] = {"lp", "-s", "-t", title};
  char line[256];
  int code = 0;
  pid_t child = -1;
  if (undying && waitpid(undying, &code, WNOHANG) == 0)
    return tc_fail(err, TC_BUSY, _("the printer still has the sheet before this one"));
  undying = 0;
  if (printer[0]) {
    argv[4] = "-d";
    argv[5] = printer;
  }
  int in = memfd_create("tocsin-sheet", MFD_CLOEXEC);
  int said = memfd_create("tocsin-lp", MFD_CLOEXEC);
  emit_encode(&bytes, buffer_text(sheet), sheet->len);
  tc_status status = buffer_status(&bytes, err);
  if (status == TC_OK && (in < 0 || said < 0 || !write_all(in, buffer_text(&bytes), bytes.len) ||
                          lseek(in, 0, SEEK_SET) != 0))
    status = tc_fail_errno(err, errno, _("the sheet could not be made ready for the printer"));
  if (status == TC_OK) {
    int fault = start_lp(&child, argv, in, said);
    if (fault == ENOENT)
      status = tc_fail(err, TC_UNAVAILABLE,
                       _("there is no lp program on this machine; print to a file (--out FILE)"));
    else if (fault)
      status = tc_fail_errno(err, fault, _("lp could not be started"));
  }
  if (status == TC_OK && !wait_for(child, wait_ms, &code))
    status = tc_fail(err, TC_UNAVAILABLE, _("lp did not take the sheet within %d seconds"),
                     wait_ms / 1000);
  if (status == TC_OK && (!WIFEXITED(code) || WEXITSTATUS(code) != 0)) {
    first_line(said, line, sizeof line);
    status = tc_fail(err, TC_UNAVAILABLE, _("the sheet was not printed: %s"),
                     line[0] ? line : _("lp refused it"));
  }
  if (in >= 0)
    close(in);
  if (said >= 0)
    close(said);
  buffer_free(&bytes);
  return status;
}

/* A device or a pipe is written to, not replaced. */
static tc_status write_special(const char *path, const struct buffer *bytes, struct tc_error *err) {
  FILE *to = fopen(path, "we");
  if (!to)
    return tc_fail_errno(err, errno, "%s", path);
  tc_status status = emit_bytes(to, bytes->data, bytes->len, err);
  if (status == TC_OK)
    status = emit_finish(to, err);
  if (fclose(to) != 0 && status == TC_OK)
    status = tc_fail_errno(err, errno, "%s", path);
  return status;
}

tc_status spool_file(const struct buffer *sheet, const char *path, struct tc_error *err) {
  struct buffer bytes = BUFFER_INIT;
  struct stat st;
  emit_encode(&bytes, buffer_text(sheet), sheet->len);
  tc_status status = buffer_status(&bytes, err);
  if (status == TC_OK && strcmp(path, "-") == 0) {
    status = emit_bytes(stdout, bytes.data, bytes.len, err);
    if (status == TC_OK)
      status = emit_finish(stdout, err);
  } else if (status == TC_OK && stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
             !S_ISDIR(st.st_mode)) {
    status = write_special(path, &bytes, err);
  } else if (status == TC_OK) {
    status = file_replace(path, buffer_text(&bytes), bytes.len, 0640, err);
  }
  buffer_free(&bytes);
  return status;
}
