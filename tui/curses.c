/* The one file that includes curses.h. */
#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/input.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

enum { FDS_MAX = 8, RESTORE_MAX = 256, FAST_ESCAPE_MS = 150 };

/* One terminal a process; signal handlers can only reach what is static. */
static struct {
  volatile sig_atomic_t started;
  struct termios found;      /* as it was before */
  char restore[RESTORE_MAX]; /* what puts its screen back */
  size_t restore_len;
  bool paste, mouse;
  SCREEN *screen;
  struct input input;
  struct cell *shown; /* what is on it now */
  int rows, cols;
  attr_t attributes[LOOK_COUNT];
  short pairs[LOOK_COUNT];
  sigset_t held, waiting; /* signals blocked outside of ppoll(), and the mask within */
} term;

static volatile sig_atomic_t resized, suspended, continued;

/* -- signals ------------------------------------------------------------------------------------
 */

/* Only calls that are safe in a signal handler. */
static void put_back(void) {
  if (!term.started)
    return;
  term.started = 0;
  size_t at = 0;
  while (at < term.restore_len) {
    ssize_t n = write(STDOUT_FILENO, term.restore + at, term.restore_len - at);
    if (n <= 0 && errno != EINTR)
      break;
    at += n > 0 ? (size_t)n : 0;
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &term.found);
}

static void on_end(int number) {
  put_back();
  signal(number, SIG_DFL);
  raise(number);
}

static void on_flag(int number) {
  if (number == SIGWINCH)
    resized = 1;
  else if (number == SIGTSTP)
    suspended = 1;
  else
    continued = 1;
}

