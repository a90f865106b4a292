/* The one file that includes curses.h, for its terminfo alone: what curses itself would write is
 * flushed at every move of the cursor, which costs more than the rest of a redraw. */
#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
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
/* The Linux console's, whose terminfo has no smkx: the keypad is digits, whatever NumLock says. */
#define KEYPAD_ON "\033="
#define KEYPAD_OFF "\033>"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

enum { FDS_MAX = 8, RESTORE_MAX = 256, FAST_ESCAPE_MS = 150, OUT_BYTES = 65536, LOOK_BYTES = 96 };

/* Unchanged cells between two changes that are written again rather than jumped over: a jump takes
 * six bytes or more. */
enum { GAP_MAX = 4, ERASE_LEAST = 6 };

/* A line this slow is written a row at a time: SLOW_AHEAD_US of it is on its way, never more. */
enum { SLOW_BAUD = 19200, SLOW_AHEAD_US = 30000, SLOW_LOOK_MS = 10, BITS_A_BYTE = 10 };

/* Terminals whose terminfo lies in a package that a machine may not have (Debian's ncurses-term):
 * they obey what another one does, but their keys are their own. */
static const struct stand_in {
  const char *name, *as; /* how their names begin, and whose terminfo is taken */
  const char *f1;        /* what they send for F1, which tells input.c whose keypad it is */
} stand_ins[] = {{"putty-256color", "xterm-256color", "\033[11~"}, {"putty", "xterm", "\033[11~"}};

/* One terminal a process; signal handlers can only reach what is static. */
static struct {
  volatile sig_atomic_t started;
  struct termios found, ours; /* the line as it was before, and as it is meanwhile */
  char restore[RESTORE_MAX];  /* what puts its screen back */
  int baud;                   /* of a slow line; 0 */
  int64_t busy_until;         /* until when a slow line has what was written, microseconds */
  size_t restore_len;
  bool paste, mouse, utf8;
  struct input input;
  sigset_t held, waiting; /* signals blocked outside of ppoll(), and the mask within */

  bool strange;                                 /* terminfo does not know it: see usual[] */
  const struct stand_in *stand_in;              /* it knows another one like it; NULL */
  const char *cup, *clear, *el, *civis, *cnorm; /* of terminfo; NULL: it has none */
  bool ansi_cup;                                /* cup is ESC [ row ; column H */
  bool no_corner;                               /* a sign in the last corner would scroll */
  char looks[LOOK_COUNT][LOOK_BYTES];           /* what makes it so, from any look */
  bool plain_text;                              /* LOOK_TEXT is what the terminal erases to */

  struct cell *shown;  /* what is on it now; NULL: not known */
  int rows, cols;      /* of shown */
  int at_row, at_col;  /* where the cursor is; -1: not known */
  int look;            /* that signs are written in now; -1: not known */
  int cursor;          /* it shows: 1, 0; -1: not known */
  char out[OUT_BYTES]; /* on its way */
  size_t out_len;
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
  static const int ends[] = {SIGHUP,  SIGINT, SIGQUIT, SIGTERM, SIGSEGV,  SIGBUS,
                             SIGILL,  SIGFPE, SIGABRT, SIGALRM, SIGUSR1,  SIGUSR2,
                             SIGXCPU, SIGSYS, SIGTRAP, SIGPROF, SIGVTALRM};
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

/* -- writing ------------------------------------------------------------------------------------
 */

/* A slow line: the bytes take this long to leave. */
static void count_time(size_t bytes) {
  int64_t now = clock_monotonic_us();
  if (!term.baud)
    return;
  term.busy_until = (term.busy_until > now ? term.busy_until : now) +
                    (int64_t)bytes * BITS_A_BYTE * 1000000 / term.baud;
}

static void flush(void) {
  size_t at = 0;
  count_time(term.out_len);
  while (at < term.out_len) {
    ssize_t n = write(STDOUT_FILENO, term.out + at, term.out_len - at);
    if (n < 0 && errno == EAGAIN) { /* somebody made the line non-blocking */
      struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};
      poll(&p, 1, -1);
    } else if (n < 0 && errno != EINTR) {
      break; /* the terminal is gone: the next key says so */
    }
    at += n > 0 ? (size_t)n : 0;
  }
  term.out_len = 0;
}

static void put(const char *bytes, size_t len) {
  if (term.out_len + len > sizeof term.out)
    flush();
  memcpy(term.out + term.out_len, bytes, len);
  term.out_len += len;
}

