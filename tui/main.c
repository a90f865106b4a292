#include <signal.h>

#include "base/i18n.h"
#include "base/private.h"
#include "tui/commands.h"
#include "tui/kiosk.h"
#include "tui/options.h"
#include "tui/run.h"

int main(int argc, char **argv) {
  struct options options;
  struct tc_error err = {0};
  bool hidden = private_memory();
  signal(SIGXFSZ, SIG_IGN); /* over a limit of the file size a write fails, and is told */
  if (kiosk_asked(argc, argv))
    return kiosk_run(argc, argv);
  i18n_start();
  if (!hidden) {
    tc_fail(&err, TC_UNAVAILABLE, _("the memory of this program cannot be kept from others"));
    return command_fault(&err);
  }
  if (options_read(&options, argc, argv, &err) != TC_OK)
    return command_fault(&err);
  if (options.value[OPT_LANG] && !i18n_known(options.value[OPT_LANG])) {
    char known[I18N_LANGUAGES];
    tc_fail(&err, TC_USAGE, _("there is no language \"%s\" here; there are: %s"),
            options.value[OPT_LANG], i18n_languages(known));
    return command_fault(&err);
  }
  if (options.value[OPT_LANG])
    i18n_language(options.value[OPT_LANG]);
  if (option_given(&options, OPT_KIOSK))
    return kiosk_run(argc, argv);
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
