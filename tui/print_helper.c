#include "tui/print_helper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "paper/spool.h"

enum { ANSWER_TEXT = 256 };

/* Each has its number: the answer to a sheet that was given up is not that to the next one. */
struct request {
  uint64_t number;
  size_t printer; /* its number in the list that the helper was made with */
  size_t len;     /* of the sheet that follows */
  int wait_ms;    /* that lp may take */
  char title[PRINT_TITLE];
};

struct answer {
  uint64_t number;
  tc_status status;
  char text[ANSWER_TEXT];
};

/* -- the helper ---------------------------------------------------------------------------------
 */

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
      a.status = spool_printer(&sheet, printer, r.title, r.wait_ms, &err);
    snprintf(a.text, sizeof a.text, "%.*s", ANSWER_TEXT - 1, err.text);
    buffer_free(&sheet);
    if (!give(fd, &a, sizeof a))
      return;
  }
}

tc_status print_helper_start(struct print_helper *out, const struct config *config,
                             struct tc_error *err) {
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
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) /* nor has what it runs more rights */
      help(ends[1], config);
    _exit(0);
  }
  close(ends[1]);
  *out = (struct print_helper){.fd = ends[0]};
  return TC_OK;
}

/* -- the kiosk ----------------------------------------------------------------------------------
 * It waits for nothing longer than until a moment: a printer must not hold the screen. */

static bool ready(int fd, short events, int64_t until) {
  struct pollfd p = {.fd = fd, .events = events};
  for (;;) {
    int64_t left = until - clock_monotonic_us();
    int n = poll(&p, 1, left > 0 ? (int)(left / 1000) + 1 : 0);
    if (n > 0)
      return true;
    if (left <= 0 || (n < 0 && errno != EINTR))
      return false;
  }
}

static bool give_until(int fd, const void *from, size_t len, int64_t until) {
  for (const char *p = from; len;) {
    ssize_t n = ready(fd, POLLOUT, until) ? send(fd, p, len, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
    if (n < 0)
      return false;
    p += n;
    len -= (size_t)n;
  }
  return true;
}

static bool take_until(int fd, void *to, size_t len, int64_t until) {
  for (char *p = to; len;) {
    ssize_t n = ready(fd, POLLIN, until) ? read(fd, p, len) : -1;
    if (n <= 0)
      return false;
    p += n;
    len -= (size_t)n;
  }
  return true;
}

/* The answer that is due; what comes before it is late. */
static bool take_answer(struct print_helper *h, struct answer *a, int64_t until) {
  do {
    if (!take_until(h->fd, a, sizeof *a, until))
      return false;
  } while (a->number != h->due);
  h->due = 0;
  return true;
}

tc_status print_helper_send(struct print_helper *h, size_t printer, const struct buffer *sheet,
                            const char *title, int wait_ms, struct tc_error *err) {
  struct request r = {
      .number = h->sent + 1, .printer = printer, .len = sheet->len, .wait_ms = wait_ms};
  struct answer a;
  snprintf(r.title, sizeof r.title, "%s", title);
  if (!sheet->len || sheet->len > PRINT_SHEET_MAX)
    return tc_fail(err, TC_TOO_LONG, _("the sheet is too long"));
  if (h->due && !take_answer(h, &a, 0))
    return tc_fail(err, TC_BUSY, _("the printer still has the sheet before this one"));
  int64_t until = clock_monotonic_us() + 2 * (int64_t)wait_ms * 1000;
  h->due = h->sent = r.number;
  if (!give_until(h->fd, &r, sizeof r, until) ||
      !give_until(h->fd, sheet->data, sheet->len, until) || !take_answer(h, &a, until))
    return tc_fail(err, TC_UNAVAILABLE, _("the print helper does not answer"));
  a.text[ANSWER_TEXT - 1] = '\0';
  return a.status == TC_OK ? TC_OK : tc_fail(err, a.status, "%s", a.text);
}
