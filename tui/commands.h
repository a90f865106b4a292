/* What tocsin does without a screen: one table of commands, for running, --help and tocsin(1). */
#ifndef TC_TUI_COMMANDS_H
#define TC_TUI_COMMANDS_H

#include "base/buffer.h"
#include "base/status.h"
#include "tui/options.h"

struct command {
  const char *name;
  const char *arguments;         /* "QUERY..."; "" for none */
  const char *help;              /* English, one sentence; translated where it is shown */
  const char *more;              /* English, for the manual: what it answers; roff, or "" */
  const enum option_id *options; /* its own, ended by OPT_NONE */

  /* Writes the answer to standard output.  TC_NOT_FOUND without a message: the answer says that
   * there is nothing. */
  tc_status (*run)(const struct options *o, struct tc_error *err);
};

/* NULL: there is no such command. */
const struct command *command_find(const char *name);

/* Runs the command argv[0] with its arguments; *o holds the global options read so far.  Messages
 * go to standard error.  Returns the exit code: 0 found, 1 nothing, else sysexits(3). */
int command_run(int argc, char **argv, const struct options *o);

/* Writes to standard output; exit code.  --help with no command, and --version. */
int command_usage(void);
int command_version(bool verbose);

/* One line on standard error, and the exit code of its status. */
int command_fault(const struct tc_error *err);

/* Appends what tocsin(1) says of the commands and of the options, as roff. */
void commands_describe(struct buffer *out);

tc_status cmd_find(const struct options *o, struct tc_error *err);
tc_status cmd_show(const struct options *o, struct tc_error *err);
tc_status cmd_number(const struct options *o, struct tc_error *err);
tc_status cmd_who(const struct options *o, struct tc_error *err);
tc_status cmd_oncall(const struct options *o, struct tc_error *err);
tc_status cmd_incident(const struct options *o, struct tc_error *err);
tc_status cmd_print(const struct options *o, struct tc_error *err);
tc_status cmd_note(const struct options *o, struct tc_error *err);
tc_status cmd_absence(const struct options *o, struct tc_error *err);
tc_status cmd_override(const struct options *o, struct tc_error *err);
tc_status cmd_suggest(const struct options *o, struct tc_error *err);
tc_status cmd_withdraw(const struct options *o, struct tc_error *err);
tc_status cmd_incident(const struct options *o, struct tc_error *err);
tc_status cmd_acts(const struct options *o, struct tc_error *err);
tc_status cmd_attempt(const struct options *o, struct tc_error *err);
tc_status cmd_pin(const struct options *o, struct tc_error *err);
tc_status cmd_cascade(const struct options *o, struct tc_error *err);
tc_status cmd_round(const struct options *o, struct tc_error *err);
tc_status cmd_exercise(const struct options *o, struct tc_error *err);
tc_status cmd_log(const struct options *o, struct tc_error *err);

#endif
