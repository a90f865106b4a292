/* What a kiosk's process can no longer do once it has locked itself in: each is tried, in a child.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/private.h"
#include "tests/lib/folder.h"
#include "tui/lock.h"

static char scope[FOLDER_PATH];

/* Runs body in a child that is locked in; its answer. */
static int locked(int (*body)(void)) {
  pid_t child = fork();
  if (child == 0) {
    if (lock_in(scope, NULL) != TC_OK)
      _exit(99);
    _exit(body());
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static bool has_landlock(void) {
  struct buffer text = BUFFER_INIT;
  lock_say(0, &text);
  bool yes = strstr(buffer_text(&text), "(Landlock): NO, this kernel") == NULL;
  buffer_free(&text);
  return yes;
}

static int runs_a_program(void) {
  execl("/bin/true", "true", (char *)NULL);
  return errno;
}
static int makes_a_process(void) {
  pid_t child = fork();
  if (child == 0)
    _exit(0);
  return child < 0 ? errno : 0;
}
static int spawns_a_shell(void) {
  char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, (char[]){"exit 7"}, NULL};
  pid_t child;
  return posix_spawn(&child, "/bin/sh", NULL, NULL, argv, NULL);
}
static int opens_a_socket(void) {
  return socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
}
static int opens_a_local_socket(void) {
  return socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? errno : 0;
}
static int traces_its_parent(void) {
  return ptrace(PTRACE_ATTACH, getppid(), 0, 0) < 0 ? errno : 0;
}
static int becomes_root(void) {
  return setuid(0) < 0 ? errno : 0;
}
static int types_into_its_terminal(void) {
  char c = 'x';
  return ioctl(STDIN_FILENO, TIOCSTI, &c) < 0 ? errno : 0;
}
static int asks_what_nobody_knows(void) {
  return syscall(4242) < 0 ? errno : 0;
}
static int asks_what_it_never_needs(void) {
  return syscall(SYS_vhangup) < 0 ? errno : 0;
}
static int sets_the_line_of_its_terminal(void) {
  struct termios line;
  return ioctl(STDIN_FILENO, TCGETS, &line) < 0 ? errno : 0;
}
static int takes_a_terminal(void) {
  return ioctl(STDIN_FILENO, TIOCSCTTY, 0) < 0 ? errno : 0;
}
static int opens(const char *path, int flags) {
  int fd = open(path, flags, 0600);
  return fd < 0 ? errno : 0;
}
static int reads_the_accounts(void) {
  return opens("/etc/passwd", O_RDONLY);
}
static int writes_beside(void) {
  char path[FOLDER_PATH + 16];
  snprintf(path, sizeof path, "%s/new", scope);
  return opens(path, O_WRONLY | O_CREAT);
}
static int writes_for_all(void) {
  return opens("/tmp/tocsin-kiosk-test", O_WRONLY | O_CREAT);
}
static int reads_its_directory(void) {
  char path[FOLDER_PATH + 16];
  snprintf(path, sizeof path, "%s/directory", scope);
  return opens(path, O_RDONLY);
}
static int writes_its_journal(void) {
  char path[FOLDER_PATH + 32];
  snprintf(path, sizeof path, "%s/journal/1000", scope);
  return opens(path, O_WRONLY | O_CREAT | O_APPEND);
}
static int cuts_its_directory(void) {
  char path[FOLDER_PATH + 16];
  snprintf(path, sizeof path, "%s/directory", scope);
  return opens(path, O_RDONLY | O_TRUNC);
}
static int cuts_its_journal(void) {
  char path[FOLDER_PATH + 32];
  snprintf(path, sizeof path, "%s/journal/1000", scope);
  return opens(path, O_WRONLY | O_CREAT | O_TRUNC);
}
static int asks_a_device(void) {
  return opens("/dev/null", O_RDONLY);
}
static int reads_zones(void) {
  return opens("/usr/share/zoneinfo", O_RDONLY | O_DIRECTORY);
}
static void *nothing(void *arg) {
  return arg;
}
static int makes_a_thread(void) {
  pthread_t thread;
  int fault = pthread_create(&thread, NULL, nothing, NULL);
  return fault ? fault : pthread_join(thread, NULL);
}
static int may_dump(void) {
  struct rlimit core;
  getrlimit(RLIMIT_CORE, &core);
  return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) || core.rlim_max != 0 ||
         prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
}

static void a_forced_exec_socket_and_the_like_are_refused(void **state) {
  (void)state;
  assert_int_equal(locked(runs_a_program), EPERM);
  assert_int_equal(locked(makes_a_process), EPERM);
  assert_int_equal(locked(spawns_a_shell), EPERM);
  assert_int_equal(locked(opens_a_socket), EPERM);
  assert_int_equal(locked(opens_a_local_socket), EPERM);
  assert_int_equal(locked(traces_its_parent), EPERM);
  assert_int_equal(locked(becomes_root), EPERM);
  assert_int_equal(locked(types_into_its_terminal), EPERM);
  assert_int_equal(locked(may_dump), 0);
}

