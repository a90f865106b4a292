#include "tui/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/i18n.h"
#include "base/private.h"

#ifndef TC_LOCALEDIR
#define TC_LOCALEDIR "/usr/local/share/locale"
#endif
#ifndef TC_SYSCONFDIR
#define TC_SYSCONFDIR "/etc"
#endif

/* -- calls --------------------------------------------------------------------------------------
 */

/* All that a directory on a screen asks of a kernel: files, memory, its terminal, time, threads. */
static const int allowed[] = {
    /* files that are open, and opening them (Landlock says which) */
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(preadv),
    SCMP_SYS(pwritev),
    SCMP_SYS(lseek),
    SCMP_SYS(_llseek),
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(openat2),
    SCMP_SYS(close),
    SCMP_SYS(close_range),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(fcntl),
    SCMP_SYS(fcntl64),
    SCMP_SYS(flock),
    SCMP_SYS(fsync),
    SCMP_SYS(syncfs), /* where the folder of the journals may not be listed */
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(ftruncate64),
    SCMP_SYS(fallocate),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fadvise64_64),
    SCMP_SYS(readahead),
    SCMP_SYS(getdents),
    SCMP_SYS(getdents64),
    /* their names */
    SCMP_SYS(stat),
    SCMP_SYS(stat64),
    SCMP_SYS(lstat),
    SCMP_SYS(lstat64),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(fstatat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(statfs64),
    SCMP_SYS(fstatfs),
    SCMP_SYS(fstatfs64),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(umask),
    /* memory */
    SCMP_SYS(mmap),
    SCMP_SYS(mmap2),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(mincore),
    SCMP_SYS(msync),
    SCMP_SYS(brk),
    /* waiting, and what changes behind its back */
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(ppoll_time64),
    SCMP_SYS(select),
    SCMP_SYS(_newselect),
    SCMP_SYS(pselect6),
    SCMP_SYS(pselect6_time64),
    SCMP_SYS(inotify_init),
    SCMP_SYS(inotify_init1),
    SCMP_SYS(inotify_add_watch),
    SCMP_SYS(inotify_rm_watch),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(timerfd_settime64),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(sched_yield),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(pause),
    /* time, itself, random numbers */
    SCMP_SYS(time),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_getres_time64),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(getuid32),
    SCMP_SYS(geteuid),
    SCMP_SYS(geteuid32),
    SCMP_SYS(getgid),
    SCMP_SYS(getgid32),
    SCMP_SYS(getegid),
    SCMP_SYS(getegid32),
    SCMP_SYS(getgroups),
    SCMP_SYS(getgroups32),
    SCMP_SYS(getpgrp),
    SCMP_SYS(getpgid),
    SCMP_SYS(getsid),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrusage),
    SCMP_SYS(times),
    SCMP_SYS(getrlimit),
    SCMP_SYS(ugetrlimit),
    SCMP_SYS(prlimit64),
    SCMP_SYS(getrandom),
    SCMP_SYS(prctl),
    SCMP_SYS(arch_prctl),
    /* signals and threads */
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigreturn),
    SCMP_SYS(rt_sigsuspend),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(rt_sigpending),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(futex_waitv),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(membarrier),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    /* the print helper's socket, which is open already */
    SCMP_SYS(send),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recv),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(shutdown),
    SCMP_SYS(getsockopt),
};

/* What it never may, said as such: EPERM.  Whatever is in neither list is answered as by a kernel
 * that has no such call, so that a C library that tries something newer takes the older way. */
static const int refused[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(personality),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(memfd_create),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
};

static const uint32_t terminal[] = {TCGETS, TCSETS, TCSETSW, TCSETSF, TIOCGWINSZ, FIONREAD};

static int refuse_calls(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
  if (!filter)
    return -ENOMEM;
  int fault = 0;
  for (size_t i = 0; i < sizeof refused / sizeof *refused && !fault; i++)
    fault = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed && !fault; i++)
    fault = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
  /* A thread (the journal's) may be made, a process not; clone3() hides which it would be, and
   * glibc then takes clone(). */
  if (!fault)
    fault = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  if (!fault)
    fault = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  /* abort() signals a thread of its own; the other kiosks of an account are none of its. */
  if (!fault)
    fault = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                             SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
  /* Of a terminal: its settings, its size, what waits in it.  No sign may be pushed into it as if
   * it had been typed there (TIOCSTI). */
  for (size_t i = 0; i < sizeof terminal / sizeof *terminal && !fault; i++)
    fault = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                             SCMP_A1(SCMP_CMP_MASKED_EQ, 0xFFFFFFFFu, terminal[i]));
  if (!fault)
    fault = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                             SCMP_A1(SCMP_CMP_MASKED_EQ, 0xFFFFFFFFu, TIOCSTI));
  if (!fault)
    fault = seccomp_load(filter);
  seccomp_release(filter);
  return fault;
}

/* -- files --------------------------------------------------------------------------------------
 */

/* The version of Landlock that the kernel has; 0: none. */
static long landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? version : 0;
}

/* Rights of later versions, by number: the header may be older than the kernel. */
#define RIGHT_TRUNCATE (UINT64_C(1) << 14)  /* version 3 */
#define RIGHT_IOCTL_DEV (UINT64_C(1) << 15) /* version 5: of devices opened from now on */
enum { TRUNCATE_SINCE = 3, IOCTL_DEV_SINCE = 5 };

static uint64_t later_rights(long version) {
  return (version >= TRUNCATE_SINCE ? RIGHT_TRUNCATE : 0) |
         (version >= IOCTL_DEV_SINCE ? RIGHT_IOCTL_DEV : 0);
}

