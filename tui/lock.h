/* The program locks itself in before it reads a key: what it will never need, the kernel refuses
 * from then on, whatever is typed, pasted or found in the data. */
#ifndef TC_TUI_LOCK_H
#define TC_TUI_LOCK_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"

/* For good, for this process and its threads:
 * - no new privileges, no core dump, no tracing by others of the account (prctl(2));
 * - of the kernel's calls those that a directory on a screen needs, and no other (seccomp(2),
 *   through libseccomp): to run a program, make a process, open a socket, mount, trace or load is
 *   EPERM, everything else ENOSYS;
 * - where the kernel has Landlock: files are read below scope_dir, /etc/tocsin and where zones,
 *   terminals and languages lie, and written in the journal's folder below scope_dir alone.
 * TC_UNAVAILABLE: the kernel refused the first two; the program must not go on. */
TC_MUST_CHECK tc_status lock_in(const char *scope_dir, struct tc_error *err);

/* What of it holds for this process, each asked of the kernel or tried.  LOCK_STARTS: of
 * lock_try(). */
enum { LOCK_PRIVILEGES = 1, LOCK_MEMORY = 2, LOCK_CALLS = 4, LOCK_FILES = 8, LOCK_STARTS = 16 };
unsigned lock_held(void);

/* The same of a child that has locked itself in; without LOCK_STARTS it could not. */
unsigned lock_try(void);

/* Appends that, a line each; lock_report(): what is tried now, for --version --verbose. */
void lock_say(unsigned held, struct buffer *out);
void lock_report(struct buffer *out);

#endif
