/* tocsin-sync watch: follows the sources until it is told to stop. */
#include "sync/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "db/queue.h"
#include "sync/account.h"
#include "sync/follow.h"
#include "sync/idle.h"
#include "sync/notify.h"
#include "sync/probe.h"
#include "sync/wait.h"

enum { IDLE_PAUSE_MS = 60, STOP_SECONDS = 1 };

struct watch {
  const struct watch_orders *orders;
  struct settings *settings;
  struct follower *follower;
  struct pg_patience patience;
  struct log log;
  char scope_dir[CONFIG_PATH];
  int lock;
  unsigned failures;
  struct idle *idle;
  struct probes *probes;
  int64_t watchdog_us, watchdog_at;
  struct pull_report report; /* of the last round */
  tc_status outcome;
  char said[sizeof((struct tc_error *)0)->text]; /* what the log said of it last */
  int64_t said_offered, said_held; /* of a change that is held, when it was said; 0, 0: of none */
  int64_t round_ms;                /* how long the last round took */
  char said_of_acts[sizeof((struct tc_error *)0)->text];
  size_t damaged_acts;
  bool full_of_acts;
};

/* ---- signals -----------------------------------------------------------------------------------
 */

static int stop_fd = -1, wake_fd = -1;
static volatile sig_atomic_t stopping, reloading;

/* An apply in mid-work, or a name server that does not answer: a second is long enough.  Whatever
 * was being written is as after a power cut: not there. */
static void out_of_time(int number) {
  (void)number;
  _exit(0);
}

static void on_signal(int number) {
  static const uint64_t one = 1;
  int saved = errno;
  if (number == SIGHUP) {
    reloading = 1;
  } else if (!stopping) {
    stopping = 1;
    alarm(STOP_SECONDS);
  }
  (void)!write(number == SIGHUP ? wake_fd : stop_fd, &one, sizeof one);
  errno = saved;
}

static tc_status catch_signals(struct tc_error *err) {
  static const struct {
    int number;
    void (*handler)(int);
  } caught[] = {{SIGTERM, on_signal},
                {SIGINT, on_signal},
                {SIGHUP, on_signal},
                {SIGALRM, out_of_time},
                {SIGPIPE, SIG_IGN}};
  stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (stop_fd < 0 || wake_fd < 0)
    return tc_fail_errno(err, errno, "eventfd");
  for (size_t i = 0; i < sizeof caught / sizeof *caught; i++) {
    struct sigaction action = {.sa_handler = caught[i].handler};
    if (sigaction(caught[i].number, &action, NULL) != 0)
      return tc_fail_errno(err, errno, "sigaction");
  }
  return TC_OK;
}

/* ---- the service manager -----------------------------------------------------------------------
 */

static void pet_watchdog(struct watch *w) {
  int64_t now = clock_monotonic_us();
  if (!w->watchdog_us || now < w->watchdog_at)
    return;
  notify_send("WATCHDOG=1");
  w->watchdog_at = now + w->watchdog_us / 2;
}

static void while_waiting(void *context) {
  pet_watchdog(context);
}

static void rows_came(void *context, int64_t rows, int64_t bytes) {
  (void)rows;
  (void)bytes;
  pet_watchdog(context);
}

static void tell_status(const char *text) {
  struct buffer b = BUFFER_INIT;
  buffer_printf(&b, "STATUS=%s", text);
  if (b.status == TC_OK)
    notify_send(buffer_text(&b));
  buffer_free(&b);
}

/* ---- what is told ------------------------------------------------------------------------------
 */

/* A change that is held is one event as long as it is as large, whatever else is edited there. */
static bool is_said(const struct watch *w, const struct tc_error *err) {
  const struct pull_report *r = &w->report;
  if (r->held)
    return r->held == w->said_held && r->offered == w->said_offered;
  return strcmp(w->said, err->text) == 0;
}

/* One line an event: the same fault again is none.  A source that answers with what is held has not
 * failed: it is asked as usual, so that an approval arrives. */