static void what_is_in_no_list_is_as_if_the_kernel_had_it_not(void **state) {
  (void)state;
  assert_int_equal(locked(asks_what_nobody_knows), ENOSYS);
  assert_int_equal(locked(asks_what_it_never_needs), ENOSYS);
  assert_int_equal(locked(takes_a_terminal), ENOSYS);
}

static void a_forced_open_is_refused(void **state) {
  (void)state;
  if (!has_landlock()) {
    print_message("this kernel has no Landlock\n");
    skip();
  }
  assert_int_equal(locked(reads_the_accounts), EACCES);
  assert_int_equal(locked(writes_beside), EACCES);
  assert_int_equal(locked(writes_for_all), EACCES);
  assert_int_equal(locked(cuts_its_directory), EACCES);
  assert_int_equal(locked(asks_a_device), EACCES);
  assert_int_equal(access("/tmp/tocsin-kiosk-test", F_OK), -1);
}

static void what_it_needs_it_can_still_do(void **state) {
  (void)state;
  assert_int_equal(locked(cuts_its_journal), 0);
  assert_int_equal(locked(reads_its_directory), 0);
  assert_int_equal(locked(writes_its_journal), 0);
  assert_int_equal(locked(makes_a_thread), 0);
  int line = locked(sets_the_line_of_its_terminal);
  assert_true(line == 0 || line == ENOTTY);
  int zones = locked(reads_zones);
  assert_true(zones == 0 || zones == ENOENT);
}

static int holds(void) {
  return (int)lock_held();
}

/* What --version --verbose says is tried, in a child: this process is as free as it was. */
static void what_holds_is_told_of_what_was_tried(void **state) {
  (void)state;
  static const unsigned all = LOCK_PRIVILEGES | LOCK_MEMORY | LOCK_CALLS;
  unsigned files = has_landlock() ? LOCK_FILES : 0;
  assert_int_equal(lock_held() & (LOCK_CALLS | LOCK_FILES), 0);
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0) /* a container may have begun so */
    assert_int_equal(lock_held() & LOCK_PRIVILEGES, 0);
  assert_int_equal(lock_held() & LOCK_MEMORY, 0);
  assert_int_equal(locked(holds), all | files);
  assert_int_equal(lock_try(), all | files | LOCK_STARTS);
  assert_int_equal(lock_held() & (LOCK_MEMORY | LOCK_CALLS | LOCK_FILES), 0);
}

static void each_that_does_not_hold_is_said(void **state) {
  (void)state;
  static const struct {
    unsigned bit;
    const char *yes, *no;
  } said[] = {
      {LOCK_PRIVILEGES, "no new privileges: yes", "no new privileges: NO"},
      {LOCK_MEMORY, "no core dump, no tracing: yes", "no core dump, no tracing: NO"},
      {LOCK_CALLS, "(seccomp): yes", "(seccomp): NO"},
      {LOCK_STARTS, "on this machine:", "it will not start"},
      {LOCK_FILES, "): yes", "): NO"},
  };
  static const unsigned all = LOCK_PRIVILEGES | LOCK_MEMORY | LOCK_CALLS | LOCK_FILES | LOCK_STARTS;
  struct buffer text = BUFFER_INIT;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    buffer_clear(&text);
    lock_say(all, &text);
    assert_non_null(strstr(buffer_text(&text), said[i].yes));
    if (has_landlock())
      assert_null(strstr(buffer_text(&text), "NO"));
    buffer_clear(&text);
    lock_say(all & ~said[i].bit, &text);
    if (!strstr(buffer_text(&text), said[i].no))
      fail_msg("%s: %s", said[i].no, buffer_text(&text));
  }
  buffer_free(&text);
}

/* Every program of ours calls it first (tests/cli/hardening.t). */
static void private_memory_is_neither_dumped_nor_read(void **state) {
  (void)state;
  pid_t child = fork();
  if (child == 0) {
    struct rlimit core = {1, 1};
    if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 1 || !private_memory())
      _exit(1);
    getrlimit(RLIMIT_CORE, &core);
    _exit(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 || core.rlim_cur || core.rlim_max ? 2 : 0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

static int make(void **state) {
  char path[FOLDER_PATH + 16];
  (void)state;
  if (folder_make(scope) != 0)
    return -1;
  snprintf(path, sizeof path, "%s/directory", scope);
  FILE *f = fopen(path, "w");
  if (!f || fclose(f) != 0)
    return -1;
  snprintf(path, sizeof path, "%s/journal", scope);
  return mkdir(path, 0700);
}

static int take_away(void **state) {
  (void)state;
  folder_remove(scope);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_forced_exec_socket_and_the_like_are_refused),
      cmocka_unit_test(what_is_in_no_list_is_as_if_the_kernel_had_it_not),
      cmocka_unit_test(a_forced_open_is_refused),
      cmocka_unit_test(what_it_needs_it_can_still_do),
      cmocka_unit_test(what_holds_is_told_of_what_was_tried),
      cmocka_unit_test(each_that_does_not_hold_is_said),
      cmocka_unit_test(private_memory_is_neither_dumped_nor_read),
  };
  return cmocka_run_group_tests(tests, make, take_away);
}