static int put_char(int c) {
  char byte = (char)c;
  put(&byte, 1);
  return c;
}

/* A sequence of terminfo, with its padding where it asks for some ("$<5>"). */
static void put_sequence(const char *text) {
  if (!text)
    return;
  if (strstr(text, "$<"))
    tputs(text, 1, put_char);
  else
    put(text, strlen(text));
}

/* What practically every screen obeys (ECMA-48), and the second screen of those that have one: for
 * a terminal by a name that terminfo does not have. */
static const struct {
  const char *name, *text;
} usual[] = {{"cup", "\033[%i%p1%d;%p2%dH"},
             {"clear", "\033[H\033[J"},
             {"el", "\033[K"},
             {"sgr0", "\033[m"},
             {"bold", "\033[1m"},
             {"rev", "\033[7m"},
             {"smcup", "\033[?1049h"},
             {"rmcup", "\033[?1049l"},
             {"bel", "\a"}};

static const char *capability(const char *name) {
  for (size_t i = 0; term.strange && i < sizeof usual / sizeof *usual; i++)
    if (strcmp(usual[i].name, name) == 0)
      return usual[i].text;
  const char *text = term.strange ? NULL : tigetstr(name);
  return text && text != (const char *)-1 && *text ? text : NULL;
}

/* A figure of terminfo; -1: it has none. */
static int figure(const char *name) {
  return term.strange ? -1 : tigetnum(name);
}

/* -- looks --------------------------------------------------------------------------------------
 */

static void add_look(char *out, const char *sequence) {
  size_t used = strlen(out);
  if (sequence && used + strlen(sequence) < LOOK_BYTES)
    memcpy(out + used, sequence, strlen(sequence) + 1);
}

static bool is_console(void) {
  const char *name = getenv("TERM");
  return name && strncmp(name, "linux", 5) == 0;
}

/* Attributes that a terminal cannot show together with colours (its "ncv"). */
enum { NCV_UNDERLINE = 2, NCV_REVERSE = 4, NCV_BOLD = 32 };

static void set_look(char *out, const struct theme_look *l, int conflicts) {
  if (l->ink < 0 && l->paper < 0)
    conflicts = 0;
  *out = '\0';
  add_look(out, capability("sgr0"));
  if (l->bold && !(conflicts & NCV_BOLD))
    add_look(out, capability("bold"));
  if (l->reverse && !(conflicts & NCV_REVERSE))
    add_look(out, capability("rev"));
  if (l->underline && !(conflicts & NCV_UNDERLINE))
    add_look(out, capability("smul"));
  if (l->ink >= 0)
    add_look(out, tparm(capability("setaf"), l->ink));
  if (l->paper >= 0)
    add_look(out, tparm(capability("setab"), l->paper));
}

static void set_looks(enum theme_name theme) {
  int colours = capability("setaf") && capability("setab") ? figure("colors") : 0;
  const struct theme_look *looks = theme_looks(theme, colours, is_console());
  int conflicts = figure("ncv");
  for (int i = 0; i < LOOK_COUNT; i++)
    set_look(term.looks[i], &looks[i], conflicts > 0 ? conflicts : 0);
  const struct theme_look *text = &looks[LOOK_TEXT];
  term.plain_text = text->paper < 0 && !text->reverse && !text->underline;
}

/* -- start and stop -----------------------------------------------------------------------------
 */

static void add_restore(const char *text) {
  if (!text)
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
      {"kf10", K_F10},     {"kf11", K_F11},     {"kf12", K_F12},    {"khlp", K_F1},
  };
  if (term.stand_in) {
    input_know(&term.input, term.stand_in->f1, K_F1);
    return;
  }
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    input_know(&term.input, capability(keys[i].capability), keys[i].key);
  }
}

/* Of a slow line; 0: it is fast, or says nothing of itself. */
static int slow_baud(void) {
  static const struct {
    speed_t rate;
    int baud;
  } rates[] = {{B300, 300},   {B600, 600},   {B1200, 1200}, {B1800, 1800},
               {B2400, 2400}, {B4800, 4800}, {B9600, 9600}, {B19200, SLOW_BAUD}};
  speed_t speed = cfgetospeed(&term.found);
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
    if (rates[i].rate == speed)
      return rates[i].baud;
  return 0;
}

/* A line on which the bytes of one key may come apart. */
static int escape_ms(void) {
  const char *asked = getenv("ESCDELAY"), *name = getenv("TERM");
  long ms = asked ? strtol(asked, NULL, 10) : 0;
  if (ms > 0 && ms <= 5000)
    return (int)ms;
  bool slow = term.baud || getenv("SSH_TTY") || getenv("SSH_CONNECTION") ||
              (name && strncmp(name, "vt", 2) == 0);
  return slow ? INPUT_HOLD_MS : FAST_ESCAPE_MS;
}