static void set_signals(void) {
  static const int ends[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGSEGV,
                             SIGBUS, SIGILL, SIGFPE,  SIGABRT, SIGALRM};
  static const int flags[] = {SIGWINCH, SIGTSTP, SIGCONT};
  struct sigaction end = {.sa_handler = on_end, .sa_flags = (int)SA_RESETHAND};
  struct sigaction flag = {.sa_handler = on_flag};
  sigfillset(&end.sa_mask);
  sigemptyset(&flag.sa_mask);
  struct sigaction old;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(ends[i], &end, NULL);
  sigemptyset(&term.held);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    /* A shell without job control has TSTP ignored: then it stays so. */
    if (sigaction(flags[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN)
      continue;
    sigaction(flags[i], &flag, NULL);
    sigaddset(&term.held, flags[i]);
  }
  sigprocmask(SIG_BLOCK, &term.held, &term.waiting);
  signal(SIGPIPE, SIG_IGN);
}

/* -- start and stop -----------------------------------------------------------------------------
 */

static void add_restore(const char *text) {
  if (!text || text == (const char *)-1)
    return;
  /* Padding ("$<5>") is for tputs(); a terminal that has gone away needs none. */
  for (const char *p = text; *p && term.restore_len < RESTORE_MAX; p++) {
    if (p[0] == '$' && p[1] == '<' && strchr(p, '>'))
      p = strchr(p, '>');
    else
      term.restore[term.restore_len++] = *p;
  }
}

static void know_keys(void) {
  static const struct {
    const char *capability;
    enum key_name key;
  } keys[] = {
      {"kcuu1", K_UP},     {"kcud1", K_DOWN},   {"kcub1", K_LEFT},  {"kcuf1", K_RIGHT},
      {"khome", K_HOME},   {"kend", K_END},     {"kpp", K_PAGE_UP}, {"knp", K_PAGE_DOWN},
      {"kdch1", K_DELETE}, {"kcbt", K_BACKTAB}, {"kent", K_ENTER},  {"kf1", K_F1},
      {"kf2", K_F2},       {"kf3", K_F3},       {"kf4", K_F4},      {"kf5", K_F5},
      {"kf6", K_F6},       {"kf7", K_F7},       {"kf8", K_F8},      {"kf9", K_F9},
      {"kf10", K_F10},     {"kf11", K_F11},     {"kf12", K_F12},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    char name[16];
    memcpy(name, keys[i].capability, strlen(keys[i].capability) + 1);
    input_know(&term.input, tigetstr(name), keys[i].key);
  }
}

/* A line on which the bytes of one key may come apart. */
static int escape_ms(void) {
  const char *asked = getenv("ESCDELAY"), *name = getenv("TERM");
  long ms = asked ? strtol(asked, NULL, 10) : 0;
  if (ms > 0 && ms <= 5000)
    return (int)ms;
  bool slow =
      getenv("SSH_TTY") || getenv("SSH_CONNECTION") || (name && strncmp(name, "vt", 2) == 0);
  return slow ? INPUT_HOLD_MS : FAST_ESCAPE_MS;
}

static void set_looks(enum theme_name theme) {
  bool colours = theme != THEME_MONO && has_colors();
  if (colours) {
    start_color();
    use_default_colors();
  }
  const struct theme_look *looks = theme_looks(colours ? theme : THEME_MONO);
  for (int i = 0; i < LOOK_COUNT; i++) {
    const struct theme_look *l = &looks[i];
    term.attributes[i] = (l->bold ? WA_BOLD : 0) | (l->reverse ? WA_REVERSE : 0) |
                         (l->underline ? WA_UNDERLINE : 0) | (l->dim ? WA_DIM : 0);
    term.pairs[i] = 0;
    if (colours && (l->ink >= 0 || l->paper >= 0)) {
      term.pairs[i] = (short)(i + 1);
      init_pair(term.pairs[i], l->ink, l->paper);
    }
  }
}

static void send(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}

/* Programs on terminals that do not know bracketed paste would show its mark. */
static bool knows_paste(void) {
  const char *name = getenv("TERM");
  return name && strncmp(name, "vt", 2) != 0 && strncmp(name, "linux", 5) != 0;
}

static void modes_on(void) {
  if (term.paste)
    send(PASTE_ON);
  if (term.mouse)
    send(MOUSE_ON);
}

static void modes_off(void) {
  if (term.mouse)
    send(MOUSE_OFF);
  if (term.paste)
    send(PASTE_OFF);
}

/* Keys such as ^V and ^O are ours; ^C, ^Z and the line's own flow control are not. */
static void set_line(void) {
  struct termios now;
  if (tcgetattr(STDIN_FILENO, &now) != 0)
    return;
  now.c_lflag &= ~(tcflag_t)IEXTEN;
  tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

bool term_able(void) {
  const char *name = getenv("TERM");
  return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && name && *name &&
         strcmp(name, "dumb") != 0 && strcmp(name, "unknown") != 0;
}

tc_status term_start(const struct term_options *options, struct tc_error *err) {
  if (tcgetattr(STDIN_FILENO, &term.found) != 0)
    return tc_fail(err, TC_UNAVAILABLE, _("standard input is not a terminal: use --plain"));
  term.screen = newterm(NULL, stdout, stdin);
  if (!term.screen)
    return tc_fail(err, TC_UNAVAILABLE, _("terminal \"%s\" is not known here: use --plain"),
                   getenv("TERM") ? getenv("TERM") : "");
  set_term(term.screen);
  term.paste = knows_paste();
  term.mouse = options->mouse;
  term.restore_len = 0;
  if (term.mouse)
    add_restore(MOUSE_OFF);
  if (term.paste)
    add_restore(PASTE_OFF);
  static char sgr0[] = "sgr0", cnorm[] = "cnorm", rmkx[] = "rmkx", rmcup[] = "rmcup", op[] = "op";
  add_restore(tigetstr(sgr0));
  if (options->theme != THEME_MONO)
    add_restore(tigetstr(op));
  add_restore(tigetstr(cnorm));
  add_restore(tigetstr(rmkx));
  const char *leave = tigetstr(rmcup);
  add_restore(leave && leave != (const char *)-1 ? leave : "\r\n");
  cbreak();
  noecho();
  nonl();
  set_line();
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  idlok(stdscr, FALSE);
  set_looks(options->theme);
  input_start(&term.input, strcmp(nl_langinfo(CODESET), "UTF-8") == 0, escape_ms());
  know_keys();
  term.started = 1;
  set_signals();
  keypad(stdscr, TRUE); /* the keypad's own sequences; its reading is ours */
  char smkx[] = "smkx";
  const char *keys_on = tigetstr(smkx);
  if (keys_on && keys_on != (const char *)-1)
    putp(keys_on);
  fflush(stdout);
  modes_on();
  return TC_OK;
}

void term_stop(void) {
  if (!term.started)
    return;
  modes_off();
  endwin();
  term.started = 0;
  tcsetattr(STDIN_FILENO, TCSANOW, &term.found);
  free(term.shown);
  term.shown = NULL;
  delscreen(term.screen);
  term.screen = NULL;
}

void term_size(int *rows, int *cols) {
  struct winsize size;
  *rows = LINES;
  *cols = COLS;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col) {
    *rows = size.ws_row;
    *cols = size.ws_col;
  }
}

/* -- showing ------------------------------------------------------------------------------------
 */

void term_redraw(void) {
  free(term.shown);
  term.shown = NULL;
  if (term.started)
    clearok(stdscr, TRUE);
}

static bool same_cell(const struct cell *a, const struct cell *b) {
  return memcmp(a, b, sizeof *a) == 0;
}

/* Writes the changed cells of one row, run by run. */
static void show_row(const struct grid *g, int row, const struct cell *now,
                     const struct cell *was) {
  cchar_t run[GRID_COLS_MAX];
  for (int col = 0; col < g->cols;) {
    if (was && same_cell(&now[col], &was[col])) {
      col++;
      continue;
    }
    while (col > 0 && now[col].width == 0) /* a wide character is written whole */
      col--;
    int start = col, count = 0;
    while (col < g->cols && (now[col].width == 0 || !was || !same_cell(&now[col], &was[col]))) {
      const struct cell *c = &now[col++];
      if (c->width == 0)
        continue;
      wchar_t wide[CELL_TEXT + 1];
      size_t n = 0;
      for (size_t at = 0, len = strlen(c->text); at < len;) {
        uint32_t point;
        at += utf8_next(c->text + at, len - at, &point);
        wide[n++] = (wchar_t)point;
      }
      wide[n] = L'\0';
      if (setcchar(&run[count], wide, term.attributes[c->look], term.pairs[c->look], NULL) == ERR)
        setcchar(&run[count], L"?", term.attributes[c->look], term.pairs[c->look], NULL);
      count++;
    }
    mvadd_wchnstr(row, start, run, count);
    if (col <= start)
      col = start + 1;
  }
}

void term_show(const struct grid *g) {
  if (!term.started)
    return;
  size_t count = (size_t)g->rows * (size_t)g->cols;
  if (g->rows != term.rows || g->cols != term.cols) {
    if (g->rows != LINES || g->cols != COLS)
      resizeterm(g->rows, g->cols);
    term_redraw();
    term.rows = g->rows;
    term.cols = g->cols;
  }
  for (int row = 0; row < g->rows; row++) {
    const struct cell *now = g->cells + (size_t)row * (size_t)g->cols;
    const struct cell *was = term.shown ? term.shown + (size_t)row * (size_t)g->cols : NULL;
    if (!was || memcmp(now, was, (size_t)g->cols * sizeof *now) != 0)
      show_row(g, row, now, was);
  }
  if (!term.shown)
    term.shown = malloc(count * sizeof *term.shown);
  if (term.shown)
    memcpy(term.shown, g->cells, count * sizeof *term.shown);
  bool cursor = g->cursor_row >= 0;
  curs_set(cursor ? 1 : 0);
  move(cursor ? g->cursor_row : g->rows - 1, cursor ? g->cursor_col : 0);
  refresh();
}

/* -- keys ---------------------------------------------------------------------------------------
 */

/* Stops like any program under job control, and comes back with its screen. */
static void suspend(void) {
  modes_off();
  endwin();
  tcsetattr(STDIN_FILENO, TCSANOW, &term.found);
  struct sigaction old, stop = {.sa_handler = SIG_DFL};
  sigaction(SIGTSTP, &stop, &old);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, SIGTSTP);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  raise(SIGTSTP);
  sigprocmask(SIG_BLOCK, &only, NULL);
  sigaction(SIGTSTP, &old, NULL);
}