static void tell(struct watch *w, tc_status status, const struct tc_error *err) {
  const struct pull_report *r = &w->report;
  bool was_bad = w->said[0] != '\0', again = status != TC_OK && is_said(w, err);
  w->failures = status == TC_OK || r->held ? 0 : w->failures + 1;
  w->said_held = r->held;
  w->said_offered = r->offered;
  if (r->narrowed)
    log_line(&w->log, LOG_NOTICE_LEVEL, _("grants changed: what is no longer granted was removed"));
  if (status != TC_OK) {
    if (!again)
      log_line(&w->log, LOG_WARNING_LEVEL, "%s", err->text);
    memcpy(w->said, err->text, sizeof w->said);
    tell_status(err->text);
    return;
  }
  w->said[0] = '\0';
  if (r->note[0])
    log_line(&w->log, LOG_NOTICE_LEVEL, _("the snapshot was not used: %s"), r->note);
  if (strcmp(r->word, "same") != 0)
    log_line(&w->log, LOG_NOTICE_LEVEL,
             _("%s: revision %" PRId64 ": %s; %" PRId64 " records written, %" PRId64 " removed"),
             r->source, r->revision, r->reason, r->put, r->removed);
  if (r->put && r->unreadable)
    log_line(&w->log, LOG_WARNING_LEVEL,
             NGETTEXT("%" PRId64 " record cannot be read here",
                      "%" PRId64 " records cannot be read here", (unsigned long)r->unreadable),
             r->unreadable);
  if (was_bad && strcmp(r->word, "same") == 0)
    log_line(&w->log, LOG_NOTICE_LEVEL, _("%s answers again: revision %" PRId64), r->source,
             r->revision);
  if (was_bad || strcmp(r->word, "same") != 0) {
    struct buffer b = BUFFER_INIT;
    buffer_printf(&b, _("revision %" PRId64 " of %s"), r->revision, r->source);
    tell_status(buffer_text(&b));
    buffer_free(&b);
  }
}

static void keep_state(struct watch *w, tc_status status, const struct tc_error *round_error) {
  struct tc_error err = {.status = TC_OK};
  tc_status kept = follower_keep_state(w->follower, &w->report, status,
                                       status == TC_OK ? "" : round_error->text, false, &err);
  if (kept != TC_OK && kept != TC_NO_INPUT && w->outcome == TC_OK)
    log_error(&w->log, &err);
  w->outcome = kept == TC_NO_INPUT ? TC_OK : kept;
}

/* What was written here: one line where something became of it, or a new fault.  round: NULL, or
 * the one that was made meanwhile. */
static void push(struct watch *w, const struct pull_report *round) {
  struct push_report r = {.sent = 0};
  struct push_due due;
  struct tc_error err = {.status = TC_OK};
  tc_status status = round ? follower_push_again(w->follower, round, &r, &due, &err)
                           : follower_push(w->follower, &r, &due, &err);
  if (stopping || (round && status == TC_OK && !r.sent))
    return;
  if (r.again)
    log_line(&w->log, LOG_NOTICE_LEVEL,
             _("written here: %zu offered again, since the source was restored"), r.again);
  if (r.changed)
    log_line(&w->log, LOG_NOTICE_LEVEL, _("written here: %zu answered"), r.changed);
  if (r.aside)
    log_line(&w->log, LOG_WARNING_LEVEL, _("written here: %zu set aside after %d tries"), r.aside,
             QUEUE_TRIES);
  if (due.damaged > w->damaged_acts)
    log_line(&w->log, LOG_WARNING_LEVEL, _("written here: %zu bytes are damaged; the rest is kept"),
             due.damaged);
  w->damaged_acts = due.damaged;
  if (due.full && !w->full_of_acts)
    log_line(&w->log, LOG_WARNING_LEVEL, "%s", push_full_text());
  w->full_of_acts = due.full;
  if (status != TC_OK && strcmp(w->said_of_acts, err.text) != 0)
    log_line(&w->log, LOG_WARNING_LEVEL, _("written here: %zu wait: %s"), due.pending, err.text);
  memcpy(w->said_of_acts, err.text, sizeof w->said_of_acts);
}

static void one_round(struct watch *w) {
  struct tc_error err = {.status = TC_OK};
  push(w, NULL);
  int64_t began = clock_monotonic_us();
  tc_status status = follower_round(w->follower, &w->report, &err);
  w->round_ms = (clock_monotonic_us() - began) / 1000;
  if (stopping)
    return; /* what was cut short says nothing of the source */
  if (status == TC_OK)
    push(w, &w->report);
  tell(w, status, &err);
  keep_state(w, status, &err);
  follower_beat(w->follower, &w->report);
  if (w->report.put || w->report.removed)
    idle_changed(w->idle);
}

/* ---- waiting -----------------------------------------------------------------------------------
 */

