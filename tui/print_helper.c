#include "tui/print_helper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "paper/spool.h"

enum { ANSWER_TEXT = 256, ANSWER_WAIT_MS = 2 * SPOOL_SCREEN_WAIT_MS };

/* Each has its number: the answer to a sheet that was given up is not that to the next one. */
struct request {
  uint64_t number;
  size_t printer; /* its number in the list that the helper was made with */
  size_t len;     /* of the sheet that follows */
  char title[PRINT_TITLE];
};

struct answer {
  uint64_t number;
  tc_status status;
  char text[ANSWER_TEXT];
};

static bool take(int fd, void *to, size_t len) {
  for (char *p = to; len;) {
    ssize_t n = read(fd, p, len);
    if (n == 0 || (n < 0 && errno != EINTR))
      return false;
    p += n > 0 ? n : 0;
    len -= n > 0 ? (size_t)n : 0;
  }
  return true;
}

static bool give(int fd, const void *from, size_t len) {
  for (const char *p = from; len;) {
    ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
    if (n < 0 && errno != EINTR)
      return false;
    p += n > 0 ? n : 0;
    len -= n > 0 ? (size_t)n : 0;
  }
  return true;
}

/* One sheet after the other, until the kiosk is gone. */
static void help(int fd, const struct config *config) {
  struct request r;
  while (take(fd, &r, sizeof r) && r.len > 0 && r.len <= PRINT_SHEET_MAX) {
    struct buffer sheet = {.limit = PRINT_SHEET_MAX + 1};
    struct answer a = {.number = r.number, .status = TC_NO_MEMORY};
    struct tc_error err = {0};
    char printer[CONFIG_WORD], *bytes = malloc(r.len);
    if (!bytes || !take(fd, bytes, r.len)) {
      free(bytes);
      return;
    }
    buffer_add(&sheet, bytes, r.len);
    free(bytes);
    r.title[PRINT_TITLE - 1] = '\0';
    a.status = buffer_status(&sheet, &err);
    if (a.status == TC_OK && !config_printer(config, r.printer, printer))
      a.status = tc_fail(&err, TC_REFUSED, _("there is no such printer"));
    if (a.status == TC_OK)
      a.status = spool_printer(&sheet, printer, r.title, SPOOL_SCREEN_WAIT_MS, &err);
    snprintf(a.text, sizeof a.text, "%.*s", ANSWER_TEXT - 1, err.text);
    buffer_free(&sheet);
    if (!give(fd, &a, sizeof a))
      return;
  }
}

tc_status print_helper_start(int *fd, const struct config *config, struct tc_error *err) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return tc_fail_errno(err, errno, _("the print helper could not be made"));
  pid_t child = fork();
  if (child < 0) {
    int errnum = errno;
    close(ends[0]);
    close(ends[1]);
    return tc_fail_errno(err, errnum, _("the print helper could not be made"));
  }
  if (child == 0) {
    /* Keys such as ^C are the kiosk's, and so is its end. */
    setsid();
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    help(ends[1], config);
    _exit(0);
  }
  close(ends[1]);
  *fd = ends[0];
  return TC_OK;
}

/* The answer to the request of this number; what comes before it is late. */
static bool take_answer(int fd, uint64_t number, struct answer *a) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  int64_t until = clock_monotonic_us() + ANSWER_WAIT_MS * INT64_C(1000), left;
  while ((left = until - clock_monotonic_us()) > 0) {
    int ready = poll(&p, 1, (int)(left / 1000) + 1);
    if (ready < 0 && errno == EINTR)
      continue;
    if (ready <= 0 || !take(fd, a, sizeof *a))
      return false;
    if (a->number == number)
      return true;
  }
  return false;
}

tc_status print_helper_send(int fd, size_t printer, const struct buffer *sheet, const char *title,
                            struct tc_error *err) {
  static uint64_t sent;
  struct request r = {.number = ++sent, .printer = printer, .len = sheet->len};
  struct answer a;
  snprintf(r.title, sizeof r.title, "%s", title);
  if (!sheet->len || sheet->len > PRINT_SHEET_MAX)
    return tc_fail(err, TC_TOO_LONG, _("the sheet is too long"));
  if (!give(fd, &r, sizeof r) || !give(fd, sheet->data, sheet->len) ||
      !take_answer(fd, r.number, &a))
    return tc_fail(err, TC_UNAVAILABLE, _("the print helper does not answer"));
  a.text[ANSWER_TEXT - 1] = '\0';
  return a.status == TC_OK ? TC_OK : tc_fail(err, a.status, "%s", a.text);
}