/* Programs on terminals that do not know bracketed paste would show its mark. */
static bool knows_paste(void) {
  const char *name = getenv("TERM");
  return name && strncmp(name, "vt", 2) != 0 && !is_console();
}

/* The line and the screen are ours. */
static void take_terminal(void) {
  tcsetattr(STDIN_FILENO, TCSADRAIN, &term.ours);
  put_sequence(capability("smcup"));
  put_sequence(is_console() ? KEYPAD_ON : capability("smkx"));
  if (term.paste)
    put_sequence(PASTE_ON);
  if (term.mouse)
    put_sequence(MOUSE_ON);
  flush();
  term_redraw();
}

/* They are whose they were. */
static void give_terminal(void) {
  put(term.restore, term.restore_len);
  flush();
  tcsetattr(STDIN_FILENO, TCSADRAIN, &term.found);
}

/* Keys one by one, Enter as it is sent.  Keys such as ^V and ^O are ours; ^C, ^Z and the line's own
 * flow control are not. */
static void set_line(bool locked) {
  term.ours = term.found;
  term.ours.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
  if (locked) {
    term.ours.c_lflag &= ~(tcflag_t)ISIG;
    term.ours.c_iflag &= ~(tcflag_t)(IXON | BRKINT);
  }
  term.ours.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
  term.ours.c_oflag &= ~(tcflag_t)ONLCR;
  term.ours.c_cc[VMIN] = 1;
  term.ours.c_cc[VTIME] = 0;
}

static void set_restore(bool locked) {
  term.restore_len = 0;
  if (term.mouse)
    add_restore(MOUSE_OFF);
  if (term.paste)
    add_restore(PASTE_OFF);
  add_restore(capability("sgr0"));
  add_restore(capability("op"));
  add_restore(term.cnorm);
  add_restore(is_console() ? KEYPAD_OFF : capability("rmkx"));
  /* Nothing of ours stays, neither on the only screen nor on the second one, which some terminals
   * show again. */
  add_restore(term.clear);
  if (locked && !capability("rmcup")) /* nor above the only one */
    add_restore(capability("E3"));
  add_restore(capability("rmcup"));
}

/* The terminfo of that name, or of one that stands in for it. */
static bool open_terminfo(const char *name) {
  int known;
  term.stand_in = NULL;
  if (setupterm(NULL, STDOUT_FILENO, &known) == OK)
    return true;
  for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++)
    if (strncmp(name, stand_ins[i].name, strlen(stand_ins[i].name)) == 0 &&
        setupterm(stand_ins[i].as, STDOUT_FILENO, &known) == OK) {
      term.stand_in = &stand_ins[i];
      return true;
    }
  return false;
}

enum term_kind term_kind(void) {
  const char *name = getenv("TERM");
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
    return TERM_NONE;
  if (!name || !*name || strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0)
    return TERM_LINES;
  term.strange = false;
  if (!open_terminfo(name))
    return TERM_STRANGE;
  return capability("cup") && capability("clear") ? TERM_SCREEN : TERM_LINES;
}

size_t term_eraser(char *out, size_t cap) {
  term.restore_len = 0;
  if (term_kind() == TERM_SCREEN) {
    add_restore(capability("clear"));
    add_restore(capability("E3"));
  }
  size_t len = term.restore_len < cap ? term.restore_len : 0;
  memcpy(out, term.restore, len);
  return len;
}

tc_status term_start(const struct term_options *options, struct tc_error *err) {
  if (tcgetattr(STDIN_FILENO, &term.found) != 0)
    return tc_fail(err, TC_UNAVAILABLE, _("standard input is not a terminal: use --plain"));
  term.strange = term_kind() != TERM_SCREEN;
  term.baud = slow_baud();
  term.paste = knows_paste();
  term.mouse = options->mouse;
  term.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  term.cup = capability("cup");
  term.ansi_cup = strcmp(term.cup, "\033[%i%p1%d;%p2%dH") == 0;
  term.clear = capability("clear");
  term.el = capability("el");
  term.civis = capability("civis");
  term.cnorm = capability("cnorm");
  term.no_corner = term.strange || (tigetflag("am") == 1 && tigetflag("xenl") != 1);
  term.cursor = -1;
  set_looks(options->theme);
  set_line(options->locked);
  set_restore(options->locked);
  input_start(&term.input, input_letters_of(nl_langinfo(CODESET)), escape_ms());
  term.input.pastes = term.paste;
  know_keys();
  term.started = 1;
  if (options->locked) {
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
  }
  set_signals();
  take_terminal();
  return TC_OK;
}