static uint32_t chance(void) {
  uint32_t n = 0;
  return getrandom(&n, sizeof n, 0) == (ssize_t)sizeof n ? n : (uint32_t)clock_monotonic_us();
}

/* A step of idle work is never in the way: the source and the signals are looked at in between. */
static int most_of_one_wait(struct watch *w, int64_t left_us) {
  int64_t ms = left_us / 1000 + 1;
  if (idle_is_due(w->idle) && ms > IDLE_PAUSE_MS)
    ms = IDLE_PAUSE_MS;
  if (w->watchdog_us && ms > w->watchdog_us / 2000)
    ms = w->watchdog_us / 2000;
  return probes_wait_ms(w->probes, (int)ms);
}

/* What is held comes anew each time: a large one is asked for so seldom that a terminal is at it
 * for a tenth of its time at most. */
static int wait_ms(const struct watch *w) {
  if (w->failures)
    return wait_after_failure(w->failures, w->settings->most_wait, chance());
  int usual = wait_usual(w->settings->every, chance());
  int64_t most = (int64_t)w->settings->most_wait * 1000,
          rest = w->report.held ? 9 * w->round_ms : 0;
  rest = rest < most ? rest : most;
  return rest > usual ? (int)rest : usual;
}

/* Until the next round is due: its time has come, or the source has told. */
static void wait_for_next(struct watch *w) {
  int ms = wait_ms(w);
  int64_t until = clock_monotonic_us() + (int64_t)ms * 1000;
  while (!stopping && !reloading) {
    int64_t left = until - clock_monotonic_us();
    if (left <= 0)
      return;
    struct pollfd p[3 + SETTINGS_PROBES_MAX] = {
        {.fd = stop_fd, .events = POLLIN},
        {.fd = wake_fd, .events = POLLIN},
        {.fd = follower_socket(w->follower), .events = POLLIN}};
    int n = poll(p, 3 + probes_poll(w->probes, p + 3), most_of_one_wait(w, left));
    pet_watchdog(w);
    if (!stopping && probes_step(w->probes, w->failures == 0) && w->failures == 0)
      return; /* it is told at once */
    if (n > 0 && p[2].revents && follower_told(w->follower)) {
      if (follower_socket(w->follower) >= 0)
        return; /* news */
      /* the source has hung up on everybody: do not come back all at once */
      int64_t again = clock_monotonic_us() +
                      (int64_t)wait_after_failure(2, w->settings->every, chance()) * 1000;
      until = again < until ? again : until;
    }
    enum idle_found found = n == 0 && idle_is_due(w->idle) ? idle_step(w->idle) : IDLE_NOTHING;
    if (found == IDLE_INDEX)
      log_line(&w->log, LOG_WARNING_LEVEL,
               _("the search index was not what was written: it was made again from the records"));
    if (found == IDLE_RECORDS) {
      log_line(&w->log, LOG_WARNING_LEVEL,
               _("what is stored is not what was written: it is compared with the source"));
      follower_distrust(w->follower);
      return;
    }
  }
}

/* ---- starting, reloading -----------------------------------------------------------------------
 */

static tc_status read_settings(struct settings **out, const char *file, struct tc_error *err) {
  struct settings *s = calloc(1, sizeof *s);
  *out = NULL;
  if (!s)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  tc_status status = settings_read(s, file, err);
  if (status == TC_OK)
    *out = s;
  else
    free(s);
  return status;
}

/* A file that is wrong leaves everything as it was. */
static void reload(struct watch *w) {
  struct tc_error err = {.status = TC_OK};
  struct settings *settings = NULL;
  struct follower *follower = NULL;
  struct probes *probes = NULL;
  uint64_t drop;
  reloading = 0;
  (void)!read(wake_fd, &drop, sizeof drop);
  notify_send("RELOADING=1");
  tc_status status = read_settings(&settings, w->orders->config, &err);
  if (status == TC_OK)
    status =
        follower_open(&follower, settings, w->orders->source, w->scope_dir, &w->patience, &err);
  if (status == TC_OK && !w->orders->cache && strcmp(settings->scope, w->scope_dir) != 0) {
    status = tc_fail(&err, TC_CONFIG, _("another scope needs a restart"));
  }
  if (status == TC_OK)
    status = probes_open(&probes, settings, w->scope_dir, &w->log, &err);
  if (status == TC_OK) {
    follower_close(w->follower);
    probes_close(w->probes);
    free(w->settings);
    w->probes = probes;
    w->follower = follower;
    follower_trace(follower, &w->log);
    w->settings = settings;
    log_line(&w->log, LOG_NOTICE_LEVEL, _("tocsin.conf was read again"));
  } else {
    char line[1400];
    follower_close(follower);
    free(settings);
    log_line(&w->log, LOG_ERROR_LEVEL, _("tocsin.conf is wrong, all stays as it was: %s"),
             tc_error_line(&err, line, sizeof line));
  }
  notify_send("READY=1");
}