enum {
  READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
  WRITE = READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
          LANDLOCK_ACCESS_FS_REMOVE_FILE
};

/* What is not there is not allowed: that is no fault. */
static void allow(int rules, const char *path, uint64_t what) {
  struct landlock_path_beneath_attr below = {.allowed_access = what};
  struct stat st;
  below.parent_fd = open(path, O_PATH | O_CLOEXEC);
  if (below.parent_fd < 0)
    return;
  if (fstat(below.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
    below.allowed_access &=
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_TRUNCATE;
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
  close(below.parent_fd);
}

static bool confine_files(const char *scope_dir) {
  static const char ours[] = TC_SYSCONFDIR "/tocsin";
  static const char *const read[] = {ours,
                                     "/etc/localtime",
                                     "/usr/share/zoneinfo",
                                     "/etc/terminfo",
                                     "/lib/terminfo",
                                     "/usr/share/terminfo",
                                     "/usr/lib/locale",
                                     "/usr/share/locale",
                                     TC_LOCALEDIR};
  struct landlock_ruleset_attr attributes = {
      .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | WRITE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                           LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                           LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                           LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM};
  char journal[4200], self[4096];
  long version = landlock_version();
  if (!version)
    return false;
  attributes.handled_access_fs |= later_rights(version);
  int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (rules < 0)
    return false;
  for (size_t i = 0; i < sizeof read / sizeof *read; i++)
    allow(rules, read[i], READ);
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 8);
  while (n > 0 && self[n - 1] != '/')
    n--;
  if (n > 0) { /* the languages of a program that was not installed */
    snprintf(self + n, 8, "locale");
    allow(rules, self, READ);
  }
  /* Where the folder is not there yet, what it will be made in. */
  snprintf(journal, sizeof journal, "%s", scope_dir);
  while (access(journal, F_OK) != 0 && strrchr(journal, '/') > journal)
    *strrchr(journal, '/') = '\0';
  allow(rules, journal, READ);
  snprintf(journal, sizeof journal, "%s/journal", scope_dir);
  allow(rules, journal, WRITE | (later_rights(version) & RIGHT_TRUNCATE)); /* but no device of it */
  bool good = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return good;
}

tc_status lock_in(const char *scope_dir, struct tc_error *err) {
  char letter[MB_LEN_MAX];
  mbstate_t state = {0};
  /* What the C library loads at first use must be loaded: letters of the line, the zone, words. */
  size_t loaded = wcrtomb(letter, L'\xE9', &state); /* a C locale has no such letter: no matter */
  (void)loaded;
  tzset();
  if (!private_memory() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return tc_fail_errno(err, errno, _("this program could not lock itself in"));
  if (!confine_files(scope_dir) && landlock_version())
    return tc_fail_errno(err, errno, _("this program could not lock itself in"));
  int fault = refuse_calls();
  if (fault)
    return tc_fail_errno(err, -fault, _("this program could not lock itself in"));
  return TC_OK;
}

/* -- what of it holds ---------------------------------------------------------------------------
 */

/* An empty path and a folder that everybody may read: what is tried does nothing where it is not
 * refused. */
static bool runs_nothing(void) {
  char *none[] = {NULL};
  return execve("", none, none) != 0 && errno == EPERM;
}

static bool connects_nowhere(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    return errno == EPERM;
  close(fd);
  return false;
}

static bool opens_nothing_else(void) {
  int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return errno == EACCES;
  close(fd);
  return false;
}

unsigned lock_held(void) {
  struct rlimit core = {1, 1};
  unsigned held = 0;
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
    held |= LOCK_PRIVILEGES;
  if (getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0 &&
      prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)
    held |= LOCK_MEMORY;
  if (runs_nothing() && connects_nowhere())
    held |= LOCK_CALLS;
  if (opens_nothing_else())
    held |= LOCK_FILES;
  return held;
}

unsigned lock_try(void) {
  int status;
  pid_t child = fork();
  if (child == 0)
    _exit(lock_in(TC_SYSCONFDIR "/tocsin", NULL) == TC_OK ? (int)(lock_held() | LOCK_STARTS) : 0);
  if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
    return 0;
  return (unsigned)WEXITSTATUS(status);
}

void lock_say(unsigned held, struct buffer *out) {
  long landlock = landlock_version();
  buffer_printf(out, "%s\n", _("--kiosk on this machine:"));
  if (!(held & LOCK_STARTS))
    buffer_printf(out, "  %s\n", _("NO, it will not start: it could not lock itself in"));
  buffer_printf(out, "  %s\n",
                held & LOCK_PRIVILEGES ? _("no new privileges: yes") : _("no new privileges: NO"));
  buffer_printf(out, "  %s\n",
                held & LOCK_MEMORY ? _("no core dump, no tracing: yes")
                                   : _("no core dump, no tracing: NO"));
  buffer_printf(out, "  %s\n",
                held & LOCK_CALLS ? _("no program run, no network (seccomp): yes")
                                  : _("no program run, no network (seccomp): NO"));
  if (landlock)
    buffer_printf(out,
                  held & LOCK_FILES ? _("  no other file (Landlock %ld): yes\n")
                                    : _("  no other file (Landlock %ld): NO\n"),
                  landlock);
  else
    buffer_printf(
        out, "  %s\n",
        _("no other file (Landlock): NO, this kernel has none; the account's rights alone hold"));
}

void lock_report(struct buffer *out) {
  lock_say(lock_try(), out);
}