void term_stop(void) {
  if (!term.started)
    return;
  give_terminal();
  term.started = 0;
  free(term.shown);
  term.shown = NULL;
  if (!term.strange)
    del_curterm(cur_term);
}

void term_size(int *rows, int *cols) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col) {
    *rows = size.ws_row;
    *cols = size.ws_col;
    return;
  }
  *rows = figure("lines") > 0 ? figure("lines") : 24;
  *cols = figure("cols") > 0 ? figure("cols") : 80;
}

/* -- showing ------------------------------------------------------------------------------------
 */

void term_redraw(void) {
  free(term.shown);
  term.shown = NULL;
  term.at_row = term.at_col = term.look = -1;
}

void term_ring(void) {
  const char *sound = capability("bel");
  if (!sound)
    sound = capability("flash");
  if (!sound)
    return;
  put_sequence(sound);
  flush();
}

static void put_number(int n) {
  char digits[12];
  int len = 0;
  do
    digits[len++] = (char)('0' + n % 10);
  while ((n /= 10) > 0);
  while (len > 0)
    put(&digits[--len], 1);
}

static void go_to(int row, int col) {
  if (term.at_row == row && term.at_col == col)
    return;
  if (term.ansi_cup) {
    put("\033[", 2);
    put_number(row + 1);
    put(";", 1);
    put_number(col + 1);
    put("H", 1);
  } else {
    put_sequence(tparm(term.cup, row, col));
  }
  term.at_row = row;
  term.at_col = col;
}

static void set_ink(int look) {
  if (term.look == look)
    return;
  put_sequence(term.looks[look]);
  term.look = look;
}

/* A cell's text in the letters of the line; the grid holds none that it does not have. */
static void put_text(const char *text) {
  if (term.utf8 || (unsigned char)*text < 0x80) {
    put(text, strlen(text));
    return;
  }
  mbstate_t state = {0};
  for (size_t at = 0, len = strlen(text); at < len;) {
    char bytes[MB_LEN_MAX];
    uint32_t point;
    at += utf8_next(text + at, len - at, &point);
    size_t n = wcrtomb(bytes, (wchar_t)point, &state);
    if (n == (size_t)-1)
      put("?", 1);
    else
      put(bytes, n);
  }
}

/* A space that erasing leaves too. */
static bool is_erased(const struct cell *c) {
  return term.plain_text && c->look == LOOK_TEXT && c->text[0] == ' ' && !c->text[1];
}

static void put_cell(const struct grid *g, int row, int col, const struct cell *c) {
  if (c->width == 0 || (term.no_corner && row == g->rows - 1 && col + c->width == g->cols))
    return;
  go_to(row, col);
  set_ink(c->look);
  put_text(c->text);
  term.at_col += c->width;
  if (term.at_col >= g->cols) /* terminals differ in where it is now */
    term.at_row = -1;
}

/* Writes the changed cells of one row. */
static void show_row(const struct grid *g, int row, const struct cell *now,
                     const struct cell *was) {
  int blanks = g->cols; /* where the spaces begin that an erasure makes */
  while (term.el && blanks > 0 && is_erased(&now[blanks - 1]))
    blanks--;
  int col = cell_next_change(now, was, 0, g->cols);
  while (col < g->cols) {
    if (col >= blanks && g->cols - col >= ERASE_LEAST) {
      go_to(row, col);
      set_ink(LOOK_TEXT);
      put_sequence(term.el);
      return;
    }
    while (col > 0 && now[col].width == 0) /* a wide character is written whole */
      col--;
    do
      put_cell(g, row, col, &now[col]);
    while (++col < g->cols && (now[col].width == 0 || !cell_same(&now[col], &was[col])) &&
           col != blanks);
    int next = cell_next_change(now, was, col, g->cols);
    if (next < g->cols && next - col <= GAP_MAX)
      while (col < next && now[col].look == term.look)
        put_cell(g, row, col, &now[col]), col++;
    col = next;
  }
}

static const struct cell erased = {.text = " ", .width = 1, .look = LOOK_TEXT};