static tc_status take_lock(struct watch *w, struct tc_error *err) {
  struct buffer path = BUFFER_INIT;
  struct tc_error own = {.status = TC_OK};
  tc_status status = file_make_folders(w->scope_dir, 0750, &own);
  buffer_printf(&path, "%s/watch.lock", w->scope_dir);
  if (status == TC_OK)
    status = buffer_status(&path, &own);
  if (status == TC_OK) {
    w->lock = open(buffer_text(&path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (w->lock < 0)
      status = tc_fail_errno(&own, errno, _("cannot open %s"), buffer_text(&path));
    else
      (void)!fchmod(w->lock, 0600); /* who could read it could hold it */
  }
  bool alone = status != TC_OK || flock(w->lock, LOCK_EX | LOCK_NB) == 0;
  buffer_free(&path);
  if (!alone && w->orders->quiet) /* cron starts one every few minutes */
    return TC_BUSY;
  if (!alone)
    status =
        tc_fail(&own, TC_BUSY, _("another tocsin-sync watch follows %s already"), w->scope_dir);
  if (status == TC_DENIED)
    return tc_fail(err, status,
                   _("%s; the folder must be writable for the account that tocsin-sync runs as"),
                   own.text);
  if (status != TC_OK)
    return tc_fail(err, status, "%s", own.text);
  return status;
}

static tc_status start(struct watch *w, struct tc_error *err) {
  tc_status status = read_settings(&w->settings, w->orders->config, err);
  if (status == TC_OK)
    status = account_become(w->settings->account, err);
  if (status != TC_OK)
    return status;
  umask(027);
  const char *scope = w->orders->cache ? w->orders->cache : w->settings->scope;
  if (strlen(scope) >= sizeof w->scope_dir)
    return tc_fail(err, TC_TOO_LONG, _("the path %s is too long"), scope);
  memcpy(w->scope_dir, scope, strlen(scope) + 1);
  status = catch_signals(err);
  if (status == TC_OK)
    status = take_lock(w, err);
  w->patience = (struct pg_patience){.came = rows_came,
                                     .tick = while_waiting,
                                     .tick_ms = (int)(w->watchdog_us / 4000),
                                     .context = w,
                                     .stop_fd = stop_fd};
  if (status == TC_OK)
    status = follower_open(&w->follower, w->settings, w->orders->source, w->scope_dir, &w->patience,
                           err);
  if (status == TC_OK)
    follower_trace(w->follower, &w->log);
  if (status == TC_OK)
    status = probes_open(&w->probes, w->settings, w->scope_dir, &w->log, err);
  w->idle = idle_open(w->scope_dir);
  return status;
}

tc_status watch_run(const struct watch_orders *orders, struct tc_error *err) {
  struct watch *w = calloc(1, sizeof *w);
  if (!w)
    return tc_fail(err, TC_NO_MEMORY, _("out of memory"));
  w->orders = orders;
  w->lock = -1;
  w->watchdog_us = notify_watchdog_us();
  w->log = (struct log){.out = stderr,
                        .program = "tocsin-sync",
                        .level = orders->quiet     ? LOG_WARNING_LEVEL
                                 : orders->verbose ? LOG_DEBUG_LEVEL
                                                   : LOG_NOTICE_LEVEL,
                        .journal = getenv("JOURNAL_STREAM") != NULL};
  tc_status status = start(w, err);
  if (status == TC_OK) {
    notify_send("READY=1");
    log_line(&w->log, LOG_NOTICE_LEVEL, _("following for %s"), w->scope_dir);
    while (!stopping) {
      if (reloading)
        reload(w);
      one_round(w);
      wait_for_next(w);
    }
    notify_send("STOPPING=1");
    log_line(&w->log, LOG_NOTICE_LEVEL, _("stopped"));
  }
  follower_close(w->follower);
  probes_close(w->probes);
  idle_close(w->idle);
  if (w->lock >= 0)
    close(w->lock);
  free(w->settings);
  free(w);
  return status;
}
