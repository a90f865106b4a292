#include "tui/kiosk.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "tui/input.h"
#include "tui/options.h"
#include "tui/run.h"

bool kiosk_asked(int argc, char **argv) {
  const char *name = argc > 0 && argv[0] ? argv[0] : "";
  const char *slash = strrchr(name, '/');
  name = slash ? slash + 1 : name;
  return strcmp(name + (*name == '-'), "tocsin-kiosk") == 0 ||
         (argc > 1 && strcmp(argv[1], "--kiosk") == 0);
}

/* Is standard error the journal (JOURNAL_STREAM, systemd.exec(5))? */
static bool on_journal;

static bool looks_like_journal(void) {
  const char *told = getenv("JOURNAL_STREAM");
  char *colon = NULL;
  struct stat st;
  if (!told || fstat(STDERR_FILENO, &st) != 0)
    return false;
  unsigned long long device = strtoull(told, &colon, 10);
  return *colon == ':' && device == (unsigned long long)st.st_dev &&
         strtoull(colon + 1, NULL, 10) == (unsigned long long)st.st_ino;
}

/* Whoever started a kiosk may set nothing but its terminal and its language.  That it came over a
 * slow line is known by variables too, and looked at before they go. */
static bool clear_environment(void) {
  enum { KEPT = 2, VALUE = 128 };
  static const char *const names[KEPT] = {"TERM", "LANG"};
  char values[KEPT][VALUE] = {"", ""}, hold[16];
  bool remote = getenv("SSH_TTY") || getenv("SSH_CONNECTION");
  on_journal = looks_like_journal();
  for (int i = 0; i < KEPT; i++) {
    const char *value = getenv(names[i]);
    if (value && strlen(value) < VALUE && !strchr(value, '/'))
      snprintf(values[i], VALUE, "%s", value);
  }
  snprintf(hold, sizeof hold, "%d", INPUT_HOLD_MS);
  bool good = clearenv() == 0 && setenv("PATH", "/usr/bin:/bin", 1) == 0;
  for (int i = 0; i < KEPT; i++)
    good = good && (!*values[i] || setenv(names[i], values[i], 1) == 0);
  return good && (!remote || setenv("ESCDELAY", hold, 1) == 0);
}

void kiosk_log(const char *text) {
  struct buffer line = BUFFER_INIT;
  utf8_display(&line, text, strlen(text), false);
  if (on_journal)
    fprintf(stderr, "tocsin: %s\n", buffer_text(&line));
  else
    syslog(LOG_USER | LOG_ERR, "%s", buffer_text(&line));
  buffer_free(&line);
}

/* What the person in front needs of it: no path, no word of the system. */
static const char *sentence(tc_status status) {
  switch (status) {
  case TC_USAGE:
    return _("a kiosk takes no other argument");
  case TC_CONFIG:
  case TC_NO_INPUT:
  case TC_DENIED:
    return _("this terminal is not configured as it should be: call the switchboard, and tell "
             "whoever looks after it");
  case TC_UNAVAILABLE:
    return _("a kiosk needs a terminal and a kernel that lock it in: call the switchboard, and "
             "tell whoever looks after it");
  default:
    return _("the directory cannot be read just now: call the switchboard");
  }
}

/* It stands until a key or READ_MS: systemd starts the kiosk again at once, and clears it away. */
static int fault(const struct tc_error *err) {
  enum { READ_MS = 10000, LINE = 2048 };
  FILE *out = on_journal ? stdout : stderr;
  char line[LINE];
  struct buffer text = BUFFER_INIT;
  struct pollfd key = {.fd = STDIN_FILENO, .events = POLLIN};
  kiosk_log(tc_error_line(err, line, sizeof line));
  buffer_add_text(&text, "tocsin: ");
  emit_safe(&text, sentence(err->status));
  buffer_add_char(&text, '\n');
  if (emit_text(out, buffer_text(&text), text.len, NULL) != TC_OK)
    clearerr(out);
  fflush(out);
  if (isatty(STDIN_FILENO) && isatty(fileno(out)))
    poll(&key, 1, READ_MS);
  buffer_free(&text);
  return tc_exit_code(err->status);
}

/* sshd runs its ForceCommand as "SHELL -c COMMAND": where the shell is tocsin-kiosk, itself. */
static bool asks_for_itself(int argc, char **argv) {
  static const char exec[] = "exec ", name[] = "tocsin-kiosk";
  if (argc != 3 || strcmp(argv[1], "-c") != 0 || strncmp(argv[2], exec, sizeof exec - 1) != 0)
    return false;
  const char *path = argv[2] + sizeof exec - 1, *slash = strrchr(path, '/');
  return strcmp(slash ? slash + 1 : path, name) == 0;
}

int kiosk_run(int argc, char **argv) {
  struct options options = {.set = -1};
  struct tc_error err = {0};
  bool cleared = clear_environment();
  i18n_start();
  options.value[OPT_KIOSK] = "";
  if (!on_journal) /* at once: no socket is made any more once it has locked itself in */
    openlog("tocsin", LOG_NDELAY, LOG_USER);
  if (!asks_for_itself(argc, argv) && (argc > 2 || (argc == 2 && strcmp(argv[1], "--kiosk") != 0)))
    tc_fail(&err, TC_USAGE, _("a kiosk takes no other argument: it is configured in %s"),
            CONFIG_OF_MACHINE);
  else if (!cleared)
    tc_fail(&err, TC_NO_MEMORY, _("no memory"));
  else if (run_screens(&options, &err) == TC_OK)
    return 0;
  return fault(&err);
}