/* The screen is empty: nothing of it is known but that. */
static bool start_anew(const struct grid *g) {
  size_t count = (size_t)g->rows * (size_t)g->cols;
  struct cell *cells = realloc(term.shown, count * sizeof *cells);
  if (!cells)
    return false;
  struct cell empty = erased;
  if (!term.plain_text)
    memset(&empty, 0, sizeof empty); /* like no cell that is ever drawn */
  for (size_t i = 0; i < count; i++)
    cells[i] = empty;
  term.shown = cells;
  term.rows = g->rows;
  term.cols = g->cols;
  term.at_row = term.look = -1;
  set_ink(LOOK_TEXT);
  put_sequence(term.clear);
  return true;
}

/* Waits until a slow line takes more; false: a key or another size came first. */
static bool line_takes_more(void) {
  for (;;) {
    int64_t left = term.busy_until - SLOW_AHEAD_US - clock_monotonic_us();
    if (term_key_waits() || resized)
      return false;
    if (left <= 0)
      return true;
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    poll(&p, 1, left / 1000 < SLOW_LOOK_MS ? (int)(left / 1000) + 1 : SLOW_LOOK_MS);
  }
}

static void show_changes(const struct grid *g, int row) {
  size_t cells = (size_t)g->cols;
  const struct cell *now = g->cells + (size_t)row * cells;
  struct cell *was = term.shown + (size_t)row * cells;
  if (memcmp(now, was, cells * sizeof *now) == 0)
    return;
  show_row(g, row, now, was);
  memcpy(was, now, cells * sizeof *now);
}

/* A row of which more than one place changes is erased first: while it is on its way there are not
 * the name of one entry and the number of another beside each other. */
static void show_row_slowly(const struct grid *g, int row) {
  const struct cell *now = g->cells + (size_t)row * (size_t)g->cols;
  struct cell *was = term.shown + (size_t)row * (size_t)g->cols;
  int first = cell_next_change(now, was, 0, g->cols), end = first;
  if (first == g->cols)
    return;
  while (end < g->cols && !cell_same(&now[end], &was[end]))
    end++;
  while (first > 0 && was[first].width == 0)
    first--;
  if (term.el && term.plain_text && cell_next_change(now, was, end, g->cols) < g->cols) {
    go_to(row, first);
    set_ink(LOOK_TEXT);
    put_sequence(term.el);
    for (int col = first; col < g->cols; col++)
      was[col] = erased;
  }
  show_changes(g, row);
}

static int chosen_row(const struct grid *g) {
  for (int row = 0; row < g->rows; row++)
    if (g->cells[(size_t)row * (size_t)g->cols].look == LOOK_SELECTED)
      return row;
  return -1;
}

/* false: a key came before the line took it. */
static bool send_row(const struct grid *g, int row, size_t *sent) {
  if (*sent >= TERM_FIRST_BYTES && !line_takes_more())
    return false;
  show_row_slowly(g, row);
  *sent += term.out_len;
  flush();
  return true;
}

/* What was typed and the first answer before all else; true: all of it. */
static bool show_slowly(const struct grid *g) {
  int first = g->cursor_row >= 0 ? g->cursor_row : 0, chosen = chosen_row(g);
  size_t sent = 0;
  bool all = send_row(g, first, &sent) && (chosen < 0 || send_row(g, chosen, &sent));
  for (int row = first; row < g->rows && all; row++)
    all = send_row(g, row, &sent);
  for (int row = 0; row < first && all; row++)
    all = send_row(g, row, &sent);
  return all;
}

bool term_show(const struct grid *g) {
  bool whole = true;
  if (!term.started)
    return true;
  if (g->rows != term.rows || g->cols != term.cols)
    term_redraw();
  if (!term.shown && !start_anew(g))
    return true; /* no memory: the next time may have it */
  if (term.baud)
    whole = show_slowly(g);
  else
    for (int row = 0; row < g->rows; row++)
      show_changes(g, row);
  int cursor = g->cursor_row >= 0;
  if (cursor || !term.civis)
    go_to(cursor ? g->cursor_row : g->rows - 1, cursor ? g->cursor_col : 0);
  if (cursor != term.cursor)
    put_sequence(cursor ? term.cnorm : term.civis);
  term.cursor = cursor;
  flush();
  return whole;
}

/* -- keys ---------------------------------------------------------------------------------------
 */

/* Stops like any program under job control, and comes back with its screen. */
static void suspend(void) {
  give_terminal();
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

static bool take_flags(struct key *out) {
  if (suspended) {
    suspended = 0;
    suspend();
    continued = 1;
  }
  if (continued) {
    continued = 0;
    term.cursor = -1;
    take_terminal();
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
