#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/commands.h"
#include "tui/options.h"
#include "tui/run.h"

/* By its option, or by the name of a login shell ("-tocsin-kiosk"). */
static bool is_kiosk(int argc, char **argv) {
  const char *name = argc > 0 && argv[0] ? argv[0] : "";
  const char *slash = strrchr(name, '/');
  name = slash ? slash + 1 : name;
  return strcmp(name + (*name == '-'), "tocsin-kiosk") == 0 ||
         (argc > 1 && strcmp(argv[1], "--kiosk") == 0);
}

/* Whoever started a kiosk may set nothing but its terminal and its language. */
static bool clear_environment(void) {
  enum { KEPT = 2, VALUE = 128 };
  static const char *const names[KEPT] = {"TERM", "LANG"};
  char values[KEPT][VALUE] = {"", ""};
  for (int i = 0; i < KEPT; i++) {
    const char *value = getenv(names[i]);
    if (value && strlen(value) < VALUE && !strchr(value, '/'))
      snprintf(values[i], VALUE, "%s", value);
  }
  bool good = clearenv() == 0 && setenv("PATH", "/usr/bin:/bin", 1) == 0;
  for (int i = 0; i < KEPT; i++)
    good = good && (!*values[i] || setenv(names[i], values[i], 1) == 0);
  return good;
}

/* sshd runs its ForceCommand as "SHELL -c COMMAND": where the shell is tocsin-kiosk, itself. */
static bool asks_for_itself(int argc, char **argv) {
  static const char exec[] = "exec ", name[] = "tocsin-kiosk";
  if (argc != 3 || strcmp(argv[1], "-c") != 0 || strncmp(argv[2], exec, sizeof exec - 1) != 0)
    return false;
  const char *path = argv[2] + sizeof exec - 1, *slash = strrchr(path, '/');
  return strcmp(slash ? slash + 1 : path, name) == 0;
}

static int run_kiosk(int argc, char **argv) {
  struct options options = {.set = -1};
  struct tc_error err = {0};
  bool cleared = clear_environment();
  i18n_start();
  options.value[OPT_KIOSK] = "";
  if (!asks_for_itself(argc, argv) && (argc > 2 || (argc == 2 && strcmp(argv[1], "--kiosk") != 0)))
    tc_fail(&err, TC_USAGE, _("a kiosk takes no other argument: it is configured in %s"),
            CONFIG_OF_MACHINE);
  else if (!cleared)
    tc_fail(&err, TC_NO_MEMORY, _("no memory"));
  else if (run_screens(&options, &err) == TC_OK)
    return 0;
  return command_fault(&err);
}

int main(int argc, char **argv) {
  struct options options;
  struct tc_error err = {0};
  signal(SIGXFSZ, SIG_IGN); /* over a limit of the file size a write fails, and is told */
  if (is_kiosk(argc, argv))
    return run_kiosk(argc, argv);
  i18n_start();
  if (options_read(&options, argc, argv, &err) != TC_OK)
    return command_fault(&err);
  if (options.value[OPT_LANG] && !i18n_known(options.value[OPT_LANG])) {
    char known[I18N_LANGUAGES];
    tc_fail(&err, TC_USAGE, _("there is no language %s here; there are: %s"),
            options.value[OPT_LANG], i18n_languages(known));
    return command_fault(&err);
  }
  if (options.value[OPT_LANG])
    i18n_language(options.value[OPT_LANG]);
  if (option_given(&options, OPT_KIOSK)) {
    tc_fail(&err, TC_USAGE, _("a kiosk takes no other argument: it is configured in %s"),
            CONFIG_OF_MACHINE);
    return command_fault(&err);
  }
  if (option_given(&options, OPT_VERSION))
    return command_version(option_given(&options, OPT_VERBOSE));
  if (option_given(&options, OPT_HELP))
    return command_usage();
  if (options.rest < argc)
    return command_run(argc - options.rest, argv + options.rest, &options);
  if (run_screens(&options, &err) != TC_OK)
    return command_fault(&err);
  return 0;
}
