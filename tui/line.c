#include "tui/line.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/i18n.h"
#include "tui/term.h"

enum { ERASE_MAX = 64 };

static struct {
  volatile sig_atomic_t started;
  struct termios found, ours;
  char erase[ERASE_MAX];
  size_t erase_len;
} line;

/* Only calls that are safe in a signal handler. */
static void erase(void) {
  size_t at = 0;
  while (at < line.erase_len) {
    ssize_t n = write(STDOUT_FILENO, line.erase + at, line.erase_len - at);
    if (n <= 0 && errno != EINTR)
      break;
    at += n > 0 ? (size_t)n : 0;
  }
}

void line_stop(void) {
  if (!line.started)
    return;
  line.started = 0;
  erase();
  tcsetattr(STDIN_FILENO, TCSANOW, &line.found);
}

static void on_end(int number) {
  line_stop();
  signal(number, SIG_DFL);
  raise(number);
}

static void set_signals(void) {
  static const int keys[] = {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE};
  static const int ends[] = {SIGHUP,  SIGTERM, SIGSEGV, SIGBUS, SIGILL,  SIGFPE,  SIGABRT,  SIGALRM,
                             SIGUSR1, SIGUSR2, SIGXCPU, SIGSYS, SIGTRAP, SIGPROF, SIGVTALRM};
  struct sigaction end = {.sa_handler = on_end, .sa_flags = (int)SA_RESETHAND};
  sigfillset(&end.sa_mask);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    signal(keys[i], SIG_IGN);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    sigaction(ends[i], &end, NULL);
}

tc_status line_start(struct tc_error *err) {
  if (tcgetattr(STDIN_FILENO, &line.found) != 0)
    return tc_fail(err, TC_UNAVAILABLE, _("standard input is not a terminal"));
  line.erase_len = term_eraser(line.erase, sizeof line.erase);
  line.ours = line.found;
  line.ours.c_lflag &= ~(tcflag_t)(ISIG | IEXTEN);
  line.ours.c_lflag |= ICANON | ECHO | ECHOE | ECHOK;
  line.ours.c_iflag &= ~(tcflag_t)(IXON | IXOFF | BRKINT | INLCR | IGNCR);
  line.ours.c_iflag |= ICRNL;
  line.ours.c_oflag |= OPOST | ONLCR;
  line.ours.c_cc[VEOF] = _POSIX_VDISABLE; /* only a terminal that is gone is the end of input */
  line.started = 1;
  set_signals();
  if (tcsetattr(STDIN_FILENO, TCSADRAIN, &line.ours) != 0)
    return tc_fail(err, TC_UNAVAILABLE, _("standard input is not a terminal"));
  return TC_OK;
}

bool line_erases(void) {
  return line.started && line.erase_len > 0;
}

void line_wipe(void) {
  if (!line.started)
    return;
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &line.ours); /* before whoever sees it erased types */
  erase();
}