/* After a stop, whoever caused it: the line's mode and the screen are set again. */
static void resume(void) {
  refresh();
  cbreak();
  noecho();
  nonl();
  set_line();
  char smkx[] = "smkx";
  const char *keys_on = tigetstr(smkx);
  if (keys_on && keys_on != (const char *)-1)
    putp(keys_on);
  modes_on();
  term_redraw();
}

static bool take_flags(struct key *out) {
  if (suspended) {
    suspended = 0;
    suspend();
    continued = 1;
  }
  if (continued) {
    continued = 0;
    resume();
    resized = 1;
  }
  if (!resized)
    return false;
  resized = 0;
  *out = (struct key){K_RESIZE, 0};
  return true;
}

bool term_key_waits(void) {
  struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
  return term.input.len || poll(&p, 1, 0) > 0;
}

tc_status term_key(struct key *out, const int *fds, int fd_count, int *ready, int timeout_ms) {
  int64_t start = clock_monotonic_us() / 1000;
  *ready = -1;
  for (;;) {
    *out = (struct key){K_NONE, 0};
    int64_t now = clock_monotonic_us() / 1000;
    if (take_flags(out))
      return TC_OK;
    while (input_next(&term.input, now, out))
      if (out->name != K_NONE)
        return TC_OK;
    int wait = timeout_ms < 0 ? -1 : (int)(start + timeout_ms - now);
    if (timeout_ms >= 0 && wait <= 0 && timeout_ms > 0)
      return TC_OK;
    int held = input_wait_ms(&term.input, now);
    if (held >= 0 && (wait < 0 || held < wait))
      wait = held;
    struct pollfd polled[FDS_MAX + 1] = {{.fd = STDIN_FILENO, .events = POLLIN}};
    nfds_t count = 1;
    for (int i = 0; i < fd_count && i < FDS_MAX; i++)
      polled[count++] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    struct timespec limit = {.tv_sec = wait / 1000, .tv_nsec = (long)(wait % 1000) * 1000000L};
    int n = ppoll(polled, count, wait < 0 ? NULL : &limit, &term.waiting);
    if (n < 0 && errno != EINTR)
      return TC_DONE;
    if (n < 0)
      continue;
    if (polled[0].revents) {
      ssize_t got = read(STDIN_FILENO, term.input.bytes + term.input.len, input_room(&term.input));
      if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
        return TC_DONE;
      if (got > 0)
        input_took(&term.input, (size_t)got, clock_monotonic_us() / 1000);
      continue;
    }
    for (nfds_t i = 1; i < count; i++)
      if (polled[i].revents) {
        *ready = (int)i - 1;
        return TC_OK;
      }
    if (n == 0 && timeout_ms == 0 && held < 0)
      return TC_OK;
  }
}
