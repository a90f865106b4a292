/* tocsin-sync: the only writer of the directory. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/emit.h"
#include "base/i18n.h"
#include "base/private.h"
#include "sync/command.h"

/* Where a connection string is silent libpq takes the environment's word.  How a host proves itself
 * and where it is are for tocsin.conf and --source to say, not for what stands in some profile. */
static void forget_environment(void) {
  static const char *const names[] = {"PGSSLMODE",
                                      "PGREQUIRESSL",
                                      "PGSSLROOTCERT",
                                      "PGSSLCRL",
                                      "PGSSLCRLDIR",
                                      "PGSSLMINPROTOCOLVERSION",
                                      "PGSSLMAXPROTOCOLVERSION",
                                      "PGGSSENCMODE",
                                      "PGHOSTADDR",
                                      "PGCHANNELBINDING"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    unsetenv(names[i]);
}

int main(int argc, char **argv) {
  i18n_start();
  forget_environment();
  signal(SIGXFSZ, SIG_IGN); /* over a limit of the file size a write fails, and is told */
  struct tc_error err = {.status = TC_OK};
  struct arguments args = {.now = (int64_t)time(NULL)};
  const struct command *command;
  tc_status status = TC_OK;
  if (!private_memory())
    status =
        tc_fail(&err, TC_UNAVAILABLE, _("the memory of this program cannot be kept from others"));
  if (status == TC_OK)
    status = command_read(argc, argv, &command, &args, &err);
  if (status == TC_OK)
    status = command->run(&args, &err);
  /* output that did not arrive is a fault, whatever else happened */
  if ((fflush(stdout) != 0 || ferror(stdout)) && status == TC_OK)
    status = tc_fail_errno(&err, errno ? errno : EIO, _("cannot write to standard output"));
  if (status != TC_OK && err.text[0]) {
    char line[1400], text[1500]; /* memory may be what there is none of */
    snprintf(text, sizeof text, "tocsin-sync: %s\n", tc_error_line(&err, line, sizeof line));
    if (emit_text(stderr, text, strlen(text), NULL) != TC_OK)
      clearerr(stderr);
  }
  return tc_exit_code(status);
}
