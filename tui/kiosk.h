/* How a shared terminal begins, before anything of it is on the screen (doc/kiosk.md). */
#ifndef TC_TUI_KIOSK_H
#define TC_TUI_KIOSK_H

#include <stdbool.h>

/* By its option, or by the name of a login shell ("-tocsin-kiosk"). */
bool kiosk_asked(int argc, char **argv);

/* Runs it; the exit code.  A fault is one sentence without a path on the terminal, and a line with
 * all of it in the log. */
int kiosk_run(int argc, char **argv);

/* A line in the log: of the unit where systemd started it, else by syslog(3) in the machine's.  Not
 * once it has locked itself in. */
void kiosk_log(const char *text);

#endif
